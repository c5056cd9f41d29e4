using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>Whether a disjunct is a default.</summary>
internal enum DefaultMark : byte
{
    /// <summary>Nothing is marked.</summary>
    None,
    Default,
    NotDefault,
}

/// <summary>A disjunct that is left.</summary>
internal readonly struct DisjunctResult(Vertex vertex, DefaultMark mark)
{
    public Vertex Vertex { get; } = vertex;

    public DefaultMark Mark { get; } = mark;
}

/// <summary>
/// Disjunctions: each disjunct is unified with everything else in a copy of the vertex; failing ones are dropped, equal
/// ones merged, and defaults follow the rules of the specification ("Default values").
/// </summary>
internal sealed partial class Evaluator
{
    private void Expand(Vertex vertex)
    {
        var state = vertex.State!;
        var pending = state.Tasks.Where(static task => !task.IsDone && task.Kind is TaskKind.Expression or TaskKind.Comprehension).Select(static task => new Leaf(task.Conjunct, task.Order));
        var candidates = new List<(List<Leaf> Leaves, Vertex? Vertex, DefaultMark Mark)> { ([.. state.Leaves, .. pending], null, DefaultMark.None) };
        var errors = new List<Bottom>();
        var origin = vertex;
        for (var d = 0; d < state.Disjunctions.Count; d++)
        {
            var disjunction = state.Disjunctions[d];
            var next = new List<(List<Leaf> Leaves, Vertex? Vertex, DefaultMark Mark, DefaultMark Own)>();
            foreach (var (leaves, from, mark) in candidates)
            {
                for (var i = 0; i < disjunction.Disjuncts.Count; i++)
                {
                    Step();
                    var copy = Copy(vertex, leaves, from ?? origin, disjunction.Disjuncts[i], disjunction.Order, origin, d < state.Disjunctions.Count - 1);
                    Finalize(copy);
                    foreach (var result in Results(copy, errors))
                    {
                        var own = !disjunction.IsMarked ? result.Mark
                            : disjunction.Defaults[i] && result.Mark != DefaultMark.NotDefault ? DefaultMark.Default : DefaultMark.NotDefault;
                        var resultLeaves = result.Vertex.State?.Leaves ?? [];
                        next.Add((resultLeaves, result.Vertex, mark, own));
                    }
                }
            }

            var hasDefault = next.Exists(static each => each.Own == DefaultMark.Default);
            candidates = [];
            foreach (var (leaves, from, mark, own) in next)
            {
                var effective = !hasDefault ? DefaultMark.None : own == DefaultMark.None ? DefaultMark.NotDefault : own;
                AddDistinct(candidates, leaves, from!, Both(mark, effective));
            }

            if (candidates.Count == 0)
                break;
        }

        Conclude(vertex, candidates, errors);
    }

    private static DefaultMark Both(DefaultMark left, DefaultMark right) =>
        left == DefaultMark.None ? right : right == DefaultMark.None ? left : left == DefaultMark.Default && right == DefaultMark.Default ? DefaultMark.Default : DefaultMark.NotDefault;

    private void AddDistinct(List<(List<Leaf> Leaves, Vertex? Vertex, DefaultMark Mark)> candidates, List<Leaf> leaves, Vertex vertex, DefaultMark mark)
    {
        for (var i = 0; i < candidates.Count; i++)
        {
            Step();
            if (!HasSameViolations(candidates[i].Vertex!, vertex) || !Equality.IsIdentical(candidates[i].Vertex!, vertex))
                continue;
            if (mark == DefaultMark.Default && candidates[i].Mark != DefaultMark.Default)
                candidates[i] = (candidates[i].Leaves, candidates[i].Vertex, mark);
            return;
        }

        candidates.Add((leaves, vertex, mark));
    }

    private static bool HasSameViolations(Vertex left, Vertex right) =>
        ReferenceEquals(left.DeferredViolations, right.DeferredViolations) || (left.DeferredViolations ?? []).SequenceEqual(right.DeferredViolations ?? []);

    /// <summary>A vertex like another one, but for one more conjunct. What was evaluated within the first is within the copy.</summary>
    private Vertex Copy(Vertex vertex, List<Leaf> leaves, Vertex from, Conjunct disjunct, OrderNode place, Vertex origin, bool isIntermediate)
    {
        var copy = new Vertex(vertex.Parent, vertex.Label)
        {
            ArcType = vertex.ArcType,
            IsInDefinition = vertex.IsInDefinition,
            IsDetached = vertex.IsDetached,
            DefersClosedness = isIntermediate || vertex.DefersClosedness,
            Origin = vertex.Origin ?? vertex,
        };
        var environments = new Dictionary<Env, Env>();
        var places = new Dictionary<OrderNode, OrderNode>();
        copy.Order = from.Order?.Clone(this, places) ?? new OrderNode(OrderKind.Sequence);
        copy.OrderClones = from.OrderClones is { } outer
            ? outer.Where(pair => places.ContainsKey(pair.Value)).ToDictionary(static pair => pair.Key, pair => places[pair.Value])
            : places;
        copy.ConjunctOrders = [];
        foreach (var leaf in leaves)
        {
            Step();
            var conjunct = leaf.Conjunct;
            copy.Conjuncts.Add(new Conjunct(conjunct.Expr, Move(conjunct.Env, from, origin, copy, environments), conjunct.Info, conjunct.Field));
            copy.ConjunctOrders.Add(places.TryGetValue(leaf.Order, out var known) ? known : copy.Order.Add(OrderKind.Sequence));
        }

        copy.ConjunctOrders.Add(FindPlace(from, place, places) ?? copy.Order.Add(OrderKind.Sequence));
        copy.Conjuncts.Add(new Conjunct(disjunct.Expr, Move(disjunct.Env, from, origin, copy, environments), disjunct.Info, disjunct.Field));
        return copy;
    }

