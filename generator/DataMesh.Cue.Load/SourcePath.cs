namespace DataMesh.Cue.Load;

/// <summary>Absolute paths with <c>/</c> between their parts.</summary>
public static class SourcePath
{
    /// <summary>A path of the platform, made absolute.</summary>
    /// <param name="folder">What relative paths start from.</param>
    /// <param name="path">The path.</param>
    public static string Absolute(string folder, string path)
    {
        var full = Path.GetFullPath(Path.Combine(folder, path)).Replace('\\', '/');
        return full.Length > 1 ? full.TrimEnd('/') : full;
    }

    /// <summary>The folder that a file or folder is in; null at the root.</summary>
    internal static string? Parent(string path)
    {
        var slash = path.LastIndexOf('/');
        if (slash < 0 || path.Length == 1)
            return null;
        return slash == 0 ? "/" : path[..slash];
    }

    internal static string Join(string folder, string name) => name.Length == 0 ? folder : folder.EndsWith('/') ? folder + name : folder + "/" + name;

    internal static bool IsWithin(string path, string folder) =>
        path == folder || path.StartsWith(folder.EndsWith('/') ? folder : folder + "/", StringComparison.Ordinal);

    /// <summary>A path as <c>cue</c> prints it: from the working folder, with <c>./</c> before what is below it.</summary>
    /// <param name="workingFolder">The working folder.</param>
    /// <param name="path">An absolute path; any other name stays as it is.</param>
    public static string Display(string workingFolder, string path)
    {
        if (!Path.IsPathRooted(path))
            return path;
        var relative = Path.GetRelativePath(workingFolder, path).Replace('\\', '/');
        return relative.StartsWith('.') ? relative : "./" + relative;
    }
}
