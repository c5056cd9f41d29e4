using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace DataMesh.AspNetCore;

/// <summary>Complete responses: status, length, body.</summary>
internal static class Responses
{
    public const string Text = "text/plain; charset=utf-8";

    public static Task WriteAsync(HttpContext context, int status, string contentType, ReadOnlyMemory<byte> body)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = contentType;
        response.ContentLength = body.Length;
        // A body may repeat what the client sent: no browser shall take it for a page.
        response.Headers.XContentTypeOptions = "nosniff";
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    /// <summary>Whole seconds, rounded up, as <c>Retry-After</c> has them.</summary>
    public static string Seconds(TimeSpan time) => ((long)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
