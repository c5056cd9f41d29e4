using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <summary>
/// Closedness. A referenced definition (or <c>close</c>) demands of every field that one of its conjuncts comes from
/// within the definition, or from the literal that embeds it: embedding a closed struct extends it.
/// </summary>
internal sealed partial class Evaluator
{
    /// <summary>
    /// Determines whether a vertex is closed, and what closes it; null when nothing does. What closes a vertex through a
    /// definition closes all that is below, too.
    /// </summary>
    private static List<CloseScope>? Close(Vertex vertex)
    {
        if (vertex.State is not { } state)
            return null;
        var demands = OwnDemands(vertex, state);
        var isClosedWithin = (vertex.IsInDefinition && !IsInValidatedList(vertex, null)) || HasClosedLeaf(state, vertex);
        vertex.IsMeantClosed = isClosedWithin || IsClosedBy(vertex, demands);
        for (var i = (demands?.Count ?? 0) - 1; i >= 0; i--)
        {
            if (HasEllipsisIn(vertex, demands![i]) || IsOpenedIn(vertex, demands[i]))
                demands.RemoveAt(i);
        }

        vertex.IsClosed = IsClosedBy(vertex, demands) || (!vertex.HasEllipsis && isClosedWithin);
        for (var i = 0; i < (vertex.InheritedDemands?.Count ?? 0); i++)
        {
            // A definition says nothing of what is in a field that it allows to be anything.
            var demand = vertex.InheritedDemands![i];
            if (demands?.Contains(demand) != true && !HasEllipsisIn(vertex, demand) && !HasValueWithin(state, demand) && !IsInValidatedList(vertex, demand))
                (demands ??= []).Add(demand);
        }

        if (demands is not { Count: > 0 })
            return null;
        var inherited = demands.FindAll(static demand => demand is { Kind: CloseScopeKind.Definition, IsShallow: false });
        foreach (var arc in vertex.Arcs)
        {
            if (arc.Label.Kind == LabelKind.String)
                arc.InheritedDemands = inherited;
        }

        return demands;
    }

    private static bool IsClosedBy(Vertex vertex, List<CloseScope>? demands) => demands?.Exists(demand => !demand.IsCall || IsOnlyOf(vertex, demand)) == true;

    private static bool HasEllipsisIn(Vertex vertex, CloseScope demand)
    {
        foreach (var scope in vertex.State!.Ellipses)
        {
            if (IsWithin(scope, demand))
                return true;
        }

        return false;
    }

    /// <summary>Whether a validator that takes schemas is among what the demand closes: it says itself what there may be.</summary>
    private static bool IsOpenedIn(Vertex vertex, CloseScope demand)
    {
        if (IsInValidatedList(vertex, demand))
            return true;
        for (var each = vertex; each is not null; each = each.Parent)
        {
            foreach (var check in each.State?.Checks ?? default)
            {
                if (check.Value is ValidatorValue { Builtin.TakesSchemas: true } && IsWithin(check.Info.Scope, demand))
                    return true;
            }

            // What it leaves open at the top, it leaves open below.
            if (IsOf(demand, each))
                break;
        }

        return false;
    }

    /// <summary>
    /// Whether a vertex is in a list that a validator constrains: <c>cue</c> leaves the elements open for the definition that
    /// the validator is in. Without a demand, the definition is the one that the vertex is declared in.
    /// </summary>
    private static bool IsInValidatedList(Vertex vertex, CloseScope? demand)
    {
        for (var each = vertex; each.Parent is { } list; each = list)
        {
            if (demand?.Vertex is { } closed && (ReferenceEquals(each, closed) || ReferenceEquals(each.Origin, closed)))
                return false;
            if (list.State is not { Lists.Count: > 0 } state)
                continue;
            foreach (var check in state.Checks)
            {
                if (check.Value is ValidatorValue && (demand is null || IsWithin(check.Info.Scope, demand)))
                    return true;
            }
        }

        return false;
    }

