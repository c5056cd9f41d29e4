using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>A value with the place that it comes from.</summary>
internal sealed class Located(Value value, Position position, ConjunctInfo info)
{
    public Value Value { get; } = value;

    public Position Position { get; } = position;

    public ConjunctInfo Info { get; } = info;

    /// <summary>The literal of a struct or list, for messages.</summary>
    public Expr? Literal { get; init; }

    /// <summary>The task of the vertex that brought the value; null for what is written there.</summary>
    public EvaluationTask? Task { get; set; }

    /// <summary>The computed conjunction that this is a part of: messages name it, and it is written nowhere.</summary>
    public ConjunctionValue? Whole { get; init; }
}

/// <summary>What the conjuncts of a vertex amount to so far.</summary>
internal sealed class NodeState
{
    private int _closedLeaves;
    private List<Located>? _kinds;
    private List<Located>? _checks;
    private List<ListShape>? _lists;
    private List<PendingDisjunction>? _disjunctions;
    private List<EvaluationTask>? _tasks;
    private List<CloseScope?>? _ellipses;
    private List<EvaluationTask>? _incomplete;
    private Dictionary<Vertex, (CloseScope? Scope, Way? Way)>? _targets;

    public CueKind Kind { get; set; } = CueKind.Top;

    /// <summary>What narrowed the kind last: what conflicts with the kind is told of that.</summary>
    public Located? Narrowest { get; set; }

    /// <summary>What is left of the kinds by atoms, types and containers, without bounds and validators.</summary>
    public CueKind DeclaredKind { get; set; } = CueKind.Top;

    /// <summary>Whether the kinds were found to have nothing in common; it is said once.</summary>
    public bool HasKindConflict { get; set; }

    /// <summary>The atom that the vertex has to be.</summary>
    public Located? Scalar { get; set; }

    /// <summary>What narrowed the kind, types and containers included.</summary>
    public Items<Located> Kinds => new(_kinds);

    /// <summary>Bounds and validators.</summary>
    public Items<Located> Checks
    {
        get => new(_checks);
        set => _checks = value.List;
    }

    public bool HasTop { get; set; }

    /// <summary>A call that is a constraint and says nothing, because it needs what asked for the value.</summary>
    public CallExpr? VoidCall { get; set; }

    /// <summary>Whether a struct literal says that this is a struct.</summary>
    public bool IsStruct { get; set; }

    /// <summary>Whether there is a struct literal with nothing but embeddings, definitions and hidden fields.</summary>
    public bool IsEmbeddingStruct { get; set; }

    /// <summary>Whether a comprehension would add fields that its text names: if it adds none, that there could be some says still what this is when nothing is more concrete.</summary>
    public bool NamesFields { get; set; }

    public Items<ListShape> Lists => new(_lists);

    public Items<PendingDisjunction> Disjunctions => new(_disjunctions);

    public Items<EvaluationTask> Tasks => new(_tasks);

    /// <summary>The fields in the order of their declarations, where braces and clauses are around some that come about later.</summary>
    public Dictionary<Label, int>? Declared { get; set; }

    /// <summary>How many changes there had been anywhere when the tasks were tried last.</summary>
    public long TriedAt { get; set; } = -1;

    /// <summary>Whether the tasks are being tried one after the other.</summary>
    public bool IsRunning { get; set; }

    /// <summary>While conjuncts are taken over from another vertex: the tasks among them, which come after the literals.</summary>
    public List<EvaluationTask>? Postponed { get; set; }

    /// <summary>The conjuncts with references resolved and without disjunctions: what every disjunct is unified with.</summary>
    public List<Leaf> Leaves { get; } = new(1);

    /// <summary>Whether one of the conjuncts that were met so far is closed by a definition.</summary>
    public bool HasClosedLeaf
    {
        get
        {
            for (; !field && _closedLeaves < Leaves.Count; _closedLeaves++)
                field = Leaves[_closedLeaves].Info.IsClosed;
            return field;
        }
    }

    public Bottom? Error { get; set; }

    /// <summary>The scopes that have an ellipsis here.</summary>
    public Items<CloseScope?> Ellipses => new(_ellipses);

    /// <summary>Whether some conjunct is not part of a structural cycle.</summary>
    public bool HasAcyclicConjunct { get; set; }

    /// <summary>What the vertex refers to as a whole, with the scope and the way if the reference closes: a definition closes only once.</summary>
    public Dictionary<Vertex, (CloseScope? Scope, Way? Way)> Targets => _targets ??= [];

    /// <summary>What the vertex refers to, if that is one, or the first of several of which the others say nothing.</summary>
    public Vertex? OnlyTarget =>
        _targets is { Count: > 0 } && _targets.Keys.Skip(1).All(static each => each.Resolve().Base is TypeValue { Kind: CueKind.Top }) ? _targets.Keys.First() : null;

