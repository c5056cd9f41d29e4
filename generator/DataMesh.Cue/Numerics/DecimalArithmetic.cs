using System.Numerics;

namespace DataMesh.Cue.Numerics;

/// <summary>Why an operation on decimals has no result.</summary>
internal enum DecimalError
{
    None,
    DivisionByZero,
    DivisionUndefined,
    ExponentOutOfRange,
    InvalidOperation,
    Overflow,
    Underflow,
}

internal static class DecimalErrors
{
    /// <summary>CUE's wording.</summary>
    public static string Message(this DecimalError error) => error switch
    {
        DecimalError.DivisionByZero => "division by zero",
        DecimalError.DivisionUndefined => "division undefined",
        DecimalError.ExponentOutOfRange => "exponent out of range",
        DecimalError.InvalidOperation => "invalid operation",
        DecimalError.Overflow => "overflow",
        DecimalError.Underflow => "underflow, subnormal",
        _ => "",
    };
}

/// <summary>
/// Arithmetic as CUE does it: results have 34 significant digits, halves away from zero, and an exponent of at most
/// <see cref="BigDecimal.MaxExponent"/>. Operands of any size are exact.
/// </summary>
internal static class DecimalArithmetic
{
    /// <summary>Significant digits of a result: those of IEEE 754 decimal128.</summary>
    public const int Precision = 34;

    public static DecimalError Add(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        if (x.TryGetSmallCoefficient(out var a) && y.TryGetSmallCoefficient(out var b) && x.Exponent == y.Exponent
            && x.IsFinite && y.IsFinite && a != 0 && b != 0)
        {
            var sum = unchecked(a + b);
            // Overflow shows as a sign that neither operand has.
            if (((a ^ sum) & (b ^ sum)) >= 0)
            {
                result = new BigDecimal(sum, x.Exponent);
                return CheckRange(ref result);
            }
        }
        if (!x.IsFinite || !y.IsFinite)
            return AddSpecial(x, y, out result);
        // The exact sum may drop no more places than an exponent can name.
        var span = Math.Max(x.AdjustedExponent, y.AdjustedExponent) - Math.Min(x.Exponent, y.Exponent);
        if (!InRange(x, y, (long)x.Exponent - y.Exponent) || span >= BigDecimal.MaxExponent + Precision)
        {
            result = BigDecimal.NaN;
            return DecimalError.ExponentOutOfRange;
        }
        if (x.IsZero && y.IsZero)
        {
            var exponent = Math.Min(x.Exponent, y.Exponent);
            result = x.IsNegative && y.IsNegative ? BigDecimal.NegativeZero(exponent) : new BigDecimal(0, exponent);
            return CheckRange(ref result);
        }
        return AddAligned(x, y, out result);
    }

    public static DecimalError Subtract(in BigDecimal x, in BigDecimal y, out BigDecimal result) =>
        // 0 - 0 is 0, not -0 + ...: a zero subtrahend keeps its positive sign.
        Add(x, y.IsZero ? y.Abs() : -y, out result);

    public static DecimalError Multiply(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        if (!x.IsFinite || !y.IsFinite)
        {
            if (x.IsNaN || y.IsNaN)
            {
                result = BigDecimal.NaN;
                return DecimalError.None;
            }
            result = x.IsNegative ^ y.IsNegative ? BigDecimal.NegativeInfinity : BigDecimal.PositiveInfinity;
            return x.IsZero || y.IsZero ? DecimalError.InvalidOperation : DecimalError.None;
        }
        var exponent = (long)x.Exponent + y.Exponent;
        if (!InRange(x, y, exponent))
        {
            result = BigDecimal.NaN;
            return DecimalError.ExponentOutOfRange;
        }
        if (x.IsZero || y.IsZero)
        {
            result = x.IsNegative ^ y.IsNegative ? BigDecimal.NegativeZero((int)exponent) : new BigDecimal(0, (int)exponent);
            return CheckRange(ref result);
        }
        if (x.TryGetSmallCoefficient(out var a) && y.TryGetSmallCoefficient(out var b)
            && a is <= int.MaxValue and > int.MinValue && b is <= int.MaxValue and > int.MinValue)
        {
            result = new BigDecimal(a * b, (int)exponent);
            return CheckRange(ref result);
        }
        return Round(x.Coefficient * y.Coefficient, exponent, out result);
    }

