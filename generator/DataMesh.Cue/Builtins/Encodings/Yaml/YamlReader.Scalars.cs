using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <content>Scalars, flow collections and the characters between them.</content>
internal sealed partial class YamlReader
{
    private static bool IsBlank(char c) => c is ' ' or '\t' or '\n' or '\0';

    private static bool IsFlowIndicator(char c) => c is ',' or '[' or ']' or '{' or '}';

    private bool IsIndicator(char c) => Current == c && IsBlank(Ahead(1));

    private bool IsDocumentMarker() => IsMarker("---") || IsMarker("...");

    private bool IsMarker(string marker) =>
        Column == 0 && string.CompareOrdinal(_text, _at, marker, 0, 3) == 0 && IsBlank(Ahead(3));

    private int LineEnd()
    {
        int end = _text.IndexOf('\n', _at);
        return end < 0 ? _text.Length : end;
    }

    private void SkipSpaces()
    {
        while (Current is ' ' or '\t')
            _at++;
    }

    private void SkipToContent()
    {
        while (!IsEnd)
        {
            bool isLineStart = Column == 0;
            int before = _at;
            while (Current == ' ')
                _at++;
            bool hasTab = Current == '\t';
            SkipSpaces();
            if (Current == '#' && (isLineStart || _at > before || _at == _lineStart))
                _at = LineEnd();
            if (Current != '\n' || IsEnd)
            {
                if (hasTab && isLineStart && !IsEnd)
                    throw Fail("found character that cannot start any token");
                return;
            }

            NewLine();
        }
    }

    private void NewLine()
    {
        _at++;
        _lineStart = _at;
    }

    /// <summary>After a complete node only a comment may follow on the line.</summary>
    private void ExpectLineEnd()
    {
        int before = _at;
        SkipSpaces();
        if (IsEnd || Current == '\n' || (Current == '#' && _at > before))
            return;
        throw Fail(Current == ':' ? "mapping values are not allowed in this context" : "did not find expected key");
    }

    /// <summary>Whether a key and its colon stand next on this line.</summary>
    private bool IsKeyAhead()
    {
        (int at, int lineStart) = (_at, _lineStart);
        try
        {
            ReadProperties(new());
            SkipSpaces();
            switch (Current)
            {
                case '"' or '\'':
                    ReadQuoted();
                    break;
                case '[' or '{':
                    ReadFlow();
                    break;
                case '*':
                    _at++;
                    ReadName();
                    break;
                case '|' or '>' or '%' or '@' or '`' or '#' or ',' or ']' or '}':
                    return false;
                case '-' or '?' when IsBlank(Ahead(1)):
                    return false;
                default:
                    ReadPlainLine(isFlow: false);
                    break;
            }

            SkipSpaces();
            return _lineStart == lineStart && IsIndicator(':');
        }
        catch (YamlException)
        {
            return false;
        }
        finally
        {
            (_at, _lineStart) = (at, lineStart);
        }
    }

    /// <summary>The part of a plain scalar that stands on this line, without the blanks after it.</summary>
    private string ReadPlainLine(bool isFlow)
    {
        int start = _at, end = _at;
        while (!IsEnd && Current != '\n')
        {
            if (Current == ':' && (IsBlank(Ahead(1)) || (isFlow && IsFlowIndicator(Ahead(1)))))
                break;
            if (Current == '#' && _at > start && IsBlank(_text[_at - 1]))
                break;
            if (isFlow && IsFlowIndicator(Current))
                break;
            if (!IsBlank(Current))
                end = _at + 1;
            _at++;
        }

        _at = end;
        return _text.Substring(start, end - start);
    }

    private string ReadPlain(int parentIndent, bool isFlow)
    {
        StringBuilder text = new(ReadPlainLine(isFlow));
        while (true)
        {
            (int at, int lineStart) = (_at, _lineStart);
            SkipSpaces();
            if (!isFlow && IsIndicator(':'))
                throw Fail("mapping values are not allowed in this context");
            if (IsEnd || Current != '\n')
            {
                (_at, _lineStart) = (at, lineStart);
                return text.ToString();
            }

            int breaks = 0;
            while (Current == '\n' && !IsEnd)
            {
                NewLine();
                breaks++;
                SkipSpaces();
            }

            bool isOver = IsEnd || Current == '#' || IsDocumentMarker() || (!isFlow && Column <= parentIndent) || (isFlow && IsFlowIndicator(Current));
            if (isOver || (isFlow && IsIndicator(':')))
            {
                (_at, _lineStart) = (at, lineStart);
                return text.ToString();
            }

            text.Append(breaks == 1 ? " " : new string('\n', breaks - 1));
            string line = ReadPlainLine(isFlow);
            if (!isFlow && Current != '\n' && LookPastSpaces() == ':')
            {
                SkipSpaces();
                throw Fail("mapping values are not allowed in this context");
            }

            text.Append(line);
        }
    }