    private static bool HasClosedLeaf(NodeState state, Vertex vertex)
    {
        foreach (var leaf in state.Leaves)
        {
            if ((leaf.Info.IsClosed && (leaf.Info.Scope?.Call is not { } call || (call.Closes(IsOf(call, vertex)) && IsOnlyOf(vertex, call)))) || IsInClose(leaf.Info.Scope, vertex))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Whether nothing else has a say in a vertex below a call that closes it: what has cannot add fields,
    /// but with it the struct does not count as closed.
    /// </summary>
    private static bool IsOnlyOf(Vertex vertex, CloseScope call)
    {
        for (var each = vertex; each is not null && !IsOf(call, each); each = each.Parent)
        {
            if (!each.Conjuncts.TrueForAll(conjunct => conjunct.Info.IsPattern || IsWithin(conjunct.Info.Scope, call)))
                return false;
        }

        return true;
    }

    private static bool HasValueWithin(NodeState state, CloseScope demand)
    {
        foreach (var leaf in state.Leaves)
        {
            if (leaf.Expr is not StructBodyExpr && IsWithin(leaf.Info.Scope, demand))
                return true;
        }

        return false;
    }

    /// <summary>The definitions and closes that the conjuncts of a vertex came through; null when there are none.</summary>
    private static List<CloseScope>? OwnDemands(Vertex vertex, NodeState state)
    {
        List<CloseScope>? result = null;
        foreach (var leaf in state.Leaves)
            Reclose(leaf.Info.Scope, vertex);
        foreach (var leaf in state.Leaves)
        {
            if (leaf.Expr is not StructBodyExpr)
                continue;
            AddDemands(leaf.Info.Scope, vertex, ref result);
        }

        // What is only itself leaves another definition open.
        foreach (var scope in (vertex.Label.IsDefinition ? null : state.EmptyScopes) ?? [])
            AddDemands(scope, vertex, ref result);
        return result is { Count: > 0 } ? result : null;
    }

    private static void AddDemands(CloseScope? scope, Vertex vertex, ref List<CloseScope>? demands)
    {
        var before = demands?.Count ?? 0;
        for (; scope is not null; scope = scope.Parent)
        {
            if (scope.Kind == CloseScopeKind.Opening && IsOf(scope, vertex))
                demands?.RemoveRange(before, demands.Count - before);
            if (scope.Closes(IsOf(scope, vertex)) && (demands is null || !demands.Contains(scope)))
                (demands ??= []).Add(scope);
        }
    }

    /// <summary>Closes what is closed on condition, if something that is spread in it was, and as far down as that.</summary>
    private static void Reclose(CloseScope? scope, Vertex vertex)
    {
        CloseScope? closing = null, spread = null;
        for (; scope is not null; scope = scope.Parent)
        {
            var isOwn = IsOf(scope, vertex);
            if (scope.IsCall && isOwn && spread is not null)
            {
                // One call of close is enough for what is below to stay open.
                scope.IsShallow |= spread.Kind == CloseScopeKind.Close || spread.IsShallow;
                if (scope.Condition != CloseCondition.None)
                    scope.Condition = CloseCondition.Closed;
            }

            if (scope.Kind == CloseScopeKind.Opening && isOwn)
                spread ??= scope.OpensDefinition && closing is not { Kind: CloseScopeKind.Close } ? scope : closing;
            if (scope.Closes(isOwn) && (closing is null || scope.Kind == CloseScopeKind.Definition))
                closing = scope;
        }
    }

    private static bool IsInClose(CloseScope? scope, Vertex vertex)
    {
        for (; scope is not null; scope = scope.Parent)
        {
            if (scope.Kind == CloseScopeKind.Close && IsOf(scope, vertex))
                return true;
        }

        return false;
    }

    private static bool IsOf(CloseScope scope, Vertex vertex) => ReferenceEquals(scope.Vertex, vertex) || (vertex.Origin is { } origin && ReferenceEquals(scope.Vertex, origin));

    /// <summary>
    /// Whether a conjunct with this scope may add to what the demand closes: what is embedded is extended by all of the
    /// outermost literal, but not by what is embedded along with it.
    /// </summary>
    private static bool IsWithin(CloseScope? scope, CloseScope demand) =>
        scope is not null && (scope.IsIn(demand) || (demand.Embedding is { } embedding && scope.IsIn(embedding.Outer ?? embedding.Parent!, embedding)));

    /// <summary>Whether a regular field could be added to a struct.</summary>
    public bool Allows(Vertex vertex, Label label)
    {
        vertex = vertex.Resolve();
        if (label.Kind != LabelKind.String || !vertex.IsClosed || vertex.Find(label) is not null)
            return true;
        foreach (var pattern in vertex.Patterns ?? [])
        {
            if (MatchesLabel(pattern.Pattern, label))
                return true;
        }

        return false;
    }

    private bool IsClosedTo(Vertex vertex, Label label) =>
        label.Kind == LabelKind.String && !vertex.HasEllipsis
        && (vertex.Status == VertexStatus.Final ? vertex.IsClosed : _final && (IsClosedSoFar(vertex) || IsClosedWithin(vertex)))
        && !(vertex.Patterns ?? []).Exists(pattern => MatchesLabel(pattern.Pattern, label));

    /// <summary>Whether a clause or name of a field asks a definition beside it, in a struct in an expression: the fields of that struct come first.</summary>
    private bool IsOwnDefinition(Vertex vertex, Label label) =>
        _final && label.Kind == LabelKind.String && vertex is { IsInDefinition: true, HasEllipsis: false }
        && _task is { Kind: TaskKind.Comprehension or TaskKind.DynamicField } && _running is { IsOperand: true } && _running.IsAncestorOrSelfOf(vertex)
        && !(vertex.Patterns ?? []).Exists(pattern => MatchesLabel(pattern.Pattern, label));

    /// <summary>Whether nothing is left that could open a vertex whose value is not asked for yet.</summary>
    private static bool IsClosedSoFar(Vertex vertex) =>
        vertex is { Status: VertexStatus.Partial, State: { Tasks.Count: 0, Disjunctions.Count: 0 } } && ClosesItself(vertex);

    private static bool ClosesItself(Vertex vertex) =>
        vertex.State is { } state
        && OwnDemands(vertex, state) is { } demands
        && demands.Exists(demand => !HasEllipsisIn(vertex, demand) && !IsOpenedIn(vertex, demand));

    /// <summary>Whether a vertex whose value is being determined is closed by itself, whatever it refers to.</summary>
    private static bool IsClosedWithin(Vertex vertex) =>
        vertex is { Status: VertexStatus.Finalizing, HasEllipsis: false, State: { Disjunctions.Count: 0 } state }
        && ((vertex.IsInDefinition && vertex.Base is not null) || state.Leaves.Exists(leaf => IsInClose(leaf.Info.Scope, vertex)));
}
