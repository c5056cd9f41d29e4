namespace DataMesh.Generators.Products;

/// <summary>The basic types of CUE, as a set.</summary>
[Flags]
internal enum Kinds
{
    None = 0,
    Null = 1,
    Bool = 2,
    Int = 4,
    Float = 8,
    Number = Int | Float,
    String = 16,
    Bytes = 32,
    List = 64,
    Struct = 128,
    Any = Null | Bool | Number | String | Bytes | List | Struct,
}

/// <summary>One conjunct that a concrete value must meet.</summary>
/// <param name="Text">The conjunct as CUE prints it in a message, <c>&lt;130</c>.</param>
/// <param name="Kinds">The types that can meet it at all: any other is a conflict of types.</param>
internal abstract record Constraint(string Text, Kinds Kinds);

/// <summary>A basic type: <c>number</c>, <c>string</c>, <c>uint8</c> (whose bounds follow as constraints of their own).</summary>
internal sealed record KindConstraint(string Text, Kinds Kinds) : Constraint(Text, Kinds);

/// <summary>The operator of a <see cref="BoundConstraint"/>.</summary>
internal enum BoundOperator
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    NotEqual,
}

/// <summary><c>&lt;130</c>, <c>&gt;="A"</c>, <c>!=null</c>: numbers compare exactly, strings by their UTF-8 bytes.</summary>
internal sealed record BoundConstraint(string Text, Kinds Kinds, BoundOperator Operator, Literal Operand)
    : Constraint(Text, Kinds);

/// <summary><c>=~"re"</c>, <c>!~"re"</c>: RE2, not anchored.</summary>
internal sealed record MatchConstraint(string Text, string Pattern, bool Negated) : Constraint(Text, Kinds.String);

/// <summary>A validator of a standard package: <c>strings.MinRunes(3)</c>, <c>time.Time</c>. See <see cref="Validators"/>.</summary>
/// <param name="Text">As CUE prints it, <c>strings.MinRunes(3)</c>.</param>
/// <param name="Kinds">The types that it takes.</param>
/// <param name="Name">The function, <c>strings.MinRunes</c>.</param>
/// <param name="Arguments">Its arguments without the value under test.</param>
internal sealed record ValidatorConstraint(string Text, Kinds Kinds, string Name, EquatableArray<Literal> Arguments)
    : Constraint(Text, Kinds);

/// <summary>Nothing meets it: <c>_|_</c>, <c>1 &amp; 2</c>, <c>error("...")</c> in a field that may be left out.</summary>
/// <param name="Text">The message.</param>
internal sealed record ImpossibleConstraint(string Text) : Constraint(Text, Kinds.Any);
