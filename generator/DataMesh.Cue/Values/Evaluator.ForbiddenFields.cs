using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>Fields that a closed struct does not allow, and how they are told.</content>
internal sealed partial class Evaluator
{
    private const int ScopesPerStep = 256;

    /// <summary>Makes errors of the fields that are not allowed, unless there are other errors, which may be the reason.</summary>
    private void ForbidFields(Vertex vertex, List<CloseScope> demands)
    {
        if (vertex.ChildError is { IsNotAllowed: false } || (vertex.ChildError is not null && vertex.State!.Checks.Count > 0))
            return;
        List<Bottom>? errors = null;
        foreach (var arc in vertex.Arcs)
        {
            // What a field lacks is told first, unless the field is no more than the name of another one.
            if (arc.Label.Kind != LabelKind.String || arc.ArcType == ArcType.Pending || arc is { Shared: null, Base: Bottom { IsIncomplete: true } })
                continue;
            // Every definition is looked for on the way to every constraint.
            var work = 0L;
            for (var i = 0; i < arc.Conjuncts.Count; i++)
                work += arc.Conjuncts[i].Info.Scope?.Depth ?? 0;
            Step((int)Math.Min(int.MaxValue, 1 + (work * demands.Count / ScopesPerStep)));
            var demand = demands.Find(each => !IsAllowed(arc, each));
            if (demand is null || IsDeferred(arc, demand))
                continue;
            var error = Forbid(arc, demand, vertex.State!.Checks);
            if (arc.ArcType != ArcType.Optional)
                (errors ??= []).Add(error);
        }

        if (NotAllowed(errors) is not { } forbidden)
            return;
        vertex.ChildError = forbidden;
        // A validator that takes schemas finds the error itself: it is one of the struct.
        if (vertex.State!.Checks.Exists(static check => check.Value is ValidatorValue { Builtin.TakesSchemas: true }))
            vertex.Base = forbidden.AsOwn();
    }

    /// <summary>One error for all fields of a struct that are not allowed.</summary>
    private static Bottom? NotAllowed(List<Bottom>? errors) => errors switch
    {
        null => null,
        [var only] => only,
        [var first, ..] => new Bottom(first.Code, first.Text, first.Positions) { HasNoPlace = true, At = first.At, IsNotAllowed = first.IsNotAllowed, Errors = errors },
        _ => null,
    };

    /// <summary>
    /// Whether a further disjunct may still allow a field: not where what closes the struct was referred to below the vertex
    /// that the disjuncts are of.
    /// </summary>
    private static bool IsDeferred(Vertex vertex, CloseScope demand)
    {
        for (Vertex? each = vertex; each is not null; each = each.Parent)
        {
            if (each.DefersClosedness)
            {
                (each.DeferredViolations ??= []).Add(vertex.Path());
                return true;
            }

            if (demand.Vertex is { } closed && (ReferenceEquals(each, closed) || ReferenceEquals(each.Origin, closed)))
                return false;
        }

        return false;
    }

    private static Bottom Forbid(Vertex arc, CloseScope demand, Items<Located> checks)
    {
        // A value that a schema is tried on takes part with its values, not with its fields.
        Vertex? candidate = null;
        Position asked = default;
        for (var above = arc.Parent; above is not null && candidate is null; above = above.Parent)
        {
            candidate = above.Candidate;
            if (!asked.IsValid && above.Origin?.State is { } choice)
                asked = choice.AskedBy;
        }

        var positions = new List<Position>();
        foreach (var conjunct in arc.Conjuncts)
        {
            if (!IsWithin(conjunct.Info.Scope, demand) || IsItself(arc, conjunct))
                positions.Add((candidate is null ? conjunct.Field?.Start : null) ?? conjunct.Expr.Position);
        }

        arc.Shared = null;
        arc.Forward = null;
        arc.State ??= new NodeState();
        arc.State.Error = null;
        arc.State.Results = null;
        // A validator of the struct is what the error is at.
        var place = (candidate?.State?.Checks ?? checks) is { Count: > 0 } validators ? validators[0].Position : asked;
        var error = new Bottom(CueErrorCode.Eval, "field not allowed", ErrorPositions.Primary(place, ErrorPositions.Sort(positions))) { HasNoPlace = !place.IsValid, At = arc, IsNotAllowed = true };
        arc.Base = error;
        arc.ChildError = null;
        arc.SetArcs([]);
        arc.Status = VertexStatus.Final;
        return error;
    }

    private static bool IsAllowed(Vertex arc, CloseScope demand)
    {
        foreach (var conjunct in arc.Conjuncts)
        {
            if (IsWithin(conjunct.Info.Scope, demand) && !IsItself(arc, conjunct))
                return true;
        }

        return false;
    }

    /// <summary>Whether a constraint says nothing but that a field is itself, which does not declare it.</summary>
    private static bool IsItself(Vertex arc, Conjunct conjunct) => arc.State?.References?.Contains(conjunct.Expr) == true;
}