    /// <summary>
    /// <c>x / y</c>. An exact quotient has one zero after the point if it has no fraction: 10 / 5 is 2.0. CUE adds that
    /// zero to the shortest coefficient, hence 100 / 5 is 20 and 1000 / 10 is 1.0E+2.
    /// </summary>
    public static DecimalError Divide(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        result = BigDecimal.NaN;
        if (x.IsNaN || y.IsNaN)
            return DecimalError.None;
        if (x.IsInfinity && y.IsInfinity)
            return DecimalError.InvalidOperation;
        var negative = x.IsNegative ^ y.IsNegative;
        if (x.IsInfinity)
        {
            result = negative ? BigDecimal.NegativeInfinity : BigDecimal.PositiveInfinity;
            return DecimalError.None;
        }
        if (y.IsZero)
            return x.IsZero ? DecimalError.DivisionUndefined : DecimalError.DivisionByZero;
        if (x.IsZero || y.IsInfinity)
        {
            result = new BigDecimal(0, y.IsInfinity || x.Exponent < y.Exponent ? -1 : 0);
            return DecimalError.None;
        }
        if (Math.Abs((long)x.Exponent - y.Exponent) > BigDecimal.MaxExponent)
            return DecimalError.ExponentOutOfRange;
        var error = Quotient(x, y, Precision, out result);
        if (error != DecimalError.None)
            return error;
        result = result.Reduce();
        if (result.Exponent >= 0 && result.AdjustedExponent < Precision - 1)
            result = new BigDecimal(result.Coefficient * 10, result.Exponent - 1);
        return Math.Abs(result.AdjustedExponent) > BigDecimal.MaxExponent
            ? DecimalError.ExponentOutOfRange
            : DecimalError.None;
    }

    /// <summary>Euclidean division, CUE's <c>div</c> and <c>mod</c>: the remainder is never negative.</summary>
    public static DecimalError EuclideanDivide(BigInteger x, BigInteger y, out BigInteger quotient, out BigInteger remainder)
    {
        var error = TruncatedDivide(x, y, out quotient, out remainder);
        if (remainder.Sign < 0)
        {
            quotient -= y.Sign;
            remainder += BigInteger.Abs(y);
        }
        return error;
    }

    /// <summary>Truncated division, CUE's <c>quo</c> and <c>rem</c>: the remainder has the sign of the dividend.</summary>
    public static DecimalError TruncatedDivide(BigInteger x, BigInteger y, out BigInteger quotient, out BigInteger remainder)
    {
        quotient = remainder = default;
        if (y.IsZero)
            return DecimalError.DivisionByZero;
        quotient = BigInteger.DivRem(x, y, out remainder);
        return DecimalError.None;
    }

    /// <summary>
    /// True if <c>x / y</c>, to <see cref="Precision"/> digits, has no fraction: CUE's <c>math.MultipleOf</c>, which takes a
    /// fraction beyond those digits for none.
    /// </summary>
    /// <remarks>A zero <paramref name="y"/> is an error.</remarks>
    public static DecimalError IsMultipleOf(in BigDecimal x, in BigDecimal y, out bool result)
    {
        result = false;
        if (!x.IsFinite || !y.IsFinite)
            return DecimalError.InvalidOperation;
        if (y.IsZero)
            return x.IsZero ? DecimalError.DivisionUndefined : DecimalError.DivisionByZero;
        if (x.IsZero)
        {
            result = true;
            return DecimalError.None;
        }
        if (x.TryGetSmallCoefficient(out var a) && y.TryGetSmallCoefficient(out var b) && x.Exponent == y.Exponent && b != -1)
        {
            result = a % b == 0;
            return DecimalError.None;
        }
        var error = Quotient(x, y, Precision, out var quotient);
        if (Math.Abs((long)x.Exponent - y.Exponent) > BigDecimal.MaxExponent
            || Math.Abs(quotient.AdjustedExponent) > BigDecimal.MaxExponent)
        {
            error = DecimalError.ExponentOutOfRange;
        }
        result = error == DecimalError.None && quotient.IsInteger;
        return error;
    }

