using DataMesh.Differential.Generation;

namespace DataMesh.Differential;

/// <summary>Packages of a file: paragraphs with an empty line between two. Shrinking leaves out lines.</summary>
internal static class Sources
{
    public static IEnumerable<Package> Read(string file) =>
        File.ReadAllText(file)
            .Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(paragraph => Package.Of(Fragment.Sequence("\n", paragraph.Split('\n').Select(line => Fragment.Member($"{line}")))));
}
