namespace DataMesh.Cue.Builtins.Mathematics;

/// <summary>Bessel functions of integer order, of the first (J) and second (Y) kind.</summary>
internal static class BesselFunctions
{
    /// <summary>Up to here the power series is used, whose terms grow as e^x before they fall.</summary>
    private const double SeriesLimit = 150;

    /// <summary>From here on there are not digits enough of π to tell the phase by.</summary>
    private const double PhaseLimit = 1e60;

    /// <summary>A larger order of a smaller argument is 0 (J) or infinite (Y) as a double.</summary>
    private const long OrderLimit = 20_000;

    /// <summary>Euler's constant.</summary>
    private static readonly BigFloat EulerGamma = Digits(
        "577215664901532860606512090082402431042159335939923598805767234884867726777664670936947063291746749514631447249807082480960504014486542836224173997644923536253500333742937337737673942792595258247094916008735203948165670853233151776611528621199501507984793745085705740029921354786146694029604325421519");

    public static double J(long order, double x)
    {
        if (double.IsNaN(x))
            return x;
        if (double.IsInfinity(x))
            return 0;
        int sign = 1;
        if (order < 0)
        {
            order = -order;
            sign = order % 2 == 0 ? 1 : -1;
        }

        if (x < 0)
        {
            x = -x;
            sign *= order % 2 == 0 ? 1 : -1;
        }

        if (x == 0)
            return order == 0 ? 1 : 0;
        if (order > OrderLimit)
            return order > x * 2 ? 0 : double.NaN;
        double result = x <= SeriesLimit ? Series(order, BigFloat.From(x)).ToDouble() : JOfLarge(order, x);
        return sign * result;
    }

    public static double Y(long order, double x)
    {
        if (double.IsNaN(x) || x < 0)
            return double.NaN;
        if (double.IsPositiveInfinity(x))
            return 0;
        int sign = 1;
        if (order < 0)
        {
            order = -order;
            sign = order % 2 == 0 ? 1 : -1;
        }

        if (x == 0)
            return sign * double.NegativeInfinity;
        if (order > OrderLimit)
            return order > x * 2 ? sign * double.NegativeInfinity : double.NaN;
        BigFloat value = BigFloat.From(x);
        (BigFloat y0, BigFloat y1) = x <= SeriesLimit ? YSeries(value) : (Asymptotic(0, x).Y, Asymptotic(1, x).Y);
        if (order == 0)
            return sign * y0.ToDouble();
        // Forward recurrence is stable for the second kind.
        for (long n = 1; n < order; n++)
            (y0, y1) = (y1, (y1 * (2 * n) / value) - y0);
        return sign * y1.ToDouble();
    }

    private static double JOfLarge(long order, double x)
    {
        BigFloat value = BigFloat.From(x);
        BigFloat j0 = Asymptotic(0, x).J, j1 = Asymptotic(1, x).J;
        if (order == 0)
            return j0.ToDouble();
        if (order <= x)
        {
            for (long n = 1; n < order; n++)
                (j0, j1) = (j1, (j1 * (2 * n) / value) - j0);
            return j1.ToDouble();
        }

        // Above the argument only backward recurrence is stable; its scale comes from order 0.
        BigFloat after = 0, current = BigFloat.From(1e-300), wanted = 0;
        for (long n = order + 400; n > 0; n--)
        {
            (after, current) = (current, (current * (2 * n) / value) - after);
            if (n - 1 == order)
                wanted = current;
        }

        return (wanted * j0 / current).ToDouble();
    }

    /// <summary>Σ (-1)^k (x/2)^(2k+n) / (k! (k+n)!)</summary>
    private static BigFloat Series(long order, BigFloat x)
    {
        BigFloat half = x.Scale(-1), square = -(half * half), term = 1;
        for (long n = 1; n <= order; n++)
            term = term * half / n;
        BigFloat sum = term;
        for (long k = 1; !term.IsNegligible(sum); k++)
        {
            term = term * square / (k * (k + order));
            sum += term;
        }

        return sum;
    }

    private static (BigFloat Y0, BigFloat Y1) YSeries(BigFloat x)
    {
        BigFloat half = x.Scale(-1), square = -(half * half), logarithm = half.Ln() + EulerGamma;
        // Y0 = 2/π ((ln(x/2)+γ) J0 - Σ H_k (-x²/4)^k / k!²)
        BigFloat term = 1, harmonic = 0, sum0 = 0;
        // Y1 = -2/(πx) + 2/π (ln(x/2)+γ) J1 - 1/π Σ (H_k + H_(k+1)) (-1)^k (x/2)^(2k+1) / (k! (k+1)!)
        BigFloat term1 = half, sum1 = half;
        for (long k = 1; k < 4 || !term.IsNegligible(sum0) || !term1.IsNegligible(sum1); k++)
        {
            harmonic += (BigFloat)1 / k;
            term = term * square / (k * k);
            sum0 += term * harmonic;
            term1 = term1 * square / (k * (k + 1));
            sum1 += term1 * ((harmonic * 2) + ((BigFloat)1 / (k + 1)));
        }

        BigFloat y0 = ((logarithm * Series(0, x)) - sum0) * 2 / BigFloat.Pi;
        BigFloat y1 = (((logarithm * Series(1, x)) - ((BigFloat)1 / x)) * 2 / BigFloat.Pi) - (sum1 / BigFloat.Pi);
        return (y0, y1);
    }

    /// <summary>Hankel's expansion for large arguments, of order 0 or 1.</summary>
    private static (BigFloat J, BigFloat Y) Asymptotic(int order, double argument)
    {
        BigFloat x = BigFloat.From(argument);
        BigFloat p = 0, q = 0, term = 1;
        long mu = 4 * order * order;
        for (long k = 0; k < 120; k++)
        {
            BigFloat signed = k / 2 % 2 == 0 ? term : -term;
            if (k % 2 == 0)
                p += signed;
            else
                q += signed;
            long odd = (2 * k) + 1;
            BigFloat next = term * (mu - (odd * odd)) / (8 * (k + 1)) / x;
            if (next.Sign == 0 || (k > 2 && next.Abs() > term.Abs()))
                break;
            term = next;
        }

        (BigFloat sine, BigFloat cosine) = argument < PhaseLimit
            ? (x - (BigFloat.Pi * ((2 * order) + 1)).Scale(-2)).SineAndCosine()
            : Turn(order, Math.Sin(argument), Math.Cos(argument));
        BigFloat scale = (2 / (BigFloat.Pi * x)).Sqrt();
        return (scale * ((p * cosine) - (q * sine)), scale * ((p * sine) + (q * cosine)));
    }

    /// <summary>Sine and cosine of an angle less π/4 (order 0) or 3π/4 (order 1).</summary>
    private static (BigFloat Sine, BigFloat Cosine) Turn(int order, double sine, double cosine)
    {
        double difference = (sine - cosine) * Math.Sqrt(0.5), sum = (sine + cosine) * Math.Sqrt(0.5);
        return order == 0 ? (BigFloat.From(difference), BigFloat.From(sum)) : (BigFloat.From(-sum), BigFloat.From(difference));
    }

    private static BigFloat Digits(string fraction)
    {
        BigFloat value = 0;
        for (int i = fraction.Length - 1; i >= 0; i--)
            value = (value + (fraction[i] - '0')) / 10;
        return value;
    }
}