    private char LookPastSpaces()
    {
        int at = _at;
        while (at < _text.Length && (_text[at] is ' ' or '\t'))
            at++;
        return at < _text.Length ? _text[at] : '\0';
    }

    private string ReadQuoted()
    {
        char quote = Current;
        StringBuilder text = new();
        _at++;
        while (true)
        {
            if (IsEnd)
                throw Fail("found unexpected end of stream");
            char c = Current;
            if (c == quote)
            {
                if (quote == '\'' && Ahead(1) == '\'')
                {
                    text.Append('\'');
                    _at += 2;
                    continue;
                }

                _at++;
                return text.ToString();
            }

            if (c == '\\' && quote == '"')
            {
                if (Ahead(1) == '\n')
                {
                    _at++;
                    NewLine();
                    SkipSpaces();
                }
                else
                {
                    AppendEscape(text);
                }
            }
            else if (c is ' ' or '\t' or '\n')
            {
                AppendBlanks(text);
            }
            else
            {
                text.Append(c);
                _at++;
            }
        }
    }

    /// <summary>Blanks inside of quotes: with a line break among them they fold.</summary>
    private void AppendBlanks(StringBuilder text)
    {
        int start = _at, breaks = 0;
        while (!IsEnd && Current is ' ' or '\t' or '\n')
        {
            if (Current == '\n')
            {
                NewLine();
                breaks++;
                if (IsDocumentMarker())
                    throw Fail("found unexpected document indicator");
            }
            else
            {
                _at++;
            }
        }

        if (breaks == 0)
            text.Append(_text, start, _at - start);
        else
            text.Append(breaks == 1 ? " " : new string('\n', breaks - 1));
    }

    private void AppendEscape(StringBuilder text)
    {
        char escape = Ahead(1);
        int digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + 2 + digits > _text.Length
                || !int.TryParse(_text.Substring(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint))
            {
                throw Fail("did not find expected hexdecimal number");
            }

            if (!CodePoints.IsValid(codePoint))
                throw Fail("found invalid Unicode character escape code");
            text.AppendCodePoint(codePoint);
            _at += 2 + digits;
            return;
        }

