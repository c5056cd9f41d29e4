using DataMesh.Cue.RegularExpressions;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Generators.Products.Building;

/// <summary>Types, bounds and validators of the evaluator as constraints of the model, and the C# types that hold them.</summary>
internal static class Scalars
{
    public static Kinds KindsOf(CueKind kind)
    {
        Kinds kinds = Kinds.None;
        if ((kind & CueKind.Null) != 0)
            kinds |= Kinds.Null;
        if ((kind & CueKind.Bool) != 0)
            kinds |= Kinds.Bool;
        if ((kind & CueKind.Int) != 0)
            kinds |= Kinds.Int;
        if ((kind & CueKind.Float) != 0)
            kinds |= Kinds.Float;
        if ((kind & CueKind.String) != 0)
            kinds |= Kinds.String;
        if ((kind & CueKind.Bytes) != 0)
            kinds |= Kinds.Bytes;
        if ((kind & CueKind.List) != 0)
            kinds |= Kinds.List;
        if ((kind & CueKind.Struct) != 0)
            kinds |= Kinds.Struct;
        // =~ and the like take both; JSON has no bytes where there can be a string.
        return kinds == (Kinds.String | Kinds.Bytes) ? Kinds.String : kinds;
    }

    /// <summary>The constraint of a predeclared type; null for <c>_</c>, which demands nothing.</summary>
    public static KindConstraint? TypeConstraint(Value type) => type switch
    {
        ConjunctionValue { Name: { } name } => new KindConstraint(name, KindsOf(type.Kind)),
        TypeValue when KindsOf(type.Kind) == Kinds.Any => null,
        TypeValue => new KindConstraint(type.Kind.Text(), KindsOf(type.Kind)),
        _ => null,
    };

    /// <summary>A type, bound or validator; null when it demands nothing, or when <paramref name="problem"/> says why it cannot be enforced.</summary>
    public static Constraint? ConstraintOf(Value value, out string? problem)
    {
        problem = null;
        string text = ValueText.Describe(value);
        switch (value)
        {
            case TypeValue:
                return null;
            case BoundValue when InvalidPattern(value) is { } invalid:
                problem = invalid;
                return null;
            case BoundValue { Operator: TokenKind.Match or TokenKind.NotMatch, Operand: StringConstant pattern } match:
                return new MatchConstraint(text, pattern.Value, match.Operator == TokenKind.NotMatch);
            case BoundValue { Operand: Constant operand } bound when OperatorOf(bound.Operator) is { } op:
                return new BoundConstraint(text, KindsOf(bound.Kind), op, Literals.Of(operand));
            case ValidatorValue validator:
                return Validator(validator, text, out problem);
            default:
                problem = "a bound that is not a constant";
                return null;
        }
    }

    /// <summary>What is wrong with the regular expression that a value has to match; null when nothing is, or there is none.</summary>
    public static string? InvalidPattern(Value value) =>
        value is BoundValue { Operator: TokenKind.Match or TokenKind.NotMatch, Operand: StringConstant pattern } && !RegularExpression.TryParse(pattern.Value, out _, out string? error)
            ? "invalid regexp: " + error
            : null;

    public static ClrType TypeOf(Constant constant) => constant switch
    {
        BoolConstant => ClrType.Boolean,
        StringConstant => ClrType.String,
        BytesConstant => ClrType.Bytes,
        NumberConstant { Kind: CueKind.Int } number => long.TryParse(
            number.Value.ToString(), System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture, out _)
            ? ClrType.Int64
            : ClrType.BigInteger,
        NumberConstant => ClrType.Decimal,
        _ => ClrType.Json,
    };

    /// <param name="kinds">What the value can be.</param>
    /// <param name="typeName">The predeclared type that was named, <c>uint8</c>; null when none was.</param>
    /// <param name="constraints">What it must meet.</param>
    public static ClrType ClrTypeOf(Kinds kinds, string? typeName, IReadOnlyList<Constraint> constraints)
    {
        switch (kinds)
        {
            // Text that must meet more than the validator cannot be written anew from a time: it is kept as text.
            case Kinds.String when Has("time.Time"):
                return ClrType.DateTimeOffset;
            case Kinds.String when Has("time.Duration"):
                return ClrType.TimeSpan;
            case Kinds.String:
                return ClrType.String;
            case Kinds.Bytes:
                return ClrType.Bytes;
            case Kinds.Bool:
                return ClrType.Boolean;
            case Kinds.Int:
                return typeName switch
                {
                    "int8" => ClrType.SByte,
                    "int16" => ClrType.Int16,
                    "int32" or "rune" => ClrType.Int32,
                    "int128" => ClrType.Int128,
                    "uint8" or "byte" => ClrType.Byte,
                    "uint16" => ClrType.UInt16,
                    "uint32" => ClrType.UInt32,
                    "uint" or "uint64" => ClrType.UInt64,
                    "uint128" => ClrType.UInt128,
                    _ => ClrType.Int64,
                };
            case Kinds.Number or Kinds.Float:
                return typeName switch
                {
                    "float32" => ClrType.Single,
                    "float64" => ClrType.Double,
                    _ => ClrType.Decimal,
                };
            default:
                return ClrType.Json;
        }

        bool Has(string validator) =>
            constraints.Where(static constraint => constraint is not KindConstraint).ToArray() is [ValidatorConstraint only] && only.Name == validator;
    }

    /// <summary>Whether a type that <c>@cs</c> asks for can hold every value that the C# type by default does, as the same kind of value.</summary>
    public static bool CanHold(ClrType requested, Kinds kinds) => kinds switch
    {
        Kinds.Int => requested is >= ClrType.SByte and <= ClrType.Decimal,
        Kinds.Number or Kinds.Float => requested is ClrType.Decimal or ClrType.Single or ClrType.Double,
        _ => false,
    };

    private static ValidatorConstraint? Validator(ValidatorValue validator, string text, out string? problem)
    {
        string name = validator.Builtin.QualifiedName;
        problem = null;
        if (!Validators.IsSupported(name))
        {
            problem = "a function that generated code does not know";
            return null;
        }
        var arguments = new List<Literal>(validator.Arguments.Count);
        foreach (Value argument in validator.Arguments)
        {
            if ((argument is Vertex vertex ? vertex.Resolve().Base : argument) is not Constant constant)
            {
                problem = "a function with an argument that is not a constant";
                return null;
            }
            arguments.Add(Literals.Of(constant));
        }
        return new ValidatorConstraint(text, KindsOf(validator.Kind), name, arguments.ToEquatableArray());
    }

    private static BoundOperator? OperatorOf(TokenKind op) => op switch
    {
        TokenKind.Less => BoundOperator.Less,
        TokenKind.LessOrEqual => BoundOperator.LessOrEqual,
        TokenKind.Greater => BoundOperator.Greater,
        TokenKind.GreaterOrEqual => BoundOperator.GreaterOrEqual,
        TokenKind.NotEqual => BoundOperator.NotEqual,
        _ => null,
    };
}
