namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary>A text that is not YAML, or not YAML that CUE can hold.</summary>
internal sealed class YamlException(string message, int offset) : Exception(message)
{
    /// <summary>UTF-16 offset in the text; less than 0 for the text as a whole.</summary>
    public int Offset { get; } = offset;
}
