using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>Resolves the names of a package: from syntax to expressions that the evaluator understands.</summary>
internal sealed partial class Binder
{
    private readonly IBuiltinCatalog _catalog;
    private readonly IPackageLoader? _loader;
    private readonly string _package;
    private readonly List<BindingError> _errors = [];
    private readonly List<string> _path = [];
    private readonly CancellationToken _cancellation;
    private readonly List<LetDecl> _lets = [];
    private readonly List<LetDecl> _openLets = [];
    private Scope _scope = new(ScopeKind.Package, null);
    private int _letNumber;
    private HashSet<string> _experiments = new(StringComparer.Ordinal);
    /// <summary>The structs whose patterns are being bound: a pattern cannot refer to the fields that it is matched against.</summary>
    private readonly List<Scope> _patternOwners = [];

    /// <summary>How many <c>try</c> clauses are around what is being bound.</summary>
    private int _attempts;
    private bool _isInLabel;

    private int _depth;

    private Binder(string package, IBuiltinCatalog catalog, IPackageLoader? loader, CancellationToken cancellation)
    {
        _package = package;
        _catalog = catalog;
        _loader = loader;
        _cancellation = cancellation;
    }

    /// <summary>How deep expressions may nest before they are refused.</summary>
    public const int MaxDepth = 2000;

