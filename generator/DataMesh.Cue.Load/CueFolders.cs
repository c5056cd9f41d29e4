using DataMesh.Cue.Values;

namespace DataMesh.Cue.Load;

/// <summary>What an argument names cannot be found.</summary>
public sealed class LoadException(CueError error) : Exception(error.Message)
{
    internal LoadException(string message)
        : this(new CueError(CueErrorCode.Load, message, "", []))
    {
    }

    /// <summary>What is wrong, in <c>cue</c>'s wording.</summary>
    public CueError Error { get; } = error;
}

/// <summary>Every CUE file of the folders that arguments name, whether or not it takes part in a build.</summary>
/// <param name="sources">Where files are.</param>
/// <param name="workingFolder">What relative arguments start from; an absolute path.</param>
public sealed class CueFolders(ISourceTree sources, string workingFolder)
{
    /// <summary>The files, folder by folder; those without a package come first.</summary>
    /// <param name="arguments">Folders, patterns and files; none for the working folder. <c>-</c> stays as it is.</param>
    /// <exception cref="LoadException">An argument names nothing.</exception>
    public IReadOnlyList<string> Find(IReadOnlyList<string> arguments)
    {
        List<string> files = [];
        InstanceLoader loader = new(sources, workingFolder);
        foreach (var argument in arguments.Count > 0 ? arguments : ["."])
        {
            if (argument == "-")
                files.Add(argument);
            else if (argument.EndsWith(".cue", StringComparison.Ordinal))
                files.Add(FindFile(argument));
            else
                files.AddRange(FindPackage(loader, argument));
        }

        return files;
    }

    private string FindFile(string argument)
    {
        var path = SourcePath.Absolute(workingFolder, argument);
        return sources.Read(path) is null ? throw new LoadException($"stat {path}: no such file or directory") : path;
    }

    private List<string> FindPackage(InstanceLoader loader, string argument)
    {
        var (location, package) = InstanceLoader.Split(argument);
        if (!InstanceLoader.IsFolder(location))
            throw new LoadException(location.Split('/')[0].Contains('.') ? $"cannot find package \"{argument}\"" : $"standard library import path \"{argument}\" cannot be imported as a CUE package");
        var isPattern = location.Contains("...", StringComparison.Ordinal);
        IReadOnlyList<string> folders = isPattern ? loader.MatchFolders(location) : [SourcePath.Absolute(workingFolder, location.Length == 0 ? "." : location)];
        if (!isPattern && sources.Files(folders[0]) is null)
            throw new LoadException($"cannot find package \"{location}\"");
        List<string> files = [.. folders.SelectMany(folder => FilesOf(folder, package))];
        return files.Count > 0 ? files : throw new LoadException($"cue: \"{argument}\" matched no packages");
    }

    private IEnumerable<string> FilesOf(string folder, string? package) => (sources.Files(folder) ?? [])
        .Where(static name => name.EndsWith(".cue", StringComparison.Ordinal) && name[0] is not ('.' or '_'))
        .Select(name => SourcePath.Join(folder, name))
        .Select(path => (Path: path, Name: new SourceText(path, Syntax.CueParser.ParseFile(path, sources.Read(path) ?? [])).Package))
        .Where(file => package is null || file.Name == package)
        .OrderBy(static file => file.Name is not null)
        .Select(static file => file.Path);
}
