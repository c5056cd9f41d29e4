using System.Text.RegularExpressions;

namespace DataMesh.Conformance;

/// <summary>Says of a difference what it means to somebody who evaluates such a source.</summary>
internal static partial class FailureReason
{
    /// <summary>The first difference of a case, as the judge writes it, in a sentence.</summary>
    public static string Of(string difference)
    {
        if (difference.StartsWith("timeout", StringComparison.Ordinal))
            return "it takes longer than a case may";
        if (difference.StartsWith("crash", StringComparison.Ordinal))
            return "it ends the process";
        Match match = Difference().Match(difference);
        if (!match.Success)
            return Shorten("the text differs: " + difference);

        string what = match.Groups["what"].Value, theirs = match.Groups["theirs"].Value, ours = match.Groups["ours"].Value;
        string place = match.Groups["path"].Value is { Length: > 0 } path ? $" of {path}" : "";
        return Shorten(what switch
        {
            "fields" when SameWords(theirs, ours) => $"the fields{place} come in another order; they and their values are equal",
            "fields" => $"the fields{place} differ: cue has {theirs}, here are {ours}",
            "error" or "errors" or "concreteErrors" => OfError(what, place, theirs, ours),
            "kind" => $"the value{place} is {ours}, in cue {theirs}",
            "stage" => theirs == "none" ? "it is refused when it is built; cue evaluates it" : $"cue refuses it at {theirs}; here it is evaluated",
            "open" => $"whether more fields may be added{place.Replace(" of ", " to ", StringComparison.Ordinal)} differs",
            "default" => $"the default{place} is {ours}, in cue {theirs}",
            "disjuncts" => $"{ours} disjuncts{place} are left, in cue {theirs}",
            "expr" => $"the value{place} is written as {ours}, in cue as {theirs}",
            _ => $"{what}{place} differs: {ours}, in cue {theirs}",
        });
    }

    private static string OfError(string what, string place, string theirs, string ours)
    {
        string list = what switch { "errors" => "the errors of the package", "concreteErrors" => "the errors of the package as data", _ => $"the error{place}" };
        if (ours == "none")
            return $"{list}: cue tells {theirs}, here there is none";
        if (theirs == "none")
            return $"{list}: here {ours} is told, by cue none";
        Match left = Error().Match(theirs), right = Error().Match(ours);
        bool Same(string part) => left.Groups[part].Value == right.Groups[part].Value;
        if (!left.Success || !right.Success || !Same("head"))
            return $"{list}: cue tells {theirs}, here {ours} is told";
        return !Same("positions")
            ? $"{list}: {left.Groups["head"].Value.Trim()} is told with the positions {right.Groups["positions"].Value}, by cue with {left.Groups["positions"].Value}"
            : $"{list}: {left.Groups["head"].Value.Trim()} is told as {Count(right)} error(s) in one, by cue as {Count(left)}";
    }

    private static string Count(Match error) => error.Groups["count"].Value is { Length: > 0 } count ? count : "1";

    private static bool SameWords(string left, string right) =>
        left.Split(' ').Order(StringComparer.Ordinal).SequenceEqual(right.Split(' ').Order(StringComparer.Ordinal));

    private static string Shorten(string text)
    {
        text = text.Replace('\t', ' ');
        return text.Length > 300 ? text[..300] + "..." : text;
    }

    [GeneratedRegex("^(?:(?<path>.*?): )?(?<what>[a-zA-Z]+): expected (?<theirs>.*), got (?<ours>.*)$", RegexOptions.CultureInvariant)]
    private static partial Regex Difference();

    [GeneratedRegex(@"^(?<head>.*)\[(?<positions>[^\]]*)\](?: x(?<count>\d+))?$", RegexOptions.CultureInvariant)]
    private static partial Regex Error();
}
