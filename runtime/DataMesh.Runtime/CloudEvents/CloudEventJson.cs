using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Unicode;

namespace DataMesh.CloudEvents;

/// <summary>The JSON event format (CloudEvents 1.0, "JSON Event Format"): structured mode and batches.</summary>
public static partial class CloudEventJson
{
    /// <summary>The content type of one event.</summary>
    public const string ContentType = "application/cloudevents+json";

    /// <summary>The content type of a batch.</summary>
    public const string BatchContentType = "application/cloudevents-batch+json";

    /// <summary>Writes an event of any content type.</summary>
    /// <remarks>
    /// Data of a JSON content type goes into <c>data</c> as a JSON value, text as a string, everything else, text that cannot
    /// be decoded included, into <c>data_base64</c>.
    /// </remarks>
    public static void Write(CloudEvent cloudEvent, IBufferWriter<byte> output)
    {
        output.Write("{\"specversion\":\"1.0\",\"type\":"u8);
        output.WriteString(cloudEvent.Type);
        if (cloudEvent.DataContentType is { } contentType)
        {
            output.Write(",\"datacontenttype\":"u8);
            output.WriteString(contentType);
        }
        WriteDataSchema(cloudEvent, output);
        WriteContext(cloudEvent, output);
        if (cloudEvent.Data is { } data)
            WriteData(cloudEvent.DataContentType, data.Span, output);
        output.Write("}"u8);
    }

    /// <summary>Writes events as a batch; <c>[]</c> for none.</summary>
    public static void WriteBatch(IEnumerable<CloudEvent> events, IBufferWriter<byte> output)
    {
        var separator = "["u8;
        foreach (var cloudEvent in events)
        {
            output.Write(separator);
            separator = ","u8;
            Write(cloudEvent, output);
        }
        output.Write(separator is [(byte)'['] ? "[]"u8 : "]"u8);
    }

    /// <summary>Writes an event that carries a data product. Allocates nothing when the product's writer does not.</summary>
    public static void Write<T>(CloudEvent<T> cloudEvent, IBufferWriter<byte> output)
        where T : IDataProduct<T>
    {
        WriteStart(T.Descriptor, cloudEvent, output);
        WriteContext(cloudEvent, output);
        output.Write(",\"data\":"u8);
        cloudEvent.Data.WriteTo(output);
        output.Write("}"u8);
    }

    /// <summary>
    /// Writes everything of a new event up to its data: the descriptor's constant start, the id, the source and the time.
    /// The caller appends one JSON value and <see cref="WriteEnd"/>.
    /// </summary>
    internal static void WriteStart(DataProductDescriptor product, Guid id, string source, DateTimeOffset time, IBufferWriter<byte> output)
    {
        output.Write(product.EnvelopePrefix.Span);
        output.Write(",\"id\":\""u8);
        id.TryFormat(output.GetSpan(36), out var written);
        output.Advance(written);
        output.Write("\",\"source\":"u8);
        output.WriteString(source);
        output.Write(",\"time\":\""u8);
        output.WriteTimestamp(time);
        output.Write("\",\"data\":"u8);
    }

    /// <summary>Ends what <see cref="WriteStart(DataProductDescriptor, Guid, string, DateTimeOffset, IBufferWriter{byte})"/> began.</summary>
    internal static void WriteEnd(IBufferWriter<byte> output) => output.Write("}"u8);

    private static void WriteStart(DataProductDescriptor product, CloudEventContext context, IBufferWriter<byte> output)
    {
        if (context.Type == product.EventType && context.DataSchema == product.DataSchema)
        {
            output.Write(product.EnvelopePrefix.Span);
            return;
        }
        output.Write("{\"specversion\":\"1.0\",\"type\":"u8);
        output.WriteString(context.Type);
        output.Write(",\"datacontenttype\":\"application/json\""u8);
        WriteDataSchema(context, output);
    }

    private static void WriteDataSchema(CloudEventContext context, IBufferWriter<byte> output)
    {
        if (context.DataSchema is not { } schema)
            return;
        output.Write(",\"dataschema\":"u8);
        output.WriteString(schema);
    }

    /// <summary>What differs from event to event, each with its leading comma.</summary>
    private static void WriteContext(CloudEventContext context, IBufferWriter<byte> output)
    {
        output.Write(",\"id\":"u8);
        output.WriteString(context.Id);
        output.Write(",\"source\":"u8);
        output.WriteString(context.Source);
        if (context.Subject is { } subject)
        {
            output.Write(",\"subject\":"u8);
            output.WriteString(subject);
        }
        if (context.Time is { } time)
        {
            output.Write(",\"time\":\""u8);
            output.WriteTimestamp(time);
            output.Write("\""u8);
        }
        if (context.Extensions.Count == 0)
            return;
        foreach (var (name, value) in context.Extensions)
        {
            output.Write(","u8);
            output.WriteString(name);
            output.Write(":"u8);
            WriteValue(value, output);
        }
    }

    private static void WriteValue(CloudEventValue value, IBufferWriter<byte> output)
    {
        switch (value.Type)
        {
            case CloudEventType.Boolean: output.Write(value.AsBoolean() ? "true"u8 : "false"u8); break;
            case CloudEventType.Integer: output.WriteInteger(value.AsInteger()); break;
            case CloudEventType.Binary: output.WriteBase64(value.AsBinary().Span); break;
            default: output.WriteString(value.ToString()); break;
        }
    }

    private static void WriteData(string? contentType, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        // Without a content type only data_base64 keeps it that way: data would imply application/json.
        if (contentType is not null && MediaType.TryParse(contentType, out var mediaType))
        {
            if (mediaType.IsJson && IsJson(data))
            {
                output.Write(",\"data\":"u8);
                output.Write(data);
                return;
            }
            if (!mediaType.IsJson && mediaType.IsText && TryWriteText(mediaType, data, output))
                return;
        }
        output.Write(",\"data_base64\":"u8);
        output.WriteBase64(data);
    }

    private static bool TryWriteText(MediaType mediaType, ReadOnlySpan<byte> data, IBufferWriter<byte> output)
    {
        if (mediaType.TextEncoding is not { } encoding)
            return false;
        if (encoding == MediaType.StrictUtf8)
        {
            if (!Utf8.IsValid(data))
                return false;
            output.Write(",\"data\":"u8);
            output.WriteString(data);
            return true;
        }
        string text;
        try
        {
            text = encoding.GetString(data);
        }
        catch (System.Text.DecoderFallbackException)
        {
            return false;
        }
        output.Write(",\"data\":"u8);
        output.WriteString(text);
        return true;
    }

    /// <summary>True for exactly one JSON value in valid UTF-8.</summary>
    private static bool IsJson(ReadOnlySpan<byte> data)
    {
        if (!Utf8.IsValid(data))
            return false;
        try
        {
            var reader = new Utf8JsonReader(data, ReaderOptions);
            while (reader.Read())
            {
            }
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
