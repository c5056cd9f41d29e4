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

    /// <summary>How often tasks are tried without anything becoming known before they are tried only where they were not yet.</summary>
    private const int MaxAttempts = 200;

    private long _maxSteps;
    private readonly int _maxDepth;
    private readonly CancellationToken _cancellation;
    private readonly List<Vertex> _reopened = [];

    /// <summary>The constraints that are being handed on to what refers to their vertices.</summary>
    private readonly HashSet<(Vertex Vertex, Expr Constraint, Env? Env)> _spreading = [];
    private readonly List<(Position Call, Value Value, bool IsOptional)> _validating = [];
    private readonly List<(Position Call, int Index, Value Value)> _tried = [];

    /// <summary>The calls of which the number of schemas that match is being compared with the one that is wanted.</summary>
    public HashSet<Position> Counting { get; } = [];

    /// <summary>The structs of which the closed one is being determined.</summary>
    private readonly HashSet<Vertex> _settling = [];
    private readonly List<(CallExpr Call, List<Value> Arguments)> _calls = [];

    /// <summary>The calls of which the arguments are being determined.</summary>
    private readonly List<(CallExpr Call, Env Env)> _determining = [];
    private long _steps;

    /// <summary>How often something became known, and how many tasks were tried since.</summary>
    private long _changes;
    private int _attempts;
    private int _depth;
    private int _demands;
    private bool _final;
    private Expr? _reference;
    private Vertex? _running;
    private Vertex? _circle;
    private EvaluationTask? _task;
    private EvaluationTask? _comprehension;
    private EvaluationTask? _holder;
    private EvaluationTask? _forced;
    private bool _isTest;

    /// <summary>Whether what is evaluated is a condition behind a clause that binds a name.</summary>
    private bool _isBound;
    private bool _mayHold;

    /// <summary>Whether the value that is asked for next is the argument of a call.</summary>
    private bool _isArgument;

    /// <summary>Whether the value that is asked for next is the operand of an operator or interpolation.</summary>
    private bool _isOperand;

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
            _running = null;
            _circle = null;
            _task = null;
            _comprehension = null;
            _forced = null;
            _isTest = false;
            _isBound = false;
            _mayHold = false;
            _isArgument = false;
            _isOperand = false;
            _argument = null;
            _callers.Clear();
            _spreading.Clear();
            _tried.Clear();
            _determining.Clear();
            _settling.Clear();
            _asking.Clear();
            _circular.Clear();
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
    /// <param name="vertex">The vertex.</param>
    /// <param name="untilAtom">Whether an atom among the literals is all that is asked for: references can wait then.</param>
    public void Process(Vertex vertex, bool untilAtom = false)
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
            Change(vertex);
            if (!untilAtom || AtomBesideTasks(vertex, isOperand: true) is null)
                RunTasks(vertex);
            Leave();
        }
        else if (vertex.Status == VertexStatus.Partial && (!untilAtom || AtomBesideTasks(vertex, isOperand: true) is null))
        {
            RunTasks(vertex);
        }
    }

    /// <summary>Processes a vertex and what it turns out to share: the vertex that holds the value.</summary>
    public Vertex Reach(Vertex vertex, bool untilAtom = false)
    {
        for (var i = 0; i < 1000; i++)
        {
            Process(vertex, untilAtom);
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
        Change(vertex);
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

        if (vertex.Subscriptions is not { Count: > 0 } subscriptions || !_spreading.Add((vertex, conjunct.Expr, conjunct.Env)))
            return;
        Enter();
        for (var i = 0; i < subscriptions.Count; i++)
        {
            Step();
            // What comes round is there.
            var info = conjunct.Info.IsCyclic ? subscriptions[i].Info with { IsCyclic = true } : subscriptions[i].Info;
            if (!_spreading.Contains((subscriptions[i].Vertex, conjunct.Expr, conjunct.Env)))
                AddConjunct(subscriptions[i].Vertex, Referenced(conjunct, info, vertex));
        }

        _spreading.Remove((vertex, conjunct.Expr, conjunct.Env));
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

    /// <summary>Notes that more is known than before: what waits may go on. What an operand amounts to is known to that alone.</summary>
    private void Change(Vertex vertex)
    {
        if (vertex.IsInline)
            return;
        _changes++;
        _attempts = 0;
    }

    private void Enter()
    {
        if (++_depth > _maxDepth)
            throw new BudgetExceededException("evaluation nests too deeply");
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
    }

    private void Leave() => _depth--;

    private void AddError(Vertex vertex, Bottom error)
    {
        error.PlaceAt(vertex);
        // Each error is compared with all that are there.
        Step(vertex.State!.Error is { } present ? 1 + (present.Errors.Count >> 2) : 1);
        vertex.State!.Error = Bottom.Combine(vertex.State.Error, error);
    }
}

/// <summary>A budget is used up; the evaluation ends with an error.</summary>
internal sealed class BudgetExceededException(string message) : Exception(message);
