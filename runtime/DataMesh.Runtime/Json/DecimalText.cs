using System.Globalization;
using System.Numerics;

namespace DataMesh.Json;

/// <summary>Decimal numbers as text of any length, compared and converted without rounding.</summary>
internal static class DecimalText
{
    /// <summary>The sign of <paramref name="left"/> minus <paramref name="right"/>. Linear in the digits, whatever the exponents.</summary>
    public static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        Parts a = Split(left), b = Split(right);
        if (a.IsZero || b.IsZero || a.IsNegative != b.IsNegative)
            return a.Sign.CompareTo(b.Sign);

        int magnitude = CompareMagnitude(left, in a, right, in b);
        return a.IsNegative ? -magnitude : magnitude;
    }

    /// <summary>The value, when a decimal holds it exactly.</summary>
    public static bool TryGetDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        Parts parts = Split(text);
        if (parts.IsZero)
            return true;

        // Leading and trailing zeros count for nothing; what is left must fit in 28 digits with a scale of at most 28.
        long scale = parts.Significant - parts.PointAt;
        if (parts.Significant > 28 || scale > 28 || parts.PointAt > 28)
            return false;
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value);
    }

    /// <summary>True when <paramref name="value"/> is an integer multiple of <paramref name="divisor"/>, exactly.</summary>
    public static bool IsMultiple(string value, string divisor)
    {
        (BigInteger digits, long exponent, long length) = Integer(value);
        (BigInteger by, long byExponent, _) = Integer(divisor);
        if (digits.IsZero)
            return true;
        if (by.IsZero)
            return false;

        // Beyond this the power of ten alone decides: the divisor's digits cannot hold so many factors two and five.
        const long Far = 4096;
        long difference = exponent - byExponent;
        if (difference < -length)
            return false;
        return difference >= 0
            ? (digits * BigInteger.ModPow(10, Math.Min(difference, Far), by) % by).IsZero
            : (digits % (by * BigInteger.Pow(10, (int)-difference))).IsZero;
    }

    /// <summary>One text for all spellings of a value: <c>1.50</c>, <c>15e-1</c> and <c>1.5</c> give the same.</summary>
    public static string Canonical(string value)
    {
        (BigInteger digits, long exponent, _) = Integer(value);
        return digits.IsZero ? "0" : string.Create(CultureInfo.InvariantCulture, $"{digits}e{exponent}");
    }

    /// <summary>The value as an integer without trailing zeros, times a power of ten; and the integer's number of digits.</summary>
    private static (BigInteger Digits, long Exponent, long Length) Integer(string value)
    {
        Span<byte> text = new byte[value.Length];
        for (int i = 0; i < value.Length; i++)
            text[i] = (byte)value[i];
        Parts parts = Split(text);
        if (parts.IsZero)
            return (BigInteger.Zero, 0, 0);
        var digits = new char[parts.Significant];
        int at = parts.First;
        for (int i = 0; i < digits.Length; i++)
            digits[i] = (char)('0' + NextDigit(text, ref at));
        var integer = BigInteger.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
        return (parts.IsNegative ? -integer : integer, parts.PointAt - parts.Significant, parts.Significant);
    }

    private static int CompareMagnitude(ReadOnlySpan<byte> left, in Parts a, ReadOnlySpan<byte> right, in Parts b)
    {
        if (a.PointAt != b.PointAt)
            return a.PointAt.CompareTo(b.PointAt);
        int i = a.First, j = b.First;
        for (int n = Math.Max(a.Significant, b.Significant); n > 0; n--)
        {
            int difference = NextDigit(left, ref i) - NextDigit(right, ref j);
            if (difference != 0)
                return Math.Sign(difference);
        }
        return 0;
    }

    private static int NextDigit(ReadOnlySpan<byte> text, ref int index)
    {
        if (index < text.Length && text[index] == '.')
            index++;
        if (index < text.Length && text[index] is >= (byte)'0' and <= (byte)'9')
            return text[index++] - '0';
        return 0;
    }

    private static Parts Split(ReadOnlySpan<byte> text)
    {
        bool negative = text.Length > 0 && text[0] == '-';
        int first = -1, seen = 0, significant = 0;
        long integerDigits = 0, leadingZeros = 0;
        bool point = false;
        int i = negative || (text.Length > 0 && text[0] == '+') ? 1 : 0;
        for (; i < text.Length && text[i] is not ((byte)'e' or (byte)'E'); i++)
        {
            byte c = text[i];
            if (c == '.')
            {
                point = true;
                continue;
            }
            if (!point)
                integerDigits++;
            if (first < 0 && c == '0')
            {
                leadingZeros++;
                continue;
            }
            if (first < 0)
                first = i;
            seen++;
            if (c != '0')
                significant = seen;
        }
        long exponent = i < text.Length ? Exponent(text[(i + 1)..]) : 0;
        return new Parts(negative, first, significant, integerDigits - leadingZeros + exponent);
    }

    // Saturates: two numbers whose exponents are both beyond this are ordered by their sign and digits only.
    private static long Exponent(ReadOnlySpan<byte> text)
    {
        const long Limit = long.MaxValue / 4;
        bool negative = text.Length > 0 && text[0] == '-';
        long value = 0;
        for (int i = text.Length > 0 && text[0] is (byte)'-' or (byte)'+' ? 1 : 0; i < text.Length; i++)
            value = value > Limit / 10 ? Limit : (value * 10) + (text[i] - '0');
        return negative ? -value : value;
    }

    /// <param name="IsNegative">A minus sign.</param>
    /// <param name="First">Index of the first digit that is not zero; -1 for zero.</param>
    /// <param name="Significant">How many digits from there to the last that is not zero.</param>
    /// <param name="PointAt">The value is 0.ddd times ten to this power.</param>
    private readonly record struct Parts(bool IsNegative, int First, int Significant, long PointAt)
    {
        public bool IsZero => First < 0;

        public int Sign => IsZero ? 0 : IsNegative ? -1 : 1;
    }
}
