using DataMesh.Cue.Binding;

namespace DataMesh.Cue.Values;

/// <summary>How far the evaluation of a vertex is.</summary>
internal enum VertexStatus : byte
{
    Unprocessed,

    /// <summary>On the stack: its conjuncts are being processed.</summary>
    Processing,

    /// <summary>Its conjuncts were processed as far as was possible.</summary>
    Partial,

    /// <summary>On the stack: its value is being determined.</summary>
    Finalizing,

    Final,
}

/// <summary>What a disjunct is among those that are left.</summary>
internal enum DisjunctRole : byte
{
    None,

    /// <summary>The only one, or the one default of what is embedded.</summary>
    Only,

    /// <summary>The one default of disjunctions that do not all have one.</summary>
    Chosen,

    /// <summary>The one default of what the vertex is as a whole.</summary>
    Default,
    Choice,
}

/// <summary>A node of the value tree: what the conjuncts at one path amount to.</summary>
internal sealed class Vertex(Vertex? parent, Label label) : Value
{
    private Dictionary<Label, Vertex>? _index;

    public Vertex? Parent { get; set; } = parent;

    public Label Label { get; } = label;

    public ArcType ArcType { get; set; } = ArcType.Member;

    public List<Conjunct> Conjuncts { get; } = new(1);

    /// <summary>The fields in the source that the conjuncts are of.</summary>
    public IEnumerable<Syntax.Field> Declarations => Conjuncts.Select(static conjunct => conjunct.Field?.Source).OfType<Syntax.Field>();

    /// <summary>Fields or elements, in the order in which they came up.</summary>
    public List<Vertex> Arcs { get; private set; } = [];

    public VertexStatus Status { get; set; }

    /// <summary>While it is being finalized: how many values that others asked for are being determined around it.</summary>
    public int Demands { get; set; }

    /// <summary>While one of its tasks is on the stack: how deep the first one is.</summary>
    public int StartedAt { get; set; } = int.MaxValue;

    /// <summary>Where the value depends on itself: the outermost vertex of the circle, which was on the stack when it was met.</summary>
    public Vertex? Circle { get; set; }

    /// <summary>The accumulated constraints; null before evaluation and for shared vertices.</summary>
    public NodeState? State { get; set; }

    /// <summary>Once final: a constant, a type, a conjunction, a disjunction, a container or bottom.</summary>
    public Value? Base { get; set; }

    /// <summary>The errors below.</summary>
    public Bottom? ChildError { get; set; }

    /// <summary>The vertex whose structure this one shares, because its only conjunct refers to it.</summary>
    public Vertex? Shared { get; set; }

    /// <summary>Whether this is an optional field that shares something around it: it has no end, but need not be there.</summary>
    public bool ComesRound { get; set; }

    /// <summary>A vertex that took this one's place: the only disjunct that was left.</summary>
    public Vertex? Forward { get; set; }

    public List<PatternConstraint>? Patterns { get; set; }

    /// <summary>Who copied the conjuncts and has to hear of further ones.</summary>
    public List<Subscription>? Subscriptions { get; set; }

    /// <summary>Whether the vertex is inside of a definition and closed for that.</summary>
    public bool IsInDefinition { get; set; }

    /// <summary>Whether closedness forbids fields that are not declared; set when final.</summary>
    public bool IsClosed { get; set; }

    /// <summary>Whether something closes the vertex, be it that <c>...</c> opens it again; set when final.</summary>
    public bool IsMeantClosed { get; set; }

    /// <summary>The definitions that close the vertex above, which hold here as well.</summary>
    public List<CloseScope>? InheritedDemands { get; set; }

    /// <summary>Whether what the vertex refers to is copied even when it could be shared.</summary>
    public bool IsUnshared { get; set; }

    /// <summary>The questions, whether something is an error, that were answered before all was known.</summary>
    public List<Evaluator.OpenQuestion>? Questions { get; set; }

    /// <summary>The operands that have the vertex itself as a constraint, and where: its value has to suit them.</summary>
    public List<(Vertex Operand, Syntax.Position Reference)>? Operands { get; set; }

    /// <summary>Whether a comprehension went over the fields although another one, which waits for it, could add some.</summary>
    public bool HasFixedFields { get; set; }

    /// <summary>Whether there is an ellipsis.</summary>
    public bool HasEllipsis { get; set; }

    /// <summary>For lists: whether more elements may follow.</summary>
    public bool IsOpenList { get; set; }

    /// <summary>The vertex that this one was copied from, to try a disjunct.</summary>
    public Vertex? Origin { get; init; }

    /// <summary>The vertex whose value is tried with a schema here.</summary>
    public Vertex? Candidate { get; init; }

    /// <summary>For a copy: what it is among the disjuncts that are left.</summary>
    public DisjunctRole Role { get; set; }

