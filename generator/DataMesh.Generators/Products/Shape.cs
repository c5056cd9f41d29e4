namespace DataMesh.Generators.Products;

/// <summary>
/// What a value must be, and the C# type that holds it. A shape is complete: whatever CUE demands of the value is in it,
/// or the product is not built and the schema's author gets a diagnostic.
/// </summary>
/// <param name="Text">The value as CUE prints it when something else stands in its place, <c>[...#Identity]</c>.</param>
/// <param name="Incomplete">What is missing when nothing stands there, <c>&gt;=0 &amp; &lt;=1</c>: <c>incomplete value ...</c>.</param>
internal abstract record Shape(string Text, string Incomplete);

/// <summary>The C# type of a scalar.</summary>
internal enum ClrType
{
    String,
    Bytes,
    Boolean,
    SByte,
    Byte,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Int64,
    UInt64,
    Int128,
    UInt128,
    BigInteger,
    Decimal,
    Single,
    Double,
    DateTimeOffset,
    TimeSpan,

    /// <summary>Several basic types, or none known: the JSON text as it is (<c>DataMesh.JsonText</c>).</summary>
    Json,
}

/// <summary><c>string</c>, <c>number &amp; &lt;130</c>, <c>=~"[A-Z].*"</c>, <c>_</c>: no struct or list unless <paramref name="Clr"/> is Json.</summary>
/// <param name="Text">See <see cref="Shape"/>.</param>
/// <param name="Incomplete">See <see cref="Shape"/>.</param>
/// <param name="Kinds">The types that meet all constraints.</param>
/// <param name="Constraints">The conjuncts in the order of the schema; CUE reports the first whose type does not fit.</param>
/// <param name="Clr">The C# type.</param>
internal sealed record ScalarShape(
    string Text,
    string Incomplete,
    Kinds Kinds,
    EquatableArray<Constraint> Constraints,
    ClrType Clr) : Shape(Text, Incomplete);

/// <summary>One value: <c>"v2"</c>, <c>true</c>, <c>2</c>.</summary>
internal sealed record ConstantShape(string Text, string Incomplete, Literal Value, ClrType Clr) : Shape(Text, Incomplete);

/// <summary>A disjunction of literals, <c>"card" | "ideal"</c>: a C# enum. <c>null</c> is taken out by <see cref="NullableShape"/>.</summary>
/// <param name="Text">See <see cref="Shape"/>.</param>
/// <param name="Incomplete">See <see cref="Shape"/>.</param>
/// <param name="TypeName">The enum, declared inside the record of the field, or the product itself.</param>
/// <param name="Members">At least one.</param>
/// <param name="DefaultIndex">The member that is marked as the default, for an element of a list; -1 without one.</param>
internal sealed record EnumShape(
    string Text, string Incomplete, string TypeName, EquatableArray<EnumMember> Members, int DefaultIndex = -1)
    : Shape(Text, Incomplete);

/// <summary>One literal of an enum.</summary>
/// <param name="Name">The C# name, not escaped.</param>
/// <param name="Value">A string, a number or a bool.</param>
/// <param name="Documentation">Its doc comment.</param>
internal sealed record EnumMember(string Name, Literal Value, string? Documentation = null);

/// <summary><c>null | T</c></summary>
internal sealed record NullableShape(string Text, string Incomplete, Shape Inner) : Shape(Text, Incomplete);

/// <summary>
/// <c>{...}</c> with fields of its own: a record. A struct without any field but with patterns is a <see cref="MapShape"/>.
/// </summary>
/// <param name="Text">See <see cref="Shape"/>.</param>
/// <param name="Incomplete">See <see cref="Shape"/>.</param>
/// <param name="TypeName">The record, declared inside the record of the field, or the product itself.</param>
/// <param name="Fields">In the schema's order.</param>
/// <param name="Patterns">Pattern constraints. They bind declared fields too; the builder has unified those already.</param>
/// <param name="IsOpen">True when members that nothing names are allowed and kept.</param>
/// <param name="Constraints">Validators on the struct itself, <c>struct.MinFields(1)</c>.</param>
internal sealed record StructShape(
    string Text,
    string Incomplete,
    string TypeName,
    EquatableArray<Field> Fields,
    EquatableArray<Pattern> Patterns,
    bool IsOpen,
    EquatableArray<Constraint> Constraints) : Shape(Text, Incomplete);

