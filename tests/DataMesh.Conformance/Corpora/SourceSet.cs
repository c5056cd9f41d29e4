using System.Text.Json;
using DataMesh.Cue.Load;
using DataMesh.Cue.Values;

namespace DataMesh.Conformance.Corpora;

/// <summary>
/// The files of a case: those without a folder are the instance, the others are packages of the same module
/// (or, below <c>cue.mod/pkg</c>, of other modules) that it imports.
/// </summary>
internal sealed class SourceSet
{
    private readonly List<KeyValuePair<string, string>> _files;

    public SourceSet(JsonElement files) =>
        _files = [.. files.EnumerateArray().Select(file => KeyValuePair.Create("/" + file.GetProperty("name").GetString(), file.GetProperty("src").GetString()!))];

    /// <summary>The text of all sources.</summary>
    public IEnumerable<string> Texts => _files.Select(file => file.Value);

    /// <summary>The folder that the files are in.</summary>
    public static string Folder => "/";

    /// <summary>All files, in memory.</summary>
    public MemorySources Tree => new(_files);

    /// <summary>The files of the instance, as the arguments of a command.</summary>
    public IReadOnlyList<string> Arguments => [.. _files.Select(file => file.Key[1..]).Where(path => !path.Contains('/') && path.EndsWith(".cue", StringComparison.Ordinal))];

    /// <summary>Builds the instance in a context of its own, as a command with its files as arguments does.</summary>
    public CueInstance Build()
    {
        LoadedInstance loaded = new InstanceLoader(Tree, Folder).LoadFiles(Arguments);
        return new CueContext(new CueOptions { Loader = loaded.Loader }).Build(loaded.Files, loaded.Errors);
    }
}
