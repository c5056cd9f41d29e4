using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins;

/// <summary>Texts as sequences of code points and of UTF-8 bytes, which is how CUE counts them.</summary>
internal static class CodePoints
{
    /// <summary>What stands for a byte or number that is no code point.</summary>
    public const int Replacement = 0xFFFD;

    public const int Max = 0x10FFFF;

    /// <summary>UTF-8 that replaces what is not valid.</summary>
    public static Encoding Utf8 { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The code point at <paramref name="index"/> of a UTF-16 text; a lone surrogate counts as itself.</summary>
    public static int At(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1])
            ? char.ConvertToUtf32(text[index], text[index + 1])
            : text[index];

    /// <summary>The first byte in UTF-8 of the character at an index.</summary>
    public static byte FirstByte(string text, int index) => Utf8.GetBytes(ToText(At(text, index)))[0];

    /// <summary>How many UTF-16 units a code point takes.</summary>
    public static int Width(int codePoint) => codePoint > 0xFFFF ? 2 : 1;

    public static IEnumerable<int> Of(string text)
    {
        for (int i = 0; i < text.Length;)
        {
            int codePoint = At(text, i);
            yield return codePoint;
            i += Width(codePoint);
        }
    }

    public static int Count(string text)
    {
        int count = 0;
        for (int i = 0; i < text.Length; i += Width(At(text, i)))
            count++;
        return count;
    }

    /// <summary>The text of one code point; the replacement character for what is none.</summary>
    public static string ToText(int codePoint) =>
        IsValid(codePoint) ? char.ConvertFromUtf32(codePoint) : "\uFFFD";

    public static bool IsValid(int codePoint) => codePoint is >= 0 and <= Max and not (>= 0xD800 and <= 0xDFFF);

    public static StringBuilder AppendCodePoint(this StringBuilder builder, int codePoint) =>
        codePoint is >= 0 and <= 0xFFFF and not (>= 0xD800 and <= 0xDFFF)
            ? builder.Append((char)codePoint)
            : builder.Append(ToText(codePoint));

    /// <summary>How many bytes the first <paramref name="index"/> UTF-16 units take in UTF-8.</summary>
    public static int ByteOffset(string text, int index) => Utf8.GetByteCount(text.Substring(0, index));

    /// <summary>Compares as CUE does: by the bytes of UTF-8, which is the order of the code points.</summary>
    public static int Compare(string left, string right)
    {
        int length = Math.Min(left.Length, right.Length);
        for (int i = 0; i < length; i++)
        {
            char a = left[i], b = right[i];
            if (a == b)
                continue;
            // Surrogates stand for code points above all others.
            bool aIsSurrogate = char.IsSurrogate(a), bIsSurrogate = char.IsSurrogate(b);
            if (aIsSurrogate != bIsSurrogate)
                return aIsSurrogate ? 1 : -1;
            return a < b ? -1 : 1;
        }

        return left.Length.CompareTo(right.Length);
    }

    /// <summary>The white space of Unicode as the language defines it for splitting and trimming.</summary>
    public static bool IsSpace(int codePoint) => codePoint switch
    {
        '\t' or '\n' or '\v' or '\f' or '\r' or ' ' or 0x85 or 0xA0 => true,
        0x1680 or (>= 0x2000 and <= 0x200A) or 0x2028 or 0x2029 or 0x202F or 0x205F or 0x3000 => true,
        _ => false,
    };

    public static UnicodeCategory Category(int codePoint) =>
        codePoint <= 0xFFFF ? CharUnicodeInfo.GetUnicodeCategory((char)codePoint) : CharUnicodeInfo.GetUnicodeCategory(char.ConvertFromUtf32(codePoint), 0);

    /// <summary>Letters, marks, numbers, punctuation, symbols and the ASCII space.</summary>
    public static bool IsPrint(int codePoint)
    {
        if (codePoint == ' ')
            return true;
        if (!IsValid(codePoint))
            return false;
        return Category(codePoint) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned or UnicodeCategory.SpaceSeparator
                or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => false,
            _ => true,
        };
    }

    /// <summary>What is printed and every other space of Unicode's category Zs.</summary>
    public static bool IsGraphic(int codePoint) =>
        IsPrint(codePoint) || (IsValid(codePoint) && Category(codePoint) == UnicodeCategory.SpaceSeparator);
}
