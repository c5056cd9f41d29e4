namespace DataMesh.Cue.Builtins.Encodings.Yaml;

/// <summary>A text that is not YAML, or not YAML that CUE can hold.</summary>
internal sealed class YamlException(string message, int offset) : Exception(message)
{
    private const string IllegalNumber = "parse error:";

    /// <summary>UTF-16 offset in the text; less than 0 for the text as a whole.</summary>
    public int Offset { get; } = offset;

    /// <summary>The line that is told, 1-based; 0 for none. If it is null it is that of the offset.</summary>
    public int? Line { get; init; }

    /// <summary>Whether a scalar is no number of CUE, which is told at its place.</summary>
    public bool IsOfNumber => Message.StartsWith(IllegalNumber, StringComparison.Ordinal);

    /// <summary>All such scalars of the text.</summary>
    public IReadOnlyList<YamlException> Numbers { get; init; } = [];

    /// <summary>The file and line, as they are told before the message.</summary>
    public string Place(string fileName, string text)
    {
        int line = Line ?? (Offset < 0 ? 0 : text.Take(Math.Min(Offset, text.Length)).Count(static c => c == '\n') + 1);
        return line == 0 ? fileName : FormattableString.Invariant($"{fileName}:{line}");
    }
}
