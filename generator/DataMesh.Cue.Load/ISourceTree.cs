namespace DataMesh.Cue.Load;

/// <summary>
/// The folders and files that packages are read from: all input and output is behind it. Paths are absolute and have <c>/</c>
/// between their parts.
/// </summary>
public interface ISourceTree
{
    /// <summary>The names of the files in a folder in ordinal order; null when there is no such folder.</summary>
    IReadOnlyList<string>? Files(string folder);

    /// <summary>The names of the folders in a folder in ordinal order; none when there is no such folder.</summary>
    IReadOnlyList<string> Folders(string folder);

    /// <summary>Whether there is such a folder. It may be in one that has very many, which is why nothing is listed.</summary>
    bool HasFolder(string path);

    /// <summary>The bytes of a file; null when there is no such file.</summary>
    byte[]? Read(string path);
}

/// <summary>The file system.</summary>
public sealed class DiskSources : ISourceTree
{
    /// <inheritdoc/>
    public IReadOnlyList<string>? Files(string folder) =>
        HasFolder(folder) ? Names(Directory.EnumerateFiles(folder)) : null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders(string folder) =>
        HasFolder(folder) ? Names(Directory.EnumerateDirectories(folder)) : [];

    /// <inheritdoc/>
    public bool HasFolder(string path) => Directory.Exists(path);

    /// <inheritdoc/>
    public byte[]? Read(string path) => File.Exists(path) ? File.ReadAllBytes(path) : null;

    private static List<string> Names(IEnumerable<string> paths) =>
        [.. paths.Select(static path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}

/// <summary>Files that are in memory, such as those of an archive.</summary>
public sealed class MemorySources : ISourceTree
{
    private readonly Dictionary<string, byte[]> _files = new(StringComparer.Ordinal);

    /// <param name="files">Absolute paths and what is there.</param>
    public MemorySources(IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var file in files)
            _files[file.Key] = System.Text.Encoding.UTF8.GetBytes(file.Value);
    }

    /// <inheritdoc/>
    public IReadOnlyList<string>? Files(string folder)
    {
        var below = Below(folder).ToList();
        return below.Count == 0 ? null : [.. below.Where(static rest => !rest.Contains('/')).Order(StringComparer.Ordinal)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> Folders(string folder) =>
    [
        .. Below(folder).Where(static rest => rest.Contains('/'))
            .Select(static rest => rest[..rest.IndexOf('/')]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
    ];

    /// <inheritdoc/>
    public bool HasFolder(string path) => Below(path).Any();

    /// <inheritdoc/>
    public byte[]? Read(string path) => _files.GetValueOrDefault(path);

    private IEnumerable<string> Below(string folder)
    {
        var prefix = folder.EndsWith('/') ? folder : folder + "/";
        return _files.Keys.Where(path => path.StartsWith(prefix, StringComparison.Ordinal)).Select(path => path[prefix.Length..]);
    }
}
