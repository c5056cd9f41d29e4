using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Numerics;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Builtins.Mathematics;

/// <summary><c>math</c>: decimal functions with 34 digits, and others that are computed in binary.</summary>
internal sealed class MathPackage() : StandardPackage("math")
{
    public override IEnumerable<Builtin> Functions =>
    [
        Decimal("Floor", static x => Of(Finite(x).Floor())),
        Decimal("Ceil", static x => Of(Finite(x).Ceiling())),
        Decimal("Trunc", static x => Of(Finite(x).Truncate())),
        Decimal("Round", static x => Of(Finite(x).Round(halfToEven: false))),
        Decimal("RoundToEven", static x => Of(Finite(x).Round(halfToEven: true))),
        Function("MultipleOf", [Number, Number], Bool, static call => MultipleOf(call.Number(0), call.Number(1))),
        Decimal("Abs", static x => OfDecimal(x.Abs())),
        Decimal("Exp", static x => OfDecimal(DecimalFunctions.Exp(x, out BigDecimal result), result)),
        Decimal("Exp2", static x => OfDecimal(DecimalFunctions.Pow(2, x, out BigDecimal result), result)),
        Decimal("Cbrt", static x => OfDecimal(DecimalFunctions.Cbrt(x, out BigDecimal result), result)),
        Decimal("Log", static x => OfDecimal(DecimalFunctions.Ln(x, out BigDecimal result), result)),
        Decimal("Log10", static x => OfDecimal(DecimalFunctions.Log10(x, out BigDecimal result), result)),
        Decimal("Log2", static x => OfDecimal(DecimalFunctions.Log2(x, out BigDecimal result), result.IsFinite ? result.Reduce() : result)),
        Decimal("Signbit", static x => Of(x.IsNegative)),
        Function("Pow", [Number, Number], Number, static call => OfDecimal(DecimalFunctions.Pow(call.Number(0), call.Number(1), out BigDecimal result), result)),
        Function("Pow10", [Int], Number, static call => Pow10(call.Int32(0))),
        Function("Copysign", [Number, Number], Number, static call => OfDecimal(call.Number(1).IsNegative ? -call.Number(0).Abs() : call.Number(0).Abs())),
        Function("Dim", [Number, Number], Number, static call => Dim(call.Number(0), call.Number(1))),
        Function("Jacobi", [Int, Int], Int, static call => Of(Jacobi(call.Integer(0), call.Integer(1)))),
        Binary("Acosh", RealFunctions.Acosh),
        Binary("Asin", Math.Asin),
        Binary("Acos", Math.Acos),
        Binary("Asinh", RealFunctions.Asinh),
        Binary("Atan", Math.Atan),
        Binary("Atan2", Math.Atan2),
        Binary("Atanh", RealFunctions.Atanh),
        Binary("Erf", RealFunctions.Erf),
        Binary("Erfc", RealFunctions.Erfc),
        Binary("Erfinv", RealFunctions.Erfinv),
        Binary("Erfcinv", RealFunctions.Erfcinv),
        Binary("Expm1", RealFunctions.Expm1),
        Binary("Gamma", RealFunctions.Gamma),
        Binary("Hypot", RealFunctions.Hypot),
        Binary("J0", static x => BesselFunctions.J(0, x)),
        Binary("J1", static x => BesselFunctions.J(1, x)),
        Binary("Y0", static x => BesselFunctions.Y(0, x)),
        Binary("Y1", static x => BesselFunctions.Y(1, x)),
        Function("Jn", [Int, Number], Number, static call => OfDouble(BesselFunctions.J(call.Int64(0), call.Float64(1)))),
        Function("Yn", [Int, Number], Number, static call => OfDouble(BesselFunctions.Y(call.Int64(0), call.Float64(1)))),
        Function("Ldexp", [Number, Int], Number, static call => OfDouble(RealFunctions.Ldexp(call.Float64(0), call.Int64(1)))),
        Binary("Log1p", RealFunctions.Log1p),
        Binary("Logb", RealFunctions.Logb),
        Function("Ilogb", [Number], Int, static call => Of(RealFunctions.Ilogb(call.Float64(0)))),
        Binary("Mod", static (x, y) => x % y),
        Binary("Remainder", Math.IEEERemainder),
        Binary("Cos", Math.Cos),
        Binary("Sin", Math.Sin),
        Binary("Sinh", Math.Sinh),
        Binary("Cosh", Math.Cosh),
        Binary("Sqrt", Math.Sqrt),
        Binary("Tan", Math.Tan),
        Binary("Tanh", Math.Tanh),
    ];

