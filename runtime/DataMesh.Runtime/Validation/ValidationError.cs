namespace DataMesh;

/// <summary>One constraint that a value does not meet.</summary>
/// <param name="Code">Stable, machine-readable: see <see cref="ValidationCodes"/>.</param>
/// <param name="Path">CUE's form, from the definition on: <c>#Identity.Age</c>.</param>
/// <param name="Pointer">The same place as an RFC 6901 JSON Pointer into the document: <c>/Age</c>; empty for the root.</param>
/// <param name="Message">CUE's wording: <c>invalid value 140 (out of bound &lt;130)</c>.</param>
/// <param name="Constraint">The constraint as CUE text, <c>&lt;130</c>; null when the error has none (syntax).</param>
/// <param name="Schema">
/// Where the constraint stands: the file and the path in it, <c>identity.cue#Identity.Age</c>; null when the error has none.
/// A path rather than a line, because generated code must not change when a comment moves the lines of a schema.
/// </param>
public sealed record ValidationError(
    string Code,
    string Path,
    string Pointer,
    string Message,
    string? Constraint = null,
    string? Schema = null)
{
    /// <summary>The line <c>cue vet</c> would print: <c>#Identity.Age: invalid value 140 (out of bound &lt;130)</c>.</summary>
    public override string ToString() => Path.Length == 0 ? Message : Path + ": " + Message;
}
