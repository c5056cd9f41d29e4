using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>Values that are asked for, by others and by themselves: what they are, or what is known of them so far.</content>
internal sealed partial class Evaluator
{
    /// <summary>The value of a vertex, if it can be known now; a blocked or cycle error otherwise.</summary>
    public Value Demand(Vertex vertex)
    {
        var (reference, isArgument, isOperand) = (_reference, _isArgument, _isOperand);
        _isArgument = false;
        _isOperand = false;
        var asked = vertex;
        vertex = vertex.Resolve();
        if (vertex.Status != VertexStatus.Final)
            vertex = Reach(vertex, untilAtom: isOperand);
        if (isOperand && IsNameWithin(asked, vertex))
            return _final ? CycleWith(vertex, reference) : Blocked;
        if (vertex.Status == VertexStatus.Final && OfAwaited(vertex, isOperand) is { } awaiting)
            return awaiting;
        if (vertex.Status == VertexStatus.Final)
            return isArgument ? vertex.Base! : vertex.Base is Bottom { Code: CueErrorCode.Cycle } circular ? PassOn(vertex, circular, reference) : KnownInCircle(vertex) ?? vertex.Base!;
        if (IsOtherName(asked) && (vertex is { Status: VertexStatus.Finalizing, Base: ContainerValue } || IsWithinChoiceOf(vertex)))
        {
            // The value of another field that is the one being determined has no end.
            FailCyclic(asked);
            return asked.Base!;
        }

        if (IsNameOfWhole(vertex))
        {
            FailCyclic(vertex);
            return vertex.Base!;
        }

        if (vertex.Base is { } known && vertex.Status == VertexStatus.Finalizing)
        {
            // What is within a struct that waits for more gets the struct; a call waits with it.
            return !isArgument && known is Bottom { IsIncomplete: true } && vertex.State is { IsStruct: true } && _running is not null && vertex.IsAncestorOrSelfOf(_running) ? ContainerValue.Struct : known;
        }

        if (ChoiceOf(vertex, reference) is { } undecided)
        {
            // By another name a disjunct asks for what is chosen.
            if (asked.Shared is not null && Chosen(vertex, reference!) is { } chosen)
                return chosen;
            return !_final ? Blocked : KnownOfTried(vertex, reference!, isOperand && asked.Shared is null) ?? (isOperand ? undecided : TypeValue.Top);
        }

        // What is within a disjunct asks for that.
        if (_final && _running?.Parent is { } within && Disjunct(vertex, within) is { State: { Error: null } tried } choice && !ReferenceEquals(choice, vertex) && (tried.IsStruct || tried.Lists.Count > 0))
            return choice;

        // An atom that is known is the value, or there is none: its other constraints can wait, unless one is a call and a call is given it.
        bool isMutual = isArgument && vertex is { Status: VertexStatus.Partial, State: { } asks } && !IsBusy(vertex) && asks.Tasks.Exists(static each => each.Conjunct.Expr is CallExpr or BinaryExpr);
        if (!isMutual && AtomBesideTasks(vertex, isOperand) is { } atom)
            return atom;
        // What bounds a disjunction and is one itself is chosen when the first one is tried.
        if (!_final && _task is { Conjunct.Expr: BoundExpr } && _running is { Origin: null, State.Disjunctions.Count: > 0 } && vertex is { Status: VertexStatus.Partial, State.Disjunctions.Count: > 0 })
            return Blocked;
        if (vertex.Status is VertexStatus.Partial && !IsBusy(vertex) && (_final || IsSettledAbove(vertex)))
        {
            if (!IsSettledAbove(vertex))
            {
                SettleAbove(vertex);
                if (reference is not null && Incompletable(vertex, reference.Position) is { } incompletable)
                    return incompletable;
            }

            var circle = _circle;
            _circle = null;
            if (vertex.Status == VertexStatus.Partial)
            {
                _demands++;
                vertex.State!.AskedBy = vertex.IsInline ? vertex.Conjuncts[0].Expr.Position : reference?.Position ?? default;
                var held = Finalize(vertex, _mayHold);
                _demands--;
                if (held is not null)
                {
                    _circle = circle;
                    _holder = held;
                    return Blocked;
                }

                NoteClauses(vertex);
            }

            vertex = vertex.Resolve();
            vertex.Circle = _circle;
            _circle = circle;
            if (vertex.Base is not null)
                return OfAwaited(vertex, isOperand) ?? (isArgument ? Given(vertex) : Needed(vertex, reference));
        }

        // What is known of an atom holds, whatever else the vertex waits for; and what is there counts when that is the vertex itself.
        if (vertex.State is { Scalar: { } scalar, Error: null } state && (state.Kind & scalar.Value.Kind) != 0)
            return scalar.Value;
        if (!_final)
            return Blocked;
        if ((asked.Shared is null || ReferenceEquals(vertex, _running)) && KnownSoFar(vertex, reference, isOperand) is { } soFar)
            return soFar;
        if (asked.Shared is null && HolderOfClause(vertex, reference) is { } holder)
            return holder;
        if (_mayHold && vertex.State?.Tasks.Find(static task => task.IsRunning) is { } running && !ReferenceEquals(vertex, _running) && WaitsFor(running))
            return Blocked;
        if (IsForced(vertex))
            return FailForced(vertex);
        MeetCircle(vertex.State?.Tried ?? vertex);
        return CycleWith(vertex, reference);
    }

