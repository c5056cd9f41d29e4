using System.Text;

namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary>
/// Reads YAML documents. A reader of our own, because the compiler's assembly may not depend on a library, and because
/// which texts are taken and what scalars mean has to follow what CUE does.
/// </summary>
internal sealed partial class YamlReader
{
    private const int MaxDepth = 500;

    /// <summary>How many nodes aliases may stand for in all.</summary>
    private const int MaxAliasedNodes = 1_000_000;

    private readonly string _text;
    private readonly Dictionary<string, DataNode> _anchors = new(StringComparer.Ordinal);
    private readonly Dictionary<DataNode, long> _sizes = [];
    private readonly Dictionary<string, string> _handles = new(StringComparer.Ordinal);
    private readonly List<YamlException> _illegalNumbers = [];
    private long _aliased;
    private int _at;
    private int _lineStart;
    private int _depth;

    private YamlReader(string text)
    {
        _text = text.Replace("\r\n", "\n").Replace('\r', '\n');
        if (_text.Length > 0 && _text[0] == '\uFEFF')
            _at = _lineStart = 1;
    }

    private int Column => _at - _lineStart;

    private bool IsEnd => _at >= _text.Length;

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    /// <summary>All documents of a stream; an empty text has none.</summary>
    /// <param name="text">The stream.</param>
    /// <param name="isSingle">Whether a second document is an error.</param>
    /// <exception cref="YamlException">The text is not YAML, or has numbers that are none of CUE.</exception>
    public static List<DataNode> ReadStream(string text, bool isSingle = false)
    {
        YamlReader reader = new(text);
        List<DataNode> documents = reader.ReadDocuments(isSingle);
        return reader._illegalNumbers is [var first, ..] ? throw new YamlException(first.Message, first.Offset) { Numbers = reader._illegalNumbers } : documents;
    }

    private char Ahead(int count) => _at + count < _text.Length ? _text[_at + count] : '\0';

    private List<DataNode> ReadDocuments(bool isSingle)
    {
        List<DataNode> documents = [];
        bool isExplicit = false;
        while (true)
        {
            SkipToContent();
            bool hasDirectives = ReadDirectives();
            if (IsMarker("---"))
            {
                _at += 3;
                isExplicit = true;
            }
            else if (hasDirectives)
            {
                throw FailParse("did not find expected <document start>");
            }
            else if (IsEnd)
            {
                return documents;
            }
            else if (IsMarker("...") && documents.Count > 0)
            {
                _at += 3;
                continue;
            }
            else if (documents.Count > 0 && !isExplicit)
            {
                throw isSingle ? SecondDocument(FailParse("did not find expected <document start>")) : FailParse("did not find expected <document start>");
            }

            _anchors.Clear();
            if (isSingle && documents.Count > 0)
                throw SecondDocument();
            if (!isExplicit && IsMarker("..."))
                throw FailParse("did not find expected node content");
            documents.Add(ReadBlock(-1, mayBeSequenceAtParent: false, mayBeMapping: true));
            SkipToContent();
            isExplicit = false;
            if (IsMarker("..."))
                _at += 3;
            else if (!IsEnd && !IsMarker("---"))
                throw FailParse("did not find expected <document start>");
        }
    }

    /// <summary>A second document where one is wanted: at its place, or with what is wrong with it.</summary>
    private YamlException SecondDocument()
    {
        SkipToContent();
        int at = Math.Min(_at, _text.Length);
        try
        {
            ReadBlock(-1, mayBeSequenceAtParent: false, mayBeMapping: true);
        }
        catch (YamlException wrong)
        {
            return SecondDocument(wrong);
        }

        // A line break at the end begins no other line.
        int start = at == 0 ? 0 : _text.LastIndexOf('\n', Math.Min(at, _text.Length - 1) - 1) + 1;
        return new YamlException(FormattableString.Invariant($"{LineOf(start) + 1}:{at - start + 1}: expected a single YAML document"), at) { Line = -1 };
    }

