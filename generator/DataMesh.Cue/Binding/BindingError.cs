using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Binding;

/// <summary>What the binder finds wrong.</summary>
internal sealed class BindingError(Position position, string path, string message, bool isReference)
{
    public Position Position { get; } = position;

    /// <summary>The path of the declaration, as CUE writes it; <c>[]</c> stands for a pattern.</summary>
    public string Path { get; } = path;

    public string Message { get; } = message;

    /// <summary>Whether a reference could not be resolved.</summary>
    public bool IsReference { get; } = isReference;

    /// <summary>Whether an import is what is wrong.</summary>
    public bool IsImport { get; init; }

    /// <summary>Whether CUE refuses the file already when it is loaded.</summary>
    public bool IsLoad { get; init; }

    /// <summary>Whether the value at the place is an error as well, so that this is none of the package's when it has no other.</summary>
    public bool IsValue { get; init; }

    /// <summary>The other declaration of the same name, if that is what is wrong.</summary>
    public Position Previous { get; init; }
}
