using System.Globalization;
using System.Numerics;

namespace DataMesh.Cue.Builtins.Cryptography;

/// <summary>Universally unique identifiers (RFC 9562) in their written forms.</summary>
internal static class UuidText
{
    private const int Size = 16;

    /// <summary>Takes the plain form, without dashes, in braces, and as a URN.</summary>
    public static byte[] Parse(string text)
    {
        string plain = CodePoints.Utf8.GetByteCount(text) switch
        {
            36 => text,
            45 => text.StartsWith("urn:uuid:", StringComparison.OrdinalIgnoreCase)
                ? text.Substring(9)
                : throw new BuiltinException($"invalid urn prefix: {Conversion.QuotedText.Quote(text.Substring(0, Math.Min(9, text.Length)))}"),
            38 => text.Length == 38 && text[0] == '{' && text[37] == '}' ? text.Substring(1, 36) : throw new BuiltinException("invalid bracketed UUID format"),
            32 => text,
            int length => throw new BuiltinException("invalid UUID length: " + length.ToString(CultureInfo.InvariantCulture)),
        };

        if (plain.Length == 36)
        {
            if (plain[8] != '-' || plain[13] != '-' || plain[18] != '-' || plain[23] != '-')
                throw new BuiltinException("invalid UUID format");
            plain = plain.Remove(23, 1).Remove(18, 1).Remove(13, 1).Remove(8, 1);
        }

        if (plain.Length != 2 * Size || !plain.All(c => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F')))
            throw new BuiltinException("invalid UUID format");
        return Encodings.HexText.Decode(plain);
    }

    public static string Format(byte[] bytes) =>
        Encodings.HexText.Encode(bytes).Insert(20, "-").Insert(16, "-").Insert(12, "-").Insert(8, "-");

    public static string FromInteger(BigInteger value)
    {
        byte[] bytes = BigEndian(BigInteger.Abs(value));
        if (bytes.Length > Size)
            throw new BuiltinException($"invalid UUID (got {bytes.Length.ToString(CultureInfo.InvariantCulture)} bytes)");
        return Format([.. new byte[Size - bytes.Length], .. bytes]);
    }

    /// <summary>The bytes of the text itself, not of the identifier that it denotes, as one number: that is what CUE gives.</summary>
    public static BigInteger ToInteger(string text) =>
        CodePoints.Utf8.GetBytes(text).Aggregate(BigInteger.Zero, static (value, b) => (value << 8) | b);

    /// <summary>The identifier made of a hash of a name in a name space.</summary>
    public static string FromName(byte[] nameSpace, byte[] name, Func<byte[], byte[]> hash, int version)
    {
        byte[] bytes = [.. hash([.. nameSpace, .. name]).Take(Size)];
        bytes[6] = (byte)((bytes[6] & 0x0F) | (version << 4));
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return Format(bytes);
    }

    /// <summary>1: RFC 9562, 2: reserved by NCS, 3: by Microsoft, 4: for the future.</summary>
    public static int Variant(byte[] bytes) => bytes[8] switch
    {
        >= 0x80 and < 0xC0 => 1,
        >= 0xE0 => 4,
        >= 0xC0 => 3,
        _ => 2,
    };

    private static byte[] BigEndian(BigInteger value)
    {
        byte[] bytes = value.ToByteArray();
        Array.Reverse(bytes);
        return [.. bytes.SkipWhile(b => b == 0)];
    }
}
