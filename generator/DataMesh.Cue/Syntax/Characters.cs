using System.Globalization;

namespace DataMesh.Cue.Syntax;

/// <summary>Character classes of the specification ("Letters and digits") and UTF-8 decoding.</summary>
internal static class Characters
{
    /// <summary>What a byte that is no part of valid UTF-8 decodes to.</summary>
    public const int Invalid = 0xFFFD;

    public static bool IsLetter(int codePoint)
    {
        if (codePoint < 0x80)
            return (uint)((codePoint | 0x20) - 'a') < 26 || codePoint is '_' or '$';
        return GetCategory(codePoint) <= UnicodeCategory.OtherLetter;
    }

    public static bool IsDigit(int codePoint)
    {
        if (codePoint < 0x80)
            return (uint)(codePoint - '0') < 10;
        return GetCategory(codePoint) == UnicodeCategory.DecimalDigitNumber;
    }

    public static bool IsDecimalDigit(int codePoint) => (uint)(codePoint - '0') < 10;

    /// <summary>The value of a hexadecimal digit; 16 for any other character.</summary>
    public static int HexValue(int codePoint)
    {
        if ((uint)(codePoint - '0') < 10)
            return codePoint - '0';
        var letter = (codePoint | 0x20) - 'a';
        return (uint)letter < 6 ? letter + 10 : 16;
    }

    /// <summary>Decodes the code point at an offset; <paramref name="length"/> is 1 for an invalid byte.</summary>
    public static int Decode(byte[] utf8, int offset, out int length)
    {
        int first = utf8[offset];
        if (first < 0x80)
        {
            length = 1;
            return first;
        }

        var count = first is >= 0xC2 and < 0xE0 ? 1 : first is >= 0xE0 and < 0xF0 ? 2 : first is >= 0xF0 and < 0xF5 ? 3 : 0;
        var codePoint = first & (0x3F >> count);
        length = 1;
        if (count == 0 || offset + count >= utf8.Length)
            return Invalid;
        for (var i = 1; i <= count; i++)
        {
            if ((utf8[offset + i] & 0xC0) != 0x80)
                return Invalid;
            codePoint = (codePoint << 6) | (utf8[offset + i] & 0x3F);
        }

        var overlong = (count == 2 && codePoint < 0x800) || (count == 3 && codePoint < 0x10000);
        if (overlong || codePoint > 0x10FFFF || codePoint is >= 0xD800 and < 0xE000)
            return Invalid;
        length = count + 1;
        return codePoint;
    }

    private static UnicodeCategory GetCategory(int codePoint)
    {
        if (codePoint > 0xFFFF)
            return CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0);
        return CharUnicodeInfo.GetUnicodeCategory((char)codePoint);
    }
}
