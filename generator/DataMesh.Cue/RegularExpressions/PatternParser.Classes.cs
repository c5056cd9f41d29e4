namespace DataMesh.Cue.RegularExpressions;

internal sealed partial class PatternParser
{
    private static readonly RuneSet Digits = RuneSet.OfRange('0', '9');
    private static readonly RuneSet Spaces = Ranges("\t\n\f\r  ");
    private static readonly RuneSet Words = Ranges("09AZ__az");

    private static readonly Dictionary<string, RuneSet> PosixClasses = new(StringComparer.Ordinal)
    {
        ["alnum"] = Ranges("09AZaz"),
        ["alpha"] = Ranges("AZaz"),
        ["ascii"] = Ranges("\0\x7F"),
        ["blank"] = Ranges("\t\t  "),
        ["cntrl"] = Ranges("\0\x1F\x7F\x7F"),
        ["digit"] = Ranges("09"),
        ["graph"] = Ranges("!~"),
        ["lower"] = Ranges("az"),
        ["print"] = Ranges(" ~"),
        ["punct"] = Ranges("!/:@[`{~"),
        ["space"] = Ranges("\t\r  "),
        ["upper"] = Ranges("AZ"),
        ["word"] = Ranges("09AZ__az"),
        ["xdigit"] = Ranges("09AFaf"),
    };

    private static RuneSet Ranges(string bounds)
    {
        var builder = new RuneSet.Builder();
        for (var i = 0; i < bounds.Length; i += 2)
            builder.Add(bounds[i], bounds[i + 1]);
        return builder.ToSet();
    }

    private void ParseBackslash()
    {
        switch (_position + 1 < _pattern.Length ? _pattern[_position + 1] : '\0')
        {
            case 'A':
                PushAssertion(PatternKind.BeginText);
                return;
            case 'z':
                PushAssertion(PatternKind.EndText);
                return;
            case 'b':
                PushAssertion(PatternKind.WordBoundary);
                return;
            case 'B':
                PushAssertion(PatternKind.NotWordBoundary);
                return;
            case 'Q':
                ParseQuoted();
                return;
        }
        if (TryParseClassEscape(out var set))
            PushClass(set);
        else
            PushLiteral(ParseEscape());
    }

    private void PushAssertion(PatternKind kind)
    {
        _position += 2;
        Push(PatternNode.Assertion(kind));
    }

    /// <summary>Text between <c>\Q</c> and <c>\E</c>, or the end, stands for itself.</summary>
    private void ParseQuoted()
    {
        _position += 2;
        var end = _pattern.IndexOf("\\E", _position, StringComparison.Ordinal);
        var limit = end < 0 ? _pattern.Length : end;
        while (_position < limit)
            PushLiteral(NextRune());
        if (end >= 0)
            _position += 2;
    }

    /// <summary><c>\d \D \s \S \w \W</c> and <c>\p \P</c>, in a class and outside.</summary>
    private bool TryParseClassEscape(out RuneSet set)
    {
        set = RuneSet.Empty;
        if (_position + 1 >= _pattern.Length || _pattern[_position] != '\\')
            return false;
        var letter = _pattern[_position + 1];
        switch (letter)
        {
            case 'd' or 'D':
                set = Digits;
                break;
            case 's' or 'S':
                set = Spaces;
                break;
            case 'w' or 'W':
                set = Words;
                break;
            case 'p' or 'P':
                set = ParseUnicodeClass();
                return true;
            default:
                return false;
        }
        _position += 2;
        set = Folded(set, isNegative: letter is 'D' or 'S' or 'W');
        return true;
    }

    /// <summary>Folding comes before negation.</summary>
    private RuneSet Folded(RuneSet set, bool isNegative)
    {
        if (Has(Options.FoldCase))
            set = UnicodeClasses.Fold(set);
        return isNegative ? set.Negate() : set;
    }

    private RuneSet ParseUnicodeClass()
    {
        const string Code = "invalid character class range";
        var start = _position;
        var isNegative = _pattern[_position + 1] == 'P';
        _position += 2;
        if (_position >= _pattern.Length)
            throw Error(Code, start, _position);
        string name;
        var nameStart = _position;
        if (NextRune() == '{')
        {
            var end = _pattern.IndexOf('}', _position);
            if (end < 0)
                throw Error(Code, start, _pattern.Length);
            name = _pattern.Substring(_position, end - _position);
            _position = end + 1;
        }
        else
        {
            name = _pattern.Substring(nameStart, _position - nameStart);
        }
        if (name.Length > 0 && name[0] == '^')
        {
            isNegative = !isNegative;
            name = name.Substring(1);
        }
        var set = UnicodeClasses.Find(name, Has(Options.FoldCase)) ?? throw Error(Code, start, _position);
        return isNegative ? set.Negate() : set;
    }

