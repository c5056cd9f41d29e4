using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace DataMesh.CloudEvents;

/// <summary>How attribute values travel in HTTP headers (HTTP protocol binding, 3.1.3.2).</summary>
internal static class HttpHeaderValue
{
    // U+0021 to U+007E without the quotation mark and the percent sign.
    private static readonly SearchValues<char> Plain =
        SearchValues.Create([.. Enumerable.Range(0x21, 0x7F - 0x21).Select(static c => (char)c).Where(static c => c is not ('"' or '%'))]);

    /// <summary>Percent-encodes the UTF-8 of blanks, quotation marks, percent signs and all beyond printable ASCII.</summary>
    public static string Encode(string value)
    {
        var first = value.AsSpan().IndexOfAnyExcept(Plain);
        if (first < 0)
            return value;
        var encoded = new StringBuilder(value, 0, first, value.Length + 16);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (var rune in value.AsSpan(first).EnumerateRunes())
        {
            if (rune.IsAscii && Plain.Contains((char)rune.Value))
            {
                encoded.Append((char)rune.Value);
                continue;
            }
            foreach (var unit in utf8[..rune.EncodeToUtf8(utf8)])
                encoded.Append('%').Append(Convert.ToHexString([unit]));
        }
        return encoded.ToString();
    }

    /// <summary>
    /// Takes off quotation marks and their backslashes, then one round of percent encoding. False for an unfinished quote or
    /// escape, for bytes that are not UTF-8, and for characters that a header cannot have.
    /// </summary>
    public static bool TryDecode(string header, [NotNullWhen(true)] out string? value)
    {
        value = null;
        if (!TryUnquote(header.AsSpan().Trim(" \t"), out var text))
            return false;
        if (!text.Contains('%'))
        {
            value = text;
            return true;
        }
        var utf8 = new byte[MediaType.StrictUtf8.GetMaxByteCount(text.Length)];
        var length = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '%')
            {
                if (i + 2 >= text.Length || !char.IsAsciiHexDigit(text[i + 1]) || !char.IsAsciiHexDigit(text[i + 2]))
                    return false;
                utf8[length++] = Convert.FromHexString(text.AsSpan(i + 1, 2))[0];
                i += 2;
                continue;
            }
            // Servers may hand over raw characters beyond ASCII; a pair stays one character.
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out var rune, out var used) != OperationStatus.Done)
                return false;
            length += rune.EncodeToUtf8(utf8.AsSpan(length));
            i += used - 1;
        }
        if (!System.Text.Unicode.Utf8.IsValid(utf8.AsSpan(0, length)))
            return false;
        value = Encoding.UTF8.GetString(utf8, 0, length);
        return true;
    }

    private static bool TryUnquote(ReadOnlySpan<char> header, out string text)
    {
        text = "";
        if (!header.Contains('"'))
        {
            text = header.ToString();
            return true;
        }
        // Quoted strings may stand beside plain text.
        var unquoted = new StringBuilder(header.Length);
        var quoted = false;
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i] == '"')
                quoted = !quoted;
            else if (header[i] == '\\' && quoted && ++i == header.Length)
                return false;
            else
                unquoted.Append(header[i]);
        }
        text = unquoted.ToString();
        return !quoted;
    }
}
