using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using DataMesh.Channels;

namespace DataMesh.CloudEvents;

/// <summary>
/// The Kafka protocol binding (CloudEvents 1.0): events to records and back. Records of the in-process channel are laid out
/// in the same way.
/// </summary>
public static class KafkaBinding
{
    /// <summary>The header that has the content type, and with it the mode.</summary>
    public const string ContentTypeHeader = "content-type";

    /// <summary>What stands before an attribute's name in binary mode.</summary>
    public const string AttributePrefix = "ce_";

    private static readonly ImmutableArray<ChannelHeader> StructuredHeaders = [Header(ContentTypeHeader, CloudEventJson.ContentType)];

    /// <summary>The mode of a record: a <c>content-type</c> that starts with <c>application/cloudevents</c> is structured, all else binary.</summary>
    public static CloudEventContentMode GetMode(ImmutableArray<ChannelHeader> headers) =>
        TryGetContentType(headers, out var contentType) ? ContentModes.Of(contentType) : CloudEventContentMode.Binary;

    /// <summary>Lays an event out as a record.</summary>
    /// <param name="cloudEvent">The event.</param>
    /// <param name="mode">Binary or structured.</param>
    /// <param name="key">The record's key, as it is. The event's <c>partitionkey</c> is not touched by it.</param>
    public static ChannelMessage Encode(CloudEvent cloudEvent, CloudEventContentMode mode, ReadOnlyMemory<byte>? key = null)
    {
        RequireSingle(mode);
        if (mode == CloudEventContentMode.Binary)
            return new(cloudEvent.Data, key, GetHeaders(cloudEvent, cloudEvent.DataContentType));
        var buffer = ScratchBuffer.Take();
        CloudEventJson.Write(cloudEvent, buffer);
        return new(ScratchBuffer.Return(buffer), key, StructuredHeaders);
    }

    /// <summary>Lays an event that carries a data product out as a record.</summary>
    /// <inheritdoc cref="Encode(CloudEvent, CloudEventContentMode, ReadOnlyMemory{byte}?)"/>
    public static ChannelMessage Encode<T>(CloudEvent<T> cloudEvent, CloudEventContentMode mode, ReadOnlyMemory<byte>? key = null)
        where T : IDataProduct<T>
    {
        RequireSingle(mode);
        var buffer = ScratchBuffer.Take();
        if (mode == CloudEventContentMode.Binary)
        {
            cloudEvent.Data.WriteTo(buffer);
            return new(ScratchBuffer.Return(buffer), key, GetHeaders(cloudEvent, "application/json"));
        }
        CloudEventJson.Write(cloudEvent, buffer);
        return new(ScratchBuffer.Return(buffer), key, StructuredHeaders);
    }

    /// <summary>Reads a record in either mode.</summary>
    /// <param name="message">The record. Its key is not looked at: no attribute is made of it.</param>
    /// <param name="cloudEvent">The event when it is valid.</param>
    /// <param name="result">Every error in the envelope; the data is not looked into.</param>
    /// <param name="known">Extension attributes whose type the reader knows, besides the documented ones.</param>
    public static bool TryDecode(
        in ChannelMessage message,
        [NotNullWhen(true)] out CloudEvent? cloudEvent,
        out ValidationResult result,
        FrozenDictionary<string, CloudEventAttribute>? known = null)
    {
        cloudEvent = null;
        var headers = message.Headers;
        if (!TryGetContentType(headers, out var contentType) || ContentModes.Of(contentType) is CloudEventContentMode.Binary)
            return TryDecodeBinary(message, known, out cloudEvent, out result);
        if (ContentModes.Of(contentType) == CloudEventContentMode.Batch)
            result = ContentModes.Error("", "Kafka has no batch mode");
        else if (ContentModes.Refuse(contentType) is { } refusal)
            result = ContentModes.Error("", refusal);
        else if (message.Value is not { } value)
            result = ContentModes.Error("", "a structured event needs a payload");
        else
            return CloudEventJson.TryRead(value, out cloudEvent, out result, known);
        return false;
    }