    /// <summary>What of a definition came round to the vertex itself: it closes, but has no fields.</summary>
    public List<CloseScope>? EmptyScopes { get; private set; }

    /// <summary>The constraints that are nothing but the vertex itself.</summary>
    public List<Expr>? References { get; private set; }

    /// <summary>What the vertex refers to without closing it, and within what: once more adds nothing.</summary>
    public Dictionary<OpenTarget, Way?> OpenTargets => field ??= [];

    /// <summary>Of what the vertex refers to more than once: the depth of the shortest way, and how many of the literals know of it.</summary>
    public Dictionary<Vertex, (int Depth, int Parts)> Ways => field ??= [];

    /// <summary>The first structural cycle met.</summary>
    public Bottom? Cycle { get; set; }

    /// <summary>What the first structural cycle refers to.</summary>
    public Vertex? Around { get; set; }

    public FunctionValue? Function { get; set; }

    /// <summary>What was said when the vertex was asked for while comprehensions that name fields of it waited for the answer.</summary>
    public Bottom? Incompletable { get; set; }

    /// <summary>For a disjunct: whether it refers to what it is a choice of.</summary>
    public bool RefersToWhole { get; set; }

    /// <summary>The copy of the vertex in which a disjunct is being tried.</summary>
    public Vertex? Tried { get; set; }

    /// <summary>What in one of the disjuncts is computed with the value that they are the choices of.</summary>
    public Vertex? NeedsItself { get; set; }

    /// <summary>The other disjunction that was determined while the first disjunct was tried, and depends on that.</summary>
    public Needing? NeededBy { get; set; }

    /// <summary>Tasks that were forced and ended incomplete.</summary>
    public Items<EvaluationTask> Incomplete => new(_incomplete);

    /// <summary>The operand for whose sake the value was determined: what is wrong with all disjuncts is told there.</summary>
    public Position AskedBy { get; set; }

    /// <summary>Whether a constraint beside the disjunctions asks for what is chosen.</summary>
    public bool AsksItself { get; set; }

    /// <summary>What is left of the disjunctions.</summary>
    public List<DisjunctResult>? Results { get; set; }

    /// <summary>How the constraint was brought that was met last, whatever kind it is for.</summary>
    public ConjunctInfo? LastInfo { get; set; }

    /// <summary>The reference that the vertex would share the value of, were it the only one.</summary>
    public EvaluationTask? Sharing { get; private set; }

    /// <summary>The reference to an atom that ends the sharing: it is there before the value that was shared.</summary>
    public EvaluationTask? Overtaking { get; private set; }

    /// <summary>Whether it is known what is shared and what ends that: further references say nothing.</summary>
    public bool IsReferenceNoted { get; private set; }

    /// <summary>Notes a reference, in the order of their evaluation.</summary>
    public void NoteReference(EvaluationTask task, bool canShare, bool isAtom)
    {
        if (IsReferenceNoted)
            return;
        if (Sharing is null)
        {
            Sharing = canShare ? task : null;
            IsReferenceNoted = !canShare;
        }
        else if (!ReferenceEquals(Sharing, task))
        {
            Overtaking = isAtom ? task : null;
            IsReferenceNoted = true;
        }
    }

    public void AddKind(Located kind)
    {
        _kinds ??= new(1);
        var place = kind.Task is not null && ReferenceEquals(kind.Task, Overtaking) ? _kinds.FindIndex(each => ReferenceEquals(each.Task, Sharing)) : -1;
        _kinds.Insert(place < 0 ? _kinds.Count : place, kind);
    }

    /// <summary>Notes a constraint that came round to the vertex itself.</summary>
    public void AddItself(Expr reference, CloseScope? scope)
    {
        (References ??= []).Add(reference);
        if (scope is not null)
            (EmptyScopes ??= []).Add(scope);
    }

    public void AddCheck(Located check) => (_checks ??= new(1)).Add(check);

    public void AddList(ListShape list) => (_lists ??= new(1)).Add(list);

    public void AddDisjunction(PendingDisjunction disjunction) => (_disjunctions ??= new(1)).Add(disjunction);

    public void AddEllipsis(CloseScope? scope) => (_ellipses ??= new(1)).Add(scope);

    public void AddIncomplete(EvaluationTask task) => (_incomplete ??= new(1)).Add(task);

    public void InsertTask(int index, EvaluationTask task) => (_tasks ??= new(1)).Insert(index, task);

    public void RemoveDoneTasks() => _tasks?.RemoveAll(static task => task.IsDone);
}

/// <summary>What a vertex refers to without closing it, and within what. The embeddings of one literal are alike.</summary>
internal readonly record struct OpenTarget(Vertex Target, CloseScope? Scope, bool IsEmbedded)
{
    public static OpenTarget Of(Vertex target, CloseScope? scope) =>
        scope is { Kind: CloseScopeKind.Embedding } ? new(target, scope.Parent, true) : new(target, scope, false);
}

