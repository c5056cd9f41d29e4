using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Html;

/// <summary>Texts made safe to stand in HTML and JavaScript, and back.</summary>
internal static class MarkupText
{
    /// <summary>What the code points 0x80 to 0x9F stand for in HTML: those of Windows-1252.</summary>
    private const string Windows1252 =
        "\u20AC\u0081\u201A\u0192\u201E\u2026\u2020\u2021\u02C6\u2030\u0160\u2039\u0152\u008D\u017D\u008F"
        + "\u0090\u2018\u2019\u201C\u201D\u2022\u2013\u2014\u02DC\u2122\u0161\u203A\u0153\u009D\u017E\u0178";

    public static string EscapeHtml(string text, bool replaceNull = false)
    {
        StringBuilder result = new(text.Length);
        foreach (char c in text)
        {
            _ = c switch
            {
                '<' => result.Append("&lt;"),
                '>' => result.Append("&gt;"),
                '&' => result.Append("&amp;"),
                '\'' => result.Append("&#39;"),
                '"' => result.Append("&#34;"),
                '\0' when replaceNull => result.Append('\uFFFD'),
                _ => result.Append(c),
            };
        }

        return result.ToString();
    }

    public static string EscapeJavaScript(string text)
    {
        StringBuilder result = new(text.Length);
        foreach (int codePoint in CodePoints.Of(text))
        {
            _ = codePoint switch
            {
                '\\' => result.Append("\\\\"),
                '\'' => result.Append("\\'"),
                '"' => result.Append("\\\""),
                '<' or '>' or '&' or '=' or < ' ' => result.Append("\\u").Append(codePoint.ToString("X4", CultureInfo.InvariantCulture)),
                >= 0x80 when !CodePoints.IsPrint(codePoint) => result.Append("\\u").Append(codePoint.ToString("X4", CultureInfo.InvariantCulture)),
                _ => result.AppendCodePoint(codePoint),
            };
        }

        return result.ToString();
    }

    /// <summary>Replaces character references, numbered and named.</summary>
    public static string UnescapeHtml(string text)
    {
        StringBuilder result = new(text.Length);
        for (int i = 0; i < text.Length;)
        {
            if (text[i] != '&')
            {
                result.Append(text[i++]);
                continue;
            }

            int length = i + 1 < text.Length && text[i + 1] == '#' ? AppendNumbered(result, text, i) : AppendNamed(result, text, i);
            if (length == 0)
            {
                result.Append('&');
                length = 1;
            }

            i += length;
        }

        return result.ToString();
    }

    private static int AppendNumbered(StringBuilder result, string text, int start)
    {
        int i = start + 2;
        bool isHexadecimal = i < text.Length && (text[i] is 'x' or 'X');
        if (isHexadecimal)
            i++;
        int digitsStart = i, value = 0;
        for (; i < text.Length; i++)
        {
            int digit = text[i] switch
            {
                >= '0' and <= '9' => text[i] - '0',
                >= 'a' and <= 'f' when isHexadecimal => text[i] - 'a' + 10,
                >= 'A' and <= 'F' when isHexadecimal => text[i] - 'A' + 10,
                _ => -1,
            };
            if (digit < 0)
                break;
            value = Math.Min((value * (isHexadecimal ? 16 : 10)) + digit, CodePoints.Max + 1);
        }

        // As in Go, the reference &#x; stands for the character 0.
        if (i == digitsStart && !(isHexadecimal && i < text.Length && text[i] == ';'))
            return 0;
        if (i < text.Length && text[i] == ';')
            i++;
        if (value is >= 0x80 and <= 0x9F)
            value = Windows1252[value - 0x80];
        else if (value == 0)
            value = CodePoints.Replacement;
        result.AppendCodePoint(value);
        return i - start;
    }

    private static int AppendNamed(StringBuilder result, string text, int start)
    {
        int end = start + 1;
        while (end < text.Length && (text[end] is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
            end++;
        string name = text.Substring(start + 1, end - start - 1);
        bool hasSemicolon = end < text.Length && text[end] == ';';
        if (name.Length == 0)
            return 0;
        if (hasSemicolon && HtmlEntities.Find(name + ";") is { } exact)
        {
            result.Append(exact);
            return name.Length + 2;
        }

        // Some names do without the semicolon, and may then be followed by other letters.
        for (int length = Math.Min(name.Length, HtmlEntities.LongestWithoutSemicolon); length > 1; length--)
        {
            if (HtmlEntities.Find(name.Substring(0, length)) is { } value)
            {
                result.Append(value);
                return length + 1;
            }
        }

        return 0;
    }
}
