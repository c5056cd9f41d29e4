using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Conversion;

/// <summary>Texts and code points in quotes, with escapes for what cannot be seen.</summary>
internal static class QuotedText
{
    /// <summary>Which characters stand as themselves.</summary>
    public enum Style
    {
        /// <summary>All that are printed.</summary>
        Printable,

        /// <summary>Those of ASCII.</summary>
        Ascii,

        /// <summary>All that are printed, and spaces.</summary>
        Graphic,
    }

    public static string Quote(string text, Style style = Style.Printable)
    {
        StringBuilder result = new("\"");
        foreach (int codePoint in CodePoints.Of(text))
            Append(result, codePoint, '"', style);
        return result.Append('"').ToString();
    }

    public static string QuoteRune(int codePoint, Style style = Style.Printable)
    {
        StringBuilder result = new("'");
        Append(result, CodePoints.IsValid(codePoint) ? codePoint : CodePoints.Replacement, '\'', style);
        return result.Append('\'').ToString();
    }

    /// <summary>A text in quotes with a hexadecimal escape for every byte that is no character of ASCII to be seen, as in errors about times.</summary>
    public static string QuoteBytes(string text)
    {
        StringBuilder result = new("\"");
        foreach (byte b in CodePoints.Utf8.GetBytes(text))
        {
            if (b is (byte)'"' or (byte)'\\')
                result.Append('\\').Append((char)b);
            else if (b is >= 0x20 and < 0x80)
                result.Append((char)b);
            else
                result.Append("\\x").Append(b.ToString("x2", CultureInfo.InvariantCulture));
        }

        return result.Append('"').ToString();
    }

    /// <summary>A code point by its number, and if it can be seen as itself: <c>U+0062 'b'</c>.</summary>
    public static string Describe(int codePoint) =>
        FormattableString.Invariant($"U+{codePoint:X4}") + (CodePoints.IsPrint(codePoint) ? $" '{CodePoints.ToText(codePoint)}'" : "");

    private static void Append(StringBuilder result, int codePoint, char quote, Style style)
    {
        if (codePoint == quote || codePoint == '\\')
        {
            result.Append('\\').Append((char)codePoint);
            return;
        }

        bool isShown = style switch
        {
            Style.Ascii => codePoint < 0x80 && CodePoints.IsPrint(codePoint),
            Style.Graphic => CodePoints.IsGraphic(codePoint),
            _ => CodePoints.IsPrint(codePoint),
        };
        if (isShown)
        {
            result.AppendCodePoint(codePoint);
            return;
        }

        result.Append(codePoint switch
        {
            '\a' => "\\a",
            '\b' => "\\b",
            '\f' => "\\f",
            '\n' => "\\n",
            '\r' => "\\r",
            '\t' => "\\t",
            '\v' => "\\v",
            < ' ' or 0x7F => "\\x" + codePoint.ToString("x2", CultureInfo.InvariantCulture),
            < 0x10000 => "\\u" + codePoint.ToString("x4", CultureInfo.InvariantCulture),
            _ => "\\U" + codePoint.ToString("x8", CultureInfo.InvariantCulture),
        });
    }
}
