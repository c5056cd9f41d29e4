namespace DataMesh.Json;

/// <summary>What the next value of a document is, by its first byte.</summary>
public enum JsonKind : byte
{
    /// <summary>No value starts here.</summary>
    None,

    /// <summary><c>null</c></summary>
    Null,

    /// <summary><c>true</c> or <c>false</c></summary>
    Bool,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A string.</summary>
    String,

    /// <summary><c>[</c></summary>
    Array,

    /// <summary><c>{</c></summary>
    Object,
}
