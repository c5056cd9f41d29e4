using DataMesh.Cue.Values;

namespace DataMesh.Generators.Products.Building;

/// <summary>What the alternatives of a disjunction have in common, and so what C# makes of it.</summary>
internal enum Alternation
{
    /// <summary><c>true | false</c>: a <c>bool</c>.</summary>
    Booleans,

    /// <summary>Only constants: an enum.</summary>
    Constants,

    /// <summary>One basic type: a value of it.</summary>
    Scalars,

    /// <summary>Anything else: a closed hierarchy.</summary>
    Mixed,
}

/// <summary>What C# makes of a value, told from the value alone, so that a reference to a definition need not build it.</summary>
internal static class Form
{
    public static TargetForm Of(Vertex definition)
    {
        Vertex value = definition.Resolve();
        return value.Base switch
        {
            ContainerValue { Kind: CueKind.Struct } => IsMap(value) ? TargetForm.Wrapper : TargetForm.Record,
            DisjunctionValue disjunction when !disjunction.Values.Any(static each => BaseOf(each) is NullConstant) =>
                Of(Of(disjunction.Values.Select(BaseOf))),
            _ => TargetForm.Wrapper,
        };
    }

    public static TargetForm Of(Alternation alternation) => alternation switch
    {
        Alternation.Constants => TargetForm.Enum,
        Alternation.Mixed => TargetForm.Union,
        _ => TargetForm.Wrapper,
    };

    /// <param name="alternatives">The alternatives without <c>null</c>.</param>
    public static Alternation Of(IEnumerable<Value?> alternatives)
    {
        bool constants = true;
        bool booleans = true;
        CueKind kinds = CueKind.Bottom;
        foreach (Value? alternative in alternatives)
        {
            constants &= alternative is Constant;
            kinds |= alternative?.Kind ?? CueKind.Top;
            booleans &= alternative?.Kind == CueKind.Bool;
        }
        if (booleans)
            return Alternation.Booleans;
        if (constants)
            return Alternation.Constants;
        return kinds is CueKind.String or CueKind.Bytes || (kinds & ~CueKind.Number) == 0 ? Alternation.Scalars : Alternation.Mixed;
    }

    /// <summary>A struct that has no field of its own and one pattern for all that it may have.</summary>
    public static bool IsMap(Vertex value) =>
        value.Patterns is { Count: 1 } patterns &&
        (value.IsClosed || MatchesEveryName(patterns[0].Pattern)) &&
        !value.Arcs.Exists(static arc => arc.Label.IsRegular);

    public static Value? BaseOf(Value value) => value is Vertex vertex ? vertex.Resolve().Base : value;

    private static bool MatchesEveryName(Value pattern) => BaseOf(pattern) is TypeValue type && (type.Kind & CueKind.String) != 0;
}
