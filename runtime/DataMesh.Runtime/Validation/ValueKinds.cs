namespace DataMesh.Validation;

/// <summary>The basic types of CUE, as a set.</summary>
[Flags]
public enum ValueKinds
{
    /// <summary>No type.</summary>
    None = 0,

    /// <summary><c>null</c></summary>
    Null = 1,

    /// <summary><c>bool</c></summary>
    Bool = 2,

    /// <summary><c>int</c>: a JSON number without point and exponent.</summary>
    Int = 4,

    /// <summary><c>float</c>: any other JSON number.</summary>
    Float = 8,

    /// <summary><c>number</c></summary>
    Number = Int | Float,

    /// <summary><c>string</c></summary>
    String = 16,

    /// <summary><c>bytes</c>: a JSON string in base64.</summary>
    Bytes = 32,

    /// <summary>A list.</summary>
    List = 64,

    /// <summary>A struct.</summary>
    Struct = 128,

    /// <summary>Every type.</summary>
    Any = Null | Bool | Number | String | Bytes | List | Struct,
}
