using System.Text;

namespace DataMesh.Cue.Builtins.Networking;

/// <summary>Percent encoding of URLs (RFC 3986).</summary>
internal static class PercentEncoding
{
    /// <summary>Where in a URL a text stands: that decides which characters may stay as they are.</summary>
    public enum Part
    {
        PathSegment,
        QueryComponent,
        Host,
        Zone,
        Path,
        Fragment,
    }

    private const string Hex = "0123456789ABCDEF";

    public static string Escape(string text, Part part)
    {
        StringBuilder result = new();
        foreach (byte b in CodePoints.Utf8.GetBytes(text))
        {
            char c = (char)b;
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '~')
                result.Append(c);
            else if (part == Part.PathSegment && "$&+:=@".IndexOf(c) >= 0)
                result.Append(c);
            else if (part == Part.QueryComponent && c == ' ')
                result.Append('+');
            else
                result.Append('%').Append(Hex[b >> 4]).Append(Hex[b & 15]);
        }

        return result.ToString();
    }

    public static string Unescape(string text, Part part)
    {
        List<byte> bytes = [];
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == '%')
            {
                if (i + 2 >= text.Length || HexValue(text[i + 1]) < 0 || HexValue(text[i + 2]) < 0)
                    throw new BuiltinException("invalid URL escape " + Conversion.QuotedText.Quote(text.Substring(i, Math.Min(3, text.Length - i))));
                int value = (HexValue(text[i + 1]) << 4) | HexValue(text[i + 2]);
                // A host has no escapes of ASCII letters, except for those of a zone: "%25" stands for its '%'.
                if (part == Part.Host && value < 0x80 && text.Substring(i, 3) != "%25")
                    throw new BuiltinException("invalid URL escape " + Conversion.QuotedText.Quote(text.Substring(i, 3)));
                if (part == Part.Zone && text.Substring(i, 3) != "%25" && value != ' ' && !IsHostCharacter((char)value))
                    throw new BuiltinException("invalid URL escape " + Conversion.QuotedText.Quote(text.Substring(i, 3)));
                bytes.Add((byte)value);
                i += 2;
            }
            else if (c == '+' && part == Part.QueryComponent)
            {
                bytes.Add((byte)' ');
            }
            else
            {
                if (part is Part.Host or Part.Zone && c < 0x80 && !IsHostCharacter(c))
                    throw new BuiltinException($"invalid character {Conversion.QuotedText.Quote(c.ToString())} in host name");
                int width = CodePoints.Width(CodePoints.At(text, i));
                bytes.AddRange(CodePoints.Utf8.GetBytes(text.Substring(i, width)));
                i += width - 1;
            }
        }

        return CodePoints.Utf8.GetString([.. bytes]);
    }

    private static bool IsHostCharacter(char c) =>
        c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '-' or '_' or '.' or '~'
            or '!' or '$' or '&' or '\'' or '(' or ')' or '*' or '+' or ',' or ';' or '=' or ':' or '[' or ']' or '<' or '>' or '"';

    private static int HexValue(char c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
