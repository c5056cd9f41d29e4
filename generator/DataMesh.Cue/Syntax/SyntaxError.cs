namespace DataMesh.Cue.Syntax;

/// <summary>One thing wrong with a text, in CUE's wording.</summary>
public sealed class SyntaxError(Position position, string message)
{
    /// <summary>Where.</summary>
    public Position Position { get; } = position;

    /// <summary>What, without the position.</summary>
    public string Message { get; } = message;

    /// <inheritdoc/>
    public override string ToString() => $"{Position}: {Message}";
}