    /// <summary>The headers that every new event of a product has, whatever its id and time.</summary>
    internal static ImmutableArray<ChannelHeader> GetConstantHeaders(DataProductDescriptor product, string source, CloudEventContentMode mode)
    {
        if (mode == CloudEventContentMode.Structured)
            return StructuredHeaders;
        var headers = ImmutableArray.CreateBuilder<ChannelHeader>();
        headers.Add(Header(ContentTypeHeader, "application/json"));
        headers.Add(Header("ce_specversion", CloudEventContext.SpecVersion));
        headers.Add(Header("ce_type", product.EventType));
        headers.Add(Header("ce_source", source));
        if (product.DataSchema is { } schema)
            headers.Add(Header("ce_dataschema", schema));
        return headers.ToImmutable();
    }

    /// <summary>The constant headers and those of one event.</summary>
    internal static ImmutableArray<ChannelHeader> AddIdentity(ImmutableArray<ChannelHeader> constant, Guid id, DateTimeOffset time)
    {
        var idText = new byte[36];
        id.TryFormat(idText, out _);
        Span<byte> timeText = stackalloc byte[Rfc3339.MaxLength];
        return [.. constant, new("ce_id", idText), new("ce_time", timeText[..Rfc3339.Format(time, timeText)].ToArray())];
    }

    internal static void RequireSingle(CloudEventContentMode mode)
    {
        if (mode is not (CloudEventContentMode.Binary or CloudEventContentMode.Structured))
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "Kafka has binary and structured mode only");
    }

    private static bool TryDecodeBinary(
        in ChannelMessage message,
        FrozenDictionary<string, CloudEventAttribute>? known,
        [NotNullWhen(true)] out CloudEvent? cloudEvent,
        out ValidationResult result)
    {
        var builder = new CloudEventBuilder(known ?? FrozenDictionary<string, CloudEventAttribute>.Empty) { Data = message.Value };
        foreach (var header in message.Headers)
        {
            string name;
            if (header.Name.Equals(ContentTypeHeader, StringComparison.OrdinalIgnoreCase))
                name = "datacontenttype";
            else if (header.Name.StartsWith(AttributePrefix, StringComparison.Ordinal))
                name = header.Name[AttributePrefix.Length..];
            else
                continue;
            if (TryGetText(header, out var text))
                builder.SetText(name, text);
            else
                builder.Fail(name, "invalid UTF-8");
        }
        return builder.TryBuild(out cloudEvent, out result);
    }

    private static ImmutableArray<ChannelHeader> GetHeaders(CloudEventContext context, string? contentType)
    {
        var headers = ImmutableArray.CreateBuilder<ChannelHeader>(8 + context.Extensions.Count);
        if (contentType is not null)
            headers.Add(Header(ContentTypeHeader, contentType));
        headers.Add(Header("ce_specversion", CloudEventContext.SpecVersion));
        headers.Add(Header("ce_id", context.Id));
        headers.Add(Header("ce_source", context.Source));
        headers.Add(Header("ce_type", context.Type));
        if (context.Subject is { } subject)
            headers.Add(Header("ce_subject", subject));
        if (context.Time is { } time)
            headers.Add(Header("ce_time", Rfc3339.Format(time)));
        if (context.DataSchema is { } schema)
            headers.Add(Header("ce_dataschema", schema));
        foreach (var (name, value) in context.Extensions)
            headers.Add(Header(AttributePrefix + name, value.ToString()));
        return headers.ToImmutable();
    }

    private static bool TryGetContentType(ImmutableArray<ChannelHeader> headers, out string contentType)
    {
        foreach (var header in headers)
        {
            if (header.Name.Equals(ContentTypeHeader, StringComparison.OrdinalIgnoreCase))
                return TryGetText(header, out contentType);
        }
        contentType = "";
        return false;
    }

    private static bool TryGetText(ChannelHeader header, out string text)
    {
        var valid = System.Text.Unicode.Utf8.IsValid(header.Value.Span);
        text = valid ? Encoding.UTF8.GetString(header.Value.Span) : "";
        return valid;
    }

    private static ChannelHeader Header(string name, string value) => new(name, Encoding.UTF8.GetBytes(value));
}
