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
            {
                // The name of a range is no place; what led to it is.
                Collect(operand.Info.Trace is { } way && way.Position == operand.Position ? way.Outer : operand.Info.Trace, positions, 0);
                continue;
            }

            if (operand.Info.Tried is { } tried)
            {
                positions.AddRange(tried.Conjuncts.Select(static each => each.Expr.Position));
                continue;
            }

            positions.Add(operand.Position);
            Collect(operand.Info.Trace, positions, 0);
        }

        return Sort(positions);
    }

    public static IReadOnlyList<Position> Sort(IEnumerable<Position> positions)
    {
        var sorted = new List<Position>();
        foreach (var position in positions)
        {
            if (position.IsValid)
                sorted.Add(position);
        }

        sorted.Sort();
        var count = 0;
        for (var i = 0; i < sorted.Count; i++)
        {
            if (count == 0 || sorted[i] != sorted[count - 1])
                sorted[count++] = sorted[i];
        }

        sorted.RemoveRange(count, sorted.Count - count);
        // What is written in no file comes last.
        if (sorted.Count > 1 && IsElsewhere(sorted[0]))
            sorted.Sort(static (x, y) => IsElsewhere(x) == IsElsewhere(y) ? x.CompareTo(y) : IsElsewhere(x) ? 1 : -1);
        return sorted;

        // What a function has read, or a package of the library has, comes after what is in files.
        static bool IsElsewhere(Position position) => position.File!.Name.Length == 0 || position.File.Name.StartsWith("<builtin:", StringComparison.Ordinal);
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

    /// <summary>Where a field is required, and the last of what led there.</summary>
    public static IEnumerable<Position> OfRequiredWithWay(Vertex arc) =>
        OfRequired(arc).Concat(arc.Conjuncts.Select(static conjunct => conjunct.Info.Trace?.Position ?? default));

    /// <summary>Where a value is written that a reference has led to: what several constraints amount to is written nowhere.</summary>
    public static IReadOnlyList<Position> OfValue(Value value)
    {
        if (value is not Vertex referred)
            return [];
        var vertex = Narrow(referred);
        switch (vertex.Base ?? vertex.State?.Scalar?.Value)
        {
            case ContainerValue when referred.Resolve().Base is DisjunctionValue:
                return [];
            case ContainerValue:
                // What a call makes is written where that is.
                var places = OfConjuncts(vertex);
                for (var named = referred; places.Count == 0 && named.Shared is { } next; named = next)
                    places = Sort(named.Conjuncts.Select(static conjunct => conjunct.Expr.Position));
                return places;
            case Constant when vertex.State?.Scalar is { } scalar:
                return Sort([scalar.Position]);
            case { } known when Find(vertex.State, known) is { } located:
                return Sort([located.Position]);
            case null when vertex.State is { Kinds.Count: > 0 } state:
                return Sort([state.Kinds[0].Position]);
            case Bottom { Code: CueErrorCode.Incomplete } when vertex is { Circle: not null, State.Kinds: { Count: > 0 } kinds }:
                return Sort([kinds[0].Position]);
            case null when vertex.State is { IsEmbeddingStruct: true }:
                return OfConjuncts(vertex);
            default:
                return [];
        }
    }

    /// <summary>Where the field is written that a value is of.</summary>
    public static IReadOnlyList<Position> OfFirstField(Value value) =>
        value is Vertex vertex && vertex.Resolve().Conjuncts is [var first, ..] ? Sort([first.Field?.Start ?? first.Expr.Position]) : [];

    /// <summary>Where the constraints of a vertex are written, and its value.</summary>
    public static IReadOnlyList<Position> OfVertex(Value value)
    {
        if (value is ValidatorValue { Position: var call })
            return Sort([call]);
        if (value is not Vertex vertex)
            return [];
        // A default is the value of its disjunct alone.
        return Sort([.. vertex.Resolve().Base is DisjunctionValue ? [] : OfConjuncts(vertex), .. OfValue(vertex)]);
    }

    /// <summary>Where an operand's value is written: the operand itself if it is no reference.</summary>
    public static IReadOnlyList<Position> OfOperand(Value raw, Expr operand) => raw switch
    {
        Vertex => OfValue(raw),
        ClosedValue closed => OfOperand(closed.Source, operand),
        ConjunctionValue or UnificationValue or FunctionValue => [],
        // A constant of a standard package is a source of its own.
        Constant when operand is SelectorExpr { Operand: ImportRef } constant => [new Position(new SourceFile($"<builtin:{constant.Label.Text}>", ""), 0)],
        _ => Sort([operand.Position]),
    };

    /// <summary>The constraint that a type, bound or validator is.</summary>
    public static Located? Find(NodeState? state, Value known)
    {
        if (state is null || known is not ValidatorValue && (known is not (TypeValue or BoundValue) || known.Kind == CueKind.Top))
            return null;
        return state.Kinds.Concat(state.Checks)
            .FirstOrDefault(located => ReferenceEquals(located.Value, known) || (known is TypeValue && located.Value is TypeValue && located.Value.Kind == known.Kind));
    }

    /// <summary>The vertex of the value: what is shared, and the default.</summary>
    private static Vertex Narrow(Vertex vertex)
    {
        vertex = vertex.Resolve();
        while (vertex.Base is DisjunctionValue { DefaultCount: 1 } && vertex.State?.Results is { } results && results.Find(static each => each.Mark == DefaultMark.Default).Vertex is { } chosen && !ReferenceEquals(chosen, vertex))
            vertex = chosen.Resolve();
        return vertex;
    }

    /// <summary>Where all constraints of a field are written, for an error of one of its disjuncts or of a schema that it is tried with.</summary>
    public static IEnumerable<Position> OfField(Vertex vertex)
    {
        var schemas = Enumerable.Empty<Position>();
        while ((vertex.Candidate ?? vertex.Origin) is { } whole)
        {
            var last = vertex.Conjuncts[vertex.Conjuncts.Count - 1];
            if (vertex.Candidate is not null && last.Info.Trace is { } reference)
                schemas = schemas.Append(reference.Position);
            else if (vertex.Candidate is not null && last.Expr is ValueExpr { Value: Vertex schema })
                schemas = schemas.Concat(schema.Conjuncts.Select(static conjunct => conjunct.Expr.Position));
            vertex = whole;
        }

        return vertex.Conjuncts.Select(static conjunct => conjunct.Expr.Position).Concat(schemas);
    }

    /// <summary>Where constraints are written; what a predeclared type stands for is not.</summary>
    public static IReadOnlyList<Position> OfConjuncts(Vertex vertex)
    {
        while (vertex.Shared is { } shared)
            vertex = shared;
        return Sort(vertex.Conjuncts.Where(static conjunct => conjunct.Expr is not PredeclaredExpr { Name: var name } || !PredeclaredTypes.IsRange(name)).Select(static conjunct => conjunct.Expr.Position));
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
