namespace DataMesh.Cue.Builtins.Mathematics;

/// <summary>Elementary and special functions of doubles that netstandard lacks.</summary>
internal static class RealFunctions
{
    private static readonly BigFloat Half = BigFloat.From(0.5);

    public static double Expm1(double x) => x switch
    {
        0 or double.PositiveInfinity => x,
        double.NaN => x,
        > 750 => double.PositiveInfinity,
        < -750 => -1,
        _ => BigFloat.From(x).ExpMinusOne().ToDouble(),
    };

    public static double Log1p(double x) => x switch
    {
        0 or double.PositiveInfinity => x,
        -1 => double.NegativeInfinity,
        < -1 or double.NaN => double.NaN,
        _ => (1 + BigFloat.From(x)).Ln().ToDouble(),
    };

    public static double Asinh(double x)
    {
        if (x == 0 || double.IsNaN(x) || double.IsInfinity(x))
            return x;
        BigFloat value = BigFloat.From(Math.Abs(x));
        double result = (value + ((value * value) + 1).Sqrt()).Ln().ToDouble();
        return x < 0 ? -result : result;
    }

    public static double Acosh(double x)
    {
        if (!(x >= 1) || double.IsPositiveInfinity(x))
            return x >= 1 ? x : double.NaN;
        BigFloat value = BigFloat.From(x);
        return (value + ((value * value) - 1).Sqrt()).Ln().ToDouble();
    }

    public static double Atanh(double x)
    {
        if (x is 0)
            return x;
        if (!(Math.Abs(x) <= 1))
            return double.NaN;
        if (Math.Abs(x) == 1)
            return x * double.PositiveInfinity;
        BigFloat value = BigFloat.From(x);
        return (((1 + value) / (1 - value)).Ln() * Half).ToDouble();
    }

    public static double Hypot(double x, double y)
    {
        if (double.IsInfinity(x) || double.IsInfinity(y))
            return double.PositiveInfinity;
        if (double.IsNaN(x) || double.IsNaN(y))
            return double.NaN;
        BigFloat a = BigFloat.From(x), b = BigFloat.From(y);
        return ((a * a) + (b * b)).Sqrt().ToDouble();
    }

    /// <summary>The binary exponent: x is between 1 and 2 times a power of two.</summary>
    public static double Logb(double x)
    {
        if (x == 0)
            return double.NegativeInfinity;
        if (double.IsInfinity(x))
            return double.PositiveInfinity;
        return double.IsNaN(x) ? x : Exponent(x);
    }

    public static long Ilogb(double x)
    {
        if (x == 0)
            return int.MinValue;
        return double.IsNaN(x) || double.IsInfinity(x) ? int.MaxValue : Exponent(x);
    }

    public static double Ldexp(double x, long power)
    {
        if (x == 0 || double.IsNaN(x) || double.IsInfinity(x))
            return x;
        return BigFloat.From(x).Scale(Math.Max(-10_000, Math.Min(10_000, power))).ToDouble();
    }

    public static double Erf(double x)
    {
        if (x == 0 || double.IsNaN(x))
            return x;
        if (Math.Abs(x) > 6)
            return Math.Sign(x);
        return ErrorFunction(BigFloat.From(x)).ToDouble();
    }

