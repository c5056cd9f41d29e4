using System.Globalization;
using System.Numerics;

namespace DataMesh.Cue.Numerics;

internal readonly partial struct BigDecimal
{
    /// <summary>
    /// The value as an integer, when it has no fraction: 1.0 and 1E+2 count. An exponent as large as
    /// <see cref="MaxExponent"/> is written out, so ask for integers only where that many digits are wanted.
    /// </summary>
    public bool TryToBigInteger(out BigInteger value)
    {
        value = default;
        if (!IsInteger)
            return false;
        value = Truncate();
        return true;
    }

    /// <summary>The value as a <see cref="long"/>, when it has no fraction and fits. Never expands an exponent.</summary>
    public bool TryToInt64(out long value)
    {
        value = 0;
        if (_exponent == 0 && _large is null)
        {
            value = _small;
            return IsFinite;
        }
        if (!IsFinite || (!IsZero && AdjustedExponent > 18) || !TryToBigInteger(out var integer)
            || integer < long.MinValue || integer > long.MaxValue)
        {
            return false;
        }
        value = (long)integer;
        return true;
    }

    /// <summary>The value as a <see cref="ulong"/>, when it has no fraction and fits. Never expands an exponent.</summary>
    public bool TryToUInt64(out ulong value)
    {
        value = 0;
        if (!IsFinite || (!IsZero && AdjustedExponent > 19) || !TryToBigInteger(out var integer)
            || integer.Sign < 0 || integer > ulong.MaxValue)
        {
            return false;
        }
        value = (ulong)integer;
        return true;
    }

    /// <summary>The integer part: the fraction is cut off. 0 for NaN and the infinities.</summary>
    public BigInteger Truncate()
    {
        if (!IsFinite || IsZero)
            return default;
        if (_exponent >= 0)
            return Coefficient * PowersOfTen.Get(_exponent);
        return AdjustedExponent < 0 ? default : Coefficient / PowersOfTen.Get(-_exponent);
    }

    /// <summary>The largest integer that is not above the value.</summary>
    public BigInteger Floor()
    {
        var integer = Truncate();
        return Sign < 0 && !IsInteger ? integer - 1 : integer;
    }

    /// <summary>The smallest integer that is not below the value.</summary>
    public BigInteger Ceiling()
    {
        var integer = Truncate();
        return Sign > 0 && !IsInteger ? integer + 1 : integer;
    }

    /// <summary>The nearest integer; halves go away from zero, or to the even neighbour.</summary>
    public BigInteger Round(bool halfToEven)
    {
        if (!IsFinite || AdjustedExponent < -1)
            return default;
        if (_exponent >= 0)
            return Truncate();
        var unit = PowersOfTen.Get(-_exponent);
        var integer = BigInteger.DivRem(BigInteger.Abs(Coefficient), unit, out var rest);
        var half = (rest * 2).CompareTo(unit);
        if (half > 0 || (half == 0 && (!halfToEven || !integer.IsEven)))
            integer += 1;
        return Sign < 0 ? -integer : integer;
    }

    /// <summary>The nearest double; halves go to even, and values too large to the infinities.</summary>
    public double ToDouble()
    {
        switch (_form)
        {
            case Form.NaN: return double.NaN;
            case Form.PositiveInfinity: return double.PositiveInfinity;
            case Form.NegativeInfinity: return double.NegativeInfinity;
            case Form.NegativeZero: return -0.0;
        }
        // Old frameworks report an overflow where new ones return infinity.
        if (double.TryParse(ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value))
            return value;
        return Sign < 0 ? double.NegativeInfinity : double.PositiveInfinity;
    }

    /// <summary>The shortest decimal that reads back as the same double, without trailing zeros.</summary>
    public static BigDecimal FromDouble(double value)
    {
        if (double.IsNaN(value))
            return NaN;
        if (double.IsInfinity(value))
            return value > 0 ? PositiveInfinity : NegativeInfinity;
        if (value == 0)
            return BitConverter.DoubleToInt64Bits(value) < 0 ? NegativeZero() : default;
        return Parse(ShortestText(value)).Reduce();
    }

    private static string ShortestText(double value)
    {
#if NETSTANDARD2_0
        // "R" is neither shortest nor exact on old frameworks: take the first precision that reads back.
        for (var digits = 15; digits < 17; digits++)
        {
            var text = value.ToString("E" + (digits - 1).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
            if (double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture).Equals(value))
                return text;
        }
        return value.ToString("E16", CultureInfo.InvariantCulture);
#else
        return value.ToString("R", CultureInfo.InvariantCulture);
#endif
    }
}
