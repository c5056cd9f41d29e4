using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>How much work an evaluation may take.</summary>
public sealed class CueOptions
{
    /// <summary>The defaults.</summary>
    public static CueOptions Default { get; } = new();

    /// <summary>The number of steps after which an evaluation ends with an error.</summary>
    public long MaxSteps { get; init; } = 5_000_000;

    /// <summary>How deep evaluations may nest.</summary>
    public int MaxDepth { get; init; } = 4_000;

    /// <summary>Finds imported packages that are not built in.</summary>
    public IPackageLoader? Loader { get; init; }

    /// <summary>Ends the work early.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Builds and evaluates CUE. Instances are independent of each other; one is not safe for concurrent use.</summary>
public sealed class CueContext
{
    private readonly Dictionary<string, ImportedPackage> _imports = new(StringComparer.Ordinal);
    private readonly HashSet<string> _loading = new(StringComparer.Ordinal);

    /// <param name="options">Budgets, loader, cancellation.</param>
    public CueContext(CueOptions? options = null)
        : this(options ?? CueOptions.Default, Builtins.StandardPackages.All)
    {
    }

    internal CueContext(CueOptions options, IEnumerable<BuiltinPackage> packages)
    {
        Options = options;
        Registry = new BuiltinRegistry(packages);
        Evaluator = new Evaluator(Registry, options.MaxSteps, options.MaxDepth, options.Cancellation) { ImportResolver = Import };
    }

    /// <summary>The options that the context was made with.</summary>
    public CueOptions Options { get; }

    internal BuiltinRegistry Registry { get; }

    internal Evaluator Evaluator { get; }

    /// <summary>Gives what is evaluated from here on a budget of its own.</summary>
    /// <param name="maxSteps">The number of steps after which it ends with an error.</param>
    public void RenewBudget(long maxSteps) => Evaluator.RenewBudget(maxSteps);

    /// <summary>Builds the instance of a package from its files. Syntax and binding errors are the instance's.</summary>
    /// <param name="files">Parsed files, in the order of the command line or of their names.</param>
    public CueInstance Build(params IReadOnlyList<ParseResult> files) => Build(files, []);

    /// <summary>Builds the instance of a package that was looked for.</summary>
    /// <param name="files">Parsed files, in the order of the command line or of their names.</param>
    /// <param name="loadErrors">What went wrong before; the instance has these errors and no value then.</param>
    public CueInstance Build(IReadOnlyList<ParseResult> files, IReadOnlyList<CueError> loadErrors)
    {
        if (loadErrors.Count > 0)
            return new CueInstance(this, null, [], loadErrors, null);
        var errors = new List<CueError>();
        foreach (var file in files)
        {
            foreach (var error in file.ReportedErrors)
                errors.Add(new CueError(CueErrorCode.Load, error.Message, "", [error.Position]));
        }

        var trees = files.Select(static file => file.File).OrderBy(static file => file.Source?.Name, StringComparer.Ordinal).ToList();
        var name = trees.Select(static file => file.Package?.Name.Name).FirstOrDefault(static each => each is not null and not "_");
        return Build(name, trees, errors);
    }

    /// <summary>Parses and builds files given as name and text.</summary>
    public CueInstance Build(IEnumerable<KeyValuePair<string, string>> sources) =>
        Build([.. sources.Select(static source => CueParser.ParseFile(source.Key, source.Value))]);

    /// <summary>Parses and builds a single file.</summary>
    public CueInstance Build(string fileName, string source) => Build([CueParser.ParseFile(fileName, source)]);

    private CueInstance Build(string? name, List<CueFile> files, List<CueError> errors)
    {
        if (errors.Count > 0)
            return new CueInstance(this, name, files, errors, null);
        try
        {
            var structs = Binder.Bind(name ?? "_", files, Registry, Options.Loader, out var found, Options.Cancellation);
            foreach (var error in found)
                errors.Add(CueError.From(error));
            errors.AddRange(ErrorsOfImports(files).Distinct());
            if (errors.Exists(static error => error.Code == CueErrorCode.Load))
                errors.RemoveAll(static error => error.Code != CueErrorCode.Load);
            return new CueInstance(this, name, files, errors, errors.Count > 0 ? null : CreateRoot(structs));
        }
        catch (InsufficientExecutionStackException)
        {
            errors.Add(new CueError(CueErrorCode.Budget, "expression nests too deeply", "", []));
            return new CueInstance(this, name, files, errors, null);
        }
    }

    private static Vertex CreateRoot(IReadOnlyList<StructExpr> files)
    {
        var root = new Vertex(null, default);

        var info = ConjunctInfo.Root.WithScope(new CloseScope(CloseScopeKind.Package, null));
        foreach (var file in files)
            root.Conjuncts.Add(new Conjunct(file, null, info));
        return root;
    }

    /// <summary>Evaluates everything in a tree; a budget that is used up becomes the value's error.</summary>
    internal void Run(Vertex vertex)
    {
        try
        {
            Evaluator.FinalizeRoot(vertex);
        }
        catch (BudgetExceededException exception)
        {
            Fail(vertex, exception.Message);
        }
        catch (InsufficientExecutionStackException)
        {
            Fail(vertex, "evaluation nests too deeply");
        }
        catch (OutOfMemoryException)
        {
            Fail(vertex, "evaluation takes too much memory");
        }
    }

    private static void Fail(Vertex vertex, string message)
    {
        vertex.Shared = null;
        vertex.Forward = null;
        vertex.SetArcs([]);
        vertex.Base = new Bottom(CueErrorCode.Budget, message) { At = vertex };
        vertex.Status = VertexStatus.Final;
    }

    /// <summary>The errors of the packages that files import.</summary>
    private IEnumerable<CueError> ErrorsOfImports(IReadOnlyList<CueFile> files) => files.SelectMany(static file => file.Imports)
        .Select(static spec => spec.PathValue).Where(path => !Registry.HasPackage(path)).SelectMany(path => Imported(path)?.Errors ?? []);

    private Vertex? Import(string path) => Imported(path)?.Root;

    private ImportedPackage? Imported(string path)
    {
        if (_imports.TryGetValue(path, out var known))
            return known;
        if (Options.Loader?.Load(path) is not { } package || !_loading.Add(path))
            return null;
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        var structs = Binder.Bind(package.ImportPath + ":" + package.Name, package.Files, Registry, Options.Loader, out var errors, Options.Cancellation);
        var imported = new ImportedPackage(CreateRoot(structs), [.. errors.Select(CueError.From), .. ErrorsOfImports(package.Files).Distinct()]);
        _loading.Remove(path);
        _imports[path] = imported;
        return imported;
    }

    /// <summary>A package that another one imports, with its errors and those of what it imports itself.</summary>
    private sealed class ImportedPackage(Vertex root, IReadOnlyList<CueError> errors)
    {
        public Vertex Root { get; } = root;

        public IReadOnlyList<CueError> Errors { get; } = errors;
    }
}