    /// <summary>The place of a disjunction in a copy of a copy.</summary>
    private static OrderNode? FindPlace(Vertex from, OrderNode place, Dictionary<OrderNode, OrderNode> places)
    {
        if (places.TryGetValue(place, out var known))
            return known;
        return from.OrderClones is { } clones && clones.TryGetValue(place, out var inner) && places.TryGetValue(inner, out known) ? known : null;
    }

    private static Env? Move(Env? env, Vertex from, Vertex origin, Vertex to, Dictionary<Env, Env> moved)
    {
        if (env is null)
            return null;
        if (moved.TryGetValue(env, out var known))
            return known;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var up = Move(env.Up, from, origin, to, moved);
        var isOwn = ReferenceEquals(env.Vertex, from) || ReferenceEquals(env.Vertex, origin);
        var result = isOwn || !ReferenceEquals(up, env.Up) ? new Env(up, isOwn ? to : env.Vertex) { DynamicLabel = env.DynamicLabel } : env;
        if (!ReferenceEquals(result, env) && !isOwn)
        {
            foreach (var let in env.Lets)
                result.Lets.Add(let.Key, let.Value);
        }

        moved.Add(env, result);
        return result;
    }

    private static IEnumerable<DisjunctResult> Results(Vertex copy, List<Bottom> errors)
    {
        if (copy.State?.Results is { } nested)
        {
            foreach (var result in nested)
                yield return result;
            if (nested.Count == 0 && copy.Base is Bottom none)
                errors.AddRange(none.IsDisjunction ? none.Errors : [none]);
            yield break;
        }

        var error = copy.Resolve().Base as Bottom ?? copy.Resolve().ChildError;
        if (error is null)
            yield return new DisjunctResult(copy, DefaultMark.None);
        else
            errors.Add(error);
    }

    private static void Conclude(Vertex vertex, List<(List<Leaf> Leaves, Vertex? Vertex, DefaultMark Mark)> candidates, List<Bottom> errors)
    {
        var state = vertex.State!;
        state.Results = [.. candidates.Select(static each => new DisjunctResult(each.Vertex!, each.Mark))];
        switch (candidates.Count)
        {
            case 0:
                vertex.Base = EmptyDisjunction(vertex, errors);
                vertex.SetArcs([]);
                return;
            case 1:
                vertex.Forward = candidates[0].Vertex;
                vertex.Base = vertex.Resolve().Base;
                vertex.ChildError = null;
                return;
        }

        // Defaults change places with what stands before them.
        var defaults = 0;
        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Mark == DefaultMark.Default)
            {
                (candidates[i], candidates[defaults]) = (candidates[defaults], candidates[i]);
                defaults++;
            }
        }

        vertex.Base = new DisjunctionValue([.. candidates.Select(static each => Reduce(each.Vertex!))], defaults);
    }

    private static Value Reduce(Vertex vertex)
    {
        var resolved = vertex.Resolve();
        return resolved.Base is ContainerValue or null || resolved.Arcs.Count > 0 ? resolved : resolved.Base;
    }

    private static Bottom EmptyDisjunction(Vertex vertex, List<Bottom> errors)
    {
        var distinct = new List<Bottom>();
        var custom = errors.Exists(static error => error.Code == CueErrorCode.User && !error.HasNoPath);
        foreach (var error in errors)
        {
            if ((!custom || (error.Code == CueErrorCode.User && !error.HasNoPath)) && !distinct.Exists(other => other.SameAs(error) || IsSameAtClone(other, error)))
                distinct.Add(error);
        }

        // What an incomplete disjunct lacks may come yet.
        var isIncomplete = errors.Exists(static error => error.IsIncomplete);
        if (distinct.Count == 1)
            return isIncomplete && !distinct[0].IsIncomplete ? new Bottom(CueErrorCode.Incomplete, distinct[0].Message, distinct[0].Positions) { At = vertex } : distinct[0];
        var code = isIncomplete ? CueErrorCode.Incomplete : CueErrorCode.Eval;
        return new Bottom(code, FormattableString.Invariant($"{distinct.Count} errors in empty disjunction:")) { At = vertex, Errors = distinct, IsDisjunction = true };
    }

    private static bool IsSameAtClone(Bottom left, Bottom right) =>
        string.Equals(left.Message, right.Message, StringComparison.Ordinal) && left.Code == right.Code
        && string.Equals(left.At?.Path(), right.At?.Path(), StringComparison.Ordinal) && left.Positions.SequenceEqual(right.Positions);
}
