using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>How the names of a scope are looked up.</summary>
internal enum ScopeKind : byte
{
    Package,
    File,
    Struct,
    Clause,

    /// <summary>A list that <c>self</c> or an alias can mean.</summary>
    List,

    /// <summary>Names that belong to the enclosing scope's environment: the aliases of one field.</summary>
    Field,
}

/// <summary>What a name stands for in a scope.</summary>
internal enum SymbolKind : byte
{
    Field,
    Let,
    LabelAlias,
    MatchedFieldAlias,
    DynamicFieldAlias,
    FieldAlias,

    /// <summary>The value of a field, as seen from within: <c>a: X={...}</c>.</summary>
    ValueAlias,
    Import,
}

/// <summary>A declared name.</summary>
internal sealed class Symbol(SymbolKind kind, SyntaxNode source)
{
    public SymbolKind Kind { get; } = kind;

    public SyntaxNode Source { get; } = source;

    /// <summary>The label of a field.</summary>
    public Label Label { get; init; }

    public LetDecl? Let { get; init; }

    /// <summary>The label expression of a dynamic field, for references from outside its value.</summary>
    public Expression? LabelExpression { get; init; }

    /// <summary>The path of an import.</summary>
    public string? ImportPath { get; init; }

    /// <summary>The path of the declaration, for reports.</summary>
    public string Path { get; init; } = "";

    public bool IsUsed { get; set; }

    /// <summary>For the alias of a dynamic field: whether the label is bound already, so that other labels can refer to it.</summary>
    public bool IsLabelBound { get; set; }

    /// <summary>Whether the name is being resolved: a reference from within its own label.</summary>
    public bool IsResolving { get; set; }
}

/// <summary>A block of names. Every scope but <see cref="ScopeKind.Package"/> and <see cref="ScopeKind.Field"/> has an environment at run time.</summary>
internal sealed class Scope(ScopeKind kind, Scope? parent)
{
    /// <summary>Up to so many names are looked through one by one: most structs are small, and there are many.</summary>
    private const int MostListed = 8;

    private List<KeyValuePair<string, Symbol>>? _symbols;
    private Dictionary<string, int>? _index;
    private List<Scope>? _closed;

    public ScopeKind Kind { get; } = kind;

    public Scope? Parent { get; } = parent;

    public bool HasEnvironment => Kind is not (ScopeKind.Package or ScopeKind.Field);

    /// <summary>Scopes of fields within whose unused names are reported along with this one's.</summary>
    public IReadOnlyList<Scope> Closed => _closed ?? (IReadOnlyList<Scope>)[];

    public void Close(Scope field) => (_closed ??= []).Add(field);

    /// <summary>Whether this is the scope of a value with a name.</summary>
    public bool HasValueAlias => _symbols?.Exists(static pair => pair.Value.Kind == SymbolKind.ValueAlias) == true;

    public IEnumerable<Symbol> Symbols => _symbols?.Select(static pair => pair.Value) ?? [];

    public Symbol? Find(string name) => IndexOf(name) is >= 0 and var i ? _symbols![i].Value : null;

    /// <summary>The name that a symbol was declared with.</summary>
    public string NameOf(Symbol symbol) => _symbols!.Find(pair => ReferenceEquals(pair.Value, symbol)).Key ?? "";

    /// <summary>Declares a name; false when the scope has it already.</summary>
    public bool Declare(string name, Symbol symbol)
    {
        if (IndexOf(name) >= 0)
            return false;
        _symbols ??= [];
        _symbols.Add(new(name, symbol));
        if (_index is not null)
        {
            _index.Add(name, _symbols.Count - 1);
        }
        else if (_symbols.Count > MostListed)
        {
            _index = new Dictionary<string, int>(_symbols.Count * 2, StringComparer.Ordinal);
            for (var i = 0; i < _symbols.Count; i++)
                _index.Add(_symbols[i].Key, i);
        }

        return true;
    }

    /// <summary>Declares a name; the last declaration counts.</summary>
    public void Redeclare(string name, Symbol symbol)
    {
        if (!Declare(name, symbol))
            Replace(name, symbol);
    }

    public void Replace(string name, Symbol symbol)
    {
        if (IndexOf(name) is >= 0 and var i)
            _symbols![i] = new(name, symbol);
        else
            Declare(name, symbol);
    }

    private int IndexOf(string name)
    {
        if (_index is not null)
            return _index.TryGetValue(name, out var known) ? known : -1;
        for (var i = 0; i < (_symbols?.Count ?? 0); i++)
        {
            if (string.Equals(_symbols![i].Key, name, StringComparison.Ordinal))
                return i;
        }

        return -1;
    }
}
