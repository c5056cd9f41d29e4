using System.Numerics;

namespace DataMesh.Cue.Numerics;

/// <summary>
/// Logarithms, powers and roots of decimals to <see cref="DecimalArithmetic.Precision"/> digits: those functions of CUE's
/// <c>math</c> that work on decimals. The others work on doubles.
/// </summary>
internal static class DecimalFunctions
{
    /// <summary>
    /// Binary places of intermediate results. 34 digits take 113; a logarithm of 1 ± 1e-41 loses 137 more to cancellation.
    /// </summary>
    private const int Bits = 384;

    /// <summary>Beyond this distance from 0 or 1, the first terms of a series are exact to the last digit.</summary>
    private const int SmallExponent = -41;

    /// <summary>Digits of the argument that can show in the result.</summary>
    private const int ArgumentDigits = 90;

    /// <summary>Digits carried through repeated multiplication, so that rounding does not reach the last one shown.</summary>
    private const int PowerDigits = 60;

    /// <summary>The exponents of e from which CUE has no result.</summary>
    private const int ExpLimit = 23_000;

    private static readonly BigInteger Unit = BigInteger.One << Bits;
    private static readonly BigInteger Ln2 = 2 * ArcTanh(Unit / 3);
    private static readonly BigInteger Ln10 = LnOfMantissa(new BigInteger(10) << Bits);

    /// <summary>The natural logarithm; -∞ for zero, an error below.</summary>
    public static DecimalError Ln(in BigDecimal x, out BigDecimal result) =>
        TryLnSpecial(x, out result, out var error) ? error : Finish(LnFixed(x), out result);

    /// <summary>The decimal logarithm; -∞ for zero, an error below.</summary>
    public static DecimalError Log10(in BigDecimal x, out BigDecimal result) => LogTo(x, Ln10, out result);

    /// <summary>The binary logarithm; -∞ for zero, an error below.</summary>
    /// <remarks>As in CUE it is the quotient of two rounded logarithms, so that the last digit can be off.</remarks>
    public static DecimalError Log2(in BigDecimal x, out BigDecimal result)
    {
        if (x == BigDecimal.One || TryLnSpecial(x, out _, out _))
            return LogTo(x, Ln2, out result);
        DecimalError error = Ln(x, out BigDecimal logarithm);
        result = logarithm;
        if (error != DecimalError.None)
            return error;
        Finish(Ln2, out BigDecimal two);
        return DecimalArithmetic.Quotient(logarithm, two, DecimalArithmetic.Precision, out result);
    }

    /// <summary>e to the power of <paramref name="x"/>; as in CUE, |x| is below 23000.</summary>
    public static DecimalError Exp(in BigDecimal x, out BigDecimal result)
    {
        result = x;
        if (x.IsNaN)
            return DecimalError.None;
        if (x.IsInfinity)
        {
            result = x.Sign < 0 ? BigDecimal.Zero : BigDecimal.PositiveInfinity;
            return DecimalError.None;
        }
        if (x.Abs() >= new BigDecimal(ExpLimit))
            return x.Sign < 0 ? DecimalError.Underflow : DecimalError.Overflow;
        return ExpFixed(ToFixed(x), out result);
    }

    /// <summary><paramref name="x"/> to the power of <paramref name="y"/>.</summary>
    /// <remarks>0^0 and a negative number to a power with a fraction are <see cref="DecimalError.InvalidOperation"/>.</remarks>
    public static DecimalError Pow(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        result = BigDecimal.NaN;
        if (x.IsNaN || y.IsNaN)
            return DecimalError.None;
        if (x.IsZero && y.IsZero)
            return DecimalError.InvalidOperation;
        if (!x.IsFinite || !y.IsFinite || x.IsZero)
            return PowSpecial(x, y, out result);
        if (x == BigDecimal.One || y.IsZero)
        {
            result = BigDecimal.One;
            return DecimalError.None;
        }
        if (y.IsInteger)
            return PowInteger(x, y, out result);
        if (x.Sign < 0)
            return DecimalError.InvalidOperation;
        // The exponent of the result is about y · log10 x; far out of range needs no digits.
        var logarithm = new BigDecimal(LnFixed(x) * PowersOfTen.Get(80) >> Bits, -80);
        if (logarithm.IsZero)
            logarithm = NearOne(x);
        if (logarithm.AdjustedExponent + y.AdjustedExponent > 6)
            return DecimalError.ExponentOutOfRange;
        var product = new BigDecimal(logarithm.Coefficient * y.Coefficient, logarithm.Exponent + y.Exponent);
        return ExpFixed(ToFixed(product), out result);
    }

