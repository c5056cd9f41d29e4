using System.Text;

namespace DataMesh.Cue.Builtins.Strings;

/// <summary>The functions of the package <c>strings</c> on .NET texts. Indices count UTF-8 bytes.</summary>
internal static class StringFunctions
{
    public static int Index(string text, string part) => ToByteOffset(text, text.IndexOf(part, StringComparison.Ordinal));

    public static int LastIndex(string text, string part)
    {
        if (part.Length == 0)
            return CodePoints.Utf8.GetByteCount(text);
        return ToByteOffset(text, text.LastIndexOf(part, StringComparison.Ordinal));
    }

    public static int IndexAny(string text, string characters)
    {
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoints.At(text, i);
            if (Has(characters, codePoint))
                return CodePoints.ByteOffset(text, i);
            i += CodePoints.Width(codePoint);
        }

        return -1;
    }

    public static int LastIndexAny(string text, string characters)
    {
        int last = -1;
        for (int i = 0; i < text.Length;)
        {
            int codePoint = CodePoints.At(text, i);
            if (Has(characters, codePoint))
                last = i;
            i += CodePoints.Width(codePoint);
        }

        return ToByteOffset(text, last);
    }

    public static int Count(string text, string part)
    {
        if (part.Length == 0)
            return CodePoints.Count(text) + 1;
        int count = 0;
        for (int i = text.IndexOf(part, StringComparison.Ordinal); i >= 0; i = text.IndexOf(part, i + part.Length, StringComparison.Ordinal))
            count++;
        return count;
    }

    /// <summary>Splits around <paramref name="separator"/>, or into code points when it is empty.</summary>
    /// <param name="limit">At most so many parts, the last one being the rest; negative: all; 0: none.</param>
    /// <param name="keepSeparator">Whether a part ends with the separator that follows it.</param>
    public static List<string> Split(string text, string separator, long limit, bool keepSeparator)
    {
        List<string> parts = [];
        if (limit == 0)
            return parts;
        if (separator.Length == 0)
            return Explode(text, limit);
        int start = 0;
        while (limit < 0 || parts.Count < limit - 1)
        {
            int next = text.IndexOf(separator, start, StringComparison.Ordinal);
            if (next < 0)
                break;
            parts.Add(text.Substring(start, next - start + (keepSeparator ? separator.Length : 0)));
            start = next + separator.Length;
        }

        parts.Add(text.Substring(start));
        return parts;
    }

    public static List<string> Fields(string text)
    {
        List<string> fields = [];
        int start = -1;
        for (int i = 0; i < text.Length; i++)
        {
            if (CodePoints.IsSpace(text[i]))
            {
                if (start >= 0)
                    fields.Add(text.Substring(start, i - start));
                start = -1;
            }
            else if (start < 0)
            {
                start = i;
            }
        }

        if (start >= 0)
            fields.Add(text.Substring(start));
        return fields;
    }

    /// <param name="limit">How many are replaced at most; negative: all.</param>
    public static string Replace(string text, string old, string replacement, long limit)
    {
        if (limit == 0 || string.Equals(old, replacement, StringComparison.Ordinal))
            return text;
        StringBuilder result = new();
        if (old.Length == 0)
        {
            int at = 0;
            for (long done = 0; limit < 0 || done < limit; done++)
            {
                result.Append(replacement);
                if (at >= text.Length)
                    return result.ToString();
                int width = CodePoints.Width(CodePoints.At(text, at));
                result.Append(text, at, width);
                at += width;
            }

            return result.Append(text, at, text.Length - at).ToString();
        }

        int start = 0;
        for (long done = 0; limit < 0 || done < limit; done++)
        {
            int next = text.IndexOf(old, start, StringComparison.Ordinal);
            if (next < 0)
                break;
            result.Append(text, start, next - start).Append(replacement);
            start = next + old.Length;
        }

        return result.Append(text, start, text.Length - start).ToString();
    }

    public static string Trim(string text, string characters) => TrimLeft(TrimRight(text, characters), characters);

    public static string TrimLeft(string text, string characters) => text.Substring(CountStart(text, codePoint => Has(characters, codePoint)));

    public static string TrimRight(string text, string characters) => TrimEnd(text, codePoint => Has(characters, codePoint));

    public static string TrimSpace(string text)
    {
        string end = TrimEnd(text, CodePoints.IsSpace);
        return end.Substring(CountStart(end, CodePoints.IsSpace));
    }

    public static string SliceRunes(string text, long start, long end)
    {
        int first = -1, last = -1, count = 0;
        for (int i = 0; ; count++)
        {
            if (count == start)
                first = i;
            if (count == end)
                last = i;
            if (i >= text.Length)
                break;
            i += CodePoints.Width(CodePoints.At(text, i));
        }

        if (start < 0 || end < start || first < 0 || last < 0)
            throw new BuiltinException("index out of range");
        return text.Substring(first, last - first);
    }

    private static List<string> Explode(string text, long limit)
    {
        List<string> parts = [];
        for (int i = 0; i < text.Length;)
        {
            if (limit > 0 && parts.Count == limit - 1)
            {
                parts.Add(text.Substring(i));
                break;
            }

            int width = CodePoints.Width(CodePoints.At(text, i));
            parts.Add(text.Substring(i, width));
            i += width;
        }

        return parts;
    }

    private static int CountStart(string text, Func<int, bool> isCut)
    {
        int start = 0;
        while (start < text.Length && CodePoints.At(text, start) is int codePoint && isCut(codePoint))
            start += CodePoints.Width(codePoint);
        return start;
    }

    private static string TrimEnd(string text, Func<int, bool> isCut)
    {
        int end = text.Length;
        while (end > 0)
        {
            int width = end > 1 && char.IsLowSurrogate(text[end - 1]) && char.IsHighSurrogate(text[end - 2]) ? 2 : 1;
            if (!isCut(CodePoints.At(text, end - width)))
                break;
            end -= width;
        }

        return text.Substring(0, end);
    }

    private static bool Has(string characters, int codePoint) => codePoint <= 0xFFFF
        ? characters.IndexOf((char)codePoint) >= 0
        : characters.IndexOf(char.ConvertFromUtf32(codePoint), StringComparison.Ordinal) >= 0;

    private static int ToByteOffset(string text, int index) => index < 0 ? -1 : CodePoints.ByteOffset(text, index);
}