    private YamlException SecondDocument(YamlException wrong) => new($"expected a single YAML document: {wrong.Place("", _text)}: {wrong.Message}", wrong.Offset) { Line = -1 };

    private bool ReadDirectives()
    {
        bool hasAny = false;
        while (!IsEnd && Column == 0 && Current == '%')
        {
            hasAny = true;
            int end = LineEnd();
            string[] words = _text.Substring(_at, end - _at).Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            if (words[0] == "%YAML" && (words.Length < 2 || words[1] != "1.1"))
                throw Fail("found incompatible YAML document");
            if (words[0] == "%TAG" && words.Length > 2)
                _handles[words[1]] = words[2];
            _at = end;
            SkipToContent();
        }

        return hasAny;
    }

    /// <summary>A node in block context, at the next place that has content.</summary>
    /// <param name="parentIndent">The column that the content has to be to the right of.</param>
    /// <param name="mayBeSequenceAtParent">A sequence that is a mapping's value may stand at the mapping's own column.</param>
    /// <param name="mayBeMapping">Whether a mapping may begin on the line where the node begins.</param>
    private DataNode ReadBlock(int parentIndent, bool mayBeSequenceAtParent, bool mayBeMapping)
    {
        if (++_depth > MaxDepth)
            throw Fail("exceeded max depth");
        try
        {
            int line = _lineStart, start = _at;
            SkipToContent();
            Properties properties = new();
            bool isNewLine = _lineStart != line;
            if (!IsIn(parentIndent, mayBeSequenceAtParent))
                return Scalar("", properties, isPlain: true, start);

            // A mapping whose first key has properties of its own begins before them.
            int column = Column, at = _at, lineBefore = _lineStart;
            ReadProperties(properties);
            if (properties.IsAny)
            {
                int lineOfProperties = _lineStart;
                SkipToContent();
                if (_lineStart != lineOfProperties)
                    isNewLine = true;
                else if ((mayBeMapping || isNewLine) && IsKeyAhead())
                    (_at, _lineStart, properties) = (at, lineBefore, new());
                if (!IsIn(parentIndent, mayBeSequenceAtParent))
                    return Scalar("", properties, isPlain: true, at);
            }

            if (_lineStart != lineBefore || properties.IsAny)
                column = Column;
            return ReadContent(parentIndent, column, mayBeMapping || isNewLine, properties);
        }
        finally
        {
            _depth--;
        }
    }

    private bool IsIn(int parentIndent, bool mayBeSequenceAtParent) =>
        !IsEnd && !IsDocumentMarker()
        && (Column > parentIndent || (mayBeSequenceAtParent && Column == parentIndent && IsIndicator('-')));

    private DataNode ReadContent(int parentIndent, int column, bool mayBeMapping, Properties properties)
    {
        int start = _at;
        if (IsIndicator('-'))
        {
            if (!mayBeMapping)
                throw Fail("block sequence entries are not allowed in this context");
            return Register(properties, ReadSequence(column, isAtParent: column == parentIndent));
        }

        if (IsIndicator('?') || (mayBeMapping && IsKeyAhead()))
        {
            if (!mayBeMapping)
                throw Fail("mapping keys are not allowed in this context");
            return Register(properties, ReadMapping(column));
        }

        switch (Current)
        {
            case '*':
                return ReadAlias();
            case '|' or '>':
                return Scalar(ReadBlockScalar(parentIndent), properties, isPlain: false, start);
            case '[' or '{':
                DataNode flow = Register(properties, ReadFlow());
                ExpectLineEnd();
                return flow;
            case '"' or '\'':
                DataNode quoted = Scalar(ReadQuoted(), properties, isPlain: false, start);
                ExpectLineEnd();
                return quoted;
            case '%' or '@' or '`':
                throw Fail("found character that cannot start any token");
            case ']' or '}' or ',':
                throw FailParse("did not find expected node content");
            default:
                return Scalar(ReadPlain(parentIndent, isFlow: false), properties, isPlain: true, start);
        }
    }

