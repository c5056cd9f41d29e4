using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace DataMesh.AspNetCore;

/// <summary>Whether a request's body is JSON, by its headers.</summary>
internal static class RequestContent
{
    /// <summary>Why the body is not taken; null when it is.</summary>
    public static Refusal? Refuse(HttpRequest request)
    {
        foreach (var coding in request.Headers.ContentEncoding)
        {
            if (!string.IsNullOrEmpty(coding) && !coding.Trim().Equals("identity", StringComparison.OrdinalIgnoreCase))
                return new("the body must not be compressed", Coding: true);
        }
        // None at all says nothing against JSON.
        var header = request.ContentType;
        if (string.IsNullOrWhiteSpace(header))
            return null;
        // The usual case, without parsing.
        if (header is "application/json" or "application/x-www-form-urlencoded")
            return null;
        if (!MediaTypeHeaderValue.TryParse(header, out var contentType) || !IsJson(contentType))
            return new("the content type must be application/json", Coding: false);
        var charset = HeaderUtilities.RemoveQuotes(contentType.Charset);
        return charset.Length == 0 || charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)
            ? null
            : new("the charset must be utf-8", Coding: false);
    }

    private static bool IsJson(MediaTypeHeaderValue contentType)
    {
        // What curl -d says of whatever it sends; taken at its word, no body could be a form: the endpoint has no fields.
        if (contentType.MediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
            return true;
        // An envelope is not the document: taking it for one would only end in confusing errors.
        if (contentType.SubType.StartsWith("cloudevents", StringComparison.OrdinalIgnoreCase))
            return false;
        return contentType.SubType.Equals("json", StringComparison.OrdinalIgnoreCase)
            || contentType.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase);
    }

    /// <param name="Reason">For people.</param>
    /// <param name="Coding">True when it is the content coding, not the media type.</param>
    internal sealed record Refusal(string Reason, bool Coding);
}
