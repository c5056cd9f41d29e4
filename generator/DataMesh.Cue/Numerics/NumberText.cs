namespace DataMesh.Cue.Numerics;

/// <summary>What a text of the JSON grammar for numbers is to CUE.</summary>
internal enum NumberKind
{
    /// <summary>Not a JSON number.</summary>
    Invalid,

    /// <summary>No point and no exponent. <c>-0</c> is one.</summary>
    Integer,

    /// <summary>A point or an exponent, or both: <c>1.0</c> and <c>1e2</c> are no integers.</summary>
    Float,

    /// <summary>A number whose exponent is beyond <see cref="BigDecimal.MaxExponent"/>.</summary>
    ExponentOutOfRange,
}

/// <summary>JSON number text, judged as it stands in UTF-8: exact whatever the size, without allocation.</summary>
internal static class NumberText
{
    /// <summary>Checks the text against the JSON grammar and tells what kind of number it is.</summary>
    public static NumberKind Classify(ReadOnlySpan<byte> utf8)
    {
        var position = utf8.Length > 0 && utf8[0] == '-' ? 1 : 0;
        var start = position;
        while (position < utf8.Length && IsDigit(utf8[position]))
            position++;
        var integers = position - start;
        if (integers == 0 || (integers > 1 && utf8[start] == '0'))
            return NumberKind.Invalid;
        if (position == utf8.Length)
            return NumberKind.Integer;
        if (utf8[position] == '.')
        {
            var point = position++;
            while (position < utf8.Length && IsDigit(utf8[position]))
                position++;
            if (position == point + 1)
                return NumberKind.Invalid;
        }
        var hasExponent = position < utf8.Length;
        if (hasExponent)
        {
            if (utf8[position] is not ((byte)'e' or (byte)'E'))
                return NumberKind.Invalid;
            position++;
            if (position < utf8.Length && utf8[position] is (byte)'+' or (byte)'-')
                position++;
            if (position == utf8.Length)
                return NumberKind.Invalid;
            while (position < utf8.Length && IsDigit(utf8[position]))
                position++;
            if (position < utf8.Length)
                return NumberKind.Invalid;
        }
        var adjusted = new Scan(utf8).AdjustedExponent;
        return (adjusted > BigDecimal.MaxExponent && hasExponent) || adjusted < -BigDecimal.MaxExponent
            ? NumberKind.ExponentOutOfRange
            : NumberKind.Float;
    }

    /// <summary>True for JSON numbers that are integers to CUE: no point, no exponent.</summary>
    public static bool IsInteger(ReadOnlySpan<byte> utf8) => Classify(utf8) == NumberKind.Integer;

    /// <summary>
    /// Compares the number that the text stands for with <paramref name="bound"/>: negative, zero or positive. The text
    /// is known to be a number of the JSON grammar.
    /// </summary>
    public static int Compare(ReadOnlySpan<byte> utf8, in BigDecimal bound)
    {
        if (bound.IsFinite && bound.TryGetSmallCoefficient(out var right) && TryReadSmall(utf8, out var left, out var places)
            && TryAlign(ref left, -places, ref right, bound.Exponent))
        {
            return left.CompareTo(right);
        }
        return CompareDigits(utf8, bound);
    }

    /// <summary>True if the number that the text stands for is the given one: trailing zeros do not matter.</summary>
    public static bool Equals(ReadOnlySpan<byte> utf8, in BigDecimal value) => Compare(utf8, value) == 0;

    private static bool IsDigit(byte b) => (uint)(b - '0') <= 9;

    /// <summary>Up to 18 digits and no exponent: the digits as a number, and how many of them stand behind the point.</summary>
    private static bool TryReadSmall(ReadOnlySpan<byte> utf8, out long digits, out int places)
    {
        digits = 0;
        places = 0;
        var negative = utf8.Length > 0 && utf8[0] == '-';
        if (utf8.Length > 19)
            return false;
        for (var position = negative ? 1 : 0; position < utf8.Length; position++)
        {
            if (IsDigit(utf8[position]))
                digits = digits * 10 + (utf8[position] - '0');
            else if (utf8[position] == '.')
                places = utf8.Length - position - 1;
            else
                return false;
        }
        if (negative)
            digits = -digits;
        // Nineteen digits and no sign or point among them: one too many.
        return utf8.Length < 19 || negative || places > 0;
    }