    /// <summary>Binds the files of a package, one struct a file.</summary>
    /// <param name="package">What hidden fields belong to: the import path, or a name for the main package.</param>
    /// <param name="files">The files.</param>
    /// <param name="catalog">The standard packages and predeclared identifiers.</param>
    /// <param name="loader">Finds other packages; null when there are none.</param>
    /// <param name="errors">What is wrong, in the order of files and positions.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public static IReadOnlyList<StructExpr> Bind(
        string package,
        IReadOnlyList<CueFile> files,
        IBuiltinCatalog catalog,
        IPackageLoader? loader,
        out IReadOnlyList<BindingError> errors,
        CancellationToken cancellation = default)
    {
        var binder = new Binder(package, catalog, loader, cancellation);
        var result = binder.BindFiles(files);
        if (binder._errors.TrueForAll(static error => error.IsValue))
            binder._errors.Clear();
        errors = [.. binder._errors.OrderBy(static error => error.Position.File?.Name, StringComparer.Ordinal)];
        return result;
    }

    /// <summary>Binds an expression that stands outside of any file, to be evaluated within a value.</summary>
    /// <param name="expression">The expression. It may use standard packages without importing them, by their last name.</param>
    /// <param name="fields">The fields of the value.</param>
    /// <param name="catalog">The standard packages and predeclared identifiers.</param>
    /// <param name="errors">What is wrong, in the order of positions.</param>
    public static Expr BindExpression(Expression expression, IEnumerable<Label> fields, IBuiltinCatalog catalog, out IReadOnlyList<BindingError> errors)
    {
        var labels = fields.Where(static label => label.Kind is not (LabelKind.Index or LabelKind.Let)).ToList();
        var package = labels.Select(static label => label.Package).FirstOrDefault(static name => name is not null);
        var binder = new Binder(package ?? "_", catalog, null, default);
        foreach (var label in labels)
            binder._scope.Declare(label.Text, new Symbol(SymbolKind.Field, expression) { Label = label });
        foreach (var path in catalog.Packages)
            binder._scope.Declare(DefaultImportName(path), new Symbol(SymbolKind.Import, expression) { ImportPath = path });
        binder._scope = new Scope(ScopeKind.File, binder._scope);
        var result = binder.Bind(expression);
        errors = binder._errors;
        return result;
    }

    private List<StructExpr> BindFiles(IReadOnlyList<CueFile> files)
    {
        var packageScope = _scope;
        foreach (var file in files)
        {
            foreach (var declaration in file.Declarations)
            {
                if (declaration is Field field && GetStaticName(field.Label) is { } name)
                    packageScope.Redeclare(name, new Symbol(SymbolKind.Field, field) { Label = Label.Identifier(name, _package) });
            }
        }

        var result = new List<StructExpr>(files.Count);
        foreach (var file in files)
        {
            _experiments = new HashSet<string>(file.Experiments, StringComparer.Ordinal);
            _scope = new Scope(ScopeKind.File, packageScope);
            BindImports(file, packageScope);
            result.Add(BindDeclarations(file, file.Declarations, isFile: true));
            ReportUnused(_scope);
            _scope = packageScope;
        }

        foreach (var let in _lets)
        {
            foreach (var use in let.Uses)
                Follow(use);
        }

        return result;
    }

    /// <summary>Reports the references of <c>let</c> clauses that come back to where they started.</summary>
    private void Follow(LetUse use)
    {
        var target = use.Target;
        if (target.IsFollowed is { } isDone)
        {
            if (!isDone)
                _errors.Add(new BindingError(use.Position, use.Path, "cyclic references in let clause or alias", false));
            return;
        }

        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        target.IsFollowed = false;
        foreach (var next in target.Uses)
            Follow(next);
        target.IsFollowed = true;
    }

    private void BindImports(CueFile file, Scope packageScope)
    {
        foreach (var spec in file.Imports)
        {
            var path = spec.PathValue;
            var colon = path.LastIndexOf(':');
            var name = spec.Name?.Name ?? DefaultImportName(path);
            var known = _catalog.HasPackage(path);
            if (!known && _loader?.Load(path) is { } package)
            {
                known = true;
                if (spec.Name is null && colon < 0)
                    name = package.Name;
            }

            if (!known)
                ReportImport(spec, $"builtin package {Literals.Quote(path)} undefined");
            if (packageScope.Find(name) is { } declared)
            {
                _errors.Add(new BindingError(spec.Start, CurrentPath(), $"{name} redeclared as imported package name", false) { IsImport = true, Previous = declared.Source.Start });
                continue;
            }

            _scope.Declare(name, new Symbol(SymbolKind.Import, spec) { ImportPath = path });
        }
    }

    private static string DefaultImportName(string path)
    {
        var colon = path.LastIndexOf(':');
        if (colon >= 0)
            return path.Substring(colon + 1);
        var end = path.IndexOf('@');
        if (end < 0)
            end = path.Length;
        if (end == 0)
            return path;
        var slash = path.LastIndexOf('/', end - 1);
        return path.Substring(slash + 1, end - slash - 1);
    }

    private void ReportUnused(Scope scope)
    {
        foreach (var closed in scope.Closed)
            ReportUnused(closed);
        foreach (var symbol in scope.Symbols)
        {
            if (symbol.IsUsed)
                continue;
            switch (symbol.Kind)
            {
                case SymbolKind.Import:
                    var spec = (ImportSpec)symbol.Source;
                    var alias = spec.Name is { } name ? " as " + name.Name : "";
                    ReportImport(spec, $"imported and not used: {Literals.Quote(spec.PathValue)}{alias}");
                    break;
                case SymbolKind.Let or SymbolKind.FieldAlias or SymbolKind.ValueAlias or SymbolKind.MatchedFieldAlias or SymbolKind.DynamicFieldAlias:
                    _errors.Add(new BindingError(symbol.Source.Start, symbol.Path, $"unreferenced alias or let clause {NameOf(scope, symbol)}", false));
                    break;
            }
        }
    }

    private static string NameOf(Scope scope, Symbol symbol) => scope.NameOf(symbol);

    private void ReportImport(ImportSpec spec, string message) => _errors.Add(new BindingError(spec.Start, CurrentPath(), message, false) { IsImport = true });

    private void Report(Position position, string message) => _errors.Add(new BindingError(position, CurrentPath(), message, false));

    private string CurrentPath() => string.Join(".", _path);

    private static string? GetStaticName(Expression label) => label is Identifier { Name: not "_" } identifier ? identifier.Name : null;
}
