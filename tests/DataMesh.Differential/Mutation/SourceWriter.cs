using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;
using DataMesh.Differential.Generation;

namespace DataMesh.Differential.Mutation;

/// <summary>Writes trees as source that can be shrunk. Comments are left out, and fields of a chain get their braces.</summary>
internal abstract class SourceWriter
{
    protected virtual Fragment Declarations(IEnumerable<Declaration> declarations) => Fragment.Sequence("\n", declarations.Select(Declaration));

    protected virtual Fragment Declaration(Declaration declaration) => declaration switch
    {
        Field field => Fragment.Member($"{Label(field)}{Mark(field.Constraint)}: {Expression(field.Value)}{Attributes(field)}"),
        Embedding embedding => Fragment.Member($"{Expression(embedding.Expression)}"),
        LetDeclaration let => Fragment.Member($"{Clause(let.Clause)}"),
        EllipsisDeclaration ellipsis => Fragment.Member($"{Expression(ellipsis.Ellipsis)}"),
        ComprehensionDeclaration comprehension => Fragment.Member($"{Comprehension(comprehension.Comprehension)}"),
        AttributeDeclaration attribute => Fragment.Member(attribute.Attribute.Text),
        _ => Fragment.Sequence("\n", []),
    };

    protected virtual Fragment Expression(Expression expression) => expression switch
    {
        Identifier identifier => Fragment.Expression(Name(identifier)),
        BasicLiteral literal => Fragment.Expression(literal.Text),
        BottomLiteral => Fragment.Expression("_|_"),
        Interpolation interpolation => Fragment.Expression($"{Parts(interpolation)}"),
        StructLiteral { Declarations: [] } => Fragment.Expression("{}"),
        StructLiteral literal => Fragment.Expression($"{"{"}\n{Declarations(literal.Declarations)}\n{"}"}"),
        ListLiteral list => Fragment.Expression($"[{Elements(list.Elements)}]"),
        PatternLabel pattern => Fragment.Member($"[{Expression(pattern.Pattern)}]"),
        Ellipsis { Type: null } => Fragment.Member("..."),
        Ellipsis { Type: { } type } => Fragment.Member($"...{Expression(type)}"),
        AliasExpression alias => Fragment.Member($"{Name(alias.Name)}={Expression(alias.Expression)}"),
        ParenthesizedExpression parenthesized => Fragment.Expression($"({Expression(parenthesized.Expression)})"),
        SelectorExpression selector => Fragment.Expression($"{Expression(selector.Operand)}.{Selected(selector.Selector)}"),
        IndexExpression index => Fragment.Expression($"{Expression(index.Operand)}[{Expression(index.Index)}]"),
        SliceExpression slice => Fragment.Expression($"{Expression(slice.Operand)}[{Bound(slice.Low)}:{Bound(slice.High)}]"),
        CallExpression call => Fragment.Expression($"{CueFormatter.Format(call.Function)}({Elements(call.Arguments)})"),
        UnaryExpression unary => Fragment.Expression($"{unary.Operator.GetText()}{Expression(unary.Operand)}"),
        BinaryExpression binary => Fragment.Expression($"{Expression(binary.Left)} {binary.Operator.GetText()} {Expression(binary.Right)}"),
        PostfixExpression postfix => Fragment.Expression($"{Expression(postfix.Operand)}{(postfix.Operator == PostfixOperator.Open ? "..." : "?")}"),
        Comprehension comprehension => Comprehension(comprehension),
        _ => Fragment.Expression("_"),
    };

    /// <summary>A name where it is declared or referred to.</summary>
    protected virtual string Name(Identifier identifier) => identifier.Name;

    protected Fragment Label(Field field)
    {
        Fragment label = field.Label is Identifier name ? Fragment.Member(Name(name)) : Fragment.Member($"{Plain(field.Label)}");
        return (field.Alias, field.PostfixAlias) switch
        {
            ({ } alias, _) => Fragment.Member($"{Name(alias.Name)}={label}"),
            (_, { LabelName: null, FieldName: { } name1 }) => Fragment.Member($"{label}~{Name(name1)}"),
            (_, { } both) => Fragment.Member($"{label}~({(both.LabelName is null ? "_" : Name(both.LabelName))},{(both.FieldName is null ? "_" : Name(both.FieldName))})"),
            _ => label,
        };
    }

    protected static string Mark(FieldConstraint constraint) => constraint switch { FieldConstraint.Optional => "?", FieldConstraint.Required => "!", _ => "" };

    /// <summary>A label, which only keeps its sort if it is not changed.</summary>
    private Fragment Plain(Expression label) => label switch
    {
        BasicLiteral literal => Fragment.Member(literal.Text),
        Interpolation interpolation => Fragment.Member($"{Parts(interpolation)}"),
        ParenthesizedExpression parenthesized => Fragment.Member($"({Expression(parenthesized.Expression)})"),
        _ => Expression(label),
    };

    private string Selected(Expression selector) => selector switch
    {
        Identifier name => Name(name),
        BasicLiteral literal => literal.Text,
        _ => "",
    };

    private Fragment Bound(Expression? bound) => bound is null ? Fragment.Member("") : Expression(bound);

    private Fragment Elements(IReadOnlyList<Expression> elements) =>
        Fragment.Sequence(", ", elements.Select(element => element is Ellipsis ? Expression(element) : Fragment.Member($"{Expression(element)}")));

    /// <summary>The literals between the braces are parts of one text.</summary>
    private Fragment Parts(Interpolation interpolation)
    {
        Fragment text = Fragment.Member("");
        foreach (Expression element in interpolation.Elements)
            text = element is BasicLiteral { Kind: TokenKind.String or TokenKind.Interpolation } part ? Fragment.Member($"{text}{part.Text}") : Fragment.Member($"{text}{Expression(element)}");
        return text;
    }

    private Fragment Comprehension(Comprehension comprehension)
    {
        Fragment clauses = Fragment.Sequence(" ", comprehension.Clauses.Select(Clause));
        Fragment value = comprehension.Value is StructLiteral { HasBraces: true } literal
            ? Fragment.Member($"{"{"}\n{Declarations(literal.Declarations)}\n{"}"}")
            : Fragment.Member("{}");
        return comprehension.Fallback is not { } fallback
            ? Fragment.Member($"{clauses} {value}")
            : Fragment.Member($"{clauses} {value} {fallback.Keyword} {"{"}\n{Declarations(fallback.Body.Declarations)}\n{"}"}");
    }

    private Fragment Clause(Clause clause) => clause switch
    {
        ForClause { Key: { } key } loop => Fragment.Member($"for {Name(key)}, {Name(loop.Value)} in {Expression(loop.Source)}"),
        ForClause loop => Fragment.Member($"for {Name(loop.Value)} in {Expression(loop.Source)}"),
        IfClause condition => Fragment.Member($"if {Expression(condition.Condition)}"),
        LetClause let => Fragment.Member($"let {Name(let.Name)} = {Expression(let.Value)}"),
        TryClause { Name: { } name, Value: { } value } => Fragment.Member($"try {Name(name)} = {Expression(value)}"),
        _ => Fragment.Member("try"),
    };

    /// <summary>Tags ask the command for values: they are none of the evaluator's.</summary>
    private static string Attributes(Field field) => string.Concat(field.Attributes.Where(static attribute => attribute.Name != "tag").Select(static attribute => " " + attribute.Text));
}
