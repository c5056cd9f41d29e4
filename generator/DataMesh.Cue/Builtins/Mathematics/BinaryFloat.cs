using System.Numerics;

namespace DataMesh.Cue.Builtins.Mathematics;

/// <summary>The parts of binary floating-point numbers (IEEE 754).</summary>
internal static class BinaryFloat
{
    public const int MantissaBits64 = 52;
    public const int MantissaBits32 = 23;
    private const int Bias64 = -1023;
    private const int Bias32 = -127;

    /// <summary>A finite number's mantissa, its leading bit included, and exponent: mantissa / 2^52 * 2^exponent (2^23 for singles).</summary>
    public static (long Mantissa, int Exponent) Decompose(double number, bool isSingle = false)
    {
        if (isSingle)
        {
            int single = BitConverter.ToInt32(BitConverter.GetBytes((float)number), 0);
            int field = (single >> MantissaBits32) & 0xFF, fraction = single & ((1 << MantissaBits32) - 1);
            return field == 0 ? (fraction, Bias32 + 1) : (fraction | (1 << MantissaBits32), field + Bias32);
        }

        long bits = BitConverter.DoubleToInt64Bits(number);
        int exponent = (int)((bits >> MantissaBits64) & 0x7FF);
        long mantissa = bits & ((1L << MantissaBits64) - 1);
        return exponent == 0 ? (mantissa, Bias64 + 1) : (mantissa | (1L << MantissaBits64), exponent + Bias64);
    }

    /// <summary>mantissa * 2^exponent for a mantissa that is not negative, rounded to even.</summary>
    public static double Compose(BigInteger mantissa, long exponent)
    {
        if (mantissa.IsZero)
            return 0;
        int bits = BitLength(mantissa);
        if (bits + exponent > 1100)
            return double.PositiveInfinity;
        if (bits + exponent < -1100)
            return 0;
        // Below the normal range fewer bits remain.
        int keep = Math.Min(53, (int)(bits + exponent + 1074));
        if (keep <= 0)
            return keep == 0 && mantissa > BigInteger.One << (bits - 1) ? double.Epsilon : 0;
        if (bits > keep)
        {
            int drop = bits - keep;
            BigInteger rest = mantissa & ((BigInteger.One << drop) - 1), half = BigInteger.One << (drop - 1);
            mantissa >>= drop;
            exponent += drop;
            if (rest > half || (rest == half && !mantissa.IsEven))
                mantissa += 1;
        }

        double value = (double)(long)mantissa;
        for (; exponent > 0 && !double.IsInfinity(value); exponent = Math.Max(0, exponent - 1000))
            value *= Math.Pow(2, Math.Min(exponent, 1000));
        for (; exponent < 0; exponent = Math.Min(0, exponent + 1000))
            value *= Math.Pow(2, Math.Max(exponent, -1000));
        return value;
    }

    public static int BitLength(BigInteger value)
    {
        byte[] bytes = BigInteger.Abs(value).ToByteArray();
        int last = bytes.Length - 1;
        while (last >= 0 && bytes[last] == 0)
            last--;
        if (last < 0)
            return 0;
        int bits = last * 8;
        for (int top = bytes[last]; top != 0; top >>= 1)
            bits++;
        return bits;
    }
}
