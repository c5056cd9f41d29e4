using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using DataMesh.Channels;
using Microsoft.AspNetCore.Http;

namespace DataMesh.AspNetCore;

/// <summary><c>{"status":"ok","channel":{"kind":"embedded","state":"ready"}}</c></summary>
internal static class HealthEndpoint
{
    private static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Task InvokeAsync(HttpContext context, ChannelStatus channel)
    {
        context.Response.Headers.CacheControl = "no-store";
        var output = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(output, WriterOptions);
        writer.WriteStartObject();
        writer.WriteString("status"u8, channel.State == ChannelState.Ready ? "ok"u8 : "degraded"u8);
        writer.WriteStartObject("channel"u8);
        writer.WriteString("kind"u8, channel.Kind);
        writer.WriteString("state"u8, channel.State switch
        {
            ChannelState.Ready => "ready"u8,
            ChannelState.Unavailable => "unavailable"u8,
            _ => "closed"u8,
        });
        if (channel.Detail is { } detail)
            writer.WriteString("detail"u8, detail);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.Flush();
        return Responses.WriteAsync(context, StatusCodes.Status200OK, "application/json", output.WrittenMemory);
    }
}
