using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace DataMesh.CloudEvents;

public static partial class CloudEventJson
{
    /// <summary>Deeper JSON than this is refused; the envelope itself is one level.</summary>
    private const int MaxDepth = 1024;

    private static readonly JsonReaderOptions ReaderOptions = new() { MaxDepth = MaxDepth };

    /// <summary>Reads one event.</summary>
    /// <param name="utf8">The JSON object. <see cref="CloudEvent.Data"/> of JSON content is a slice of it.</param>
    /// <param name="cloudEvent">The event when it is valid.</param>
    /// <param name="result">Every error in the envelope; the data is not looked into.</param>
    /// <param name="known">Extension attributes whose type the reader knows, besides the documented ones.</param>
    public static bool TryRead(
        ReadOnlyMemory<byte> utf8,
        [NotNullWhen(true)] out CloudEvent? cloudEvent,
        out ValidationResult result,
        FrozenDictionary<string, CloudEventAttribute>? known = null)
    {
        cloudEvent = null;
        if (!Utf8.IsValid(utf8.Span))
        {
            result = NotJson("invalid UTF-8");
            return false;
        }
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, ReaderOptions);
            reader.Read();
            var builder = new CloudEventBuilder(known ?? NoAttributes);
            ReadEvent(ref reader, utf8, builder);
            reader.Read();
            return builder.TryBuild(out cloudEvent, out result);
        }
        catch (JsonException e)
        {
            result = NotJson(e);
            return false;
        }
    }

    /// <summary>Reads a batch; one invalid event makes the whole batch invalid.</summary>
    /// <param name="utf8">The JSON array.</param>
    /// <param name="events">The events when all are valid.</param>
    /// <param name="result">Every error; pointers start with the event's place in the array.</param>
    /// <param name="known">Extension attributes whose type the reader knows, besides the documented ones.</param>
    public static bool TryReadBatch(
        ReadOnlyMemory<byte> utf8,
        out ImmutableArray<CloudEvent> events,
        out ValidationResult result,
        FrozenDictionary<string, CloudEventAttribute>? known = null)
    {
        events = [];
        if (!Utf8.IsValid(utf8.Span))
        {
            result = NotJson("invalid UTF-8");
            return false;
        }
        var found = ImmutableArray.CreateBuilder<CloudEvent>();
        var errors = ImmutableArray.CreateBuilder<ValidationError>();
        try
        {
            var reader = new Utf8JsonReader(utf8.Span, ReaderOptions);
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartArray)
            {
                result = ValidationResult.From([new(CloudEvent.ErrorCode, "", "", "a batch must be a JSON array")]);
                return false;
            }
            for (var index = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; index++)
            {
                var builder = new CloudEventBuilder(known ?? NoAttributes, string.Create(CultureInfo.InvariantCulture, $"/{index}"));
                ReadEvent(ref reader, utf8, builder);
                if (builder.TryBuild(out var cloudEvent, out var verdict))
                    found.Add(cloudEvent);
                else
                    errors.AddRange(verdict.Errors);
            }
            reader.Read();
        }
        catch (JsonException e)
        {
            result = NotJson(e);
            return false;
        }
        result = ValidationResult.From(errors.ToImmutable());
        if (result.IsValid)
            events = found.ToImmutable();
        return result.IsValid;
    }

    private static FrozenDictionary<string, CloudEventAttribute> NoAttributes => FrozenDictionary<string, CloudEventAttribute>.Empty;

    private static ValidationResult NotJson(JsonException e) => NotJson(
        string.Create(CultureInfo.InvariantCulture, $"not JSON at line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"));

    private static ValidationResult NotJson(string message) => ValidationResult.From([new(ValidationCodes.Syntax, "", "", message)]);

    /// <summary>Reads the value that the reader stands on, and leaves it on that value's last token.</summary>
    private static void ReadEvent(ref Utf8JsonReader reader, ReadOnlyMemory<byte> utf8, CloudEventBuilder builder)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            builder.Fail("", "an event must be a JSON object");
            reader.Skip();
            return;
        }
        // Where the data stands; what it means is known once datacontenttype was seen, which may come later.
        Range? data = null;
        byte[]? binary = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("data"u8))
            {
                RequireNoData(data, binary, builder);
                reader.Read();
                var start = (int)reader.TokenStartIndex;
                reader.Skip();
                data = start..(int)reader.BytesConsumed;
            }
            else if (reader.ValueTextEquals("data_base64"u8))
            {
                RequireNoData(data, binary, builder);
                reader.Read();
                if (reader.TokenType != JsonTokenType.String || !reader.TryGetBytesFromBase64(out binary))
                    builder.Fail("data_base64", "must be a string in base64");
                reader.Skip();
            }
            else
            {
                ReadAttribute(ref reader, builder);
            }
        }
        if (data is { } range)
            builder.Data = InterpretData(utf8[range], builder);
        else if (binary is not null)
            builder.Data = binary;
    }

    private static void RequireNoData(Range? data, byte[]? binary, CloudEventBuilder builder)
    {
        if (data is not null || binary is not null)
            builder.Fail("data", "data and data_base64 stand once and exclude each other");
    }

    private static void ReadAttribute(ref Utf8JsonReader reader, CloudEventBuilder builder)
    {
        var name = GetName(ref reader);
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.String when TryGetText(ref reader, out var text):
                builder.SetText(name, text);
                break;
            case JsonTokenType.String:
                builder.Fail(name, "has an unpaired surrogate");
                break;
            case JsonTokenType.True or JsonTokenType.False:
                builder.Set(name, reader.GetBoolean());
                break;
            case JsonTokenType.Number when reader.TryGetInt32(out var integer):
                builder.Set(name, integer);
                break;
            case JsonTokenType.Number:
                builder.Fail(name, "a number must be an integer of 32 bits");
                break;
            case JsonTokenType.Null:
                // A null attribute is an absent one, but its name must be one.
                if (!AttributeSyntax.IsName(name))
                    builder.Fail(name, "not an attribute name: lower-case letters and digits only");
                break;
            default:
                builder.Fail(name, "must be a string, a number or a boolean");
                reader.Skip();
                break;
        }
    }

    private static ReadOnlyMemory<byte>? InterpretData(ReadOnlyMemory<byte> json, CloudEventBuilder builder)
    {
        if (builder.DataContentType is not { } contentType)
        {
            // Said out loud, so that it is still there in another mode.
            builder.ImplyJson();
            return json;
        }
        if (MediaType.TryParse(contentType, out var mediaType) && mediaType.IsJson)
            return json;
        var reader = new Utf8JsonReader(json.Span, ReaderOptions);
        reader.Read();
        if (reader.TokenType != JsonTokenType.String)
        {
            builder.Fail("data", "must be a string, since the content type is not JSON");
            return null;
        }
        // A type that is not text by itself still has text here, and JSON text is UTF-8.
        var encoding = mediaType.IsText ? mediaType.TextEncoding : MediaType.StrictUtf8;
        if (encoding is null)
        {
            builder.Fail("datacontenttype", "has a charset that is not supported");
            return null;
        }
        if (!TryGetText(ref reader, out var text))
        {
            builder.Fail("data", "has an unpaired surrogate");
            return null;
        }
        try
        {
            return encoding.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            builder.Fail("data", "has characters that the charset of its content type lacks");
            return null;
        }
    }

    private static string GetName(ref Utf8JsonReader reader) =>
        TryGetText(ref reader, out var name) ? name : "\uFFFD";

    private static bool TryGetText(ref Utf8JsonReader reader, [NotNullWhen(true)] out string? text)
    {
        try
        {
            text = reader.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            // The one way that Utf8JsonReader has to say that an escape is half a surrogate pair.
            text = null;
            return false;
        }
    }
}
