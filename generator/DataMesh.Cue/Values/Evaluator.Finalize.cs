using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <content>From constraints to the value of a vertex and of everything below it.</content>
internal sealed partial class Evaluator
{
    /// <summary>Determines the value of a vertex and of its fields.</summary>
    public void Finalize(Vertex vertex) => Finalize(vertex, mayHold: false);

    /// <param name="vertex">The vertex.</param>
    /// <param name="mayHold">Whether it is left undetermined if it turns out to wait for what asks for it.</param>
    /// <returns>What it waits for, if it is left so.</returns>
    private EvaluationTask? Finalize(Vertex vertex, bool mayHold)
    {
        if (vertex.Status is VertexStatus.Final or VertexStatus.Finalizing or VertexStatus.Processing || IsBusy(vertex))
            return null;
        Step();
        Enter();
        Process(vertex);
        if (vertex.Shared is null && vertex.Status == VertexStatus.Partial)
        {
            vertex.Status = VertexStatus.Finalizing;
            vertex.Demands = _demands;
            if (vertex.State!.Disjunctions.Count == 0)
                ForceTasks(vertex, mayHold);
            else
                RunTasks(vertex);
            if (mayHold && vertex.State.Tasks.Find(static task => task.Holder is not null) is { Holder: { } holder })
            {
                vertex.Status = VertexStatus.Partial;
                Leave();
                return holder;
            }
        }

        if (vertex.Shared is not null)
            FinalizeShared(vertex);
        else if (vertex.Status == VertexStatus.Finalizing)
            FinalizeOwn(vertex);
        Change(vertex);
        Leave();
        return null;
    }

    /// <summary>Whether one of the tasks of the vertex is on the stack: its value depends on itself.</summary>
    private static bool IsBusy(Vertex vertex) => vertex.State is { } state && state.Tasks.Exists(static task => task.IsRunning);

    private void FinalizeShared(Vertex vertex)
    {
        var target = vertex.Resolve();
        if (vertex.ArcType == ArcType.Optional)
        {
            Process(target);
            if (target.Shared is { Status: VertexStatus.Finalizing } around && around.IsAncestorOrSelfOf(vertex))
            {
                // Another name of what is around: nothing is there unless data is.
                vertex.ComesRound = true;
                vertex.Status = VertexStatus.Final;
                vertex.Base = around.Base ?? ContainerValue.Struct;
                return;
            }
        }

        if (vertex.ArcType != ArcType.Optional && target.Status != VertexStatus.Final && CallerWithin(target) is { } caller)
        {
            var name = vertex;
            while (!ReferenceEquals(name.Shared, target) && name.Shared is { } next)
                name = next;
            FailCyclic(name, caller.Call);
            (vertex.Status, vertex.Base) = (VertexStatus.Final, name.Base);
            return;
        }

        if (target.Status == VertexStatus.Finalizing && IsTriedOn(vertex, target))
        {
            // A schema may name the value that it is tried on.
            (vertex.Status, vertex.Base) = (VertexStatus.Final, target.Base ?? ContainerValue.Struct);
            return;
        }

        Process(target);
        // In a disjunct, another name of what is being chosen ends that choice alone.
        if (target.Shared is not null && IsDisjunctOf(vertex, target.Resolve()))
        {
            FailCyclic(vertex);
            return;
        }

        if ((!IsWithinOptional(vertex) || !ReferenceEquals(vertex.Shared, target)) && IsNameOfWhole(target))
            FailCyclic(target);
        var isOpen = target.Status == VertexStatus.Finalizing && target.Demands == _demands;
        vertex.ComesRound = vertex.ArcType == ArcType.Optional && target.Status == VertexStatus.Finalizing;
        if (IsBusy(target))
            MeetCircle(target);
        Finalize(target);
        if (vertex.Status == VertexStatus.Final || vertex.Shared is null)
            return;
        // Optional fields may go around: nothing is there unless data is.
        if (vertex.ArcType != ArcType.Optional && vertex.Label.Kind != LabelKind.Let && (isOpen || target.Resolve().IsAncestorOrSelfOf(vertex)))
        {
            FailCyclic(vertex);
            return;
        }

        if (!vertex.IsUnshared && IsLet(target) && (target.Base is Bottom || target.ChildError is not null))
        {
            // What is wrong with the value of a let clause is wrong wherever it is used.
            vertex.IsUnshared = true;
            Unshare(vertex);
            vertex.Status = VertexStatus.Partial;
            Finalize(vertex);
            return;
        }

        if (target.ChildError is { Code: CueErrorCode.Structural } endless && vertex.Conjuncts is [{ Info: var info }] && LastVisit(info, target) is not null)
        {
            // What leads back to a value that has no end is a part of that.
            Fail(vertex, endless);
            return;
        }

        vertex.Status = VertexStatus.Final;
        vertex.Base = target.Base ?? ContainerValue.Struct;
        vertex.ChildError = target.ChildError;
    }

