using System.Text;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary>The characters that YAML may be written with (YAML 1.2, 5.1 and 5.2), whatever it says.</summary>
internal static class YamlCharacters
{
    /// <summary>The text that bytes are: UTF-8, or UTF-16 if they begin with its mark.</summary>
    public static string Decode(byte[] bytes)
    {
        if (bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return Check((bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes, 2, bytes.Length - 2));
        int malformed = Utf8Text.MalformedAt(bytes);
        string text = Check(CodePoints.Utf8.GetString(bytes, 0, malformed < 0 ? bytes.Length : malformed));
        return malformed < 0 ? text : throw new YamlException(Malformation(bytes, malformed), -1);
    }

    /// <summary>The text, if it has no character that may not stand in YAML.</summary>
    public static string Check(string text)
    {
        foreach (char c in text)
        {
            if (c is (< ' ' and not ('\t' or '\n' or '\r')) or (> '~' and < '\u00A0' and not '\u0085') or > '\uFFFD')
                throw new YamlException("control characters are not allowed", -1);
        }

        return text;
    }

    private static string Malformation(byte[] bytes, int at)
    {
        byte first = bytes[at];
        int length = first is >= 0xC0 and < 0xE0 ? 2 : first is >= 0xE0 and < 0xF0 ? 3 : first is >= 0xF0 and < 0xF8 ? 4 : 0;
        if (length == 0)
            return "invalid leading UTF-8 octet";
        if (at + length > bytes.Length)
            return "incomplete UTF-8 octet sequence";
        for (int i = 1; i < length; i++)
        {
            if ((bytes[at + i] & 0xC0) != 0x80)
                return "invalid trailing UTF-8 octet";
        }

        bool isTooLong = first is 0xC0 or 0xC1 || (first == 0xE0 && bytes[at + 1] < 0xA0) || (first == 0xF0 && bytes[at + 1] < 0x90);
        return isTooLong ? "invalid length of a UTF-8 sequence" : "invalid Unicode character";
    }
}
