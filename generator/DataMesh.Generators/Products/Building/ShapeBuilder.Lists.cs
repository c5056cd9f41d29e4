using DataMesh.Cue.Binding;
using DataMesh.Cue.Values;

namespace DataMesh.Generators.Products.Building;

/// <content>Lists.</content>
internal sealed partial class ShapeBuilder
{
    private ListShape List(Vertex vertex, Vertex value, Naming naming, string member)
    {
        var prefix = new List<Shape>(value.Arcs.Count);
        foreach (Vertex element in value.Arcs)
        {
            _path.Push(element.Label.ToString());
            prefix.Add(Value(element, naming, member + "Item"));
            _path.Pop();
        }
        return new ListShape(
            Text(vertex),
            Incomplete(vertex),
            prefix.ToEquatableArray(),
            value.IsOpenList ? Rest(value, naming, member) : null,
            Checks(vertex, value));
    }

    /// <summary>What every element behind the fixed ones must be: the tails of all lists that were unified.</summary>
    private Shape Rest(Vertex value, Naming naming, string member)
    {
        var tails = new List<Conjunct>();
        foreach (Cue.Values.ListShape list in value.State?.Lists ?? [])
            if (list.Tail is { } tail)
                tails.Add(new Conjunct(tail, list.Env, list.Info));
        if (tails.Count == 0)
            tails.Add(new Conjunct(new TopExpr(null), null, ConjunctInfo.Root));
        _path.Push("[]");
        Shape rest = Value(model.Evaluate(value, [.. tails]), naming, member + "Item");
        _path.Pop();
        return rest;
    }
}