    /// <summary>Multiplies the number with the larger exponent until both have the same; false if it grows too long.</summary>
    private static bool TryAlign(ref long left, int leftExponent, ref long right, int rightExponent)
    {
        if (leftExponent == rightExponent)
            return true;
        return leftExponent > rightExponent
            ? TryScale(ref left, (long)leftExponent - rightExponent)
            : TryScale(ref right, (long)rightExponent - leftExponent);
    }

    private static bool TryScale(ref long value, long exponent)
    {
        if (exponent > 18)
            return false;
        var factor = PowersOfTen.GetLong((int)exponent);
        if (value > long.MaxValue / factor || value < -(long.MaxValue / factor))
            return false;
        value *= factor;
        return true;
    }

    private static int CompareDigits(ReadOnlySpan<byte> utf8, in BigDecimal bound)
    {
        if (!bound.IsFinite)
            return bound.IsNaN ? 1 : -bound.Sign;
        var text = new Scan(utf8);
        if (text.Sign != bound.Sign)
            return text.Sign.CompareTo(bound.Sign);
        if (text.Sign == 0)
            return 0;
        var adjusted = bound.AdjustedExponent;
        if (text.AdjustedExponent != adjusted)
            return text.AdjustedExponent > adjusted ? text.Sign : -text.Sign;
        Span<byte> buffer = stackalloc byte[20];
        var digits = bound.Digits(buffer);
        // Both begin with their most significant digit, of the same weight: the first difference decides.
        var index = 0;
        foreach (var b in text.Mantissa)
        {
            if (b == '.')
                continue;
            var other = index < digits.Length ? digits[index] : (byte)'0';
            if (b != other)
                return b > other ? text.Sign : -text.Sign;
            index++;
        }
        for (; index < digits.Length; index++)
        {
            if (digits[index] != '0')
                return -text.Sign;
        }
        return 0;
    }

    /// <summary>Where the significant digits of a number stand, and what the first of them weighs.</summary>
    private readonly ref struct Scan
    {
        /// <summary>The digits from the first that is not zero, possibly with a point in between.</summary>
        public readonly ReadOnlySpan<byte> Mantissa;

        public readonly long AdjustedExponent;

        public readonly int Sign;

        public Scan(ReadOnlySpan<byte> utf8)
        {
            var position = utf8.Length > 0 && utf8[0] is (byte)'-' or (byte)'+' ? 1 : 0;
            var point = -1;
            var first = -1;
            for (; position < utf8.Length && utf8[position] is not ((byte)'e' or (byte)'E'); position++)
            {
                if (utf8[position] == '.')
                    point = position;
                else if (first < 0 && utf8[position] != '0')
                    first = position;
            }
            if (first >= 0)
            {
                Mantissa = utf8.Slice(first, position - first);
                Sign = utf8[0] == '-' ? -1 : 1;
                var end = point < 0 ? position : point;
                AdjustedExponent = first < end ? end - first - 1 : end - first;
            }
            else if (point >= 0)
            {
                // A zero weighs what its last place does.
                AdjustedExponent = point + 1 - position;
            }
            AdjustedExponent += Exponent(utf8.Slice(Math.Min(utf8.Length, position + 1)));
        }

        private static long Exponent(ReadOnlySpan<byte> utf8)
        {
            var negative = utf8.Length > 0 && utf8[0] == '-';
            var exponent = 0L;
            foreach (var b in utf8)
            {
                // Beyond any number of digits that a text can have; more change nothing.
                if (IsDigit(b) && exponent < 1_000_000_000_000)
                    exponent = exponent * 10 + (b - '0');
            }
            return negative ? -exponent : exponent;
        }
    }
}
