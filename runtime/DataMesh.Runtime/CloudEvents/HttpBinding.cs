using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace DataMesh.CloudEvents;

/// <summary>The HTTP protocol binding (CloudEvents 1.0): events to headers and a body, and back. It knows no HTTP library.</summary>
public static class HttpBinding
{
    /// <summary>What stands before an attribute's name in binary mode.</summary>
    public const string AttributePrefix = "ce-";

    private const string ContentTypeHeader = "Content-Type";

    /// <summary>The mode that a Content-Type announces.</summary>
    public static CloudEventContentMode GetMode(string? contentType) => ContentModes.Of(contentType);

    /// <summary>Lays an event out in binary or structured mode. A batch is <see cref="CloudEventJson.WriteBatch"/>.</summary>
    public static CloudEventHttpMessage Encode(CloudEvent cloudEvent, CloudEventContentMode mode)
    {
        switch (mode)
        {
            case CloudEventContentMode.Binary:
                return new(GetHeaders(cloudEvent), cloudEvent.Data ?? ReadOnlyMemory<byte>.Empty);
            case CloudEventContentMode.Structured:
                var buffer = ScratchBuffer.Take();
                CloudEventJson.Write(cloudEvent, buffer);
                return new([new(ContentTypeHeader, CloudEventJson.ContentType + "; charset=utf-8")], ScratchBuffer.Return(buffer));
            default:
                throw new ArgumentOutOfRangeException(nameof(mode), mode, "one event is sent in binary or structured mode");
        }
    }

    /// <summary>Reads a message in binary or structured mode; a batch is <see cref="CloudEventJson.TryReadBatch"/>.</summary>
    /// <param name="headers">All headers, names in any case. What is not of the binding is passed over.</param>
    /// <param name="body">The body; an empty one is no data.</param>
    /// <param name="cloudEvent">The event when it is valid.</param>
    /// <param name="result">Every error in the envelope; the data is not looked into.</param>
    /// <param name="known">Extension attributes whose type the reader knows, besides the documented ones.</param>
    public static bool TryDecode(
        IEnumerable<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        [NotNullWhen(true)] out CloudEvent? cloudEvent,
        out ValidationResult result,
        FrozenDictionary<string, CloudEventAttribute>? known = null)
    {
        cloudEvent = null;
        var all = headers.ToList();
        var contentType = all.Find(static header => IsContentType(header.Key)).Value;
        switch (GetMode(contentType))
        {
            case CloudEventContentMode.Binary:
                return TryDecodeBinary(all, body, known, out cloudEvent, out result);
            case CloudEventContentMode.Batch:
                result = ContentModes.Error("", "a batch, where one event was expected");
                return false;
            default:
                if (ContentModes.Refuse(contentType) is not { } refusal)
                    return CloudEventJson.TryRead(body, out cloudEvent, out result, known);
                result = ContentModes.Error("", refusal);
                return false;
        }
    }

    private static bool TryDecodeBinary(
        List<KeyValuePair<string, string>> headers,
        ReadOnlyMemory<byte> body,
        FrozenDictionary<string, CloudEventAttribute>? known,
        [NotNullWhen(true)] out CloudEvent? cloudEvent,
        out ValidationResult result)
    {
        var builder = new CloudEventBuilder(known ?? FrozenDictionary<string, CloudEventAttribute>.Empty)
        {
            Data = body.IsEmpty ? default(ReadOnlyMemory<byte>?) : body,
        };
        foreach (var (header, value) in headers)
        {
            if (IsContentType(header))
            {
                // Content-Type is HTTP's own header: it is not percent-encoded.
                builder.SetText("datacontenttype", value.Trim());
                continue;
            }
            if (!header.StartsWith(AttributePrefix, StringComparison.OrdinalIgnoreCase))
                continue;
            var name = header[AttributePrefix.Length..].ToLowerInvariant();
            if (name == "datacontenttype")
                builder.Fail(name, "travels as Content-Type only");
            else if (HttpHeaderValue.TryDecode(value, out var text))
                builder.SetText(name, text);
            else
                builder.Fail(name, "not a valid header encoding");
        }
        return builder.TryBuild(out cloudEvent, out result);
    }

    private static ImmutableArray<KeyValuePair<string, string>> GetHeaders(CloudEvent cloudEvent)
    {
        var headers = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        if (cloudEvent.DataContentType is { } contentType)
            headers.Add(new(ContentTypeHeader, contentType));
        Add("specversion", CloudEventContext.SpecVersion);
        Add("id", cloudEvent.Id);
        Add("source", cloudEvent.Source);
        Add("type", cloudEvent.Type);
        Add("subject", cloudEvent.Subject);
        Add("time", cloudEvent.Time is { } time ? Rfc3339.Format(time) : null);
        Add("dataschema", cloudEvent.DataSchema);
        foreach (var (name, value) in cloudEvent.Extensions)
            Add(name, value.ToString());
        return headers.ToImmutable();

        void Add(string name, string? value)
        {
            if (value is not null)
                headers.Add(new(AttributePrefix + name, HttpHeaderValue.Encode(value)));
        }
    }

    private static bool IsContentType(string header) => header.Equals(ContentTypeHeader, StringComparison.OrdinalIgnoreCase);
}

/// <summary>An event as HTTP sends it.</summary>
/// <param name="Headers">Names and values, ready to be sent.</param>
/// <param name="Body">The body; empty for none.</param>
public sealed record CloudEventHttpMessage(ImmutableArray<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte> Body);
