using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace DataMesh.Conformance.Dumps;

/// <summary>Comparison of floats that were computed in binary, where the last digits depend on the machine's functions.</summary>
internal static partial class NumberText
{
    /// <summary>More digits than a binary double has were computed in decimal, and those are exact.</summary>
    private const int DigitsOfDouble = 17;

    private const long Ulps = 4;

    public static bool AreClose(string expected, string actual)
    {
        if (string.Equals(expected, actual, StringComparison.Ordinal))
            return true;
        if (SignificantDigits(expected) > DigitsOfDouble
            || !double.TryParse(expected, NumberStyles.Float, CultureInfo.InvariantCulture, out double left)
            || !double.TryParse(actual, NumberStyles.Float, CultureInfo.InvariantCulture, out double right)
            || !double.IsFinite(left) || !double.IsFinite(right))
        {
            return false;
        }

        return Math.Abs(Ordered(left) - Ordered(right)) <= Ulps;
    }

    /// <summary>The same for a text with numbers in it; everything else has to be equal.</summary>
    public static bool AreCloseTexts(string expected, string actual)
    {
        if (string.Equals(expected, actual, StringComparison.Ordinal))
            return true;
        MatchCollection left = Number().Matches(expected), right = Number().Matches(actual);
        if (left.Count != right.Count || !string.Equals(Without(expected), Without(actual), StringComparison.Ordinal))
            return false;
        for (int i = 0; i < left.Count; i++)
        {
            if (!AreClose(left[i].Value, right[i].Value))
                return false;
        }

        return true;
    }

    private static int SignificantDigits(string text) =>
        text.Split('e', 'E')[0].Replace(".", "", StringComparison.Ordinal).TrimStart('-', '0').Length;

    private static string Without(string text) => Number().Replace(text, "#");

    /// <summary>Maps doubles to integers so that neighbours differ by one.</summary>
    private static long Ordered(double value)
    {
        long bits = BitConverter.DoubleToInt64Bits(value);
        return bits < 0 ? long.MinValue - bits : bits;
    }

    [GeneratedRegex("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
