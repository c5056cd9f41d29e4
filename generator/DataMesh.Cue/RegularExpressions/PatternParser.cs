using System.Globalization;

namespace DataMesh.Cue.RegularExpressions;

/// <summary>
/// Reads RE2 syntax with the Perl extensions, as Go's regexp package does, without recursion. Patterns come as UTF-16; lone
/// surrogates are what invalid UTF-8 is to Go.
/// </summary>
internal sealed partial class PatternParser
{
    private const int MaxHeight = 1000;
    private const int MaxRepeat = 1000;

    /// <summary>128 MiB of Go's instructions and of its range bounds: what it takes before "expression too large".</summary>
    private const long MaxSize = (128 << 20) / 40;
    private const long MaxBounds = (128 << 20) / 4;

    [Flags]
    private enum Options
    {
        None = 0,
        FoldCase = 1,
        MultiLine = 2,
        DotMatchesNewline = 4,
        Ungreedy = 8,
    }

    private readonly string _pattern;
    private readonly Stack<Frame> _frames = new();
    private readonly List<string> _groupNames = [""];
    private Frame _frame = new(0, Options.None);
    private Options _options;
    private int _position;
    private long _bounds;

    /// <summary>Where the repetition operator before the current position begins, or -1.</summary>
    private int _lastRepeat = -1;

    private PatternParser(string pattern) => _pattern = pattern;

    /// <summary>Reads a pattern.</summary>
    /// <param name="pattern">The regular expression.</param>
    /// <param name="groupNames">The names of the groups by number; "" for group 0 and those without a name.</param>
    /// <exception cref="RegularExpressionException">It is not a regular expression.</exception>
    public static PatternNode Parse(string pattern, out string[] groupNames)
    {
        var parser = new PatternParser(pattern);
        var root = parser.Parse();
        groupNames = [.. parser._groupNames];
        return root;
    }

    private PatternNode Parse()
    {
        while (_position < _pattern.Length)
        {
            var repeat = -1;
            switch (_pattern[_position])
            {
                case '(':
                    Open();
                    break;
                case ')':
                    Close();
                    break;
                case '|':
                    _position++;
                    EndAlternative();
                    break;
                case '^':
                    _position++;
                    Push(PatternNode.Assertion(
                        Has(Options.MultiLine) ? PatternKind.BeginLine : PatternKind.BeginText));
                    break;
                case '$':
                    _position++;
                    Push(PatternNode.Assertion(Has(Options.MultiLine) ? PatternKind.EndLine : PatternKind.EndText));
                    break;
                case '.':
                    _position++;
                    PushClass(Has(Options.DotMatchesNewline) ? RuneSet.Any : RuneSet.AnyExceptNewline);
                    break;
                case '[':
                    PushClass(ParseClass());
                    break;
                case '*':
                    repeat = _position++;
                    Repeat(repeat, 0, -1, isCounted: false);
                    break;
                case '+':
                    repeat = _position++;
                    Repeat(repeat, 1, -1, isCounted: false);
                    break;
                case '?':
                    repeat = _position++;
                    Repeat(repeat, 0, 1, isCounted: false);
                    break;
                case '{' when TryParseCount(out var end, out var minimum, out var maximum):
                    repeat = _position;
                    if (minimum < 0 || minimum > MaxRepeat || maximum > MaxRepeat || (maximum >= 0 && minimum > maximum))
                        throw Error("invalid repeat count", repeat, end);
                    _position = end;
                    Repeat(repeat, minimum, maximum, isCounted: true);
                    break;
                case '\\':
                    ParseBackslash();
                    break;
                default:
                    PushLiteral(NextRune());
                    break;
            }
            _lastRepeat = repeat;
        }
        if (_frames.Count > 0)
            throw Error("missing closing )", 0, _pattern.Length);
        return EndFrame();
    }

    private bool Has(Options option) => (_options & option) != 0;

    private static RegularExpressionException Error(string code, string excerpt) => new(code, excerpt);

    private RegularExpressionException Error(string code, int start, int end) => new(code, _pattern.Substring(start, end - start));

    private int NextRune()
    {
        var start = _position;
        var rune = Runes.Next(_pattern.AsSpan(), ref _position);
        if (rune == Runes.Replacement && _pattern[start] != Runes.Replacement)
            throw Error("invalid UTF-8", start, _pattern.Length);
        return rune;
    }

    private PatternNode Check(PatternNode node)
    {
        if (node.Size > MaxSize || _bounds > MaxBounds)
            throw Error("expression too large", 0, _pattern.Length);
        if (node.Height > MaxHeight)
            throw Error("expression nests too deeply", 0, _pattern.Length);
        return node;
    }

    private void Push(PatternNode node) => _frame.Sequence.Add(Check(node));

    private void PushClass(RuneSet set)
    {
        _bounds += set.Bounds.Length;
        Push(PatternNode.Rune(set));
    }

    private void PushLiteral(int rune)
    {
        var set = RuneSet.Of(rune);
        Push(PatternNode.Rune(Has(Options.FoldCase) ? UnicodeClasses.Fold(set) : set, isLiteral: true));
    }

    private void Open()
    {
        if (_position + 1 < _pattern.Length && _pattern[_position + 1] == '?')
        {
            ParsePerlGroup();
            return;
        }
        _position++;
        OpenGroup("", _options);
    }

    /// <summary>Begins a group; <paramref name="name"/> is null if it captures nothing.</summary>
    private void OpenGroup(string? name, Options options)
    {
        var group = 0;
        if (name is not null)
        {
            group = _groupNames.Count;
            _groupNames.Add(name);
        }
        _frames.Push(_frame);
        // The options of a group end with it; the frame remembers those to return to.
        _frame = new Frame(group, _options);
        _options = options;
    }

