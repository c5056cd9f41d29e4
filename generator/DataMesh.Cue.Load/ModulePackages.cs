using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Load;

/// <summary>
/// Finds imported packages: those of the module itself, and those of other modules in <c>cue.mod/pkg</c>, <c>gen</c> and
/// <c>usr</c>. Nothing is ever fetched.
/// </summary>
public sealed class ModulePackages : IPackageLoader
{
    private static readonly string[] VendorFolders = ["cue.mod/pkg", "cue.mod/gen", "cue.mod/usr"];

    private readonly ISourceTree _sources;
    private readonly CueModule? _module;
    private readonly BuildTags _tags;
    private readonly Dictionary<string, Found> _known = new(StringComparer.Ordinal);

    /// <param name="sources">Where packages are read from.</param>
    /// <param name="module">The module; null for none, which makes every import of a package that is not built in an error.</param>
    /// <param name="tags">The tags that are set.</param>
    public ModulePackages(ISourceTree sources, CueModule? module, BuildTags tags)
    {
        _sources = sources;
        _module = module;
        _tags = tags;
    }

    /// <inheritdoc/>
    public CuePackage? Load(string importPath) => Find(importPath).Package;

    /// <summary>Why there is no such package; empty when there is, or when it would be a standard package.</summary>
    internal string Explain(string importPath) => Find(importPath).Error ?? "";

    /// <summary>
    /// Why files cannot import what they import, and what that imports in turn; null when they can. As <c>cue</c> does,
    /// one error is reported: that of the first path.
    /// </summary>
    /// <param name="files">The files of an instance.</param>
    /// <param name="displayPath">What the instance is called in errors; empty for files that were named one by one.</param>
    internal CueError? Check(IEnumerable<CueFile> files, string displayPath) => Check(files, displayPath, [], new(StringComparer.Ordinal));

    /// <summary>The files of a package in a folder and, up to the module's root, in the folders that it is in.</summary>
    internal List<SourceText> FilesOf(PackageFolder folder, string package)
    {
        List<SourceText> files = [.. folder.Files.Where(file => file.Package == package)];
        for (var path = folder.Path; _module is not null && path != _module.Root && SourcePath.IsWithin(path, _module.Root);)
        {
            path = SourcePath.Parent(path)!;
            files.AddRange(PackageFolder.Read(_sources, path, _tags).Files.Where(file => file.Package == package));
        }

        files.Sort(static (left, right) => string.CompareOrdinal(left.Path, right.Path));
        return files;
    }

    private CueError? Check(IEnumerable<CueFile> files, string displayPath, List<string> stack, HashSet<string> passed)
    {
        var imports = files.SelectMany(static file => file.Imports).OrderBy(static import => import.PathValue, StringComparer.Ordinal);
        foreach (var import in imports)
        {
            var path = import.PathValue;
            if (!passed.Contains(path) && Check(import, path, displayPath, stack, passed) is { } error)
                return error;
            passed.Add(path);
        }

        return null;
    }

    private CueError? Check(ImportSpec import, string path, string displayPath, List<string> stack, HashSet<string> passed)
    {
        if (stack.Contains(path, StringComparer.Ordinal))
            return Fail("package import cycle not allowed", "", [import.Start]);
        var found = Find(path);
        if (found.Error is { } message)
            return Fail(message, found.IsMissing ? displayPath : "", [import.Start]);
        if (found.Package is not { } package)
            return null;
        if (found.SyntaxErrors.Count > 0)
            return Fail(found.SyntaxErrors[0].Message, "", [import.Start, found.SyntaxErrors[0].Position]);
        stack.Add(path);
        var inner = Check(package.Files, package.ImportPath, stack, passed);
        stack.RemoveAt(stack.Count - 1);
        if (inner is null)
            return null;
        var chain = inner.Path.Length > 0 && displayPath.Length > 0 ? displayPath + "." + inner.Path : inner.Path;

        // The import that leads there comes first, the others in the order of their files.
        return Fail(inner.Message, chain, [.. new[] { import.Start }.Concat(inner.Positions.Order()).Distinct()]);
    }

    private static CueError Fail(string message, string path, IReadOnlyList<Position> positions) =>
        new(CueErrorCode.Load, "import failed: " + message, path, positions);

    private Found Find(string importPath)
    {
        if (!_known.TryGetValue(importPath, out var found))
            _known.Add(importPath, found = Resolve(importPath));
        return found;
    }

    private Found Resolve(string importPath)
    {
        if (importPath.StartsWith('.'))
            return new(null) { Error = $"relative import paths not allowed ({Literals.Quote(importPath)})" };
        ImportPath path = new(importPath);

        // Paths without a dot are the standard library's, which is built in.
        if (!path.Location.Split('/')[0].Contains('.'))
            return new(null);
        if (_module is null || _module.Path.Length == 0)
            return new(null) { Error = "imports are unavailable because there is no cue.mod/module.cue file" };
        var without = Literals.Quote(path.Version.Length == 0 ? path.Location : path.Location + "@" + path.Version);
        if (path.FindFault() is { } fault)
            return new(null) { Error = $"cannot find package {without}: {fault}", IsMissing = true };

        var folders = Folders(path).Select(folder => PackageFolder.Read(_sources, folder, _tags)).Where(static folder => folder.HasFiles).ToList();
        if (folders.Count == 0)
            return new(null) { Error = $"cannot find package {without}: cannot find module providing package {without.Trim('"')}", IsMissing = true };
        foreach (var error in folders.SelectMany(static folder => folder.Errors))
            return new(null) { Error = error.Message };
        List<SourceText> files = [.. folders.SelectMany(folder => FilesOf(folder, path.Package))];
        if (files.Count == 0)
        {
            var excluded = folders.Sum(folder => folder.Excluded.Count(file => file.Package == path.Package));
            var note = excluded == 0 ? "" : FormattableString.Invariant($" ({excluded} files were excluded)");
            return new(null) { Error = $"cannot find package {without}: no files in package directory with package name {Literals.Quote(path.Package)}{note}", IsMissing = true };
        }

        return new(new CuePackage(path.Location, path.Package, [.. files.Select(static file => file.Parsed.File)]))
        {
            SyntaxErrors = [.. files.SelectMany(static file => file.Parsed.ReportedErrors)],
        };
    }

    private IEnumerable<string> Folders(ImportPath path)
    {
        if (_module!.Contains(path.Location, out var below))
        {
            if (path.Version.Length > 0 && path.Version != _module.MajorVersion)
                yield break;
            var folder = SourcePath.Join(_module.Root, below);
            if (!IsOtherModule(folder))
                yield return folder;
        }

        foreach (var vendor in VendorFolders)
            yield return SourcePath.Join(_module.Root, vendor + "/" + path.Location);
    }

    private bool IsOtherModule(string folder)
    {
        for (; folder != _module!.Root; folder = SourcePath.Parent(folder)!)
        {
            if (_sources.HasFolder(SourcePath.Join(folder, "cue.mod")))
                return true;
        }

        return false;
    }

    /// <summary>What an import path stands for; neither a package nor an error for what is left to the standard library.</summary>
    private sealed record Found(CuePackage? Package)
    {
        public string? Error { get; init; }

        /// <summary>Whether the error is that there is no such package: it is reported with the importer's name.</summary>
        public bool IsMissing { get; init; }

        public IReadOnlyList<SyntaxError> SyntaxErrors { get; init; } = [];
    }
}
