using System.Text;

namespace DataMesh.Cue.Syntax;

/// <summary>The quotes of a string or bytes literal and what they imply for its content.</summary>
internal readonly struct Quotes
{
    /// <summary><c>"</c> or <c>'</c>.</summary>
    public char Mark { get; init; }

    /// <summary>The number of <c>#</c> around the quotes and in escapes.</summary>
    public int HashCount { get; init; }

    public bool IsMultiline { get; init; }

    /// <summary>The white space before the closing quotes, which every line begins with.</summary>
    public string Indentation { get; init; }

    /// <summary>Where the content begins, in the first piece.</summary>
    public int ContentStart { get; init; }

    /// <summary>Where the content ends, in the last piece.</summary>
    public int ContentEnd { get; init; }

    /// <summary>Reads the quotes of a literal; the first and the last piece are the same text where there are no interpolations.</summary>
    public static bool TryRead(string first, string last, out Quotes quotes, out string? error)
    {
        quotes = default;
        error = "invalid string: not a string literal";
        var hashes = 0;
        while (hashes < first.Length && first[hashes] == '#')
            hashes++;
        if (hashes == first.Length || first[hashes] is not ('"' or '\''))
            return false;

        var mark = first[hashes];
        var start = hashes + 1;
        var end = last.Length - hashes - 1;
        var indentation = "";
        var multiline = first.Length > hashes + 3 && first[hashes + 1] == mark && first[hashes + 2] == mark
            && (first[hashes + 3] == '\n' || (first[hashes + 3] == '\r' && first.Length > hashes + 4 && first[hashes + 4] == '\n'));
        if (multiline)
        {
            start = hashes + (first[hashes + 3] == '\r' ? 5 : 4);
            end = last.Length - hashes - 3;
            if (end < 0)
                return false;
            var lineStart = end;
            while (lineStart > 0 && last[lineStart - 1] is ' ' or '\t')
                lineStart--;
            indentation = last.Substring(lineStart, end - lineStart);

            // The line break before the closing quotes is not part of the value; with no lines at all it is the opening one.
            end = lineStart > 0 && last[lineStart - 1] == '\n' ? lineStart - 1 : lineStart;
            if (end > 0 && last[end - 1] == '\r')
                end--;
            if (ReferenceEquals(first, last) && end < start)
                end = start;
        }

        if (end < 0)
            return false;
        quotes = new Quotes { Mark = mark, HashCount = hashes, IsMultiline = multiline, Indentation = indentation, ContentStart = start, ContentEnd = end };
        error = null;
        return true;
    }

    /// <summary>Whether every line of a multi-line literal that is not empty begins as the last line does.</summary>
    public static bool HasMatchingIndentation(string literal)
    {
        if (!TryRead(literal, literal, out var quotes, out _) || !quotes.IsMultiline)
            return true;
        return HasMatchingIndentation(literal, quotes.ContentStart, quotes.ContentEnd, quotes, isLineStart: true);
    }

    /// <summary>The same for an interpolated literal.</summary>
    public static bool HasMatchingIndentation(IReadOnlyList<Expression> elements)
    {
        if (elements[elements.Count - 1] is not BasicLiteral last || elements[0] is not BasicLiteral first
            || !TryRead(first.Text, last.Text, out var quotes, out _) || !quotes.IsMultiline)
            return true;
        for (var i = 0; i < elements.Count; i += 2)
        {
            if (elements[i] is not BasicLiteral piece)
                continue;
            var start = i == 0 ? quotes.ContentStart : 0;
            var end = i == elements.Count - 1 ? quotes.ContentEnd : piece.Text.Length;
            if (!HasMatchingIndentation(piece.Text, start, end, quotes, isLineStart: i == 0))
                return false;
        }

        return true;
    }

    private static bool HasMatchingIndentation(string text, int start, int end, Quotes quotes, bool isLineStart)
    {
        for (var i = start; i <= end; i++)
        {
            if (isLineStart && i < end && text[i] is not ('\n' or '\r')
                && string.CompareOrdinal(text, i, quotes.Indentation, 0, quotes.Indentation.Length) != 0)
                return false;
            isLineStart = i < end && text[i] == '\n';
        }

        return true;
    }
}

/// <summary>Undoes the escapes of string and bytes literals.</summary>
internal static class StringDecoder
{
    private const string UnmatchedSurrogate = "invalid string: unmatched surrogate pair";

