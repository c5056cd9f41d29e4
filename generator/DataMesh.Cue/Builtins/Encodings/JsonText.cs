using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings;

/// <summary>Reads, checks and rewrites JSON (RFC 8259).</summary>
internal sealed class JsonText
{
    private const int MaxDepth = 10_000;
    private const string UnexpectedEnd = "unexpected end of JSON input";

    /// <summary>What is nested deeper is not read into nodes: those who walk them do so recursively.</summary>
    private const int MaxNodeDepth = 500;

    private readonly string _text;
    private int _at;

    private JsonText(string text) => _text = text;

    private enum Style
    {
        Compact,
        Indented,
    }

    public static bool IsValid(string text)
    {
        try
        {
            _ = Compact(text);
            return true;
        }
        catch (BuiltinException)
        {
            return false;
        }
    }

    /// <summary>The text without blanks between its parts.</summary>
    public static string Compact(string text) => new JsonText(text).Rewrite(Style.Compact, "", "");

    /// <summary>The text with each part on a line of its own.</summary>
    public static string Indent(string text, string prefix, string indent) => new JsonText(text).Rewrite(Style.Indented, prefix, indent);

    /// <summary>Escapes what would not be safe inside HTML.</summary>
    public static string EscapeHtml(string text) => text
        .Replace("<", "\\u003c").Replace(">", "\\u003e").Replace("&", "\\u0026").Replace("\u2028", "\\u2028").Replace("\u2029", "\\u2029");

    /// <summary>One value with nothing but blanks around it.</summary>
    public static DataNode Read(string text) => Read(text, out _);

    /// <summary>One value with nothing but blanks around it.</summary>
    /// <param name="errorOffset">Where reading stopped, if it throws.</param>
    public static DataNode Read(string text, out int errorOffset)
    {
        JsonText reader = new(text);
        errorOffset = 0;
        try
        {
            DataNode node = reader.ReadValue(0);
            reader.SkipBlanks();
            return reader._at == text.Length ? node : throw reader.Unexpected("after top-level value");
        }
        finally
        {
            errorOffset = reader._at;
        }
    }

    /// <summary>Values one after the other.</summary>
    /// <param name="errorOffset">Where reading stopped, if it throws.</param>
    public static List<DataNode> ReadStream(string text, out int errorOffset)
    {
        JsonText reader = new(text);
        List<DataNode> nodes = [];
        errorOffset = 0;
        while (true)
        {
            reader.SkipBlanks();
            if (reader._at == text.Length)
                return nodes;
            try
            {
                nodes.Add(reader.ReadValue(0));
            }
            finally
            {
                errorOffset = reader._at;
            }
        }
    }

