using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataMesh.Cue.Numerics;

/// <summary>Powers of ten and what follows from them: counting, trimming, reading and writing decimal digits.</summary>
internal static class PowersOfTen
{
    /// <summary>The digits below which the framework's own conversions, quadratic in some versions, are quick enough.</summary>
    private const int ChunkDigits = 1000;

    private static readonly BigInteger[] Cached = CreateCached(128);

    private static readonly long[] Longs = CreateLongs();

    /// <summary>10^<paramref name="exponent"/>.</summary>
    public static BigInteger Get(int exponent) =>
        exponent < Cached.Length ? Cached[exponent] : BigInteger.Pow(10, exponent);

    /// <summary>10^<paramref name="exponent"/> for exponents from 0 to 18.</summary>
    public static long GetLong(int exponent) => Longs[exponent];

    /// <summary>The number of decimal digits of the magnitude; 1 for zero.</summary>
    public static int DigitCount(long value)
    {
        // long.MinValue has no positive counterpart but as many digits as its neighbour.
        var magnitude = value == long.MinValue ? long.MaxValue : Math.Abs(value);
        var digits = 1;
        while (digits < Longs.Length && magnitude >= Longs[digits])
            digits++;
        return digits;
    }

    /// <summary>The number of decimal digits of the magnitude; 1 for zero.</summary>
    public static int DigitCount(BigInteger value)
    {
        if (value.IsZero)
            return 1;
        var magnitude = BigInteger.Abs(value);
        // The logarithm is off by rounding next to a power of ten only; the comparisons settle it.
        var estimate = Math.Max(0, (int)BigInteger.Log10(magnitude) - 1);
        var power = Get(estimate);
        while (magnitude >= power)
        {
            power *= 10;
            estimate++;
        }
        return estimate;
    }

    /// <summary>Divides by the largest power of ten that leaves no remainder. The value is not zero.</summary>
    public static BigInteger TrimZeros(BigInteger value, out int zeros)
    {
        zeros = 0;
        // Halving steps: each power is tried once on the way up and once on the way down.
        var step = 1;
        while (true)
        {
            var quotient = BigInteger.DivRem(value, Get(step), out var remainder);
            if (!remainder.IsZero)
                break;
            value = quotient;
            zeros += step;
            step *= 2;
        }
        while (step > 1)
        {
            step /= 2;
            var quotient = BigInteger.DivRem(value, Get(step), out var remainder);
            if (!remainder.IsZero)
                continue;
            value = quotient;
            zeros += step;
        }
        return value;
    }

    /// <summary>Reads ASCII digits, nothing else. Splits long texts in halves, to stay below quadratic time.</summary>
    public static BigInteger ParseDigits(string digits) => ParseDigits(digits, 0, digits.Length);

    /// <summary>Writes the digits of a value that is not negative.</summary>
    public static string ToDigits(BigInteger value)
    {
        var count = DigitCount(value);
        if (count <= ChunkDigits)
            return value.ToString(CultureInfo.InvariantCulture);
        var builder = new StringBuilder(count);
        AppendDigits(builder, value, count);
        return builder.ToString();
    }

    private static void AppendDigits(StringBuilder builder, BigInteger value, int width)
    {
        if (width <= ChunkDigits)
        {
            var text = value.ToString(CultureInfo.InvariantCulture);
            builder.Append('0', width - text.Length).Append(text);
            return;
        }
        var low = width / 2;
        var high = BigInteger.DivRem(value, Get(low), out var rest);
        AppendDigits(builder, high, width - low);
        AppendDigits(builder, rest, low);
    }

    private static BigInteger ParseDigits(string digits, int start, int length)
    {
        if (length <= ChunkDigits)
            return BigInteger.Parse(digits.Substring(start, length), NumberStyles.None, CultureInfo.InvariantCulture);
        var low = length / 2;
        var high = ParseDigits(digits, start, length - low);
        return high * Get(low) + ParseDigits(digits, start + length - low, low);
    }

    private static BigInteger[] CreateCached(int count)
    {
        var powers = new BigInteger[count];
        powers[0] = BigInteger.One;
        for (var i = 1; i < count; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }

    private static long[] CreateLongs()
    {
        var powers = new long[19];
        powers[0] = 1;
        for (var i = 1; i < powers.Length; i++)
            powers[i] = powers[i - 1] * 10;
        return powers;
    }
}
