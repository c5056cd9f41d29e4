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
        var candidates = new List<Candidate> { new(vertex, LeavesOf(state), null) };
        var errors = new List<Bottom>();
        var results = new List<DisjunctResult>(1);
        for (var d = 0; d < state.Disjunctions.Count && candidates.Count > 0; d++)
        {
            var disjunction = state.Disjunctions[d];
            var isLast = d == state.Disjunctions.Count - 1;
            var next = new List<Candidate>();
            foreach (var candidate in candidates)
            {
                // The errors that are told are those of the last candidate, and all that the source gives as its own.
                errors.RemoveAll(static error => !IsCustom(error));
                for (var i = 0; i < disjunction.Disjuncts.Count; i++)
                {
                    Step();
                    var copy = Copy(vertex, candidate, disjunction.Disjuncts[i], disjunction.Place, !isLast);
                    state.Tried = copy;
                    Finalize(copy);
                    state.Tried = null;
                    results.Clear();
                    AddResults(copy, results, errors);
                    foreach (var result in results)
                        next.Add(new Candidate(result.Vertex, LeavesOf(result.Vertex.State), new Marks(OwnMark(disjunction, i, result.Mark), candidate.Marks)));
                }
            }

            Combine(next, d + 1);
            candidates = [];
            var atoms = new Dictionary<Constant, Candidate>(SameAtom.Instance);
            foreach (var candidate in next)
                AddDistinct(vertex, candidates, atoms, candidate, !isLast);
        }

        Conclude(vertex, candidates, errors);
    }

    /// <summary>The mark that a disjunction gives: marks of nested ones count if it has none itself.</summary>
    private static DefaultMark OwnMark(PendingDisjunction disjunction, int index, DefaultMark nested) =>
        !disjunction.IsMarked ? nested
            : disjunction.Defaults[index] && nested != DefaultMark.NotDefault ? DefaultMark.Default : DefaultMark.NotDefault;

    /// <summary>
    /// Unifies all marks that each candidate has: it is a default if none says that it is not. A disjunction of whose
    /// defaults none is left has no say.
    /// </summary>
    private void Combine(List<Candidate> candidates, int levels)
    {
        var hasDefault = new bool[levels];
        foreach (var candidate in candidates)
        {
            Step();
            var level = levels;
            for (var marks = candidate.Marks; marks is not null; marks = marks.Earlier)
                hasDefault[--level] |= marks.Mark == DefaultMark.Default;
        }

        foreach (var candidate in candidates)
        {
            Step();
            var level = levels;
            candidate.Mark = DefaultMark.None;
            for (var marks = candidate.Marks; marks is not null; marks = marks.Earlier)
            {
                if (hasDefault[--level] && marks.Mark != DefaultMark.None)
                    candidate.Mark = marks.Mark == DefaultMark.Default && candidate.Mark != DefaultMark.NotDefault ? DefaultMark.Default : DefaultMark.NotDefault;
            }
        }
    }

    private void AddDistinct(Vertex vertex, List<Candidate> candidates, Dictionary<Constant, Candidate> atoms, Candidate candidate, bool isIntermediate)
    {
        // Atoms are looked up; anything else is compared with all that are left, if it is known already.
        var atom = candidate.Vertex.Resolve() is { Base: Constant constant, Arcs.Count: 0 } resolved && candidate.Vertex.DeferredViolations is null && !Equality.HasLets(resolved) ? constant : null;
        if (atom is not null && atoms.TryGetValue(atom, out var same))
        {
            Merge(same, candidate);
            return;
        }

        var isWaiting = candidate.Vertex.Resolve().Base is Bottom;
        // Beside an open list it makes no difference which of the choices is open.
        var isOpenList = vertex.State!.Lists.Exists(static list => list.IsOpen);
        for (var i = 0; i < candidates.Count && atom is null && !isWaiting; i++)
        {
            Step();
            var hasSameViolations = HasSameViolations(candidates[i].Vertex, candidate.Vertex);
            if ((!hasSameViolations && !isIntermediate) || !(isOpenList ? Equality.IsIdenticalIfOpen(candidates[i].Vertex, candidate.Vertex) : Equality.IsIdentical(candidates[i].Vertex, candidate.Vertex)))
                continue;
            if (!hasSameViolations)
                Allow(vertex, candidates[i], candidate);
            Merge(candidates[i], candidate);
            return;
        }

        if (atom is not null)
            atoms.Add(atom, candidate);
        candidates.Add(candidate);
    }

    private static void Merge(Candidate known, Candidate same)
    {
        if (same.Mark != DefaultMark.Default || known.Mark == DefaultMark.Default)
            return;
        known.Mark = same.Mark;
        known.Marks = same.Marks;
    }

    /// <summary>What a disjunct is unified with: the conjuncts that are known, and those that wait for it.</summary>
    private static List<Leaf> LeavesOf(NodeState? state)
    {
        if (state is null)
            return [];
        var leaves = new List<Leaf>(state.Leaves);
        foreach (var task in state.Tasks)
        {
            if (!task.IsDone && task.Kind is TaskKind.Expression or TaskKind.Comprehension)
                leaves.Add(new Leaf(task.Conjunct, task.Place));
        }

        foreach (var task in state.Incomplete)
        {
            if (task.Kind == TaskKind.Comprehension)
                leaves.Add(new Leaf(task.Conjunct, task.Place));
        }

        return leaves;
    }

    /// <summary>
    /// Lets a candidate have the fields that an equal one may have: what that one is made of holds for both, but says
    /// nothing of the order of fields.
    /// </summary>
    private static void Allow(Vertex vertex, Candidate candidate, Candidate same)
    {
        Dictionary<Env, Env>? environments = null;
        foreach (var leaf in same.Leaves)
        {
            var conjunct = leaf.Conjunct;
            if (!candidate.Leaves.Exists(known => ReferenceEquals(known.Expr, leaf.Expr) && ReferenceEquals(known.Info.Scope, leaf.Info.Scope)))
                candidate.Leaves.Add(new Leaf(new Conjunct(conjunct.Expr, Move(conjunct.Env, same.Vertex, vertex, candidate.Vertex, ref environments), conjunct.Info, conjunct.Field), OrderPlace.Nowhere));
        }

        candidate.Vertex.DeferredViolations = candidate.Vertex.DeferredViolations?.FindAll(path => same.Vertex.DeferredViolations?.Contains(path) == true) is { Count: > 0 } left ? left : null;
    }

    private static bool HasSameViolations(Vertex left, Vertex right) =>
        ReferenceEquals(left.DeferredViolations, right.DeferredViolations) || (left.DeferredViolations ?? []).SequenceEqual(right.DeferredViolations ?? []);

    private static void AddResults(Vertex copy, List<DisjunctResult> results, List<Bottom> errors)
    {
        if (copy.State is { Results.Count: > 0, Error: { Required: not null } missing })
        {
            errors.Add(missing);
        }
        else if (copy.State?.Results is { } nested)
        {
            // What is left alone is no choice any more; where there is a default, the others are none.
            var hasDefault = nested.Exists(static result => result.Mark == DefaultMark.Default);
            foreach (var result in nested)
                results.Add(new DisjunctResult(result.Vertex, nested.Count == 1 ? DefaultMark.None : hasDefault && result.Mark == DefaultMark.None ? DefaultMark.NotDefault : result.Mark));
            if (nested.Count == 0 && copy.Base is Bottom none)
                errors.Add(none);
        }
        else if (Failure(copy) is { } error)
        {
            errors.Add(IsRefusedByPattern(copy, error) ? error.ToldAt(copy) : error);
        }
        else
        {
            results.Add(new DisjunctResult(copy, DefaultMark.None));
        }
    }

    /// <summary>
    /// Why a disjunct is dropped. One that is incomplete is dropped as well, if it or one of its fields is: only further
    /// disjunctions can still mend that, and not an expression in the place of the disjunct.
    /// </summary>
    private static Bottom? Failure(Vertex copy)
    {
        var resolved = copy.Resolve();
        var error = resolved.Base is Bottom { IsChoice: false } failed ? failed : null;
        if (error is { IsIncomplete: false } or { IsDisjunction: true })
            return error;
        if (resolved.ChildError is { } child)
            return child;
        if (copy.DefersClosedness)
            return error is not null && resolved.State?.Incomplete.Exists(static task => task.Kind == TaskKind.Expression) == true ? error : null;
        if (error is not null)
            return error;
        foreach (var arc in resolved.Arcs)
        {
            if (arc.ArcType is not (ArcType.Optional or ArcType.Pending) && arc.Resolve().Base is Bottom { IsIncomplete: true } incomplete)
                return incomplete;
        }

        return null;
    }

    private void Conclude(Vertex vertex, List<Candidate> candidates, List<Bottom> errors)
    {
        var state = vertex.State!;
        NoteRoles(vertex, candidates);
        state.Results = [.. candidates.Select(static each => new DisjunctResult(each.Vertex, each.Mark))];
        if (state.NeededBy is { } other && candidates.Count > 0 && candidates.TrueForAll(static each => each.Mark != DefaultMark.Default))
        {
            vertex.Base = NoChoice(vertex, other, candidates.Count == 1);
            return;
        }

        if (state.NeedsItself is { } needing && candidates.Count > 0 && candidates.TrueForAll(static each => each.Mark != DefaultMark.Default))
        {
            var isOne = candidates.Count == 1;
            var what = isOne ? "ambiguous default elimination by referencing" : "cycle across unresolved disjunction referenced by";
            IReadOnlyList<Position> places = !state.AsksItself ? [needing.Conjuncts[0].Expr.Position]
                : isOne ? ErrorPositions.Primary(state.AskedBy, ErrorPositions.OfConjuncts(vertex))
                : [state.Disjunctions[0].Position];
            vertex.Base = new Bottom(CueErrorCode.Cycle, $"{what} {needing.Path()}", places) { At = vertex };
            return;
        }

        if (NeedsItself(state, candidates))
        {
            // The arguments of a call are needed before there is anything to choose from.
            vertex.Base = new Bottom(CueErrorCode.Structural, "structural cycle", [state.Disjunctions[0].Position]) { HasNoPath = true };
            state.Results = [];
            return;
        }

        if (vertex.IsOperand && _task is { } task && IsOfCircle(vertex))
            task.CircularChoice ??= errors.Find(static error => error.Code == CueErrorCode.Cycle && error.Flatten().Any(static part => part.IsComputed));
        switch (candidates.Count)
        {
            case 0 when FailsWhateverIsChosen(vertex) || IsResult(vertex, errors):
                return;
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

        vertex.Base = new DisjunctionValue([.. candidates.Select(static each => Reduce(each.Vertex))], defaults);
    }

    /// <summary>Whether a call offers nothing but other structs that are made of what the call is the value of.</summary>
    private static bool NeedsItself(NodeState state, List<Candidate> candidates) =>
        state.Disjunctions is [{ Source: null, Disjuncts: [{ Info.Way: null }, ..] offered }] && candidates.Count == offered.Count
        && offered.All(static each => each.Expr is ValueExpr { Value: Vertex value } && !value.Resolve().IsInline)
        && candidates.TrueForAll(static each => each.Vertex.State is { RefersToWhole: true } choice && choice.Leaves.Exists(static leaf => leaf.Expr is not TopExpr));

    /// <summary>Notes for the order of fields whether each disjunct is one of several, or what is left or chosen.</summary>
    private static void NoteRoles(Vertex vertex, List<Candidate> candidates)
    {
        var hasOneDefault = candidates.Count(static each => each.Mark == DefaultMark.Default) == 1;
        var isWhole = vertex.Origin is null && vertex.State!.Disjunctions.TrueForAll(static each => each.Defaults.Count(static isDefault => isDefault) == 1);
        var isEmbedded = vertex.Conjuncts.Exists(static each => each.Expr is StructExpr { HasEmbeddings: true });
        foreach (var candidate in candidates)
        {
            candidate.Vertex.Role = candidates.Count == 1 ? DisjunctRole.Only
                : !hasOneDefault || candidate.Mark != DefaultMark.Default ? DisjunctRole.Choice
                : isEmbedded ? DisjunctRole.Only
                : isWhole ? DisjunctRole.Default
                : DisjunctRole.Chosen;
        }
    }

    private static Value Reduce(Vertex vertex)
    {
        var resolved = vertex.Resolve();
        return resolved.Base is ContainerValue or null || resolved.Arcs.Count > 0 ? resolved : resolved.Base;
    }

    /// <summary>What is left after some of the disjunctions of a vertex were multiplied out.</summary>
    private sealed class Candidate(Vertex vertex, List<Leaf> leaves, Marks? marks)
    {
        public Vertex Vertex { get; } = vertex;

        /// <summary>What further disjuncts are unified with.</summary>
        public List<Leaf> Leaves { get; } = leaves;

        public Marks? Marks { get; set; } = marks;

        /// <summary>All marks together.</summary>
        public DefaultMark Mark { get; set; }
    }

    /// <summary>The mark from a disjunction, and those from the ones before it.</summary>
    private sealed class Marks(DefaultMark mark, Marks? earlier)
    {
        public DefaultMark Mark { get; } = mark;

        public Marks? Earlier { get; } = earlier;
    }
}
