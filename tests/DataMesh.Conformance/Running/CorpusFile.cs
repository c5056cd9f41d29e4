using System.Text.Json;

namespace DataMesh.Conformance.Running;

/// <summary>Reading of JSON Lines.</summary>
internal static class CorpusFile
{
    public static JsonDocumentOptions JsonOptions { get; } = new() { MaxDepth = 1000 };

    /// <summary>The heading that a file's cases are counted under when there is no finer one.</summary>
    public static string Heading(string path) => Path.GetFileNameWithoutExtension(path);

    /// <summary>The lines that are not empty. Only <c>\n</c> ends a line: the text may hold other line separators.</summary>
    public static string[] ReadLines(string path) =>
        File.ReadAllText(path).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray();
}
