using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Load;

/// <summary>
/// Finds the instances that the arguments of a command line mean: folders, import paths, patterns with <c>...</c>, or a list
/// of files.
/// </summary>
public sealed class InstanceLoader
{
    private readonly ISourceTree _sources;
    private readonly string _folder;
    private readonly BuildTags _tags;
    private readonly bool _checksTags;
    private readonly CueModule? _module;
    private readonly IReadOnlyList<CueError> _moduleErrors;
    private readonly ModulePackages _packages;

    /// <param name="sources">Where files are.</param>
    /// <param name="workingFolder">What relative arguments start from; an absolute path.</param>
    /// <param name="tags">The tags that are set, for who injects their values; null for none.</param>
    public InstanceLoader(ISourceTree sources, string workingFolder, BuildTags? tags = null)
    {
        _sources = sources;
        _folder = SourcePath.Absolute(workingFolder, ".");
        _tags = tags ?? new BuildTags([]);
        _checksTags = tags is null;
        _module = CueModule.Find(sources, _folder, out _moduleErrors);
        _packages = new ModulePackages(sources, _module, _tags);
    }

    /// <summary>What standard input holds, where <c>-</c> is among the files.</summary>
    public byte[]? StandardInput { get; init; }

    /// <summary>One instance of files that are named one by one; they must be of one package.</summary>
    /// <param name="paths">Files, or <c>-</c>.</param>
    public LoadedInstance LoadFiles(IReadOnlyList<string> paths)
    {
        if (_moduleErrors.Count > 0)
            return Failed(_moduleErrors);
        var folder = PackageFolder.OfFiles();
        foreach (var path in paths)
        {
            var file = path == "-" ? path : SourcePath.Absolute(_folder, path);
            var text = path == "-" ? StandardInput ?? [] : _sources.Read(file);
            if (text is null)
                return Failed(_sources.Files(file) is null ? $"stat {file}: no such file or directory" : $"cannot read file {file}: is a directory");
            folder.Add(new SourceText(file, CueParser.ParseFile(file, text)), _tags);
        }

        if (folder.Errors.Count > 0)
            return Failed([.. folder.Errors.Select(ToError)]);
        if (folder.Files.Count == 0 && folder.Excluded.Count > 0)
            return Failed(Exclusions("command-line-arguments", folder.Excluded));
        return AmbiguousPackages(folder, ".") is { } ambiguous ? Failed(ambiguous) : Finish(folder.Files, "");
    }

    /// <summary>The instances that a folder, an import path or a pattern means.</summary>
    /// <param name="argument"><c>.</c>, <c>./a:name</c>, <c>./...</c>, <c>example.com/a</c>.</param>
    public IReadOnlyList<LoadedInstance> LoadPackages(string argument)
    {
        if (_moduleErrors.Count > 0)
            return [Failed(_moduleErrors)];
        var (location, package) = Split(argument);
        if (package is "_")
            return [Failed($"invalid import path qualifier _ in {Literals.Quote(argument)}")];
        if (!IsFolder(location))
            return [LoadImport(argument)];
        if (location.Contains("...", StringComparison.Ordinal))
            return LoadPattern(location, package);
        return [LoadFolder(SourcePath.Absolute(_folder, location.Length == 0 ? "." : location), location.Length == 0 ? "." : location, package)];
    }

    /// <summary>The folders that a pattern such as <c>./...</c> means, in the order of their paths.</summary>
    internal IReadOnlyList<string> MatchFolders(string pattern)
    {
        var dots = pattern.IndexOf("...", StringComparison.Ordinal);
        var head = pattern[..dots];
        var slash = head.LastIndexOf('/');
        var root = SourcePath.Absolute(_folder, slash < 0 ? "." : head[..(slash + 1)]);
        var tail = pattern[(dots + 3)..].Trim('/');
        var namePrefix = head[(slash + 1)..];
        List<string> found = [];
        Collect(root, isRoot: true);
        return found;

        void Collect(string folder, bool isRoot)
        {
            var name = folder[(folder.LastIndexOf('/') + 1)..];
            if (tail.Length == 0 ? !isRoot || namePrefix.Length == 0 : folder.EndsWith("/" + tail, StringComparison.Ordinal))
                found.Add(folder);
            foreach (var child in _sources.Folders(folder))
            {
                if (child[0] is '.' or '_' || child == "cue.mod" || (isRoot && !child.StartsWith(namePrefix, StringComparison.Ordinal)))
                    continue;
                var path = SourcePath.Join(folder, child);
                if (!_sources.HasFolder(SourcePath.Join(path, "cue.mod")))
                    Collect(path, isRoot: false);
            }
        }
    }

    /// <summary>Splits <c>location:package</c>.</summary>
    internal static (string Location, string? Package) Split(string argument)
    {
        var colon = argument.LastIndexOf(':');
        return colon < 0 || argument[(colon + 1)..].Contains('/') ? (argument, null) : (argument[..colon], argument[(colon + 1)..]);
    }

    internal static bool IsFolder(string location) => location.Length == 0 || location[0] is '.' or '/' || Path.IsPathRooted(location);

    private List<LoadedInstance> LoadPattern(string pattern, string? package)
    {
        List<LoadedInstance> instances = [];
        foreach (var path in MatchFolders(pattern))
        {
            var folder = PackageFolder.Read(_sources, path, _tags);
            if (folder.Files.Exists(file => file.Package is not null && (package is null || file.Package == package)))
                instances.Add(LoadFolder(path, Path.GetRelativePath(_module?.Root ?? _folder, path).Replace('\\', '/'), package));
        }

        return instances.Count > 0 ? instances : [Failed($"cue: {Literals.Quote(pattern)} matched no packages")];
    }

