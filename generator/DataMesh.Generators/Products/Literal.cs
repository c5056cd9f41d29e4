namespace DataMesh.Generators.Products;

/// <summary>A concrete value of the schema: an enum member, a default, the operand of a bound.</summary>
internal abstract record Literal;

/// <summary><c>null</c></summary>
internal sealed record NullLiteral : Literal;

/// <summary><c>true</c>, <c>false</c></summary>
internal sealed record BoolLiteral(bool Value) : Literal;

/// <summary>A number of any size and precision.</summary>
/// <param name="Text">The exact decimal text as CUE prints it, <c>12</c>, <c>0.5</c>, <c>1E+400</c>.</param>
/// <param name="IsInteger">True for CUE's <c>int</c>, false for its <c>float</c>: <c>2</c> and <c>2.0</c> are different values.</param>
internal sealed record NumberLiteral(string Text, bool IsInteger) : Literal;

/// <summary>A string, unquoted.</summary>
internal sealed record StringLiteral(string Value) : Literal;

/// <summary>Bytes, in base64.</summary>
internal sealed record BytesLiteral(string Base64) : Literal;

/// <summary>A list.</summary>
internal sealed record ListLiteral(EquatableArray<Literal> Items) : Literal;

/// <summary>A struct, its members in order.</summary>
internal sealed record StructLiteral(EquatableArray<LiteralMember> Members) : Literal;

/// <summary>One member of a <see cref="StructLiteral"/>.</summary>
internal sealed record LiteralMember(string JsonName, Literal Value);
