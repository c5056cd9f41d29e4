using System.Numerics;

namespace DataMesh.Cue.Numerics;

/// <summary>
/// A decimal number of any size: <c>coefficient × 10^exponent</c>, as the General Decimal Arithmetic Specification has it.
/// Trailing zeros are kept (<c>1.50</c> is not written <c>1.5</c>) but do not matter to equality and order. NaN, the two
/// infinities and negative zero are values too. A coefficient that fits a <see cref="long"/> costs no allocation.
/// </summary>
/// <remarks>
/// Order is total, as CUE compares: NaN is equal to itself and below everything else, -0 equals 0.
/// </remarks>
internal readonly partial struct BigDecimal : IEquatable<BigDecimal>, IComparable<BigDecimal>
{
    private enum Form : byte
    {
        Finite,
        NegativeZero,
        NaN,
        PositiveInfinity,
        NegativeInfinity,
    }

    private readonly long _small;
    private readonly LargeCoefficient? _large;
    private readonly int _exponent;
    private readonly Form _form;

    private BigDecimal(long small, LargeCoefficient? large, int exponent, Form form)
    {
        _small = small;
        _large = large;
        _exponent = exponent;
        _form = form;
    }

    /// <summary><c>coefficient × 10^exponent</c>.</summary>
    public BigDecimal(long coefficient, int exponent = 0)
        : this(coefficient, null, exponent, Form.Finite)
    {
    }

    /// <summary><c>coefficient × 10^exponent</c>.</summary>
    public BigDecimal(BigInteger coefficient, int exponent = 0)
    {
        if (coefficient >= long.MinValue && coefficient <= long.MaxValue)
            _small = (long)coefficient;
        else
            _large = new LargeCoefficient(coefficient);
        _exponent = exponent;
    }

    public static BigDecimal Zero => default;

    public static BigDecimal One => new(1);

    public static BigDecimal NaN => new(0, null, 0, Form.NaN);

    public static BigDecimal PositiveInfinity => new(0, null, 0, Form.PositiveInfinity);

    public static BigDecimal NegativeInfinity => new(0, null, 0, Form.NegativeInfinity);

    public bool IsFinite => _form <= Form.NegativeZero;

    public bool IsNaN => _form == Form.NaN;

    public bool IsInfinity => _form >= Form.PositiveInfinity;

    public bool IsZero => IsFinite && _large is null && _small == 0;

    /// <summary>True for values below zero, negative zero and negative infinity.</summary>
    public bool IsNegative => _form switch
    {
        Form.Finite => Sign < 0,
        Form.NegativeZero or Form.NegativeInfinity => true,
        _ => false,
    };

    /// <summary>-1, 0 or 1; 0 for NaN.</summary>
    public int Sign => _form switch
    {
        Form.Finite => _large is null ? Math.Sign(_small) : _large.Value.Sign,
        Form.PositiveInfinity => 1,
        Form.NegativeInfinity => -1,
        _ => 0,
    };

    /// <summary>The signed coefficient. 0 for NaN and the infinities.</summary>
    public BigInteger Coefficient => _large?.Value ?? _small;

    /// <summary>The power of ten that the coefficient is multiplied by.</summary>
    public int Exponent => _exponent;

    /// <summary>The number of decimal digits of the coefficient; 1 for zero.</summary>
    public int DigitCount => _large?.DigitCount ?? PowersOfTen.DigitCount(_small);

    /// <summary>The exponent in scientific notation: that of the most significant digit.</summary>
    public long AdjustedExponent => (long)_exponent + DigitCount - 1;

    /// <summary>True if the value has no fraction (<c>1.0</c> and <c>1E+2</c> have none).</summary>
    public bool IsInteger
    {
        get
        {
            if (!IsFinite)
                return false;
            if (_exponent >= 0 || IsZero)
                return true;
            // More places than digits: the value is below one.
            if (AdjustedExponent < 0)
                return false;
            return (Coefficient % PowersOfTen.Get(-_exponent)).IsZero;
        }
    }

    public static implicit operator BigDecimal(long value) => new(value);

    public static implicit operator BigDecimal(BigInteger value) => new(value);

    public static bool operator ==(BigDecimal left, BigDecimal right) => left.CompareTo(right) == 0;

    public static bool operator !=(BigDecimal left, BigDecimal right) => left.CompareTo(right) != 0;

    public static bool operator <(BigDecimal left, BigDecimal right) => left.CompareTo(right) < 0;

    public static bool operator >(BigDecimal left, BigDecimal right) => left.CompareTo(right) > 0;

    public static bool operator <=(BigDecimal left, BigDecimal right) => left.CompareTo(right) <= 0;

    public static bool operator >=(BigDecimal left, BigDecimal right) => left.CompareTo(right) >= 0;

    public static BigDecimal operator -(BigDecimal value) => value._form switch
    {
        Form.NegativeZero => new(0, value._exponent),
        Form.PositiveInfinity => NegativeInfinity,
        Form.NegativeInfinity => PositiveInfinity,
        Form.NaN => value,
        _ when value._large is null && value._small != long.MinValue => new(-value._small, value._exponent),
        _ => new(-value.Coefficient, value._exponent),
    };

    /// <summary>The value without its sign; -0 becomes 0.</summary>
    public BigDecimal Abs() => IsNegative ? -this : this;

    /// <summary>A zero with a sign, as -1 × 0 gives it.</summary>
    public static BigDecimal NegativeZero(int exponent = 0) => new(0, null, exponent, Form.NegativeZero);

    /// <summary>The same value without trailing zeros in the coefficient. Zero becomes <c>0E0</c>.</summary>
    public BigDecimal Reduce()
    {
        if (!IsFinite)
            return this;
        if (IsZero)
            return _form == Form.NegativeZero ? NegativeZero() : default;
        if (_large is null)
        {
            var small = _small;
            var exponent = _exponent;
            while (small % 10 == 0)
            {
                small /= 10;
                exponent++;
            }
            return new BigDecimal(small, exponent);
        }
        var coefficient = PowersOfTen.TrimZeros(_large.Value, out var zeros);
        return new BigDecimal(coefficient, _exponent + zeros);
    }

    public int CompareTo(BigDecimal other)
    {
        if (!IsFinite || !other.IsFinite)
            return Rank().CompareTo(other.Rank());
        var sign = Sign;
        if (sign != other.Sign)
            return sign.CompareTo(other.Sign);
        if (sign == 0)
            return 0;
        if (_exponent == other._exponent)
        {
            return _large is null && other._large is null
                ? _small.CompareTo(other._small)
                : Coefficient.CompareTo(other.Coefficient);
        }
        var adjusted = AdjustedExponent;
        var otherAdjusted = other.AdjustedExponent;
        if (adjusted != otherAdjusted)
            return adjusted > otherAdjusted ? sign : -sign;
        // The most significant digits stand in the same place, so the exponents differ by no more than the digit counts do.
        return _exponent > other._exponent
            ? (Coefficient * PowersOfTen.Get(_exponent - other._exponent)).CompareTo(other.Coefficient)
            : Coefficient.CompareTo(other.Coefficient * PowersOfTen.Get(other._exponent - _exponent));
    }

    public bool Equals(BigDecimal other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is BigDecimal other && Equals(other);

    public override int GetHashCode()
    {
        if (!IsFinite)
            return (int)_form;
        if (IsZero)
            return 0;
        var reduced = Reduce();
        var hash = reduced._large?.Value.GetHashCode() ?? reduced._small.GetHashCode();
        return unchecked((hash * 397) ^ reduced._exponent);
    }

    private int Rank() => _form switch
    {
        Form.NaN => -2,
        Form.NegativeInfinity => -1,
        Form.PositiveInfinity => 1,
        _ => 0,
    };

    /// <summary>The coefficient as ASCII digits without a sign, for comparison with text.</summary>
    internal ReadOnlySpan<byte> Digits(Span<byte> buffer)
    {
        if (_large is not null)
            return _large.Digits;
        var rest = _small < 0 ? unchecked((ulong)-_small) : (ulong)_small;
        var position = buffer.Length;
        do
        {
            buffer[--position] = (byte)('0' + rest % 10);
            rest /= 10;
        }
        while (rest != 0);
        return buffer.Slice(position);
    }

    /// <summary>The coefficient if it fits a <see cref="long"/>.</summary>
    internal bool TryGetSmallCoefficient(out long coefficient)
    {
        coefficient = _small;
        return _large is null;
    }

    /// <summary>A coefficient beyond <see cref="long"/>, with its digits once somebody asked for them.</summary>
    private sealed class LargeCoefficient(BigInteger value)
    {
        private byte[]? _digits;
        private int _digitCount;

        public BigInteger Value { get; } = value;

        public int DigitCount => _digitCount != 0 ? _digitCount : _digitCount = PowersOfTen.DigitCount(Value);

        public byte[] Digits => _digits ??= System.Text.Encoding.ASCII.GetBytes(PowersOfTen.ToDigits(BigInteger.Abs(Value)));
    }
}
