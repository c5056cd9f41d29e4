using System.Globalization;
using System.Text;

namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// RE2 patterns as ECMA-262 ones (with the <c>u</c> flag) that match the same texts. RE2 has nothing that ECMA-262 lacks,
/// but the same characters mean other things: <c>.</c> and <c>\s</c> take fewer of them, <c>(?i)</c>, <c>\z</c>, <c>\Q</c>
/// and POSIX classes are unknown there.
/// </summary>
internal static class EcmaScriptPattern
{
    /// <summary>Classes of more ranges are refused: they would make schemas that nobody can read.</summary>
    private const int MaxRanges = 200;

    private static readonly RuneSet Digits = RuneSet.OfRange('0', '9');

    private static readonly (RuneSet Set, string Text)[] Shorthands =
    [
        (Digits, "\\d"),
        (Digits.Negate(), "\\D"),
        (Words(), "\\w"),
        (Words().Negate(), "\\W"),
        (RuneSet.AnyExceptNewline, "[^\\n]"),
        (RuneSet.Any, "[\\s\\S]"),
        (RuneSet.Empty, "(?!)"),
    ];

    private static readonly string[] Categories =
    [
        "L", "Lu", "Ll", "Lt", "Lm", "Lo", "M", "Mn", "Mc", "Me", "N", "Nd", "Nl", "No", "P", "Pc", "Pd", "Ps", "Pe", "Pi",
        "Pf", "Po", "S", "Sm", "Sc", "Sk", "So", "Z", "Zs", "Zl", "Zp", "C", "Cc", "Cf", "Co",
    ];

    /// <summary>Translates a pattern.</summary>
    /// <param name="pattern">A pattern that RE2 takes.</param>
    /// <returns>The ECMA-262 pattern; null when a class of characters in it is too large to be written out.</returns>
    /// <exception cref="RegularExpressionException">It is not a regular expression.</exception>
    public static string? Translate(string pattern)
    {
        PatternNode root = PatternParser.Parse(pattern, out _);
        if (MeansTheSame(pattern))
            return pattern;
        StringBuilder text = new();
        return Append(text, root, isOperand: false) ? text.ToString() : null;
    }

    /// <summary>The pattern of a text itself.</summary>
    public static string Quote(string text)
    {
        StringBuilder pattern = new();
        for (int i = 0; i < text.Length;)
            AppendRune(pattern, Runes.Next(text.AsSpan(), ref i), isInClass: false);
        return pattern.ToString();
    }

    private static RuneSet Words()
    {
        RuneSet.Builder words = new();
        words.Add('0', '9');
        words.Add('A', 'Z');
        words.Add('_', '_');
        words.Add('a', 'z');
        return words.ToSet();
    }

    /// <summary>Whether a pattern, known to be one of RE2, is written with nothing but what has the same meaning in both languages.</summary>
    private static bool MeansTheSame(string pattern)
    {
        bool canRepeat = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            switch (c)
            {
                case '\\':
                    if (++i >= pattern.Length || !IsCommonEscape(pattern[i], isInClass: false))
                        return false;
                    canRepeat = pattern[i] is not ('b' or 'B');
                    break;
                case '[':
                    if (!IsCommonClass(pattern, ref i))
                        return false;
                    canRepeat = true;
                    break;
                case '(':
                    if (i + 1 < pattern.Length && pattern[i + 1] == '?')
                    {
                        if (i + 2 >= pattern.Length || pattern[i + 2] != ':')
                            return false;
                        i += 2;
                    }

                    canRepeat = false;
                    break;
                case '*' or '+' or '?':
                    if (!canRepeat)
                        return false;
                    i = SkipLazy(pattern, i);
                    canRepeat = false;
                    break;
                case '{':
                    int end = pattern.IndexOf('}', i);
                    if (!canRepeat || end < 0 || !IsCount(pattern, i + 1, end))
                        return false;
                    i = SkipLazy(pattern, end);
                    canRepeat = false;
                    break;
                case '^' or '$' or '|':
                    canRepeat = false;
                    break;
                case '.' or ']' or '}' or < ' ' or '\x7F':
                    return false;
                default:
                    if (!char.IsLetterOrDigit(c) && c > '\x7F')
                        return false;
                    canRepeat = true;
                    break;
            }
        }

