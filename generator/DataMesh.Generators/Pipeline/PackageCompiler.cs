using DataMesh.Cue.Syntax;
using DataMesh.Generators.Diagnostics;
using DataMesh.Generators.Products;

namespace DataMesh.Generators.Pipeline;

/// <summary>One package, from files to products and diagnostics. Nothing that it is given makes it throw.</summary>
internal static class PackageCompiler
{
    public static PackageCompilation Compile(SchemaPackage package, ProjectOptions options, CancellationToken cancellation)
    {
        try
        {
            List<DiagnosticInfo> diagnostics = SyntaxErrors(package, cancellation);
            return new PackageCompilation(null, diagnostics.ToEquatableArray());
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A generator that throws takes every generated type with it and says nothing about the schema (CS8785).
            DiagnosticInfo error = DiagnosticCatalogue.InternalError(package.Files[0].Path, exception);
            return new PackageCompilation(null, [error]);
        }
    }

    private static List<DiagnosticInfo> SyntaxErrors(SchemaPackage package, CancellationToken cancellation)
    {
        var diagnostics = new List<DiagnosticInfo>();
        foreach (SchemaFile file in package.Files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (!file.IsReadable)
                diagnostics.Add(DiagnosticCatalogue.FileNotReadable(file.Path, "The file cannot be opened, or is not UTF-8"));
            foreach (SyntaxError error in file.Syntax.Errors)
                diagnostics.Add(DiagnosticCatalogue.SyntaxError(error.Position.ToRange(file.Path), error.Message));
        }
        return diagnostics;
    }
}
