using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <content>What a reference adds to a vertex: all that another one holds, unless it comes round.</content>
internal sealed partial class Evaluator
{
    /// <summary>Whether a reference closes what it refers to: some label on its way is a definition's.</summary>
    private static bool IsClosing(Expr expr)
    {
        while (true)
        {
            switch (expr)
            {
                case FieldRef field:
                    return field.Label.IsDefinition;
                case SelectorExpr selector:
                    if (selector.Label.IsDefinition)
                        return true;
                    expr = selector.Operand;
                    break;
                case IndexExpr index:
                    expr = index.Operand;
                    break;
                default:
                    return false;
            }
        }
    }

    /// <summary>Whether nothing has to be copied: what is referred to is known here, or all that there is to it is an error.</summary>
    private bool IsAddedAtOnce(Vertex vertex, Vertex target, Conjunct conjunct)
    {
        if (vertex.Shared is { } shared && ReferenceEquals(Dereference(shared), target))
            return true;
        if (ReferenceEquals(target, vertex) || ReferenceEquals(target, vertex.Origin))
        {
            vertex.State!.RefersToWhole |= ReferenceEquals(target, vertex.Origin);
            AddItself(vertex, conjunct);
            return true;
        }

        if (!conjunct.Info.IsUnshared && !target.IsInline && vertex.IsDetached && vertex.Label.Kind == LabelKind.Let && vertex.Conjuncts.Count == 1 && ReferenceEquals(vertex.Conjuncts[0].Expr, conjunct.Expr))
        {
            // A let clause that names a value is the value.
            vertex.Shared = target;
            return true;
        }

        if (target.Status == VertexStatus.Final && (target.Base as Bottom ?? target.ChildError) is { Code: CueErrorCode.Structural } permanent && !IsWithinRequired(permanent.At, target))
        {
            // A structural cycle is an error of all that refers to it.
            AddError(vertex, permanent);
            return true;
        }

        return false;
    }

    /// <summary>Whether the way to what is below passes a required field, which is missing before anything is wrong with it.</summary>
    private static bool IsWithinRequired(Vertex? below, Vertex vertex)
    {
        for (; below is not null && !ReferenceEquals(below, vertex); below = below.Parent)
        {
            if (below.ArcType == ArcType.Required)
                return true;
        }

        return false;
    }

    /// <summary>A vertex that is itself may be anything.</summary>
    private static void AddItself(Vertex vertex, Conjunct conjunct)
    {
        vertex.State!.AddItself(conjunct.Expr, conjunct.Info.Scope);
        vertex.State.HasTop |= !vertex.State.IsEmbeddingStruct;
    }

    /// <summary>How a reference comes round.</summary>
    /// <param name="vertex">The vertex that refers.</param>
    /// <param name="target">What it refers to.</param>
    /// <param name="conjunct">The reference.</param>
    /// <param name="last">When the target was met before on the way here.</param>
    private Recurrence RecurrenceOf(Vertex vertex, Vertex target, Conjunct conjunct, Visited? last)
    {
        var recurrence = Recurs(conjunct.Info, conjunct.Expr, target, vertex.Origin ?? vertex);
        if (recurrence != Recurrence.Here && target.IsAncestorOrSelfOf(vertex))
            return Recurrence.Cycle;
        // A disjunct may be dropped: what was met before is followed until it is met within what came round.
        if (last is not null && recurrence is Recurrence.None or Recurrence.Cycle && conjunct.Info.Visited is { Reference: not null } && !vertex.IsInline && IsWithinDisjunct(vertex))
            return last.IsCyclic ? Recurrence.Cycle : Recurrence.None;
        return recurrence;
    }

    /// <summary>Adds a reference to what an operand is an operand of: no structure that could contain itself.</summary>
    private Bottom? AddOperandOf(Vertex vertex, Vertex target, Vertex owner, Conjunct conjunct)
    {
        if (vertex.Origin is null && ReferenceEquals(target, owner) && target.State?.Tasks.Find(static task => task is { IsRunning: true, Kind: TaskKind.Comprehension or TaskKind.List }) is { } clause)
            return _final ? AddUnfinished(vertex, clause, conjunct) : Blocked;
        // It adds nothing, and is no choice.
        if (vertex.Origin is not null)
            return NoChoiceOf(vertex, owner, target, conjunct);
        // Beside a choice it would be a part of what is chosen.
        if (ReferenceEquals(target, owner.Origin ?? owner) && vertex.State!.Disjunctions.Count > 0)
        {
            AddError(vertex, StructuralCycle(vertex));
            return null;
        }

        ((target.IsAncestorOrSelfOf(vertex) ? target : owner).Operands ??= []).Add((vertex, conjunct.Expr.Position));
        vertex.State!.HasTop = true;
        return null;
    }

