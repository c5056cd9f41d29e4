using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;
using DataMesh.Generators.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataMesh.Generators.Tests.Harness;

/// <summary>One run of the generator. What it reports is read through <see cref="Diagnostics"/> or asserted to be nothing.</summary>
internal sealed class GeneratorRun(GeneratorRunResult result, CSharpCompilation project, CSharpParseOptions parseOptions)
{
    /// <summary>Every diagnostic as <c>dotnet build</c> prints it, without the help link, in the order of the places.</summary>
    public string[] Diagnostics => [.. result.Diagnostics
        .OrderBy(static diagnostic => diagnostic.Location.GetLineSpan().Path, StringComparer.Ordinal)
        .ThenBy(static diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition)
        .ThenBy(static diagnostic => diagnostic.Id, StringComparer.Ordinal)
        .Select(static diagnostic => Format(diagnostic))];

    /// <summary>The generated files by hint name.</summary>
    public IReadOnlyDictionary<string, string> Sources =>
        result.GeneratedSources.ToDictionary(static source => source.HintName, static source => source.SourceText.ToString());

    /// <summary>The generated files whose content may be another than in the run before.</summary>
    public string[] Emitted => [.. result.TrackedSteps[StepNames.Products]
        .SelectMany(static run => run.Outputs)
        .Where(static output => output.Reason is IncrementalStepRunReason.New or IncrementalStepRunReason.Modified)
        .Select(static output => ((GeneratedFile)output.Value).HintName)
        .Order(StringComparer.Ordinal)];

    /// <summary>What ran, and why: the reasons of all outputs of a step.</summary>
    public IncrementalStepRunReason[] Reasons(string step) =>
        result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs)
            ? [.. runs.SelectMany(static run => run.Outputs).Select(static output => output.Reason)]
            : [];

    /// <summary>The reasons of everything that was handed to the compiler: sources and diagnostics.</summary>
    public IncrementalStepRunReason[] OutputReasons =>
        [.. result.TrackedOutputSteps.SelectMany(static pair => pair.Value).SelectMany(static run => run.Outputs).Select(static output => output.Reason)];

    private static string Format(Diagnostic diagnostic)
    {
        string text = CSharpDiagnosticFormatter.Instance.Format(diagnostic, CultureInfo.InvariantCulture);
        Assert.EndsWith(" (" + diagnostic.Descriptor.HelpLinkUri + ")", text);
        return text[..text.LastIndexOf(" (", StringComparison.Ordinal)].Replace(GeneratorSession.ProjectDirectory, "", StringComparison.Ordinal);
    }

    /// <summary>Compiles the project with what was generated, loads it, and gives what <c>Script.Run()</c> of the source returns.</summary>
    public string Execute(string source)
    {
        Assert.Empty(Diagnostics);
        CSharpCompilation compilation = project
            .AddSyntaxTrees(result.GeneratedSources.Select(static generated => generated.SyntaxTree))
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, parseOptions, "Script.cs", cancellationToken: TestContext.Current.CancellationToken));
        using var assembly = new MemoryStream();
        var emitted = compilation.Emit(assembly, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Empty(emitted.Diagnostics
            .Where(static diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning)
            .Select(static diagnostic => diagnostic.ToString()));
        assembly.Position = 0;
        var context = new AssemblyLoadContext("generated", isCollectible: true);
        try
        {
            MethodInfo run = context.LoadFromStream(assembly).GetType("Script", throwOnError: true)!.GetMethod("Run")!;
            return (string)run.Invoke(null, null)!;
        }
        finally
        {
            context.Unload();
        }
    }
}
