namespace DataMesh.Cue.Builtins.Paths;

/// <summary>Shell patterns on a path's name: <c>*</c>, <c>?</c>, <c>[a-z]</c> and, except on Windows, <c>\c</c>.</summary>
internal static class PathPattern
{
    private const string SyntaxError = "syntax error in pattern";

    public static bool Match(string pattern, string name, PathSystem system)
    {
        bool hasEscapes = system != PathSystem.Windows;
        if (pattern.IndexOf("**", StringComparison.Ordinal) >= 0)
            throw new BuiltinException("'**' is not supported in patterns as of yet");
        char separator = hasEscapes ? '/' : '\\';

        // A star gives way to the next one only, so matching is quadratic at worst.
        int p = 0, n = 0, star = -1, starName = 0;
        bool isMatch = true;
        while (n < name.Length || p < pattern.Length)
        {
            if (p < pattern.Length)
            {
                if (pattern[p] == '*')
                {
                    star = p++;
                    starName = n;
                    continue;
                }

                int next = p;
                if (n < name.Length && MatchOne(pattern, ref next, CodePoints.At(name, n), separator, hasEscapes))
                {
                    p = next;
                    n += CodePoints.Width(CodePoints.At(name, n));
                    continue;
                }
            }

            if (star >= 0 && starName < name.Length && name[starName] != separator)
            {
                starName += CodePoints.Width(CodePoints.At(name, starName));
                n = starName;
                p = star + 1;
                continue;
            }

            isMatch = false;
            break;
        }

        // What was not reached has to be well formed too.
        if (!isMatch)
            Check(pattern, hasEscapes);
        return isMatch;
    }

    private static void Check(string pattern, bool hasEscapes)
    {
        for (int p = 0; p < pattern.Length;)
        {
            if (pattern[p] == '*')
                p++;
            else
                MatchOne(pattern, ref p, -1, '/', hasEscapes);
        }
    }

    private static bool MatchOne(string pattern, ref int p, int c, char separator, bool hasEscapes)
    {
        switch (pattern[p])
        {
            case '[':
                return MatchClass(pattern, ref p, c, hasEscapes);
            case '?':
                p++;
                return c != separator;
            case '\\' when hasEscapes:
                if (++p >= pattern.Length)
                    throw new BuiltinException(SyntaxError);
                goto default;
            default:
                int expected = CodePoints.At(pattern, p);
                p += CodePoints.Width(expected);
                return c == expected;
        }
    }

    private static bool MatchClass(string pattern, ref int p, int c, bool hasEscapes)
    {
        p++;
        bool isNegated = p < pattern.Length && pattern[p] == '^';
        if (isNegated)
            p++;
        bool isIn = false;
        for (int ranges = 0; ; ranges++)
        {
            if (p < pattern.Length && pattern[p] == ']' && ranges > 0)
            {
                p++;
                return isIn != isNegated;
            }

            int low = ReadMember(pattern, ref p, hasEscapes), high = low;
            if (p < pattern.Length && pattern[p] == '-')
            {
                p++;
                high = ReadMember(pattern, ref p, hasEscapes);
            }

            if (low <= c && c <= high)
                isIn = true;
        }
    }

    private static int ReadMember(string pattern, ref int p, bool hasEscapes)
    {
        if (p >= pattern.Length || pattern[p] is '-' or ']')
            throw new BuiltinException(SyntaxError);
        if (pattern[p] == '\\' && hasEscapes && ++p >= pattern.Length)
            throw new BuiltinException(SyntaxError);
        int c = CodePoints.At(pattern, p);
        p += CodePoints.Width(c);
        if (p >= pattern.Length)
            throw new BuiltinException(SyntaxError);
        return c;
    }
}
