using System.Diagnostics.CodeAnalysis;

namespace DataMesh.CloudEvents;

/// <summary>An event whose data is bytes of any content type.</summary>
/// <param name="id">See <see cref="CloudEventContext.Id"/>.</param>
/// <param name="source">See <see cref="CloudEventContext.Source"/>.</param>
/// <param name="type">See <see cref="CloudEventContext.Type"/>.</param>
public sealed class CloudEvent(string id, string source, string type) : CloudEventContext(id, source, type)
{
    /// <summary>The code of a <see cref="ValidationError"/> in an envelope: an attribute is missing, repeated or malformed.</summary>
    public const string ErrorCode = "cloud-event";

    /// <summary>The media type of <see cref="Data"/>; null when nothing is said about it.</summary>
    public string? DataContentType
    {
        get;
        init => field = value is null || MediaType.IsValid(Check(value, CloudEventType.String))
            ? value
            : throw new ArgumentException("not a media type (RFC 2046)", nameof(DataContentType));
    }

    /// <summary>
    /// The payload as a binary-mode message carries it: JSON text for a JSON content type, encoded text for a text type.
    /// Null when there is none, which is not the same as JSON <c>null</c>.
    /// </summary>
    public ReadOnlyMemory<byte>? Data { get; init; }
}

/// <summary>An event that carries a data product, as JSON.</summary>
/// <typeparam name="T">The product.</typeparam>
public sealed class CloudEvent<T> : CloudEventContext
    where T : IDataProduct<T>
{
    /// <summary>An event with a new id, and the product's own source, type and data schema.</summary>
    public CloudEvent(T data)
        : this(data, NewId(), T.Descriptor.EventSource, T.Descriptor.EventType)
    {
        DataSchema = T.Descriptor.DataSchema;
    }

    /// <param name="data">The product.</param>
    /// <param name="id">See <see cref="CloudEventContext.Id"/>.</param>
    /// <param name="source">See <see cref="CloudEventContext.Source"/>.</param>
    /// <param name="type">See <see cref="CloudEventContext.Type"/>.</param>
    public CloudEvent(T data, string id, string source, string type)
        : base(id, source, type) => Data = data;

    /// <summary>The product.</summary>
    public T Data { get; }

    /// <summary>Reads an event's data as the product.</summary>
    /// <param name="cloudEvent">An event of any content type; its data must be JSON, or of no stated type.</param>
    /// <param name="typed">The typed event when the data is valid.</param>
    /// <param name="result">The errors of the data, or why it is not JSON.</param>
    public static bool TryRead(CloudEvent cloudEvent, [NotNullWhen(true)] out CloudEvent<T>? typed, out ValidationResult result)
    {
        typed = null;
        if (cloudEvent.Data is not { } json)
        {
            result = ContentModes.Error("data", "the event has no data");
            return false;
        }
        if (cloudEvent.DataContentType is { } contentType && !(MediaType.TryParse(contentType, out var mediaType) && mediaType.IsJson))
        {
            result = ContentModes.Error("datacontenttype", "the data is not JSON");
            return false;
        }
        if (!T.TryParse(json.Span, out var data, out result))
            return false;
        typed = new(data, cloudEvent.Id, cloudEvent.Source, cloudEvent.Type)
        {
            Subject = cloudEvent.Subject,
            Time = cloudEvent.Time,
            DataSchema = cloudEvent.DataSchema,
            Extensions = cloudEvent.Extensions,
        };
        return true;
    }

    /// <summary>Ids are UUIDs of version 7: unique, and in the order of their making.</summary>
    private static string NewId() => EventId.Next(TimeProvider.System.GetUtcNow()).ToString();
}
