using System.Globalization;

namespace DataMesh.Json;

/// <summary>
/// A number as it stands in a document. Small ones are known as an integer and a power of ten as soon as they are read,
/// so that neither checking nor converting them parses the text again.
/// </summary>
public readonly ref struct JsonNumber
{
    private readonly ulong _digits;
    private readonly sbyte _scale;

    internal JsonNumber(ReadOnlySpan<byte> text, bool isInteger, bool isSmall, bool isNegative, ulong digits, sbyte scale)
    {
        Text = text;
        IsInteger = isInteger;
        IsSmall = isSmall;
        IsNegative = isNegative;
        _digits = digits;
        _scale = scale;
    }

    /// <summary>The number's text, RFC 8259.</summary>
    public ReadOnlySpan<byte> Text { get; }

    /// <summary>True when the text has neither point nor exponent: CUE's <c>int</c>. <c>1.0</c> and <c>1e2</c> are floats.</summary>
    public bool IsInteger { get; }

    /// <summary>True for at most 18 digits without exponent.</summary>
    private bool IsSmall { get; }

    private bool IsNegative { get; }

    private bool IsZero => DecimalText.Compare(Text, "0"u8) == 0;

    /// <summary>The integer, when <see cref="IsInteger"/> and the type holds it.</summary>
    public bool TryGetInt64(out long value)
    {
        if (IsSmall && IsInteger)
        {
            value = IsNegative ? -(long)_digits : (long)_digits;
            return true;
        }
        value = 0;
        return IsInteger && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The integer, when <see cref="IsInteger"/> and the type holds it.</summary>
    public bool TryGetUInt64(out ulong value)
    {
        if (IsSmall && IsInteger)
        {
            value = _digits;
            return !IsNegative || value == 0;
        }
        value = 0;
        return IsInteger && ulong.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>The integer, when <see cref="IsInteger"/> and the type holds it.</summary>
    /// <typeparam name="T">An integer type of any size.</typeparam>
    public bool TryGetInteger<T>(out T value)
        where T : System.Numerics.IBinaryInteger<T>
    {
        if (!IsInteger)
        {
            value = T.Zero;
            return false;
        }
        return T.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value!);
    }

    /// <summary>The exact value, when 28 digits and a scale of 28 hold it: never rounded.</summary>
    public bool TryGetDecimal(out decimal value)
    {
        if (IsSmall)
        {
            value = new decimal((int)_digits, (int)(_digits >> 32), 0, IsNegative && _digits != 0, (byte)_scale);
            return true;
        }
        return DecimalText.TryGetDecimal(Text, out value);
    }

    /// <summary>The nearest <see cref="double"/>; false when the number is beyond its range, or so small that nothing would be left.</summary>
    public bool TryGetDouble(out double value) =>
        double.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value) && (value != 0 || IsZero);

    /// <summary>The nearest <see cref="float"/>; false when the number is beyond its range, or so small that nothing would be left.</summary>
    public bool TryGetSingle(out float value) =>
        float.TryParse(Text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && float.IsFinite(value) && (value != 0 || IsZero);

    /// <summary>The sign of this number minus the bound, decided exactly whatever the size.</summary>
    public int CompareTo(NumberBound bound)
    {
        if (IsSmall && bound.IsExact)
        {
            if (IsInteger && bound.IsInt64)
            {
                long mine = IsNegative ? -(long)_digits : (long)_digits;
                return mine.CompareTo(bound.Int64);
            }
            TryGetDecimal(out decimal value);
            return decimal.Compare(value, bound.Decimal);
        }
        return DecimalText.Compare(Text, bound.Text);
    }
}

/// <summary>The operand of a numeric bound, made once from the exact decimal text of the schema.</summary>
public sealed class NumberBound
{
    private readonly byte[] _text;

    /// <param name="text">Decimal text, <c>130</c>, <c>-273.15</c>, <c>1E+400</c>.</param>
    public NumberBound(ReadOnlySpan<byte> text)
    {
        _text = text.ToArray();
        IsExact = DecimalText.TryGetDecimal(text, out decimal value);
        Decimal = value;
        IsInt64 = IsExact && value == decimal.Truncate(value) && value >= long.MinValue && value <= long.MaxValue;
        Int64 = IsInt64 ? (long)value : 0;
    }

    internal ReadOnlySpan<byte> Text => _text;

    internal bool IsExact { get; }

    internal decimal Decimal { get; }

    internal bool IsInt64 { get; }

    internal long Int64 { get; }
}