    /// <summary>The cube root.</summary>
    public static DecimalError Cbrt(in BigDecimal x, out BigDecimal result)
    {
        result = x;
        if (!x.IsFinite || x.IsZero)
            return DecimalError.None;
        // Scaled so that the root has two digits more than are shown and the exponent is a multiple of three.
        var scale = Math.Max(0, 3 * (DecimalArithmetic.Precision + 2) - x.DigitCount);
        var exponent = (long)x.Exponent - scale;
        while (exponent % 3 != 0)
        {
            exponent--;
            scale++;
        }
        var radicand = BigInteger.Abs(x.Coefficient) * PowersOfTen.Get(scale);
        var root = CubeRoot(radicand);
        exponent /= 3;
        if (root * root * root != radicand)
        {
            root = root * 10 + 1;
            exponent--;
        }
        return DecimalArithmetic.Round(x.Sign < 0 ? -root : root, exponent, out result);
    }

    private static DecimalError PowSpecial(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        var odd = y.IsInteger && y.AdjustedExponent < BigDecimal.MaxExponent && !y.Truncate().IsEven;
        var negative = x.IsNegative && odd;
        // What grows without bound: a large base with a positive exponent, or a small one with a negative exponent.
        var large = y.IsInfinity ? x.Abs() > BigDecimal.One == y.Sign > 0 : x.IsInfinity == y.Sign > 0;
        if (y.IsInfinity && x.Abs() == BigDecimal.One)
            result = BigDecimal.One;
        else if (large)
            result = negative ? BigDecimal.NegativeInfinity : BigDecimal.PositiveInfinity;
        else
            result = negative ? BigDecimal.NegativeZero() : BigDecimal.Zero;
        return DecimalError.None;
    }

    private static DecimalError PowInteger(in BigDecimal x, in BigDecimal y, out BigDecimal result)
    {
        result = BigDecimal.NaN;
        // A larger power of anything but ±1 that is not next to 1 is far out of range; next to 1 CUE has no result either.
        if (y.AdjustedExponent > 17)
        {
            if (x.Abs() != BigDecimal.One)
                return DecimalError.ExponentOutOfRange;
            result = y.Exponent > 0 || y.Truncate().IsEven ? BigDecimal.One : x;
            return DecimalError.None;
        }
        var power = (long)BigInteger.Abs(y.Truncate());
        var coefficient = BigInteger.One;
        var exponent = 0L;
        var square = x.Coefficient;
        var squareExponent = (long)x.Exponent;
        DecimalArithmetic.RoundDigits(ref square, ref squareExponent, PowerDigits);
        while (true)
        {
            if ((power & 1) != 0)
            {
                coefficient *= square;
                exponent += squareExponent;
                DecimalArithmetic.RoundDigits(ref coefficient, ref exponent, PowerDigits);
            }
            power >>= 1;
            if (power == 0)
                break;
            square *= square;
            squareExponent *= 2;
            DecimalArithmetic.RoundDigits(ref square, ref squareExponent, PowerDigits);
            if (Math.Abs(squareExponent) > 4L * BigDecimal.MaxExponent)
                return DecimalError.ExponentOutOfRange;
        }
        if (y.Sign > 0)
            return DecimalArithmetic.Round(coefficient, exponent, out result);
        if (Math.Abs(exponent) > 4L * BigDecimal.MaxExponent)
            return DecimalError.ExponentOutOfRange;
        // A reciprocal is written with all its digits: 2^-1 is 0.5000000000000000000000000000000000.
        DecimalArithmetic.Quotient(BigDecimal.One, new BigDecimal(coefficient, (int)exponent), PowerDigits, out var reciprocal);
        var digits = Math.Max(0, DecimalArithmetic.Precision - reciprocal.DigitCount);
        return DecimalArithmetic.Round(
            reciprocal.Coefficient * PowersOfTen.Get(digits), (long)reciprocal.Exponent - digits, out result);
    }

    private static DecimalError LogTo(in BigDecimal x, BigInteger lnOfBase, out BigDecimal result)
    {
        if (TryLnSpecial(x, out result, out var error))
        {
            if (error != DecimalError.None || !result.IsFinite || result.IsZero)
                return error;
            // Next to 1: the logarithm is tiny, but its digits are exact.
            return DecimalArithmetic.Quotient(result, new BigDecimal(lnOfBase * PowersOfTen.Get(80) >> Bits, -80),
                DecimalArithmetic.Precision, out result);
        }
        return Finish((LnFixed(x) << Bits) / lnOfBase, out result);
    }

