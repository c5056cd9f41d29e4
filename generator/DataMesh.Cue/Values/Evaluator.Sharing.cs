using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>When a vertex that refers to another one is the very same, and what is behind that.</content>
internal sealed partial class Evaluator
{
    /// <summary>How many constraints are compared with each other.</summary>
    private const int MaxSame = 8;

    /// <summary>Whether a vertex has no other constraint than a reference, but for <c>_</c>, itself, and the same once more.</summary>
    private bool IsAllThatIsSaid(Vertex vertex, Conjunct reference, Vertex target)
    {
        if (vertex.Conjuncts is [{ Expr: var only }] && ReferenceEquals(only, reference.Expr))
            return true;
        // What else there is may be yet to come, or wrong.
        return vertex.Status != VertexStatus.Processing && vertex.State?.Error is null && vertex.Conjuncts.Count <= MaxSame && vertex.Conjuncts.TrueForAll(conjunct => ReferenceEquals(conjunct.Info.Scope, reference.Info.Scope) && SaysOnly(conjunct.Expr, conjunct));

        bool SaysOnly(Expr expr, Conjunct conjunct)
        {
            for (; expr is BinaryExpr { Operator: TokenKind.And } both; expr = both.Left)
            {
                if (!SaysOnly(both.Right, conjunct))
                    return false;
            }

            return expr is TopExpr || (ReferenceEquals(expr, reference.Expr) && ReferenceEquals(conjunct.Env, reference.Env))
                || (expr is FieldRef or SelectorExpr or ImportRef && ResolveReference(expr, conjunct.Env!, new Frame(vertex, conjunct.Info)) is Vertex other
                    && (ReferenceEquals(other, vertex) || ReferenceEquals(Dereference(other), target)));
        }
    }

    /// <summary>How many fields of an operand may name each other, one after the other.</summary>
    private const int MaxBehind = 20;

    /// <summary>What a field of an operand is, if it only names that.</summary>
    private Vertex? Behind(Vertex target)
    {
        Vertex? result = null;
        for (var i = 0; i < MaxBehind && target is { IsInline: true, IsDetached: false, Status: VertexStatus.Unprocessed, Conjuncts: [{ Env: { } env } only] } && IsReference(only.Expr); i++)
        {
            if (ResolveReference(only.Expr, env, new Frame(target, only.Info)) is not Vertex named)
                break;
            target = result = Dereference(named);
        }

        return result;
    }

    /// <summary>The vertex behind sharing: what conjuncts are copied from.</summary>
    private static Vertex Dereference(Vertex vertex)
    {
        while (vertex.Shared is { } shared)
            vertex = shared;
        return vertex;
    }

    private static bool CanShare(Vertex vertex, Vertex target, ConjunctInfo info)
    {
        if (info.IsUnshared || info.Data is not null || vertex.IsUnshared)
            return false;
        // A definition closes what its fields refer to, and what is referred to within what it closes; the others that refer to that do not.
        if ((vertex.IsInDefinition || info.IsEnclosed || info.Scope is { IsInDefinition: true }) && !target.IsInDefinition && !IsOfDefinition(target) && !(info.IsEnclosed && target.Conjuncts.Exists(static conjunct => conjunct.Info.IsEnclosed)))
            return false;
        if (vertex is { Label.Kind: LabelKind.Index, Parent: { } list } && !target.IsInDefinition && IsOfDefinition(list))
            return false;
        // Within an operand a part can be the whole: only what is selected is there.
        if (vertex is { IsInline: true, IsDetached: false } && target is { IsInline: true, IsDetached: false } && target.IsAncestorOrSelfOf(vertex))
            return !ReferenceEquals(target, vertex) && vertex.Origin is null;
        // What has no place in the tree is evaluated where it is used.
        if (target.IsInline || target.Label.Kind == LabelKind.Let)
            return false;
        return !ReferenceEquals(target, vertex) && vertex.Parent is not null && vertex.Origin is null
            && (!target.IsAncestorOrSelfOf(vertex) || vertex.ArcType == ArcType.Optional);
    }

    /// <summary>Whether a value is written as a struct or list, even if that embeds no more than an atom.</summary>
    private static bool IsStructure(Vertex target)
    {
        target = target.Resolve();
        return target.Base is ContainerValue
            || target.State is { IsStruct: true } or { IsEmbeddingStruct: true } or { DeclaredKind: CueKind.List }
            || (target.State is null && target.Conjuncts.Exists(static conjunct => conjunct.Expr is StructExpr or ListExpr));
    }

    /// <summary>Whether a definition has a say in a value.</summary>
    private static bool IsOfDefinition(Vertex vertex) =>
        vertex.Conjuncts.Exists(static conjunct => conjunct.Info.Scope is { IsInDefinition: true })
        || vertex.State?.Leaves.Exists(static leaf => leaf.Info.Scope is { IsInDefinition: true }) == true;
}
