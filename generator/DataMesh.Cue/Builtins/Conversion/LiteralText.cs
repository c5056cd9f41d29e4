using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Conversion;

/// <summary>String and bytes literals in texts, which no scanner has seen: any of their quotes may be missing.</summary>
internal static class LiteralText
{
    private const string InvalidSyntax = "invalid syntax";
    private const string UnmatchedQuote = "invalid string: unmatched quote";
    private const string UnmatchedSurrogate = "unmatched surrogate pair";

    /// <summary>The text that a literal stands for; its bytes as text.</summary>
    public static string Unquote(string literal)
    {
        if (Fault(literal) is { } fault)
            throw new BuiltinException(fault);
        if (!Literals.TryUnquote(literal, out StringValue value, out string? error))
            throw new BuiltinException(error?.EndsWith(UnmatchedSurrogate, StringComparison.Ordinal) == true ? UnmatchedSurrogate : InvalidSyntax);
        return value.IsBytes ? Utf8Text.Decode(value.Bytes) : value.Text;
    }

    /// <summary>What is wrong with the quotes of a literal.</summary>
    private static string? Fault(string literal)
    {
        int hashes = 0;
        while (hashes < literal.Length && literal[hashes] == '#')
            hashes++;
        if (hashes == literal.Length || literal[hashes] is not ('"' or '\''))
            return InvalidSyntax;

        char mark = literal[hashes];
        string hashText = new('#', hashes);
        string tripled = new(mark, 3);
        return literal.Length > hashes + 3 && StartsAt(literal, hashes, tripled)
            ? FaultOfLines(literal, hashes + 3, tripled + hashText)
            : FaultOfLine(literal, hashes + 1, mark + hashText, '\\' + hashText);
    }

    private static string? FaultOfLines(string literal, int start, string closing)
    {
        if (!StartsAt(literal, start, "\n") && !StartsAt(literal, start, "\r\n"))
            return "invalid string: opening quote of multiline string must be followed by newline";
        int end = literal.Length - closing.Length;
        if (end <= start || !StartsAt(literal, end, closing))
            return UnmatchedQuote;

        int lineStart = end;
        while (literal[lineStart - 1] is ' ' or '\t')
            lineStart--;
        if (literal[lineStart - 1] != '\n')
            return "invalid string: closing quote of multiline string must follow a newline";

        string indentation = literal.Substring(lineStart, end - lineStart);
        foreach (string line in literal.Substring(start, lineStart - start).Split('\n'))
        {
            if (line is "" or "\r" || line.StartsWith(indentation, StringComparison.Ordinal))
                continue;
            string found = line.Substring(0, line.Length - line.TrimStart(' ', '\t').Length);
            return $"invalid string: non-matching whitespace for multiline string (expected {QuotedText.Quote(indentation)}, got {QuotedText.Quote(found)})";
        }

        return null;
    }

    /// <summary>The quote that ends a literal on one line is its last character that is not escaped, and there is none before.</summary>
    private static string? FaultOfLine(string literal, int start, string closing, string escape)
    {
        int end = literal.Length - closing.Length;
        if (end < start || !StartsAt(literal, end, closing))
            return UnmatchedQuote;
        int at = start;
        while (at < end)
        {
            if (StartsAt(literal, at, escape))
                at += escape.Length + 1;
            else if (literal[at] == '\n' || StartsAt(literal, at, closing))
                return InvalidSyntax;
            else
                at++;
        }

        return at > end ? UnmatchedQuote : null;
    }

    private static bool StartsAt(string text, int at, string part) => string.CompareOrdinal(text, at, part, 0, part.Length) == 0;
}