    private void Close()
    {
        if (_frames.Count == 0)
            throw Error("unexpected )", 0, _pattern.Length);
        var group = _frame.Group;
        var options = _frame.OuterOptions;
        var node = EndFrame();
        _frame = _frames.Pop();
        _options = options;
        _position++;
        Push(group > 0 ? PatternNode.Capture(node, group) : node);
    }

    private void EndAlternative()
    {
        _frame.Alternatives.Add(Check(PatternNode.Concatenation(_frame.Sequence)));
        _frame.Sequence.Clear();
    }

    private PatternNode EndFrame()
    {
        EndAlternative();
        return Check(PatternNode.Alternation(_frame.Alternatives));
    }

    /// <summary>What follows <c>(?</c>: a named group, or options with or without a group.</summary>
    private void ParsePerlGroup()
    {
        var start = _position;
        var rest = _pattern.AsSpan(start);
        var nameStart = rest.Length > 4 && rest.StartsWith("(?P<".AsSpan(), StringComparison.Ordinal) ? start + 4
            : rest.Length > 3 && rest.StartsWith("(?<".AsSpan(), StringComparison.Ordinal) ? start + 3
            : 0;
        if (nameStart > 0)
        {
            var end = _pattern.IndexOf('>', nameStart);
            if (end < 0)
                throw Error("invalid named capture", start, _pattern.Length);
            var name = _pattern.Substring(nameStart, end - nameStart);
            if (name.Length == 0 || !IsAllWord(name))
                throw Error("invalid named capture", start, end + 1);
            _position = end + 1;
            OpenGroup(name, _options);
            return;
        }

        _position += 2;
        var options = _options;
        var negative = false;
        var sawOption = false;
        while (_position < _pattern.Length)
        {
            var option = Options.None;
            var flip = false;
            switch (NextRune())
            {
                case 'i':
                    option = Options.FoldCase;
                    break;
                case 'm':
                    option = Options.MultiLine;
                    break;
                case 's':
                    option = Options.DotMatchesNewline;
                    break;
                case 'U':
                    option = Options.Ungreedy;
                    break;
                case '-' when !negative:
                    flip = true;
                    break;
                case ':' when !negative || sawOption:
                    OpenGroup(null, options);
                    return;
                case ')' when !negative || sawOption:
                    _options = options;
                    return;
            }
            if (option == Options.None && !flip)
                break;
            if (flip)
            {
                negative = true;
                sawOption = false;
                continue;
            }
            sawOption = true;
            options = negative ? options & ~option : options | option;
        }
        throw Error("invalid or unsupported Perl syntax", start, _position);
    }

    private static bool IsAllWord(string name)
    {
        foreach (var c in name)
        {
            if (!Runes.IsWord(c))
                return false;
        }
        return true;
    }

    /// <summary>Applies a repetition operator that begins at <paramref name="start"/> and ends at the position.</summary>
    private void Repeat(int start, int minimum, int maximum, bool isCounted)
    {
        var isGreedy = !Has(Options.Ungreedy);
        if (_position < _pattern.Length && _pattern[_position] == '?')
        {
            _position++;
            isGreedy = !isGreedy;
        }
        if (_lastRepeat >= 0)
            throw Error("invalid nested repetition operator", _lastRepeat, _position);
        var sequence = _frame.Sequence;
        if (sequence.Count == 0)
            throw Error("missing argument to repetition operator", start, _position);
        var node = PatternNode.Repeat(sequence[sequence.Count - 1], minimum, maximum, isGreedy, isCounted);
        sequence.RemoveAt(sequence.Count - 1);
        if (isCounted && (minimum >= 2 || maximum >= 2) && node.RepeatProduct > MaxRepeat)
            throw Error("invalid repeat count", start, _position);
        Push(node);
    }

    /// <summary><c>{n}</c>, <c>{n,}</c> or <c>{n,m}</c> at the position; anything else is literal text.</summary>
    private bool TryParseCount(out int end, out int minimum, out int maximum)
    {
        end = _position + 1;
        maximum = -1;
        if (!TryParseNumber(ref end, out minimum) || end >= _pattern.Length)
            return false;
        if (_pattern[end] == ',')
        {
            end++;
            if (end >= _pattern.Length)
                return false;
            if (_pattern[end] != '}')
            {
                if (!TryParseNumber(ref end, out maximum))
                    return false;
                // Too large to be read: as invalid as a minimum like that.
                if (maximum < 0)
                    minimum = -1;
            }
        }
        else
        {
            maximum = minimum;
        }
        if (end >= _pattern.Length || _pattern[end] != '}')
            return false;
        end++;
        return true;
    }

    /// <summary>Digits without a leading zero; -1 for a number beyond any limit.</summary>
    private bool TryParseNumber(ref int position, out int number)
    {
        number = 0;
        var start = position;
        while (position < _pattern.Length && _pattern[position] is >= '0' and <= '9')
            position++;
        var length = position - start;
        if (length == 0 || (length > 1 && _pattern[start] == '0'))
            return false;
        number = length > 8
            ? -1
            : int.Parse(_pattern.Substring(start, length), NumberStyles.None, CultureInfo.InvariantCulture);
        return true;
    }

    /// <summary>A group that is being read, or the whole pattern.</summary>
    private sealed class Frame(int group, Options outerOptions)
    {
        public int Group { get; } = group;

        public Options OuterOptions { get; } = outerOptions;

        public List<PatternNode> Alternatives { get; } = [];

        public List<PatternNode> Sequence { get; } = [];
    }
}
