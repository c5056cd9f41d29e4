using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Texts in double quotes with the escapes that JSON and TOML have in common.</summary>
internal static class EscapedText
{
    /// <param name="text">The text.</param>
    /// <param name="isEscaped">What is written as a number although it has no escape of its own.</param>
    /// <param name="format">How the number is written: <c>x4</c> or <c>X4</c>.</param>
    public static string Quote(string text, Func<char, bool> isEscaped, string format)
    {
        StringBuilder result = new("\"", text.Length + 2);
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\b' => result.Append("\\b"),
                '\f' => result.Append("\\f"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                _ when isEscaped(c) => result.Append("\\u").Append(((int)c).ToString(format, CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }
}
