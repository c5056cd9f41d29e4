namespace DataMesh.Cue.Builtins.Templates;

/// <summary>Parses templates: text with actions between double braces.</summary>
internal sealed partial class TemplateParser
{
    private const int MaxDepth = 200;

    private readonly string _text;
    private readonly List<(string Text, bool IsAction, int Line, int Start)> _parts = [];
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal) { "$" };
    private int _next;
    private int _depth;
    private int _rangeDepth;
    private string _action = "";

    /// <summary>Where the action begins in the template.</summary>
    private int _start;
    private int _at;
    private int _line = 1;

    private TemplateParser(string text)
    {
        _text = text;
        SplitParts(text);
    }

    public Dictionary<string, List<TemplateNode>> Definitions { get; } = new(StringComparer.Ordinal);

    public static (List<TemplateNode> Body, Dictionary<string, List<TemplateNode>> Definitions) Parse(string text)
    {
        TemplateParser parser = new(text);
        List<TemplateNode> body = parser.ParseList(out string end);
        if (end.Length > 0)
            throw parser.Fail($"unexpected {{{{{end}}}}}");
        return (body, parser.Definitions);
    }

    private void SplitParts(string text)
    {
        int at = 0, line = 1;
        bool isTrimmed = false;
        while (true)
        {
            int open = text.IndexOf("{{", at, StringComparison.Ordinal);
            string before = open < 0 ? text.Substring(at) : text.Substring(at, open - at);
            int lineOfAction = line + before.Count(c => c == '\n');
            if (isTrimmed)
                before = before.TrimStart(' ', '\t', '\r', '\n');
            if (open < 0)
            {
                _parts.Add((before, false, line, at));
                return;
            }

            bool trimsBefore = open + 3 < text.Length && text[open + 2] == '-' && text[open + 3] is ' ' or '\t' or '\r' or '\n';
            _parts.Add((trimsBefore ? before.TrimEnd(' ', '\t', '\r', '\n') : before, false, line, at));
            int close = FindClose(text, open + 2, lineOfAction);
            string action = text.Substring(open + 2, close - open - 2);
            line = lineOfAction + action.Count(c => c == '\n');
            if (trimsBefore)
                action = action.Substring(1);
            isTrimmed = action.Length > 1 && action[action.Length - 1] == '-' && action[action.Length - 2] is ' ' or '\t' or '\r' or '\n';
            if (isTrimmed)
                action = action.Substring(0, action.Length - 1);
            string trimmed = action.Trim(' ', '\t', '\r', '\n');
            if (!trimmed.StartsWith("/*", StringComparison.Ordinal))
                _parts.Add((trimmed, true, lineOfAction, open + 2 + (trimsBefore ? 1 : 0) + (action.Length - action.TrimStart(' ', '\t', '\r', '\n').Length)));
            else if (!trimmed.EndsWith("*/", StringComparison.Ordinal))
                throw new BuiltinException($"template: :{Number(lineOfAction)}: comment ends before closing delimiter");
            at = close + 2;
        }
    }

    /// <summary>The closing braces, outside of quotes.</summary>
    private static int FindClose(string text, int start, int line)
    {
        if (text.Substring(start).TrimStart('-', ' ', '\t', '\r', '\n').StartsWith("/*", StringComparison.Ordinal))
        {
            int comment = text.IndexOf("*/", start, StringComparison.Ordinal);
            int end = comment < 0 ? -1 : text.IndexOf("}}", comment, StringComparison.Ordinal);
            return end >= 0 ? end : throw new BuiltinException($"template: :{Number(line)}: unclosed comment");
        }

        for (int i = start; i < text.Length; i++)
        {
            if (text[i] == '}' && i + 1 < text.Length && text[i + 1] == '}')
                return i;
            if (text[i] is not ('"' or '`' or '\''))
                continue;
            char quote = text[i];
            for (i++; i < text.Length && text[i] != quote; i++)
            {
                if (text[i] == '\\' && quote != '`')
                    i++;
                else if (text[i] == '\n' && quote != '`')
                    throw Unterminated(quote, line);
            }

            if (i >= text.Length)
                throw Unterminated(quote, line);
        }

        throw new BuiltinException($"template: :{Number(line)}: unclosed action");
    }

    private static BuiltinException Unterminated(char quote, int line) =>
        new($"template: :{Number(line)}: unterminated {(quote switch { '`' => "raw quoted string", '\'' => "character constant", _ => "quoted string" })}");

    /// <summary>Parts up to an <c>end</c> or <c>else</c>, which is given back.</summary>
    private List<TemplateNode> ParseList(out string end)
    {
        if (++_depth > MaxDepth)
            throw Fail("template nests too deeply");
        List<TemplateNode> nodes = [];
        while (_next < _parts.Count)
        {
            (string text, bool isAction, _line, int start) = _parts[_next++];
            if (!isAction)
            {
                if (text.Length > 0)
                    nodes.Add(new TextNode(text));
                continue;
            }

            (_action, _at, _start) = (text, 0, start);
            string word = PeekWord();
            if (word is "end" or "else")
            {
                end = text;
                _depth--;
                return nodes;
            }

            if (ParseAction(word) is { } node)
                nodes.Add(node);
        }

        end = "";
        _depth--;
        return nodes;
    }

    private TemplateNode? ParseAction(string word)
    {
        switch (word)
        {
            case "if":
                return ParseBlock(BlockKind.If, word);
            case "with":
                return ParseBlock(BlockKind.With, word);
            case "range":
                return ParseBlock(BlockKind.Range, word);
            case "break" or "continue":
                if (_action != word)
                    throw Fail($"unexpected {Conversion.QuotedText.Quote(_action.Substring(word.Length).Trim())} in {{{{{word}}}}}");
                if (_rangeDepth == 0)
                    throw Fail($"{{{{{word}}}}} outside {{{{range}}}}");
                return new JumpNode(word == "break");
            case "define" or "block":
                return ParseDefinition(word);
            case "template":
                _at += word.Length;
                SkipBlanks();
                (int line, int column) = PlaceOf(_at);
                string name = ReadQuoted();
                SkipBlanks();
                return new InvokeNode(name, _at < _action.Length ? ParsePipeline("template clause") : null, new(line, column, $"{{{{{_action}}}}}"));
            default:
                return new OutputNode(ParsePipeline("command"));
        }
    }

    private InvokeNode? ParseDefinition(string word)
    {
        _at += word.Length;
        SkipBlanks();
        if (_at >= _action.Length)
            throw Fail($"unexpected \"}}}}\" in {word} clause");
        string name = ReadQuoted();
        SkipBlanks();
        if (word == "define" && _at < _action.Length)
            throw Fail($"unexpected {(Current == '.' ? "<.>" : Conversion.QuotedText.Quote(PeekWord() is { Length: > 0 } next ? next : _action.Substring(_at, 1)))} in define clause");
        Pipeline? argument = word == "block" ? ParsePipeline("block clause") : null;
        List<TemplateNode> body = ParseList(out string end);
        if (end != "end")
            throw Fail(end.Length == 0 ? "unexpected EOF" : $"unexpected {{{{{end}}}}} in {word} clause");
        Definitions[name] = body;
        return argument is null ? null : new InvokeNode(name, argument, default);
    }

    private BlockNode ParseBlock(BlockKind kind, string word)
    {
        _at += word.Length;
        HashSet<string> outer = [.. _variables];
        Pipeline pipeline = ParsePipeline(word);
        _rangeDepth += kind == BlockKind.Range ? 1 : 0;
        List<TemplateNode> body = ParseList(out string end), otherwise = [];
        _rangeDepth -= kind == BlockKind.Range ? 1 : 0;
        if (end.StartsWith("else", StringComparison.Ordinal))
        {
            string rest = end.Substring(4).Trim(' ', '\t', '\r', '\n');
            if (rest.Length > 0)
            {
                // "else if" is an if inside of the else that ends with it.
                (_action, _at, _start) = (rest, 0, _start + end.IndexOf(rest, 4, StringComparison.Ordinal));
                string next = PeekWord();
                if (!(next == "if" && kind == BlockKind.If) && !(next == "with" && kind == BlockKind.With))
                    throw Fail($"unexpected <{rest}> in {word}");
                otherwise.Add(ParseBlock(kind, next));
                _variables.IntersectWith(outer);
                return new(kind, pipeline, body, otherwise);
            }

            otherwise = ParseList(out end);
        }

        if (end != "end")
            throw Fail(end.Length == 0 ? "unexpected EOF" : $"expected end; found {{{{{end}}}}}");
        _variables.IntersectWith(outer);
        return new(kind, pipeline, body, otherwise);
    }

    private Pipeline ParsePipeline(string context)
    {
        List<string> variables = [];
        bool isAssignment = false;
        SkipBlanks();
        int start = _at;
        while (Current == '$')
        {
            string name = ReadVariable();
            SkipBlanks();
            if (Current == ',' && variables.Count == 0 && context == "range")
            {
                variables.Add(name);
                _at++;
                SkipBlanks();
                continue;
            }

            if (Starts(":=") || (Current == '=' && !Starts("==")))
            {
                isAssignment = Current == '=';
                _at += isAssignment ? 1 : 2;
                variables.Add(name);
                break;
            }

            variables.Clear();
            _at = start;
            break;
        }

        List<List<Operand>> commands = [ParseCommand()];
        while (Current == '|')
        {
            _at++;
            commands.Add(ParseCommand());
            if (commands[commands.Count - 1] is [{ Kind: OperandKind.Bool or OperandKind.Dot or OperandKind.Nil or OperandKind.Number or OperandKind.Text, Fields.Count: 0 }, ..])
                throw Fail($"non executable command in pipeline stage {Number(commands.Count)}");
        }

        if (Current == ')' && context != "parenthesized pipeline")
            throw Fail("unexpected right paren");
        if (_at < _action.Length && Current != ')')
            throw Fail($"unexpected {Conversion.QuotedText.Quote(_action.Substring(_at, 1))} in {context}");
        if (commands.Exists(command => command.Count == 0))
            throw Fail($"missing value for {context}");
        foreach (string variable in variables)
        {
            if (isAssignment && !_variables.Contains(variable))
                throw Fail($"undefined variable {Conversion.QuotedText.Quote(variable)}");
            _variables.Add(variable);
        }

        return new(variables, isAssignment, commands);
    }

    private List<Operand> ParseCommand()
    {
        List<Operand> operands = [];
        while (true)
        {
            SkipBlanks();
            if (_at >= _action.Length || Current is '|' or ')')
                return operands;
            operands.Add(ParseOperand());
            if (_at < _action.Length && Current is not (' ' or '\t' or '\r' or '\n' or '|' or ')'))
                throw Fail($"unexpected {(Current == '.' ? "<.>" : Conversion.QuotedText.Quote(_action.Substring(_at, Starts(":=") ? 2 : 1)))} in operand");
        }
    }

    /// <summary>The line and column of a place in the action.</summary>
    private (int Line, int Column) PlaceOf(int at)
    {
        int offset = _start + at, lineStart = offset == 0 ? 0 : _text.LastIndexOf('\n', offset - 1) + 1;
        return (_text.Take(offset).Count(static c => c == '\n') + 1, CodePoints.Utf8.GetByteCount(_text.Substring(lineStart, offset - lineStart)));
    }

    private Operand ParseOperand()
    {
        int start = _at;
        (OperandKind kind, string text, Pipeline? inner) = ParseValue();
        int end = _at;
        List<string> fields = kind is OperandKind.Dot or OperandKind.Variable or OperandKind.Parenthesis ? ReadFields() : [];
        if (kind == OperandKind.Dot && fields.Count == 0)
            _at++;
        // A chain of fields stands where it goes on after its first part.
        int place = fields.Count == (kind == OperandKind.Dot ? 1 : 0) || fields.Count == 0 ? start : kind == OperandKind.Dot ? end + 1 + fields[0].Length : end;
        (int line, int column) = PlaceOf(place);
        return new(kind, text, inner, fields, new(line, column, _action.Substring(start, _at - start)));
    }

    /// <summary>An operand without the fields that follow it; for the dot nothing is read.</summary>
    private (OperandKind Kind, string Text, Pipeline? Inner) ParseValue()
    {
        char c = Current;
        switch (c)
        {
            case '.':
                if (_at + 1 < _action.Length && _action[_at + 1] is >= '0' and <= '9')
                    return (OperandKind.Number, ReadNumber(), null);
                return (OperandKind.Dot, "", null);
            case '$':
                string variable = ReadVariable();
                if (!_variables.Contains(variable))
                    throw Fail($"undefined variable {Conversion.QuotedText.Quote(variable)}");
                return (OperandKind.Variable, variable, null);
            case '(':
                _at++;
                if (++_depth > MaxDepth)
                    throw Fail("template nests too deeply");
                Pipeline inner = ParsePipeline("parenthesized pipeline");
                _depth--;
                if (Current != ')')
                    throw Fail("unclosed left paren");
                _at++;
                return (OperandKind.Parenthesis, "", inner);
            case '"' or '`':
                return (OperandKind.Text, ReadQuoted(), null);
            case '\'':
                return (OperandKind.Number, ReadCharacter(), null);
            case '+' or '-' or (>= '0' and <= '9'):
                return (OperandKind.Number, ReadNumber(), null);
        }

        string word = PeekWord();
        if (word.Length == 0)
            throw Fail($"unexpected {Conversion.QuotedText.Quote(c.ToString())} in command");
        _at += word.Length;
        switch (word)
        {
            case "true" or "false":
                return (OperandKind.Bool, word, null);
            case "nil":
                return (OperandKind.Nil, word, null);
        }

        if (!TemplateFunctions.Exists(word))
            throw Fail($"function {Conversion.QuotedText.Quote(word)} not defined");
        return (OperandKind.Function, word, null);
    }
}
