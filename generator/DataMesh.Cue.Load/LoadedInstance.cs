using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Load;

/// <summary>A package instance that was found: its files, ready to be built, or why there is none.</summary>
public sealed class LoadedInstance
{
    internal LoadedInstance(IPackageLoader? loader, IReadOnlyList<ParseResult> files, IReadOnlyList<CueError> errors)
    {
        Loader = loader;
        Files = files;
        Errors = errors;
    }

    /// <summary>Finds what the files import; for <see cref="CueOptions.Loader"/>.</summary>
    public IPackageLoader? Loader { get; }

    /// <summary>The files, parsed without errors if <see cref="Errors"/> is empty.</summary>
    public IReadOnlyList<ParseResult> Files { get; }

    /// <summary>What is wrong: no such folder, no such package, syntax, imports. In <c>cue</c>'s wording.</summary>
    public IReadOnlyList<CueError> Errors { get; }

    /// <summary>The instance with the files of another in addition.</summary>
    public LoadedInstance With(LoadedInstance other) => new(Loader, [.. Files, .. other.Files], [.. Errors, .. other.Errors]);
}
