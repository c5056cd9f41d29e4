using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>The positions of an error: those of the operands and of the references that brought them together.</summary>
internal static class ErrorPositions
{
    public static IReadOnlyList<Position> Of(params Located[] operands)
    {
        var positions = new List<Position>();
        foreach (var operand in operands)
        {
            if (operand.Whole is not null)
                continue;
            positions.Add(operand.Position);
            Collect(operand.Info.Trace, positions, 0);
        }

        return Sort(positions);
    }

    public static IReadOnlyList<Position> Sort(IEnumerable<Position> positions)
    {
        var result = new List<Position>();
        foreach (var position in positions)
        {
            if (position.IsValid && !result.Contains(position))
                result.Add(position);
        }

        result.Sort();
        return result;
    }

    /// <summary>The place that the error is at, then the others.</summary>
    public static IReadOnlyList<Position> Primary(Position first, IReadOnlyList<Position> others)
    {
        if (!first.IsValid)
            return others;
        var result = new List<Position>(others.Count + 1) { first };
        foreach (var other in others)
        {
            if (other != first)
                result.Add(other);
        }

        return result;
    }

    /// <summary>Where a field is required.</summary>
    public static IEnumerable<Position> OfRequired(Vertex arc) =>
        arc.Conjuncts.Where(static each => each.Field?.Type != ArcType.Optional).Select(static each => each.Field?.Source?.Start ?? each.Expr.Position);

    /// <summary>The places that a value comes from.</summary>
    public static IReadOnlyList<Position> OfValue(Value value)
    {
        if (value is not Vertex vertex)
            return [];
        // A let clause is a name, not a place.
        if (vertex.Label.Kind == LabelKind.Let && vertex.Shared is not null)
            vertex = vertex.Resolve();
        return Sort(vertex.Conjuncts.Select(static conjunct => conjunct.Expr.Position));
    }

    /// <summary>The places that an operand's value comes from; the operand's own if it is no reference.</summary>
    public static IReadOnlyList<Position> OfOperand(Value raw, Binding.Expr operand)
    {
        var positions = OfValue(raw);
        return positions.Count > 0 ? positions : Sort([operand.Position]);
    }

    private static void Collect(Trace? trace, List<Position> positions, int depth)
    {
        for (; trace is not null && depth < 64 && positions.Count < 64; trace = trace.Outer, depth++)
        {
            positions.Add(trace.Position);
            Collect(trace.Inner, positions, depth + 1);
        }
    }
}
