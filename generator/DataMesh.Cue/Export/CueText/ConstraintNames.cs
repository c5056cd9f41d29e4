using System.Numerics;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Export;

/// <summary>A constraint that has a name of its own.</summary>
internal sealed class NamedValue(string name, CueKind kind) : Value
{
    public string Name { get; } = name;

    public override CueKind Kind { get; } = kind;
}

/// <summary>The names of ranges: bounds that amount to <c>uint8</c> are shown so.</summary>
internal static class ConstraintNames
{
    private static readonly BigDecimal s_largest32 = BigDecimal.Parse("3.40282346638528859811704183484516925440e+38");
    private static readonly BigDecimal s_largest64 = BigDecimal.Parse("1.797693134862315708145274237317043567981e+308");

    /// <summary>The constraints, with named ranges for what they are; validators come last.</summary>
    public static IReadOnlyList<Value> Fold(CueKind kind, IReadOnlyList<Value> values)
    {
        var result = new List<Value>();
        var lower = Bound(values, TokenKind.GreaterOrEqual, TokenKind.Greater);
        var upper = Bound(values, TokenKind.LessOrEqual, TokenKind.Less);
        if (kind == CueKind.Int)
            FoldInteger(result, ref lower, ref upper);
        else if (lower is not null && upper is not null && FloatRange(lower, upper) is { } name)
        {
            result.Add(new NamedValue(name, kind));
            lower = upper = null;
        }
        else
        {
            result.AddRange(values.OfType<TypeValue>());
        }

        if (lower is not null)
            result.Add(lower);
        if (upper is not null)
            result.Add(upper);
        result.AddRange(values.Where(static each => each is not (TypeValue or ValidatorValue or BoundValue { Operator: TokenKind.Less or TokenKind.LessOrEqual or TokenKind.Greater or TokenKind.GreaterOrEqual })));
        result.AddRange(values.OfType<ValidatorValue>());
        return result;
    }

    private static BoundValue? Bound(IReadOnlyList<Value> values, TokenKind inclusive, TokenKind exclusive)
    {
        foreach (var value in values)
        {
            if (value is BoundValue { Operand: NumberConstant or StringConstant or BytesConstant } bound && (bound.Operator == inclusive || bound.Operator == exclusive))
                return bound;
        }

        return null;
    }

    private static void FoldInteger(List<Value> result, ref BoundValue? lower, ref BoundValue? upper)
    {
        var isUnsigned = lower?.Operand is NumberConstant { Value.Sign: >= 0 };
        var isFromZero = isUnsigned && lower is { Operator: TokenKind.GreaterOrEqual, Operand: NumberConstant { Value.Sign: 0 } };
        if (upper is { Operator: TokenKind.LessOrEqual } && lower is { Operator: TokenKind.GreaterOrEqual } && IntegerRange(lower, upper) is { } name)
        {
            result.Add(new NamedValue(name, CueKind.Int));
            lower = upper = null;
            return;
        }

        result.Add(new NamedValue(isFromZero || (isUnsigned && upper is not null) ? "uint" : "int", CueKind.Int));
        if (isFromZero)
            lower = null;
    }

    private static string? IntegerRange(BoundValue lower, BoundValue upper)
    {
        if (lower.Operand is not NumberConstant low || upper.Operand is not NumberConstant high)
            return null;
        for (var bits = 8; bits <= 128; bits *= 2)
        {
            var limit = BigInteger.One << bits;
            if (low.Value == BigInteger.Zero && high.Value == limit - 1)
                return FormattableString.Invariant($"uint{bits}");
            if (low.Value == -(limit >> 1) && high.Value == (limit >> 1) - 1)
                return FormattableString.Invariant($"int{bits}");
        }

        return null;
    }

    private static string? FloatRange(BoundValue lower, BoundValue upper)
    {
        if (lower is not { Operator: TokenKind.GreaterOrEqual, Operand: NumberConstant low } || upper is not { Operator: TokenKind.LessOrEqual, Operand: NumberConstant high } || low.Value != -high.Value)
            return null;
        return high.Value == s_largest32 ? "float32" : high.Value == s_largest64 ? "float64" : null;
    }
}