        return true;
    }

    private static int SkipLazy(string pattern, int position) =>
        position + 1 < pattern.Length && pattern[position + 1] == '?' ? position + 1 : position;

    private static bool IsCount(string pattern, int start, int end)
    {
        int comma = pattern.IndexOf(',', start, end - start);
        int first = comma < 0 ? end : comma;
        return first > start && IsDigits(pattern, start, first) && (comma < 0 || IsDigits(pattern, comma + 1, end));

        static bool IsDigits(string pattern, int start, int end)
        {
            for (int i = start; i < end; i++)
            {
                if (pattern[i] is < '0' or > '9')
                    return false;
            }

            return true;
        }
    }

    private static bool IsCommonEscape(char c, bool isInClass) => c switch
    {
        'd' or 'D' or 'w' or 'W' or 'n' or 't' or 'r' or 'f' or 'v' => true,
        'b' or 'B' => !isInClass,
        '-' => isInClass,
        _ => IsSyntax(c),
    };

    /// <summary>A class of characters, ranges and common escapes, from its bracket to the other.</summary>
    private static bool IsCommonClass(string pattern, ref int position)
    {
        int i = position + 1;
        if (i < pattern.Length && pattern[i] == '^')
            i++;
        for (int start = i; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == ']' && i > start)
            {
                position = i;
                return true;
            }

            if (c == '\\')
            {
                // A range that ends or begins with a class is an error in one of the languages.
                if (++i >= pattern.Length || !IsCommonEscape(pattern[i], isInClass: true) || (i + 1 < pattern.Length && pattern[i + 1] == '-'))
                    return false;
            }
            else if (c == '-')
            {
                bool isLast = i + 1 < pattern.Length && pattern[i + 1] == ']';
                bool isRange = i > start && i + 1 < pattern.Length && char.IsLetterOrDigit(pattern[i - 1]) && char.IsLetterOrDigit(pattern[i + 1]);
                if (i != start && !isLast && !isRange)
                    return false;
            }
            else if (c is '[' or ']' or '^' || c < ' ' || c == '\x7F' || (c > '\x7F' && !char.IsLetterOrDigit(c)))
            {
                return false;
            }
        }

        return false;
    }

    private static bool Append(StringBuilder text, PatternNode node, bool isOperand)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node.Kind)
        {
            case PatternKind.Empty:
                text.Append(isOperand ? "(?:)" : "");
                return true;
            case PatternKind.Rune:
                return AppendSet(text, node.Set);
            case PatternKind.Capture:
                text.Append('(');
                bool isWritten = Append(text, node.Child, isOperand: false);
                text.Append(')');
                return isWritten;
            case PatternKind.Repeat:
                return AppendRepeat(text, node, isOperand);
            case PatternKind.Concatenation:
                return AppendGroup(text, isOperand, () => Array.TrueForAll(node.Children, child => Append(text, child, child.Kind == PatternKind.Alternation)));
            case PatternKind.Alternation:
                return AppendGroup(text, isOperand, () =>
                {
                    for (int i = 0; i < node.Children.Length; i++)
                    {
                        text.Append(i == 0 ? "" : "|");
                        if (!Append(text, node.Children[i], isOperand: false))
                            return false;
                    }

                    return true;
                });
            default:
                return AppendGroup(text, isOperand, () =>
                {
                    text.Append(node.Kind switch
                    {
                        PatternKind.BeginText => "^",
                        PatternKind.EndText => "$",
                        PatternKind.BeginLine => "(?<![^\\n])",
                        PatternKind.EndLine => "(?![^\\n])",
                        PatternKind.WordBoundary => "\\b",
                        _ => "\\B",
                    });
                    return true;
                });
        }
    }

    private static bool AppendGroup(StringBuilder text, bool isNeeded, Func<bool> append)
    {
        text.Append(isNeeded ? "(?:" : "");
        bool isWritten = append();
        text.Append(isNeeded ? ")" : "");
        return isWritten;
    }

    private static bool AppendRepeat(StringBuilder text, PatternNode node, bool isOperand) => AppendGroup(text, isOperand, () =>
    {
        if (!Append(text, node.Child, isOperand: true))
            return false;
        string count = (node.Minimum, node.Maximum) switch
        {
            (0, -1) => "*",
            (1, -1) => "+",
            (0, 1) => "?",
            (var least, -1) => FormattableString.Invariant($"{{{least},}}"),
            var (least, most) when least == most => FormattableString.Invariant($"{{{least}}}"),
            var (least, most) => FormattableString.Invariant($"{{{least},{most}}}"),
        };
        text.Append(count).Append(node.IsGreedy ? "" : "?");
        return true;
    });

    private static bool AppendSet(StringBuilder text, RuneSet set)
    {
        if (set.Single >= 0)
        {
            AppendRune(text, set.Single, isInClass: false);
            return true;
        }

        foreach ((RuneSet known, string shorthand) in Shorthands)
        {
            if (known.Equals(set))
            {
                text.Append(shorthand);
                return true;
            }
        }

        RuneSet negated = set.Negate();
        bool isNegative = negated.Bounds.Length < set.Bounds.Length;
        RuneSet shown = isNegative ? negated : set;
        if (shown.Bounds.Length > 8)
        {
            foreach (string category in Categories)
            {
                if (UnicodeClasses.Find(category) is not { } members || (!members.Equals(set) && !members.Equals(negated)))
                    continue;
                text.Append(members.Equals(set) ? "\\p{" : "\\P{").Append(category).Append('}');
                return true;
            }
        }

        if (shown.Bounds.Length > 2 * MaxRanges)
            return false;
        text.Append(isNegative ? "[^" : "[");
        ReadOnlySpan<int> bounds = shown.Bounds;
        for (int i = 0; i < bounds.Length; i += 2)
        {
            AppendRune(text, bounds[i], isInClass: true);
            if (bounds[i + 1] == bounds[i])
                continue;
            text.Append(bounds[i + 1] > bounds[i] + 1 ? "-" : "");
            AppendRune(text, bounds[i + 1], isInClass: true);
        }

        text.Append(']');
        return true;
    }

    private static void AppendRune(StringBuilder text, int rune, bool isInClass)
    {
        switch (rune)
        {
            case '\n':
                text.Append("\\n");
                break;
            case '\t':
                text.Append("\\t");
                break;
            case '\r':
                text.Append("\\r");
                break;
            case >= ' ' and < 0x7F:
                text.Append(IsSyntax((char)rune) || (rune == '-' && isInClass) ? "\\" : "").Append((char)rune);
                break;
            case > 0x7F and <= 0xFFFF when UnicodeClasses.IsLetter(rune):
                text.Append((char)rune);
                break;
            case <= 0xFFFF:
                text.Append("\\u").Append(rune.ToString("X4", CultureInfo.InvariantCulture));
                break;
            default:
                text.Append("\\u{").Append(rune.ToString("X", CultureInfo.InvariantCulture)).Append('}');
                break;
        }
    }

    /// <summary>What ECMA-262 lets a backslash stand before, and wants it to.</summary>
    private static bool IsSyntax(char c) => c is '^' or '$' or '\\' or '.' or '*' or '+' or '?' or '(' or ')' or '[' or ']' or '{' or '}' or '|' or '/';
}