    /// <summary>Makes a vertex hold all that another one holds.</summary>
    private Bottom? AddReference(Vertex vertex, Vertex target, Conjunct conjunct, OrderPlace place)
    {
        var info = conjunct.Info;
        var expr = conjunct.Expr;
        target = Dereference(target);
        if (target is { Status: VertexStatus.Unprocessed, Label.Kind: LabelKind.Let })
            target = Dereference(Reach(target));
        if (Behind(target) is { } named && CanShare(vertex, named, info))
            target = named;
        if (IsAddedAtOnce(vertex, target, conjunct))
            return null;
        // Everything that was met on the way here is looked through.
        Step(info.Visited?.Length >> 1 ?? 0);
        var isOpening = expr is OpenExpr;
        var last = LastVisit(info, target);
        var recurrence = RecurrenceOf(vertex, target, conjunct, last);
        var isCyclic = recurrence is Recurrence.Cycle or Recurrence.Repetition;
        var isOptional = IsOptionalPath(vertex, target);
        if (_task is { } task && ReferenceEquals(_running, vertex) && !vertex.State!.IsReferenceNoted)
        {
            var isAlone = vertex.State!.Disjunctions.Count == 0 && vertex.State.Leaves.TrueForAll(static leaf => leaf.Expr is TopExpr);
            vertex.State.NoteReference(task, isAlone && !isOpening && CanShare(vertex, target, info), !IsStructure(target));
        }

        if (target.ArcType != ArcType.Required && (recurrence == Recurrence.None || isOptional || !IsWithinDisjunct(vertex)) && !(isCyclic && info.IsCyclic && !isOptional) && !isOpening && CanShare(vertex, target, info) && IsAllThatIsSaid(vertex, conjunct, target))
        {
            vertex.Shared = target;
            return null;
        }

        if (recurrence == Recurrence.Here)
        {
            AddItself(vertex, conjunct);
            return null;
        }

        if (recurrence == Recurrence.Endless)
        {
            // Where there is a value, what goes round adds nothing to it.
            if (vertex.State is { Scalar: not null } or { IsStruct: true } or { Lists.Count: > 0 })
                return null;
            AddError(vertex, new Bottom(CueErrorCode.Structural, "structural cycle", [expr.Position]) { HasNoPath = true });
            return null;
        }

        if (isCyclic && !info.Recurs && vertex is { IsOperand: true, Parent: { } owner } && IsOwn(info, target, vertex) && (ReferenceEquals(target, owner) || vertex.State is { IsStruct: false, IsEmbeddingStruct: false, Kind: CueKind.Top }))
            return AddOperandOf(vertex, target, owner, conjunct);
        return AddConjuncts(vertex, target, conjunct, place, recurrence, last);
    }

