using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Generators.Products.Building;

/// <summary>Concrete values of the evaluator as literals of the model.</summary>
internal static class Literals
{
    private const int MaxDepth = 100;

    public static Literal Of(Constant constant) => constant switch
    {
        NullConstant => new NullLiteral(),
        BoolConstant value => new BoolLiteral(value.Value),
        NumberConstant number => new NumberLiteral(number.Value.ToString(), (number.Kind & CueKind.Float) == 0),
        StringConstant text => new StringLiteral(text.Value),
        BytesConstant bytes => new BytesLiteral(Convert.ToBase64String(bytes.Value)),
        _ => throw new InvalidOperationException("an atom of an unknown kind: " + constant.GetType().Name),
    };

    /// <summary>
    /// What <c>cue export</c> prints where a field is left out of the data: a constant, a default, a list or a struct that is
    /// complete by itself. Null when data is needed.
    /// </summary>
    public static Literal? FilledIn(Vertex vertex) => FilledIn(vertex, 0);

    private static Literal? FilledIn(Value value, int depth)
    {
        if (depth > MaxDepth)
            return null;
        switch (value)
        {
            case Constant constant:
                return Of(constant);
            case DisjunctionValue { DefaultCount: 1 } disjunction:
                return FilledIn(disjunction.Values[0], depth + 1);
            case Vertex vertex:
                vertex = vertex.Resolve();
                return vertex.Base switch
                {
                    ContainerValue { Kind: CueKind.List } => List(vertex, depth),
                    ContainerValue => Struct(vertex, depth),
                    { } other and not Bottom => FilledIn(other, depth + 1),
                    _ => null,
                };
            default:
                return null;
        }
    }

    private static ListLiteral? List(Vertex list, int depth)
    {
        var items = new List<Literal>(list.Arcs.Count);
        foreach (Vertex element in list.Arcs)
        {
            if (FilledIn(element, depth + 1) is not { } item)
                return null;
            items.Add(item);
        }
        return new ListLiteral(items.ToEquatableArray());
    }

    private static StructLiteral? Struct(Vertex vertex, int depth)
    {
        var members = new List<LiteralMember>();
        foreach (Vertex field in vertex.Arcs)
        {
            if (!field.Label.IsRegular || field.ArcType == ArcType.Optional)
                continue;
            if (field.ArcType != ArcType.Member || FilledIn(field, depth + 1) is not { } value)
                return null;
            members.Add(new LiteralMember(field.Label.Text, value));
        }
        return new StructLiteral(members.ToEquatableArray());
    }
}
