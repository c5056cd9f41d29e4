namespace DataMesh.Generators.Products;

/// <summary>Whether a member of the JSON object must be there.</summary>
internal enum Presence
{
    /// <summary><c>name: T</c>: must have a value, from the document or from the schema.</summary>
    Regular,

    /// <summary><c>name!: T</c>: must be in the document.</summary>
    Required,

    /// <summary><c>name?: T</c>: may be left out.</summary>
    Optional,
}

/// <summary>One field of a struct: a property of the record.</summary>
/// <param name="JsonName">The member's name in JSON, exactly as in the schema.</param>
/// <param name="Name">The C# property, not escaped: see <see cref="MemberNames"/>.</param>
/// <param name="Presence">Whether the member must be there.</param>
/// <param name="Shape">What its value must be.</param>
/// <param name="Default">
/// What CUE fills in when a regular field is left out: a constant, a default, an empty list, a struct complete by itself.
/// Null when the field has to be given. Always null on optional and required fields.
/// </param>
/// <param name="Documentation">The field's doc comment, lines separated by <c>\n</c>.</param>
/// <param name="Origin">The file the field stands in, <c>identity.cue</c>; see <c>ValidationError.Schema</c>.</param>
internal sealed record Field(
    string JsonName,
    string Name,
    Presence Presence,
    Shape Shape,
    Literal? Default = null,
    string? Documentation = null,
    string? Origin = null);

/// <summary>A pattern constraint, <c>[=~"^x-"]: int</c>: every member whose name meets the key also meets the shape.</summary>
/// <param name="Key">What the name must meet; empty for <c>[string]</c>.</param>
/// <param name="Shape">What the value must be.</param>
internal sealed record Pattern(EquatableArray<Constraint> Key, Shape Shape);
