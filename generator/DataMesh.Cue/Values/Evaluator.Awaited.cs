using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Fields of values that are being determined by means of what selects them: they may come yet.</content>
internal sealed partial class Evaluator
{
    /// <summary>Whether a struct or list is being determined by what needs another value, which looks into it.</summary>
    private bool IsAwaited(Vertex vertex)
    {
        if (!_final || _running is null || (vertex.IsAncestorOrSelfOf(_running) && !IsReferredTo(_running)) || vertex.State?.Tasks.Exists(static task => task is { IsRunning: true, Kind: not TaskKind.Comprehension }) != true)
            return false;
        MeetCircle(vertex);
        return true;
    }

    /// <summary>
    /// What a value is that selects a field of one that is being determined, to what is asked for by that: whatever else is
    /// known of it. If that is nothing, operators need each other in a circle; to what is no operator it is just anything, which is the value then.
    /// </summary>
    private Value? OfAwaited(Vertex vertex, bool isOperand)
    {
        // What selects from itself is just anything to what is no operator, whichever is determined first.
        if (!isOperand && vertex is { Base: Bottom { IsOfItself: true } } && _running is not null && !ReferenceEquals(vertex, _running))
            return TypeValue.Top;
        if (vertex is not { Base: Bottom { IsAwaited: true } missing, Circle: { } head, State: { } state } || !IsBusy(head))
            return null;
        var known = state.IsStruct ? ContainerValue.Struct : state.Lists.Count > 0 ? ContainerValue.List : IsNarrowed(state) ? Bounds.Simplify(this, state) : null;
        if (known is null && isOperand)
        {
            vertex.Base = missing.WithCode(CueErrorCode.Cycle);
            return null;
        }

        MeetCircle(head);
        return vertex.Base = known ?? TypeValue.Top;
    }

    /// <summary>Whether a value is all that is running: what it selects is all that is said of it.</summary>
    private bool IsOnlyRunning(Vertex vertex) =>
        _final && ReferenceEquals(vertex, _running) && vertex is { IsInline: false, Origin: null, Conjuncts: [{ Expr: SelectorExpr or IndexExpr }] };

    /// <summary>Whether what runs is a constraint from another value that its vertex, an operand, refers to.</summary>
    private bool IsReferredTo(Vertex operand) =>
        operand.IsInline && _task?.Conjunct.Info.Visited is { Reference: not null } visited && ReferenceEquals(visited.At, operand.Origin ?? operand);
}
