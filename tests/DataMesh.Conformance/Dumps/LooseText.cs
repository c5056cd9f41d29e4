using System.Text.RegularExpressions;

namespace DataMesh.Conformance.Dumps;

/// <summary>
/// Texts whose order of parts may vary (messages, expressions): they are compared as bags of words. Two texts are alike
/// if most of their words are the same ones.
/// </summary>
internal static partial class LooseText
{
    /// <summary>The share of common words from which two texts are alike.</summary>
    private const double Threshold = 0.6;

    public static bool AreAlike(string expected, string actual)
    {
        if (string.Equals(expected, actual, StringComparison.Ordinal))
            return true;
        List<string> left = Words(expected), right = Words(actual);
        return left.Count + right.Count > 0 && 2.0 * Common(left, right) / (left.Count + right.Count) >= Threshold;
    }

    /// <summary>Whether both texts have the same words, in whatever order.</summary>
    public static bool HaveSameWords(string expected, string actual)
    {
        List<string> left = Words(expected), right = Words(actual);
        return left.Count == right.Count && Common(left, right) == left.Count;
    }

    private static int Common(List<string> left, List<string> right)
    {
        Dictionary<string, int> bag = new(StringComparer.Ordinal);
        foreach (string word in left)
            bag[word] = bag.GetValueOrDefault(word) + 1;
        int common = 0;
        foreach (string word in right)
        {
            if (bag.GetValueOrDefault(word) is int rest and > 0)
            {
                bag[word] = rest - 1;
                common++;
            }
        }

        return common;
    }

    private static List<string> Words(string text) => [.. Word().Matches(text).Select(match => match.Value)];

    [GeneratedRegex("[\\p{L}\\p{N}_#$.]+|[^\\s\\p{L}\\p{N}_#$.,:;(){}\\[\\]\"]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