    /// <summary>
    /// Rounds to <see cref="Precision"/> digits, halves away from zero, and checks the exponent.
    /// </summary>
    public static DecimalError Round(BigInteger coefficient, long exponent, out BigDecimal result)
    {
        RoundDigits(ref coefficient, ref exponent, Precision);
        if (exponent is > BigDecimal.MaxExponent or < -2L * BigDecimal.MaxExponent)
        {
            result = BigDecimal.NaN;
            return DecimalError.ExponentOutOfRange;
        }
        result = new BigDecimal(coefficient, (int)exponent);
        return CheckRange(ref result);
    }

    /// <summary>Rounds to that many digits, halves away from zero.</summary>
    internal static void RoundDigits(ref BigInteger coefficient, ref long exponent, int precision)
    {
        var excess = PowersOfTen.DigitCount(coefficient) - precision;
        if (excess <= 0)
            return;
        var unit = PowersOfTen.Get(excess);
        var rounded = BigInteger.DivRem(BigInteger.Abs(coefficient), unit, out var rest);
        exponent += excess;
        if (rest * 2 >= unit)
        {
            rounded += 1;
            if (PowersOfTen.DigitCount(rounded) > precision)
            {
                rounded /= 10;
                exponent++;
            }
        }
        coefficient = coefficient.Sign < 0 ? -rounded : rounded;
    }

    /// <summary>The quotient of two finite values that are not zero, rounded to that many digits, not reduced.</summary>
    internal static DecimalError Quotient(in BigDecimal x, in BigDecimal y, int precision, out BigDecimal result)
    {
        // Two digits more than needed, and a last digit that tells "exact" from "a little more": enough to round from.
        var scale = Math.Max(0, precision + 2 - (x.DigitCount - y.DigitCount));
        var quotient = BigInteger.DivRem(x.Coefficient * PowersOfTen.Get(scale), y.Coefficient, out var rest);
        var exponent = (long)x.Exponent - y.Exponent - scale;
        if (!rest.IsZero)
        {
            quotient = quotient * 10 + x.Sign * y.Sign;
            exponent--;
        }
        RoundDigits(ref quotient, ref exponent, precision);
        if (exponent is > int.MaxValue or < int.MinValue)
        {
            result = BigDecimal.NaN;
            return DecimalError.ExponentOutOfRange;
        }
        result = new BigDecimal(quotient, (int)exponent);
        return DecimalError.None;
    }

    private static DecimalError AddSpecial(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        result = x.IsFinite ? y : x;
        if (x.IsNaN || y.IsNaN)
            result = BigDecimal.NaN;
        else if (x.IsInfinity && y.IsInfinity && x.Sign != y.Sign)
            return DecimalError.InvalidOperation;
        return DecimalError.None;
    }

    private static DecimalError AddAligned(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        // high: the operand with the larger exponent, to be written with the smaller one.
        var (high, low) = x.Exponent >= y.Exponent ? (x, y) : (y, x);
        var gap = (long)high.Exponent - low.Exponent;
        var highCoefficient = high.Coefficient;
        var lowCoefficient = low.Coefficient;
        var exponent = (long)low.Exponent;
        // The places between the digits of high and a low one far below can only round: two digits beyond the precision
        // and a last one for the sign of what was left out say all that the rounding asks.
        var room = Precision + 3 - high.DigitCount;
        var cut = gap - Math.Max(room, 0);
        if (!high.IsZero && cut > 1 && low.DigitCount < cut - 1)
        {
            exponent += cut;
            gap -= cut;
            lowCoefficient = low.Sign;
        }
        else if (high.IsZero)
        {
            highCoefficient = default;
            gap = 0;
        }
        var sum = highCoefficient * PowersOfTen.Get((int)gap) + lowCoefficient;
        return Round(sum, exponent, out result);
    }

    /// <summary>CUE refuses operands, and differences or sums of their exponents, whose last place is out of range.</summary>
    private static bool InRange(in BigDecimal x, in BigDecimal y, long exponent) =>
        Math.Abs(exponent) <= BigDecimal.MaxExponent
        && x.Exponent >= -BigDecimal.MaxExponent && y.Exponent >= -BigDecimal.MaxExponent;

    /// <summary>The exponent of a result: neither the value nor its last place may leave the range.</summary>
    private static DecimalError CheckRange(ref BigDecimal result)
    {
        var limit = BigDecimal.MaxExponent;
        if (result.Exponent >= -limit && (result.IsZero ? result.Exponent : result.AdjustedExponent) <= limit)
            return DecimalError.None;
        result = BigDecimal.NaN;
        return DecimalError.ExponentOutOfRange;
    }
}
