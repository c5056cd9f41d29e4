using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <content>Expressions as they were bound, written anew: parentheses only where they are needed, literals in their usual form.</content>
internal sealed partial class SyntaxExporter
{
    private Expression Convert(Expr expr)
    {
        Enter();
        var result = ConvertCore(expr);
        Leave();
        return result;
    }

    private Expression ConvertCore(Expr expr)
    {
        switch (expr)
        {
            case NullExpr:
                return SyntaxBuilder.Null();
            case BoolExpr boolean:
                return SyntaxBuilder.Bool(boolean.Value);
            case NumberExpr number:
                return SyntaxBuilder.Number(new NumberConstant(BigDecimal.Parse(number.Text), number.IsInteger ? CueKind.Int : CueKind.Float));
            case StringExpr text:
                return Indented(SyntaxBuilder.String(text.Value));
            case BytesExpr bytes:
                return Indented(SyntaxBuilder.Bytes(bytes.Value));
            case TopExpr:
                return SyntaxBuilder.Name("_");
            case BottomExpr:
                return new BottomLiteral(default) { Comments = [SyntaxBuilder.LineComment("explicit error (_|_ literal) in source")] };
            case PredeclaredExpr predeclared:
                return SyntaxBuilder.Name(predeclared.Source is Identifier written ? written.Name : predeclared.Name);
            case BoundExpr bound:
                return SyntaxBuilder.Unary(bound.Operator, Convert(bound.Operand));
            case UnaryExpr unary:
                return SyntaxBuilder.Unary(unary.Operator, Convert(unary.Operand));
            case BinaryExpr { Operator: TokenKind.And } both:
                return SyntaxBuilder.All(Ranked(Conjuncts(both)));
            case BinaryExpr binary:
                return ConvertChain(binary);
            case DisjunctionExpr disjunction:
                return ConvertDisjunction(disjunction);
            case InterpolationExpr interpolation:
                return new Interpolation([.. InterpolationParts(interpolation)]);
            case ListExpr list:
                return ConvertList(list);
            case StructExpr literal:
                return ConvertStruct(literal);
            case StructBodyExpr body:
                return ConvertStruct(body.Literal);
            case ComprehensionExpr comprehension:
                return ConvertComprehension(comprehension);
            case SelectorExpr selector:
                return new SelectorExpression(Operand(selector.Operand), SyntaxBuilder.LabelOf(selector.Label));
            case IndexExpr index:
                return new IndexExpression(Operand(index.Operand), Convert(index.Index));
            case SliceExpr slice:
                return new SliceExpression(Operand(slice.Operand), slice.Low is null ? null : Convert(slice.Low), slice.High is null ? null : Convert(slice.High));
            case CallExpr call:
                return new CallExpression(call.Function is PredeclaredExpr builtin ? Called(builtin.Name) : Operand(call.Function), [.. call.Arguments.Select(Convert)]);
            case OpenExpr open:
                return new PostfixExpression(Operand(open.Operand), PostfixOperator.Open);
            case TryExpr attempt:
                return new PostfixExpression(Operand(attempt.Operand), PostfixOperator.Try);
            case ImportRef import:
                return Import(import.Path, (import.Source as Identifier)?.Name);
            case LetRef let:
                return Refer(let.Let);
            case FieldRef field:
                return SyntaxBuilder.Name(field.Source is Identifier name ? name.Name : field.Label.Text);
            case LabelRef label when DynamicLabel(label) is { IsValid: true } known:
                return Indented(SyntaxBuilder.String(known.Text));
            case { Source: Identifier reference }:
                return SyntaxBuilder.Name(reference.Name);
            case ValueExpr value:
                return Evaluated(value.Value as Vertex, value.Value as Vertex is null ? value.Value : null);
            default:
                return new BottomLiteral(default);
        }
    }