    /// <summary>Whether a field, or the list that an element is in, is optional.</summary>
    private static bool IsWithinOptional(Vertex vertex)
    {
        while (vertex is { Label.Kind: LabelKind.Index, Parent: { } list })
            vertex = list;
        return vertex.ArcType == ArcType.Optional;
    }

    /// <summary>Whether a vertex is within a schema that is tried on a value.</summary>
    private static bool IsTriedOn(Vertex vertex, Vertex value)
    {
        for (var each = vertex.Parent; each is not null; each = each.Parent)
        {
            if (each.Candidate is { } candidate && ReferenceEquals(candidate.Origin ?? candidate, value))
                return true;
        }

        return false;
    }

    private static bool IsLet(Vertex vertex) => vertex is { IsDetached: true, Label.Kind: LabelKind.Let };

    /// <summary>Ends a structural cycle that goes through vertices that share others.</summary>
    /// <param name="vertex">The vertex.</param>
    /// <param name="call">The call that needs it.</param>
    private static void FailCyclic(Vertex vertex, Position call = default) =>
        Fail(vertex, new Bottom(CueErrorCode.Structural, "structural cycle", call.IsValid ? [call] : []) { At = vertex });

    private static void Fail(Vertex vertex, Bottom cycle)
    {
        vertex.Shared = null;
        vertex.State ??= new NodeState();
        vertex.State.Cycle = cycle;
        vertex.Base = vertex.State.Cycle;
        vertex.SetArcs([]);
        vertex.Status = VertexStatus.Final;
    }

    private void FinalizeOwn(Vertex vertex)
    {
        var state = vertex.State!;
        if (state.Cycle is { } cycle && !state.HasAcyclicConjunct)
        {
            vertex.Base = cycle;
            vertex.SetArcs([]);
            vertex.Status = VertexStatus.Final;
            return;
        }

        if (state.Disjunctions.Count > 0 && (state.Error is null or { IsIncomplete: true } || (!state.HasKindConflict && state.Error.Flatten().All(error => error.IsConflict && (error.At is null || ReferenceEquals(error.At, vertex))))))
        {
            Expand(vertex);
            vertex.Status = VertexStatus.Final;
            return;
        }

        if (state.Disjunctions.Count > 0)
            ForceTasks(vertex);

        vertex.Base = ComputeBase(vertex);
        if (vertex.Base is not Bottom { IsIncomplete: false })
        {
            var demands = (vertex.Base.Kind & CueKind.Struct) != 0 || vertex.Arcs.Count > 0 ? Close(vertex) : null;
            FinalizeArcs(vertex);
            // What is wrong with the fields that are there is so whatever a clause still lacks; an operand waits for that.
            if (vertex is { Base: Bottom, ChildError.IsIncomplete: false, IsOperand: false } && ContainerKind(vertex) == CueKind.Struct)
                vertex.Base = ContainerValue.Struct;
            // Of a struct that is not known yet it is not told which fields it may not have.
            if (demands is not null && vertex.Base is not Bottom)
                ForbidFields(vertex, demands);
            if (RequiredBesideValue(vertex) is { } beside)
                vertex.Base = beside;
            if (vertex.Base is ContainerValue && vertex.State!.Checks.Count > 0 && (vertex.ChildError is { IsIncomplete: false } below ? UnfitToValidate(state, below) : Validate(vertex, vertex)) is { } failed)
                vertex.Base = failed;
            else if (vertex.Base is Bottom && state is { Checks.Count: > 0 } and ({ IsStruct: true } or { Lists.Count: > 0 }) && MisfitOf(vertex) is { } misfit)
                vertex.Base = misfit;
        }
        else if (state is { DeclaredKind: CueKind.List, HasKindConflict: false } && vertex.Base is Bottom wrong)
        {
            // Lists of different lengths have elements to compare still.
            FinalizeArcs(vertex);
            if (vertex.ChildError is { IsIncomplete: false } within)
                vertex.Base = Bottom.Join(within, wrong);
        }

        if (UnsuitedOperand(vertex) is { } unsuited)
            vertex.Base = unsuited;
        AskAgain(vertex);
        vertex.Status = VertexStatus.Final;
    }

