using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>
/// Structural cycles: a vertex all of whose conjuncts came round by a reference that was met before, or that holds one of
/// its ancestors.
/// </summary>
internal sealed partial class Evaluator
{
    /// <summary>How often a reference may lead to itself at one vertex: recursion by way of selected fields.</summary>
    private const int MaxRounds = 400;

    /// <summary>
    /// Whether the same reference led to the same vertex before, on the way to a conjunct. Where a pattern brought the
    /// conjunct on to a field that is there for another reason, that field is what goes on, and what came before does not
    /// count. A reference that was met again by way of a pattern may be met once more.
    /// </summary>
    private Recurrence Recurs(ConjunctInfo info, Expr reference, Vertex target, Vertex node)
    {
        var count = 0;
        var repeated = 0;
        var descent = 0;
        var isThroughPattern = false;
        var isElsewhere = false;
        for (var visited = info.Visited; visited is not null; visited = visited.Next)
        {
            if (visited.Reference is null)
            {
                if (!info.IsCyclic && HasOwnConjunct(visited.Vertex))
                    break;
                isThroughPattern = true;
                continue;
            }

            // What an operand selects is told nowhere but here: it counts when it is met again. So does what an operand is
            // made of, where something outside led on: its other parts may be what ends it.
            var isOfOperand = (visited.Vertex.IsInline && !visited.At.IsInline) || (isElsewhere && visited.At is { IsInline: true, IsDetached: true });
            isElsewhere |= !visited.Vertex.IsInline && !target.IsAncestorOrSelfOf(visited.Vertex);
            if (isOfOperand && !info.IsCyclic && !ReferenceEquals(visited.Reference, reference))
                continue;
            // A value that is made anew in every round, by the operand of a selector, has no end either.
            if (ReferenceEquals(visited.Reference, reference) && ReferenceEquals(visited.At, node) && ++repeated == MaxRounds)
                return Recurrence.Endless;
            if (!IsSame(visited.Vertex, target))
                continue;
            if (ReferenceEquals(visited.At, node))
                return Recurrence.Here;
            if (info.IsCyclic || (isThroughPattern && ReferenceEquals(visited.Reference, reference) && ++count == 2))
                return Recurrence.Cycle;
            if (isThroughPattern)
                continue;
            // A choice is gone through anew for every round: there, what is written where it was met first ends it, or nothing.
            if (IsWithinDisjunct(node))
            {
                if (!HasData(visited.At) && !(Descends(visited.At, node) && ++descent < MaxDescent))
                    return Recurrence.Cycle;
            }
            else if (ReferenceEquals(visited.Reference, reference) || !HasLiteral(node))
            {
                return Recurrence.Repetition;
            }
        }

        return count == 0 ? Recurrence.None : Recurrence.Possible;
    }

    /// <summary>The last reference to a vertex that a conjunct came through.</summary>
    private static Visited? LastVisit(ConjunctInfo info, Vertex target)
    {
        var visited = info.Visited;
        while (visited is not null && (visited.Reference is null || !IsSame(visited.Vertex, target)))
            visited = visited.Next;
        return visited;
    }

    /// <summary>Whether two vertices are one, or the same field of copies of one in which disjuncts are tried.</summary>
    private static bool IsSame(Vertex left, Vertex right) =>
        ReferenceEquals(left, right)
        || (!right.IsInline && left.Label == right.Label && right.Parent?.Origin is { } whole && left.Parent is { } parent && ReferenceEquals(parent.Origin ?? parent, whole));

    /// <summary>The error at a vertex, told by its path; an operand has none, and is told by its place.</summary>
    private static Bottom StructuralCycle(Vertex vertex) =>
        new(CueErrorCode.Structural, "structural cycle", vertex is { IsInline: true, IsDetached: true } ? [vertex.Conjuncts[0].Expr.Position] : []) { At = vertex };

    /// <summary>Whether what an operand refers to is the value that it is a part of, or what that refers to.</summary>
    private static bool IsOwn(ConjunctInfo info, Vertex target, Vertex operand)
    {
        if (target.IsAncestorOrSelfOf(operand))
            return true;
        var owner = operand.Parent!.Origin ?? operand.Parent;
        for (var visited = info.Visited; visited is not null; visited = visited.Next)
        {
            if (ReferenceEquals(visited.Vertex, target) && ReferenceEquals(visited.At, owner))
                return true;
        }

        return false;
    }

    /// <summary>What is wrong with a value that was computed from an operand of which it is a constraint itself: it has to be that, too.</summary>
    private Bottom? Unsuited(Vertex vertex, Vertex operand, Position reference)
    {
        Finalize(operand);
        operand = operand.Resolve();
        Value other = operand.Base ?? operand;
        // What the value lacks it may lack for the operand.
        var known = vertex.Base is not Bottom { IsIncomplete: true } ? vertex.Base
            : vertex.State is { Scalar: { } atom } ? atom.Value
            : vertex.State is { IsStruct: true } ? ContainerValue.Struct
            : vertex.State is { Lists.Count: > 0 } ? ContainerValue.List : null;
        if (known is BoundValue bounding && other is Constant bounded && !Bounds.Check(this, bounding, bounded))
            return new Bottom(CueErrorCode.Eval, $"invalid value {ValueText.Describe(bounded)} (out of bound {ValueText.Describe(bounding)})", ErrorPositions.Sort([vertex.Conjuncts[0].Expr.Position, reference, .. ErrorPositions.OfValue(operand)])) { HasNoPath = true, HasNoPlace = true, IsValidation = true };
        if (known is not { } value || value is Bottom or DisjunctionValue || other is Bottom or DisjunctionValue)
            return null;
        var isMismatch = (value.Kind & other.Kind) == 0;
        if (!isMismatch && (value is not Constant constant || (other is not Constant same || constant.SameAs(same)) && (other is not BoundValue bound || Bounds.Check(this, bound, constant))))
            return null;
        var (told, wanted) = (ValueText.Describe(value is ContainerValue kind ? AsFarAsKnown(vertex, kind) : value), ValueText.Describe(other is ContainerValue ? operand : other));
        return new Bottom(
            CueErrorCode.Eval,
            isMismatch ? $"conflicting values {wanted} and {told} (mismatched types {other.Kind.Text()} and {value.Kind.Text()})" : $"conflicting values {told} and {wanted}",
            ErrorPositions.Sort([vertex.State?.Scalar?.Position ?? vertex.Conjuncts[0].Expr.Position, reference, .. ErrorPositions.OfValue(operand)]))
        { HasNoPath = true, HasNoPlace = true, Reason = isMismatch ? CueErrorReason.Conflict : CueErrorReason.ConflictingConstants };
    }

