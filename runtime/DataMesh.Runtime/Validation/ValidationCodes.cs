namespace DataMesh;

/// <summary>The codes of <see cref="ValidationError.Code"/>. They never change once released.</summary>
public static class ValidationCodes
{
    /// <summary>The text is not JSON (RFC 8259), or not valid UTF-8.</summary>
    public const string Syntax = "syntax";

    /// <summary>Two values or types that cannot be one: <c>conflicting values "x" and number</c>.</summary>
    public const string Conflict = "conflict";

    /// <summary>A bound, pattern or validator is not met: <c>invalid value 140 (out of bound &lt;130)</c>.</summary>
    public const string OutOfBound = "out-of-bound";

    /// <summary>A field has no concrete value: <c>incomplete value string</c>.</summary>
    public const string Incomplete = "incomplete";

    /// <summary>A required field (<c>name!</c>) is missing.</summary>
    public const string Required = "required";

    /// <summary>A field that a closed struct does not allow.</summary>
    public const string NotAllowed = "not-allowed";

    /// <summary>The value is valid CUE but the C# type cannot hold it; the message names the attribute that widens the type.</summary>
    public const string Unrepresentable = "unrepresentable";

    /// <summary>The document is larger or deeper than the configured limit.</summary>
    public const string Limit = "limit";
}
