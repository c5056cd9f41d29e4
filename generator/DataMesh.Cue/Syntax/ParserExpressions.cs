namespace DataMesh.Cue.Syntax;

internal sealed partial class Parser
{
    private Expression ParseExpression()
    {
        var opened = OpenNode();
        return CloseNode(opened, ParseBinary(1));
    }

    private Expression ParseBinary(int minimum)
    {
        var left = ParseUnary();
        while (true)
        {
            var precedence = Kind.GetPrecedence();
            if (precedence < minimum)
                return left;
            var opened = OpenNode();
            opened.Slot = 1;
            var @operator = Kind;
            var position = At;
            Next();
            var right = ParseOperandWithComments(opened, precedence + 1);
            left = CloseNode(opened, new BinaryExpression(left, @operator, right) { OperatorPosition = position });
        }
    }

    /// <summary>Reads a right operand; a comment behind the operator belongs behind the operand.</summary>
    private Expression ParseOperandWithComments(OpenedNode outer, int precedence)
    {
        var opened = OpenNode();
        foreach (var group in outer.TakeComments())
            opened.AddAfter(group);
        return CloseNode(opened, ParseBinary(precedence));
    }

    private Expression ParseUnary()
    {
        if (!IsUnaryOperator(Kind))
            return ParsePrimary();
        if (!Enter())
            return new BadExpression(At, At);
        try
        {
            var opened = OpenNode();
            var @operator = Kind;
            var position = At;
            Next();
            return CloseNode(opened, new UnaryExpression(@operator, ParseUnary()) { OperatorPosition = position });
        }
        finally
        {
            Leave();
        }
    }

    private static bool IsUnaryOperator(TokenKind kind) => kind is TokenKind.Add or TokenKind.Subtract or TokenKind.Not
        or TokenKind.Multiply or TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual
        or TokenKind.Equal or TokenKind.NotEqual or TokenKind.Match or TokenKind.NotMatch;

    private Expression ParsePrimary()
    {
        var outerDepth = _depth;
        if (!Enter())
            return new BadExpression(At, At);
        try
        {
            var operand = ParseOperand();
            while (true)
            {
                switch (Kind)
                {
                    case TokenKind.Dot:
                        operand = ParseSelector(operand);
                        break;
                    case TokenKind.LeftBracket:
                        operand = ParseIndexOrSlice(operand);
                        break;
                    case TokenKind.LeftParenthesis:
                        operand = ParseCall(operand);
                        break;
                    case TokenKind.Ellipsis:
                        if (!_experiments.Contains(Experiments.ExplicitOpen))
                            ReportExperiment(At, isFiltered: false, "postfix ... operator requires @experiment(explicitopen)");
                        operand = ParsePostfix(operand, PostfixOperator.Open);
                        break;
                    case TokenKind.Option when CanBeAbsent(operand) && !(operand is Identifier && IsNextColon()):
                        operand = ParsePostfix(operand, PostfixOperator.Try);
                        break;
                    default:
                        return operand;
                }

                // A chain nests as deeply as it is long.
                if (!Enter())
                    return operand;
            }
        }
        finally
        {
            _depth = outerDepth;
        }
    }

    private static bool CanBeAbsent(Expression operand) => operand switch
    {
        Identifier name => TokenKinds.FromIdentifier(name.Name) == TokenKind.Identifier,
        SelectorExpression or IndexExpression => true,
        _ => false,
    };

    private PostfixExpression ParsePostfix(Expression operand, PostfixOperator @operator)
    {
        var position = At;
        Next();
        return new PostfixExpression(operand, @operator) { OperatorPosition = position };
    }

    private SelectorExpression ParseSelector(Expression operand)
    {
        var opened = OpenNode();
        opened.Slot = 1;
        var dot = At;
        Next();
        Expression selector;
        var position = At;
        if (Kind == TokenKind.Identifier || Kind.IsKeyword())
        {
            selector = new Identifier(position, _token.Text);
            Next();
        }
        else if (Kind == TokenKind.String && _token.Text.StartsWith("\"", StringComparison.Ordinal)
            && !_token.Text.StartsWith("\"\"\"", StringComparison.Ordinal))
        {
            selector = ParseLiteral();
        }
        else
        {
            ReportExpected("selector");
            selector = new Identifier(position, "_");
            if (_asReported || !IsSeparator(Kind))
                Next();
        }

        return CloseNode(opened, new SelectorExpression(operand, selector) { Dot = dot });
    }

    private Expression ParseIndexOrSlice(Expression operand)
    {
        var opened = OpenNode();
        opened.Slot = 1;
        var left = At;
        Next();
        Expression? low = null;
        Expression? high = null;
        var isSlice = false;
        if (Kind != TokenKind.Colon)
            low = ParseExpression();
        if (Kind == TokenKind.Colon)
        {
            isSlice = true;
            Next();
            if (Kind is not (TokenKind.RightBracket or TokenKind.Colon or TokenKind.EndOfFile))
                high = ParseExpression();
        }

        if (Kind == TokenKind.Comma && !isSlice)
            Next();
        var right = Expect(TokenKind.RightBracket);
        if (isSlice)
            return CloseNode(opened, new SliceExpression(operand, low, high) { LeftBracket = left, RightBracket = right });
        return CloseNode(opened, new IndexExpression(operand, low!) { LeftBracket = left, RightBracket = right });
    }

    private CallExpression ParseCall(Expression function)
    {
        var opened = OpenNode();
        opened.Slot = 1;
        var left = At;
        Next();
        var arguments = new List<Expression>();
        while (Kind is not (TokenKind.RightParenthesis or TokenKind.EndOfFile))
        {
            var start = At;
            arguments.Add(ParseExpression());
            if (!PassComma("argument list", TokenKind.RightParenthesis, start))
                break;
        }

        var right = Expect(TokenKind.RightParenthesis);
        return CloseNode(opened, new CallExpression(function, arguments) { LeftParenthesis = left, RightParenthesis = right });
    }

