using System.Numerics;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Syntax;

namespace DataMesh.Cue.Values;

/// <summary>The predeclared names of ranges: bounds that amount to <c>uint8</c> are shown so.</summary>
internal static class RangeNames
{
    private static readonly BigDecimal s_largest32 = BigDecimal.Parse("3.40282346638528859811704183484516925440e+38");
    private static readonly BigDecimal s_largest64 = BigDecimal.Parse("1.797693134862315708145274237317043567981e+308");

    /// <summary>The name of what is nothing but a range; null when there is none.</summary>
    public static string? Of(ConjunctionValue conjunction)
    {
        BoundValue? lower = null;
        BoundValue? upper = null;
        foreach (var value in conjunction.Values)
        {
            switch (value)
            {
                case TypeValue:
                    break;
                case BoundValue { Operator: TokenKind.GreaterOrEqual, Operand: NumberConstant } when lower is null:
                    lower = (BoundValue)value;
                    break;
                case BoundValue { Operator: TokenKind.LessOrEqual, Operand: NumberConstant } when upper is null:
                    upper = (BoundValue)value;
                    break;
                default:
                    return null;
            }
        }

        return lower is null ? null : Of(conjunction.Kind, ((NumberConstant)lower.Operand).Value, (upper?.Operand as NumberConstant)?.Value);
    }

    private static string? Of(CueKind kind, BigDecimal lower, BigDecimal? upper)
    {
        if (upper is not { } high)
            return kind == CueKind.Int && lower.Sign == 0 ? "uint" : null;
        if (kind == CueKind.Number)
            return lower != -high ? null : high == s_largest32 ? "float32" : high == s_largest64 ? "float64" : null;
        if (kind != CueKind.Int)
            return null;
        for (var bits = 8; bits <= 128; bits *= 2)
        {
            var limit = BigInteger.One << bits;
            if (lower.Sign == 0 && high == limit - 1)
                return FormattableString.Invariant($"uint{bits}");
            if (lower == -(limit >> 1) && high == (limit >> 1) - 1)
                return FormattableString.Invariant($"int{bits}");
        }

        return null;
    }
}