    private Bottom? UnsuitedOperand(Vertex vertex)
    {
        // What is asked for may note other operands of the same value.
        for (var i = 0; i < (vertex.Operands?.Count ?? 0); i++)
        {
            if (Unsuited(vertex, vertex.Operands![i].Operand, vertex.Operands[i].Reference) is { } unsuited)
                return unsuited;
        }

        return null;
    }

    /// <summary>What is wrong with a field or element is wrong with the whole for a validator, except that there is such a field.</summary>
    private static Bottom? UnfitToValidate(NodeState state, Bottom below) => !below.IsNotAllowed && state.Checks.Exists(static check => check.Value is ValidatorValue) ? below : null;

    /// <summary>What is wrong with a value that is no struct, and has a field that is required: one that cannot be there is no reason.</summary>
    private static Bottom? RequiredBesideValue(Vertex vertex)
    {
        // An operand is what it is, whatever would be wrong with a field of that value.
        if (vertex.IsDetached)
            return null;
        if ((vertex.Base is Bottom { IsIncomplete: true } ? vertex.State?.Scalar?.Value : vertex.Base) is not { } value || (value is not (Constant or ContainerValue { Kind: CueKind.List }) && (value is not (TypeValue or ValidatorValue) || (value.Kind & CueKind.Struct) != 0)))
            return null;
        foreach (var arc in vertex.Arcs)
        {
            if (arc.ArcType != ArcType.Required || arc.Label.Kind != LabelKind.String || arc.Resolve() is { Base: Bottom } or { ChildError: not null } || arc.Conjuncts.TrueForAll(conjunct => IsItself(arc, conjunct)))
                continue;
            var state = vertex.State!;
            var place = state.Scalar?.Position ?? vertex.Conjuncts[0].Expr.Position;
            var told = ValueText.Describe(value is Constant ? value : value is ValidatorValue ? AsFarAsKnown(vertex, ContainerValue.Struct) : vertex);
            var beside = new Bottom(
                CueErrorCode.Eval,
                $"cannot combine regular field \"{arc.Label.Text}\" with {told}",
                [.. arc.Resolve().Base is Constant or TypeValue or BoundValue ? ErrorPositions.OfValue(arc) : [], place])
            { At = vertex };
            // A validator is tried on the struct that the field would be in.
            return value is not ValidatorValue { Builtin: var builtin } ? beside
                : Bottom.Join(beside, new Bottom(CueErrorCode.Eval, $"cannot use {told} (type struct) as {builtin.ValidatedKind.Text()} in argument 1 to {builtin.Text}", [place]) { At = vertex });
        }

        return null;
    }

