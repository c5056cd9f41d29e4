using System.Text;

namespace DataMesh;

/// <summary>A JSON value that the schema says nothing about, kept as its text. Two are equal when their texts are.</summary>
public readonly struct JsonText : IEquatable<JsonText>
{
    private readonly string? _text;

    private JsonText(string text) => _text = text;

    /// <summary><c>null</c>, also the default value.</summary>
    public static JsonText Null => default;

    /// <summary>The value's JSON text.</summary>
    public override string ToString() => _text ?? "null";

    /// <summary>Takes a JSON text.</summary>
    /// <exception cref="FormatException">It is not one JSON value.</exception>
    public static JsonText Parse(string json)
    {
        var cursor = new Json.JsonCursor(Encoding.UTF8.GetBytes(json));
        if (!cursor.Skip(out ReadOnlySpan<byte> value) || !cursor.AtEnd())
            throw new FormatException($"not JSON, at byte {cursor.Position}");
        return FromUtf8(value);
    }

    /// <summary>Takes the UTF-8 of a value that a reader has checked.</summary>
    public static JsonText FromUtf8(ReadOnlySpan<byte> json) => new(Encoding.UTF8.GetString(json));

    /// <summary>Appends the value to what a writer writes.</summary>
    public void WriteTo(Json.JsonWriter writer) => writer.Raw(Encoding.UTF8.GetBytes(ToString()));

    /// <inheritdoc/>
    public bool Equals(JsonText other) => ToString() == other.ToString();

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is JsonText other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => string.GetHashCode(ToString(), StringComparison.Ordinal);

    /// <summary>Equality of the texts.</summary>
    public static bool operator ==(JsonText left, JsonText right) => left.Equals(right);

    /// <summary>Inequality of the texts.</summary>
    public static bool operator !=(JsonText left, JsonText right) => !left.Equals(right);
}
