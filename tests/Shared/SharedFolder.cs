namespace DataMesh.Tests;

/// <summary>
/// Finds the folder <c>shared</c> (corpora, reference tools, a broker) that may lie beside the repository.
/// The environment variable <c>DATAMESH_SHARED</c> names another place. Tests that need it call <see cref="Require"/>:
/// without it they are skipped with a reason, except where <c>CI=true</c>, where its absence is a failure.
/// </summary>
internal static class SharedFolder
{
    /// <summary>The absolute path of the folder, or null where there is none.</summary>
    public static string? Path { get; } = Find();

    /// <summary>The absolute path of <paramref name="relativePath"/> in the folder; skips or fails the test without it.</summary>
    public static string Require(string relativePath)
    {
        if (Path is not null)
        {
            string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, relativePath));
            if (File.Exists(path) || Directory.Exists(path))
                return path;
        }

        string reason = $"'{relativePath}' was not found: there is no folder 'shared' beside the repository that has it, and DATAMESH_SHARED names none.";
        if (string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase))
            Assert.Fail(reason);
        Assert.Skip(reason);
        return "";
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("DATAMESH_SHARED") is { Length: > 0 } named)
            return Directory.Exists(named) ? System.IO.Path.GetFullPath(named) : null;

        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (!File.Exists(System.IO.Path.Combine(folder.FullName, "DataMesh.Generators.sln")))
                continue;
            string candidate = System.IO.Path.Combine(folder.FullName, "..", "shared");
            return Directory.Exists(candidate) ? System.IO.Path.GetFullPath(candidate) : null;
        }

        return null;
    }
}
