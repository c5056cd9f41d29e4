namespace DataMesh.CloudEvents;

/// <summary>How an event is laid out in a message of a transport.</summary>
public enum CloudEventContentMode
{
    /// <summary>Attributes in headers, the payload is the data.</summary>
    Binary,

    /// <summary>Everything in the payload.</summary>
    Structured,

    /// <summary>Several events in the payload. Kafka has no such mode.</summary>
    Batch,
}

/// <summary>What the HTTP and the Kafka binding have in common.</summary>
internal static class ContentModes
{
    private const string Prefix = "application/cloudevents";
    private const string BatchPrefix = "application/cloudevents-batch";

    /// <summary>The mode that a content type announces: by its prefix, the longer one first, whatever its case.</summary>
    public static CloudEventContentMode Of(ReadOnlySpan<char> contentType)
    {
        contentType = contentType.TrimStart(" \t");
        if (contentType.StartsWith(BatchPrefix, StringComparison.OrdinalIgnoreCase))
            return CloudEventContentMode.Batch;
        return contentType.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase)
            ? CloudEventContentMode.Structured
            : CloudEventContentMode.Binary;
    }

    /// <summary>Why a structured or batch payload of this content type cannot be read; null when it can: JSON in UTF-8.</summary>
    public static string? Refuse(string contentType)
    {
        if (!MediaType.TryParse(contentType, out var mediaType))
            return "not a media type (RFC 2046)";
        if (!mediaType.IsJson)
            return "the JSON event format is the only one supported";
        return mediaType.Charset is null || mediaType.TextEncoding == MediaType.StrictUtf8 ? null : "JSON is read in UTF-8 only";
    }

    public static ValidationResult Error(string name, string message) =>
        ValidationResult.From([new(CloudEvent.ErrorCode, name, name.Length == 0 ? "" : "/" + name, message)]);
}
