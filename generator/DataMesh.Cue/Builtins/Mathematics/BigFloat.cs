using System.Numerics;

namespace DataMesh.Cue.Builtins.Mathematics;

/// <summary>
/// A binary number of some 640 bits and any exponent. The functions that .NET lacks are computed in it, so that the
/// double they are rounded to is right in its last place whatever cancels on the way.
/// </summary>
internal readonly struct BigFloat
{
    private const int Precision = 640;

    private readonly BigInteger _mantissa;
    private readonly long _exponent;

    private BigFloat(BigInteger mantissa, long exponent)
    {
        int excess = BinaryFloat.BitLength(mantissa) - Precision;
        _mantissa = excess > 0 ? mantissa >> excess : mantissa;
        _exponent = excess > 0 ? exponent + excess : exponent;
    }

    public static BigFloat Pi { get; } = ComputePi();

    public static BigFloat Ln2 { get; } = ComputeLn2();

    public int Sign => _mantissa.Sign;

    public static implicit operator BigFloat(long value) => new(value, 0);

    public static BigFloat From(double value)
    {
        if (value == 0)
            return 0;
        (long mantissa, int exponent) = BinaryFloat.Decompose(Math.Abs(value));
        return new(value < 0 ? -mantissa : mantissa, exponent - BinaryFloat.MantissaBits64);
    }

    public double ToDouble()
    {
        double magnitude = BinaryFloat.Compose(BigInteger.Abs(_mantissa), _exponent);
        return Sign < 0 ? -magnitude : magnitude;
    }

    public static BigFloat operator -(BigFloat x) => new(-x._mantissa, x._exponent);

    public static BigFloat operator +(BigFloat x, BigFloat y)
    {
        if (x.Sign == 0)
            return y;
        if (y.Sign == 0)
            return x;
        if (x._exponent < y._exponent)
            (x, y) = (y, x);
        long shift = x._exponent - y._exponent;
        // What lies far below the last bit does not count.
        if (shift > 3 * Precision)
            return x;
        return new((x._mantissa << (int)shift) + y._mantissa, y._exponent);
    }

    public static BigFloat operator -(BigFloat x, BigFloat y) => x + -y;

    public static BigFloat operator *(BigFloat x, BigFloat y) => new(x._mantissa * y._mantissa, x._exponent + y._exponent);

    public static BigFloat operator /(BigFloat x, BigFloat y)
    {
        int shift = Math.Max(0, Precision + 2 + BinaryFloat.BitLength(y._mantissa) - BinaryFloat.BitLength(x._mantissa));
        return new((x._mantissa << shift) / y._mantissa, x._exponent - shift - y._exponent);
    }

    public static bool operator <(BigFloat x, BigFloat y) => (x - y).Sign < 0;

    public static bool operator >(BigFloat x, BigFloat y) => (x - y).Sign > 0;

    public BigFloat Abs() => Sign < 0 ? -this : this;

    /// <summary>Whether adding this to <paramref name="sum"/> changes nothing that counts.</summary>
    public bool IsNegligible(BigFloat sum) => Sign == 0 || (sum.Sign != 0 && Magnitude < sum.Magnitude - Precision);

    public BigFloat Scale(long powerOfTwo) => new(_mantissa, _exponent + powerOfTwo);

    public BigFloat Sqrt()
    {
        if (Sign <= 0)
            return 0;
        int shift = Math.Max(0, (2 * Precision) - BinaryFloat.BitLength(_mantissa));
        if (((_exponent - shift) & 1) != 0)
            shift++;
        BigInteger square = _mantissa << shift, root = BigInteger.One << ((BinaryFloat.BitLength(square) + 1) / 2);
        while (true)
        {
            BigInteger next = (root + (square / root)) >> 1;
            if (next >= root)
                return new(root, (_exponent - shift) / 2);
            root = next;
        }
    }

    public BigFloat Exp()
    {
        BigInteger multiple = (this / Ln2).Round();
        BigFloat reduced = (this - (new BigFloat(multiple, 0) * Ln2)).Scale(-16), term = 1, sum = 1;
        for (int n = 1; !term.IsNegligible(sum); n++)
        {
            term = term * reduced / n;
            sum += term;
        }

        for (int i = 0; i < 16; i++)
            sum *= sum;
        return sum.Scale((long)multiple);
    }

    /// <summary>e^x - 1, also where x is close to 0.</summary>
    public BigFloat ExpMinusOne()
    {
        if (Magnitude > -20)
            return Exp() - 1;
        BigFloat term = this, sum = this;
        for (int n = 2; !term.IsNegligible(sum); n++)
        {
            term = term * this / n;
            sum += term;
        }

        return sum;
    }

    /// <summary>The natural logarithm of a positive number.</summary>
    public BigFloat Ln()
    {
        long magnitude = Magnitude;
        BigFloat reduced = Scale(-magnitude);
        // Close to 1 the number itself may be the sum of a small difference.
        if (magnitude is 0 or 1)
            return LnNearOne(this);
        return LnNearOne(reduced) + (new BigFloat(magnitude, 0) * Ln2);
    }

    public BigInteger Round()
    {
        if (_exponent >= 0)
            return _mantissa << (int)Math.Min(_exponent, int.MaxValue);
        if (-_exponent > 4L * Precision)
            return BigInteger.Zero;
        int shift = (int)-_exponent;
        return (_mantissa + (BigInteger.One << (shift - 1))) >> shift;
    }

    public (BigFloat Sine, BigFloat Cosine) SineAndCosine()
    {
        BigFloat turn = Pi.Scale(1);
        BigFloat reduced = (this - (new BigFloat((this / turn).Round(), 0) * turn)).Scale(-8);
        BigFloat square = -(reduced * reduced), term = 1, cosine = 1;
        for (int n = 2; !term.IsNegligible(cosine); n += 2)
        {
            term = term * square / ((n - 1L) * n);
            cosine += term;
        }

        BigFloat sine = reduced;
        term = reduced;
        for (int n = 3; !term.IsNegligible(sine); n += 2)
        {
            term = term * square / ((n - 1L) * n);
            sine += term;
        }

        for (int i = 0; i < 8; i++)
            (sine, cosine) = ((sine * cosine).Scale(1), (cosine * cosine) - (sine * sine));
        return (sine, cosine);
    }

    /// <summary>The exponent of the power of two above the number.</summary>
    private long Magnitude => _exponent + BinaryFloat.BitLength(_mantissa);

    /// <summary>2 * artanh((x-1)/(x+1)), after two square roots have brought x closer to 1.</summary>
    private static BigFloat LnNearOne(BigFloat x)
    {
        int halvings = 0;
        for (; (x - 1).Sign != 0 && (x - 1).Magnitude > -8; halvings++)
            x = x.Sqrt();
        BigFloat ratio = (x - 1) / (x + 1), square = ratio * ratio, power = ratio, sum = ratio;
        for (int n = 3; !power.IsNegligible(sum); n += 2)
        {
            power *= square;
            sum += power / n;
        }

        return sum.Scale(halvings + 1);
    }

    private static BigFloat ComputeLn2()
    {
        // 2 * artanh(1/3)
        BigFloat power = (BigFloat)1 / 3, sum = power;
        for (int n = 3; !power.IsNegligible(sum); n += 2)
        {
            power /= 9;
            sum += power / n;
        }

        return sum.Scale(1);
    }

    /// <summary>By Machin's formula.</summary>
    private static BigFloat ComputePi()
    {
        static BigFloat ArcTangentOfInverse(long n)
        {
            BigFloat power = (BigFloat)1 / n, sum = power;
            for (long k = 3; !power.IsNegligible(sum); k += 2)
            {
                power = -power / (n * n);
                sum += power / k;
            }

            return sum;
        }

        return (ArcTangentOfInverse(5) * 16) - (ArcTangentOfInverse(239) * 4);
    }
}
