namespace DataMesh.Cue.Values;

/// <summary>Where closedness sees a conjunct: which definitions, embeddings and literals it came through.</summary>
internal sealed class CloseScope(CloseScopeKind kind, CloseScope? parent)
{
    private readonly CloseScope? _embedding = parent?.Embedding;

    private readonly CloseScope? _outer = parent?.Outer;
    private List<CloseScope>? _others;

    public CloseScopeKind Kind { get; } = kind;

    public CloseScope? Parent { get; } = parent;

    /// <summary>Where the scope begins, for those that close or open.</summary>
    public Vertex? Vertex { get; init; }

    /// <summary>For a definition: whether it is a call of <c>close</c>, which closes nothing below.</summary>
    public bool IsShallow { get; set; }

    /// <summary>For a call that closes its argument, or does so on condition: where it is.</summary>
    public Trace? CallSite { get; init; }

    public bool IsCall => CallSite is not null;

    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>For <c>x...</c>: whether it is a definition that is opened.</summary>
    public bool OpensDefinition { get; init; }

    /// <summary>Whether a definition closes what is here, or would without <c>...</c> behind it.</summary>
    public bool IsInDefinition => OpensDefinition || (Kind == CloseScopeKind.Definition && Condition != CloseCondition.Open) || Parent is { IsInDefinition: true };

    /// <summary>The innermost call that this is in.</summary>
    public CloseScope? Around
    {
        get
        {
            var scope = this;
            while (scope is { IsCall: false })
                scope = scope.Parent;
            return scope;
        }
    }

    /// <summary>The call that closes what is here, if what is nearest of all that does is one.</summary>
    public CloseScope? Call
    {
        get
        {
            var scope = this;
            while (scope is not null && !scope.OpensDefinition && (scope.Kind != CloseScopeKind.Definition || scope.Condition == CloseCondition.Open))
                scope = scope.Parent;
            return scope is { IsCall: true } ? scope : null;
        }
    }

    /// <summary>The embedding that this is in: the innermost.</summary>
    public CloseScope? Embedding => Kind == CloseScopeKind.Embedding ? this : _embedding;

    /// <summary>The literal that embeddings extend: the outermost of a package, whatever lies between.</summary>
    public CloseScope? Outer => _outer ?? (Kind == CloseScopeKind.Literal ? this : null);

    /// <summary>For a definition that closes as far as what it spreads was closed.</summary>
    public CloseCondition Condition { get; set; }

    /// <summary>Whether the scope closes a vertex.</summary>
    /// <param name="isOwn">Whether the scope begins at the vertex.</param>
    public bool Closes(bool isOwn) => Kind switch
    {
        CloseScopeKind.Definition => Condition != CloseCondition.Open && (isOwn || !IsShallow),
        CloseScopeKind.Close => isOwn,
        _ => false,
    };

    /// <summary>Adds a scope that what is in this one is in as well: a second reference to the same definition.</summary>
    public void AddParent(CloseScope? parent)
    {
        if (parent is not null && !parent.IsIn(this))
            (_others ??= []).Add(parent);
    }

    /// <summary>Whether this scope is the other one or within it, without passing through an embedding.</summary>
    public bool IsIn(CloseScope other, CloseScope? except = null)
    {
        for (var scope = this; scope is not null && !ReferenceEquals(scope, except); scope = scope.Parent)
        {
            if (ReferenceEquals(scope, other))
                return true;
            if (scope._others is not null)
                return IsInAny(scope, other, except);
        }

        return false;
    }

    /// <summary>Where several ways lead up: each scope is looked at once.</summary>
    private static bool IsInAny(CloseScope from, CloseScope other, CloseScope? except)
    {
        var seen = new HashSet<CloseScope>();
        var open = new Stack<CloseScope>();
        open.Push(from);
        while (open.Count > 0)
        {
            for (var scope = open.Pop(); scope is not null && !ReferenceEquals(scope, except) && seen.Add(scope); scope = scope.Parent)
            {
                if (ReferenceEquals(scope, other))
                    return true;
                for (var i = 0; i < (scope._others?.Count ?? 0); i++)
                    open.Push(scope._others![i]);
            }
        }

        return false;
    }
}

/// <summary>What a scope that closes on condition has found.</summary>
internal enum CloseCondition : byte
{
    /// <summary>There is no condition.</summary>
    None,

    /// <summary>Nothing that is spread was closed.</summary>
    Open,
    Closed,
}

internal enum CloseScopeKind : byte
{
    /// <summary>The files of a package: what one of them embeds, all extend.</summary>
    Package,

    /// <summary>A struct literal with embeddings.</summary>
    Literal,

    /// <summary>An embedding or a comprehension in a literal.</summary>
    Embedding,

    /// <summary>A referenced definition: closed at every level, unless it is a call of <c>close</c> itself.</summary>
    Definition,

    /// <summary>A call of <c>close</c>: closed at its own level.</summary>
    Close,

    /// <summary><c>x...</c>: what closes within does not count at this level.</summary>
    Opening,
}