    /// <summary>
    /// The atom that a vertex has to be, whatever else it waits for; null if none is known, or if nothing is left to wait for.
    /// For an operator an atom that is written there decides before any choice is made. Of what is within an operand nobody else
    /// would tell that there is no such value.
    /// </summary>
    private static Value? AtomBesideTasks(Vertex vertex, bool isOperand) =>
        vertex.State is { Scalar: { } atom, Error: null } state && (state.Kind & atom.Value.Kind) != 0
        && (state.Tasks.Count > 0 || (isOperand && !vertex.IsInline && atom.Task is null && state.Disjunctions.Count > 0))
        && !IsWithinOperand(vertex)
            ? atom.Value : null;

    private static bool IsWithinOperand(Vertex vertex)
    {
        for (var each = vertex; each is not null; each = each.Parent)
        {
            if (each.IsOperand)
                return true;
        }

        return false;
    }

    /// <summary>Whether a field is another one, which is not determined yet.</summary>
    private static bool IsOtherName(Vertex vertex) =>
        vertex is { Shared: not null, Status: not VertexStatus.Final, ArcType: ArcType.Member, Label.Kind: not LabelKind.Let };

    /// <summary>
    /// Whether an operand of what is embedded, of a label, or of a clause that may add any field, is another name of a
    /// struct that may still be added to for that: of the struct itself, or of one below.
    /// </summary>
    private bool IsNameWithin(Vertex asked, Vertex structure)
    {
        if (asked is not { Shared: not null, IsDetached: false } || _task is not { } task || _running is not { } running || structure.Status == VertexStatus.Final || ContainerKind(structure) != CueKind.Struct)
            return false;
        return task.Kind is TaskKind.Expression or TaskKind.DynamicField && ReferenceEquals(running, structure)
            || (task.Kind is TaskKind.Expression or TaskKind.DynamicField || (task.Conjunct.Expr is ComprehensionExpr clause && MayAddAny(clause.Value)))
            && !ReferenceEquals(running, asked) && !ReferenceEquals(running, structure) && running.IsAncestorOrSelfOf(asked) && running.IsAncestorOrSelfOf(structure);
    }

    /// <summary>Whether a literal has more than fields that it names.</summary>
    private static bool MayAddAny(Expr literal) => literal switch
    {
        StructExpr { Declarations: var declarations } => declarations.Any(static each => each is FieldDecl field ? !IsNaming(field) : each is EmbedDecl embedding ? MayAddAny(embedding.Value) : each is not LetDecl),
        ComprehensionExpr clause => MayAddAny(clause.Value),
        _ => true,
    };

