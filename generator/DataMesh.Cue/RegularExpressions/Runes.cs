namespace DataMesh.Cue.RegularExpressions;

/// <summary>Code points out of text. What is not well-formed is read as U+FFFD, one unit at a time, as Go does.</summary>
internal static class Runes
{
    public const int Replacement = 0xFFFD;

    /// <summary>The code point at the position, which moves behind it.</summary>
    public static int Next(ReadOnlySpan<char> text, ref int position)
    {
        var c = text[position++];
        if (!char.IsSurrogate(c))
            return c;
        if (char.IsHighSurrogate(c) && position < text.Length && char.IsLowSurrogate(text[position]))
            return char.ConvertToUtf32(c, text[position++]);
        return Replacement;
    }

    /// <summary>The code point that ends before the position, which moves before it.</summary>
    public static int Previous(ReadOnlySpan<char> text, ref int position)
    {
        var c = text[--position];
        if (!char.IsSurrogate(c))
            return c;
        if (char.IsLowSurrogate(c) && position > 0 && char.IsHighSurrogate(text[position - 1]))
            return char.ConvertToUtf32(text[--position], c);
        return Replacement;
    }

    /// <summary>The code point at the position, which moves behind it.</summary>
    public static int Next(ReadOnlySpan<byte> utf8, ref int position)
    {
        var lead = utf8[position++];
        if (lead < 0x80)
            return lead;
        var (length, minimum) = lead switch
        {
            >= 0xC2 and < 0xE0 => (1, 0x80),
            >= 0xE0 and < 0xF0 => (2, 0x800),
            >= 0xF0 and < 0xF5 => (3, 0x10000),
            _ => (0, 0),
        };
        if (length == 0 || position + length > utf8.Length)
            return Replacement;
        var rune = lead & (0x3F >> length);
        for (var i = 0; i < length; i++)
        {
            var b = utf8[position + i];
            if ((b & 0xC0) != 0x80)
                return Replacement;
            rune = (rune << 6) | (b & 0x3F);
        }
        if (rune < minimum || rune is > RuneSet.MaxRune or (>= 0xD800 and <= 0xDFFF))
            return Replacement;
        position += length;
        return rune;
    }

    /// <summary>ASCII letters, digits and the underscore: what <c>\b</c> calls a word.</summary>
    public static bool IsWord(int rune) =>
        rune is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_';
}
