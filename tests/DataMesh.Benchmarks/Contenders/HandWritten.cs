using System.Text.Json;

namespace DataMesh.Benchmarks.Contenders;

/// <summary>What a careful developer writes for this one schema: one pass over UTF-8, rules checked on the bytes.</summary>
internal sealed record HandWritten(string First, string Last, decimal? Age)
{
    public static HandWritten? Read(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        string? first = null, last = null;
        decimal? age = null;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("first"u8))
            {
                if (!reader.Read() || !IsName(ref reader))
                    return null;
                first = reader.GetString();
            }
            else if (reader.ValueTextEquals("Last"u8))
            {
                if (!reader.Read() || !IsName(ref reader))
                    return null;
                last = reader.GetString();
            }
            else if (reader.ValueTextEquals("Age"u8))
            {
                if (!reader.Read() || reader.TokenType != JsonTokenType.Number || !reader.TryGetDecimal(out decimal number) || number >= 130)
                    return null;
                age = number;
            }
            else
            {
                return null;
            }
        }

        return first is not null && last is not null && !reader.Read() ? new HandWritten(first, last, age) : null;
    }

    public static bool IsValid(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8);
        bool first = false, last = false;
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            return false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("first"u8))
                first = reader.Read() && IsName(ref reader);
            else if (reader.ValueTextEquals("Last"u8))
                last = reader.Read() && IsName(ref reader);
            else if (!reader.ValueTextEquals("Age"u8) || !reader.Read() || !reader.TryGetDecimal(out decimal number) || number >= 130)
                return false;
        }

        return first && last && !reader.Read();
    }

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString("first"u8, First);
        writer.WriteString("Last"u8, Last);
        if (Age is { } age)
            writer.WriteNumber("Age"u8, age);
        writer.WriteEndObject();
    }

    // =~"[A-Z].*": an upper-case letter anywhere, unless an escape hides it.
    private static bool IsName(ref Utf8JsonReader reader) =>
        reader.TokenType == JsonTokenType.String && !reader.ValueIsEscaped && reader.ValueSpan.ContainsAnyInRange((byte)'A', (byte)'Z');
}
