using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Syntax;

/// <summary>Writes strings and bytes as literals, escaped as CUE escapes them.</summary>
internal static class StringEncoder
{
    public static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length + 2).Append('"');
        AppendEscaped(builder, text, '"');
        return builder.Append('"').ToString();
    }

    public static string QuoteBytes(ReadOnlySpan<byte> bytes)
    {
        var buffer = bytes.ToArray();
        var builder = new StringBuilder(buffer.Length + 2).Append('\'');
        for (var i = 0; i < buffer.Length;)
        {
            var codePoint = Characters.Decode(buffer, i, out var length);
            if (codePoint == Characters.Invalid && length == 1)
                builder.Append("\\x").Append(buffer[i].ToString("x2", CultureInfo.InvariantCulture));
            else if (codePoint < ' ' && codePoint is not ('\a' or '\b' or '\f' or '\n' or '\r' or '\t' or '\v'))
                builder.Append("\\x").Append(codePoint.ToString("x2", CultureInfo.InvariantCulture));
            else
                AppendCodePoint(builder, codePoint, '\'');
            i += length;
        }

        return builder.Append('\'').ToString();
    }

    /// <summary>
    /// Writes a string over several lines, not indented: with as many <c>#</c> as keep triple quotes in it as they are.
    /// </summary>
    public static string QuoteLines(string text)
    {
        var hashes = HashesFor(text, "\"\"\"");
        var builder = new StringBuilder(text.Length + 16).Append(hashes).Append("\"\"\"\n");
        foreach (var line in text.Split('\n'))
        {
            for (var i = 0; i < line.Length; i++)
            {
                int codePoint = line[i];
                if (char.IsHighSurrogate(line[i]) && i + 1 < line.Length && char.IsLowSurrogate(line[i + 1]))
                    codePoint = char.ConvertToUtf32(line, i++);
                AppendInLine(builder, codePoint, hashes);
            }

            builder.Append('\n');
        }

        return builder.Append("\"\"\"").Append(hashes).ToString();
    }

    /// <summary>The same for bytes.</summary>
    public static string QuoteLines(byte[] bytes)
    {
        var hashes = HashesFor(Encoding.UTF8.GetString(bytes), "'''");
        var builder = new StringBuilder(bytes.Length + 16).Append(hashes).Append("'''\n");
        for (var i = 0; i < bytes.Length;)
        {
            var codePoint = Characters.Decode(bytes, i, out var length);
            if (codePoint == Characters.Invalid && length == 1)
                builder.Append('\\').Append(hashes).Append('x').Append(bytes[i].ToString("x2", CultureInfo.InvariantCulture));
            else if (codePoint == '\n')
                builder.Append('\n');
            else if (codePoint < ' ' && codePoint is not ('\a' or '\b' or '\f' or '\r' or '\t' or '\v'))
                builder.Append('\\').Append(hashes).Append('x').Append(codePoint.ToString("x2", CultureInfo.InvariantCulture));
            else
                AppendInLine(builder, codePoint, hashes);
            i += length;
        }

        return builder.Append("\n'''").Append(hashes).ToString();
    }

    private static string HashesFor(string text, string quotes)
    {
        var hashes = "";
        for (var i = text.IndexOf(quotes, StringComparison.Ordinal); i >= 0; i = text.IndexOf(quotes, i + 1, StringComparison.Ordinal))
        {
            var end = i + quotes.Length;
            while (end < text.Length && text[end] == '#')
                end++;
            if (end - i - quotes.Length + 1 > hashes.Length)
                hashes = new string('#', end - i - quotes.Length + 1);
        }

        return hashes;
    }

    /// <summary>One piece of an interpolated string, escaped.</summary>
    /// <param name="value">The text or the bytes.</param>
    /// <param name="newline">What line breaks become in a literal over several lines; null in one on a single line.</param>
    public static string Escape(StringValue value, string? newline)
    {
        string text;
        if (value.IsBytes)
        {
            var quoted = newline is null ? QuoteBytes(value.Bytes) : QuoteLines(value.Bytes);
            text = newline is null ? quoted.Substring(1, quoted.Length - 2) : quoted.Substring(4, quoted.Length - 8);
        }
        else
        {
            var quoted = newline is null ? Quote(value.Text) : QuoteLines(value.Text);
            text = newline is null ? quoted.Substring(1, quoted.Length - 2) : quoted.Substring(4, quoted.Length - 8);
        }

        return newline is null ? text : string.Join("\n", text.Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : newline.Substring(1) + line));
    }

    private static void AppendInLine(StringBuilder builder, int codePoint, string hashes)
    {
        if (IsPrintable(codePoint) && codePoint != '\\')
        {
            Append(builder, codePoint);
            return;
        }

        var start = builder.Length;
        AppendCodePoint(builder, codePoint, '\n');
        builder.Insert(start + 1, hashes);
    }

    private static void AppendEscaped(StringBuilder builder, string text, char quote)
    {
        for (var i = 0; i < text.Length; i++)
        {
            int codePoint = text[i];
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                codePoint = char.ConvertToUtf32(text, i++);
            AppendCodePoint(builder, codePoint, quote);
        }
    }

    private static void AppendCodePoint(StringBuilder builder, int codePoint, char quote)
    {
        switch (codePoint)
        {
            case '\\': builder.Append("\\\\"); break;
            case '\a': builder.Append("\\a"); break;
            case '\b': builder.Append("\\b"); break;
            case '\f': builder.Append("\\f"); break;
            case '\n': builder.Append("\\n"); break;
            case '\r': builder.Append("\\r"); break;
            case '\t': builder.Append("\\t"); break;
            case '\v': builder.Append("\\v"); break;
            default:
                if (codePoint == quote)
                    builder.Append('\\').Append(quote);
                else if (IsPrintable(codePoint))
                    Append(builder, codePoint);
                else if (codePoint > 0xFFFF)
                    builder.Append("\\U").Append(codePoint.ToString("x8", CultureInfo.InvariantCulture));
                else
                    builder.Append("\\u").Append(codePoint.ToString("x4", CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void Append(StringBuilder builder, int codePoint)
    {
        if (codePoint > 0xFFFF)
            builder.Append(char.ConvertFromUtf32(codePoint));
        else
            builder.Append((char)codePoint);
    }

    /// <summary>Letters, marks, numbers, punctuation, symbols and the ASCII blank.</summary>
    public static bool IsPrintable(int codePoint)
    {
        if (codePoint < 0x80)
            return codePoint is >= ' ' and < 0x7F;
        if (codePoint is >= 0xD800 and < 0xE000)
            return false;
        var category = codePoint > 0xFFFF
            ? CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0)
            : CharUnicodeInfo.GetUnicodeCategory((char)codePoint);
        return category is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate
            or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
    }
}
