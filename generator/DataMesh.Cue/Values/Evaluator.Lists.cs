using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Lists: elements, comprehensions among them, open tails.</content>
internal sealed partial class Evaluator
{
    private static readonly TopExpr _top = new(null);

    private Bottom? RunList(Vertex vertex, EvaluationTask task)
    {
        var conjunct = task.Conjunct;
        var list = (ListExpr)conjunct.Expr;
        var env = list.IsScope ? new Env(conjunct.Env, vertex) : conjunct.Env;
        var below = conjunct.Info.Below;
        var elements = new List<Conjunct>(list.Elements.Count);
        var hasComprehension = false;
        foreach (var element in list.Elements)
        {
            if (element is not ComprehensionExpr comprehension)
            {
                elements.Add(new Conjunct(element, env, below));
                continue;
            }

            // A comprehension may ask for what stands before it, if its place is known.
            if (elements.Count > 0 && !hasComprehension)
                AddElements(vertex, elements, task);
            hasComprehension = true;
            var yields = new List<(Expr Body, Env Env)>();
            var error = Iterate(comprehension, env!, new Frame(vertex, conjunct.Info), yields);
            if (error is not null)
            {
                // What stands before a comprehension that waits is known.
                if (_final && error is { IsIncomplete: true, IsBlocked: false })
                    AddElements(vertex, elements, task);
                return error;
            }

            foreach (var (body, bodyEnv) in yields)
                elements.Add(new Conjunct(body, bodyEnv, below));
        }

        AddElements(vertex, elements, task);
        AddList(vertex, new ListShape(elements.Count, list.IsOpen, list.Tail, env, conjunct.Info, list.Position));
        return null;
    }

    private void AddList(Vertex vertex, ListShape shape)
    {
        var state = vertex.State!;
        state.AddList(shape);
        var count = 0;
        var openCount = 0;
        ListShape? closed = null;
        foreach (var each in state.Lists)
        {
            count = Math.Max(count, each.Count);
            if (each.IsOpen)
                openCount = Math.Max(openCount, each.Count);
            else
                closed ??= each;
        }

        vertex.IsOpenList = closed is null;
        if (closed is not null && Mismatch(closed, shape, openCount) is { } other)
            AddError(vertex, new Bottom(CueErrorCode.Eval, $"incompatible list lengths ({Math.Min(other, closed.Count)} and {Math.Max(other, closed.Count)})", [shape.Position]) { IsConflict = true });

        if (state.Kind == CueKind.Bottom)
            return;
        foreach (var each in state.Lists)
        {
            for (; each.IsOpen && each.Applied < count; each.Applied++)
            {
                // A definition closes the elements that it allows, whatever they are.
                if ((each.Tail ?? (each.Info.IsClosed || vertex.IsInDefinition ? _top : null)) is not { } tail)
                    continue;
                var element = vertex.Find(Label.Element(each.Applied))!;
                if (each.Info.Data is { } data && data.Find(element.Label) is null)
                    continue;
                AddConjunct(element, new Conjunct(tail, each.Env, AppliedTo(element, each.Info.Below) with { IsUnshared = true }));
            }
        }
    }

    /// <summary>Adds the elements that were not added before.</summary>
    private void AddElements(Vertex vertex, List<Conjunct> elements, EvaluationTask task)
    {
        for (; task.Elements < elements.Count && vertex.State!.Kind != CueKind.Bottom; task.Elements++)
        {
            var label = Label.Element(task.Elements);
            var element = elements[task.Elements];
            if (element.Info.Data?.Find(label) is { } data)
                element = new Conjunct(element.Expr, element.Env, element.Info.ForData(data), element.Field);
            var known = vertex.Find(label);
            var arc = known ?? vertex.Add(label, ArcType.Member);
            AddConjunct(arc, element);
            if (known is null)
                ApplyPatterns(vertex, arc);
        }
    }

    /// <summary>The length that a list adds that is not the length of the first closed one.</summary>
    private static int? Mismatch(ListShape closed, ListShape added, int openCount)
    {
        if (ReferenceEquals(closed, added))
            return openCount > closed.Count ? openCount : null;
        return added.Count > closed.Count || (!added.IsOpen && added.Count < closed.Count) ? added.Count : null;
    }
}
