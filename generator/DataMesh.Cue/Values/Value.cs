using DataMesh.Cue.Binding;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>A point of the lattice. Immutable, except for vertices while they are evaluated.</summary>
internal abstract class Value
{
    /// <summary>The kinds that the value can have.</summary>
    public abstract CueKind Kind { get; }
}

/// <summary>An atom: a value whose only instances are itself and bottom.</summary>
internal abstract class Constant : Value
{
    /// <summary>Equality in the lattice: 1 and 1.0 are different atoms.</summary>
    public abstract bool SameAs(Constant other);
}

internal sealed class NullConstant : Constant
{
    public static readonly NullConstant Instance = new();

    public override CueKind Kind => CueKind.Null;

    public override bool SameAs(Constant other) => other is NullConstant;
}

internal sealed class BoolConstant : Constant
{
    public static readonly BoolConstant True = new(true);
    public static readonly BoolConstant False = new(false);

    private BoolConstant(bool value) => Value = value;

    public bool Value { get; }

    public override CueKind Kind => CueKind.Bool;

    public static BoolConstant Of(bool value) => value ? True : False;

    public override bool SameAs(Constant other) => other is BoolConstant constant && constant.Value == Value;
}

internal sealed class NumberConstant(BigDecimal value, CueKind kind) : Constant
{
    public BigDecimal Value { get; } = value;

    /// <summary>Int, float, or both for a number whose kind is not decided.</summary>
    public override CueKind Kind { get; } = kind;

    public static NumberConstant Int(long value) => new(value, CueKind.Int);

    public static NumberConstant Int(System.Numerics.BigInteger value) => new(value, CueKind.Int);

    public override bool SameAs(Constant other) =>
        other is NumberConstant constant && (constant.Kind & Kind) != 0 && constant.Value == Value;
}

internal sealed class StringConstant(string value) : Constant
{
    public string Value { get; } = value;

    public override CueKind Kind => CueKind.String;

    public override bool SameAs(Constant other) => other is StringConstant constant && string.Equals(constant.Value, Value, StringComparison.Ordinal);
}

internal sealed class BytesConstant(byte[] value) : Constant
{
    public byte[] Value { get; } = value;

    public override CueKind Kind => CueKind.Bytes;

    public override bool SameAs(Constant other) => other is BytesConstant constant && constant.Value.AsSpan().SequenceEqual(Value);
}

/// <summary>A basic type, a union of them, or top.</summary>
internal sealed class TypeValue(CueKind kind) : Value
{
    public static readonly TypeValue Top = new(CueKind.Top);

    public override CueKind Kind { get; } = kind;
}

/// <summary>A bound: <c>&lt;10</c>, <c>!=null</c>, <c>=~"re"</c>.</summary>
internal sealed class BoundValue(TokenKind op, Value operand) : Value
{
    public TokenKind Operator { get; } = op;

    /// <summary>A constant; for <c>==</c> and <c>!=</c> also a vertex.</summary>
    public Value Operand { get; } = operand;

    /// <summary>That of a struct or list to compare with is only known once it is evaluated.</summary>
    public override CueKind Kind => KindOf(Operator, Operand);

    private static CueKind KindOf(TokenKind op, Value operand)
    {
        if (op == TokenKind.NotEqual && operand.Kind == CueKind.Null)
            return CueKind.Top & ~CueKind.Null;
        // What a struct or list lacks does not make it anything else.
        if (operand is Vertex { Kind: CueKind.Bottom } failed)
            return failed.Resolve().State?.DeclaredKind & (CueKind.Struct | CueKind.List) ?? CueKind.Struct | CueKind.List;
        return (operand.Kind & CueKind.Number) != 0 ? CueKind.Number : operand.Kind;
    }
}

/// <summary>A call that validates the value that it is unified with.</summary>
internal sealed class ValidatorValue(Builtin builtin, IReadOnlyList<Value> arguments, Position position) : Value
{
    public Builtin Builtin { get; } = builtin;

    /// <summary>All arguments but the first, which is the value itself.</summary>
    public IReadOnlyList<Value> Arguments { get; } = arguments;