    /// <summary>A class in brackets, from the bracket on.</summary>
    private RuneSet ParseClass()
    {
        var start = _position++;
        var isNegative = false;
        if (_position < _pattern.Length && _pattern[_position] == '^')
        {
            isNegative = true;
            _position++;
        }
        var builder = new RuneSet.Builder();
        var ranges = new RuneSet.Builder();
        for (var isFirst = true; _position >= _pattern.Length || _pattern[_position] != ']' || isFirst; isFirst = false)
        {
            if (TryParsePosixClass(out var set) || TryParseClassEscape(out set))
            {
                builder.Add(set);
                continue;
            }
            var rangeStart = _position;
            var low = ParseClassRune(start);
            var high = low;
            // A hyphen before the closing bracket is one.
            if (_position + 1 < _pattern.Length && _pattern[_position] == '-' && _pattern[_position + 1] != ']')
            {
                _position++;
                high = ParseClassRune(start);
                if (high < low)
                    throw Error("invalid character class range", rangeStart, _position);
            }
            ranges.Add(low, high);
        }
        _position++;
        builder.Add(Folded(ranges.ToSet(), isNegative: false));
        var members = builder.ToSet();
        return isNegative ? members.Negate() : members;
    }

    private int ParseClassRune(int classStart)
    {
        if (_position >= _pattern.Length)
            throw Error("missing closing ]", classStart, _pattern.Length);
        return _pattern[_position] == '\\' ? ParseEscape() : NextRune();
    }

    /// <summary><c>[:name:]</c> or <c>[:^name:]</c> within brackets; without an end it is no class.</summary>
    private bool TryParsePosixClass(out RuneSet set)
    {
        set = RuneSet.Empty;
        if (_position + 2 >= _pattern.Length || _pattern[_position] != '[' || _pattern[_position + 1] != ':')
            return false;
        var end = _pattern.IndexOf(":]", _position + 2, StringComparison.Ordinal);
        if (end < 0)
            return false;
        var name = _pattern.Substring(_position + 2, end - _position - 2);
        var isNegative = name.Length > 0 && name[0] == '^';
        if (!PosixClasses.TryGetValue(isNegative ? name.Substring(1) : name, out var found))
            throw Error("invalid character class range", _position, end + 2);
        _position = end + 2;
        set = Folded(found, isNegative);
        return true;
    }

    /// <summary>The character that an escape stands for.</summary>
    private int ParseEscape()
    {
        var start = _position++;
        if (_position >= _pattern.Length)
            throw Error("trailing backslash at end of expression", "");
        var c = NextRune();
        switch (c)
        {
            case >= '1' and <= '7' when _position >= _pattern.Length || _pattern[_position] is < '0' or > '7':
                // A single digit is a back reference, which RE2 has not.
                break;
            case >= '0' and <= '7':
                var octal = c - '0';
                for (var i = 0; i < 2 && _position < _pattern.Length && _pattern[_position] is >= '0' and <= '7'; i++)
                    octal = octal * 8 + (_pattern[_position++] - '0');
                return octal;
            case 'x':
                if (TryParseHexadecimal(out var rune))
                    return rune;
                break;
            case 'a': return '\a';
            case 'f': return '\f';
            case 'n': return '\n';
            case 'r': return '\r';
            case 't': return '\t';
            case 'v': return '\v';
            default:
                if (c < 0x80 && (c == '_' || !Runes.IsWord(c)))
                    return c;
                break;
        }
        throw Error("invalid escape sequence", start, _position);
    }

    /// <summary>Two digits, or any number of them in braces. On failure the position is behind what was looked at.</summary>
    private bool TryParseHexadecimal(out int rune)
    {
        rune = 0;
        if (_position >= _pattern.Length)
            return false;
        var c = NextRune();
        if (c != '{')
        {
            var high = HexadecimalDigit(c);
            if (_position >= _pattern.Length)
                return false;
            var low = HexadecimalDigit(NextRune());
            rune = high * 16 + low;
            return high >= 0 && low >= 0;
        }
        for (var digits = 0; _position < _pattern.Length; digits++)
        {
            c = NextRune();
            if (c == '}')
                return digits > 0;
            var digit = HexadecimalDigit(c);
            if (digit < 0)
                return false;
            rune = rune * 16 + digit;
            if (rune > RuneSet.MaxRune)
                return false;
        }
        return false;
    }

    private static int HexadecimalDigit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