        text.Append(escape switch
        {
            '0' => '\0',
            'a' => '\a',
            'b' => '\b',
            't' or '\t' => '\t',
            'n' => '\n',
            'v' => '\v',
            'f' => '\f',
            'r' => '\r',
            'e' => '\x1B',
            ' ' or '"' or '/' or '\\' or '\'' => escape,
            'N' => '\u0085',
            '_' => '\u00A0',
            'L' => '\u2028',
            'P' => '\u2029',
            _ => throw Fail("found unknown escape character"),
        });
        _at += 2;
    }

    private string ReadBlockScalar(int parentIndent)
    {
        bool isLiteral = Current == '|';
        _at++;
        char chomping = ' ';
        int indent = -1;
        for (; Current is '+' or '-' or (>= '0' and <= '9'); _at++)
        {
            if (Current is '+' or '-')
                chomping = Current;
            else if (Current == '0')
                throw Fail("found an indentation indicator equal to 0");
            else
                indent = Math.Max(parentIndent, 0) + Current - '0';
        }

        ExpectLineEnd();
        _at = LineEnd();
        List<string> lines = [];
        if (!IsEnd)
            NewLine();
        while (!IsEnd)
        {
            int spaces = 0;
            while ((indent < 0 || spaces < indent) && Ahead(spaces) == ' ')
                spaces++;
            int end = LineEnd();
            bool isEmpty = _at + spaces == end;
            if (indent < 0 && !isEmpty)
                indent = Math.Max(spaces, parentIndent + 1);
            if (!isEmpty && (spaces < indent || IsDocumentMarker()))
                break;
            lines.Add(isEmpty ? "" : _text.Substring(_at + spaces, end - _at - spaces));
            _at = end;
            if (IsEnd)
                break;
            NewLine();
        }

        return Chomp(isLiteral ? string.Join("\n", lines) : Fold(lines), lines, chomping);
    }

    private static string Chomp(string text, List<string> lines, char chomping)
    {
        if (chomping == '+')
            return lines.Count == 0 ? "" : text + "\n";
        string trimmed = text.TrimEnd('\n');
        return chomping == '-' || trimmed.Length == 0 ? trimmed : trimmed + "\n";
    }

    /// <summary>Joins lines with blanks, except around those that are indented further.</summary>
    private static string Fold(List<string> lines)
    {
        StringBuilder text = new();
        bool wasMore = true, isFirst = true;
        int empty = 0;
        foreach (string line in lines)
        {
            if (line.Length == 0)
            {
                empty++;
                continue;
            }

            bool isMore = line[0] is ' ' or '\t';
            if (isFirst)
                text.Append('\n', empty);
            else if (isMore || wasMore)
                text.Append('\n', empty + 1);
            else
                text.Append(empty == 0 ? " " : new string('\n', empty));
            text.Append(line);
            (wasMore, isFirst, empty) = (isMore, false, 0);
        }

        return text.Append('\n', empty).ToString();
    }

    private DataNode ReadFlow()
    {
        if (++_depth > MaxDepth)
            throw Fail("exceeded max depth");
        int start = _at;
        bool isMap = Current == '{';
        _at++;
        List<DataNode> elements = [];
        List<KeyValuePair<DataNode, DataNode>> members = [];
        while (true)
        {
            SkipFlowBlanks();
            if (Current == (isMap ? '}' : ']'))
                break;
            ReadFlowEntry(isMap, elements, members);
            SkipFlowBlanks();
            if (Current == ',')
                _at++;
            else if (Current != (isMap ? '}' : ']'))
                throw Fail(isMap ? "did not find expected ',' or '}'" : "did not find expected ',' or ']'");
        }

        _at++;
        _depth--;
        return isMap ? DataNode.Map(members, start) : DataNode.List(elements, start);
    }

    private void ReadFlowEntry(bool isMap, List<DataNode> elements, List<KeyValuePair<DataNode, DataNode>> members)
    {
        int start = _at;
        bool isExplicit = IsIndicator('?');
        if (isExplicit)
        {
            _at++;
            SkipFlowBlanks();
        }

        DataNode node = Current == ':' ? DataNode.Null(_at) : ReadFlowNode();
        SkipFlowBlanks();
        bool isKey = Current == ':' && (IsBlank(Ahead(1)) || IsFlowIndicator(Ahead(1)) || _text[_at - 1] is '"' or '\'' or ']' or '}');
        DataNode value = DataNode.Null(_at);
        if (isKey)
        {
            _at++;
            SkipFlowBlanks();
            if (Current is not (',' or '}' or ']'))
                value = ReadFlowNode();
        }

        if (isMap)
        {
            AddMember(members, node, value);
        }
        else if (isKey || isExplicit)
        {
            List<KeyValuePair<DataNode, DataNode>> single = [];
            AddMember(single, node, value);
            elements.Add(DataNode.Map(single, start));
        }
        else
        {
            elements.Add(node);
        }
    }

    private DataNode ReadFlowNode()
    {
        Properties properties = new();
        ReadProperties(properties);
        SkipFlowBlanks();
        int start = _at;
        switch (Current)
        {
            case '[' or '{':
                return Register(properties, ReadFlow());
            case '"' or '\'':
                return Scalar(ReadQuoted(), properties, isPlain: false, start);
            case '*':
                return ReadAlias();
            case ',' or ']' or '}' when properties.IsAny:
                return Scalar("", properties, isPlain: true, start);
            case '\0' or ',' or ']' or '}' or '|' or '>':
                throw Fail("did not find expected node content");
            case '%' or '@' or '`':
                throw Fail("found character that cannot start any token");
            default:
                return Scalar(ReadPlain(-1, isFlow: true), properties, isPlain: true, start);
        }
    }

    private void SkipFlowBlanks()
    {
        while (!IsEnd)
        {
            SkipSpaces();
            if (Current == '#' && IsBlank(_text[_at - 1]))
                _at = LineEnd();
            if (Current != '\n' || IsEnd)
                return;
            NewLine();
            if (IsDocumentMarker())
                throw Fail("did not find expected node content");
        }
    }
}