    private DataNode ReadSequence(int column, bool isAtParent)
    {
        int start = _at;
        List<DataNode> elements = [];
        while (!IsEnd && Column == column && IsIndicator('-') && !IsDocumentMarker())
        {
            _at++;
            elements.Add(ReadBlock(column, mayBeSequenceAtParent: false, mayBeMapping: true));
            SkipToContent();
        }

        if (!IsEnd && (Column > column || (Column == column && !isAtParent)) && !IsDocumentMarker())
            throw IsKeyAhead() ? FailParse("did not find expected '-' indicator", start) : Fail("could not find expected ':'", _at);
        return DataNode.List(elements, start);
    }

    private DataNode ReadMapping(int column)
    {
        int start = _at;
        YamlMembers members = new();
        while (!IsEnd && Column == column && !IsDocumentMarker())
        {
            DataNode key;
            if (IsIndicator('?'))
            {
                _at++;
                key = ReadBlock(column, mayBeSequenceAtParent: false, mayBeMapping: true);
                SkipToContent();
                if (IsEnd || Column != column || !IsIndicator(':'))
                {
                    AddMember(members, key, DataNode.Null(_at));
                    continue;
                }
            }
            else if (IsIndicator('-'))
            {
                throw FailParse("did not find expected key", start);
            }
            else
            {
                if (!IsKeyAhead())
                    throw Fail(Current is '%' or '@' or '`' ? "found character that cannot start any token" : "could not find expected ':'", _at);
                key = ReadKey();
            }

            SkipSpaces();
            _at++;
            AddMember(members, key, ReadBlock(column, mayBeSequenceAtParent: true, mayBeMapping: false));
            SkipToContent();
        }

        if (!IsEnd && Column > column && !IsDocumentMarker())
            throw FailParse("did not find expected key", start);
        return DataNode.Map(members.All, start);
    }

    /// <summary>The key of an implicit mapping entry, which stands on one line.</summary>
    private DataNode ReadKey()
    {
        Properties properties = new();
        ReadProperties(properties);
        SkipSpaces();
        int start = _at;
        return Current switch
        {
            '*' => ReadAlias(),
            '"' or '\'' => Scalar(ReadQuoted(), properties, isPlain: false, start),
            '[' or '{' => Register(properties, ReadFlow()),
            _ => Scalar(ReadPlainLine(isFlow: false), properties, isPlain: true, start),
        };
    }

    private void AddMember(YamlMembers members, DataNode key, DataNode value)
    {
        if (key.Kind is DataKind.List or DataKind.Map)
            throw new YamlException($"invalid map key: {(key.Kind == DataKind.List ? "!!seq" : "!!map")}", key.Offset);
        bool isMerge = key is { Kind: DataKind.String, Text: "<<" } && _text[key.Offset] == '<';
        if (!isMerge)
        {
            members.Add(key, value);
            return;
        }

        IReadOnlyList<DataNode> sources = value.Kind == DataKind.List ? value.Elements : [value];
        foreach (DataNode source in sources)
        {
            if (source.Kind != DataKind.Map)
                throw new YamlException("map merge requires map or sequence of maps as the value", value.Offset);
            foreach (KeyValuePair<DataNode, DataNode> member in source.Members)
                members.Merge(member.Key, member.Value);
        }
    }

    private void ReadProperties(Properties properties)
    {
        while (true)
        {
            int start = _at;
            if (Current is '&' ? properties.Anchor.Length > 0 && !IsBlank(Ahead(1)) : Current == '!' && properties.Tag.Length > 0)
                throw FailParse("did not find expected key");
            if (properties.Start < 0)
                properties.Start = start;
            if (Current == '&' && !IsBlank(Ahead(1)))
            {
                _at++;
                properties.Anchor = ReadName();
            }
            else if (Current == '!')
            {
                properties.Tag = ReadTag();
            }
            else
            {
                return;
            }

            if (start == _at)
                return;
            SkipSpaces();
        }
    }

