using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Bytes as hexadecimal digits.</summary>
internal static class HexText
{
    private const int BytesPerLine = 16;

    public static string Encode(byte[] bytes)
    {
        StringBuilder text = new(bytes.Length * 2);
        foreach (byte b in bytes)
            text.Append(b.ToString("x2", CultureInfo.InvariantCulture));
        return text.ToString();
    }

    public static byte[] Decode(string text)
    {
        List<byte> bytes = new(text.Length / 2);
        byte[] input = CodePoints.Utf8.GetBytes(text);
        for (int i = 0; i + 1 < input.Length; i += 2)
            bytes.Add((byte)((ToDigit(input[i]) << 4) | ToDigit(input[i + 1])));
        if (input.Length % 2 == 1)
        {
            ToDigit(input[input.Length - 1]);
            throw new BuiltinException("encoding/hex: odd length hex string");
        }

        return [.. bytes];
    }

    /// <summary>The offset, sixteen bytes in two groups and the same as ASCII, line by line.</summary>
    public static string Dump(byte[] bytes)
    {
        StringBuilder text = new();
        for (int start = 0; start < bytes.Length; start += BytesPerLine)
        {
            text.Append(start.ToString("x8", CultureInfo.InvariantCulture)).Append(' ');
            StringBuilder shown = new();
            for (int i = start; i < start + BytesPerLine; i++)
            {
                text.Append(i % 8 == 0 ? " " : "");
                text.Append(i < bytes.Length ? bytes[i].ToString("x2", CultureInfo.InvariantCulture) + " " : "   ");
                if (i < bytes.Length)
                    shown.Append(bytes[i] is >= 32 and <= 126 ? (char)bytes[i] : '.');
            }

            text.Append(" |").Append(shown).Append("|\n");
        }

        return text.ToString();
    }

    private static int ToDigit(byte c) => (char)c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => throw new BuiltinException($"encoding/hex: invalid byte: {Conversion.QuotedText.Describe(c)}"),
    };
}
