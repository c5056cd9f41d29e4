namespace DataMesh.Json;

public ref partial struct JsonCursor
{
    private const int SmallDigits = 18;

    // The largest exponent that decimal arithmetic as CUE does it can hold.
    private const int MaxExponent = 100_000;

    /// <summary>Reads a number.</summary>
    public bool ReadNumber(out JsonNumber number)
    {
        number = default;
        byte next = NextByte();
        ReadOnlySpan<byte> text = _text;
        int start = _position, i = start;
        bool negative = next == '-';
        if (negative)
            i++;

        // The integer part: 0, or digits that do not start with 0.
        ulong digits = 0;
        int firstDigit = i;
        if ((uint)i >= (uint)text.Length || !IsDigit(text[i]))
            return FailNumber(i, negative ? JsonErrorKind.InNumber : JsonErrorKind.Value);
        if (text[i] == '0')
        {
            i++;
        }
        else
        {
            while ((uint)i < (uint)text.Length && IsDigit(text[i]))
                digits = unchecked((digits * 10) + (ulong)(text[i++] - '0'));
        }

        int count = i - firstDigit, scale = 0;
        bool integer = true, exponent = false;
        if ((uint)i < (uint)text.Length && text[i] == '.')
        {
            integer = false;
            int point = ++i;
            while ((uint)i < (uint)text.Length && IsDigit(text[i]))
                digits = unchecked((digits * 10) + (ulong)(text[i++] - '0'));
            scale = i - point;
            if (scale == 0)
                return FailNumber(i, JsonErrorKind.InNumber);
            count += scale;
        }
        if ((uint)i < (uint)text.Length && text[i] is (byte)'e' or (byte)'E')
        {
            integer = false;
            exponent = true;
            i++;
            if ((uint)i < (uint)text.Length && text[i] is (byte)'+' or (byte)'-')
                i++;
            int from = i, power = 0;
            while ((uint)i < (uint)text.Length && IsDigit(text[i]))
                power = Math.Min((power * 10) + (text[i++] - '0'), MaxExponent + 1);
            if (i == from)
                return FailNumber(i, JsonErrorKind.InNumber);
            if (power > MaxExponent)
                return FailNumber(start, JsonErrorKind.NumberRange);
        }
        _position = i;
        bool small = count <= SmallDigits && !exponent;
        number = new JsonNumber(text[start..i], integer, small, negative, small ? digits : 0, small ? (sbyte)scale : (sbyte)0);
        return true;
    }

    private bool FailNumber(int position, JsonErrorKind kind)
    {
        _position = position;
        return Fail(kind);
    }

    private static bool IsDigit(byte c) => (uint)(c - '0') <= 9;
}