    public override IEnumerable<KeyValuePair<string, Value>> Constants =>
    [
        new("MaxExp", Of(int.MaxValue)),
        new("MinExp", Of(int.MinValue)),
        new("MaxPrec", Of(uint.MaxValue)),
        new("MaxBase", Of(62)),
        new("ToNearestEven", Of(0)),
        new("ToNearestAway", Of(1)),
        new("ToZero", Of(2)),
        new("AwayFromZero", Of(3)),
        new("ToNegativeInf", Of(4)),
        new("ToPositiveInf", Of(5)),
        new("Below", Of(-1)),
        new("Exact", Of(0)),
        new("Above", Of(1)),
        Constant("E", "2.71828182845904523536028747135266249775724709369995957496696763"),
        Constant("Pi", "3.14159265358979323846264338327950288419716939937510582097494459"),
        Constant("Phi", "1.61803398874989484820458683436563811772030917980576286213544861"),
        Constant("Sqrt2", "1.41421356237309504880168872420969807856967187537694807317667974"),
        Constant("SqrtE", "1.64872127070012814684865078781416357165377610071014801157507931"),
        Constant("SqrtPi", "1.77245385090551602729816748334114518279754945612238712821380779"),
        Constant("SqrtPhi", "1.27201964951406896425242246173749149171560804184009624861664038"),
        Constant("Ln2", "0.693147180559945309417232121458176568075500134360255254120680009"),
        Constant("Log2E", "1.442695040888963407359924681001892137426645954152985934135449408"),
        Constant("Ln10", "2.3025850929940456840179914546843642076011014886287729760333278"),
        Constant("Log10E", "0.43429448190325182765112891891660508229439700580366656611445378"),
    ];

    private static KeyValuePair<string, Value> Constant(string name, string digits) =>
        new(name, new NumberConstant(BigDecimal.Parse(digits), CueKind.Float));

    private Builtin Decimal(string name, Func<BigDecimal, Value> compute) =>
        Function(name, [Number], name == "Signbit" ? Bool : Number, call => compute(call.Number(0)));

    private Builtin Binary(string name, Func<double, double> compute) =>
        Function(name, [Number], Number, call => OfDouble(compute(call.Float64(0))));

    private Builtin Binary(string name, Func<double, double, double> compute) =>
        Function(name, [Number, Number], Number, call => OfDouble(compute(call.Float64(0), call.Float64(1))));

    private static BigDecimal Finite(BigDecimal value) => value.IsFinite ? value : throw new BuiltinException("invalid operation");

    private static Value MultipleOf(BigDecimal x, BigDecimal y)
    {
        DecimalError error = DecimalArithmetic.IsMultipleOf(x, y, out bool isMultiple);
        return error == DecimalError.None ? Of(isMultiple) : throw new BuiltinException(error.Message());
    }

    private static Value Pow10(long exponent) => exponent is < -BigDecimal.MaxExponent or > BigDecimal.MaxExponent
        ? throw new BuiltinException(exponent > 0 ? "overflow" : "underflow")
        : OfDecimal(new BigDecimal(1, (int)exponent));

    private static Value Dim(BigDecimal x, BigDecimal y)
    {
        DecimalError error = DecimalArithmetic.Subtract(x, y, out BigDecimal difference);
        return difference.Sign < 0 ? Of(0) : OfDecimal(error, difference);
    }

    /// <summary>The Jacobi symbol (x/y).</summary>
    private static long Jacobi(BigInteger x, BigInteger y)
    {
        if (y.IsEven)
            throw new BuiltinException($"big: invalid 2nd argument to Int.Jacobi: need odd integer but got {y.ToString(CultureInfo.InvariantCulture)}");
        int sign = 1;
        if (y.Sign < 0)
        {
            if (x.Sign < 0)
                sign = -1;
            y = -y;
        }

        x = ((x % y) + y) % y;
        while (!x.IsZero)
        {
            for (; x.IsEven; x >>= 1)
            {
                int remainder = (int)(y & 7);
                if (remainder is 3 or 5)
                    sign = -sign;
            }

            (x, y) = (y, x);
            if ((int)(x & 3) == 3 && (int)(y & 3) == 3)
                sign = -sign;
            x %= y;
        }

        return y.IsOne ? sign : 0;
    }
}
