using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace DataMesh.AspNetCore;

/// <summary>What is wrong, as lines for people or as problem details (RFC 9457) for clients that accept JSON.</summary>
internal static class Problem
{
    private const string ContentType = "application/problem+json";

    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>400 with every error of a document: one line each.</summary>
    public static Task WriteAsync(HttpContext context, ValidationResult result) =>
        WriteAsync(context, StatusCodes.Status400BadRequest, result.ToString(), result.Errors);

    /// <summary>Any other status, with one line that says why.</summary>
    public static Task WriteAsync(HttpContext context, int status, string detail) =>
        WriteAsync(context, status, detail, []);

    private static Task WriteAsync(HttpContext context, int status, string detail, ImmutableArray<ValidationError> errors)
    {
        if (context.Response.HasStarted)
            return Task.CompletedTask;
        context.Response.Headers.Vary = HeaderNames.Accept;
        return AcceptsJson(context.Request)
            ? Responses.WriteAsync(context, status, ContentType, ToJson(status, detail, errors))
            : Responses.WriteAsync(context, status, Responses.Text, Encoding.UTF8.GetBytes(detail));
    }

    private static ReadOnlyMemory<byte> ToJson(int status, string detail, ImmutableArray<ValidationError> errors)
    {
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("type"u8, "about:blank"u8);
        writer.WriteString("title"u8, ReasonPhrases.GetReasonPhrase(status));
        writer.WriteNumber("status"u8, status);
        writer.WriteString("detail"u8, detail);
        if (!errors.IsEmpty)
        {
            writer.WriteStartArray("errors"u8);
            foreach (var error in errors)
            {
                writer.WriteStartObject();
                writer.WriteString("code"u8, error.Code);
                writer.WriteString("path"u8, error.Path);
                writer.WriteString("pointer"u8, error.Pointer);
                writer.WriteString("message"u8, error.Message);
                writer.WriteEndObject();
            }
            writer.WriteEndArray();
        }
        writer.WriteEndObject();
        writer.Flush();
        return output.WrittenMemory;
    }

    /// <summary>JSON is named in Accept, and not liked less than plain text. Wildcards alone mean text.</summary>
    private static bool AcceptsJson(HttpRequest request)
    {
        if (request.Headers.Accept.Count == 0 || !MediaTypeHeaderValue.TryParseList(request.Headers.Accept, out var accepted))
            return false;
        double json = 0, text = 0;
        foreach (var range in accepted)
        {
            var quality = range.Quality ?? 1;
            if (range.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase)
                || range.MediaType.Equals(ContentType, StringComparison.OrdinalIgnoreCase)
                || range.MediaType.Equals("application/*", StringComparison.OrdinalIgnoreCase))
                json = Math.Max(json, quality);
            else if (range.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
                text = quality;
        }
        return json > 0 && json >= text;
    }
}