    /// <summary>
    /// What has no end in a struct or list all of which is needed to determine a value: a part that is another name of that
    /// value.
    /// </summary>
    private Bottom? CircularPart(Vertex whole)
    {
        var mayBeCircular = whole.Status == VertexStatus.Final ? whole.Circle is { } circle && IsBusy(circle) : _final;
        return mayBeCircular ? CircularPartOf(whole) : null;
    }

    private Bottom? CircularPartOf(Vertex whole)
    {
        Step();
        Enter();
        Bottom? found = null;
        for (var i = 0; i < whole.Arcs.Count && found is null; i++)
        {
            var arc = whole.Arcs[i];
            if (arc.ArcType is not (ArcType.Member or ArcType.Required))
                continue;
            var target = arc.Resolve();
            if (arc.Shared is not null && target.Status != VertexStatus.Final && IsBusy(target) && target.Base is null)
            {
                FailCyclic(arc);
                arc.Base = found = new Bottom(CueErrorCode.Structural, "structural cycle", [target.Conjuncts[0].Expr.Position]) { At = arc };
                _reopened.Add(arc);
            }
            else if (arc.Shared is null && target.Base is ContainerValue)
            {
                found = CircularPartOf(target);
            }
        }

        Leave();
        return found;
    }

    /// <summary>
    /// Whether a conjunct that came round is a reference that was met before. What it selects from, an operand, is made anew
    /// in every round.
    /// </summary>
    private static Recurrence RecursInOperand(Vertex vertex, Conjunct conjunct)
    {
        if (!conjunct.Info.IsCyclic)
            return Recurrence.None;
        var result = Recurrence.None;
        for (var visited = conjunct.Info.Visited; visited is not null; visited = visited.Next)
        {
            if (!ReferenceEquals(visited.Reference, conjunct.Expr) || !visited.Vertex.IsInline)
                continue;
            if (!ReferenceEquals(visited.At, vertex.Origin ?? vertex))
                return Recurrence.Cycle;
            result = Recurrence.Here;
        }

        return result;
    }

    /// <summary>Whether a vertex has a conjunct that no reference brought, and that is more than one: data that ends a recursion.</summary>
    private static bool HasData(Vertex vertex) =>
        vertex.Conjuncts.Exists(static conjunct => conjunct.Info is { Visited: null, Recurs: false, IsPattern: false } && !IsReferences(conjunct.Expr));

    /// <summary>Whether a vertex has a conjunct that did not come round, and is more than a reference: something that may end a recursion.</summary>
    private static bool HasLiteral(Vertex vertex) => vertex.Conjuncts.Exists(static conjunct => !conjunct.Info.Recurs && !conjunct.Info.IsPattern && !IsReferences(conjunct.Expr));

    private static bool IsReferences(Expr expr)
    {
        while (expr is BinaryExpr { Operator: TokenKind.And } both)
        {
            if (!IsReferences(both.Right))
                return false;
            expr = both.Left;
        }

        return IsReference(expr) || expr is DisjunctionExpr;
    }

    /// <summary>Whether a pattern that another pattern led to brought the conjunct right here: it is no evidence of structure.</summary>
    private static bool IsAppliedHere(Vertex vertex, ConjunctInfo info)
    {
        if (info.Visited is not { Reference: null } visited || !ReferenceEquals(visited.Vertex, vertex.Origin ?? vertex))
            return false;
        for (var earlier = visited.Next; earlier is not null; earlier = earlier.Next)
        {
            if (earlier.Reference is null)
                return true;
        }

        return false;
    }

    /// <summary>Whether a field has a conjunct that no pattern and no cycle brought there.</summary>
    private static bool HasOwnConjunct(Vertex vertex) => vertex.Conjuncts.Exists(static conjunct => !conjunct.Info.Recurs && !conjunct.Info.IsPattern);

    /// <summary>Whether a vertex is within a disjunct of another.</summary>
    private static bool IsDisjunctOf(Vertex vertex, Vertex whole)
    {
        for (Vertex? each = vertex; each is not null; each = each.Parent)
        {
            if (ReferenceEquals(each.Origin, whole))
                return true;
        }

        return false;
    }

    private static bool IsWithinDisjunct(Vertex vertex)
    {
        for (Vertex? each = vertex; each is not null; each = each.Parent)
        {
            if (each.Origin is not null)
                return true;
        }

        return false;
    }

    /// <summary>Whether the way from a vertex up to another passes an optional field.</summary>
    private static bool IsOptionalPath(Vertex vertex, Vertex target)
    {
        for (Vertex? each = vertex; each is not null && !ReferenceEquals(each, target); each = each.Parent)
        {
            if (each.ArcType == ArcType.Optional)
                return true;
        }

        return false;
    }
}
