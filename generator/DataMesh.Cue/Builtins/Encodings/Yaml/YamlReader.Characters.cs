namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <content>The characters between nodes.</content>
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
        throw Current == ':' ? Fail("mapping values are not allowed in this context") : FailParse("did not find expected key");
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
}
