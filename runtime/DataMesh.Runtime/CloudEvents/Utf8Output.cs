using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace DataMesh.CloudEvents;

/// <summary>Text into a buffer as UTF-8 JSON, without allocation.</summary>
internal static class Utf8Output
{
    private static readonly SearchValues<char> EscapedCharacters =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (char)c), '"', '\\']);

    private static readonly SearchValues<byte> EscapedBytes =
        SearchValues.Create([.. Enumerable.Range(0, 0x20).Select(static c => (byte)c), (byte)'"', (byte)'\\']);

    /// <summary>Writes a JSON string with its quotes.</summary>
    public static void WriteString(this IBufferWriter<byte> output, ReadOnlySpan<char> text)
    {
        output.Write("\""u8);
        while (!text.IsEmpty)
        {
            var plain = text.IndexOfAny(EscapedCharacters);
            Encoding.UTF8.GetBytes(plain < 0 ? text : text[..plain], output);
            if (plain < 0)
                break;
            output.WriteEscaped((byte)text[plain]);
            text = text[(plain + 1)..];
        }
        output.Write("\""u8);
    }

    /// <summary>Writes valid UTF-8 as a JSON string with its quotes.</summary>
    public static void WriteString(this IBufferWriter<byte> output, ReadOnlySpan<byte> utf8)
    {
        output.Write("\""u8);
        while (!utf8.IsEmpty)
        {
            var plain = utf8.IndexOfAny(EscapedBytes);
            output.Write(plain < 0 ? utf8 : utf8[..plain]);
            if (plain < 0)
                break;
            output.WriteEscaped(utf8[plain]);
            utf8 = utf8[(plain + 1)..];
        }
        output.Write("\""u8);
    }

    /// <summary>Writes bytes as a JSON string in base64.</summary>
    public static void WriteBase64(this IBufferWriter<byte> output, ReadOnlySpan<byte> bytes)
    {
        output.Write("\""u8);
        var span = output.GetSpan(Base64.GetMaxEncodedToUtf8Length(bytes.Length));
        Base64.EncodeToUtf8(bytes, span, out _, out var written);
        output.Advance(written);
        output.Write("\""u8);
    }

    /// <summary>Writes a JSON number.</summary>
    public static void WriteInteger(this IBufferWriter<byte> output, int value)
    {
        var span = output.GetSpan(11);
        value.TryFormat(span, out var written, default, CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>Writes an RFC 3339 timestamp, without quotes.</summary>
    public static void WriteTimestamp(this IBufferWriter<byte> output, DateTimeOffset time) =>
        output.Advance(Rfc3339.Format(time, output.GetSpan(Rfc3339.MaxLength)));

    private static void WriteEscaped(this IBufferWriter<byte> output, byte character)
    {
        switch (character)
        {
            case (byte)'"': output.Write("\\\""u8); break;
            case (byte)'\\': output.Write("\\\\"u8); break;
            case (byte)'\n': output.Write("\\n"u8); break;
            case (byte)'\r': output.Write("\\r"u8); break;
            case (byte)'\t': output.Write("\\t"u8); break;
            default:
                var span = output.GetSpan(6);
                "\\u00"u8.CopyTo(span);
                span[4] = (byte)('0' + (character >> 4));
                span[5] = (byte)((character & 15) < 10 ? '0' + (character & 15) : 'a' + (character & 15) - 10);
                output.Advance(6);
                break;
        }
    }
}
