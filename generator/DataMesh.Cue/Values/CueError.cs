using DataMesh.Cue.Binding;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>An error as it is reported: what, where in the value, and where in the source.</summary>
public sealed class CueError(CueErrorCode code, string message, string path, IReadOnlyList<Position> positions)
{
    /// <summary>The class of the error.</summary>
    public CueErrorCode Code { get; } = code;

    /// <summary>The first line of the message, without the path.</summary>
    public string Message { get; } = message;

    /// <summary>The path in CUE's form, such as <c>#Identity.Age</c>; empty for the root.</summary>
    public string Path { get; } = path;

    /// <summary>The places of every operand involved.</summary>
    public IReadOnlyList<Position> Positions { get; } = positions;

    /// <summary>Where the error is; not valid for one that is between several places, all of which are <see cref="Positions"/>.</summary>
    public Position Place { get; init; } = positions.Count > 0 ? positions[0] : default;

    /// <summary>For a name that is declared twice: the other declaration. Not valid for other errors.</summary>
    public Position Previous { get; init; }

    /// <summary>What the error is about.</summary>
    public CueErrorReason Reason { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Path.Length > 0 ? $"{Path}: {Message}" : Message;

    internal static CueError From(BindingError error) =>
        new(error.IsLoad ? CueErrorCode.Load : error.IsReference ? CueErrorCode.Reference : CueErrorCode.Build, error.Message, error.Path, [error.Position])
        {
            Previous = error.Previous,
            Reason = error.IsReference ? CueErrorReason.NotFound : error.IsImport ? CueErrorReason.Import : CueErrorReason.Other,
        };

    internal static CueError From(Bottom bottom) => new(bottom.Code, bottom.Message, bottom.Path, bottom.Positions)
    {
        Place = bottom.Place,
        Reason = bottom.Required is { } required && ReferenceEquals(required, bottom.At) ? CueErrorReason.Required : bottom.Reason,
    };
}