/// <summary><c>{[string]: T}</c>: an immutable dictionary with value equality. One pattern, closed for other keys.</summary>
internal sealed record MapShape(string Text, string Incomplete, Pattern Pattern, EquatableArray<Constraint> Constraints)
    : Shape(Text, Incomplete);

/// <summary><c>[...T]</c>, <c>[A, B]</c>, <c>[A, ...T]</c>.</summary>
/// <param name="Text">See <see cref="Shape"/>.</param>
/// <param name="Incomplete">See <see cref="Shape"/>.</param>
/// <param name="Prefix">The elements that must be there, by position.</param>
/// <param name="Rest">The shape of all further elements; null when there are none.</param>
/// <param name="Constraints">Validators on the list itself, <c>list.MaxItems(3)</c>.</param>
internal sealed record ListShape(
    string Text,
    string Incomplete,
    EquatableArray<Shape> Prefix,
    Shape? Rest,
    EquatableArray<Constraint> Constraints) : Shape(Text, Incomplete);

/// <summary>
/// A disjunction that one C# type holds: <c>*0 | (number &amp; &gt;=0)</c>, <c>&lt;5 | &gt;95</c>. The value must meet an
/// alternative; C# sees <paramref name="Held"/>.
/// </summary>
/// <param name="Text">See <see cref="Shape"/>.</param>
/// <param name="Incomplete">See <see cref="Shape"/>.</param>
/// <param name="Alternatives">In the schema's order, as written: errors name them one by one.</param>
/// <param name="Held">What C# holds. Its constraints are those that every alternative has; often none.</param>
/// <param name="DefaultIndex">The alternative that is marked as the default, for an element of a list; -1 without one.</param>
internal sealed record DisjunctionShape(
    string Text, string Incomplete, EquatableArray<Shape> Alternatives, Shape Held, int DefaultIndex = -1)
    : Shape(Text, Incomplete);

/// <summary><c>#A | #B</c>, <c>string | [...string]</c>: a closed hierarchy, an abstract record and one sealed case an alternative.</summary>
/// <param name="Text">See <see cref="Shape"/>.</param>
/// <param name="Incomplete">See <see cref="Shape"/>.</param>
/// <param name="TypeName">The abstract record, declared inside the record of the field, or the product itself.</param>
/// <param name="Cases">In the schema's order.</param>
internal sealed record UnionShape(string Text, string Incomplete, string TypeName, EquatableArray<UnionCase> Cases)
    : Shape(Text, Incomplete);

/// <summary>One case of a union.</summary>
/// <param name="Name">The C# name of the case, unique in the union.</param>
/// <param name="Shape">What the case holds.</param>
/// <param name="IsDefault">True for <c>*{...}</c>: taken when several cases remain.</param>
internal sealed record UnionCase(string Name, Shape Shape, bool IsDefault = false);

/// <summary>How a product that is referred to looks in C#.</summary>
internal enum TargetForm
{
    Record,
    Enum,
    Union,
    Wrapper,
}

/// <summary>Another definition, used as it is: its own product, also when it is recursive.</summary>
/// <param name="Text">See <see cref="Shape"/>; the definition's own text, <c>{first:=~"[A-Z].*"}</c>.</param>
/// <param name="Incomplete">See <see cref="Shape"/>.</param>
/// <param name="Namespace">The namespace of the target; empty for the global one.</param>
/// <param name="Name">The C# type of the target.</param>
/// <param name="Form">How it looks in C#.</param>
internal sealed record ReferenceShape(string Text, string Incomplete, string Namespace, string Name, TargetForm Form)
    : Shape(Text, Incomplete);
