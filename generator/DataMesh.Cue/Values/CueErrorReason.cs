namespace DataMesh.Cue.Values;

/// <summary>What an error is about, where programs tell errors apart: not by their wording.</summary>
public enum CueErrorReason : byte
{
    /// <summary>Anything else, which <see cref="CueError.Code"/> and the message say.</summary>
    Other,

    /// <summary>Types, bounds or lengths of lists that cannot be one, or a disjunction of which no choice is left.</summary>
    Conflict,

    /// <summary>Two constants of one type that are not the same.</summary>
    ConflictingConstants,

    /// <summary>A bound or a validator refuses the value.</summary>
    OutOfBound,

    /// <summary>A closed struct does not have the field at <see cref="CueError.Path"/>.</summary>
    NotAllowed,

    /// <summary>The required field at <see cref="CueError.Path"/> is missing.</summary>
    Required,

    /// <summary>What a reference or selector names does not exist, or not yet.</summary>
    NotFound,

    /// <summary>A regular expression is none.</summary>
    RegularExpression,

    /// <summary>An import of what does not exist or is not used.</summary>
    Import,
}
