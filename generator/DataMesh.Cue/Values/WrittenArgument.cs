using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>An argument of a call as it is written: what errors tell of its places.</summary>
/// <param name="value">What it was evaluated to, before a default was taken: a vertex where it is a field, a struct or a list.</param>
/// <param name="expr">The argument.</param>
internal sealed class WrittenArgument(Value value, Expr expr)
{
    /// <summary>Where the value is written.</summary>
    public IReadOnlyList<Position> Positions => ErrorPositions.OfOperand(value, expr);

    /// <summary>The places that are told beside a value that a validator refuses; none for structs, lists and schemas.</summary>
    public IReadOnlyList<Position> Told { get; init; } = [];

    /// <summary>The literal that the argument is, or that the field is which it names; null if it is none.</summary>
    public BasicLiteral? Literal => value is Vertex vertex ? WrittenLiteral.Of(vertex) : WrittenLiteral.Of(expr);

    /// <summary>For a schema: where it is written.</summary>
    public IReadOnlyList<Position> Schema { get; init; } = [];

    /// <summary>Where the argument stands in the call; not valid for a struct or list literal.</summary>
    public Position Reference => expr is StructExpr or ListExpr ? default : expr.Position;

    /// <summary>Whether the argument is the value of a field, a struct or a list, of which there may be more than is known.</summary>
    public bool IsIndirect => value is Vertex;
}