    /// <summary>A string as JSON writes it.</summary>
    public static string Quote(string text)
    {
        StringBuilder result = new(text.Length + 2);
        result.Append('"');
        foreach (char c in text)
        {
            _ = c switch
            {
                '"' => result.Append("\\\""),
                '\\' => result.Append("\\\\"),
                '\b' => result.Append("\\b"),
                '\f' => result.Append("\\f"),
                '\n' => result.Append("\\n"),
                '\r' => result.Append("\\r"),
                '\t' => result.Append("\\t"),
                < ' ' or '\u2028' or '\u2029' => result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture)),
                _ => result.Append(c),
            };
        }

        return result.Append('"').ToString();
    }

    /// <summary>Checks without recursion, so that depth costs no stack.</summary>
    private string Rewrite(Style style, string prefix, string indent)
    {
        StringBuilder result = new(_text.Length);
        Stack<char> open = new();
        bool isIndented = style == Style.Indented;

        void NewLine()
        {
            if (!isIndented)
                return;
            result.Append('\n').Append(prefix);
            for (int i = 0; i < open.Count; i++)
                result.Append(indent);
        }

        while (true)
        {
            // A value begins here.
            SkipBlanks();
            char c = Peek();
            if (c is '{' or '[')
            {
                if (open.Count >= MaxDepth)
                    throw new BuiltinException("exceeded max depth");
                result.Append(c);
                _at++;
                SkipBlanks();
                char close = c == '{' ? '}' : ']';
                if (_at < _text.Length && _text[_at] == close)
                {
                    result.Append(close);
                    _at++;
                }
                else
                {
                    open.Push(c);
                    NewLine();
                    if (c == '{')
                        RewriteName(result, isIndented);
                    continue;
                }
            }
            else
            {
                int start = _at;
                SkipScalar();
                result.Append(_text, start, _at - start);
            }

            // What follows a value closes or continues what it stands in.
            while (true)
            {
                SkipBlanks();
                if (open.Count == 0)
                    return _at == _text.Length ? result.ToString() : throw Unexpected("after top-level value");
                bool isObject = open.Peek() == '{';
                char next = Peek();
                if (next == ',')
                {
                    _at++;
                    result.Append(',');
                    NewLine();
                    if (isObject)
                        RewriteName(result, isIndented);
                    break;
                }

                if (next != (isObject ? '}' : ']'))
                    throw Unexpected(isObject ? "after object key:value pair" : "after array element");
                _at++;
                open.Pop();
                NewLine();
                result.Append(next);
            }
        }
    }

    private void RewriteName(StringBuilder result, bool isIndented)
    {
        SkipBlanks();
        if (Peek() != '"')
            throw Unexpected("looking for beginning of object key string");
        int start = _at;
        SkipString();
        result.Append(_text, start, _at - start);
        SkipBlanks();
        if (Peek() != ':')
            throw Unexpected("after object key");
        _at++;
        result.Append(isIndented ? ": " : ":");
    }

    private DataNode ReadValue(int depth)
    {
        if (depth > MaxNodeDepth)
            throw new BuiltinException("exceeded max depth");
        SkipBlanks();
        int start = _at;
        switch (Peek())
        {
            case '{':
                return ReadObject(start, depth);
            case '[':
                return ReadArray(start, depth);
        }

        SkipScalar();
        string scalar = _text.Substring(start, _at - start);
        return scalar switch
        {
            "null" => DataNode.Null(start),
            "true" or "false" => DataNode.Bool(scalar == "true", start),
            _ => scalar[0] == '"' ? DataNode.String(Unquote(scalar), start) : DataNode.Number(scalar, start),
        };
    }

    private DataNode ReadObject(int start, int depth)
    {
        List<KeyValuePair<DataNode, DataNode>> members = [];
        _at++;
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '}')
        {
            _at++;
            return DataNode.Map(members, start);
        }

        while (true)
        {
            SkipBlanks();
            int nameStart = _at;
            if (Peek() != '"')
                throw Unexpected("looking for beginning of object key string");
            SkipString();
            DataNode name = DataNode.String(Unquote(_text.Substring(nameStart, _at - nameStart)), nameStart);
            SkipBlanks();
            if (Peek() != ':')
                throw Unexpected("after object key");
            _at++;
            members.Add(new(name, ReadValue(depth + 1)));
            SkipBlanks();
            char next = Peek();
            if (next is not (',' or '}'))
                throw Unexpected("after object key:value pair");
            _at++;
            if (next == '}')
                return DataNode.Map(members, start);
        }
    }

    private DataNode ReadArray(int start, int depth)
    {
        List<DataNode> elements = [];
        _at++;
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == ']')
        {
            _at++;
            return DataNode.List(elements, start);
        }

        while (true)
        {
            elements.Add(ReadValue(depth + 1));
            SkipBlanks();
            char next = Peek();
            if (next is not (',' or ']'))
                throw Unexpected("after array element");
            _at++;
            if (next == ']')
                return DataNode.List(elements, start);
        }
    }

    private void SkipScalar()
    {
        char c = _text[_at];
        switch (c)
        {
            case '"':
                SkipString();
                break;
            case 't':
                SkipWord("true");
                break;
            case 'f':
                SkipWord("false");
                break;
            case 'n':
                SkipWord("null");
                break;
            case '-' or (>= '0' and <= '9'):
                SkipNumber();
                break;
            default:
                throw Unexpected("looking for beginning of value");
        }
    }

    private void SkipWord(string word)
    {
        _at++;
        for (int i = 1; i < word.Length; i++, _at++)
        {
            if (Peek() != word[i])
                throw Unexpected($"in literal {word} (expecting '{word[i]}')");
        }
    }

    private void SkipNumber()
    {
        if (_text[_at] == '-')
            _at++;
        if (Peek() == '0')
            _at++;
        else
            SkipDigits("in numeric literal");
        if (_at < _text.Length && _text[_at] == '.')
        {
            _at++;
            SkipDigits("after decimal point in numeric literal");
        }

        if (_at < _text.Length && (_text[_at] is 'e' or 'E'))
        {
            _at++;
            if (_at < _text.Length && (_text[_at] is '+' or '-'))
                _at++;
            SkipDigits("in exponent of numeric literal");
        }
    }

    private void SkipDigits(string context)
    {
        if (Peek() is not (>= '0' and <= '9'))
            throw Unexpected(context);
        while (_at < _text.Length && _text[_at] is >= '0' and <= '9')
            _at++;
    }

    private void SkipString()
    {
        for (_at++; ; _at++)
        {
            char c = Peek();
            if (c == '"')
                break;
            if (c < ' ')
                throw Unexpected("in string literal");
            if (c != '\\')
                continue;
            _at++;
            char escape = Peek();
            if (escape == 'u')
            {
                for (int i = 0; i < 4; i++)
                {
                    _at++;
                    if (!IsHex(Peek()))
                        throw Unexpected("in \\u hexadecimal character escape");
                }
            }
            else if ("\"\\/bfnrt".IndexOf(escape) < 0)
            {
                throw Unexpected("in string escape code");
            }
        }

        _at++;
    }

    /// <summary>The text of a string that was checked.</summary>
    private static string Unquote(string literal)
    {
        StringBuilder result = new(literal.Length);
        for (int i = 1; i < literal.Length - 1; i++)
        {
            if (literal[i] != '\\')
            {
                result.Append(literal[i]);
                continue;
            }

            i++;
            if (literal[i] != 'u')
            {
                result.Append(literal[i] switch { 'b' => '\b', 'f' => '\f', 'n' => '\n', 'r' => '\r', 't' => '\t', char other => other });
                continue;
            }

            char unit = ReadUnit(literal, i + 1);
            i += 4;
            bool isPair = char.IsHighSurrogate(unit) && i + 6 < literal.Length && literal[i + 1] == '\\' && literal[i + 2] == 'u'
                && char.IsLowSurrogate(ReadUnit(literal, i + 3));
            if (isPair)
            {
                result.Append(unit).Append(ReadUnit(literal, i + 3));
                i += 6;
            }
            else if (char.IsSurrogate(unit))
            {
                throw new BuiltinException("invalid string: unmatched surrogate pair");
            }
            else
            {
                result.Append(unit);
            }
        }

        return result.ToString();
    }

    private static char ReadUnit(string literal, int start) =>
        ushort.TryParse(literal.Substring(start, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort unit) ? (char)unit : 'x';

    private void SkipBlanks()
    {
        while (_at < _text.Length && (_text[_at] is ' ' or '\t' or '\n' or '\r'))
            _at++;
    }

    private char Peek() => _at < _text.Length ? _text[_at] : throw new BuiltinException(UnexpectedEnd);

    private BuiltinException Unexpected(string context)
    {
        if (_at >= _text.Length)
            return new(UnexpectedEnd);
        int c = CodePoints.At(_text, _at);
        string shown = c switch { '\'' => "'\\''", '"' => "'\"'", _ => Conversion.QuotedText.QuoteRune(c) };
        return new($"invalid character {shown} {context}");
    }

    private static bool IsHex(char c) => c is (>= '0' and <= '9') or (>= 'a' and <= 'f') or (>= 'A' and <= 'F');
}
