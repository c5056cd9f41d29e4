using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>The literal that an atom is written as, which keeps its form where it is an element of a list.</summary>
internal static class WrittenLiteral
{
    /// <summary>The first literal of a string, number or bytes that is a constraint of the value itself; null if there is none.</summary>
    public static BasicLiteral? Of(Vertex vertex)
    {
        if (vertex.Shared is not null || vertex.Resolve().Base is not (StringConstant or NumberConstant or BytesConstant))
            return null;
        foreach (var conjunct in vertex.Conjuncts)
        {
            if (Of(conjunct.Expr) is { } literal)
                return literal;
        }

        return null;
    }

    /// <summary>The literal that an expression is; null if it is none.</summary>
    public static BasicLiteral? Of(Expr expr) =>
        expr is StringExpr or NumberExpr or BytesExpr && expr.Source is BasicLiteral { Kind: TokenKind.String or TokenKind.Int or TokenKind.Float } literal ? literal : null;
}
