using System.Text;

namespace DataMesh.Cue.Builtins.Strings;

/// <summary>Unicode's simple case mappings, one code point to one, independent of any culture.</summary>
internal static class CaseMapping
{
    public static string ToUpper(string text) => Map(text, ToUpper);

    public static string ToLower(string text) => Map(text, ToLower);

    /// <summary>The first letter of each word, that is after white space, in title case.</summary>
    public static string ToTitle(string text) => MapWordStarts(text, ToTitle);

    /// <summary>The first letter of each word, that is after white space, in lower case.</summary>
    public static string ToCamel(string text) => MapWordStarts(text, ToLower);

    // .NET's invariant mapping leaves out the letters whose case differs between cultures; Unicode maps them.
    private static int ToUpper(int codePoint) => codePoint switch
    {
        0x131 => 'I',
        0x17F => 'S',
        0x1C5 or 0x1C8 or 0x1CB or 0x1F2 => codePoint - 1,
        _ => Convert(codePoint, upper: true),
    };

    private static int ToLower(int codePoint) => codePoint switch
    {
        0x130 => 'i',
        0x1E9E => 0xDF,
        0x212A => 'k',
        0x212B => 0xE5,
        0x2126 => 0x3C9,
        0x1C5 or 0x1C8 or 0x1CB or 0x1F2 => codePoint + 1,
        _ => Convert(codePoint, upper: false),
    };

    private static int ToTitle(int codePoint) => codePoint switch
    {
        0x1C4 or 0x1C5 or 0x1C6 => 0x1C5,
        0x1C7 or 0x1C8 or 0x1C9 => 0x1C8,
        0x1CA or 0x1CB or 0x1CC => 0x1CB,
        0x1F1 or 0x1F2 or 0x1F3 => 0x1F2,
        >= 0x10D0 and <= 0x10FF => codePoint,
        _ => ToUpper(codePoint),
    };

    private static int Convert(int codePoint, bool upper)
    {
        if (codePoint <= 0xFFFF)
            return upper ? char.ToUpperInvariant((char)codePoint) : char.ToLowerInvariant((char)codePoint);
        string text = char.ConvertFromUtf32(codePoint);
        return char.ConvertToUtf32(upper ? text.ToUpperInvariant() : text.ToLowerInvariant(), 0);
    }

    private static string Map(string text, Func<int, int> map)
    {
        StringBuilder result = new(text.Length);
        foreach (int codePoint in CodePoints.Of(text))
            result.AppendCodePoint(map(codePoint));
        return result.ToString();
    }

    private static string MapWordStarts(string text, Func<int, int> map)
    {
        StringBuilder result = new(text.Length);
        int previous = ' ';
        foreach (int codePoint in CodePoints.Of(text))
        {
            result.AppendCodePoint(CodePoints.IsSpace(previous) ? map(codePoint) : codePoint);
            previous = codePoint;
        }

        return result.ToString();
    }
}