    private Expression ParseOperand()
    {
        var position = At;
        switch (Kind)
        {
            case var kind when kind.IsName():
                var identifier = new Identifier(position, _token.Text);
                Next();
                return identifier;
            case TokenKind.Int or TokenKind.Float or TokenKind.String or TokenKind.Null or TokenKind.True or TokenKind.False:
                return ParseLiteral();
            case TokenKind.Interpolation:
                return ParseInterpolation();
            case TokenKind.Bottom:
                Next();
                return new BottomLiteral(position);
            case TokenKind.LeftParenthesis:
                return ParseParenthesized();
            case TokenKind.LeftBracket:
                return ParseList();
            case TokenKind.LeftBrace:
                return ParseStruct();
            default:
                ReportExpected("operand");
                Synchronize();
                return new BadExpression(position, At);
        }
    }

    private BasicLiteral ParseLiteral()
    {
        var literal = new BasicLiteral(At, Kind, _token.Text);
        Next();
        return literal;
    }

    private ParenthesizedExpression ParseParenthesized()
    {
        var opened = OpenNode();
        var left = At;
        Next();
        var expression = ParseExpression();
        var right = Expect(TokenKind.RightParenthesis);
        return CloseNode(opened, new ParenthesizedExpression(expression) { LeftParenthesis = left, RightParenthesis = right });
    }

    private Interpolation ParseInterpolation()
    {
        var opened = OpenNode();
        var elements = new List<Expression> { new BasicLiteral(At, TokenKind.String, _token.Text) };
        var start = At;
        var isOpen = true;
        while (isOpen && Kind != TokenKind.EndOfFile)
        {
            Next();
            if (Kind == TokenKind.LeftParenthesis)
                Next();
            var end = At;
            var isMissing = Kind == TokenKind.EndOfFile || _token.IsImpliedComma;
            elements.Add(ParseExpression());
            if (isMissing && _asReported && end.Spacing == Spacing.NoSpace)
                _errors.Add(end.Offset, "unmatched close list");
            if (_token.IsImpliedComma)
                Next();
            if (Kind != TokenKind.RightParenthesis)
                Report(At, $"expected ')' for string interpolation, found {DescribeToken()}");
            var spacing = At.Spacing;
            _token = _scanner.ResumeInterpolation();
            // A string without an end that ends like an opened interpolation is taken for one.
            isOpen = Kind == TokenKind.Interpolation || (_asReported && _token.Text.EndsWith("(", StringComparison.Ordinal));
            elements.Add(new BasicLiteral(At.WithSpacing(spacing), TokenKind.String, _token.Text));
        }

        if (!Quotes.HasMatchingIndentation(elements))
            Report(start, "non-matching whitespace for multiline strings");
        Next();
        return CloseNode(opened, new Interpolation(elements));
    }

    private ListLiteral ParseList()
    {
        var opened = OpenNode();
        var left = At;
        Next();
        var elements = new List<Expression>();
        var isLastImplied = true;
        var hasLineBreaks = false;
        while (Kind is not (TokenKind.RightBracket or TokenKind.EndOfFile))
        {
            var start = At;
            hasLineBreaks |= elements.Count > 0 && isLastImplied;
            if (Kind == TokenKind.Ellipsis)
            {
                elements.Add(ParseListEllipsis(out isLastImplied));
                break;
            }

            var isComprehension = IsAtComprehension();
            elements.Add(isComprehension ? ParseComprehension() : ParseListElement());
            if (!isComprehension && Kind is TokenKind.For or TokenKind.If)
                break;
            isLastImplied = Kind != TokenKind.Comma || _token.IsImpliedComma;
            if (!PassComma("list literal", TokenKind.RightBracket, start))
                break;
        }

        var right = Expect(TokenKind.RightBracket);
        var hasCommas = elements.Count > 1 ? !hasLineBreaks : !isLastImplied;
        return CloseNode(opened, new ListLiteral(elements) { HasCommas = hasCommas, LeftBracket = left, RightBracket = right });
    }

    private Ellipsis ParseListEllipsis(out bool isLastImplied)
    {
        var opened = OpenNode();
        var position = At;
        Next();
        var type = Kind is TokenKind.Comma or TokenKind.RightBracket or TokenKind.EndOfFile ? null : ParseExpression();
        var ellipsis = CloseNode(opened, new Ellipsis(position, type));
        isLastImplied = Kind != TokenKind.Comma || _token.IsImpliedComma;
        var hasComma = Kind == TokenKind.Comma;
        if (PassComma("list literal", TokenKind.RightBracket, position) && !hasComma && Kind == TokenKind.Comma)
            Next();
        return ellipsis;
    }

    private Expression ParseListElement()
    {
        var opened = OpenNode();
        var expression = ParseExpression();
        if (Kind == TokenKind.Bind && expression is Identifier name)
        {
            var equalSign = At;
            ReportOldAlias();
            Next();
            expression = new AliasExpression(name, ParseExpression()) { EqualSign = equalSign };
            CheckReserved(name);
        }

        if (expression is StructLiteral)
            MoveOpeningComments(expression, expression);
        return CloseNode(opened, expression);
    }

    private StructLiteral ParseStruct()
    {
        var opened = OpenNode();
        var left = Expect(TokenKind.LeftBrace);
        var declarations = new List<Declaration>();
        ParseDeclarations(declarations);
        var right = Expect(TokenKind.RightBrace);
        return CloseNode(opened, new StructLiteral(declarations) { LeftBrace = left, RightBrace = right });
    }
}
