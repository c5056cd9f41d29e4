using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Load;

/// <summary>The CUE files of one folder, sorted into those that take part in a build and those that do not.</summary>
internal sealed class PackageFolder
{
    private PackageFolder(string path) => Path = path;

    public string Path { get; }

    /// <summary>The files that take part, those without a package clause too.</summary>
    public List<SourceText> Files { get; } = [];

    /// <summary>Files that are left out whatever the package is, and why.</summary>
    public List<ExcludedFile> Excluded { get; } = [];

    /// <summary>Errors in build attributes.</summary>
    public List<SyntaxError> Errors { get; } = [];

    /// <summary>Whether there is any CUE file.</summary>
    public bool HasFiles => Files.Count + Excluded.Count + Errors.Count > 0;

    /// <summary>The names of the packages in the order of the files, and the first file of each.</summary>
    public IReadOnlyList<(string Name, string File)> Packages =>
    [
        .. Files.Where(static file => file.Package is not null)
            .GroupBy(static file => file.Package!, StringComparer.Ordinal)
            .Select(static group => (group.Key, group.First().Path)),
    ];

    public static PackageFolder Read(ISourceTree sources, string path, BuildTags tags)
    {
        PackageFolder folder = new(path);
        foreach (var name in sources.Files(path) ?? [])
        {
            if (!name.EndsWith(".cue", StringComparison.Ordinal))
                continue;
            var file = SourcePath.Join(path, name);
            if (sources.Read(file) is { } text)
                folder.Add(new SourceText(file, CueParser.ParseFile(file, text)), tags, name[0] is '_' or '.' ? $"filename starts with a '{name[0]}'" : null);
        }

        return folder;
    }

    /// <param name="file">A file.</param>
    /// <param name="tags">The tags that are set.</param>
    /// <param name="reason">Why it is left out, if that is known.</param>
    public void Add(SourceText file, BuildTags tags, string? reason = null)
    {
        SyntaxError? error = null;
        reason ??= ExcludedName(file.Path) ?? tags.FindExclusion(file.Parsed.File, out error);
        if (error is not null)
            Errors.Add(error);
        else if (reason is not null)
            Excluded.Add(new(file.Path, file.Package, reason));
        else
            Files.Add(file);
    }

    private static string? ExcludedName(string name)
    {
        if (name.EndsWith("_test.cue", StringComparison.Ordinal))
            return "_test.cue files excluded in non-test mode";
        return name.EndsWith("_tool.cue", StringComparison.Ordinal) ? "_tool.cue files excluded in non-cmd mode" : null;
    }

    /// <summary>A folder that is no folder: files that were named one by one.</summary>
    public static PackageFolder OfFiles() => new("");
}

/// <summary>A file that takes no part in a build.</summary>
/// <param name="Path">The file.</param>
/// <param name="Package">Its package; null where it has none.</param>
/// <param name="Reason">Why it is left out.</param>
internal sealed record ExcludedFile(string Path, string? Package, string Reason);

/// <summary>A file of sources.</summary>
internal sealed class SourceText(string path, ParseResult parsed)
{
    public string Path { get; } = path;

    public ParseResult Parsed { get; } = parsed;

    /// <summary>The name of its package; null where it belongs to none.</summary>
    public string? Package { get; } = parsed.File.Package?.Name.Name is { } name and not "_" ? name : null;
}