    /// <summary>Whether what is running is in a field or element of a disjunct of a disjunction that is being determined.</summary>
    private bool IsWithinChoiceOf(Vertex vertex)
    {
        if (vertex is not { Status: VertexStatus.Finalizing, Base: null, State.Disjunctions.Count: > 0 })
            return false;
        for (var each = _running; each?.Parent is { } parent; each = parent)
        {
            if (ReferenceEquals(parent.Origin, vertex))
                return !each.IsDetached;
        }

        return false;
    }

    /// <summary>Whether a field is only a copy of a struct or list whose parts are being determined.</summary>
    private static bool IsNameOfWhole(Vertex vertex) =>
        vertex is { Status: VertexStatus.Partial, Conjuncts: [{ Expr: var only }], ArcType: ArcType.Member, Origin: null, IsDetached: false, State: { Disjunctions.Count: 0 } state }
        && IsReference(only) && Named(state) is { Status: VertexStatus.Finalizing, Base: ContainerValue };

    /// <summary>The one thing that a value is a copy of, if there is one: a required field is none before data is there.</summary>
    private static Vertex? Named(NodeState state) =>
        state.Targets.Count == 1 ? state.Targets.Keys.First() is { ArcType: not ArcType.Required } target ? target : null
            : state.Targets.Count == 0 && state.Tasks is [{ LastError.Required: { } required }] ? required
            : null;

    /// <summary>What the other constraints of a vertex say while one of them asks for its value.</summary>
    private Value? KnownSoFar(Vertex vertex, Expr? reference, bool isOperand)
    {
        if (vertex.State is not { Error: null, HasKindConflict: false } state || state.Kind == CueKind.Bottom)
            return null;
        if (state.Disjunctions.Count > 0)
            return null;
        if (state.IsStruct)
            return (reference is null ? null : Incompletable(vertex, reference.Position)) ?? (Value)ContainerValue.Struct;
        if (state.Lists.Count > 0)
            return ContainerValue.List;
        // What a literal is made of that embeds nothing else is a struct to that.
        if (_task is { Kind: TaskKind.Expression } && ReferenceEquals(vertex, _running) && state.Kinds.Count == 0 && ContainerKind(vertex) == CueKind.Struct)
            return EmptyStruct(vertex, isPlaced: isOperand);
        // That calls have to hold for a value makes it no operand.
        return IsNarrowed(state) && !(isOperand && state.Kinds.Count > 0 && state.Kinds.TrueForAll(static each => each.Value is ValidatorValue)) ? Bounds.Simplify(this, state) : null;
    }

    /// <summary>A struct without fields as what a vertex is so far.</summary>
    /// <param name="vertex">The vertex.</param>
    /// <param name="isPlaced">Whether the struct is where the vertex is written.</param>
    private static Vertex EmptyStruct(Vertex vertex, bool isPlaced)
    {
        var empty = new Vertex(vertex, default) { IsDetached = true, Status = VertexStatus.Final, Base = ContainerValue.Struct };
        if (isPlaced)
            empty.Conjuncts.AddRange(vertex.Conjuncts);
        return empty;
    }

    /// <summary>What holds the clause that asks for it, by its own name: a struct or a list, whatever the clause adds, and nothing else is known.</summary>
    private Value? HolderOfClause(Vertex vertex, Expr? reference)
    {
        if (reference is null || !ReferenceEquals(vertex, _running) || vertex.State is not { Error: null, HasKindConflict: false, Scalar: null, Kind: CueKind.Top, Disjunctions.Count: 0 })
            return null;
        switch (_task!.Kind)
        {
            case TaskKind.Comprehension:
                if (Incompletable(vertex, reference.Position) is { } incompletable)
                    return incompletable;
                return EmptyStruct(vertex, isPlaced: true);
            case TaskKind.List:
                return new TypeValue(CueKind.List);
            default:
                return null;
        }
    }

    private static bool IsNarrowed(NodeState state) => state.Kinds.Count > 0 || state.Leaves.Exists(static leaf => leaf.Expr is TopExpr);

