using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>How the names of a scope are looked up.</summary>
internal enum ScopeKind : byte
{
    Package,
    File,
    Struct,
    Clause,

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

    /// <summary>What a value alias is when there is no struct between it and the reference.</summary>
    public SymbolKind Outer { get; init; }

    /// <summary>The path of an import.</summary>
    public string? ImportPath { get; init; }

    /// <summary>The path of the declaration, for reports.</summary>
    public string Path { get; init; } = "";

    public bool IsUsed { get; set; }

    /// <summary>Whether the name is being resolved: a reference from within its own label.</summary>
    public bool IsResolving { get; set; }
}

/// <summary>A block of names. Every scope but <see cref="ScopeKind.Package"/> and <see cref="ScopeKind.Field"/> has an environment at run time.</summary>
internal sealed class Scope(ScopeKind kind, Scope? parent)
{
    private Dictionary<string, Symbol>? _symbols;

    public ScopeKind Kind { get; } = kind;

    public Scope? Parent { get; } = parent;

    public bool HasEnvironment => Kind is not (ScopeKind.Package or ScopeKind.Field);

    public IEnumerable<Symbol> Symbols => _symbols?.Values ?? (IEnumerable<Symbol>)[];

    public Symbol? Find(string name) => _symbols is not null && _symbols.TryGetValue(name, out var symbol) ? symbol : null;

    /// <summary>The name that a symbol was declared with.</summary>
    public string NameOf(Symbol symbol)
    {
        foreach (var pair in _symbols!)
        {
            if (ReferenceEquals(pair.Value, symbol))
                return pair.Key;
        }

        return "";
    }

    /// <summary>Declares a name; false when the scope has it already.</summary>
    public bool Declare(string name, Symbol symbol)
    {
        _symbols ??= new Dictionary<string, Symbol>(StringComparer.Ordinal);
        if (_symbols.ContainsKey(name))
            return false;
        _symbols.Add(name, symbol);
        return true;
    }

    public void Replace(string name, Symbol symbol) => (_symbols ??= new Dictionary<string, Symbol>(StringComparer.Ordinal))[name] = symbol;
}
