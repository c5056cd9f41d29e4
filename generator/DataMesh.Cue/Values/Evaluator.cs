using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>
/// Evaluates vertices on demand. A vertex processes its conjuncts as far as it can; what needs other vertices becomes a
/// task, is tried again whenever something became known, and is forced when the value is asked for.
/// </summary>
internal sealed partial class Evaluator
{
    /// <summary>What a vertex counts: the budget limits memory too, and a vertex is what takes most of it.</summary>
    private const int VertexSteps = 6;

    private long _maxSteps;
    private readonly int _maxDepth;
    private readonly CancellationToken _cancellation;
    private readonly List<Vertex> _reopened = [];
    private readonly List<(Position Call, Value Value)> _validating = [];
    private readonly List<(CallExpr Call, List<Value> Arguments)> _calls = [];
    private long _steps;
    private int _depth;
    private int _demands;
    private Position _forcedBy;
    private bool _final;
    private Expr? _reference;
    private Vertex? _running;
    private Vertex? _circle;
    private EvaluationTask? _task;
    private EvaluationTask? _comprehension;
    private EvaluationTask? _holder;
    private bool _isTest;
    private bool _mayHold;

    /// <summary>How many comprehensions yield what is being processed.</summary>
    private int _nesting;

    /// <summary>The vertex whose dynamic field is being named, and whether the name depends on another field of it.</summary>
    private (Vertex? Of, bool IsNeeded) _siblings;

    public Evaluator(BuiltinRegistry builtins, long maxSteps, int maxDepth, CancellationToken cancellation)
    {
        Builtins = builtins;
        _maxSteps = maxSteps;
        _maxDepth = maxDepth;
        _cancellation = cancellation;
    }

    public BuiltinRegistry Builtins { get; }

    public Regexes Regexes { get; } = new();

    /// <summary>The roots of imported packages.</summary>
    public Func<string, Vertex?>? ImportResolver { get; set; }

    public CancellationToken Cancellation => _cancellation;

    /// <summary>The steps taken so far.</summary>
    public long Steps => _steps;