    private static Bottom CycleWith(Vertex vertex, Expr? reference) =>
        new(CueErrorCode.Cycle, $"cycle with field: {(reference is null ? vertex.Path() : ExprText.Of(reference))}", reference is null ? [] : [reference.Position]) { IsOfSelection = reference is SelectorExpr or IndexExpr };

    /// <summary>Remembers the outermost of the vertices on the stack that a value depends on in a circle.</summary>
    private void MeetCircle(Vertex? head)
    {
        if (head is { StartedAt: < int.MaxValue } && (_circle is null || head.StartedAt < _circle.StartedAt))
            _circle = head;
    }

    /// <summary>What a reference makes of a value that needs others in a circle: each reference in the circle adds itself, to both sides.</summary>
    private Bottom PassOn(Vertex vertex, Bottom cycle, Expr? reference)
    {
        if (vertex.Circle is not { } head || _running is null || head.StartedAt > _running.StartedAt || vertex.State is { } state && IsNarrowed(state))
            return cycle;
        MeetCircle(head);
        var own = CycleWith(vertex, reference);
        own.At = _running;
        if (cycle.Flatten().Any(own.SameAs))
            return cycle;
        // Where a choice needs it, the choice is told first.
        var both = _running is { Origin: null, State: null or { Disjunctions.Count: 0 } } ? Bottom.Join(cycle, own) : Bottom.Join(own, cycle);
        vertex.Base = both;
        return both;
    }

    /// <summary>The value of an argument: the call makes of it what it can.</summary>
    private Value Given(Vertex vertex)
    {
        MeetCircle(vertex.Circle);
        return vertex.Base!;
    }

    /// <summary>What is known of a value that lacks something, to what it needs in turn.</summary>
    private Value? KnownInCircle(Vertex vertex) =>
        vertex is { Base: Bottom { Code: CueErrorCode.Incomplete }, Circle: { } head, State: { Disjunctions.Count: 0, Scalar: null } state } && ReferenceEquals(head, _running) && IsNarrowed(state)
            ? Bounds.Simplify(this, state) : null;

    /// <summary>The value of an operand, which has to be known.</summary>
    private Value Needed(Vertex vertex, Expr? reference)
    {
        if (vertex.Base is Bottom { Code: CueErrorCode.Cycle } circular)
            return PassOn(vertex, circular, reference);
        if (KnownInCircle(vertex) is { } known)
            return known;
        // A call in it may need what asks for it, and say nothing for that.
        if (vertex is not { Circle: { } head, Base: TypeValue { Kind: CueKind.Top }, State.VoidCall: not null } || _running is null || (!ReferenceEquals(head, vertex) && head.StartedAt > _running.StartedAt))
            return vertex.Base!;
        MeetCircle(head);
        var cycle = CycleWith(vertex, reference);
        cycle.At = _running;
        vertex.Base = cycle;
        return cycle;
    }

    /// <summary>Whether nothing that is above can add to the vertex any more.</summary>
    private bool IsSettledAbove(Vertex vertex)
    {
        for (var child = vertex; child is { IsDetached: false, Parent: { } parent }; child = parent)
        {
            if (parent.Status is VertexStatus.Unprocessed or VertexStatus.Processing)
                return false;
            // What is forced waits for nothing but what may concern it.
            if (parent.Status != VertexStatus.Final && parent.State is { Tasks.Count: > 0 } state && (!_final || MayBeAddedTo(state, vertex, parent)))
                return false;
        }

        return true;
    }

    /// <summary>Completes what is above, from the root down.</summary>
    private void SettleAbove(Vertex vertex)
    {
        if (vertex.IsDetached || vertex.Parent is not { } parent)
            return;
        SettleAbove(parent);
        Process(parent);
        if (parent.Status is VertexStatus.Partial or VertexStatus.Finalizing && parent.State is { Tasks.Count: > 0 })
            ForceTasks(parent, mayHold: true);
    }

    /// <summary>Says that a task has to wait.</summary>
    private static Bottom Blocked { get; } = new(CueErrorCode.Incomplete, "blocked") { IsBlocked = true };
}
