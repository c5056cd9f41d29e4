using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataMesh.Cue.Syntax;

/// <summary>The value of a string or bytes literal, or of one piece of an interpolated one.</summary>
public readonly struct StringValue
{
    private readonly byte[]? _bytes;
    private readonly string? _text;

    internal StringValue(string text) => _text = text;

    internal StringValue(byte[] bytes) => _bytes = bytes;

    /// <summary>Whether the literal was in single quotes.</summary>
    public bool IsBytes => _bytes is not null;

    /// <summary>The text of a string; never with unpaired surrogates. Empty for bytes.</summary>
    public string Text => _text ?? "";

    /// <summary>The bytes of a bytes literal, or the UTF-8 form of a string.</summary>
    public byte[] Bytes => _bytes ?? Encoding.UTF8.GetBytes(Text);
}

/// <summary>The value of a number literal.</summary>
public readonly struct NumberValue
{
    internal NumberValue(bool isInteger, string text)
    {
        IsInteger = isInteger;
        Text = text;
    }

    /// <summary>Whether the literal is an int; a literal with a point or an exponent is a float.</summary>
    public bool IsInteger { get; }

    /// <summary>
    /// The exact value in decimal: digits, for a float optionally a point and an exponent (<c>e</c>, sign, digits).
    /// No underscores, base prefixes or multipliers. Digits behind the point are kept as written.
    /// </summary>
    public string Text { get; }
}

/// <summary>From the text of literals to their values and back (specification: "Numeric literals", "String and byte sequence literals").</summary>
public static class Literals
{
    /// <summary>Decodes a string or bytes literal, quotes included.</summary>
    /// <param name="literal">The text as written.</param>
    /// <param name="value">The value.</param>
    /// <param name="error">What is wrong, in CUE's wording.</param>
    public static bool TryUnquote(string literal, out StringValue value, out string? error)
    {
        if (Quotes.TryRead(literal, literal, out var quotes, out error))
        {
            if (quotes.ContentStart <= quotes.ContentEnd && (quotes.IsMultiline || literal.IndexOf('\n') < 0))
                return StringDecoder.TryDecode(literal, quotes.ContentStart, quotes.ContentEnd, quotes, out value, out error);
            error = "invalid string: unmatched quote";
        }

        value = default;
        return false;
    }

    /// <summary>Decodes the pieces of text of an interpolation: one value for every second element.</summary>
    public static bool TryUnquote(Interpolation interpolation, out IReadOnlyList<StringValue> pieces, out Position errorPosition, out string? error)
    {
        var elements = interpolation.Elements;
        var result = new List<StringValue>((elements.Count / 2) + 1);
        pieces = result;
        errorPosition = interpolation.Start;
        if (elements.Count == 0 || elements[0] is not BasicLiteral first || elements[elements.Count - 1] is not BasicLiteral last
            || !Quotes.TryRead(first.Text, last.Text, out var quotes, out error))
        {
            error = "invalid string: not an interpolation";
            return false;
        }

        var escape = quotes.HashCount + 2;
        for (var i = 0; i < elements.Count; i += 2)
        {
            if (elements[i] is not BasicLiteral piece)
                continue;
            var start = i == 0 ? quotes.ContentStart : 1;
            var end = i == elements.Count - 1 ? quotes.ContentEnd : piece.Text.Length - escape;
            if (i > 0 && start > end)
                end = start;
            if (!StringDecoder.TryDecode(piece.Text, start, Math.Max(start, end), quotes, out var value, out error))
            {
                errorPosition = piece.Start;
                return false;
            }

            result.Add(value);
        }

        return true;
    }