    public static bool TryDecode(string literal, int start, int end, Quotes quotes, out StringValue value, out string? error)
    {
        var isBytes = quotes.Mark == '\'';
        value = default;
        var bytes = isBytes ? new List<byte>(end - start) : null;
        var text = new StringBuilder(end - start);
        var lineStart = quotes.IsMultiline && start == quotes.ContentStart;
        for (var i = start; i < end;)
        {
            if (lineStart)
            {
                lineStart = false;
                if (string.CompareOrdinal(literal, i, quotes.Indentation, 0, quotes.Indentation.Length) == 0)
                {
                    i += quotes.Indentation.Length;
                    continue;
                }
            }

            var c = literal[i];
            if (c == '\r' && quotes.IsMultiline)
            {
                i++;
                continue;
            }

            if (c != '\\' || !HasHashes(literal, i + 1, end, quotes.HashCount))
            {
                text.Append(c);
                lineStart = c == '\n';
                i++;
                continue;
            }

            i += 1 + quotes.HashCount;
            if (!TryDecodeEscape(literal, ref i, end, isBytes, out var codePoint, out var isByte, out error))
                return false;
            if (isByte)
            {
                Flush(text, bytes!);
                bytes!.Add((byte)codePoint);
            }
            else if (codePoint > 0xFFFF)
            {
                text.Append(char.ConvertFromUtf32(codePoint));
            }
            else
            {
                text.Append((char)codePoint);
            }
        }

        if (bytes is not null)
            Flush(text, bytes);
        value = bytes is null ? new StringValue(text.ToString()) : new StringValue([.. bytes]);
        error = null;
        return true;
    }

    private static void Flush(StringBuilder text, List<byte> bytes)
    {
        if (text.Length == 0)
            return;
        bytes.AddRange(Encoding.UTF8.GetBytes(text.ToString()));
        text.Clear();
    }

    private static bool HasHashes(string literal, int start, int end, int count)
    {
        if (start + count >= end)
            return false;
        for (var i = start; i < start + count; i++)
        {
            if (literal[i] != '#')
                return false;
        }

        return true;
    }

    private static bool TryDecodeEscape(string literal, ref int i, int end, bool isBytes, out int codePoint, out bool isByte, out string? error)
    {
        error = null;
        isByte = false;
        codePoint = 0;
        if (i >= end)
        {
            error = "invalid string: unknown escape sequence";
            return false;
        }

        var c = literal[i++];
        switch (c)
        {
            case 'a': codePoint = '\a'; return true;
            case 'b': codePoint = '\b'; return true;
            case 'f': codePoint = '\f'; return true;
            case 'n': codePoint = '\n'; return true;
            case 'r': codePoint = '\r'; return true;
            case 't': codePoint = '\t'; return true;
            case 'v': codePoint = '\v'; return true;
            case '/' or '\\': codePoint = c; return true;
            case '\'' when isBytes: codePoint = c; return true;
            case '"' when !isBytes: codePoint = c; return true;
            case 'x' when isBytes:
                isByte = true;
                return TryReadDigits(literal, ref i, end, 2, 16, out codePoint, out error);
            case >= '0' and <= '7' when isBytes:
                i--;
                isByte = true;
                if (TryReadDigits(literal, ref i, end, 3, 8, out codePoint, out error) && codePoint > 255)
                    error = "invalid string: escape sequence is invalid Unicode code point";
                return error is null;
            case 'u' or 'U':
                if (!TryReadDigits(literal, ref i, end, c == 'u' ? 4 : 8, 16, out codePoint, out error))
                    return false;
                if (codePoint is >= 0xD800 and < 0xDC00 && TryReadLowSurrogate(literal, i - (c == 'u' ? 5 : 9), ref i, end, out var low))
                    codePoint = 0x10000 + ((codePoint - 0xD800) << 10) + (low - 0xDC00);
                if (codePoint is >= 0xD800 and < 0xE000)
                    error = UnmatchedSurrogate;
                else if (codePoint is < 0 or > 0x10FFFF)
                    error = "invalid string: escape sequence is invalid Unicode code point";
                return error is null;
            default:
                error = "invalid string: unknown escape sequence";
                return false;
        }
    }

    /// <summary>Reads <c>\uDC00</c>..<c>\uDFFF</c> behind a high surrogate, with the hashes that its escape had.</summary>
    private static bool TryReadLowSurrogate(string literal, int highStart, ref int i, int end, out int low)
    {
        low = 0;
        var hashes = 0;
        while (highStart - 1 - hashes >= 0 && literal[highStart - 1 - hashes] == '#')
            hashes++;
        var start = i + 1 + hashes;
        if (start + 5 > end || literal[i] != '\\' || !HasHashes(literal, i + 1, end, hashes) || literal[start] is not ('u' or 'U'))
            return false;
        var next = start + 1;
        if (!TryReadDigits(literal, ref next, end, literal[start] == 'u' ? 4 : 8, 16, out low, out _) || low is < 0xDC00 or > 0xDFFF)
            return false;
        i = next;
        return true;
    }

    private static bool TryReadDigits(string literal, ref int i, int end, int count, int @base, out int value, out string? error)
    {
        value = 0;
        for (var n = 0; n < count; n++, i++)
        {
            var digit = i < end ? Characters.HexValue(literal[i]) : 16;
            if (digit >= @base)
            {
                error = "invalid string: illegal character in escape sequence";
                return false;
            }

            value = (value * @base) + digit;
        }

        error = null;
        return true;
    }
}
