using System.Globalization;
using System.Numerics;
using DataMesh.Cue.Builtins.Conversion;
using DataMesh.Cue.Numerics;

namespace DataMesh.Cue.Builtins.Times;

/// <summary>Durations in nanoseconds and their text, e.g. <c>1h30m</c>.</summary>
internal static class Durations
{
    public static long Parse(string text) => DurationText.TryParse(text, out long nanoseconds, out string unit) switch
    {
        DurationParseResult.Success => nanoseconds,
        DurationParseResult.MissingUnit => throw new BuiltinException("time: missing unit in duration " + QuotedText.QuoteBytes(text)),
        DurationParseResult.UnknownUnit => throw new BuiltinException($"time: unknown unit {QuotedText.QuoteBytes(unit)} in duration {QuotedText.QuoteBytes(text)}"),
        _ => throw new BuiltinException("time: invalid duration " + QuotedText.QuoteBytes(text)),
    };

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
}
