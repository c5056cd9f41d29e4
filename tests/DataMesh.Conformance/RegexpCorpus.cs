using System.Text;
using System.Text.Json;
using DataMesh.Cue.RegularExpressions;

namespace DataMesh.Conformance;

/// <summary>Judges the regular expressions by cue/regexp.jsonl: what Go's regexp.Compile and MatchString say.</summary>
internal static class RegexpCorpus
{
    /// <summary>Runs every case of the corpus, one a line, and tells for each whether it passes and what differs.</summary>
    public static IEnumerable<(string Id, bool Pass, string Detail)> Run(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            var expected = root.TryGetProperty("error", out var error)
                ? error.GetString()!
                : root.GetProperty("match").GetBoolean() ? "match" : "no match";
            var actual = Judge(root.GetProperty("pattern").GetString()!, root.GetProperty("input").GetString()!);
            yield return (
                root.GetProperty("id").GetString()!,
                actual == expected,
                actual == expected ? "" : "expected " + expected + ", got " + actual);
        }
    }

    /// <summary>The answer that all ways of matching agree on, or what they disagree about.</summary>
    private static string Judge(string pattern, string input)
    {
        if (!RegularExpression.TryParse(pattern, out var expression, out var error))
            return error!;
        var utf8 = Encoding.UTF8.GetBytes(input);
        var answers = new List<(string Way, bool IsMatch)>
        {
            ("UTF-16", expression!.IsMatch(input)),
            ("UTF-8", expression.IsMatch(utf8)),
            ("groups", expression.Find(input) is not null),
        };
        if (expression.TryBuildDfa(64) is { } tables)
            answers.Add(("tables", tables.IsMatch(utf8)));
        if (answers.TrueForAll(answer => answer.IsMatch == answers[0].IsMatch))
            return answers[0].IsMatch ? "match" : "no match";
        return string.Join(", ", answers.Select(answer => answer.Way + ": " + (answer.IsMatch ? "match" : "no match")));
    }
}
