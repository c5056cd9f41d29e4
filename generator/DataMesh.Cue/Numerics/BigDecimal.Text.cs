using System.Globalization;
using System.Numerics;
using System.Text;

namespace DataMesh.Cue.Numerics;

/// <summary>What became of a text that was read as a number.</summary>
internal enum NumberParseResult
{
    Success,

    /// <summary>The text is not a number.</summary>
    Invalid,

    /// <summary>The text is a number whose exponent is beyond <see cref="BigDecimal.MaxExponent"/>.</summary>
    ExponentOutOfRange,
}

internal readonly partial struct BigDecimal
{
    /// <summary>The largest magnitude of the exponent, in scientific notation, that CUE's numbers have.</summary>
    public const int MaxExponent = 100_000;

    /// <summary>Zeros with up to this many places are written out, as apd does; other small numbers get an exponent.</summary>
    private const int MaxPlacesOfZero = 2000;

    /// <summary>
    /// Reads <c>[+-] digits [. digits] [(e|E) [+-] digits]</c>, either side of the point possibly empty, without
    /// separators or multipliers. Every digit and the exponent are kept.
    /// </summary>
    /// <remarks><c>-0</c> gives 0, as CUE reads it.</remarks>
    public static NumberParseResult TryParse(ReadOnlySpan<char> text, out BigDecimal value)
    {
        value = default;
        var position = 0;
        var negative = false;
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            negative = text[0] == '-';
            position++;
        }
        var point = -1;
        var digits = 0;
        var start = position;
        for (; position < text.Length; position++)
        {
            var c = text[position];
            if (c is >= '0' and <= '9')
                digits++;
            else if (c == '.' && point < 0)
                point = position;
            else
                break;
        }
        if (digits == 0)
            return NumberParseResult.Invalid;
        var mantissa = text.Slice(start, position - start);
        var places = point < 0 ? 0 : position - point - 1;

        var exponent = 0L;
        var hasExponent = position < text.Length;
        if (hasExponent)
        {
            if (text[position] is not ('e' or 'E') || !TryParseExponent(text.Slice(position + 1), out exponent))
                return NumberParseResult.Invalid;
        }
        exponent -= places;

        ReadMantissa(mantissa, digits, out var small, out var large);
        var isZero = large.IsZero && small == 0;
        var adjusted = exponent;
        if (!isZero)
            adjusted += (large.IsZero ? PowersOfTen.DigitCount(small) : PowersOfTen.DigitCount(large)) - 1;
        // Digits alone may go on as long as they like; only what an exponent asks for is limited.
        if ((adjusted > MaxExponent && hasExponent) || adjusted < -MaxExponent || exponent is > int.MaxValue or < int.MinValue)
            return NumberParseResult.ExponentOutOfRange;

        value = large.IsZero
            ? new BigDecimal(negative ? -small : small, (int)exponent)
            : new BigDecimal(negative ? -large : large, (int)exponent);
        return NumberParseResult.Success;
    }

    /// <summary>As <see cref="TryParse(ReadOnlySpan{char}, out BigDecimal)"/>, from UTF-8.</summary>
    public static NumberParseResult TryParse(ReadOnlySpan<byte> utf8, out BigDecimal value)
    {
        // Number text is ASCII; anything else becomes a character that no number has.
        if (utf8.Length <= 128)
        {
            Span<char> buffer = stackalloc char[128];
            return TryParse(Widen(utf8, buffer), out value);
        }
        return TryParse(Widen(utf8, new char[utf8.Length]), out value);
    }

    /// <summary>Reads a number that is known to be one.</summary>
    /// <exception cref="FormatException">It is not, or its exponent is out of range.</exception>
    public static BigDecimal Parse(string text) => TryParse(text.AsSpan(), out var value) switch
    {
        NumberParseResult.Success => value,
        NumberParseResult.ExponentOutOfRange => throw new FormatException("exponent out of range"),
        _ => throw new FormatException("not a number"),
    };

    /// <summary>
    /// The text that CUE writes: plain while the exponent is not positive and the value not below 0.000001, scientific
    /// otherwise (<c>1E+3</c>, <c>1.5E-7</c>). <c>NaN</c>, <c>Infinity</c> and <c>-Infinity</c> for the values that are no numbers.
    /// </summary>
    public override string ToString()
    {
        switch (_form)
        {
            case Form.NaN: return "NaN";
            case Form.PositiveInfinity: return "Infinity";
            case Form.NegativeInfinity: return "-Infinity";
        }
        if (_exponent == 0 && _large is null && _form == Form.Finite)
            return _small.ToString(CultureInfo.InvariantCulture);

        var digits = DigitsText();
        var adjusted = (long)_exponent + digits.Length - 1;
        var plain = _exponent <= 0 && (adjusted >= -6 || (IsZero && _exponent >= -MaxPlacesOfZero));
        var builder = new StringBuilder(digits.Length + 16);
        if (IsNegative)
            builder.Append('-');
        if (plain)
            AppendPlain(builder, digits, _exponent);
        else
            AppendScientific(builder, digits, adjusted);
        return builder.ToString();
    }

    /// <summary>The value without an exponent, whatever its size: <c>1E+3</c> is <c>1000</c>.</summary>
    public string ToPlainString()
    {
        if (!IsFinite)
            return ToString();
        var digits = DigitsText();
        var builder = new StringBuilder(digits.Length + 16);
        if (IsNegative)
            builder.Append('-');
        if (_exponent > 0)
            builder.Append(digits).Append('0', IsZero ? 0 : _exponent);
        else
            AppendPlain(builder, digits, _exponent);
        return builder.ToString();
    }

    private static void AppendPlain(StringBuilder builder, string digits, int exponent)
    {
        if (exponent == 0)
        {
            builder.Append(digits);
            return;
        }
        var integers = digits.Length + exponent;
        if (integers > 0)
            builder.Append(digits, 0, integers).Append('.').Append(digits, integers, digits.Length - integers);
        else
            builder.Append("0.").Append('0', -integers).Append(digits);
    }

    private static void AppendScientific(StringBuilder builder, string digits, long adjusted)
    {
        builder.Append(digits[0]);
        if (digits.Length > 1)
            builder.Append('.').Append(digits, 1, digits.Length - 1);
        builder.Append('E').Append(adjusted < 0 ? '-' : '+')
            .Append(Math.Abs(adjusted).ToString(CultureInfo.InvariantCulture));
    }

    private string DigitsText() => PowersOfTen.ToDigits(BigInteger.Abs(Coefficient));

    private static bool TryParseExponent(ReadOnlySpan<char> text, out long exponent)
    {
        exponent = 0;
        var negative = false;
        if (text.Length > 0 && text[0] is '+' or '-')
        {
            negative = text[0] == '-';
            text = text.Slice(1);
        }
        if (text.IsEmpty)
            return false;
        foreach (var c in text)
        {
            if (c is < '0' or > '9')
                return false;
            // Far out of range already; more digits change nothing.
            if (exponent < 1_000_000_000_000)
                exponent = exponent * 10 + (c - '0');
        }
        if (negative)
            exponent = -exponent;
        return true;
    }

    private static void ReadMantissa(ReadOnlySpan<char> mantissa, int digits, out long small, out BigInteger large)
    {
        small = 0;
        large = default;
        if (digits <= 18)
        {
            foreach (var c in mantissa)
            {
                if (c != '.')
                    small = small * 10 + (c - '0');
            }
            return;
        }
        var text = mantissa.ToString();
        var point = text.IndexOf('.');
        large = PowersOfTen.ParseDigits(point < 0 ? text : text.Remove(point, 1));
        if (large <= long.MaxValue)
        {
            small = (long)large;
            large = default;
        }
    }

    private static ReadOnlySpan<char> Widen(ReadOnlySpan<byte> utf8, Span<char> buffer)
    {
        for (var i = 0; i < utf8.Length; i++)
            buffer[i] = utf8[i] < 0x80 ? (char)utf8[i] : '\uFFFD';
        return buffer.Slice(0, utf8.Length);
    }
}