    /// <summary>Adds the conjuncts of another vertex.</summary>
    /// <param name="vertex">The vertex that refers.</param>
    /// <param name="target">What it refers to.</param>
    /// <param name="conjunct">The reference.</param>
    /// <param name="place">Where its fields are in the order of all.</param>
    /// <param name="recurrence">How it comes round.</param>
    /// <param name="last">When the target was met before on the way here.</param>
    private Bottom? AddConjuncts(Vertex vertex, Vertex target, Conjunct conjunct, OrderPlace place, Recurrence recurrence, Visited? last)
    {
        var info = conjunct.Info;
        var expr = conjunct.Expr;
        var isOpening = expr is OpenExpr;
        var isClosing = !isOpening && info.Data is null && (IsClosing(expr) || target.Label.IsDefinition);
        var isCyclic = recurrence is Recurrence.Cycle or Recurrence.Repetition;
        if (isCyclic)
        {
            vertex.State!.Cycle ??= StructuralCycle(vertex);
            vertex.State.Around ??= target;
        }

        // Of an operand what it is made of counts. What came here for the first time counts, though what it brings along comes round.
        if (!info.Recurs && !target.IsInline && !IsAppliedHere(vertex, info) && recurrence is Recurrence.None or Recurrence.Repetition)
            vertex.State!.HasAcyclicConjunct = true;
        // What is part of a cycle only adds to what is not, which may be yet to come.
        if (vertex.State!.Cycle is not null && !vertex.State.HasAcyclicConjunct)
            return _final ? null : Blocked;
        // What comes round has its order where it is written, not where it was first referred to, as long as it may go on.
        var comesRound = info.IsCyclic && !HasData(vertex);
        var isBack = !comesRound && (last is not null || isCyclic || info.CameBack);
        var isInner = vertex.IsAncestorOrSelfOf(target);
        if (vertex.State.Targets.TryGetValue(target, out var known))
        {
            if (isCyclic)
                return null;
            var repeated = isClosing ? known : !isOpening && vertex.State.OpenTargets.TryGetValue(OpenTarget.Of(target, info.Scope), out var open) ? (null, open) : default;
            if (repeated.Way is { } way)
            {
                repeated.Scope?.AddParent(info.Scope);
                way.Shorten(Way.To(info.Way, expr.Position, isInner));
                NoteWay(vertex, target, place.ForTarget(expr.Position, target));
                return null;
            }
        }

        var toTarget = Way.To(info.Way, expr.Position, isInner);
        var copied = info with
        {
            Scope = isClosing ? new CloseScope(CloseScopeKind.Definition, info.Scope) { Vertex = vertex }
                : isOpening ? new CloseScope(CloseScopeKind.Opening, info.Scope) { Vertex = vertex.Origin ?? vertex, OpensDefinition = IsClosing(((OpenExpr)expr).Operand) || target.Label.IsDefinition }
                : info.Scope,
            Trace = new Trace(expr.Position, info.Trace, null),
            Way = isBack ? null : toTarget,
            Visited = new Visited(expr, target, vertex.Origin ?? vertex, info.Visited) { IsCyclic = comesRound },
            IsCyclic = info.IsCyclic || isCyclic || (last is not null && recurrence == Recurrence.None && !vertex.IsInline && IsWithinDisjunct(vertex)),
            MayBeCyclic = info.MayBeCyclic || recurrence == Recurrence.Possible,
            IsEnclosed = info.IsEnclosed || (vertex.State.HasClosedLeaf && target.State is not { HasClosedLeaf: true }),
            IsUnshared = false,
            CameBack = isBack,
            LeavesChoices = info.LeavesChoices || (isCyclic && IsDisjunctOf(vertex, target)),
        };
        var isRepeated = vertex.State.Targets.ContainsKey(target);
        vertex.State.Targets[target] = isClosing ? (copied.Scope, toTarget) : known;
        if (!isClosing && !isOpening && !copied.Recurs && !copied.IsPattern)
            vertex.State.OpenTargets[OpenTarget.Of(target, info.Scope)] = toTarget;
        place = isBack ? place.ForReturn() : place.ForTarget(expr.Position, target, isInner);
        // What is brought here takes memory, however little work it is.
        Step(ReferenceSteps + target.Conjuncts.Count);
        (target.Subscriptions ??= []).Add(new Subscription(vertex, copied));
        TakeOver(vertex, target, copied, place, isRepeated);
        return null;
    }

    /// <summary>Tells the literals that came from what is referred to once more of that way, those that were not told of one as short.</summary>
    private void NoteWay(Vertex vertex, Vertex target, OrderPlace way)
    {
        if (vertex.Order is not { } parts)
            return;
        var ways = vertex.State!.Ways;
        var from = ways.TryGetValue(target, out var noted) && noted.Depth <= way.Depth ? noted.Parts : 0;
        ways[target] = (from == 0 ? way.Depth : noted.Depth, parts.Count);
        for (var i = from; i < parts.Count; i++)
        {
            Step(1 + (parts[i].Place.Length >> 3));
            parts[i].Place.AddWay(target, way);
        }
    }

    /// <summary>What a reference counts that is not shared.</summary>
    private const int ReferenceSteps = 4;

