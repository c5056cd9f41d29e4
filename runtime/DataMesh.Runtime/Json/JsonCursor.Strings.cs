using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace DataMesh.Json;

public ref partial struct JsonCursor
{
    // Strings with escapes are unescaped here: one buffer a thread, which grows to the longest such string up to a bound.
    [ThreadStatic]
    private static byte[]? _scratch;

    private const int KeptScratch = 64 * 1024;
    private const int ShortString = 16;

    // All bytes that end the fast scan: the quote, the backslash, control characters and everything beyond ASCII.
    private static readonly SearchValues<byte> NotPlain = SearchValues.Create(BytesWhere(static b => b is < 0x20 or (byte)'"' or (byte)'\\' or >= 0x80));

    // The same without what is beyond ASCII, which is checked as a whole afterwards.
    private static readonly SearchValues<byte> NotText = SearchValues.Create(BytesWhere(static b => b is < 0x20 or (byte)'"' or (byte)'\\'));

    /// <summary>Reads a string.</summary>
    /// <param name="value">Its text, unescaped, valid UTF-8; valid until the next string is read.</param>
    public bool ReadString(out ReadOnlySpan<byte> value)
    {
        value = default;
        if (NextByte() != '"')
            return Fail(JsonErrorKind.Value);
        ReadOnlySpan<byte> rest = _text[(_position + 1)..];

        // Names and most values are short: looking at each byte is faster than starting a vectorised search.
        int end = 0, soon = Math.Min(rest.Length, ShortString);
        while ((uint)end < (uint)soon && IsPlain(rest[end]))
            end++;
        if (end == ShortString)
            end = IndexOfNotPlain(rest);
        if ((uint)end < (uint)rest.Length && rest[end] == '"')
        {
            value = rest[..end];
            _position += end + 2;
            return true;
        }
        return ReadUncommonString(rest, end, out value);
    }

    private static bool IsPlain(byte c) => c >= 0x20 && c < 0x80 && c != (byte)'"' && c != (byte)'\\';

    private static int IndexOfNotPlain(ReadOnlySpan<byte> rest)
    {
        int found = rest[ShortString..].IndexOfAny(NotPlain);
        return found < 0 ? rest.Length : found + ShortString;
    }

    private bool ReadUncommonString(ReadOnlySpan<byte> rest, int plain, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (plain == rest.Length)
        {
            _position = _text.Length;
            return Fail(JsonErrorKind.UnexpectedEnd);
        }
        int end = rest.IndexOfAny(NotText);
        if (end >= 0 && rest[end] == '"')
        {
            if (!CheckUtf8(rest[..end]))
                return false;
            value = rest[..end];
            _position += end + 2;
            return true;
        }
        return Unescape(rest, out value);
    }

    private bool Unescape(ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        value = default;
        int from = _position + 1, used = 0;

        // No escape is longer than what it stands for, so the closing quote bounds the buffer.
        byte[] buffer = Scratch(LengthToQuote(rest));
        while (true)
        {
            int run = rest.IndexOfAny(NotText);
            if (run < 0)
            {
                _position = _text.Length;
                return Fail(JsonErrorKind.UnexpectedEnd);
            }
            _position = from;
            if (!CheckUtf8Run(rest[..run]))
                return false;
            rest[..run].CopyTo(buffer.AsSpan(used));
            used += run;
            from += run;
            rest = rest[run..];
            _position = from;
            if (rest[0] == '"')
            {
                _position++;
                value = buffer.AsSpan(0, used);
                return true;
            }
            if (rest[0] != '\\')
                return Fail(JsonErrorKind.InString);
            int length = ReadEscape(rest, buffer.AsSpan(used), out int written);
            if (length == 0)
                return false;
            used += written;
            from += length;
            rest = rest[length..];
        }
    }

    /// <summary>Decodes the escape at the start of <paramref name="rest"/>; 0 when there is an error.</summary>
    private int ReadEscape(ReadOnlySpan<byte> rest, Span<byte> output, out int written)
    {
        written = 1;
        if (rest.Length < 2)
        {
            _position = _text.Length;
            Fail(JsonErrorKind.UnexpectedEnd);
            return 0;
        }
        switch (rest[1])
        {
            case (byte)'"' or (byte)'\\' or (byte)'/':
                output[0] = rest[1];
                return 2;
            case (byte)'b':
                output[0] = (byte)'\b';
                return 2;
            case (byte)'f':
                output[0] = (byte)'\f';
                return 2;
            case (byte)'n':
                output[0] = (byte)'\n';
                return 2;
            case (byte)'r':
                output[0] = (byte)'\r';
                return 2;
            case (byte)'t':
                output[0] = (byte)'\t';
                return 2;
            case (byte)'u':
                return ReadHexEscape(rest, output, out written);
            default:
                _position++;
                Fail(JsonErrorKind.InEscape);
                return 0;
        }
    }

    private int ReadHexEscape(ReadOnlySpan<byte> rest, Span<byte> output, out int written)
    {
        written = 0;
        int start = _position;
        if (!TryReadHex(rest, out int unit))
            return 0;
        int length = 6;
        if (unit is >= 0xD800 and <= 0xDFFF)
        {
            _position = start;
            if (unit >= 0xDC00 || rest.Length < 8 || rest[6] != '\\' || rest[7] != 'u')
            {
                Fail(JsonErrorKind.Surrogate);
                return 0;
            }
            _position = start + 6;
            if (!TryReadHex(rest[6..], out int low))
                return 0;
            _position = start;
            if (low is < 0xDC00 or > 0xDFFF)
            {
                Fail(JsonErrorKind.Surrogate);
                return 0;
            }
            unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
            length = 12;
        }
        _position = start;
        written = new Rune(unit).EncodeToUtf8(output);
        return length;
    }

    private bool TryReadHex(ReadOnlySpan<byte> rest, out int unit)
    {
        unit = 0;
        for (int i = 2; i < 6; i++)
        {
            if (i >= rest.Length)
            {
                _position = _text.Length;
                return Fail(JsonErrorKind.UnexpectedEnd);
            }
            int digit = HexDigit(rest[i]);
            if (digit < 0)
            {
                _position += i;
                return Fail(JsonErrorKind.InHexEscape);
            }
            unit = (unit << 4) | digit;
        }
        return true;
    }

    private static int HexDigit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        _ => -1,
    };

    private bool CheckUtf8(ReadOnlySpan<byte> text)
    {
        if (IsText(text))
            return true;
        _position++;
        return CheckUtf8Run(text);
    }

    /// <summary>As <see cref="CheckUtf8"/>, with the cursor at the first byte of the text; an error is put on its byte.</summary>
    private bool CheckUtf8Run(ReadOnlySpan<byte> text)
    {
        if (IsText(text))
            return true;
        while (Rune.DecodeFromUtf8(text, out Rune rune, out int length) == OperationStatus.Done)
        {
            if (rune.Value == 0xFEFF)
                return Fail(JsonErrorKind.ByteOrderMark);
            text = text[length..];
            _position += length;
        }
        return Fail(JsonErrorKind.Utf8);
    }

    // CUE takes a byte order mark nowhere in a document, only its escape.
    private static bool IsText(ReadOnlySpan<byte> text) => Utf8.IsValid(text) && text.IndexOf("\ufeff"u8) < 0;

    private static int LengthToQuote(ReadOnlySpan<byte> rest)
    {
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"')
                return i;
            if (rest[i] == '\\')
                i++;
        }
        return rest.Length;
    }

    private static byte[] Scratch(int length)
    {
        // A rune needs up to four bytes at the end, before it is known that the text goes on.
        length += 4;
        if (_scratch is { } kept && kept.Length >= length)
            return kept;
        var buffer = new byte[Math.Max(length, 256)];
        if (buffer.Length <= KeptScratch)
            _scratch = buffer;
        return buffer;
    }

    private static byte[] BytesWhere(Func<byte, bool> predicate)
    {
        var bytes = new List<byte>();
        for (int b = 0; b < 256; b++)
            if (predicate((byte)b))
                bytes.Add((byte)b);
        return [.. bytes];
    }
}
