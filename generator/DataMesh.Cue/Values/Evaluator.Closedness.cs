using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>
/// Closedness. A referenced definition (or <c>close</c>) demands of every field that one of its conjuncts comes from
/// within the definition, or from the literal that embeds it: embedding a closed struct extends it.
/// </summary>
internal sealed partial class Evaluator
{
    private static void CheckClosed(Vertex vertex)
    {
        vertex.IsClosed = false;
        var demands = Demands(vertex);
        if (demands is null)
        {
            vertex.IsClosed = vertex.IsInDefinition && !vertex.HasEllipsis;
            return;
        }

        foreach (var demand in demands)
        {
            if (!HasEllipsisIn(vertex, demand))
                vertex.IsClosed = true;
        }

        if (!vertex.IsClosed)
        {
            vertex.IsClosed = vertex.IsInDefinition && !vertex.HasEllipsis;
            return;
        }

        foreach (var arc in vertex.Arcs)
        {
            if (arc.Label.Kind != LabelKind.String || arc.ArcType == ArcType.Pending)
                continue;
            foreach (var demand in demands)
            {
                if (IsAllowed(vertex, arc, demand) || IsDeferred(arc))
                    continue;
                Forbid(arc, demand);
                break;
            }
        }
    }

    private static bool IsDeferred(Vertex vertex)
    {
        for (Vertex? each = vertex; each is not null; each = each.Parent)
        {
            if (each.DefersClosedness)
            {
                (each.DeferredViolations ??= []).Add(vertex.Path());
                return true;
            }
        }

        return false;
    }

    private static void Forbid(Vertex arc, CloseScope demand)
    {
        var positions = new List<Position>();
        foreach (var conjunct in arc.Conjuncts)
        {
            if (!IsWithin(conjunct.Info.Scope, demand))
                positions.Add(conjunct.Field?.Source?.Start ?? conjunct.Expr.Position);
        }

        arc.Shared = null;
        arc.State ??= new NodeState();
        arc.State.Error = null;
        arc.Base = new Bottom(CueErrorCode.Eval, "field not allowed", ErrorPositions.Sort(positions)) { At = arc, IsNotAllowed = true };
        arc.SetArcs([]);
        arc.Status = VertexStatus.Final;
    }

    private static bool IsAllowed(Vertex vertex, Vertex arc, CloseScope demand)
    {
        foreach (var conjunct in arc.Conjuncts)
        {
            if (IsWithin(conjunct.Info.Scope, demand))
                return true;
        }

        return HasEllipsisIn(vertex, demand);
    }

    private static bool HasEllipsisIn(Vertex vertex, CloseScope demand)
    {
        foreach (var scope in vertex.State!.Ellipses)
        {
            if (IsWithin(scope, demand))
                return true;
        }

        return false;
    }

    /// <summary>The definitions and closes that struct conjuncts of the vertex came through; null when there are none.</summary>
    private static List<CloseScope>? Demands(Vertex vertex)
    {
        if (vertex.State is not { } state)
            return null;
        List<CloseScope>? result = null;
        foreach (var leaf in state.Leaves)
        {
            if (leaf.Expr is not StructBodyExpr)
                continue;
            var before = result?.Count ?? 0;
            for (var scope = leaf.Info.Scope; scope is not null; scope = scope.Parent)
            {
                if (scope.Kind == CloseScopeKind.Opening && (ReferenceEquals(scope.Vertex, vertex) || ReferenceEquals(scope.Vertex, vertex.Origin)))
                    result?.RemoveRange(before, result.Count - before);
                var closes = scope.Kind == CloseScopeKind.Definition
                    || (scope.Kind == CloseScopeKind.Close && (ReferenceEquals(scope.Vertex, vertex) || ReferenceEquals(scope.Vertex, vertex.Origin)));
                if (closes && (result is null || !result.Contains(scope)))
                    (result ??= []).Add(scope);
            }
        }

        return result is { Count: > 0 } ? result : null;
    }

    /// <summary>Whether a conjunct with this scope may add to what the demand closes.</summary>
    private static bool IsWithin(CloseScope? scope, CloseScope demand)
    {
        if (Contains(demand, scope, null))
            return true;
        for (var outer = demand.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is { Kind: CloseScopeKind.Embedding, Parent: { } literal } && Contains(literal, scope, outer))
                return true;
        }

        return false;
    }

    private static bool Contains(CloseScope outer, CloseScope? inner, CloseScope? except)
    {
        for (; inner is not null && inner.Depth >= outer.Depth; inner = inner.Parent)
        {
            if (ReferenceEquals(inner, except))
                return false;
            if (ReferenceEquals(inner, outer))
                return true;
        }

        return false;
    }

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
        vertex.Status == VertexStatus.Final && vertex.IsClosed && label.Kind == LabelKind.String && !Allows(vertex, label);

    /// <summary>Whether a pattern applies to a field name.</summary>
    public bool MatchesLabel(Value pattern, Label label)
    {
        if (label.Kind != LabelKind.String)
            return false;
        switch (pattern)
        {
            case TypeValue type:
                return (type.Kind & CueKind.String) != 0;
            case Constant constant:
                return constant is StringConstant text && string.Equals(text.Value, label.Text, StringComparison.Ordinal);
            case BoundValue bound:
                return Bounds.Check(this, bound, new StringConstant(label.Text));
            case ValidatorValue validator:
                var context = new CallContext(this, validator.Builtin, [new StringConstant(label.Text), .. validator.Arguments], null, validator.Position) { IsValidator = true };
                return validator.Builtin.Invoke(context) is BoolConstant { Value: true };
            case ConjunctionValue conjunction:
                foreach (var each in conjunction.Values)
                {
                    if (!MatchesLabel(each, label))
                        return false;
                }

                return true;
            case DisjunctionValue disjunction:
                foreach (var each in disjunction.Values)
                {
                    if (MatchesLabel(each is Vertex { Base: { } known } ? known : each, label))
                        return true;
                }

                return false;
            default:
                return false;
        }
    }
}
