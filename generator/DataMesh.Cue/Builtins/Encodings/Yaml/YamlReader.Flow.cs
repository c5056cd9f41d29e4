namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <content>Flow collections.</content>
internal sealed partial class YamlReader
{
    private DataNode ReadFlow()
    {
        if (++_depth > MaxDepth)
            throw Fail("exceeded max depth");
        int start = _at;
        bool isMap = Current == '{';
        _at++;
        List<DataNode> elements = [];
        YamlMembers members = new();
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
                throw FailParse(isMap ? "did not find expected ',' or '}'" : "did not find expected ',' or ']'", start);
        }

        _at++;
        _depth--;
        return isMap ? DataNode.Map(members.All, start) : DataNode.List(elements, start);
    }

    private void ReadFlowEntry(bool isMap, List<DataNode> elements, YamlMembers members)
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
            YamlMembers single = new();
            AddMember(single, node, value);
            elements.Add(DataNode.Map(single.All, start));
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
                throw FailParse("did not find expected node content");
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
                throw FailParse("did not find expected node content");
        }
    }
}
