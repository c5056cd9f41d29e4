using System.Globalization;
using System.Numerics;
using System.Text;
using DataMesh.Cue.Builtins.Mathematics;

namespace DataMesh.Cue.Builtins.Conversion;

/// <summary>Binary floating-point numbers as text.</summary>
internal static class FloatText
{
    /// <summary>
    /// The number in one of the forms <c>e E f g G b x X</c>; a precision below 0 asks for the fewest digits that give
    /// the number back.
    /// </summary>
    public static string Format(double value, char form, long precision, long bitSize)
    {
        if (bitSize is not (32 or 64))
            throw new BuiltinException("strconv: illegal AppendFloat/FormatFloat bitSize");
        if (precision > 10_000)
            throw new BuiltinException("precision is too large");
        bool isSingle = bitSize == 32;
        double number = isSingle ? (float)value : value;
        if (double.IsNaN(number))
            return "NaN";
        if (double.IsInfinity(number))
            return number > 0 ? "+Inf" : "-Inf";
        bool isNegative = BitConverter.DoubleToInt64Bits(number) < 0;
        string sign = isNegative ? "-" : "";
        switch (form)
        {
            case 'b':
                return sign + FormatBinaryExponent(number, isSingle);
            case 'x' or 'X':
                string hexadecimal = FormatHexadecimal(number, (int)precision);
                return sign + (form == 'X' ? hexadecimal.ToUpperInvariant() : hexadecimal);
            case not ('e' or 'E' or 'f' or 'g' or 'G'):
                return "%" + form;
        }

        Digits digits = precision < 0 ? Digits.Shortest(Math.Abs(number), isSingle) : Digits.Exact(Math.Abs(number));
        int count = (int)precision;
        if (precision < 0)
        {
            count = form is 'e' or 'E' ? digits.Text.Length - 1 : form == 'f' ? Math.Max(digits.Text.Length - digits.Point, 0) : digits.Text.Length;
        }
        else
        {
            if (form is 'g' or 'G' && count == 0)
                count = 1;
            digits = digits.Round(form is 'e' or 'E' ? count + 1 : form == 'f' ? digits.Point + count : count);
        }

        return sign + form switch
        {
            'e' or 'E' => FormatExponent(digits, count, form),
            'f' => FormatFixed(digits, count),
            _ => FormatGeneral(digits, count, form, precision < 0),
        };
    }

    /// <summary>Reads a decimal or hexadecimal number; underscores may group its digits. Null: the syntax is wrong.</summary>
    public static double? Parse(string text)
    {
        string rest = text.TrimStart('+', '-');
        if (text.Length - rest.Length > 1)
            return null;
        double sign = text.StartsWith("-", StringComparison.Ordinal) ? -1 : 1;
        switch (rest.ToLowerInvariant())
        {
            case "inf" or "infinity":
                return sign * double.PositiveInfinity;
            case "nan":
                return text.Length == rest.Length ? double.NaN : null;
        }

        bool isHexadecimal = rest.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (rest.IndexOf('_') >= 0)
        {
            if (!isHexadecimal && !AreGroupsValid(rest))
                return null;
            rest = rest.Replace("_", "");
        }

        double? value = isHexadecimal ? ParseHexadecimal(rest.Substring(2)) : ParseDecimal(rest);
        return sign * value;
    }

    private static bool AreGroupsValid(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool isBetweenDigits = i > 0 && i + 1 < text.Length && IsDigit(text[i - 1]) && IsDigit(text[i + 1]);
            if (text[i] == '_' && !isBetweenDigits)
                return false;
        }

        return true;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static double? ParseDecimal(string text)
    {
        int digits = 0, i = 0;
        for (; i < text.Length && IsDigit(text[i]); i++)
            digits++;
        if (i < text.Length && text[i] == '.')
        {
            for (i++; i < text.Length && IsDigit(text[i]); i++)
                digits++;
        }

        if (digits == 0)
            return null;
        if (i < text.Length && text[i] is 'e' or 'E' && !IsExponent(text, i + 1))
            return null;
        if (i < text.Length && text[i] is not ('e' or 'E'))
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : double.PositiveInfinity;
    }

