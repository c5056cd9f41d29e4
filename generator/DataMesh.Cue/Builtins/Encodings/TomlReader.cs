namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Reads TOML 1.0; dates and times become texts, infinities and NaN are refused, as CUE does.</summary>
internal sealed partial class TomlReader
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
                throw Fail($"expected newline but got {Conversion.QuotedText.Describe(CodePoints.At(_text, _at))}");
        }
    }

    private Table ReadHeading()
    {
        bool isList = _at + 1 < _text.Length && _text[_at + 1] == '[';
        _at += isList ? 2 : 1;
        int start = _at;
        List<string> path = ReadKey();
        Expect(']');
        if (isList)
            Expect(']');
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
        if (_at >= _text.Length)
            throw new Yaml.YamlException("expected = after a key, but the document ends there", start);
        Expect('=');
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
                    throw Fail("invalid character at start of key: " + Conversion.QuotedText.Describe(FirstByte));
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
            if (_at >= _text.Length)
                Expect(']');
            if (Current == ',' && elements.Count == 0)
                throw Fail("array cannot start with comma");
            elements.Add(ToNode(ReadValue()));
            SkipBlanksAndLines();
            if (Current == ',')
                _at++;
            else if (_at >= _text.Length)
                Expect(']');
            else if (Current != ']')
                throw Fail("array elements must be separated by commas");
        }

        _at++;
        return DataNode.List(elements, start);
    }

    private DataNode ReadInlineTable()
    {
        _at++;
        Table table = new();
        SkipBlanks();
        for (bool isFirst = true; isFirst ? Current != '}' : Current == ','; isFirst = false)
        {
            _at += isFirst ? 0 : 1;
            SkipBlanks();
            if (_at >= _text.Length)
                break;
            ReadMember(table);
            SkipBlanks();
            if (_at < _text.Length && Current is not (',' or '}'))
                Expect(',');
        }

        Expect('}');
        return table.ToNode();
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

    private void Expect(char wanted)
    {
        if (_at >= _text.Length)
            throw Fail($"expected character {wanted} but the document ended here");
        if (Current != wanted)
            throw Fail("expected character " + wanted);
        _at++;
    }

    /// <summary>The first byte of the current character in UTF-8.</summary>
    private byte FirstByte => _at < _text.Length ? CodePoints.FirstByte(_text, _at) : (byte)0;

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
