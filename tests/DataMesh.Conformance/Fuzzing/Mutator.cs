using System.Text;
using System.Text.RegularExpressions;

namespace DataMesh.Conformance.Fuzzing;

/// <summary>Changes sources at random: characters, tokens, lines, whole parts. The same seed gives the same source.</summary>
internal sealed partial class Mutator(IReadOnlyList<string> sources)
{
    private const int MaxLength = 20_000;
    private static readonly string[] _words =
    [
        "{", "}", "[", "]", "(", ")", ":", "?", "!", ",", "...", "&", "|", "*", "+", "-", "/", "<", ">=", "!=", "=~", "==", "_|_", "_", "#A", "_#B", "\"a\"",
        "\"\\(x)\"", "'\\xff'", "\"\"\"", "#\"", "1", "1e9", "0x", "1.", "string", "int", "for x in y {x}", "if x {y}", "let X = x", "close(", "or(", "and(",
        "len(", "matchN(1, [", "[string]:", "[X=string]:", "(x):", "x=", "...x", "@a(b)", "import \"list\"", "package p", "// c", "\u00e9", "\ud83d\ude00", "\0", "\ufeff", "\n",
    ];

    public string Mutate(int seed)
    {
        Random random = new(seed);
        string source = Pick(random, sources);
        for (int i = random.Next(1, 7); i > 0; i--)
        {
            source = random.Next(10) switch
            {
                0 => ChangeCharacters(source, random),
                1 => InsertWord(source, random),
                2 => Splice(source, Pick(random, sources), random),
                3 => InsertLines(source, Pick(random, sources), random),
                4 => Repeat(source, random),
                5 => Nest(source, random),
                _ => ChangeTokens(source, random),
            };
            if (source.Length > MaxLength)
                source = source[..MaxLength];
        }

        return source;
    }

    private static T Pick<T>(Random random, IReadOnlyList<T> values) => values[random.Next(values.Count)];

    private static string ChangeCharacters(string source, Random random)
    {
        StringBuilder text = new(source);
        for (int i = random.Next(1, 4); i > 0 && text.Length > 0; i--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(3))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 8), text.Length - at));
                    break;
                case 1:
                    text[at] = (char)random.Next(1, 256);
                    break;
                default:
                    text.Insert(at, text.ToString(at, Math.Min(random.Next(1, 30), text.Length - at)));
                    break;
            }
        }

        return text.ToString();
    }

    private static string InsertWord(string source, Random random) => source.Insert(random.Next(source.Length + 1), Pick(random, _words));

    /// <summary>The beginning of one source and the end of another.</summary>
    private static string Splice(string source, string other, Random random) =>
        string.Concat(source.AsSpan(0, random.Next(source.Length + 1)), other.AsSpan(random.Next(other.Length + 1)));

    private static string InsertLines(string source, string other, Random random)
    {
        List<string> lines = [.. source.Split('\n')];
        string[] others = other.Split('\n');
        int from = random.Next(others.Length);
        lines.InsertRange(random.Next(lines.Count + 1), others[from..Math.Min(others.Length, from + random.Next(1, 12))]);
        return string.Join('\n', lines);
    }

    private static string Repeat(string source, Random random)
    {
        if (source.Length == 0)
            return source;
        int from = random.Next(source.Length);
        string part = source.Substring(from, Math.Min(random.Next(1, 200), source.Length - from));
        int count = Math.Min(Pick(random, [2, 3, 10, 100, 1000]), 1 + (MaxLength / part.Length));
        return source.Insert(from, new StringBuilder().Insert(0, part, count).ToString());
    }

    private static string Nest(string source, Random random)
    {
        (string open, string close) = Pick(random, [("{a: ", "}"), ("[", "]"), ("(", ")"), ("{", "}"), ("x: ", ""), ("-", ""), ("!", ""), ("\"\\(", ")\""), ("{if true {", "}}"), ("[for a in [1] {", "}]"), ("close(", ")"), ("null | ", ""), ("x & ", "")]);
        MatchCollection tokens = Token().Matches(source);
        if (tokens.Count == 0)
            return source;
        Match at = Pick(random, tokens);
        int count = Pick(random, [1, 2, 10, 200, 3000]);
        count = Math.Min(count, 1 + (MaxLength / open.Length));
        return source[..at.Index] + new StringBuilder().Insert(0, open, count) + at.Value + new StringBuilder().Insert(0, close, count) + source[(at.Index + at.Length)..];
    }

    /// <summary>Exchanges tokens, of the same kind mostly: that leaves sources well-formed, and references where they make cycles.</summary>
    private static string ChangeTokens(string source, Random random)
    {
        string[] tokens = [.. Token().Matches(source).Select(match => match.Value)];
        if (tokens.Length < 2)
            return source;
        int[] visible = [.. Enumerable.Range(0, tokens.Length).Where(i => !string.IsNullOrWhiteSpace(tokens[i]))];
        if (visible.Length == 0)
            return source;
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            int at = Pick(random, visible);
            int[] alike = random.Next(5) == 0 ? visible : [.. visible.Where(other => Kind(tokens[other]) == Kind(tokens[at]))];
            int other = Pick(random, alike);
            switch (random.Next(6))
            {
                case 0:
                    tokens[at] = "";
                    break;
                case 1:
                    tokens[at] += " " + tokens[other];
                    break;
                case 2:
                    (tokens[at], tokens[other]) = (tokens[other], tokens[at]);
                    break;
                default:
                    tokens[at] = tokens[other];
                    break;
            }
        }

        return string.Concat(tokens);
    }

    private static int Kind(string token) => token.Length == 0 ? 0 : char.IsLetter(token[0]) || token[0] is '_' or '#' or '$' ? 1 : char.IsDigit(token[0]) ? 2 : token[0] is '"' or '\'' ? 3 : 4;

    [GeneratedRegex("[\\p{L}_#$][\\p{L}\\p{N}_#$]*|[0-9][0-9.eE_]*|\"[^\"\\n]*\"|'[^'\\n]*'|\\s+|\\.\\.\\.|_\\|_|[<>=!]=|=~|!~|&&|\\|\\||.", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Token();
}
