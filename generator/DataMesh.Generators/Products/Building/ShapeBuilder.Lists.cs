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
            value.IsOpenList ? Rest(vertex, value, naming, member) : null,
            Checks(vertex, value));
    }

    /// <summary>What every element behind the fixed ones must be: the tails of all lists that were unified, and the patterns beside them.</summary>
    private Shape Rest(Vertex vertex, Vertex value, Naming naming, string member)
    {
        var tails = new List<Conjunct>();
        foreach (Cue.Values.ListShape list in value.State?.Lists ?? [])
            if (list.Tail is { } tail)
                tails.Add(new Conjunct(tail, list.Env, list.Info));
        foreach (PatternConstraint pattern in value.Patterns ?? [])
        {
            switch (Evaluator.AppliesToElements(pattern.Pattern))
            {
                case true:
                    tails.Add(new Conjunct(pattern.Value, pattern.Env, pattern.Info));
                    break;
                case null:
                    Report(vertex, $"the pattern [{ValueText.Describe(pattern.Pattern)}] beside an open list");
                    break;
            }
        }
        if (tails.Count == 0)
            tails.Add(new Conjunct(new TopExpr(null), null, ConjunctInfo.Root));
        _path.Push("[]");
        Shape rest = Value(model.Evaluate(value, [.. tails]), naming, member + "Item");
        _path.Pop();
        return rest;
    }
}
