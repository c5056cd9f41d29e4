
using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;
using DataMesh.Generators;
using DataMesh.Generators.Pipeline;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace DataMesh.Generators.Tests.Harness;

/// <summary>
/// A project in an editor: files are set, the generator runs, files change, it runs again. Every run is repeated on an equal
/// project, and the repetition must find every step cached.
/// </summary>
internal sealed class GeneratorSession
{
    /// <summary>The folder that the project is in.</summary>
    public const string ProjectDirectory = "/project/";

    private static readonly ImmutableArray<MetadataReference> References = LoadReferences();

    private static readonly string[] AllSteps = typeof(StepNames).GetFields().Select(static field => (string)field.GetValue(null)!).ToArray();

    private readonly SortedDictionary<string, InMemoryFile> _files = new(StringComparer.Ordinal);
    private GeneratorDriver _driver;
    private CSharpCompilation _compilation;

    public GeneratorSession(params (string Name, string Text)[] schemas)
        : this("Example", implicitUsings: true, schemas)
    {
    }

    public GeneratorSession(string rootNamespace, bool implicitUsings, params (string Name, string Text)[] schemas)
    {
        var properties = new Dictionary<string, string>
        {
            ["RootNamespace"] = rootNamespace,
            ["ProjectDir"] = ProjectDirectory,
            ["ImplicitUsings"] = implicitUsings ? "enable" : "",
        };
        _compilation = CSharpCompilation.Create(
            "Example.Assembly",
            [],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([KeyValuePair.Create("CS8019", ReportDiagnostic.Suppress)]));
        _driver = CSharpGeneratorDriver.Create(
            [new DataMeshGenerator().AsSourceGenerator()],
            parseOptions: ParseOptions,
            optionsProvider: new ProjectOptionsProvider(properties),
            driverOptions: new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        foreach ((string name, string text) in schemas)
            Set(name, text);
    }

    private static CSharpParseOptions ParseOptions => CSharpParseOptions.Default.WithLanguageVersion(LanguageVersion.Preview);

    /// <summary>Adds or replaces a <c>.cue</c> file, by its name in the project.</summary>
    public void Set(string name, string text) => Set(new InMemoryFile(ProjectDirectory + name, text));

    public void Set(InMemoryFile file)
    {
        _driver = _files.TryGetValue(file.Path, out InMemoryFile? old)
            ? _driver.ReplaceAdditionalText(old, file)
            : _driver.AddAdditionalTexts([file]);
        _files[file.Path] = file;
    }

    public void Remove(string name)
    {
        if (_files.Remove(ProjectDirectory + name, out InMemoryFile? old))
            _driver = _driver.RemoveAdditionalTexts([old]);
    }

    /// <summary>Adds a C# file.</summary>
    public void AddSource(string source) => _compilation = _compilation.AddSyntaxTrees(CSharpSyntaxTree.ParseText(source, ParseOptions));

    /// <summary>Runs the generator, twice.</summary>
    public GeneratorRun Run()
    {
        _driver = _driver.RunGenerators(_compilation, TestContext.Current.CancellationToken);
        GeneratorRunResult first = _driver.GetRunResult().Results.Single();
        Assert.Null(first.Exception);

        _driver = _driver.RunGenerators(_compilation.Clone(), TestContext.Current.CancellationToken);
        GeneratorRunResult second = _driver.GetRunResult().Results.Single();
        Assert.Null(second.Exception);
        foreach (string step in AllSteps)
            if (second.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs))
                Assert.All(runs.SelectMany(static run => run.Outputs), output => Assert.True(
                    output.Reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged,
                    step + " ran again on equal input: " + output.Reason));
        Assert.All(
            second.TrackedOutputSteps.SelectMany(static pair => pair.Value).SelectMany(static run => run.Outputs),
            static output => Assert.Equal(IncrementalStepRunReason.Cached, output.Reason));
        return new GeneratorRun(first, _compilation, ParseOptions);
    }

    private static ImmutableArray<MetadataReference> LoadReferences()
    {
        // The framework as this process has it, and of all other assemblies the runtime alone.
        string framework = Path.GetDirectoryName(typeof(object).Assembly.Location)! + Path.DirectorySeparatorChar;
        var paths = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator);
        return
        [
            .. paths.Where(path => path.StartsWith(framework, StringComparison.Ordinal)).Select(static path => MetadataReference.CreateFromFile(path)),
            MetadataReference.CreateFromFile(typeof(ValidationResult).Assembly.Location),
        ];
    }
}
