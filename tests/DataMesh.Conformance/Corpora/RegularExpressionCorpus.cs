using System.Text;
using System.Text.Json;
using DataMesh.Cue.RegularExpressions;

namespace DataMesh.Conformance.Corpora;

/// <summary>Patterns, inputs and whether they match, as Go's regexp.Compile and MatchString say: regexp.</summary>
internal sealed class RegularExpressionCorpus : ICorpus
{
    public string FileName => "regexp.jsonl";

    public IEnumerable<Verdict> Judge(JsonElement @case, string folder)
    {
        string expected = @case.TryGetProperty("error", out JsonElement error)
            ? error.GetString()!
            : @case.GetProperty("match").GetBoolean() ? "match" : "no match";
        string actual = Match(@case.GetProperty("pattern").GetString()!, @case.GetProperty("input").GetString()!);
        yield return new("regexp", actual == expected ? null : $"expected {expected}, got {actual}");
    }

    /// <summary>The answer that all ways of matching agree on, or what they disagree about.</summary>
    private static string Match(string pattern, string input)
    {
        if (!RegularExpression.TryParse(pattern, out RegularExpression? expression, out string? error))
            return error!;
        byte[] utf8 = Encoding.UTF8.GetBytes(input);
        List<(string Way, bool IsMatch)> answers =
        [
            ("UTF-16", expression!.IsMatch(input)),
            ("UTF-8", expression.IsMatch(utf8)),
            ("groups", expression.Find(input) is not null),
        ];
        if (expression.TryBuildDfa(64) is { } tables)
            answers.Add(("tables", tables.IsMatch(utf8)));
        if (answers.TrueForAll(answer => answer.IsMatch == answers[0].IsMatch))
            return answers[0].IsMatch ? "match" : "no match";
        return string.Join(", ", answers.Select(answer => answer.Way + ": " + (answer.IsMatch ? "match" : "no match")));
    }
}
