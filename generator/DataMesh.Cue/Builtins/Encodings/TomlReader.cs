using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Reads TOML 1.0; dates and times become texts, infinities and NaN are refused, as CUE does.</summary>
internal sealed class TomlReader
{
    private const int MaxDepth = 500;

    private readonly string _text;
    private readonly Table _root = new();
    private int _at;
    private int _depth;

    private TomlReader(string text) => _text = text.Replace("\r\n", "\n");

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>The document as a map. Errors carry their place.</summary>
    public static DataNode Read(string text)
    {
        TomlReader reader = new(text);
        reader.ReadDocument();
        return reader._root.ToNode();
    }

    private void ReadDocument()
    {
        Table table = _root;
        while (true)
        {
            SkipBlanksAndLines();
            if (_at >= _text.Length)
                return;
            if (Current == '[')
            {
                table = ReadHeading();
            }
            else
            {
                ReadMember(table);
            }

            SkipBlanks();
            SkipComment();
            if (_at < _text.Length && Current != '\n')
                throw Fail("expected newline");
        }
    }

    private Table ReadHeading()
    {
        int start = _at;
        bool isList = _at + 1 < _text.Length && _text[_at + 1] == '[';
        _at += isList ? 2 : 1;
        List<string> path = ReadKey();
        string end = isList ? "]]" : "]";
        if (string.CompareOrdinal(_text, _at, end, 0, end.Length) != 0)
            throw Fail("expected " + end);
        _at += end.Length;
        Table table = _root;
        _depth = 0;
        Deepen(path.Count);
        foreach (string name in path.Take(path.Count - 1))
            table = table.Descend(name, start) ?? throw Duplicate(path, start);
        return table.Open(path[path.Count - 1], isList, start) ?? throw Duplicate(path, start);
    }

    private void ReadMember(Table table)
    {
        int start = _at;
        List<string> path = ReadKey();
        if (Current != '=')
            throw Fail("expected =");
        _at++;
        SkipBlanks();
        Deepen(path.Count);
        foreach (string name in path.Take(path.Count - 1))
            table = table.Descend(name, start) ?? throw Duplicate(path, start);
        object value = ReadValue();
        if (!table.Add(path[path.Count - 1], value, start))
            throw Duplicate(path, start);
        _depth -= path.Count;
    }

    private void Deepen(int levels)
    {
        if ((_depth += levels) > MaxDepth)
            throw Fail("exceeded max depth");
    }

    private static Yaml.YamlException Duplicate(List<string> path, int offset) => new("duplicate key: " + string.Join(".", path), offset);