    private static bool IsExponent(string text, int start)
    {
        if (start < text.Length && text[start] is '+' or '-')
            start++;
        return start < text.Length && text.Skip(start).All(IsDigit);
    }

    private static double? ParseHexadecimal(string text)
    {
        int power = text.IndexOfAny(['p', 'P']);
        if (power < 0 || !IsExponent(text, power + 1))
            return null;
        BigInteger mantissa = BigInteger.Zero;
        int point = -1, digits = 0;
        foreach (char c in text.Substring(0, power))
        {
            int digit = c switch
            {
                >= '0' and <= '9' => c - '0',
                >= 'a' and <= 'f' => c - 'a' + 10,
                >= 'A' and <= 'F' => c - 'A' + 10,
                _ => -1,
            };
            if (c == '.' && point < 0)
            {
                point = digits;
            }
            else if (digit < 0)
            {
                return null;
            }
            else
            {
                mantissa = (mantissa << 4) | digit;
                digits++;
            }
        }

        if (digits == 0)
            return null;
        if (mantissa.IsZero)
            return 0;
        if (!int.TryParse(text.Substring(power + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int exponent) || Math.Abs((long)exponent) > 100_000)
            return text[power + 1] == '-' ? 0 : double.PositiveInfinity;
        return BinaryFloat.Compose(mantissa, exponent - (point < 0 ? 0 : (digits - point) * 4));
    }

    private static string FormatExponent(Digits digits, int count, char letter)
    {
        StringBuilder text = new();
        text.Append(digits.Text.Length > 0 ? digits.Text[0] : '0');
        if (count > 0)
        {
            text.Append('.');
            for (int i = 1; i <= count; i++)
                text.Append(i < digits.Text.Length ? digits.Text[i] : '0');
        }

        int exponent = digits.Text.Length == 0 ? 0 : digits.Point - 1;
        return text.Append(letter).Append(exponent < 0 ? '-' : '+')
            .Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)).ToString();
    }

    private static string FormatFixed(Digits digits, int count)
    {
        StringBuilder text = new();
        if (digits.Point > 0)
        {
            for (int i = 0; i < digits.Point; i++)
                text.Append(digits.At(i));
        }
        else
        {
            text.Append('0');
        }

        if (count > 0)
        {
            text.Append('.');
            for (int i = 0; i < count; i++)
                text.Append(digits.At(digits.Point + i));
        }

        return text.ToString();
    }

    private static string FormatGeneral(Digits digits, int count, char form, bool isShortest)
    {
        int threshold = count;
        if (threshold > digits.Text.Length && digits.Text.Length >= digits.Point)
            threshold = digits.Text.Length;
        if (isShortest)
            threshold = 6;
        int exponent = digits.Point - 1;
        if (exponent < -4 || exponent >= threshold)
            return FormatExponent(digits, Math.Min(count, Math.Max(digits.Text.Length, 1)) - 1, form == 'g' ? 'e' : 'E');
        return FormatFixed(digits, Math.Max(digits.Text.Length - digits.Point, 0));
    }

    private static string FormatBinaryExponent(double number, bool isSingle)
    {
        (long mantissa, int exponent) = BinaryFloat.Decompose(number, isSingle);
        exponent -= isSingle ? BinaryFloat.MantissaBits32 : BinaryFloat.MantissaBits64;
        return mantissa.ToString(CultureInfo.InvariantCulture) + "p" + (exponent >= 0 ? "+" : "") + exponent.ToString(CultureInfo.InvariantCulture);
    }

    private static string FormatHexadecimal(double number, int precision)
    {
        (long mantissa, int exponent) = BinaryFloat.Decompose(number, isSingle: false);
        if (mantissa == 0)
            exponent = 0;
        ulong bits = (ulong)mantissa << (60 - BinaryFloat.MantissaBits64);
        while (bits != 0 && (bits & (1UL << 60)) == 0)
        {
            bits <<= 1;
            exponent--;
        }

        if (precision is >= 0 and < 15)
        {
            int shift = precision * 4;
            ulong extra = (bits << shift) & ((1UL << 60) - 1);
            bits >>= 60 - shift;
            if ((extra | (bits & 1)) > 1UL << 59)
                bits++;
            bits <<= 60 - shift;
            if ((bits & (1UL << 61)) != 0)
            {
                bits >>= 1;
                exponent++;
            }
        }

        StringBuilder text = new("0x");
        text.Append((char)('0' + ((bits >> 60) & 1)));
        bits <<= 4;
        if (precision < 0 && bits != 0)
        {
            text.Append('.');
            for (; bits != 0; bits <<= 4)
                text.Append("0123456789abcdef"[(int)(bits >> 60)]);
        }
        else if (precision > 0)
        {
            text.Append('.');
            for (int i = 0; i < precision; i++, bits <<= 4)
                text.Append("0123456789abcdef"[(int)(bits >> 60)]);
        }

        return text.Append('p').Append(exponent < 0 ? '-' : '+').Append(Math.Abs(exponent).ToString("00", CultureInfo.InvariantCulture)).ToString();
    }

    /// <summary>0.Text * 10^Point, without zeros at either end.</summary>
    private readonly struct Digits
    {
        private Digits(string text, int point)
        {
            string left = text.TrimStart('0');
            Point = point - (text.Length - left.Length);
            Text = left.TrimEnd('0');
            if (Text.Length == 0)
                Point = 0;
        }

        public string Text { get; }

        public int Point { get; }

        public static Digits Shortest(double number, bool isSingle)
        {
            string text;
            if (isSingle)
            {
                text = ((float)number).ToString("R", CultureInfo.InvariantCulture);
                if (float.Parse(text, CultureInfo.InvariantCulture) != (float)number)
                    text = ((float)number).ToString("G9", CultureInfo.InvariantCulture);
            }
            else
            {
                text = number.ToString("R", CultureInfo.InvariantCulture);
                if (double.Parse(text, CultureInfo.InvariantCulture) != number)
                    text = number.ToString("G17", CultureInfo.InvariantCulture);
            }

            int letter = text.IndexOf('E');
            int exponent = letter < 0 ? 0 : int.Parse(text.Substring(letter + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            string mantissa = letter < 0 ? text : text.Substring(0, letter);
            int point = mantissa.IndexOf('.');
            return new(mantissa.Replace(".", ""), (point < 0 ? mantissa.Length : point) + exponent);
        }

        public static Digits Exact(double number)
        {
            (long mantissa, int exponent) = BinaryFloat.Decompose(number, isSingle: false);
            exponent -= BinaryFloat.MantissaBits64;
            if (exponent >= 0)
            {
                string whole = (new BigInteger(mantissa) << exponent).ToString(CultureInfo.InvariantCulture);
                return new(whole, whole.Length);
            }

            // mantissa / 2^n = mantissa * 5^n / 10^n
            string scaled = (mantissa * BigInteger.Pow(5, -exponent)).ToString(CultureInfo.InvariantCulture);
            return new(scaled, scaled.Length + exponent);
        }

        public char At(int index) => index >= 0 && index < Text.Length ? Text[index] : '0';

        /// <summary>Rounded to so many digits, half to even.</summary>
        public Digits Round(int count)
        {
            if (count >= Text.Length)
                return this;
            if (count < 0)
                return new("", 0);
            bool isUp = Text[count] > '5' || (Text[count] == '5' && (count + 1 < Text.Length || (count > 0 && (Text[count - 1] - '0') % 2 == 1)));
            if (!isUp)
                return new(Text.Substring(0, count), Point);
            BigInteger kept = (count == 0 ? BigInteger.Zero : BigInteger.Parse(Text.Substring(0, count), CultureInfo.InvariantCulture)) + 1;
            string text = kept.ToString(CultureInfo.InvariantCulture);
            return new(text, Point + text.Length - count);
        }
    }
}
