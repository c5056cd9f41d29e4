using System.Globalization;
using System.Text;

namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <content>Plain, quoted and block scalars.</content>
internal sealed partial class YamlReader
{
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
        int start = _at;
        StringBuilder text = new();
        _at++;
        while (true)
        {
            if (IsEnd)
                throw Fail("found unexpected end of stream", start);
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
                    AppendEscape(text, start);
                }
            }
            else if (c is ' ' or '\t' or '\n')
            {
                AppendBlanks(text, start);
            }
            else
            {
                text.Append(c);
                _at++;
            }
        }
    }

    /// <summary>Blanks inside of quotes: with a line break among them they fold.</summary>
    private void AppendBlanks(StringBuilder text, int begin)
    {
        int start = _at, breaks = 0;
        while (!IsEnd && Current is ' ' or '\t' or '\n')
        {
            if (Current == '\n')
            {
                NewLine();
                breaks++;
                if (IsDocumentMarker())
                    throw Fail("found unexpected document indicator", begin);
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

    private void AppendEscape(StringBuilder text, int begin)
    {
        char escape = Ahead(1);
        int digits = escape switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            if (_at + 2 + digits > _text.Length
                || !int.TryParse(_text.Substring(_at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int codePoint))
            {
                throw Fail("did not find expected hexdecimal number", begin);
            }

            if (!CodePoints.IsValid(codePoint))
                throw Fail("found invalid Unicode character escape code", begin);
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
            _ => throw Fail("found unknown escape character", begin),
        });
        _at += 2;
    }

    private string ReadBlockScalar(int parentIndent)
    {
        bool isLiteral = Current == '|';
        int start = _at;
        _at++;
        char chomping = ' ';
        int indent = -1;
        for (; Current is '+' or '-' or (>= '0' and <= '9'); _at++)
        {
            if (Current is '+' or '-')
                chomping = Current;
            else if (Current == '0')
                throw Fail("found an indentation indicator equal to 0", start);
            else
                indent = Math.Max(parentIndent, 0) + Current - '0';
        }

        int header = _at;
        SkipSpaces();
        if (!IsEnd && Current != '\n' && !(Current == '#' && _at > header))
            throw Fail("did not find expected comment or line break", start);
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
            if ((indent < 0 || spaces < indent) && Ahead(spaces) == '\t')
            {
                _at += spaces;
                throw Fail("found a tab character where an indentation space is expected", start);
            }

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
}
