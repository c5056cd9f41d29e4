namespace DataMesh.Cue.Syntax;

internal sealed partial class Parser
{
    private bool IsAtComprehension() => Kind == TokenKind.Try || (Kind is TokenKind.For or TokenKind.If && !IsNextLabelMark());

    /// <summary>Whether the character behind the current token, blanks aside, makes it a label or an operand of its own.</summary>
    private bool IsNextLabelMark()
    {
        var (first, second) = _scanner.PeekBytes(sameLine: true);
        return first switch
        {
            ':' or '?' or ',' or '\n' or '\0' => true,
            '=' => second is not ('=' or '~'),
            '!' => _scanner.IsColonBehind('!') || (Kind != TokenKind.If && second is not ('=' or '~')),
            '/' => second == '/',
            _ => false,
        };
    }

    private bool IsNextColon() => _scanner.PeekBytes().First == ':';

    private bool IsNextIdentifier() => _scanner.IsNextIdentifier();

    private Comprehension ParseComprehension()
    {
        var opened = OpenNode();
        var clauses = new List<Clause>();
        while (ParseClause(clauses.Count == 0) is { } clause)
        {
            clauses.Add(clause);
            if (Kind == TokenKind.Comma)
                Next();
        }

        Expression value;
        if (Kind == TokenKind.LeftBrace || _asReported)
        {
            value = ParseBody();
        }
        else
        {
            ReportExpected("'{'");
            var start = At;
            Synchronize();
            value = new BadExpression(start, At);
        }

        var fallback = Kind is TokenKind.Else or TokenKind.Otherwise or TokenKind.Fallback ? ParseFallback(clauses) : null;
        return CloseNode(opened, new Comprehension(clauses, value) { Fallback = fallback });
    }

    /// <summary>Reads what is yielded; a comment behind the opening brace belongs to the first declaration.</summary>
    private StructLiteral ParseBody()
    {
        var body = ParseStruct();
        if (body.Declarations.Count > 0 && body.Declarations[0] is not CommentGroup)
            MoveOpeningComments(body, body.Declarations[0]);
        return body;
    }

    private Clause? ParseClause(bool isFirst)
    {
        switch (Kind)
        {
            case TokenKind.For:
                return ParseForClause();
            case TokenKind.If:
                var opened = OpenNode();
                var position = At;
                Next();
                return CloseNode(opened, new IfClause(ParseExpression()) { IfPosition = position });
            case TokenKind.Let when !isFirst:
                return ParseLetClause();
            default:
                return Kind == TokenKind.Try ? ParseTryClause() : null;
        }
    }

    private ForClause ParseForClause()
    {
        var opened = OpenNode();
        var position = At;
        Next();
        Identifier? key = null;
        var value = ParseName();
        var comma = default(Position);
        if (Kind == TokenKind.Comma)
        {
            comma = At;
            Next();
            key = value;
            value = ParseName();
        }

        var inPosition = Expect(TokenKind.In);
        var clause = new ForClause(key, value, ParseExpression()) { ForPosition = position, Comma = comma, InPosition = inPosition };
        return CloseNode(opened, clause);
    }

    private LetClause ParseLetClause()
    {
        _hasAliases = true;
        var opened = OpenNode();
        var position = At;
        Next();
        var name = ParseName();
        var equalSign = Expect(TokenKind.Bind);
        return CloseNode(opened, new LetClause(name, ParseExpression()) { LetPosition = position, EqualSign = equalSign });
    }

    private TryClause ParseTryClause()
    {
        var opened = OpenNode();
        var position = At;
        Next();
        if (Kind != TokenKind.Identifier)
            return CloseNode(opened, new TryClause(null, null) { TryPosition = position });
        var name = ParseName();
        var equalSign = Expect(TokenKind.Bind);
        return CloseNode(opened, new TryClause(name, ParseExpression()) { TryPosition = position, EqualSign = equalSign });
    }

    private FallbackClause ParseFallback(List<Clause> clauses)
    {
        var opened = OpenNode();
        var keyword = _token.Text;
        var position = At;
        var isSingle = clauses.Count == 1 && clauses[0] is IfClause or TryClause;
        if (!_experiments.Contains(Experiments.Try))
            ReportExperiment(At, isFiltered: true, $"{keyword} requires @experiment(try)");
        else if (isSingle && keyword != "else")
            Report(At, "use 'else' with single 'if' or 'try' clause");
        else if (!isSingle && keyword == "else")
            Report(At, "use 'otherwise' for comprehensions with multiple clauses or 'for' clauses");
        Next();
        return CloseNode(opened, new FallbackClause(keyword, ParseBody()) { KeywordPosition = position });
    }

    /// <summary>Reads a name that the clause makes known.</summary>
    private Identifier ParseName()
    {
        var name = new Identifier(At, Kind == TokenKind.Identifier ? _token.Text : "_");
        CheckReserved(name);
        Expect(TokenKind.Identifier);
        return name;
    }
}
