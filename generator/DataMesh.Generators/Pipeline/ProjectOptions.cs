using Microsoft.CodeAnalysis.Diagnostics;

namespace DataMesh.Generators.Pipeline;

/// <summary>What the generator reads of the project file.</summary>
/// <param name="RootNamespace">The namespace above those of the packages; empty for none.</param>
/// <param name="ProjectDirectory">With forward slashes, and one at the end; empty when not known.</param>
/// <param name="ImplicitUsings">Whether generated namespaces are imported everywhere, as the SDK does with its own.</param>
internal sealed record ProjectOptions(string RootNamespace, string ProjectDirectory, bool ImplicitUsings)
{
    public static ProjectOptions From(AnalyzerConfigOptions options)
    {
        string directory = Property(options, "ProjectDir").Replace('\\', '/');
        if (directory.Length > 0 && directory[directory.Length - 1] != '/')
            directory += "/";
        string usings = Property(options, "ImplicitUsings");
        return new ProjectOptions(
            Property(options, "RootNamespace"),
            directory,
            string.Equals(usings, "enable", StringComparison.OrdinalIgnoreCase) || string.Equals(usings, "true", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A file's name as diagnostics and errors show it: relative to the project where it is inside, else its last part.</summary>
    public string DisplayName(string path)
    {
        path = path.Replace('\\', '/');
        if (ProjectDirectory.Length > 0 && path.StartsWith(ProjectDirectory, StringComparison.Ordinal))
            return path.Substring(ProjectDirectory.Length);
        return path.Substring(path.LastIndexOf('/') + 1);
    }

    private static string Property(AnalyzerConfigOptions options, string name) =>
        options.TryGetValue("build_property." + name, out string? value) ? value.Trim() : "";
}
