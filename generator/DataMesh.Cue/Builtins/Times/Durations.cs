using System.Globalization;
using System.Numerics;

namespace DataMesh.Cue.Builtins.Times;

/// <summary>Durations in nanoseconds and their text, e.g. <c>1h30m</c>.</summary>
internal static class Durations
{
    private static readonly BigInteger Limit = BigInteger.One << 63;

    public static long Parse(string text)
    {
        BuiltinException Invalid() => new("time: invalid duration " + Conversion.QuotedText.QuoteBytes(text));

        string rest = text;
        bool isNegative = false;
        if (rest.Length > 0 && (rest[0] == '-' || rest[0] == '+'))
        {
            isNegative = rest[0] == '-';
            rest = rest.Substring(1);
        }

        if (rest == "0")
            return 0;
        if (rest.Length == 0)
            throw Invalid();
        BigInteger total = BigInteger.Zero;
        while (rest.Length > 0)
        {
            if (!IsDigit(rest[0]) && rest[0] != '.')
                throw Invalid();
            string whole = TakeWhile(ref rest, IsDigit), fraction = "";
            if (rest.StartsWith(".", StringComparison.Ordinal))
            {
                rest = rest.Substring(1);
                fraction = TakeWhile(ref rest, IsDigit);
            }

            if (whole.Length + fraction.Length == 0)
                throw Invalid();
            string unit = TakeWhile(ref rest, c => c != '.' && !IsDigit(c));
            if (unit.Length == 0)
                throw new BuiltinException("time: missing unit in duration " + Conversion.QuotedText.QuoteBytes(text));
            long size = UnitSize(unit)
                ?? throw new BuiltinException($"time: unknown unit {Conversion.QuotedText.QuoteBytes(unit)} in duration {Conversion.QuotedText.QuoteBytes(text)}");
            // Digits below a nanosecond do not count; a unit has at most 13 of them.
            string counted = fraction.Length > 18 ? fraction.Substring(0, 18) : fraction;
            total += (Number(whole) * size) + (Number(counted) * size / BigInteger.Pow(10, counted.Length));
            if (total > Limit)
                throw Invalid();
        }

        if (!isNegative && total >= Limit)
            throw Invalid();
        return (long)(isNegative ? -total : total);
    }

    public static string Format(long nanoseconds)
    {
        if (nanoseconds == 0)
            return "0s";
        BigInteger rest = BigInteger.Abs(nanoseconds);
        string sign = nanoseconds < 0 ? "-" : "";
        if (rest < 1_000_000_000)
        {
            (int digits, string unit) = rest < 1_000 ? (0, "ns") : rest < 1_000_000 ? (3, "µs") : (6, "ms");
            return sign + WithFraction(rest, digits) + unit;
        }

        BigInteger minutes = BigInteger.DivRem(rest, 60_000_000_000, out BigInteger seconds);
        string text = WithFraction(seconds, 9) + "s";
        if (minutes.IsZero)
            return sign + text;
        BigInteger hours = BigInteger.DivRem(minutes, 60, out minutes);
        text = minutes.ToString(CultureInfo.InvariantCulture) + "m" + text;
        return sign + (hours.IsZero ? "" : hours.ToString(CultureInfo.InvariantCulture) + "h") + text;
    }

    private static string WithFraction(BigInteger value, int digits)
    {
        BigInteger whole = BigInteger.DivRem(value, BigInteger.Pow(10, digits), out BigInteger fraction);
        string text = whole.ToString(CultureInfo.InvariantCulture);
        return fraction.IsZero ? text : text + "." + fraction.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0').TrimEnd('0');
    }

    private static BigInteger Number(string digits) => digits.Length == 0 ? BigInteger.Zero : BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    private static bool IsDigit(char c) => c is >= '0' and <= '9';

    private static string TakeWhile(ref string rest, Func<char, bool> isTaken)
    {
        int i = 0;
        while (i < rest.Length && isTaken(rest[i]))
            i++;
        string taken = rest.Substring(0, i);
        rest = rest.Substring(i);
        return taken;
    }

    private static long? UnitSize(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "\u00B5s" or "\u03BCs" => 1_000,
        "ms" => 1_000_000,
        "s" => 1_000_000_000,
        "m" => 60_000_000_000,
        "h" => 3_600_000_000_000,
        _ => null,
    };
}
