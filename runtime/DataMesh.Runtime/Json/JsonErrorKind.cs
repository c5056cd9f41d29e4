namespace DataMesh.Json;

/// <summary>Why a text is not JSON. The names follow the state the reader was in.</summary>
public enum JsonErrorKind : byte
{
    /// <summary>No error.</summary>
    None,

    /// <summary>The text ends inside a value.</summary>
    UnexpectedEnd,

    /// <summary>A character that cannot start a value.</summary>
    Value,

    /// <summary>Something other than a string where a member's name belongs.</summary>
    Name,

    /// <summary>No colon after a member's name.</summary>
    AfterName,

    /// <summary>Neither a comma nor <c>}</c> after a member.</summary>
    AfterMember,

    /// <summary>Neither a comma nor <c>]</c> after an element.</summary>
    AfterElement,

    /// <summary>Text after the document.</summary>
    AfterDocument,

    /// <summary>A control character inside a string.</summary>
    InString,

    /// <summary>An escape that JSON does not have.</summary>
    InEscape,

    /// <summary>Something other than four hexadecimal digits after <c>\u</c>.</summary>
    InHexEscape,

    /// <summary>Half of a surrogate pair.</summary>
    Surrogate,

    /// <summary>Bytes that are not UTF-8.</summary>
    Utf8,

    /// <summary>A byte order mark inside the document.</summary>
    ByteOrderMark,

    /// <summary>A malformed number.</summary>
    InNumber,

    /// <summary>A number whose exponent is beyond 100,000.</summary>
    NumberRange,

    /// <summary>A malformed <c>true</c>, <c>false</c> or <c>null</c>.</summary>
    InLiteral,

    /// <summary>Nested deeper than <see cref="JsonLimits.MaxDepth"/>.</summary>
    TooDeep,

    /// <summary>Longer than <see cref="JsonLimits.MaxLength"/>.</summary>
    TooLong,
}
