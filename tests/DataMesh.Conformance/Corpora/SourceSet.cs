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

    /// <summary>Builds the instance in a context of its own, as a command with its files as arguments does.</summary>
    public CueInstance Build()
    {
        List<string> arguments = [.. _files.Select(file => file.Key).Where(path => path.LastIndexOf('/') == 0 && path.EndsWith(".cue", StringComparison.Ordinal))];
        LoadedInstance loaded = new InstanceLoader(new MemorySources(_files), "/").LoadFiles(arguments);
        return new CueContext(new CueOptions { Loader = loaded.Loader }).Build(loaded.Files, loaded.Errors);
    }
}
