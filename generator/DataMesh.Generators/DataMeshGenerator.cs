using DataMesh.Generators.Diagnostics;
using DataMesh.Generators.Emission;
using DataMesh.Generators.Pipeline;
using DataMesh.Generators.Products;
using Microsoft.CodeAnalysis;

namespace DataMesh.Generators;

/// <summary>Turns the <c>.cue</c> files of a project into typed data products.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class DataMeshGenerator : IIncrementalGenerator
{
    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<ProjectOptions> options = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => ProjectOptions.From(provider.GlobalOptions))
            .WithTrackingName(StepNames.Options);

        IncrementalValuesProvider<SchemaFile> files = context.AdditionalTextsProvider
            .Where(SchemaFile.IsSchema)
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, cancellation) => SchemaFile.Read(pair.Left, pair.Right.GetOptions(pair.Left), cancellation))
            .WithTrackingName(StepNames.Files);

        IncrementalValuesProvider<SchemaPackage> packages = files
            .Collect()
            .SelectMany(PackageGrouping.Group)
            .WithTrackingName(StepNames.Packages);

        IncrementalValuesProvider<PackageCompilation> compilations = packages
            .Combine(options)
            .Select(static (pair, cancellation) => PackageCompiler.Compile(pair.Left, pair.Right, cancellation))
            .WithTrackingName(StepNames.Compilations);

        // From here on there are two ways. Diagnostics have positions and change with every line that moves ...
        IncrementalValuesProvider<DiagnosticInfo> diagnostics = compilations
            .SelectMany(static (compilation, _) => compilation.Diagnostics)
            .WithTrackingName(StepNames.Diagnostics);

        IncrementalValuesProvider<DiagnosticInfo> collisions = compilations
            .Collect()
            .SelectMany(TypeCollisions.Find)
            .WithTrackingName(StepNames.Collisions);

        context.RegisterSourceOutput(diagnostics, static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
        context.RegisterSourceOutput(collisions, static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));

        // ... products have none, and are emitted again only when they say something else.
        IncrementalValueProvider<EquatableArray<PackageProducts>> products = compilations
            .Select(static (compilation, _) => compilation.Products)
            .Collect()
            .Select(static (packages, _) => packages.OfType<PackageProducts>().ToEquatableArray());

        IncrementalValuesProvider<GeneratedFile> sources = products
            .SelectMany(GeneratedFile.For)
            .WithTrackingName(StepNames.Products);

        IncrementalValueProvider<EquatableArray<string>> namespaces = products
            .Combine(options)
            .Select(static (pair, _) => ImplicitUsings.For(pair.Left, pair.Right))
            .WithTrackingName(StepNames.Namespaces);

        context.RegisterSourceOutput(sources, static (output, file) => output.AddSource(file.HintName, file.Emit()));
        context.RegisterSourceOutput(namespaces, ImplicitUsings.AddTo);
    }
}
