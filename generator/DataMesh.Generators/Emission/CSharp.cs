using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace DataMesh.Generators.Emission;

/// <summary>Literals, identifiers and doc comments of C#.</summary>
internal static class CSharp
{
    /// <summary>The identifier, with <c>@</c> where it is a keyword.</summary>
    public static string Identifier(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None
            ? "@" + name
            : name;

    /// <summary>A string literal; everything but printable ASCII is escaped, so the file's bytes do not depend on an encoding.</summary>
    public static string String(string value) => Quote(value, static c => c is < ' ' or > '~');

    /// <summary>The literal, or <c>null</c>.</summary>
    public static string StringOrNull(string? value) => value is null ? "null" : String(value);

    /// <summary>A literal of the string's UTF-8.</summary>
    public static string Utf8(string value) => String(value) + "u8";

    /// <summary>How many bytes the string has in UTF-8.</summary>
    public static int Utf8Length(string value) => Encoding.UTF8.GetByteCount(value);

    /// <summary>A JSON string.</summary>
    public static string Json(string value) => Quote(value, static c => c < ' ');

    /// <summary>An integer, invariant.</summary>
    public static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>A <c>summary</c> of these lines; nothing for null.</summary>
    public static void Summary(CodeWriter code, string? documentation)
    {
        if (string.IsNullOrWhiteSpace(documentation))
            return;
        string[] lines = documentation!.Trim('\n').Split('\n');
        if (lines.Length == 1)
        {
            code.Line($"/// <summary>{Xml(lines[0].Trim())}</summary>");
            return;
        }
        code.Line("/// <summary>");
        foreach (string line in lines)
            code.Line("/// " + Xml(line.TrimEnd()));
        code.Line("/// </summary>");
    }

    /// <summary>Text as XML content, on one line.</summary>
    public static string Xml(string text)
    {
        var xml = new StringBuilder(text.Length);
        foreach (char c in text)
        {
            switch (c)
            {
                case '&':
                    xml.Append("&amp;");
                    break;
                case '<':
                    xml.Append("&lt;");
                    break;
                case '>':
                    xml.Append("&gt;");
                    break;
                // Characters that end a line in C#, or that XML has no way to hold.
                case < ' ' or '\u0085' or '\u2028' or '\u2029' or '\ufffe' or '\uffff':
                    xml.Append(' ');
                    break;
                default:
                    xml.Append(c);
                    break;
            }
        }
        return xml.ToString();
    }

    /// <summary>A text in double quotes, with the escapes that C# and JSON have in common.</summary>
    private static string Quote(string value, Func<char, bool> isEscaped)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (char c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\n' => text.Append("\\n"),
                _ when isEscaped(c) => text.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => text.Append(c),
            };
        }
        return text.Append('"').ToString();
    }
}