    /// <summary>The label that a pattern matched, when the expression is that of a field that exists.</summary>
    private Label DynamicLabel(LabelRef reference)
    {
        var env = _env;
        for (var up = reference.Up - _scopes; up > 0 && env is not null; up--)
            env = env.Up;
        return reference.Up < _scopes || env is null ? default : env.DynamicLabel;
    }

    /// <summary>The expression of a conjunct, whose environment is known.</summary>
    private Expression Convert(Conjunct conjunct, Expr expr)
    {
        var (env, scopes) = (_env, _scopes);
        (_env, _scopes) = (conjunct.Env, 0);
        var result = Convert(expr);
        (_env, _scopes) = (env, scopes);
        return result;
    }

    /// <summary>What a selector, an index or a call is applied to.</summary>
    private Expression Operand(Expr expr)
    {
        var operand = Convert(expr);
        return operand is BinaryExpression or UnaryExpression ? SyntaxBuilder.Parenthesize(operand) : operand;
    }

    /// <summary>A chain of operators is as long as its left operands are deep.</summary>
    private Expression ConvertChain(BinaryExpr binary)
    {
        var chain = new Stack<BinaryExpr>();
        Expr left = binary;
        while (left is BinaryExpr { Operator: not TokenKind.And } next)
        {
            chain.Push(next);
            left = next.Left;
        }

        var result = Convert(left);
        while (chain.Count > 0)
        {
            var next = chain.Pop();
            result = SyntaxBuilder.Binary(result, next.Operator, Convert(next.Right));
        }

        return result;
    }

    private static List<Expr> Conjuncts(Expr expr)
    {
        var operands = new List<Expr>();
        while (expr is BinaryExpr { Operator: TokenKind.And } both)
        {
            var right = Conjuncts(both.Right);
            right.Reverse();
            operands.AddRange(right);
            expr = both.Left;
        }

        operands.Add(expr);
        operands.Reverse();
        return operands;
    }

    /// <summary>Conjuncts in the order that CUE writes them in: types, references, atoms, what is computed, and literals.</summary>
    private List<Expression> Ranked(IEnumerable<Expr> conjuncts) => [.. conjuncts.OrderBy(Rank).Select(Convert)];

    private List<Expression> Ranked(IEnumerable<(Conjunct Conjunct, Expr Expr)> conjuncts) =>
        [.. conjuncts.OrderBy(static each => Rank(each.Expr)).ThenBy(static each => each.Expr.Position).Select(each => Convert(each.Conjunct, each.Expr))];

    private static int Rank(Expr expr) => expr switch
    {
        // Ranges of numbers come after everything else.
        PredeclaredExpr predeclared when PredeclaredTypes.IsRange(predeclared.Name) => 5,
        PredeclaredExpr or TopExpr => 0,
        ReferenceExpr or ImportRef or SelectorExpr => 1,
        NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr => 2,
        StructExpr or StructBodyExpr or ListExpr => 4,
        _ => 3,
    };

    private Expression ConvertDisjunction(DisjunctionExpr disjunction) =>
        SyntaxBuilder.Any([.. disjunction.Disjuncts.Select(each => each.IsDefault ? SyntaxBuilder.Unary(TokenKind.Multiply, Convert(each.Expr)) : Convert(each.Expr))]);

    private string Indentation => string.Concat(Enumerable.Repeat(options.IndentBlanks == 0 ? "\t" : new string(' ', options.IndentBlanks), _levels + 1));

    /// <summary>A literal over several lines is indented by its path; where lines are not too deep the formatter moves it.</summary>
    private Expression Indented(Expression expression) => expression is BasicLiteral { Kind: TokenKind.String } literal && literal.Text.IndexOf('\n') >= 0
        ? new BasicLiteral(literal.Start, literal.Kind, string.Join("\n", literal.Text.Split('\n').Select((line, i) => i == 0 || line.Length == 0 ? line : Indentation + line)))
        : expression;

