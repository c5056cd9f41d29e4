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
                return SyntaxBuilder.String(text.Value);
            case BytesExpr bytes:
                return SyntaxBuilder.Bytes(bytes.Value);
            case TopExpr:
                return SyntaxBuilder.Name("_");
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
                return ConvertInterpolation(interpolation);
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
                return new CallExpression(Operand(call.Function), [.. call.Arguments.Select(Convert)]);
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
            case { Source: Identifier reference }:
                return SyntaxBuilder.Name(reference.Name);
            case ValueExpr value:
                return Evaluated(value.Value as Vertex, value.Value as Vertex is null ? value.Value : null);
            default:
                return new BottomLiteral(default);
        }
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

    private static int Rank(Expr expr) => expr switch
    {
        PredeclaredExpr or TopExpr => 0,
        ReferenceExpr or ImportRef or SelectorExpr => 1,
        NullExpr or BoolExpr or NumberExpr or StringExpr or BytesExpr => 2,
        StructExpr or StructBodyExpr or ListExpr => 4,
        _ => 3,
    };

    private Expression ConvertDisjunction(DisjunctionExpr disjunction) =>
        SyntaxBuilder.Any([.. disjunction.Disjuncts.Select(each => each.IsDefault ? SyntaxBuilder.Unary(TokenKind.Multiply, Convert(each.Expr)) : Convert(each.Expr))]);

    private Expression ConvertInterpolation(InterpolationExpr interpolation)
    {
        // The pieces of text keep their form.
        if (interpolation.Source is not Interpolation source)
            return new BottomLiteral(default);
        var elements = new List<Expression>(source.Elements.Count);
        for (var i = 0; i < source.Elements.Count; i++)
            elements.Add(i % 2 == 0 ? source.Elements[i] : Convert(interpolation.Parts[i / 2]));
        return new Interpolation(elements);
    }

    private ListLiteral ConvertList(ListExpr list)
    {
        var elements = list.Elements.Select(Convert).ToList();
        if (list.IsOpen)
            elements.Add(new Ellipsis(default, list.Tail is null or TopExpr ? null : Convert(list.Tail)));
        return new ListLiteral(elements);
    }

    private Comprehension ConvertComprehension(ComprehensionExpr comprehension)
    {
        // Whether it begins a line is as in the source.
        var start = Position.Synthetic(comprehension.Position.Spacing);
        var clauses = new List<Clause>(comprehension.Clauses.Count);
        foreach (var clause in comprehension.Clauses)
        {
            var at = clauses.Count == 0 ? start : default;
            clauses.Add(clause switch
            {
                ForClauseExpr { Source: ForClause source } loop => new ForClause(source.Key is { } key ? SyntaxBuilder.Name(key.Name) : null, SyntaxBuilder.Name(source.Value.Name), Convert(loop.Collection)) { ForPosition = at },
                IfClauseExpr guard => new IfClause(Convert(guard.Condition)) { IfPosition = at },
                LetClauseExpr let => new LetClause(SyntaxBuilder.Name(let.Let.Name), Convert(let.Let.Value)) { LetPosition = at },
                TryClauseExpr { Let: { } attempted } => new TryClause(SyntaxBuilder.Name(attempted.Name), Convert(attempted.Value)) { TryPosition = at },
                _ => new TryClause(null, null) { TryPosition = at },
            });
        }

        var fallback = (comprehension.Source as Comprehension)?.Fallback is { } written && comprehension.Fallback is { } value
            ? new FallbackClause(written.Keyword, AsStruct(Convert(value)))
            : null;
        return new Comprehension(clauses, AsStruct(Convert(comprehension.Value))) { Fallback = fallback };
    }

    private static StructLiteral AsStruct(Expression expression) =>
        expression as StructLiteral ?? SyntaxBuilder.Struct([new Embedding(expression)]);

    /// <summary>A struct as it is written, <c>let</c> clauses first.</summary>
    private StructLiteral ConvertStruct(StructExpr literal)
    {
        var source = literal.Source switch
        {
            StructLiteral written => written.Declarations,
            CueFile file => file.Declarations,
            _ => [],
        };
        return SyntaxBuilder.Struct(WithLets([source], declarations =>
        {
            foreach (var declaration in literal.Declarations)
                declarations.Add(ConvertDeclaration(declaration));
        }));
    }

    private Declaration ConvertDeclaration(Decl declaration)
    {
        switch (declaration)
        {
            case FieldDecl field:
                return Field(field.Source as Field, SyntaxBuilder.LabelOf(field.Label), field.Type, field.Value);
            case DynamicFieldDecl field:
                var written = (field.Source as Field)?.Label;
                var label = Convert(field.Label);
                return Field(field.Source as Field, written is ParenthesizedExpression ? SyntaxBuilder.Parenthesize(label) : label, field.Type, field.Value);
            case PatternDecl pattern:
                return Field(pattern.Source as Field, new PatternLabel(Aliased((pattern.Source as Field)?.Label, Convert(pattern.Pattern))), ArcType.Member, pattern.Value);
            case EmbedDecl { Value: ComprehensionExpr comprehension }:
                return new ComprehensionDeclaration(ConvertComprehension(comprehension));
            case EmbedDecl embedding:
                return new Embedding(FieldValue(embedding.Value));
            default:
                return new EllipsisDeclaration(new Ellipsis(default, null));
        }
    }

    private static Expression Aliased(Expression? written, Expression pattern) =>
        written is PatternLabel { Pattern: AliasExpression alias } ? new AliasExpression(SyntaxBuilder.Name(alias.Name.Name), pattern) : pattern;

    private Field Field(Field? source, Expression label, ArcType type, Expr value)
    {
        var converted = FieldValue(value);
        if (source?.Value is AliasExpression alias)
            converted = new AliasExpression(SyntaxBuilder.Name(alias.Name.Name), converted);
        return new Field(label, converted)
        {
            Alias = source?.Alias is { } name ? new LabelAlias(SyntaxBuilder.Name(name.Name.Name)) : null,
            PostfixAlias = source?.PostfixAlias,
            Constraint = Constraint(type),
            Attributes = options.ShowAttributes && source is not null ? source.Attributes : [],
            Comments = options.ShowComments && source is not null ? Documentation(source) : [],
        };
    }

    /// <summary>A literal that is the value of a field keeps its form.</summary>
    private Expression FieldValue(Expr value) => value.Source is BasicLiteral { Kind: TokenKind.String or TokenKind.Int or TokenKind.Float } literal ? Literal(literal) : Convert(value);

    private static BasicLiteral Literal(BasicLiteral literal) => new(default, literal.Kind, literal.Text);

    private static FieldConstraint Constraint(ArcType type) => type switch
    {
        ArcType.Optional => FieldConstraint.Optional,
        ArcType.Required => FieldConstraint.Required,
        _ => FieldConstraint.None,
    };

    private static List<CommentGroup> Documentation(Field source) => [.. source.Comments.Where(static group => group.IsDocumentation)];
}