    /// <summary>The logarithms that need no series: true with a result or an error.</summary>
    private static bool TryLnSpecial(in BigDecimal x, out BigDecimal result, out DecimalError error)
    {
        result = BigDecimal.NaN;
        error = DecimalError.None;
        if (x.IsNaN)
            return true;
        if (x.IsZero)
        {
            result = BigDecimal.NegativeInfinity;
            return true;
        }
        if (x.IsNegative)
        {
            error = DecimalError.InvalidOperation;
            return true;
        }
        if (x.IsInfinity)
        {
            result = x;
            return true;
        }
        if (x == BigDecimal.One)
        {
            result = BigDecimal.Zero;
            return true;
        }
        result = NearOne(x);
        if (result.IsZero)
            return false;
        error = DecimalArithmetic.Round(result.Coefficient, result.Exponent, out result);
        return true;
    }

    /// <summary>ln(1 + d) ≈ d - d²/2 for a d so small that further terms cannot show; 0 for others.</summary>
    private static BigDecimal NearOne(in BigDecimal x)
    {
        if (x.Exponent >= SmallExponent || x.AdjustedExponent is not (0 or -1))
            return BigDecimal.Zero;
        var distance = new BigDecimal(x.Coefficient - PowersOfTen.Get(-x.Exponent), x.Exponent);
        if (distance.AdjustedExponent >= SmallExponent)
            return BigDecimal.Zero;
        var d = distance.Coefficient;
        long exponent = distance.Exponent;
        DecimalArithmetic.RoundDigits(ref d, ref exponent, ArgumentDigits);
        // d·10^e - d²·10^2e/2 with the common exponent 2e: d·10^-e would be long; two more digits are enough to round.
        return new BigDecimal(d * PowersOfTen.Get(ArgumentDigits) - d.Sign, (int)exponent - ArgumentDigits);
    }

    private static BigInteger LnFixed(in BigDecimal x)
    {
        var coefficient = x.Coefficient;
        var exponent = (long)x.Exponent;
        DecimalArithmetic.RoundDigits(ref coefficient, ref exponent, ArgumentDigits);
        var digits = PowersOfTen.DigitCount(coefficient) - 1;
        return LnOfMantissa((coefficient << Bits) / PowersOfTen.Get(digits)) + (exponent + digits) * Ln10;
    }

    /// <summary>ln of a fixed-point number from 1 to 10, by halving and 2·artanh((m - 1) / (m + 1)).</summary>
    private static BigInteger LnOfMantissa(BigInteger mantissa)
    {
        var halvings = 0;
        while (mantissa * 2 > Unit * 3)
        {
            mantissa >>= 1;
            halvings++;
        }
        return 2 * ArcTanh(((mantissa - Unit) << Bits) / (mantissa + Unit)) + halvings * Ln2;
    }

    private static BigInteger ArcTanh(BigInteger z)
    {
        var square = (z * z) >> Bits;
        var sum = z;
        var power = z;
        for (var n = 3; ; n += 2)
        {
            power = (power * square) >> Bits;
            var term = power / n;
            if (BigInteger.Abs(term) <= 1)
                return sum;
            sum += term;
        }
    }

    /// <summary>e^x = 10^k · e^r with r below ln 10, by the Taylor series of r / 2^16 and squaring.</summary>
    private static DecimalError ExpFixed(BigInteger x, out BigDecimal result)
    {
        const int Squarings = 16;
        var k = BigInteger.DivRem(x, Ln10, out var rest);
        var r = rest >> Squarings;
        var term = Unit;
        var sum = Unit;
        for (var n = 1; BigInteger.Abs(term) > 1; n++)
        {
            term = ((term * r) >> Bits) / n;
            sum += term;
        }
        for (var i = 0; i < Squarings; i++)
            sum = (sum * sum) >> Bits;
        return DecimalArithmetic.Round(sum * PowersOfTen.Get(60) >> Bits, (long)k - 60, out result);
    }

    /// <summary>A decimal of moderate size in binary fixed point.</summary>
    private static BigInteger ToFixed(in BigDecimal x)
    {
        // What is below the last binary place, and far above the first digits asked for, does not show.
        if (x.AdjustedExponent < -120)
            return default;
        var coefficient = x.Coefficient;
        var exponent = (long)x.Exponent;
        DecimalArithmetic.RoundDigits(ref coefficient, ref exponent, 2 * ArgumentDigits);
        return exponent >= 0
            ? (coefficient * PowersOfTen.Get((int)exponent)) << Bits
            : (coefficient << Bits) / PowersOfTen.Get((int)-exponent);
    }

    private static DecimalError Finish(BigInteger value, out BigDecimal result) =>
        DecimalArithmetic.Round(value * PowersOfTen.Get(100) >> Bits, -100, out result);

    /// <summary>The largest integer whose cube is not above the value, by Newton's method from above.</summary>
    private static BigInteger CubeRoot(BigInteger value)
    {
        var root = PowersOfTen.Get((PowersOfTen.DigitCount(value) + 2) / 3);
        while (true)
        {
            var next = (2 * root + value / (root * root)) / 3;
            if (next >= root)
                return root;
            root = next;
        }
    }
}