    private void FinalizeArcs(Vertex vertex)
    {
        SortDeclared(vertex);
        var argument = _argument;
        var isArgument = argument is { } given && ReferenceEquals(given.Vertex, vertex);
        if (isArgument)
            _callers.Add(argument!.Value.Caller);
        _argument = null;
        var child = default(ChildErrors);
        for (var i = 0; i < vertex.Arcs.Count; i++)
        {
            var arc = vertex.Arcs[i];
            if (arc.ArcType == ArcType.Pending)
                continue;
            Finalize(arc);
            if (arc.ArcType != ArcType.Optional)
                child.Add(arc);
        }

        _argument = argument;
        if (isArgument)
            _callers.RemoveAt(_callers.Count - 1);
        vertex.ChildError = child.Result;
    }

    /// <summary>
    /// Which of the errors below stands for all: the first, but fields that are not allowed only when there is no other;
    /// among these the vertex's own come before those below, of which it is the last.
    /// </summary>
    private struct ChildErrors
    {
        private Bottom? _first;
        private List<Bottom>? _notAllowed;
        private Bottom? _notAllowedBelow;
        private CueErrorCode? _code;

        /// <summary>The first error, with the most severe class of all.</summary>
        public readonly Bottom? Result => (_first ?? NotAllowed(_notAllowed) ?? _notAllowedBelow)?.WithCode(_code!.Value);

        public void Add(Vertex arc)
        {
            var own = arc.Base as Bottom ?? arc.Resolve().Base as Bottom;
            var error = own is { IsIncomplete: false } ? own : arc.Resolve().ChildError;
            if (error is not { IsIncomplete: false })
                return;
            if (_code is null || error.Code < _code)
                _code = error.Code;
            if (!error.IsNotAllowed)
                _first ??= error;
            else if (!ReferenceEquals(error, own))
                _notAllowedBelow = error;
            else if (ReferenceEquals(own.At, arc))
                (_notAllowed ??= []).Add(error);
            else
                _first ??= new Bottom(error.Code, error.Text, error.Positions) { HasNoPlace = error.HasNoPlace, At = error.At, PathText = error.PathText, Errors = error.Errors };
        }
    }

    /// <summary>Collects errors anew after vertices changed late.</summary>
    private static void RefreshErrors(Vertex vertex, int depth = 0)
    {
        if (depth > 200 || vertex.Shared is not null)
            return;
        var child = default(ChildErrors);
        foreach (var arc in vertex.Arcs)
        {
            if (arc.ArcType is ArcType.Optional or ArcType.Pending)
                continue;
            RefreshErrors(arc, depth + 1);
            child.Add(arc);
        }

        if (vertex.Forward is null)
            vertex.ChildError = child.Result;
    }

    private Value ComputeBase(Vertex vertex)
    {
        var state = vertex.State!;
        if (!state.HasKindConflict)
        {
            var (kept, conflicts) = Bounds.Reduce(state);
            state.Checks = kept;
            foreach (var conflict in conflicts)
                AddError(vertex, conflict);
            if (state.Scalar is { } atom && Validate(vertex, atom.Value) is { } failed)
                AddError(vertex, failed);
        }

        if (state.Error is { IsIncomplete: false } error)
            return error;
        if (state.Scalar is { } scalar)
            return state.Error ?? scalar.Value;

        if (state.Error is not null)
            return state.Error;
        if (state.IsStruct)
            return ContainerValue.Struct;
        if (state.Lists.Count > 0)
            return ContainerValue.List;
        if (state.Function is { } function)
            return function;
        if (state.IsEmbeddingStruct && !state.HasTop && state.Kinds.Count == 0 && state.Checks.Count == 0)
            return ContainerValue.Struct;
        if (state.IsEmbeddingStruct && (state.Kind == CueKind.Struct || (HasRequired(vertex) && state.Kinds.TrueForAll(static each => each.Value is ValidatorValue { Builtin.TakesSchemas: true }))))
            return ContainerValue.Struct;
        if ((state.NamesFields || vertex.Origin?.State?.NamesFields == true) && state.Checks.TrueForAll(static check => check.Value is ValidatorValue))
            return ContainerValue.Struct;
        return Bounds.Simplify(this, state);
    }

    private static bool HasRequired(Vertex vertex) => vertex.Arcs.Exists(static arc => arc is { ArcType: ArcType.Required, Label.Kind: LabelKind.String });
}
