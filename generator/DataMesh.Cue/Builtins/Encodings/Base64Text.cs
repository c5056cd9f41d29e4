namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Base64 with padding (RFC 4648), with the place of what is wrong.</summary>
internal static class Base64Text
{
    public static byte[] Decode(string text)
    {
        List<byte> bytes = new(text.Length * 3 / 4);
        byte[] input = CodePoints.Utf8.GetBytes(text);
        int at = 0;
        while (DecodeGroup(input, ref at, bytes))
        {
        }

        return [.. bytes];
    }

    /// <summary>Four characters give three bytes; false at the end. Line breaks do not count.</summary>
    private static bool DecodeGroup(byte[] input, ref int at, List<byte> bytes)
    {
        int value = 0, count = 0;
        while (count < 4)
        {
            if (at == input.Length)
                return count == 0 ? false : throw Illegal(at - count);
            byte c = input[at++];
            if (c is (byte)'\n' or (byte)'\r')
                continue;
            int digit = ToDigit(c);
            if (digit >= 0)
            {
                value = (value << 6) | digit;
                count++;
                continue;
            }

            if (c != '=' || count < 2)
                throw Illegal(at - 1);
            ReadPadding(input, ref at, count);
            bytes.Add((byte)(value >> ((count * 6) - 8)));
            if (count == 3)
                bytes.Add((byte)(value >> 2));
            return false;
        }

        bytes.Add((byte)(value >> 16));
        bytes.Add((byte)(value >> 8));
        bytes.Add((byte)value);
        return true;
    }

    private static void ReadPadding(byte[] input, ref int at, int count)
    {
        SkipLines(input, ref at);
        if (count == 2)
        {
            if (at == input.Length)
                throw Illegal(at);
            if (input[at] != '=')
                throw Illegal(at - 1);
            at++;
            SkipLines(input, ref at);
        }

        if (at < input.Length)
            throw Illegal(at);
    }

    private static void SkipLines(byte[] input, ref int at)
    {
        while (at < input.Length && (input[at] is (byte)'\n' or (byte)'\r'))
            at++;
    }

    private static int ToDigit(byte c) => (char)c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '+' => 62,
        '/' => 63,
        _ => -1,
    };

    private static BuiltinException Illegal(int at) =>
        new("illegal base64 data at input byte " + at.ToString(System.Globalization.CultureInfo.InvariantCulture));
}