/// <summary>A conjunct with references resolved, and its place in the order of fields.</summary>
internal readonly struct Leaf(Conjunct conjunct, OrderPlace place)
{
    public Conjunct Conjunct { get; } = conjunct;

    public OrderPlace Place { get; } = place;

    public Expr Expr => Conjunct.Expr;

    public ConjunctInfo Info => Conjunct.Info;
}

/// <summary>A list literal or value among the conjuncts.</summary>
internal sealed class ListShape(int count, bool isOpen, Expr? tail, Env? env, ConjunctInfo info, Position position)
{
    public int Count { get; } = count;

    public bool IsOpen { get; } = isOpen;

    public Expr? Tail { get; } = tail;

    public Env? Env { get; } = env;

    public ConjunctInfo Info { get; } = info;

    public Position Position { get; } = position;

    /// <summary>Up to which element the tail's type was added.</summary>
    public int Applied { get; set; } = count;
}

/// <summary>What needs a disjunction while one of its disjuncts is tried, where it refers to it, and the bound for whose sake.</summary>
internal sealed class Needing(Vertex by, Position reference, BoundExpr? bound)
{
    public Vertex By { get; } = by;

    public Position Reference { get; } = reference;

    public BoundExpr? Bound { get; } = bound;
}

/// <summary>A disjunction that is not multiplied out yet.</summary>
internal sealed class PendingDisjunction(IReadOnlyList<Conjunct> disjuncts, IReadOnlyList<bool> defaults, Position position)
{
    public IReadOnlyList<Conjunct> Disjuncts { get; } = disjuncts;

    public IReadOnlyList<bool> Defaults { get; } = defaults;

    public Position Position { get; } = position;

    /// <summary>Whether any disjunct is marked as a default.</summary>
    public bool IsMarked { get; init; }

    public required OrderPlace Place { get; init; }

    /// <summary>The expression that it was written as.</summary>
    public DisjunctionExpr? Source { get; init; }
}

/// <summary>What a task does.</summary>
internal enum TaskKind : byte
{
    /// <summary>Evaluates an expression and adds its value.</summary>
    Expression,
    Comprehension,
    DynamicField,
    Pattern,
    List,
}

/// <summary>A step that may have to wait for other vertices.</summary>
internal sealed class EvaluationTask(TaskKind kind, Conjunct conjunct, OrderPlace place)
{
    /// <summary>Where the fields go that the task brings about.</summary>
    public OrderPlace Place { get; } = place;

    /// <summary>For a dynamic field or a pattern: where its labels go.</summary>
    public OrderPart? Part { get; init; }

    /// <summary>For a comprehension: how many others yielded it.</summary>
    public int Nesting { get; init; }

    /// <summary>For a list: how many of its elements were added before its comprehensions could be evaluated.</summary>
    public int Elements { get; set; }

    /// <summary>For a dynamic field: which one of its literal.</summary>
    public int DynamicIndex { get; init; }

    public TaskKind Kind { get; } = kind;

    public Conjunct Conjunct { get; } = conjunct;

    public Decl? Declaration { get; init; }

    public bool IsRunning { get; set; }

    /// <summary>The comprehension for whose sake this task was forced, and which it turned out to depend on.</summary>
    public EvaluationTask? HeldBy { private get; set; }

    /// <summary>Whether the task was forced while a comprehension was evaluated that it turned out to depend on.</summary>
    public bool WasHeld => HeldBy is not null;

    /// <summary>The comprehension on the stack that this one waits for, by way of others that wait themselves; null if it does not have to.</summary>
    public EvaluationTask? Holder
    {
        get
        {
            var holder = HeldBy;
            for (var i = 0; i < 1000 && holder is { IsRunning: false }; i++)
                holder = holder.IsDone ? null : holder.HeldBy;
            return holder is { IsRunning: true } ? holder : null;
        }
    }

    public bool IsDone { get; set; }

    /// <summary>The struct that was asked for a field before it was determined: that it was since, for the sake of another operand, does not refuse the field.</summary>
    public Vertex? AskedEarly { get; set; }

    /// <summary>What an operand asked for in a circle: to what comes after it, that is not just anything any more.</summary>
    public Vertex? AskedInCircle { get; set; }

    /// <summary>What is wrong with a disjunct of an operand that is computed from the result: what the others give is not known for that.</summary>
    public Bottom? CircularChoice { get; set; }

    /// <summary>Why the other disjuncts of an operand are no choices of which one is the result itself.</summary>
    public (Position Operand, List<Bottom> Errors)? Failed { get; set; }

    /// <summary>The result of the last attempt.</summary>
    public Bottom? LastError { get; set; }
}
