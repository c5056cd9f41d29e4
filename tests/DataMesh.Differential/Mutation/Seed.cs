using System.Collections.Immutable;
using System.Text.Json;
using DataMesh.Cue.Syntax;

namespace DataMesh.Differential.Mutation;

/// <summary>A package of a corpus, as what it consists of.</summary>
/// <param name="Head">The attributes of the file that turn experiments on.</param>
internal sealed record Seed(ImmutableArray<string> Head, ImmutableArray<Import> Imports, ImmutableArray<Declaration> Declarations)
{
    private const int LongestSource = 8_000;

    /// <summary>
    /// The packages of every corpus of a folder, a list for each corpus: those of one folder that import nothing but
    /// standard packages, for the latest version of the language.
    /// </summary>
    public static ImmutableArray<ImmutableArray<Seed>> Read(string folder)
    {
        ImmutableArray<ImmutableArray<Seed>>.Builder corpora = ImmutableArray.CreateBuilder<ImmutableArray<Seed>>();
        foreach (string file in Directory.EnumerateFiles(folder, "*.jsonl").Order(StringComparer.Ordinal))
        {
            ImmutableArray<Seed> seeds = [.. File.ReadLines(file).Select(ReadCase).OfType<Seed>()];
            if (!seeds.IsEmpty)
                corpora.Add(seeds);
        }

        return corpora.ToImmutable();
    }

    private static Seed? ReadCase(string line)
    {
        using JsonDocument @case = JsonDocument.Parse(line);
        if (!@case.RootElement.TryGetProperty("files", out JsonElement files) || !@case.RootElement.TryGetProperty("expect", out _))
            return null;
        if (files.EnumerateArray().Any(static file => file.GetProperty("name").GetString()!.Contains('/', StringComparison.Ordinal)))
            return null;
        string[] sources = [.. files.EnumerateArray().Select(static file => file.GetProperty("src").GetString()!)];
        if (sources.Sum(static source => source.Length) is 0 or > LongestSource)
            return null;
        return Parse(sources);
    }

    /// <summary>The package that files are; null if it cannot be parsed, declares nothing, or imports from another module.</summary>
    public static Seed? Parse(params ReadOnlySpan<string> sources)
    {
        ImmutableArray<CueFile>.Builder files = ImmutableArray.CreateBuilder<CueFile>();
        foreach (string source in sources)
        {
            ParseResult result = CueParser.ParseFile("in.cue", source);
            if (result.Errors.Count > 0)
                return null;
            files.Add(result.File);
        }

        return Of(files.ToImmutable());
    }

    private static Seed? Of(ImmutableArray<CueFile> files)
    {
        ImmutableArray<Declaration> all = [.. files.SelectMany(static file => file.Declarations)];
        ImmutableArray<Import> imports = [.. files.SelectMany(static file => file.Imports).Select(ImportOf).Distinct()];
        ImmutableArray<string> head = [.. all.OfType<AttributeDeclaration>().Select(static attribute => attribute.Attribute.Text).Where(static text => text.StartsWith("@experiment", StringComparison.Ordinal)).Distinct()];
        ImmutableArray<Declaration> declarations = [.. all.Where(static declaration => declaration is Field or Embedding or LetDeclaration or EllipsisDeclaration or ComprehensionDeclaration)];
        // A path with a dot is one of another module.
        return declarations.IsEmpty || imports.Any(static import => import.Spec.Contains('.', StringComparison.Ordinal)) ? null : new(head, imports, declarations);
    }

    private static Import ImportOf(ImportSpec spec)
    {
        Import import = Import.Of(spec.PathValue);
        return spec.Name is null ? import : new($"{spec.Name.Name} {import.Spec}", spec.Name.Name);
    }
}