    private string ReadTag()
    {
        int start = _at;
        if (Ahead(1) == '<')
        {
            int end = _text.IndexOf('>', _at);
            if (end < 0)
                throw Fail("did not find the expected '>'");
            _at = end + 1;
            return Shorten(_text.Substring(start + 2, end - start - 2));
        }

        while (!IsEnd && !IsBlank(Current) && Current is not (',' or '[' or ']' or '{' or '}'))
            _at++;
        string tag = _text.Substring(start, _at - start);
        foreach (KeyValuePair<string, string> handle in _handles)
        {
            if (tag.Length > handle.Key.Length && tag.StartsWith(handle.Key, StringComparison.Ordinal) && handle.Key != "!")
                return Shorten(handle.Value + tag.Substring(handle.Key.Length));
        }

        return tag;
    }

    private static string Shorten(string tag)
    {
        const string core = "tag:yaml.org,2002:";
        return tag.StartsWith(core, StringComparison.Ordinal) ? "!!" + tag.Substring(core.Length) : tag;
    }

    private string ReadName()
    {
        int start = _at;
        while (!IsEnd && (char.IsLetterOrDigit(Current) || Current is '_' or '-'))
            _at++;
        if (_at == start)
            throw Fail("did not find expected alphabetic or numeric character");
        return _text.Substring(start, _at - start);
    }

    private DataNode ReadAlias()
    {
        int start = _at++;
        string name = ReadName();
        if (!_anchors.TryGetValue(name, out DataNode? node))
            throw new YamlException($"unknown anchor '{name}' referenced", start) { Line = 0 };
        _aliased += SizeOf(node);
        if (_aliased > MaxAliasedNodes)
            throw new YamlException("document contains excessive aliasing", start);
        return node;
    }

    private DataNode Scalar(string text, Properties properties, bool isPlain, int offset)
    {
        try
        {
            return Register(properties, YamlScalar.Resolve(text, properties.Tag, isPlain, offset));
        }
        catch (YamlException e) when (e.IsOfNumber)
        {
            _illegalNumbers.Add(properties.IsAny ? new YamlException(e.Message, properties.Start) : e);
            return Register(properties, DataNode.Null(offset));
        }
    }

    private DataNode Register(Properties properties, DataNode node)
    {
        if (properties.Anchor.Length > 0)
            _anchors[properties.Anchor] = node;
        return node;
    }

    private long SizeOf(DataNode node)
    {
        if (_sizes.TryGetValue(node, out long size))
            return size;
        size = 1 + node.Elements.Sum(SizeOf) + node.Members.Sum(member => 1 + SizeOf(member.Value));
        _sizes[node] = size;
        return size;
    }

    /// <summary>What no token can be made of: told at the line where that begins, unless it is the first one.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="context">Where the token begins.</param>
    private YamlException Fail(string message, int context = 0) =>
        new(message, Math.Min(_at, _text.Length)) { Line = (LineOf(context) is not 0 and var began ? began : LineOf(_at)) is not 0 and var line ? line + 1 : 0 };

    /// <summary>What no node can be made of: told at the line before the one where the collection begins or the next token does.</summary>
    private YamlException FailParse(string message, int context = 0)
    {
        // The end of the text stands on a line of its own.
        int next = LineOf(_at) + (IsEnd && _text.Length > 0 && _text[_text.Length - 1] != '\n' ? 1 : 0);
        return new(message, Math.Min(_at, _text.Length)) { Line = LineOf(context) is not 0 and var began ? began : next };
    }

    /// <summary>The line of an offset, 0-based.</summary>
    private int LineOf(int offset) => _text.Take(Math.Min(offset, _text.Length)).Count(static c => c == '\n');

    private sealed class Properties
    {
        public string Anchor { get; set; } = "";

        public string Tag { get; set; } = "";

        /// <summary>Where the first of them stands; less than 0 if there is none.</summary>
        public int Start { get; set; } = -1;

        public bool IsAny => Anchor.Length + Tag.Length > 0;
    }
}