    /// <summary>For a copy: whether disjunctions are left, so that fields may still be declared that are missing.</summary>
    public bool DefersClosedness { get; init; }

    /// <summary>For a copy that defers closedness: the paths of what is not allowed so far.</summary>
    public List<string>? DeferredViolations { get; set; }

    /// <summary>Whether the vertex is a value of its own, not part of the tree (operands, let clauses).</summary>
    public bool IsDetached { get; set; }

    /// <summary>For a copy: the places of its conjuncts.</summary>
    public List<OrderPlace>? Places { get; set; }

    /// <summary>The literals among the conjuncts, which say what order the fields have.</summary>
    public List<OrderPart>? Order { get; set; }

    /// <summary>How many elements a list has that a function made and that nothing has asked for; null for any other value.</summary>
    public int? UnaskedCount => Status == VertexStatus.Unprocessed && Conjuncts is [{ Expr: ListExpr { IsDetermined: true } made }] ? made.Elements.Count : null;

    public override CueKind Kind
    {
        get
        {
            var vertex = Resolve();
            return vertex.Base switch
            {
                null => vertex.State?.Kind ?? CueKind.Top,
                { } value => value.Kind,
            };
        }
    }

    /// <summary>The vertex that holds the value: follows sharing and forwarding.</summary>
    public Vertex Resolve()
    {
        var vertex = this;
        for (var i = 0; i < 1000; i++)
        {
            if (vertex.Forward is { } forward)
                vertex = forward;
            else if (vertex.Shared is { } shared)
                vertex = shared;
            else
                break;
        }

        return vertex;
    }

    /// <summary>Whether the value is determined.</summary>
    public bool IsFinal => Resolve().Status == VertexStatus.Final;

    public Vertex? Find(Label label)
    {
        if (_index is not null)
            return _index.TryGetValue(label, out var found) ? found : null;
        foreach (var arc in Arcs)
        {
            if (arc.Label == label)
                return arc;
        }

        return null;
    }

    public Vertex Add(Label label, ArcType type)
    {
        var arc = new Vertex(this, label) { ArcType = type, IsInDefinition = IsInDefinition || label.IsDefinition, IsInline = IsInline };
        Attach(arc);
        return arc;
    }

    public void Attach(Vertex arc)
    {
        Arcs.Add(arc);
        if (_index is not null)
            _index[arc.Label] = arc;
        else if (Arcs.Count > 8)
            _index = Arcs.ToDictionary(static each => each.Label);
    }

    public void SetArcs(List<Vertex> arcs)
    {
        Arcs = arcs;
        _index = arcs.Count > 8 ? arcs.ToDictionary(static each => each.Label) : null;
    }

    public bool IsAncestorOrSelfOf(Vertex other)
    {
        for (Vertex? vertex = other; vertex is not null; vertex = vertex.Parent)
        {
            if (ReferenceEquals(vertex, this) || ReferenceEquals(vertex.Origin, this))
                return true;
        }

        return false;
    }

    /// <summary>Whether this is, or is within, a struct or list in an expression: it has no place in the tree.</summary>
    public bool IsInline { get; init; }

    /// <summary>Whether this is an expression's own value: an operand, an argument.</summary>
    public bool IsOperand => IsInline && IsDetached;

    /// <summary>The path as CUE reports it: from the root, or from the expression that the vertex is within.</summary>
    public string Path()
    {
        var parts = new List<string>();
        for (var vertex = this; vertex?.Parent is not null; vertex = vertex.Parent)
        {
            if (vertex is { IsInline: true, IsDetached: true })
                break;
            if (vertex.Label.IsValid)
                parts.Add(vertex.Label.ToString());
        }

        parts.Reverse();
        return string.Join(".", parts);
    }
}

/// <summary><c>[pattern]: value</c></summary>
internal sealed class PatternConstraint(Value pattern, Expr value, Env env, ConjunctInfo info, PatternDecl? source, OrderPart? part)
{
    public Value Pattern { get; } = pattern;

    public Expr Value { get; } = value;

    public Env Env { get; } = env;

    public ConjunctInfo Info { get; } = info;

    public PatternDecl? Source { get; } = source;

    /// <summary>The literal of the pattern at the vertex that it is a pattern of.</summary>
    public OrderPart? Part { get; } = part;

    /// <summary>The declaration, as the conjuncts have it that the pattern adds.</summary>
    public FieldDecl? Field { get; } = source is null ? null : new FieldDecl(source.Source, default, ArcType.Optional, value);
}

/// <summary>A vertex that gets a copy of every conjunct.</summary>
internal sealed class Subscription(Vertex vertex, ConjunctInfo info)
{
    public Vertex Vertex { get; } = vertex;

    public ConjunctInfo Info { get; } = info;
}
