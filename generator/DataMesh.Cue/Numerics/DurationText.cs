using System.Globalization;
using System.Numerics;

namespace DataMesh.Cue.Numerics;

/// <summary>What became of a text that was read as a duration.</summary>
internal enum DurationParseResult
{
    Success,

    /// <summary>The text is no duration, or one beyond 64 bits of nanoseconds.</summary>
    Invalid,

    MissingUnit,
    UnknownUnit,
}

/// <summary>Durations as the package <c>time</c> takes them: <c>1h15m30.918273645s</c>, <c>-1.5h</c>, <c>0</c>.</summary>
internal static class DurationText
{
    /// <summary>The magnitude of the least duration.</summary>
    private const ulong Limit = 1UL << 63;

    /// <summary>Digits below a nanosecond do not count; a unit has at most 13 of them.</summary>
    private const int MostCounted = 18;

    /// <param name="text">The text.</param>
    /// <param name="nanoseconds">The duration; 0 if it is none.</param>
    /// <param name="unit">The last unit that was read, which may be the one that is unknown.</param>
    public static DurationParseResult TryParse(string text, out long nanoseconds, out string unit)
    {
        nanoseconds = 0;
        unit = "";
        var isNegative = text.Length > 0 && text[0] == '-';
        var at = text.Length > 0 && text[0] is '-' or '+' ? 1 : 0;
        if (at == text.Length)
            return DurationParseResult.Invalid;
        if (at == text.Length - 1 && text[at] == '0')
            return DurationParseResult.Success;
        var total = 0UL;
        while (at < text.Length)
        {
            var whole = Digits(text, ref at);
            var fraction = "";
            if (at < text.Length && text[at] == '.')
            {
                at++;
                fraction = Digits(text, ref at);
            }

            if (whole.Length + fraction.Length == 0 || !TryRead(whole, out var count))
                return DurationParseResult.Invalid;
            var start = at;
            while (at < text.Length && text[at] != '.' && !IsDigit(text[at]))
                at++;
            unit = text.Substring(start, at - start);
            if (unit.Length == 0)
                return DurationParseResult.MissingUnit;
            var size = SizeOf(unit);
            if (size == 0)
                return DurationParseResult.UnknownUnit;
            if (count > Limit / size)
                return DurationParseResult.Invalid;
            var part = (count * size) + PartOf(size, fraction);
            if (part > Limit - total)
                return DurationParseResult.Invalid;
            total += part;
        }

        if (!isNegative && total == Limit)
            return DurationParseResult.Invalid;
        nanoseconds = unchecked(isNegative ? -(long)total : (long)total);
        return DurationParseResult.Success;
    }

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static string Digits(string text, ref int at)
    {
        var start = at;
        while (at < text.Length && IsDigit(text[at]))
            at++;
        return text.Substring(start, at - start);
    }

    private static bool TryRead(string digits, out ulong value)
    {
        digits = digits.TrimStart('0');
        value = 0;
        return digits.Length == 0 || (digits.Length <= 19 && ulong.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= Limit);
    }

    private static ulong PartOf(ulong size, string fraction)
    {
        if (fraction.Length == 0)
            return 0;
        if (fraction.Length > MostCounted)
            fraction = fraction.Substring(0, MostCounted);
        return (ulong)(ulong.Parse(fraction, NumberStyles.None, CultureInfo.InvariantCulture) * new BigInteger(size) / BigInteger.Pow(10, fraction.Length));
    }

    /// <summary>A unit in nanoseconds; 0 if there is no such unit.</summary>
    private static ulong SizeOf(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "\u00B5s" or "\u03BCs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => 0,
    };
}
