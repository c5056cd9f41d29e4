using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;
using DataMesh.Generators.Diagnostics;
using DataMesh.Generators.Products;
using DataMesh.Generators.Products.Building;

namespace DataMesh.Generators.Pipeline;

/// <summary>One package, from files to products and diagnostics. Nothing that it is given makes it throw.</summary>
internal static class PackageCompiler
{
    // A compiler waits for the answer, in an editor at every key: a schema that takes longer is reported.
    private const long MaxSteps = 5_000_000;
    private const int MaxDepth = 500;

    // The last resort against work that no step is counted for. Far beyond what a valid schema takes.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    public static PackageCompilation Compile(SchemaPackage package, ProjectOptions options, CancellationToken cancellation)
    {
        using var time = new CancellationTokenSource(MaxTime);
        return Compile(package, options, time.Token, cancellation);
    }

    /// <param name="deadline">Gives the package up, with a diagnostic.</param>
    /// <param name="cancellation">Ends the work because nobody waits for it.</param>
    internal static PackageCompilation Compile(SchemaPackage package, ProjectOptions options, CancellationToken deadline, CancellationToken cancellation)
    {
        var diagnostics = new List<DiagnosticInfo>();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline, cancellation);
        try
        {
            return Compile(package, options, diagnostics, either.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            diagnostics.Add(DiagnosticCatalogue.TooComplex(FileRange.StartOf(package.Files[0].Path), "The schema takes too much time or memory"));
        }
        catch (InsufficientExecutionStackException)
        {
            diagnostics.Add(DiagnosticCatalogue.TooComplex(FileRange.StartOf(package.Files[0].Path), "The schema nests too deeply"));
        }
        catch (Exception exception) when (exception is BudgetExceededException or OutOfMemoryException)
        {
            diagnostics.Add(DiagnosticCatalogue.TooComplex(FileRange.StartOf(package.Files[0].Path), "The schema takes too much time or memory"));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A generator that throws takes every generated type with it and says nothing about the schema (CS8785).
            diagnostics.Add(DiagnosticCatalogue.InternalError(package.Files[0].Path, exception));
        }
        return new PackageCompilation(null, default, diagnostics.ToEquatableArray());
    }

    private static PackageCompilation Compile(
        SchemaPackage package, ProjectOptions options, List<DiagnosticInfo> diagnostics, CancellationToken cancellation)
    {
        AddSyntaxErrors(package, diagnostics, cancellation);
        if (diagnostics.Count > 0 || package.Imports.Any(static import => import.Files.Any(static file => file.Syntax.Errors.Count > 0)))
            return new PackageCompilation(null, default, diagnostics.ToEquatableArray());

        var context = new CueContext(new CueOptions
        {
            MaxSteps = MaxSteps,
            MaxDepth = MaxDepth,
            Loader = new ProjectPackages(package.Imports),
            Cancellation = cancellation,
        });
        CueInstance instance = context.Build([.. package.Files.Select(static file => file.Syntax)]);
        foreach (CueError error in instance.Errors)
            diagnostics.Add(SchemaErrors.Of(error, package.Files[0].Path));
        if (instance.Errors.Count > 0)
            return new PackageCompilation(null, default, diagnostics.ToEquatableArray());

        var model = new SchemaModel(context, instance, NamesOf(package, options));
        new PackageCheck(model, diagnostics, cancellation).Check();
        BuiltPackage built = new ProductBuilder(model, diagnostics, cancellation).Build();
        return new PackageCompilation(new PackageProducts(built.Package, built.Products), built.Types, diagnostics.ToEquatableArray());
    }

    private static PackageNames NamesOf(SchemaPackage package, ProjectOptions options)
    {
        // A file without package clause shares its namespace with others, so the file has to tell its class from theirs.
        string file = options.DisplayName(package.Files[0].Path);
        string name = package.Name ?? file.Substring(0, file.Length - SchemaFile.Extension.Length);
        return new PackageNames(
            package.Name ?? "",
            Namespaces.Of(package.Name, package.Namespace, options.RootNamespace),
            MemberNames.Pascal(name) + "Schema",
            path => NamespaceOfImport(package, path, options),
            options.DisplayName,
            package.Files[0].Path);
    }

    private static string? NamespaceOfImport(SchemaPackage package, string importPath, ProjectOptions options)
    {
        ImportPath path = ImportPath.Parse(importPath);
        foreach (ImportedPackage import in package.Imports)
            if (string.Equals(import.ImportPath, path.Canonical, StringComparison.Ordinal))
                return Namespaces.Of(import.Name, import.Namespace, options.RootNamespace);
        return null;
    }

    private static void AddSyntaxErrors(SchemaPackage package, List<DiagnosticInfo> diagnostics, CancellationToken cancellation)
    {
        foreach (SchemaFile file in package.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!file.IsReadable)
                diagnostics.Add(DiagnosticCatalogue.FileNotReadable(file.Path, "The file cannot be opened, or is not UTF-8"));
            foreach (SyntaxError error in file.Syntax.Errors)
                diagnostics.Add(DiagnosticCatalogue.SyntaxError(error.Position.ToRange(file.Path), error.Message));
        }
    }
}
