using DataMesh.Generators.Pipeline;
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

        context.RegisterSourceOutput(
            compilations.SelectMany(static (compilation, _) => compilation.Diagnostics).WithTrackingName(StepNames.Diagnostics),
            static (output, diagnostic) => output.ReportDiagnostic(diagnostic.ToDiagnostic()));
    }
}