    public static double Erfc(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x < 5)
            return x < -7 ? 2 : (1 - ErrorFunction(BigFloat.From(x))).ToDouble();
        return x > 28 ? 0 : ComplementFraction(BigFloat.From(x)).ToDouble();
    }

    /// <summary>The x whose error function is <paramref name="y"/>.</summary>
    public static double Erfinv(double y)
    {
        if (!(Math.Abs(y) <= 1))
            return double.NaN;
        if (Math.Abs(y) == 1)
            return y * double.PositiveInfinity;
        return y == 0 ? y : InvertErrorFunction(BigFloat.From(y)).ToDouble();
    }

    public static double Erfcinv(double y)
    {
        if (!(y is >= 0 and <= 2))
            return double.NaN;
        if (y is 0 or 2)
            return y == 0 ? double.PositiveInfinity : double.NegativeInfinity;
        return y == 1 ? 0 : Erfinv(1 - y);
    }

    public static double Gamma(double x)
    {
        if (double.IsNaN(x) || double.IsPositiveInfinity(x))
            return x;
        if (double.IsNegativeInfinity(x) || (x < 0 && Math.Floor(x) == x))
            return double.NaN;
        if (x == 0)
            return BitConverter.DoubleToInt64Bits(x) < 0 ? double.NegativeInfinity : double.PositiveInfinity;
        if (x > 172)
            return double.PositiveInfinity;
        if (x < -190)
            return Math.Floor(x) % 2 == 0 ? 0 : -0.0;
        return GammaBySeries(BigFloat.From(x)).ToDouble();
    }

    private static int Exponent(double x)
    {
        (long mantissa, int exponent) = BinaryFloat.Decompose(x);
        for (; mantissa < 1L << BinaryFloat.MantissaBits64; mantissa <<= 1)
            exponent--;
        return exponent;
    }

    /// <summary>The Taylor series of 2/√π ∫ e^(-t²).</summary>
    private static BigFloat ErrorFunction(BigFloat x)
    {
        BigFloat square = x * x, term = x, sum = x;
        for (long n = 1; !term.IsNegligible(sum); n++)
        {
            term = -term * square / n;
            sum += term / ((2 * n) + 1);
        }

        return sum * 2 / BigFloat.Pi.Sqrt();
    }

    /// <summary>The continued fraction of the complement, for x of 5 and more.</summary>
    private static BigFloat ComplementFraction(BigFloat x)
    {
        BigFloat fraction = x;
        for (long n = 400; n > 0; n--)
            fraction = x + (Half * n / fraction);
        return (-(x * x)).Exp() / BigFloat.Pi.Sqrt() / fraction;
    }

    /// <summary>Newton's method, which doubles the right digits with each step.</summary>
    private static BigFloat InvertErrorFunction(BigFloat y)
    {
        // A first guess that is good to two digits.
        double rough = y.ToDouble(), log = (1 - (y * y)).Ln().ToDouble();
        double a = (2 / (Math.PI * 0.147)) + (log / 2);
        double guess = Math.Sign(rough) * Math.Sqrt(Math.Max(0, Math.Sqrt((a * a) - (log / 0.147)) - a));
        BigFloat x = BigFloat.From(guess == 0 ? rough * Math.Sqrt(Math.PI) / 2 : guess), scale = BigFloat.Pi.Sqrt() * Half;
        for (int i = 0; i < 12; i++)
        {
            BigFloat step = (ErrorFunction(x) - y) * scale * (x * x).Exp();
            x -= step;
            if (step.Sign == 0 || Math.Abs((step / x).ToDouble()) < 1e-40)
                break;
        }

        return x;
    }

    /// <summary>Γ(x) = ∫ t^(x-1) e^(-t) up to N, as a series; what is beyond N is too small to count.</summary>
    private static BigFloat GammaBySeries(BigFloat x)
    {
        // Recurrence brings x between 1 and 2.
        BigFloat factor = 1;
        for (; x > 2;)
        {
            x -= 1;
            factor *= x;
        }

        for (; x < 1;)
        {
            factor /= x;
            x += 1;
        }

        // Γ(x) ≈ N^x e^(-N) Σ N^k / (x (x+1) ... (x+k))
        const long limit = 120;
        BigFloat n = limit, term = 1 / x, sum = term;
        for (long k = 1; !term.IsNegligible(sum) || k < limit; k++)
        {
            term = term * n / (x + k);
            sum += term;
        }

        return factor * sum * ((x * n.Ln()) - n).Exp();
    }
}
