using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Load;

/// <summary>The parts of an import path, <c>location@version:package</c>.</summary>
internal sealed class ImportPath
{
    private readonly string _text;

    public ImportPath(string text)
    {
        _text = text;
        var colon = text.LastIndexOf(':');
        var rest = colon < 0 ? text : text[..colon];
        var at = rest.IndexOf('@');
        Location = at < 0 ? rest : rest[..at];
        Version = at < 0 ? "" : rest[(at + 1)..];
        Package = colon < 0 ? Location[(Location.LastIndexOf('/') + 1)..] : text[(colon + 1)..];
    }

    public string Location { get; }

    /// <summary>The major version; empty when none is given.</summary>
    public string Version { get; }

    /// <summary>The name of the package: what is behind the colon, or else the last element.</summary>
    public string Package { get; }

    /// <summary>What is wrong with the form of the path; null when nothing is.</summary>
    public string? FindFault()
    {
        if (Location.EndsWith('/'))
            return $"malformed import path {Literals.Quote(_text)}: trailing slash";
        if (Location.Contains("//", StringComparison.Ordinal))
            return $"malformed import path {Literals.Quote(_text)}: double slash";
        if (Location.Split('/').Any(static element => element is "." or ".."))
            return $"malformed import path {Literals.Quote(_text)}: invalid path element";
        return Package == "_" ? $"_ is not a valid import path qualifier in {Literals.Quote(_text)}" : null;
    }
}
