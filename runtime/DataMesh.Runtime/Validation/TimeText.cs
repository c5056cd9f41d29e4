using DataMesh.Cue.Numerics;

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

    /// <summary>Why a text is no duration, in the words of the package; null when it is one.</summary>
    public static string? DurationError(string text) => DurationText.TryParse(text, out _, out string unit) switch
    {
        DurationParseResult.Success => null,
        DurationParseResult.MissingUnit => "time: missing unit in duration " + CueText.Quote(text),
        DurationParseResult.UnknownUnit => $"time: unknown unit {CueText.Quote(unit)} in duration {CueText.Quote(text)}",
        _ => "time: invalid duration " + CueText.Quote(text),
    };

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