    private List<string> ReadKey()
    {
        List<string> path = [];
        while (true)
        {
            SkipBlanks();
            int start = _at;
            if (Current is '"' or '\'')
            {
                path.Add(ReadQuoted());
            }
            else
            {
                while (Current is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_' or '-')
                    _at++;
                if (_at == start)
                    throw Fail(FormattableString.Invariant($"invalid character at start of key: U+{(int)Current:X4} {Conversion.QuotedText.QuoteRune(Current)}"));
                path.Add(_text.Substring(start, _at - start));
            }

            SkipBlanks();
            if (Current != '.')
                return path;
            _at++;
        }
    }

    private object ReadValue()
    {
        Deepen(1);
        int start = _at;
        object value = Current switch
        {
            '"' or '\'' => DataNode.String(ReadString(), start),
            '[' => ReadList(),
            '{' => ReadInlineTable(),
            _ => ReadWord(),
        };
        _depth--;
        return value;
    }

    private DataNode ReadList()
    {
        int start = _at++;
        List<DataNode> elements = [];
        while (true)
        {
            SkipBlanksAndLines();
            if (Current == ']')
                break;
            elements.Add(ToNode(ReadValue()));
            SkipBlanksAndLines();
            if (Current == ',')
                _at++;
            else if (Current != ']')
                throw Fail("array is incomplete");
        }

        _at++;
        return DataNode.List(elements, start);
    }

    private DataNode ReadInlineTable()
    {
        _at++;
        Table table = new();
        SkipBlanks();
        while (Current != '}')
        {
            ReadMember(table);
            SkipBlanks();
            if (Current == ',')
            {
                _at++;
                SkipBlanks();
            }
            else if (Current != '}')
            {
                throw Fail("inline table is incomplete");
            }
        }

        _at++;
        return table.ToNode();
    }

    private DataNode ReadWord()
    {
        int start = _at;
        while (_at < _text.Length && Current is not ('\n' or ',' or ']' or '}' or '#' or ' ' or '\t'))
            _at++;
        // A date and its time may have a blank between them.
        bool isDate = _at - start == 10 && _text[start + 4] == '-' && Current == ' ' && _at + 1 < _text.Length && char.IsDigit(_text[_at + 1]);
        if (isDate)
        {
            _at++;
            while (_at < _text.Length && Current is not ('\n' or ',' or ']' or '}' or '#' or ' ' or '\t'))
                _at++;
        }

        string word = _text.Substring(start, _at - start);
        switch (word)
        {
            case "true" or "false":
                return DataNode.Bool(word == "true", start);
            case "inf" or "+inf" or "-inf" or "nan" or "+nan" or "-nan":
                throw new Yaml.YamlException("parse error: illegal number start " + Conversion.QuotedText.Quote(word.TrimStart('+', '-')), start);
            case "":
                throw Fail("expected value");
        }

        string digits = word.Replace("_", "").TrimStart('+');
        bool isPrefixed = digits.Length > 1 && digits[0] == '0' && digits[1] is 'x' or 'o' or 'b';
        if (isPrefixed)
            return DataNode.Number(Conversion.IntegerText.Parse(digits, "toml", 0, 0, isSigned: true).ToString(CultureInfo.InvariantCulture), start);
        if (word.IndexOf(':') > 0 || (word.Length >= 10 && word[4] == '-'))
            return DataNode.String(word, start);
        string unsigned = digits.TrimStart('-');
        bool isNumber = unsigned.Length > 0 && unsigned[0] is >= '0' and <= '9' && Conversion.FloatText.Parse(digits) is not null;
        return isNumber ? DataNode.Number(digits, start) : throw new Yaml.YamlException("parse error: illegal number start " + Conversion.QuotedText.Quote(word), start);
    }

    private string ReadString()
    {
        char quote = Current;
        string triple = new(quote, 3);
        if (string.CompareOrdinal(_text, _at, triple, 0, 3) != 0)
            return ReadQuoted();
        _at += 3;
        if (Current == '\n')
            _at++;
        StringBuilder text = new();
        while (string.CompareOrdinal(_text, _at, triple, 0, 3) != 0)
        {
            if (_at >= _text.Length)
                throw Fail("multiline string not terminated");
            if (Current == '\\' && quote == '"')
                AppendEscape(text, isMultiLine: true);
            else
                text.Append(_text[_at++]);
        }

        _at += 3;
        // Up to two quotes may stand directly before the closing ones.
        for (int i = 0; i < 2 && Current == quote; i++, _at++)
            text.Append(quote);
        return text.ToString();
    }

    private string ReadQuoted()
    {
        char quote = Current;
        StringBuilder text = new();
        _at++;
        while (Current != quote)
        {
            if (_at >= _text.Length || Current == '\n')
                throw Fail("string not terminated");
            if (Current == '\\' && quote == '"')
                AppendEscape(text, isMultiLine: false);
            else
                text.Append(_text[_at++]);
        }

        _at++;
        return text.ToString();
    }

    private void AppendEscape(StringBuilder text, bool isMultiLine)
    {
        _at++;
        char escape = Current;
        int digits = escape switch { 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + digits >= _text.Length
                || !int.TryParse(_text.Substring(_at + 1, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint)
                || !CodePoints.IsValid(codePoint))
            {
                throw Fail("invalid escape");
            }

            text.AppendCodePoint(codePoint);
            _at += digits + 1;
            return;
        }

        if (isMultiLine && escape is '\n' or ' ' or '\t')
        {
            while (Current is '\n' or ' ' or '\t')
                _at++;
            return;
        }

        text.Append(escape switch
        {
            'b' => '\b',
            't' => '\t',
            'n' => '\n',
            'f' => '\f',
            'r' => '\r',
            'e' => '\x1B',
            '"' or '\\' => escape,
            _ => throw Fail("invalid escape"),
        });
        _at++;
    }

    private void SkipBlanks()
    {
        while (Current is ' ' or '\t')
            _at++;
    }

    private void SkipComment()
    {
        if (Current != '#')
            return;
        int end = _text.IndexOf('\n', _at);
        _at = end < 0 ? _text.Length : end;
    }

    private void SkipBlanksAndLines()
    {
        while (true)
        {
            SkipBlanks();
            SkipComment();
            if (Current != '\n' || _at >= _text.Length)
                return;
            _at++;
        }
    }

    private static DataNode ToNode(object value) => value as DataNode ?? ((Table)value).ToNode();

    private Yaml.YamlException Fail(string message) => new(message, Math.Min(_at, _text.Length));

    /// <summary>A table while it is being read: headings may come back to it.</summary>
    private sealed class Table
    {
        private readonly List<KeyValuePair<string, object>> _members = [];
        private readonly Dictionary<string, (object Value, int Offset)> _known = new(StringComparer.Ordinal);
        private bool _isOpened;

        public bool Add(string name, object value, int offset)
        {
            if (_known.ContainsKey(name))
                return false;
            _known.Add(name, (value, offset));
            _members.Add(new(name, value));
            return true;
        }

        /// <summary>The table of a name, made where there is none; of a list of tables its last one.</summary>
        public Table? Descend(string name, int offset)
        {
            object? known = _known.TryGetValue(name, out (object Value, int Offset) member) ? member.Value : null;
            if (known is null)
                Add(name, known = new Table(), offset);
            return known as Table ?? (known as List<Table>)?[((List<Table>)known).Count - 1];
        }

        /// <summary>The table that a heading names; null if it was there before.</summary>
        public Table? Open(string name, bool isList, int offset)
        {
            object? known = _known.TryGetValue(name, out (object Value, int Offset) member) ? member.Value : null;
            if (isList)
            {
                if (known is null)
                    Add(name, known = new List<Table>(), offset);
                if (known is not List<Table> list)
                    return null;
                list.Add(new Table());
                return list[list.Count - 1];
            }

            if (known is null)
                Add(name, known = new Table(), offset);
            if (known is not Table { _isOpened: false } table)
                return null;
            table._isOpened = true;
            return table;
        }

        public DataNode ToNode() => DataNode.Map(
        [
            .. _members.Select(member => new KeyValuePair<DataNode, DataNode>(DataNode.String(member.Key, _known[member.Key].Offset), member.Value switch
            {
                DataNode node => node,
                Table table => table.ToNode(),
                List<Table> tables => DataNode.List([.. tables.Select(static table => table.ToNode())]),
                _ => DataNode.Null(),
            })),
        ]);
    }
}
