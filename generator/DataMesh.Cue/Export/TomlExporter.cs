using DataMesh.Cue.Builtins;
using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>A struct as TOML, as <c>cue export --out toml</c> writes it.</summary>
public static class TomlExporter
{
    /// <param name="value">A value that is concrete, defaults taken.</param>
    /// <param name="toml">The TOML text with its final line break, or empty.</param>
    /// <param name="error">Why there is none: the value is not concrete, or nothing that TOML can say.</param>
    public static bool TryExport(CueValue value, out string toml, out CueError? error)
    {
        toml = "";
        // What can be written is decided in one place.
        if (!JsonExporter.TryExport(value, out _, out error))
            return false;
        try
        {
            toml = TomlWriter.Write(YamlExporter.ToData(value));
            return true;
        }
        catch (BuiltinException exception)
        {
            error = new CueError(CueErrorCode.Eval, exception.Message, value.Path, value.Positions);
            return false;
        }
    }
}