    /// <summary>Counts steps; ends the evaluation when the budget is used up.</summary>
    public void Step(int count = 1)
    {
        var before = _steps;
        _steps += count;
        if (_steps > _maxSteps)
            throw new BudgetExceededException($"evaluation takes more than {_maxSteps.ToString(System.Globalization.CultureInfo.InvariantCulture)} steps");
        if (before >> 8 != _steps >> 8)
            _cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>Counts from the beginning, up to another limit.</summary>
    public void RenewBudget(long maxSteps)
    {
        _steps = 0;
        _maxSteps = maxSteps;
    }

    /// <summary>Determines a value with everything below it.</summary>
    /// <exception cref="BudgetExceededException">It takes too many steps, or nests too deeply.</exception>
    public void FinalizeRoot(Vertex root)
    {
        var depth = _depth;
        var final = _final;
        var demands = _demands;
        try
        {
            FinalizeAll(root);
        }
        finally
        {
            // An evaluation that ended early leaves nothing behind for the next.
            _depth = depth;
            _final = final;
            _demands = demands;
            _forcedBy = default;
            _running = null;
            _circle = null;
            _task = null;
            _comprehension = null;
            _isTest = false;
            _mayHold = false;
        }
    }

    private void FinalizeAll(Vertex root)
    {
        Finalize(root);
        for (var round = 0; _reopened.Count > 0 && round < 100; round++)
        {
            var reopened = _reopened.ToArray();
            _reopened.Clear();
            foreach (var vertex in reopened)
                Finalize(vertex);
            RefreshErrors(root);
        }
    }

    /// <summary>Processes the conjuncts of a vertex as far as possible without forcing anything.</summary>
    public void Process(Vertex vertex)
    {
        if (vertex.Shared is not null || vertex.Forward is not null)
            vertex = vertex.Resolve();
        if (vertex.Status == VertexStatus.Unprocessed)
        {
            Step(VertexSteps);
            Enter();
            vertex.Status = VertexStatus.Processing;
            vertex.State = new NodeState();
            for (var i = 0; i < vertex.Conjuncts.Count && vertex.Shared is null; i++)
            {
                if (vertex.Places is { } places && i < places.Count)
                    ProcessConjunct(vertex, vertex.Conjuncts[i], places[i]);
                else
                    ProcessRaw(vertex, vertex.Conjuncts[i]);
            }

            if (vertex.Status == VertexStatus.Processing)
                vertex.Status = VertexStatus.Partial;
            RunTasks(vertex);
            Leave();
        }
        else if (vertex.Status == VertexStatus.Partial)
        {
            RunTasks(vertex);
        }
    }

    /// <summary>Processes a vertex and what it turns out to share: the vertex that holds the value.</summary>
    private Vertex Reach(Vertex vertex)
    {
        for (var i = 0; i < 1000; i++)
        {
            Process(vertex);
            var next = vertex.Resolve();
            if (ReferenceEquals(next, vertex))
                break;
            vertex = next;
        }

        return vertex;
    }

    /// <summary>Adds a constraint, at any time of the evaluation.</summary>
    public void AddConjunct(Vertex vertex, Conjunct conjunct)
    {
        vertex.Conjuncts.Add(conjunct);
        if (vertex.Status != VertexStatus.Unprocessed)
        {
            if (vertex.Shared is not null)
                Unshare(vertex);
            else if (vertex.Status != VertexStatus.Processing || vertex.State is not null)
                ProcessRaw(vertex, conjunct);
            if (vertex.Status == VertexStatus.Final)
            {
                vertex.Status = VertexStatus.Partial;
                vertex.Forward = null;
                vertex.Base = null;
                _reopened.Add(vertex);
                RunTasks(vertex);
            }
        }

        if (vertex.Subscriptions is not { Count: > 0 } subscriptions)
            return;
        Enter();
        for (var i = 0; i < subscriptions.Count; i++)
        {
            Step();
            AddConjunct(subscriptions[i].Vertex, Referenced(conjunct, subscriptions[i].Info, vertex));
        }

        Leave();
    }

    private void Unshare(Vertex vertex)
    {
        vertex.Shared = null;
        vertex.Base = null;
        vertex.State = new NodeState();
        vertex.Order = null;
        for (var i = 0; i < vertex.Conjuncts.Count; i++)
            ProcessRaw(vertex, vertex.Conjuncts[i]);
    }

    private void ProcessRaw(Vertex vertex, Conjunct conjunct) => ProcessConjunct(vertex, conjunct, OrderPlace.Of(conjunct));

    private void Enter()
    {
        if (++_depth > _maxDepth)
            throw new BudgetExceededException("evaluation nests too deeply");
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private void Leave() => _depth--;

    private static void AddTask(Vertex vertex, EvaluationTask task)
    {
        // Lists that are written here come before those that are referred to.
        var state = vertex.State!;
        var tasks = state.Tasks;
        var place = task.Kind == TaskKind.List && vertex.Status == VertexStatus.Processing ? tasks.FindIndex(static each => each.Kind != TaskKind.List) : -1;
        state.InsertTask(place < 0 ? tasks.Count : place, task);
    }

    /// <summary>Tries the tasks that wait, until none gets any further.</summary>
    private void RunTasks(Vertex vertex)
    {
        if (vertex.State is not { Tasks.Count: > 0 } state)
            return;
        var final = _final;
        var isRunning = state.IsRunning;
        _final = false;
        state.IsRunning = true;
        bool progress;
        do
        {
            progress = false;
            for (var i = 0; i < state.Tasks.Count; i++)
            {
                var task = state.Tasks[i];
                if (!task.IsRunning && !task.IsDone && Run(vertex, task))
                    progress = true;
            }

            state.RemoveDoneTasks();
        }
        while (progress && state.Tasks.Count > 0);
        state.IsRunning = isRunning;
        _final = final;
    }

    /// <summary>Runs what is left with what is known; errors that were "not yet" become the value's.</summary>
    /// <param name="vertex">The vertex.</param>
    /// <param name="mayHold">Whether a comprehension is left that turns out to depend on the one that is being evaluated.</param>
    private void ForceTasks(Vertex vertex, bool mayHold = false)
    {
        RunTasks(vertex);
        var state = vertex.State;
        while (state is not null && state.Tasks.Find(static task => task is { IsRunning: false, IsDone: false, Holder: null }) is { } next)
        {
            var (final, outer) = (_final, _mayHold);
            _final = true;
            _mayHold = mayHold;
            _holder = null;
            Run(vertex, next);
            next.HeldBy = mayHold ? _holder : null;
            next.IsDone |= next.Holder is null;
            (_final, _mayHold) = (final, outer);
            state.RemoveDoneTasks();
            RunTasks(vertex);
            state = vertex.State;
        }
    }

    private bool Run(Vertex vertex, EvaluationTask task)
    {
        Step();
        Enter();
        task.IsRunning = true;
        var (running, around, startedAt, isTest) = (_running, _task, vertex.StartedAt, _isTest);
        (_running, _task, _isTest) = (vertex, task, false);
        vertex.StartedAt = Math.Min(startedAt, _depth);
        var error = task.Kind switch
        {
            TaskKind.Expression => RunExpression(vertex, task),
            TaskKind.Comprehension => RunComprehension(vertex, task),
            TaskKind.DynamicField => RunDynamicField(vertex, task),
            TaskKind.Pattern => RunPattern(vertex, task),
            _ => RunList(vertex, task),
        };
        task.IsRunning = false;
        vertex.StartedAt = startedAt;
        (_running, _task, _isTest) = (running, around, isTest);
        Leave();
        task.LastError = error;
        if (error is { IsIncomplete: true } && (!_final || (_mayHold && error.IsBlocked)))
            return false;
        task.IsDone = true;
        if (error is null)
            return true;
        if (error.IsIncomplete)
            vertex.State!.AddIncomplete(task);
        AddError(vertex, error);
        return true;
    }

    private void AddError(Vertex vertex, Bottom error)
    {
        error.PlaceAt(vertex);
        // Each error is compared with all that are there.
        Step(vertex.State!.Error is { } present ? 1 + (present.Errors.Count >> 2) : 1);
        vertex.State!.Error = Bottom.Combine(vertex.State.Error, error);
    }

    /// <summary>Whether nothing that is above can add to the vertex any more.</summary>
    private static bool IsSettledAbove(Vertex vertex)
    {
        for (var child = vertex; child is { IsDetached: false, Parent: { } parent }; child = parent)
        {
            if (parent.Status is VertexStatus.Unprocessed or VertexStatus.Processing)
                return false;
            if (parent.Status != VertexStatus.Final && parent.State is { Tasks.Count: > 0 })
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
            ForceTasks(parent);
    }

    /// <summary>The value of a vertex, if it can be known now; a blocked or cycle error otherwise.</summary>
    public Value Demand(Vertex vertex)
    {
        var reference = _reference;
        var asked = vertex;
        vertex = vertex.Resolve();
        if (vertex.Status != VertexStatus.Final)
            vertex = Reach(vertex);
        if (vertex.Status == VertexStatus.Final)
            return vertex.Base is Bottom { Code: CueErrorCode.Cycle } circular ? PassOn(vertex, circular, reference) : vertex.Base!;
        if (vertex is { Status: VertexStatus.Finalizing, Base: ContainerValue } && asked is { Shared: not null, Status: not VertexStatus.Final, ArcType: ArcType.Member, Label.Kind: not LabelKind.Let })
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
            return known;
        if (ChoiceOf(vertex, reference) is { } undecided)
            return _final ? undecided : Blocked;
        // An atom that is known is the value, or there is none: its other constraints can wait.
        if (!vertex.IsOperand && vertex.State is { Scalar: { } atom, Error: null, Tasks.Count: > 0 } pending && (pending.Kind & atom.Value.Kind) != 0)
            return atom.Value;
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
                Finalize(vertex);
                _demands--;
            }

            vertex = vertex.Resolve();
            vertex.Circle = _circle;
            _circle = circle;
            if (vertex.Base is { } value)
                return value is Bottom { Code: CueErrorCode.Cycle } cycle ? PassOn(vertex, cycle, reference) : value;
        }

        // What is known of an atom holds, whatever else the vertex waits for; and what is there counts when that is the vertex itself.
        if (vertex.State is { Scalar: { } scalar, Error: null } state && (state.Kind & scalar.Value.Kind) != 0)
            return scalar.Value;
        if (!_final)
            return Blocked;
        if (asked.Shared is null && KnownSoFar(vertex, reference) is { } soFar)
            return soFar;
        MeetCircle(vertex);
        return CycleWith(vertex, reference);
    }

    /// <summary>Whether a field is only a copy of a struct or list whose parts are being determined.</summary>
    private static bool IsNameOfWhole(Vertex vertex) =>
        vertex is { Status: VertexStatus.Partial, Conjuncts: [{ Expr: var only }], ArcType: ArcType.Member, Origin: null, IsDetached: false, State: { Targets.Count: 1, Disjunctions.Count: 0 } state }
        && IsReference(only) && state.Targets.Keys.First() is { Status: VertexStatus.Finalizing, Base: ContainerValue };

    /// <summary>What a disjunct gets that asks for the disjunction that it is in; null if it is another value that is asked for.</summary>
    private Bottom? ChoiceOf(Vertex vertex, Expr? reference) =>
        _task is { Kind: TaskKind.Expression } && reference is not null && vertex.State is { Disjunctions.Count: > 0, Error: null, HasKindConflict: false, Kind: not CueKind.Bottom } && ReferenceEquals(vertex, _running?.Origin ?? _running)
            ? new Bottom(CueErrorCode.Incomplete, $"unresolved disjunction: {ValueText.Source(reference)}", [reference.Position])
            : null;

    /// <summary>What the other constraints of a vertex say while one of them asks for its value.</summary>
    private Value? KnownSoFar(Vertex vertex, Expr? reference)
    {
        if (vertex.State is not { Error: null, HasKindConflict: false } state || state.Kind == CueKind.Bottom)
            return null;
        if (state.Disjunctions.Count > 0)
            return null;
        if (state.IsStruct)
            return (reference is null ? null : Incompletable(vertex, reference.Position)) ?? (Value)ContainerValue.Struct;
        if (state.Lists.Count > 0)
            return ContainerValue.List;
        return IsNarrowed(state) ? Bounds.Simplify(this, state) : null;
    }

    private static bool IsNarrowed(NodeState state) => state.Kinds.Count > 0 || state.Leaves.Exists(static leaf => leaf.Expr is TopExpr);

    private static Bottom CycleWith(Vertex vertex, Expr? reference) =>
        new(CueErrorCode.Cycle, $"cycle with field: {(reference is null ? vertex.Path() : ValueText.Source(reference))}", reference is null ? [] : [reference.Position]);

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
        var both = Bottom.Join(cycle, own);
        vertex.Base = both;
        return both;
    }

    /// <summary>Says that a task has to wait.</summary>
    private static Bottom Blocked { get; } = new(CueErrorCode.Incomplete, "blocked") { IsBlocked = true };
}

/// <summary>A budget is used up; the evaluation ends with an error.</summary>
internal sealed class BudgetExceededException(string message) : Exception(message);