    /// <summary>Texts and expressions in turn, over several lines where a text has a line break.</summary>
    private IEnumerable<Expression> InterpolationParts(InterpolationExpr interpolation)
    {
        var isMultiline = interpolation.Texts.Any(static text => text.IsBytes ? Array.IndexOf(text.Bytes, (byte)'\n') >= 0 : text.Text.IndexOf('\n') >= 0);
        var quote = interpolation.IsBytes ? '\'' : '"';
        var newline = "\n" + Indentation;
        for (var i = 0; i < interpolation.Texts.Count; i++)
        {
            var text = StringEncoder.Escape(interpolation.Texts[i], isMultiline ? newline : null);
            if (isMultiline && i < interpolation.Parts.Count && text.EndsWith("\n", StringComparison.Ordinal))
                text += Indentation;
            if (i == 0)
                text = isMultiline ? new string(quote, 3) + newline + text : quote + text;
            else
                text = ")" + text;
            if (i < interpolation.Parts.Count)
                text += "\\(";
            else
                text += isMultiline ? newline + new string(quote, 3) : quote.ToString();
            yield return new BasicLiteral(default, TokenKind.String, text);
            if (i < interpolation.Parts.Count)
                yield return Convert(interpolation.Parts[i]);
        }
    }

    private ListLiteral ConvertList(ListExpr list)
    {
        _levels++;
        var elements = list.Elements.Select(Convert).ToList();
        if (list.IsOpen)
            elements.Add(new Ellipsis(default, list.Tail is null or TopExpr ? null : Convert(list.Tail)));
        _levels--;
        return new ListLiteral(elements);
    }

    /// <param name="comprehension">The comprehension.</param>
    /// <param name="spacing">What is before it; in a struct that is as in the source.</param>
    private Comprehension ConvertComprehension(ComprehensionExpr comprehension, Spacing? spacing = null)
    {
        var start = spacing is { } given ? Position.Synthetic(given) : Broken(comprehension.Position.Spacing);
        var scopes = _scopes;
        var clauses = new List<Clause>(comprehension.Clauses.Count);
        foreach (var clause in comprehension.Clauses)
        {
            var at = clauses.Count == 0 ? start : Broken(clause.Source.Start.Spacing);
            clauses.Add(clause switch
            {
                ForClauseExpr { Source: ForClause source } loop => new ForClause(source.Key is { } key ? SyntaxBuilder.Name(key.Name) : null, SyntaxBuilder.Name(source.Value.Name), Convert(loop.Collection)) { ForPosition = at },
                IfClauseExpr guard => new IfClause(Convert(guard.Condition)) { IfPosition = at },
                LetClauseExpr let => new LetClause(SyntaxBuilder.Name(let.Let.Name), Convert(let.Let.Value)) { LetPosition = at },
                TryClauseExpr { Let: { } attempted } => new TryClause(SyntaxBuilder.Name(attempted.Name), Convert(attempted.Value)) { TryPosition = at },
                _ => new TryClause(null, null) { TryPosition = at },
            });
            if (clause is ForClauseExpr or LetClauseExpr or TryClauseExpr { Let: not null })
                _scopes++;
        }

        var body = AsStruct(Convert(comprehension.Value));
        _scopes = scopes;

        var fallback = (comprehension.Source as Comprehension)?.Fallback is { } written && comprehension.Fallback is { } value
            ? new FallbackClause(written.Keyword, AsStruct(Convert(value)))
            : null;
        return new Comprehension(clauses, body) { Fallback = fallback };
    }

    /// <summary>A line break where the source has one.</summary>
    private static Position Broken(Spacing spacing) => Position.Synthetic(spacing is Spacing.Newline or Spacing.NewSection ? spacing : Spacing.None);

    private static StructLiteral AsStruct(Expression expression) =>
        expression as StructLiteral ?? SyntaxBuilder.Struct([new Embedding(expression)]);

