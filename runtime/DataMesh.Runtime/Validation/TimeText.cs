using System.Globalization;

namespace DataMesh.Validation;

/// <summary>Times and durations as the standard package <c>time</c> takes them.</summary>
internal static class TimeText
{
    /// <summary>
    /// RFC 3339 as Go parses it: upper-case T and Z, a comma or a point before the fraction, an offset of hours up to 24
    /// and minutes up to 60, years from 0000, no leap seconds, days checked against the month.
    /// </summary>
    public static bool IsTime(string text)
    {
        ReadOnlySpan<char> s = text;
        if (s.Length < 20 || s[4] != '-' || s[7] != '-' || s[10] != 'T' || s[13] != ':' || s[16] != ':' ||
            !Digits(s, 0, 4, out int year) || !Digits(s, 5, 2, out int month) || !Digits(s, 8, 2, out int day) ||
            !Digits(s, 11, 2, out int hour) || !Digits(s, 14, 2, out int minute) || !Digits(s, 17, 2, out int second))
            return false;
        if (month is < 1 or > 12 || day < 1 || day > DaysIn(year, month) || hour > 23 || minute > 59 || second > 59)
            return false;

        int i = 19;
        if (s[i] is '.' or ',')
        {
            int from = ++i;
            while (i < s.Length && char.IsAsciiDigit(s[i]))
                i++;
            if (i == from)
                return false;
        }
        if (i == s.Length - 1 && s[i] == 'Z')
            return true;
        return s.Length == i + 6 && s[i] is '+' or '-' && s[i + 3] == ':' &&
            Digits(s, i + 1, 2, out int offsetHour) && Digits(s, i + 4, 2, out int offsetMinute) &&
            offsetHour <= 24 && offsetMinute <= 60;
    }

    /// <summary>Go's durations: <c>1h15m30.918273645s</c>, <c>-1.5h</c>, <c>0</c>; within 64 bits of nanoseconds.</summary>
    public static bool IsDuration(string text) => TryGetNanoseconds(text, out _);

    /// <summary>As <see cref="IsDuration"/>, with the duration.</summary>
    public static bool TryGetNanoseconds(string text, out decimal total)
    {
        total = 0;
        ReadOnlySpan<char> s = text;
        bool negative = s.Length > 0 && s[0] == '-';
        if (s.Length > 0 && s[0] is '-' or '+')
            s = s[1..];
        if (s is "0")
            return true;
        if (s.IsEmpty)
            return false;
        while (!s.IsEmpty)
        {
            int end = 0;
            while (end < s.Length && (char.IsAsciiDigit(s[end]) || s[end] == '.'))
                end++;
            ReadOnlySpan<char> number = s[..end];
            s = s[end..];
            int unitLength = 0;
            while (unitLength < s.Length && s[unitLength] != '.' && !char.IsAsciiDigit(s[unitLength]))
                unitLength++;
            decimal unit = Unit(s[..unitLength]);
            if (unit == 0 || !TryNumber(number, out decimal value))
                return false;
            total += decimal.Truncate(value * unit);
            if (total > long.MaxValue + (negative ? 1m : 0m))
                return false;
            s = s[unitLength..];
        }
        if (negative)
            total = -total;
        return true;
    }

    /// <summary>The unit in nanoseconds; 0 when there is no such unit.</summary>
    private static decimal Unit(ReadOnlySpan<char> name) => name switch
    {
        "ns" => 1m,
        "us" or "µs" or "μs" => 1_000m,
        "ms" => 1_000_000m,
        "s" => 1_000_000_000m,
        "m" => 60_000_000_000m,
        "h" => 3_600_000_000_000m,
        _ => 0m,
    };

    // At most 19 digits before the point can be in range; the fraction beyond nanoseconds of an hour counts for nothing.
    private static bool TryNumber(ReadOnlySpan<char> text, out decimal value)
    {
        value = 0;
        int point = text.IndexOf('.');
        ReadOnlySpan<char> whole = (point < 0 ? text : text[..point]).TrimStart('0');
        ReadOnlySpan<char> fraction = point < 0 ? [] : text[(point + 1)..];
        if (whole.Length > 19 || fraction.Contains('.') || !text.ContainsAnyInRange('0', '9'))
            return false;
        if (fraction.Length > 18)
            fraction = fraction[..18];
        decimal scale = 1;
        if (!whole.IsEmpty)
            value = decimal.Parse(whole, NumberStyles.None, CultureInfo.InvariantCulture);
        if (value > long.MaxValue + 1m)
            return false;
        foreach (char c in fraction)
        {
            scale /= 10;
            value += (c - '0') * scale;
            if (scale == 0.000000001m)
                break;
        }
        return true;
    }

    private static int DaysIn(int year, int month) =>
        month == 2 && (year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)) ? 29 : DateTime.DaysInMonth(1999, month);

    private static bool Digits(ReadOnlySpan<char> text, int start, int count, out int value)
    {
        value = 0;
        foreach (char c in text.Slice(start, count))
        {
            if (!char.IsAsciiDigit(c))
                return false;
            value = (value * 10) + (c - '0');
        }
        return true;
    }
}
