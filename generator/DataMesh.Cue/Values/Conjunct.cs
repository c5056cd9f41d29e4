using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>What the references of an expression are resolved in: a struct or the variables of a clause, and what is around it.</summary>
internal sealed class Env(Env? up, Vertex vertex)
{
    private Dictionary<LetDecl, Vertex>? _lets;

    public Env? Up { get; } = up;

    public Vertex Vertex { get; } = vertex;

    /// <summary>The label that a pattern matched, or that a dynamic field has.</summary>
    public Label DynamicLabel { get; init; }

    /// <summary>For the constraint of a pattern that is looked at by itself: what the labels are of which nothing else is known.</summary>
    public Value? LabelPattern { get; init; }

    /// <summary>Whether the label of a dynamic field depends on other fields of the struct.</summary>
    public bool IsLate { get; init; }

    /// <summary>The innermost <c>for</c> clause around.</summary>
    public ForClauseExpr? Loop { get; init; } = up?.Loop;

    public Dictionary<LetDecl, Vertex> Lets => _lets ??= [];

    public Env Ancestor(int up)
    {
        var env = this;
        for (; up > 0; up--)
            env = env.Up!;
        return env;
    }
}

/// <summary>The references that a conjunct came through, for error positions.</summary>
internal sealed class Trace(Position position, Trace? outer, Trace? inner)
{
    public Position Position { get; } = position;

    public Trace? Outer { get; } = outer;

    public Trace? Inner { get; } = inner;
}

/// <summary>What was referred to on the way to a conjunct, and the patterns that brought it further: for structural cycles.</summary>
internal sealed class Visited(Expr? reference, Vertex vertex, Vertex at, Visited? next)
{
    /// <summary>The reference; null where a pattern applied.</summary>
    public Expr? Reference { get; } = reference;

    /// <summary>What it refers to; for a pattern the field that it applied to.</summary>
    public Vertex Vertex { get; } = vertex;

    /// <summary>The vertex that the reference is a constraint of.</summary>
    public Vertex At { get; } = at;

    public Visited? Next { get; } = next;

    /// <summary>Whether the reference is itself within what came round, and no data says that this goes on.</summary>
    public bool IsCyclic { get; init; }

    /// <summary>How many there are.</summary>
    public int Length { get; } = next is null ? 1 : next.Length + 1;
}

/// <summary>How a conjunct came to the vertex that refers to it.</summary>
internal sealed class Way(Position reference, int depth)
{
    /// <summary>Where the first reference stands.</summary>
    public Position Reference { get; private set; } = reference;

    /// <summary>The number of references.</summary>
    public int Depth { get; private set; } = depth;

    /// <summary>Whether the first reference is to a field of the vertex itself: that comes to it with the last of those.</summary>
    public bool IsInner { get; private init; }

    public static Way To(Way? outer, Position reference, bool isInner = false) =>
        outer is null ? new Way(reference, 1) { IsInner = isInner } : new Way(outer.Reference, outer.Depth + 1) { IsInner = outer.IsInner };

    /// <summary>Goes by another way if that is shorter.</summary>
    public void Shorten(Way other)
    {
        if (other.Depth < Depth || (IsInner && other.IsInner && other.Depth == Depth && other.Reference.CompareTo(Reference) > 0))
            (Reference, Depth) = (other.Reference, other.Depth);
    }
}

/// <summary>Whether a reference was met before on the way to a conjunct.</summary>
internal enum Recurrence : byte
{
    None,

    /// <summary>At the same vertex: it adds nothing.</summary>
    Here,

    /// <summary>By way of a pattern, which may not go any further.</summary>
    Possible,

    /// <summary>At another vertex, which is no evidence yet, but what it brings has come round.</summary>
    Repetition,

    /// <summary>It makes a structural cycle, unless another conjunct ends it.</summary>
    Cycle,

    /// <summary>At the same vertex, so often that nothing is expected to end it.</summary>
    Endless,
}

/// <summary>What a conjunct hands down to the conjuncts that it gives rise to.</summary>
internal sealed record ConjunctInfo
{
    public static readonly ConjunctInfo Root = new();

    public CloseScope? Scope { get; init; }

    public Trace? Trace { get; init; }

    public Visited? Visited { get; init; }

    /// <summary>Whether the conjunct is a part of a structural cycle.</summary>
    public bool IsCyclic { get; init; }

    /// <summary>Whether the conjunct would be a part of a structural cycle if a pattern went on to apply.</summary>
    public bool MayBeCyclic { get; init; }

    /// <summary>The first reference that the conjunct came through, there or further up; null if it came through none.</summary>
    public Way? Way { get; init; }

    /// <summary>Whether a pattern brought the conjunct.</summary>
    public bool IsPattern { get; init; }

    /// <summary>Whether what the conjunct refers to is copied even when it is the only one.</summary>
    public bool IsUnshared { get; init; }

    /// <summary>
    /// Whether the conjunct was closed by a definition where it was referred to: that forbids nothing here, but what it
    /// makes is no struct that just any field may be added to.
    /// </summary>
    public bool WasClosed { get; init; }

    /// <summary>Whether a reference on the way led back to what was met before: from there on the order is that of what is written.</summary>
    public bool CameBack { get; init; }

    /// <summary>Whether the conjunct came back to a disjunct of what it is of: what that chooses from is left out.</summary>
    public bool LeavesChoices { get; init; }

    /// <summary>Whether the conjunct was referred to where a definition had closed a struct: none of what it makes is open.</summary>
    public bool IsEnclosed { get; init; }

    /// <summary>Where a schema is tried on a struct or list: that as a whole, which is what errors name.</summary>
    public Vertex? Tried { get; init; }

    /// <summary>
    /// Where a schema is tried: what the value is at this place. The conjunct says only what is data there: the schema may
    /// add fields, and a field that is not there is not required.
    /// </summary>
    public Vertex? Data { get; init; }

    /// <summary>What is handed down to the fields.</summary>
    public ConjunctInfo Below => WasClosed || LeavesChoices || Tried is not null ? this with { WasClosed = false, LeavesChoices = false, Tried = null } : this;

    /// <summary>Whether the conjunct is closed by a definition, here or where it was referred to.</summary>
    public bool IsClosed => WasClosed || IsEnclosed || Scope is { IsInDefinition: true };

    /// <summary>Whether the conjunct says nothing new: it does not end a structural cycle.</summary>
    public bool Recurs => IsCyclic || MayBeCyclic;

    /// <summary>The same for a field or an element of the value that a schema is tried on.</summary>
    public ConjunctInfo ForData(Vertex part) => this with { Data = part.Resolve() is { Base: not DisjunctionValue } known ? known : null };

    /// <summary>The same within what closes here, unless that is data.</summary>
    public ConjunctInfo Closing(CloseScope scope) => Data is null ? WithScope(scope) : this;

    public ConjunctInfo WithScope(CloseScope? scope) => ReferenceEquals(scope, Scope) ? this : this with { Scope = scope, IsUnshared = false };
}

/// <summary>An expression that a vertex has to satisfy, with what its references mean.</summary>
internal readonly struct Conjunct(Expr expr, Env? env, ConjunctInfo info, FieldDecl? field = null)
{
    public Expr Expr { get; } = expr;

    public Env? Env { get; } = env;

    public ConjunctInfo Info { get; } = info;

    /// <summary>The declaration that the conjunct is the value of: its comments and attributes are the field's.</summary>
    public FieldDecl? Field { get; } = field;
}
