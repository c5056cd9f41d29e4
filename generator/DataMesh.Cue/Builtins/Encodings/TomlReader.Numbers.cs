using System.Globalization;

namespace DataMesh.Cue.Builtins.Encodings;

/// <content>Booleans, numbers, dates and times of TOML.</content>
internal sealed partial class TomlReader
{
    private DataNode ReadWord()
    {
        int start = _at;
        switch (Current)
        {
            case '\0' when _at >= _text.Length:
                throw Fail("expected value, not eof");
            case 't':
                return ReadName("true", static (word, at) => DataNode.Bool(true, at));
            case 'f':
                return ReadName("false", static (word, at) => DataNode.Bool(false, at));
            case 'i':
                return ReadName("inf", static (word, at) => throw IllegalNumber(word, at));
            case 'n':
                return ReadName("nan", static (word, at) => throw IllegalNumber(word, at));
        }

        while (_at < _text.Length && Current is (>= '0' and <= '9') or '+' or '-' or '_' or '.' or 'e' or 'E' or ':' or 'T' or 'Z' or 't' or 'z')
            _at++;
        // A date and its time may have a blank between them.
        if (_at - start == 10 && _text[start + 4] == '-' && Current == ' ' && _at + 1 < _text.Length && char.IsDigit(_text[_at + 1]))
        {
            do
                _at++;
            while (_at < _text.Length && Current is (>= '0' and <= '9') or ':' or '.' or '+' or '-' or 'Z' or 'z');
        }

        string word = _text.Substring(start, _at - start);
        if (word.Length == 0)
            throw Fail("incomplete number");
        bool isTime = word.IndexOf(':') > 0 || (word.Length > 4 && word[4] == '-' && word.IndexOf('e') < 0 && word.IndexOf('E') < 0);
        return isTime ? DataNode.String(word, start) : ReadNumber(word, start);
    }

    private DataNode ReadName(string name, Func<string, int, DataNode> create)
    {
        int start = _at;
        if (string.CompareOrdinal(_text, _at, name, 0, name.Length) != 0)
            throw Fail($"expected '{name}'");
        _at += name.Length;
        return create(name, start);
    }

    /// <summary>A number, whose underscores CUE takes as its own; what it does not take of a word stays for what follows.</summary>
    private DataNode ReadNumber(string word, int start)
    {
        if (word == "0" && Current is 'x' or 'o' or 'b')
            return ReadPrefixed(start);
        if (word[0] == '0' && word.Length > 2 && word[1] is (>= '0' and <= '9') or '_')
        {
            _at = start + 1;
            return DataNode.Number("0", start);
        }

        if (word.Length > 1 && word[0] is '+' or '-' && Current is 'i' or 'n')
            word += ReadName(Current == 'i' ? "inf" : "nan", static (name, at) => DataNode.String(name, at)).Text;
        string digits = word.TrimStart('_');
        digits = digits.StartsWith("+", StringComparison.Ordinal) ? digits.Substring(1) : digits;
        bool isNegative = digits.StartsWith("-", StringComparison.Ordinal);
        string unsigned = isNegative ? digits.Substring(1) : digits;
        if (unsigned.Length == 0 || !(unsigned[0] is (>= '0' and <= '9') or '.'))
            throw IllegalNumber(word, start);
        if (unsigned.IndexOf("__", StringComparison.Ordinal) >= 0 || unsigned.EndsWith("_", StringComparison.Ordinal) || unsigned.IndexOf("_.", StringComparison.Ordinal) >= 0)
            throw new Yaml.YamlException("parse error: illegal '_' in number", start);
        if (unsigned.Length > 1 && unsigned[0] == '0' && unsigned.All(static c => c is >= '0' and <= '9'))
            throw new Yaml.YamlException("parse error: illegal integer number " + Conversion.QuotedText.Quote(word), start);
        unsigned = unsigned.Replace("_", "");
        if (unsigned[unsigned.Length - 1] is 'e' or 'E' or '+' or '-')
            throw new Yaml.YamlException("parse error: illegal exponent " + Conversion.QuotedText.Quote(word), start);
        if (Conversion.FloatText.Parse(unsigned) is null)
            throw new Yaml.YamlException("parse error: illegal number " + Conversion.QuotedText.Quote(word), start);
        return DataNode.Number((isNegative ? "-" : "") + unsigned, start);
    }

    /// <summary>What follows the zero of <c>0x1F</c>, <c>0o17</c> or <c>0b11</c>.</summary>
    private DataNode ReadPrefixed(int start)
    {
        int numberBase = Current switch { 'x' => 16, 'o' => 8, _ => 2 }, first = ++_at;
        while (_at < _text.Length && (Current == '_' || (Conversion.IntegerText.FromDigit(Current, numberBase) is >= 0 and var digit && digit < numberBase)))
            _at++;
        string digits = _text.Substring(first, _at - first).Replace("_", "");
        if (digits.Length == 0)
        {
            _at = first - 1;
            return DataNode.Number("0", start);
        }

        return DataNode.Number(Conversion.IntegerText.Parse(digits, "toml", numberBase, 0, isSigned: true).ToString(CultureInfo.InvariantCulture), start);
    }

    private static Yaml.YamlException IllegalNumber(string word, int start) => new("parse error: illegal number start " + Conversion.QuotedText.Quote(word), start);
}
