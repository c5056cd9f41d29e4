using System.Text.Json;
using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Conformance.Corpora;

/// <summary>
/// The files of a case: those without a folder are the instance, the others are packages of the same module
/// (or, below <c>cue.mod/pkg</c>, of other modules) that it imports.
/// </summary>
internal sealed class SourceSet : IPackageLoader
{
    private readonly List<KeyValuePair<string, string>> _files = [];
    private readonly string _module = "";

    public SourceSet(JsonElement files)
    {
        foreach (JsonElement file in files.EnumerateArray())
            _files.Add(new(file.GetProperty("name").GetString()!, file.GetProperty("src").GetString()!));
        string? moduleFile = _files.FirstOrDefault(file => file.Key == "cue.mod/module.cue").Value;
        if (moduleFile is not null && new CueContext().Build("module.cue", moduleFile).Value.Lookup("module")?.AsString() is { } module)
            _module = module.Split('@')[0];
    }

    /// <summary>The text of all sources.</summary>
    public IEnumerable<string> Texts => _files.Select(file => file.Value);

    /// <summary>Builds the instance in a context of its own.</summary>
    public CueInstance Build()
    {
        CueContext context = new(new CueOptions { Loader = this });
        return context.Build(_files.Where(file => !file.Key.Contains('/', StringComparison.Ordinal) && file.Key.EndsWith(".cue", StringComparison.Ordinal)));
    }

    public CuePackage? Load(string importPath)
    {
        string path = importPath, name = "";
        int colon = importPath.LastIndexOf(':');
        if (colon >= 0)
            (path, name) = (importPath[..colon], importPath[(colon + 1)..]);
        path = path.Split('@')[0];
        foreach (string folder in Folders(path))
        {
            List<CueFile> files =
            [
                .. _files
                    .Where(file => file.Key.EndsWith(".cue", StringComparison.Ordinal) && Path.GetDirectoryName(file.Key)!.Replace('\\', '/') == folder)
                    .OrderBy(file => file.Key, StringComparer.Ordinal)
                    .Select(file => CueParser.ParseFile(file.Key, file.Value).File),
            ];
            string wanted = name.Length > 0 ? name : path.Split('/')[^1];
            List<CueFile> chosen = [.. files.Where(file => file.Package?.Name.Name == wanted)];
            if (chosen.Count == 0)
                chosen = files;
            if (chosen.Count > 0)
                return new CuePackage(path, chosen[0].Package?.Name.Name ?? wanted, chosen);
        }

        return null;
    }

    private IEnumerable<string> Folders(string path)
    {
        if (_module.Length > 0 && path == _module)
            yield return "";
        if (_module.Length > 0 && path.StartsWith(_module + "/", StringComparison.Ordinal))
            yield return path[(_module.Length + 1)..];
        yield return "cue.mod/pkg/" + path;
        yield return "cue.mod/gen/" + path;
        yield return "cue.mod/usr/" + path;
    }
}