    private Expression ConvertStruct(StructExpr literal)
    {
        _scopes++;
        var result = Merge([literal]);
        _scopes--;
        return result;
    }

    /// <summary>A struct as it is written, <c>let</c> clauses first.</summary>
    private StructLiteral WriteStruct(StructExpr literal) => SyntaxBuilder.Struct(WithLets([SourceOf(literal)], declarations =>
    {
        foreach (var attribute in literal.Attributes)
        {
            if (options.ShowAttributes && !_preamble.Contains(attribute))
                declarations.Add(new AttributeDeclaration(new AttributeNode(default, attribute.Text)));
        }

        foreach (var declaration in literal.Declarations)
        {
            if (declaration is not EllipsisDecl || options.IsEvaluated)
                declarations.Add(ConvertDeclaration(declaration, declarations.Count == 0, options.ShowAttributes || ReferenceEquals(literal, _incomplete)));
        }

        if (literal.IsOpen && !options.IsEvaluated)
            declarations.Add(new EllipsisDeclaration(new Ellipsis(default, null)));
    }));

    private Declaration ConvertDeclaration(Decl declaration, bool isFirst, bool showsAttributes)
    {
        switch (declaration)
        {
            case FieldDecl field:
                return Field(field.Source as Field, WrittenLabel(field), field.Type, field.Value, showsAttributes);
            case DynamicFieldDecl field:
                var written = (field.Source as Field)?.Label;
                var label = KnownText(field.Label) ?? Convert(field.Label);
                return Field(field.Source as Field, written is ParenthesizedExpression ? SyntaxBuilder.Parenthesize(label) : label, field.Type, field.Value, showsAttributes);
            case PatternDecl pattern:
                return Field(pattern.Source as Field, new PatternLabel(Aliased((pattern.Source as Field)?.Label, Convert(pattern.Pattern))), ArcType.Member, pattern.Value, showsAttributes);
            case EmbedDecl { Value: ComprehensionExpr comprehension }:
                var spacing = comprehension.Position.Spacing switch
                {
                    Spacing.Newline => Spacing.Newline,
                    Spacing.NewSection or Spacing.Blank when !isFirst => comprehension.Position.Spacing,
                    Spacing.NewSection => Spacing.Newline,
                    _ => isFirst ? Spacing.None : Spacing.Newline,
                };
                return new ComprehensionDeclaration(ConvertComprehension(comprehension, spacing)) { Comments = options.ShowComments && declaration.Source is { } commented ? Documentation(commented.Comments) : [] };
            case EmbedDecl embedding:
                return new Embedding(FieldValue(embedding.Value));
            default:
                return new EllipsisDeclaration(new Ellipsis(default, null));
        }
    }

    /// <summary>The label that an interpolation is whose parts are literals.</summary>
    private Expression? KnownText(Expr label)
    {
        if (label is not InterpolationExpr interpolation || !interpolation.Parts.All(static part => part is not NullExpr && IsComputable(part, 0)))
            return null;
        var vertex = new Vertex(null, default) { IsDetached = true };
        vertex.Conjuncts.Add(new Conjunct(label, new Env(null, vertex), ConjunctInfo.Root));
        context.Run(vertex);
        return vertex.Base is StringConstant text ? SyntaxBuilder.String(text.Value, isMultiline: false) : null;
    }

    /// <summary>Labels that are written as strings stay so, but in definitions, which are simplified.</summary>
    private Expression WrittenLabel(FieldDecl field) => !options.IsEvaluated ? SyntaxBuilder.SimpleLabelOf(field.Label)
        : field.Source is Field { Label: ParenthesizedExpression } or Field { Label: BasicLiteral, Alias: not null } && field.Label.Kind == LabelKind.String ? SyntaxBuilder.String(field.Label.Text, isMultiline: false)
        : SyntaxBuilder.LabelOf(field.Label);