    /// <summary>The call; not valid for a function that stands without one.</summary>
    public Position Position { get; } = position;

    /// <summary>The same arguments as they are written.</summary>
    public IReadOnlyList<WrittenArgument> Written { get; init; } = [];

    public override CueKind Kind => Builtin.ValidatedKind;

    /// <summary>Whether values are tried with an argument.</summary>
    public bool IsSchema(int index) => Builtin.IsValidatorOnly || Builtin.Parameter(index + 1).IsSchema;
}

/// <summary>Types, bounds and validators that all hold.</summary>
internal sealed class ConjunctionValue(CueKind kind, IReadOnlyList<Value> values) : Value
{
    public IReadOnlyList<Value> Values { get; } = values;

    public override CueKind Kind { get; } = kind;

    /// <summary>Where the values are written; empty when that is where the conjunction is.</summary>
    public IReadOnlyList<Syntax.Position> Positions { get; init; } = [];

    /// <summary>The name of the predeclared type that this is, such as <c>uint8</c>.</summary>
    public string? Name { get; init; }

    /// <summary>The same values in the order in which they came up.</summary>
    public IReadOnlyList<Value> Written { get; init; } = values;
}

/// <summary>What <c>and</c> makes of a list: unified where it is a constraint, and not concrete where it is an operand.</summary>
internal sealed class UnificationValue(Value unified, IReadOnlyList<Value> operands) : Value
{
    /// <summary>What the operands are together.</summary>
    public Value Unified { get; } = unified;

    public IReadOnlyList<Value> Operands { get; } = operands;

    public override CueKind Kind => CueKind.Top;

    /// <summary>A value as the constraint that it is.</summary>
    public static Value Unify(Value value) => value is UnificationValue unification ? unification.Unified : value;
}

/// <summary>Several values, the defaults first.</summary>
internal sealed class DisjunctionValue(IReadOnlyList<Value> values, int defaultCount) : Value
{
    public IReadOnlyList<Value> Values { get; } = values;

    public int DefaultCount { get; } = defaultCount;

    /// <summary>Whether the values are yet to be compared: some may be equal, or have defaults.</summary>
    public bool IsRaw { get; init; }

    public override CueKind Kind
    {
        get
        {
            var kind = CueKind.Bottom;
            foreach (var value in Values)
                kind |= value is Bottom { IsChoice: true } ? CueKind.Top : value.Kind;
            return kind;
        }
    }
}

/// <summary>What the base of a vertex is when it is a struct or a list.</summary>
internal sealed class ContainerValue : Value
{
    public static readonly ContainerValue Struct = new(CueKind.Struct);
    public static readonly ContainerValue List = new(CueKind.List);

    private ContainerValue(CueKind kind) => Kind = kind;

    public override CueKind Kind { get; }
}

/// <summary>A builtin function as a value.</summary>
internal sealed class FunctionValue(Builtin builtin) : Value
{
    public Builtin Builtin { get; } = builtin;

    public override CueKind Kind => CueKind.Func;
}

/// <summary>A value in the place of an expression.</summary>
internal sealed class ValueExpr(Value value, SyntaxNode? source, Position position = default) : Expr(source)
{
    private readonly Position _position = position;

    public Value Value { get; } = value;

    public override Position Position => _position.IsValid ? _position : base.Position;
}

/// <summary>The declarations of a struct but its embeddings, in an environment that is there already.</summary>
internal sealed class StructBodyExpr(StructExpr literal) : Expr(literal.Source)
{
    public StructExpr Literal { get; } = literal;
}

/// <summary>For whom an expression is evaluated: its references count as this vertex's.</summary>
internal readonly struct Frame(Vertex vertex, ConjunctInfo info)
{
    public Vertex Vertex { get; } = vertex;

    public ConjunctInfo Info { get; } = info;
}

/// <summary>A struct that <c>close</c> closes where it is added.</summary>
internal sealed class ClosedValue(Vertex source) : Value
{
    public Vertex Source { get; } = source;

    public override CueKind Kind => Source.Kind;
}
