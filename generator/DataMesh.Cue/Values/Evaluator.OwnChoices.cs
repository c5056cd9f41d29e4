using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Constraints that ask for the disjunction which they are in a disjunct of, or stand beside.</content>
internal sealed partial class Evaluator
{
    /// <summary>What a disjunct gets that asks for the disjunction that it is in; null if it is another value that is asked for.</summary>
    private Bottom? ChoiceOf(Vertex vertex, Expr? reference) =>
        _task is { Kind: TaskKind.Expression or TaskKind.DynamicField } && reference is not null && vertex.State is { Disjunctions.Count: > 0, Error: null, HasKindConflict: false, Kind: not CueKind.Bottom } && ReferenceEquals(vertex, _running?.Origin ?? _running)
            ? new Bottom(CueErrorCode.Incomplete, $"unresolved disjunction: {ExprText.Of(reference)}", [reference.Position])
            : null;

    /// <summary>
    /// What the disjunct that is being tried and the other constraints say while one of them asks for the disjunction: a
    /// constraint beside a disjunction is one of each of its disjuncts. What an operator makes of the choice makes none itself.
    /// </summary>
    private Value? KnownOfTried(Vertex disjunction, Expr reference, bool isOperand)
    {
        var tried = _running is { Origin: not null } ? _running : disjunction;
        if (disjunction.State!.Tasks.Exists(each => ReferenceEquals(each.Conjunct.Expr, _task?.Conjunct.Expr)))
            (disjunction.State.AskedBy, disjunction.State.AsksItself) = (reference.Position, true);
        var state = tried.State!;
        Value? known = state.Error is not null ? null
            : state.Scalar is { } scalar ? scalar.Value
            : state.IsStruct || state.Lists.Count > 0 ? tried
            : IsNarrowed(state) ? Bounds.Simplify(this, state)
            : null;
        if (known is not null && isOperand && disjunction.State is { Scalar: null, Disjunctions.Count: 1 } whole)
            NoteNeed(whole, disjunction);
        return known;
    }

    /// <summary>The atom that a disjunct is which asks for the disjunction that it is in.</summary>
    private Value? Chosen(Vertex vertex, Expr reference)
    {
        if (_running is not { Origin: { } origin, State: { Scalar: { } scalar, Error: null } } || !ReferenceEquals(origin, vertex))
            return null;
        vertex.State!.AskedBy = reference.Position;
        return scalar.Value;
    }

    /// <summary>Notes that what is running computes with the disjunction that it is in a disjunct of.</summary>
    private void NoteNeed(NodeState state, Vertex disjunction) =>
        state.NeedsItself ??= _task is { Kind: TaskKind.Comprehension } || _running is not { IsInline: false } ? disjunction : _running.Origin ?? _running;

    /// <summary>What an index is that is the disjunction which it is in a disjunct of: anything as yet, and none can be chosen.</summary>
    private Value? OwnChoice(Value raw, Expr expr)
    {
        if (!_final || raw is not Vertex asked || !IsReference(expr) || asked.Resolve() is not { State: { } state } vertex || ChoiceOf(vertex, expr) is not { } undecided)
            return null;
        // By another name it is only a choice that fails.
        if (asked.Shared is not null)
            return undecided;
        if (state.Scalar is null)
            NoteNeed(state, vertex);
        return KnownOfTried(vertex, expr, isOperand: true) ?? TypeValue.Top;
    }

    /// <summary>Whether an argument is a disjunction of which one disjunct is the call, by another name: there is no telling what the call makes of it, or that it is no choice.</summary>
    private bool IsChoiceOfItself(Value argument, Frame frame, CallExpr call) =>
        _final && argument is Vertex asked && frame.Vertex.Origin is { Status: VertexStatus.Finalizing, State.Disjunctions.Count: > 0 } whole && ReferenceEquals(asked.Resolve(), whole) && IsReferredTo(frame, call)
        && !frame.Info.Visited!.Vertex.IsInline;

    /// <summary>
    /// Takes what stands beside a disjunction for the value of an operand of which the only choice that may hold is the result:
    /// that has to be the same then.
    /// </summary>
    private bool IsResult(Vertex operand, List<Bottom> errors)
    {
        if (operand is not { IsOperand: true, Origin: null, State: { Disjunctions.Count: 1 } state } || _task is null || _isTest || errors.Find(static error => error.IsResult) is not { } result)
            return false;
        var rest = Copy(operand, new Candidate(operand, LeavesOf(state), null), null, null, isIntermediate: false);
        Finalize(rest);
        if (rest.Resolve().Base is Bottom)
            return false;
        var owner = operand.Parent!.Origin ?? operand.Parent;
        var others = errors.FindAll(static error => !error.IsResult);
        (operand.Forward, operand.Base) = (rest, rest.Resolve().Base);
        (owner.Operands ??= []).Add((operand, result.Place));
        _task.Failed = (state.AskedBy, others);
        return true;
    }

    /// <summary>Whether the value that an operand is a part of is needed for itself, and is what was asked for first.</summary>
    private bool IsOfCircle(Vertex operand)
    {
        Vertex? whole = operand;
        while (whole is { IsOperand: true, Parent: { } around })
            whole = around.Origin ?? around;
        return ReferenceEquals(_circle, whole);
    }

    /// <summary>
    /// What an expression is whose operands are choices of the result: where another choice is computed from the result, it is
    /// only known if it is wrong in any case, or something else is said of the result. What is wrong with it is told with what is wrong with the other choices.
    /// </summary>
    private static Value OfOperands(Value value, Vertex vertex, EvaluationTask task)
    {
        if (value is Bottom { IsBlocked: true } || task is { CircularChoice: null, Failed: null })
            return value;
        if (task.CircularChoice is { } circular && value is not Bottom && vertex is { Origin: null, Conjuncts: [{ Expr: var only }] } && ReferenceEquals(only, task.Conjunct.Expr))
            return circular;
        if (task.Failed is not { } failed || value is not Bottom error)
            return value;
        var result = new Bottom(error.Code, error.Text, error.Positions) { HasNoPath = true, Reason = error.Reason };
        return failed.Errors.Count == 0 ? result
            : new Bottom(error.Code, FormattableString.Invariant($"{failed.Errors.Count + 1} errors in empty disjunction:"), [failed.Operand]) { HasNoPath = true, Errors = [.. failed.Errors, result], IsDisjunction = true };
    }
}