    private static Expression Aliased(Expression? written, Expression pattern) =>
        written is PatternLabel { Pattern: AliasExpression alias } ? new AliasExpression(SyntaxBuilder.Name(alias.Name.Name), pattern) : pattern;

    private Field Field(Field? source, Expression label, ArcType type, Expr value, bool showsAttributes)
    {
        var converted = FieldValue(value);
        if (source?.Value is AliasExpression alias)
            converted = new AliasExpression(SyntaxBuilder.Name(alias.Name.Name), converted);
        return new Field(label, Collapsed(label, converted, source))
        {
            Alias = source?.Alias is { } name ? new LabelAlias(SyntaxBuilder.Name(name.Name.Name)) : null,
            PostfixAlias = source?.PostfixAlias,
            Constraint = Constraint(type),
            Attributes = showsAttributes && source is not null ? Distinct(source.Attributes) : [],
            Comments = options.ShowComments && source is not null ? Documentation([source]) : [],
        };
    }

    /// <summary>
    /// A struct with one field is shown without braces, but not in a definition, nor where a comment or attribute would
    /// lose its place.
    /// </summary>
    private Expression Collapsed(Expression label, Expression value, params IReadOnlyList<Field?> sources) =>
        options.IsBrief && value is StructLiteral { Declarations: [Field { Attributes.Count: 0, Comments.Count: 0 }] } literal
        && label is not Identifier { IsDefinition: true } && sources.All(static source => source is null || source.Attributes.Count == 0)
            ? new StructLiteral(literal.Declarations) { HasBraces = false }
            : value;

    /// <summary>A literal that is the value of a field keeps its form.</summary>
    private Expression FieldValue(Expr value) => value.Source is BasicLiteral { Kind: TokenKind.String or TokenKind.Int or TokenKind.Float } literal ? Literal(literal) : Convert(value);

    private static BasicLiteral Literal(BasicLiteral literal) => new(default, literal.Kind, literal.Text);

    private static FieldConstraint Constraint(ArcType type) => type switch
    {
        ArcType.Optional => FieldConstraint.Optional,
        ArcType.Required => FieldConstraint.Required,
        _ => FieldConstraint.None,
    };

    /// <summary>
    /// The doc comments of the declarations of a field, and those below the last one of a struct, with an empty line between
    /// them; those of a chain are nobody's.
    /// </summary>
    private static List<CommentGroup> Documentation(IEnumerable<Field> sources)
    {
        List<Field> commented = [.. sources.Where(static source => source.Value is not StructLiteral { HasBraces: false })];
        return [.. Documentation(commented.SelectMany(static source => source.Comments)), .. Commented(commented.Select(static source => source.ClosingComment).OfType<CommentGroup>(), CommentGroup.SlotAfterNode)];
    }

    private static List<CommentGroup> Documentation(IEnumerable<CommentGroup> groups) => Commented(groups.Where(static group => group.IsDocumentation), 0);

    private static List<CommentGroup> Commented(IEnumerable<CommentGroup> groups, int slot)
    {
        var result = new List<CommentGroup>();
        foreach (var group in groups)
        {
            if (result.Exists(other => string.Equals(other.GetText(), group.GetText(), StringComparison.Ordinal)))
                continue;
            var spacing = result.Count > 0 ? Spacing.NewSection : group.Start.Spacing;
            var lines = group.Lines.Select((line, i) => new Comment(i == 0 ? Position.Synthetic(spacing) : default, line.Text)).ToList();
            result.Add(new CommentGroup(lines) { IsDocumentation = slot == 0, Slot = slot });
        }

        return result;
    }

    private static List<AttributeNode> Distinct(IEnumerable<AttributeNode> attributes)
    {
        var result = new List<AttributeNode>();
        foreach (var attribute in attributes)
        {
            if (!result.Exists(other => string.Equals(other.Text, attribute.Text, StringComparison.Ordinal)))
                result.Add(new AttributeNode(default, attribute.Text));
        }

        return result;
    }
}
