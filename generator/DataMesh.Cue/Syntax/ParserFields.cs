namespace DataMesh.Cue.Syntax;

internal sealed partial class Parser
{
    private const string OldAlias =
        "old-style alias syntax (=) is not allowed with @experiment(aliasv2); use postfix syntax (~X or ~(K,V))";

    private const string LabelOrColon = "label or ':'";

    /// <summary>Reads a field, or an embedding, which begins alike.</summary>
    private Declaration ParseField()
    {
        var opened = OpenNode();
        var (field, expression) = ParseFieldOrExpression(opened, isFirst: true);
        return field ?? CloseNode<Declaration>(opened, new Embedding(expression!));
    }

    /// <summary>
    /// Reads up to the first colon to know whether there is a field. Behind a colon (<paramref name="isFirst"/> is false) the
    /// same decides between a value and the next label of a chain.
    /// </summary>
    private (Field? Field, Expression? Expression) ParseFieldOrExpression(OpenedNode opened, bool isFirst)
    {
        if (!Enter())
            return (null, new BadExpression(At, At));
        try
        {
            if (!isFirst && Kind == TokenKind.Let && IsNextIdentifier())
            {
                // Taken by cue too, and without a meaning; what follows is the value.
                var start = At;
                ParseLetClause();
                PassComma("struct literal", TokenKind.RightBrace, start);
                return (null, ParseExpression());
            }

            var isReserved = Kind == TokenKind.Func;
            var expression = ParseLabelOrExpression(isFirst);
            LabelAlias? alias = null;
            if (Kind == TokenKind.Bind && expression is Identifier name)
            {
                var equalSign = At;
                ReportOldAlias();
                Next();
                expression = ParseExpression();
                CheckReserved(name);
                if (!isFirst && !(IsAtLabelMark() && IsLabel(expression, isAliased: true)))
                    return (null, new AliasExpression(name, expression) { EqualSign = equalSign });
                alias = new LabelAlias(name) { EqualSign = equalSign };
            }

            if (!IsLabel(expression, alias is not null))
            {
                if (alias is not null)
                    ReportExpected(LabelOrColon);
                return (null, expression);
            }

            return ParseLabelled(opened, isFirst, isReserved, expression, alias);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Keywords that begin clauses are labels, or names that stand alone, where they are followed like one.</summary>
    private Expression ParseLabelOrExpression(bool isFirst)
    {
        if (Kind != TokenKind.Let && !(isFirst && Kind is TokenKind.For or TokenKind.If))
            return ParseExpression();
        var name = new Identifier(At, _token.Text);
        Next();
        return name;
    }

    private void ReportOldAlias()
    {
        _hasAliases = true;
        if (_experiments.Contains(Experiments.AliasV2))
            Report(At, OldAlias);
    }

    private (Field? Field, Expression? Expression) ParseLabelled(
        OpenedNode opened, bool isFirst, bool isReserved, Expression expression, LabelAlias? alias)
    {
        var postfixAlias = Kind == TokenKind.Tilde ? ParsePostfixAlias() : null;
        var constraint = FieldConstraint.None;
        var constraintPosition = default(Position);
        if (Kind is TokenKind.Option or TokenKind.Not)
        {
            constraint = Kind == TokenKind.Option ? FieldConstraint.Optional : FieldConstraint.Required;
            constraintPosition = At;
            Next();
        }

        if (alias is not null && postfixAlias is not null)
            ReportExperiment(alias.Start, isFiltered: true, "field has both label alias and postfix alias");
        var isMarked = constraint != FieldConstraint.None || (postfixAlias is not null && _experiments.Contains(Experiments.AliasV2));
        if (Kind != TokenKind.Colon && (isFirst || !isMarked))
        {
            if (!isFirst)
                return (null, expression);
            var isNoValue = alias is not null || isReserved;
            if (isNoValue && Kind == TokenKind.Comma)
                Next();
            if (isNoValue || Kind is not (TokenKind.Comma or TokenKind.RightBrace or TokenKind.EndOfFile))
            {
                ReportExpected(LabelOrColon);
                _isCommaOptional = true;
            }

            return (null, expression);
        }

        // In a chain (`a: __b: 1`) cue takes it.
        if (isFirst && alias is null && expression is Identifier name)
            CheckReserved(name);
        var colon = Expect(TokenKind.Colon);
        var label = ToLabel(expression);
        var value = ParseFieldValue();
        List<AttributeNode>? attributes = null;
        while (Kind == TokenKind.Attribute)
            (attributes ??= []).Add(ParseAttribute());
        var field = new Field(label, value)
        {
            Alias = alias,
            PostfixAlias = postfixAlias,
            Constraint = constraint,
            ConstraintPosition = constraintPosition,
            Colon = colon,
            Attributes = attributes ?? (IReadOnlyList<AttributeNode>)[],
        };
        return (CloseNode(opened, field), null);
    }

    private Expression ParseFieldValue()
    {
        var opened = OpenNode();
        var start = At;
        var (field, expression) = ParseFieldOrExpression(opened, isFirst: false);
        if (field is not null)
            return new StructLiteral([field]) { HasBraces = false, LeftBrace = start };
        return CloseNode(opened, expression!);
    }

    /// <summary>Reads <c>~X</c> or <c>~(K,V)</c>.</summary>
    private PostfixAlias ParsePostfixAlias()
    {
        var tilde = At;
        _hasAliases = true;
        if (!_experiments.Contains(Experiments.AliasV2))
            ReportExperiment(At, isFiltered: true, "postfix alias syntax requires @experiment(aliasv2)");
        Next();
        if (Kind == TokenKind.Identifier)
        {
            var field = new Identifier(At, _token.Text);
            Next();
            if (field.Name == "_")
                Report(tilde, "single postfix alias \"_\" field cannot be the blank identifier");
            return new PostfixAlias(null, field) { Tilde = tilde };
        }

        if (Kind != TokenKind.LeftParenthesis)
        {
            ReportExpected("identifier or '('");
            return new PostfixAlias(null, null) { Tilde = tilde };
        }

        var left = At;
        Next();
        var first = ParseAliasName("label");
        if (Kind == TokenKind.RightParenthesis)
        {
            var end = At;
            Next();
            return new PostfixAlias(null, first) { Tilde = tilde, LeftParenthesis = left, RightParenthesis = end };
        }

        var comma = Expect(TokenKind.Comma);
        var second = ParseAliasName("field");
        var right = Expect(TokenKind.RightParenthesis);
        if (first?.Name == "_" && second?.Name == "_")
            Report(tilde, "both label and field in postfix alias cannot be the blank identifier");
        return new PostfixAlias(first, second) { Tilde = tilde, LeftParenthesis = left, Comma = comma, RightParenthesis = right };
    }

    private Identifier? ParseAliasName(string what)
    {
        if (Kind != TokenKind.Identifier)
        {
            ReportExpected($"identifier for {what} alias");
            return null;
        }

        var name = new Identifier(At, _token.Text);
        Next();
        return name;
    }

    /// <summary>Whether the current token shows that what was read is a label.</summary>
    private bool IsAtLabelMark() => Kind is TokenKind.Colon or TokenKind.Option or TokenKind.Tilde or TokenKind.Not;

    private static bool IsLabel(Expression expression, bool isAliased) => expression switch
    {
        Identifier or Interpolation or ListLiteral or ParenthesizedExpression => true,
        BasicLiteral literal => isAliased || literal.Kind is TokenKind.String or TokenKind.Null or TokenKind.True or TokenKind.False,
        _ => false,
    };

    private Expression ToLabel(Expression expression)
    {
        if (expression is not ListLiteral list)
            return expression;
        if (list.Elements.Count != 1)
            Report(list.Start, "square bracket must have exactly one element");
        var pattern = list.Elements.Count > 0 ? list.Elements[0] : new BadExpression(list.LeftBracket, list.RightBracket);
        return new PatternLabel(pattern) { LeftBracket = list.LeftBracket, RightBracket = list.RightBracket, Comments = list.Comments };
    }
}