    /// <summary>Decodes a number literal.</summary>
    /// <param name="literal">The text as written.</param>
    /// <param name="value">The value.</param>
    /// <param name="error">What is wrong, in CUE's wording.</param>
    public static bool TryParseNumber(string literal, out NumberValue value, out string? error)
    {
        error = null;
        var text = literal.IndexOf('_') < 0 ? literal : literal.Replace("_", "");
        if (text.Length > 2 && text[0] == '0' && text[1] is 'x' or 'X' or 'b' or 'o')
        {
            var bits = text[1] is 'b' ? 1 : text[1] is 'o' ? 3 : 4;
            value = new NumberValue(true, ParsePowerOfTwoBase(text, bits).ToString(CultureInfo.InvariantCulture));
            return true;
        }

        var end = text.Length;
        var binary = end > 0 && text[end - 1] == 'i';
        var power = end > 0 ? "KMGTP".IndexOf(text[end - (binary && end > 1 ? 2 : 1)]) + 1 : 0;
        if (power > 0)
            return TryMultiply(text.Substring(0, end - (binary ? 2 : 1)), BigInteger.Pow(binary ? 1024 : 1000, power), out value, out error);

        if (text.Length == 0 || text.IndexOfAny(['.', 'e', 'E']) < 0)
        {
            value = new NumberValue(true, text);
            return text.Length > 0;
        }

        value = new NumberValue(false, CompleteFloat(text));
        return true;
    }

    /// <summary>Writes a string as a literal in double quotes, on one line.</summary>
    public static string Quote(string text) => StringEncoder.Quote(text);

    /// <summary>Writes bytes as a literal in single quotes, on one line.</summary>
    public static string QuoteBytes(ReadOnlySpan<byte> bytes) => StringEncoder.QuoteBytes(bytes);

    /// <summary>Whether a name can be written as a label without quotes and still mean a regular field.</summary>
    public static bool IsPlainLabel(string name) => IsIdentifier(name) && name[0] is not ('#' or '_');

    /// <summary>Whether a text is an identifier: an optional <c>#</c> or <c>_#</c>, a letter, then letters and digits.</summary>
    public static bool IsIdentifier(string text)
    {
        var start = text.StartsWith("_#", StringComparison.Ordinal) ? 2 : text.StartsWith("#", StringComparison.Ordinal) ? 1 : 0;
        if (start == text.Length)
            return false;
        for (var i = start; i < text.Length; i++)
        {
            var codePoint = char.IsHighSurrogate(text[i]) && i + 1 < text.Length ? char.ConvertToUtf32(text, i) : text[i];
            if (!Characters.IsLetter(codePoint) && (i == start || !Characters.IsDigit(codePoint)))
                return false;
            if (codePoint > 0xFFFF)
                i++;
        }

        return true;
    }

    private static BigInteger ParsePowerOfTwoBase(string text, int bits)
    {
        // Little-endian bytes, so that a long literal costs linear time.
        var digits = text.Length - 2;
        var bytes = new byte[(digits * bits / 8) + 2];
        for (var i = 0; i < digits; i++)
        {
            var digit = Characters.HexValue(text[text.Length - 1 - i]);
            var bit = i * bits;
            bytes[bit / 8] |= (byte)(digit << (bit % 8));
            if ((bit % 8) + bits > 8)
                bytes[(bit / 8) + 1] |= (byte)(digit >> (8 - (bit % 8)));
        }

        return new BigInteger(bytes);
    }

    private static bool TryMultiply(string text, BigInteger factor, out NumberValue value, out string? error)
    {
        var point = text.IndexOf('.');
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var digits = point < 0 ? text : text.Remove(point, 1);
        if (!BigInteger.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var coefficient))
        {
            value = default;
            error = "invalid number";
            return false;
        }

        var product = BigInteger.DivRem(coefficient * factor, BigInteger.Pow(10, decimals), out var remainder);
        if (!remainder.IsZero)
        {
            value = default;
            error = "number cannot be represented as int";
            return false;
        }

        value = new NumberValue(true, product.ToString(CultureInfo.InvariantCulture));
        error = null;
        return true;
    }

    private static string CompleteFloat(string text)
    {
        var builder = new StringBuilder(text.Length + 1);
        if (text[0] == '.')
            builder.Append('0');
        for (var i = 0; i < text.Length; i++)
        {
            var next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (text[i] == '.' && next is '\0' or 'e' or 'E')
                continue;
            builder.Append(text[i] == 'E' ? 'e' : text[i]);
        }

        return builder.ToString();
    }
}