    private LoadedInstance LoadFolder(string path, string shown, string? package)
    {
        if (!_sources.HasFolder(path))
            return Failed($"cannot find package {Literals.Quote(shown)}");
        var folder = PackageFolder.Read(_sources, path, _tags);
        if (!folder.HasFiles)
            return Failed($"no CUE files in {shown}");
        if (folder.Errors.Count > 0)
            return Failed([.. folder.Errors.Select(ToError)]);
        if (package is null && AmbiguousPackages(folder, shown) is { } ambiguous)
            return Failed(ambiguous);
        package ??= folder.Packages.Select(static each => each.Name).FirstOrDefault();

        // What is no file of the package can still say what is wrong with it.
        List<SourceText> files = package is null ? [] : _packages.FilesOf(folder, package);
        List<SourceText> broken = [.. folder.Files.Where(static file => file.Package is null && file.Parsed.ReportedErrors.Count > 0)];
        if (broken.Count > 0 || files.Exists(file => SourcePath.Parent(file.Path) == path))
            return Finish(files.Concat(broken).OrderBy(static file => file.Path, StringComparer.Ordinal), DisplayPath(path));

        var others = folder.Files.Select(file => new ExcludedFile(
            file.Path, file.Package, file.Package is null ? "no package name" : $"package is {file.Package}, want {package}"));
        return Failed(Exclusions(shown, [.. folder.Excluded.Concat(others).OrderBy(static each => each.Path, StringComparer.Ordinal)]));
    }

    private LoadedInstance LoadImport(string importPath)
    {
        ImportPath path = new(importPath);
        if (path.Location.Contains("...", StringComparison.Ordinal))
            return Failed($"pattern not allowed in external package path {Literals.Quote(importPath)}");
        if (!path.Location.Split('/')[0].Contains('.'))
            return Failed($"standard library import path {Literals.Quote(importPath)} cannot be imported as a CUE package");
        if (_packages.Load(importPath) is { } package)
            return Finish(package.Files.Select(file => new SourceText(file.Source!.Name, CueParser.ParseFile(file.Source))), importPath);
        var message = _packages.Explain(importPath);
        return Failed(message.Length > 0 ? message : $"cannot find package {Literals.Quote(importPath)}");
    }

    private LoadedInstance Finish(IEnumerable<SourceText> files, string displayPath)
    {
        List<ParseResult> parsed = [.. files.Select(static file => file.Parsed)];
        List<CueError> errors = [.. parsed.SelectMany(static file => file.ReportedErrors).Select(ToError)];
        if (errors.Count == 0)
            errors.AddRange(parsed.SelectMany(file => MisquotedImports(file.File, isNamed: displayPath.Length == 0)));
        if (errors.Count == 0 && _packages.Check(parsed.Select(static file => file.File), displayPath) is { } error)
            errors.Add(error);
        if (errors.Count == 0 && _checksTags)
            errors.AddRange(TagInjection.FindMisuse(parsed));
        return new LoadedInstance(_packages, parsed, errors);
    }

    /// <summary>An import path is a plain string: in double quotes, on one line, without <c>#</c>.</summary>
    private IEnumerable<CueError> MisquotedImports(CueFile file, bool isNamed)
    {
        var misquoted = file.Imports.FirstOrDefault(static import => import.Path.Text[0] != '"' || import.Path.Text.StartsWith("\"\"\"", StringComparison.Ordinal));
        if (misquoted is null)
            return [];
        string path = misquoted.Path.Text, name = file.Source!.Name;
        if (_module is not null && isNamed)
            return [new CueError(CueErrorCode.Load, $"invalid import path {Literals.Quote(path)} in {name}", "", [])];
        CueError invalid = new(CueErrorCode.Load, $"{name}: parser returned invalid quoted string: <{path}>", "", [misquoted.Path.Start]);
        return isNamed ? [new CueError(CueErrorCode.Load, "empty import path", "", [misquoted.Path.Start]), invalid] : [invalid];
    }

    /// <summary>What a folder's package is called in errors: its import path with the major version.</summary>
    private string DisplayPath(string folder)
    {
        if (_module is null || _module.Path.Length == 0)
            return "";
        var below = Path.GetRelativePath(_module.Root, folder).Replace('\\', '/');
        return (below == "." ? _module.Path : _module.Path + "/" + below) + "@" + _module.MajorVersion;
    }

    private static string? AmbiguousPackages(PackageFolder folder, string shown)
    {
        var packages = folder.Packages;
        if (packages.Count < 2)
            return null;
        return $"found packages {Describe(packages[0])} and {Describe(packages[1])} in {Literals.Quote(shown)}";

        static string Describe((string Name, string File) package) =>
            $"{Literals.Quote(package.Name)} ({package.File[(package.File.LastIndexOf('/') + 1)..]})";
    }

    private string Exclusions(string where, IEnumerable<ExcludedFile> files) =>
        $"build constraints exclude all CUE files in {where}:" + string.Concat(files.Select(file => $"\n    {SourcePath.Display(_folder, file.Path)}: {file.Reason}"));

    private static CueError ToError(SyntaxError error) => new(CueErrorCode.Load, error.Message, "", [error.Position]);

    private LoadedInstance Failed(string message) => Failed([new CueError(CueErrorCode.Load, message, "", [])]);

    private LoadedInstance Failed(IReadOnlyList<CueError> errors) => new(_packages, [], errors);
}
