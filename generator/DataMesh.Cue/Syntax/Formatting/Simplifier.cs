namespace DataMesh.Cue.Syntax.Formatting;

/// <summary>
/// Writes the same more briefly, as <c>cue fmt --simplify</c> does: labels lose quotes that they do not need, and a struct of
/// a single field loses its braces.
/// </summary>
public static class Simplifier
{
    /// <summary>A file in its brief form.</summary>
    public static CueFile Simplify(CueFile file) => file.With(Simplify(file.Declarations));

    private static List<Declaration> Simplify(IReadOnlyList<Declaration> declarations) => [.. declarations.Select(static declaration => declaration switch
    {
        Field field => Simplify(field),
        Embedding embedding => new Embedding(Simplify(embedding.Expression)) { Comments = embedding.Comments },
        _ => declaration,
    })];

    private static Field Simplify(Field field)
    {
        var value = Simplify(field.Value);
        if (value is StructLiteral { HasBraces: true, Declarations: [Field single] } literal && literal.Comments.Count == 0 && single.Comments.Count == 0
            && field.Attributes.Count == 0 && field.Label is not ParenthesizedExpression)
            value = new StructLiteral([OnOneLine(single)]) { HasBraces = false };
        return field.With(SimplifyLabel(field.Label), value);
    }

    private static Expression Simplify(Expression value) => value is StructLiteral literal ? literal.With(Simplify(literal.Declarations)) : value;

    private static Expression SimplifyLabel(Expression label)
    {
        if (label is not BasicLiteral { Kind: TokenKind.String } literal || !Literals.TryUnquote(literal.Text, out var name, out _) || name.IsBytes)
            return label;
        return Literals.IsPlainLabel(name.Text) ? new Identifier(literal.Start, name.Text) { Comments = literal.Comments } : label;
    }

    private static Field OnOneLine(Field field)
    {
        Expression? label = field.Label switch
        {
            Identifier identifier => new Identifier(identifier.Start.WithSpacing(Spacing.Blank), identifier.Name) { Comments = identifier.Comments },
            BasicLiteral literal => new BasicLiteral(literal.Start.WithSpacing(Spacing.Blank), literal.Kind, literal.Text) { Comments = literal.Comments },
            PatternLabel pattern => new PatternLabel(pattern.Pattern) { LeftBracket = pattern.LeftBracket.WithSpacing(Spacing.Blank), RightBracket = pattern.RightBracket, Comments = pattern.Comments },
            _ => null,
        };
        return label is null ? field : field.With(label, field.Value);
    }
}
