using System.Text;

namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// A regular expression with the syntax and meaning of RE2, as Go's regexp package has it. Matching takes time linear in
/// the text, whatever the pattern. Instances are safe for concurrent use.
/// </summary>
/// <remarks>
/// Text that is not well-formed (lone surrogates, invalid UTF-8) is read as U+FFFD, unit by unit. Positions are those of
/// UTF-16.
/// </remarks>
internal sealed partial class RegularExpression
{
    private readonly PatternProgram _program;
    private readonly LiteralPattern? _literal;
    private readonly LazyDfa? _dfa;
    private readonly RuneAlphabet? _alphabet;
    private CaptureMatcher? _idleMatcher;

    private RegularExpression(string pattern)
    {
        Pattern = pattern;
        var root = PatternParser.Parse(pattern, out var groupNames);
        GroupNames = groupNames;
        _program = new PatternProgram(root, groupNames.Length);
        _literal = LiteralPattern.TryCreate(root);
        _alphabet = RuneAlphabet.TryCreate(_program);
        if (_alphabet is not null)
            _dfa = new LazyDfa(_program, _alphabet);
    }

    public string Pattern { get; }

    /// <summary>The names of the groups by number; "" for those without a name and for group 0, the whole match.</summary>
    public IReadOnlyList<string> GroupNames { get; }

    /// <summary>Compiles a pattern.</summary>
    /// <exception cref="RegularExpressionException">It is none. The message is Go's.</exception>
    public static RegularExpression Parse(string pattern) => new(pattern);

    /// <summary>Compiles a pattern; if it is none, <paramref name="error"/> is Go's message.</summary>
    public static bool TryParse(string pattern, out RegularExpression? expression, out string? error)
    {
        try
        {
            expression = new RegularExpression(pattern);
            error = null;
            return true;
        }
        catch (RegularExpressionException exception)
        {
            expression = null;
            error = exception.Message;
            return false;
        }
    }

    /// <summary>The pattern that matches exactly this text.</summary>
    public static string Quote(string text)
    {
        var builder = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (@"\.+*?()|[]{}^$".IndexOf(c) >= 0)
                builder.Append('\\');
            builder.Append(c);
        }
        return builder.ToString();
    }

    /// <summary>True if the text has a match anywhere.</summary>
    public bool IsMatch(string text) => IsMatch(text.AsSpan());

    /// <summary>True if the text has a match anywhere.</summary>
    public bool IsMatch(ReadOnlySpan<char> text)
    {
        if (_literal is not null)
            return _literal.IsMatch(text);
        return _dfa is not null ? _dfa.IsMatch(text) : Find(text.ToString(), 0, 2) is not null;
    }

    /// <summary>True if the text has a match anywhere.</summary>
    public bool IsMatch(ReadOnlySpan<byte> utf8)
    {
        if (_literal is not null)
            return _literal.IsMatch(utf8);
        return _dfa is not null ? _dfa.IsMatch(utf8) : Find(Decode(utf8), 0, 2) is not null;
    }

    /// <summary>
    /// The leftmost match: where the whole and each group begin and end, in turn, with -1 for groups that took no part. Null
    /// if there is none.
    /// </summary>
    public int[]? Find(string text, Action<int>? step = null) => Find(text, 0, _program.SlotCount, step);

    /// <summary>
    /// The matches from left to right, none within another, at most <paramref name="limit"/> unless it is negative. An empty
    /// match right behind another match does not count. Each match is looked for up to the end of the text: that work is told
    /// to <paramref name="step"/>, which may throw.
    /// </summary>
    public List<int[]> FindAll(string text, int limit = -1, Action<int>? step = null)
    {
        var matches = new List<int[]>();
        var previousEnd = -1;
        for (var position = 0; position <= text.Length && (limit < 0 || matches.Count < limit);)
        {
            if (Find(text, position, _program.SlotCount, step) is not { } match)
                break;
            var isEmpty = match[1] == match[0];
            if (!(isEmpty && match[0] == previousEnd))
                matches.Add(match);
            previousEnd = match[1];
            position = match[1] > position ? match[1] : NextPosition(text, position);
        }
        return matches;
    }

    /// <summary>
    /// The automaton as tables over UTF-8 bytes, or null if it has more than <paramref name="maxStates"/> states.
    /// </summary>
    public DfaTables? TryBuildDfa(int maxStates) =>
        _dfa?.TryComplete(maxStates) is { } states ? DfaTables.TryCreate(states, _alphabet!, maxStates) : null;

    private int[]? Find(string text, int start, int slotCount, Action<int>? step = null)
    {
        // One matcher is kept for the next call; when two threads want it, one makes its own.
        var matcher = slotCount == _program.SlotCount ? Interlocked.Exchange(ref _idleMatcher, null) : null;
        matcher ??= new CaptureMatcher(_program, slotCount);
        var match = matcher.Find(text, start, step);
        if (slotCount == _program.SlotCount)
            Volatile.Write(ref _idleMatcher, matcher);
        return match;
    }

    private static int NextPosition(string text, int position)
    {
        if (position >= text.Length)
            return position + 1;
        Runes.Next(text.AsSpan(), ref position);
        return position;
    }

    private static string Decode(ReadOnlySpan<byte> utf8)
    {
        var builder = new StringBuilder(utf8.Length);
        for (var position = 0; position < utf8.Length;)
        {
            var rune = Runes.Next(utf8, ref position);
            if (rune < 0x10000)
                builder.Append((char)rune);
            else
                builder.Append(char.ConvertFromUtf32(rune));
        }
        return builder.ToString();
    }
}
