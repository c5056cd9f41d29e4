using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace DataMesh.CloudEvents;

/// <summary>The types that a context attribute can have (CloudEvents 1.0, "Type System").</summary>
public enum CloudEventType
{
    /// <summary>Text without control characters, noncharacters and lone surrogates.</summary>
    String,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A signed 32-bit number.</summary>
    Integer,

    /// <summary>Bytes; base64 as text.</summary>
    Binary,

    /// <summary>An absolute URI (RFC 3986).</summary>
    Uri,

    /// <summary>A URI-reference (RFC 3986).</summary>
    UriReference,

    /// <summary>A point in time (RFC 3339).</summary>
    Timestamp,
}

/// <summary>The value of a context attribute, with its type. Always valid for that type.</summary>
public readonly struct CloudEventValue : IEquatable<CloudEventValue>
{
    private readonly object? _value;

    private CloudEventValue(CloudEventType type, object value)
    {
        Type = type;
        _value = value;
    }

    /// <summary>The type; an empty String for the default value.</summary>
    public CloudEventType Type { get; }

    /// <exception cref="ArgumentException">The text has characters that an attribute cannot have.</exception>
    public static CloudEventValue FromString(string value) => Parse(CloudEventType.String, value);

    /// <summary>A Boolean.</summary>
    public static CloudEventValue FromBoolean(bool value) => new(CloudEventType.Boolean, value);

    /// <summary>An Integer.</summary>
    public static CloudEventValue FromInteger(int value) => new(CloudEventType.Integer, value);

    /// <summary>A copy of the bytes.</summary>
    public static CloudEventValue FromBinary(ReadOnlySpan<byte> value) => new(CloudEventType.Binary, value.ToArray());

    /// <exception cref="ArgumentException">Not an absolute URI.</exception>
    public static CloudEventValue FromUri(string value) => Parse(CloudEventType.Uri, value);

    /// <exception cref="ArgumentException">Not a URI-reference.</exception>
    public static CloudEventValue FromUriReference(string value) => Parse(CloudEventType.UriReference, value);

    /// <summary>A Timestamp; its offset is kept.</summary>
    public static CloudEventValue FromTimestamp(DateTimeOffset value) => new(CloudEventType.Timestamp, value);

    /// <inheritdoc cref="FromString"/>
    public static implicit operator CloudEventValue(string value) => FromString(value);

    /// <inheritdoc cref="FromBoolean"/>
    public static implicit operator CloudEventValue(bool value) => FromBoolean(value);

    /// <inheritdoc cref="FromInteger"/>
    public static implicit operator CloudEventValue(int value) => FromInteger(value);

    /// <inheritdoc cref="FromTimestamp"/>
    public static implicit operator CloudEventValue(DateTimeOffset value) => FromTimestamp(value);

    /// <summary>The value of a Boolean.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public bool AsBoolean() => _value is bool value ? value : throw NotA(CloudEventType.Boolean);

    /// <summary>The value of an Integer.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public int AsInteger() => _value is int value ? value : throw NotA(CloudEventType.Integer);

    /// <summary>The value of a Binary.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public ReadOnlyMemory<byte> AsBinary() => _value is byte[] value ? value : throw NotA(CloudEventType.Binary);

    /// <summary>The value of a Timestamp.</summary>
    /// <exception cref="InvalidOperationException">It is of another type.</exception>
    public DateTimeOffset AsTimestamp() => _value is DateTimeOffset value ? value : throw NotA(CloudEventType.Timestamp);

    /// <summary>Reads the canonical string of a type, as headers carry it.</summary>
    public static bool TryParse(CloudEventType type, string text, out CloudEventValue value)
    {
        object? parsed = type switch
        {
            CloudEventType.String => AttributeSyntax.IsString(text) ? text : null,
            CloudEventType.Boolean => text switch { "true" => true, "false" => false, _ => null },
            CloudEventType.Integer => TryParseInteger(text, out var integer) ? integer : null,
            CloudEventType.Binary => TryParseBase64(text, out var bytes) ? bytes : null,
            CloudEventType.Uri => UriSyntax.IsAbsolute(text) ? text : null,
            CloudEventType.UriReference => UriSyntax.IsReference(text) ? text : null,
            CloudEventType.Timestamp => Rfc3339.TryParse(text, out var time) ? time : null,
            _ => throw new ArgumentOutOfRangeException(nameof(type)),
        };
        value = parsed is null ? default : new(type, parsed);
        return parsed is not null;
    }

    /// <summary>The canonical string; reading it with the same type gives an equal value.</summary>
    public override string ToString() => _value switch
    {
        null => "",
        string text => text,
        bool boolean => boolean ? "true" : "false",
        int integer => integer.ToString(CultureInfo.InvariantCulture),
        byte[] bytes => Convert.ToBase64String(bytes),
        DateTimeOffset time => Rfc3339.Format(time),
        _ => throw new InvalidOperationException(),
    };

    /// <summary>Equal type and value; timestamps are equal when they are the same instant.</summary>
    public bool Equals(CloudEventValue other) => Type == other.Type && (_value, other._value) switch
    {
        (byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right),
        var (left, right) => Equals(left ?? "", right ?? ""),
    };

    /// <inheritdoc/>
    public override bool Equals([NotNullWhen(true)] object? obj) => obj is CloudEventValue other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() =>
        HashCode.Combine(Type, _value is byte[] bytes ? bytes.Length : (_value ?? "").GetHashCode());

    /// <summary>Equal type and value.</summary>
    public static bool operator ==(CloudEventValue left, CloudEventValue right) => left.Equals(right);

    /// <summary>Different type or value.</summary>
    public static bool operator !=(CloudEventValue left, CloudEventValue right) => !left.Equals(right);

    private static CloudEventValue Parse(CloudEventType type, string value) =>
        TryParse(type, value, out var parsed) ? parsed : throw new ArgumentException($"not a CloudEvents {type}", nameof(value));

    // Digits with an optional minus sign: no plus, no blanks, no group separators.
    private static bool TryParseInteger(string text, out int value) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && text[0] != '+';

    // Convert would skip blanks inside, which are not base64 (RFC 4648).
    private static bool TryParseBase64(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = new byte[text.Length / 4 * 3];
        if (text.Length % 4 != 0 || text.AsSpan().ContainsAny(" \t\r\n") || !Convert.TryFromBase64String(text, bytes, out var length))
            return false;
        Array.Resize(ref bytes, length);
        return true;
    }

    private InvalidOperationException NotA(CloudEventType type) => new($"the attribute is of type {Type}, not {type}");
}