    /// <summary>
    /// A struct or list that a clause which it waits for unifies with something has no end; what it is written as counts.
    /// The clause comes to itself twice before that is found, with all that is wrong until then.
    /// </summary>
    private Bottom? AddUnfinished(Vertex vertex, EvaluationTask clause, Conjunct conjunct)
    {
        var position = conjunct.Expr.Position;
        List<Bottom> before = [.. vertex.State!.Error?.Flatten() ?? []];
        if (before.Exists(static error => error.Code == CueErrorCode.Structural))
            return null;
        if (clause.Kind == TaskKind.List)
            AddBase(vertex, new Located(ContainerValue.List, clause.Conjunct.Expr.Position, conjunct.Info with { Trace = new Trace(position, conjunct.Info.Trace, null) }) { Literal = clause.Conjunct.Expr });
        List<Bottom> once = [.. vertex.State.Error?.Flatten() ?? []];
        foreach (var again in once.Concat(before).Where(static error => !error.IsIncomplete))
            AddError(vertex, again.Again());
        AddError(vertex, new Bottom(CueErrorCode.Structural, "structural cycle", [vertex.Conjuncts[0].Expr.Position]) { HasNoPath = true });
        return null;
    }

    /// <summary>Adds what another vertex is made of: as within a vertex the literals first, then what they may be needed for.</summary>
    private void TakeOver(Vertex vertex, Vertex target, ConjunctInfo info, OrderPlace place, bool isRepeated)
    {
        var state = vertex.State!;
        var outer = state.Postponed;
        var postponed = state.Postponed = [];
        for (var i = 0; i < target.Conjuncts.Count; i++)
        {
            var conjunct = Referenced(target.Conjuncts[i], info, target);
            // Beside others, how one came about that says nothing is not told.
            if (conjunct.Expr is TopExpr && target.Conjuncts.Count > 1)
                conjunct = new Conjunct(conjunct.Expr, conjunct.Env, isRepeated ? info with { Trace = null } : info, conjunct.Field);
            // What selects from the choice that it is in may be anything yet.
            if (vertex.Origin is { Status: VertexStatus.Finalizing } choice && SelectsFrom(choice, target, target.Conjuncts[i]))
                state.HasTop = true;
            else
                ProcessConjunct(vertex, conjunct, place);
        }

        state.Postponed = outer;
        foreach (var task in postponed)
        {
            if (state.IsRunning)
                AddTask(vertex, task);
            else
                Schedule(vertex, task);
        }
    }

    /// <summary>
    /// Why a disjunct of an operand is none that comes to the value which is computed from the operand: that is not known
    /// yet, by whatever names it is called. What is around that value, or has it among other constraints, would have no end.
    /// </summary>
    private Bottom NoChoiceOf(Vertex disjunct, Vertex owner, Vertex target, Conjunct conjunct)
    {
        var isOwner = ReferenceEquals(target, owner.Origin ?? owner);
        for (var visited = conjunct.Info.Visited; visited is not null && isOwner; visited = visited.Next)
            isOwner = visited.Reference is null || !ReferenceEquals(visited.At, disjunct.Origin) || ReferenceEquals(Reach(visited.Vertex), target);
        return isOwner ? new Bottom(CueErrorCode.Cycle, $"cycle with field: {ExprText.Of(conjunct.Expr)}", [conjunct.Expr.Position]) { IsResult = true } : StructuralCycle(disjunct);
    }

    /// <summary>Whether a constraint is a part of a choice, or of another value that is being looked up.</summary>
    private static bool SelectsFrom(Vertex choice, Vertex vertex, Conjunct conjunct)
    {
        if (conjunct is not { Expr: SelectorExpr or IndexExpr, Env: { } env })
            return false;
        if (vertex.State is { } state && state.Tasks.Exists(task => task.IsRunning && ReferenceEquals(task.Conjunct.Expr, conjunct.Expr)))
            return true;
        var operand = conjunct.Expr is SelectorExpr selector ? selector.Operand : ((IndexExpr)conjunct.Expr).Operand;
        return operand is FieldRef field && ReferenceEquals(env.Ancestor(field.Up).Vertex.Find(field.Label), choice);
    }

    private static Conjunct Referenced(Conjunct conjunct, ConjunctInfo info, Vertex target)
    {
        // What went round in an operand is no more there than what goes round in the tree.
        if (target.IsInline && conjunct.Info.IsCyclic && !info.IsCyclic)
            info = info with { IsCyclic = true };
        var own = conjunct.Info;
        if (own.IsClosed && !info.WasClosed)
            info = info with { WasClosed = true, IsEnclosed = info.IsEnclosed || target.IsInline };
        return new Conjunct(conjunct.Expr, conjunct.Env, own.Trace is null ? info : info with { IsUnshared = false }, conjunct.Field);
    }
}
