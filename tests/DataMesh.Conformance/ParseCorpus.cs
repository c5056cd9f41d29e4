using System.Text.Json;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;

namespace DataMesh.Conformance;

/// <summary>Judges scanner, parser and formatter by cue/parse.jsonl.</summary>
internal static class ParseCorpus
{
    /// <summary>
    /// Runs every case, one a line. Each gives up to three results: <c>verdict</c> (accepted or not), <c>errors</c> (the same
    /// lines, columns and messages) and, where the case has it, <c>fmt</c>.
    /// </summary>
    public static IEnumerable<(string Id, string Aspect, bool Pass, string Detail)> Run(IEnumerable<string> lines)
    {
        foreach (var line in lines)
        {
            using var document = JsonDocument.Parse(line);
            foreach (var result in Run(document.RootElement))
                yield return result;
        }
    }

    private static List<(string Id, string Aspect, bool Pass, string Detail)> Run(JsonElement root)
    {
        var id = root.GetProperty("id").GetString()!;
        var parsed = CueParser.ParseFile("in.cue", root.GetProperty("src").GetString()!);
        var isAccepted = parsed.Errors.Count == 0;
        var mayAccept = root.GetProperty("ok").GetBoolean();
        var results = new List<(string, string, bool, string)>
        {
            (id, "verdict", isAccepted == mayAccept, mayAccept ? "refused: " + parsed.Errors.FirstOrDefault() : "accepted"),
        };

        var expected = root.GetProperty("errors").EnumerateArray()
            .Select(error => $"{error.GetProperty("line").GetInt32()}:{error.GetProperty("col").GetInt32()}: {error.GetProperty("msg").GetString()}")
            .ToList();
        var actual = parsed.ReportedErrors.Select(error => $"{error.Position.Line}:{error.Position.Column}: {error.Message}").ToList();
        var difference = expected.Except(actual).Select(error => "- " + error).Concat(actual.Except(expected).Select(error => "+ " + error));
        results.Add((id, "errors", expected.SequenceEqual(actual), string.Join("; ", difference)));

        if (root.TryGetProperty("fmt", out var formatted))
        {
            var text = isAccepted ? CueFormatter.Format(parsed.File) : "";
            results.Add((id, "fmt", text == formatted.GetString(), DescribeFirstDifference(formatted.GetString()!, text)));
        }

        return results;
    }

    private static string DescribeFirstDifference(string expected, string actual)
    {
        var left = expected.Split('\n');
        var right = actual.Split('\n');
        for (var i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            var expectedLine = i < left.Length ? left[i] : "(end)";
            var actualLine = i < right.Length ? right[i] : "(end)";
            if (expectedLine != actualLine)
                return $"line {i + 1}: expected \"{expectedLine}\", got \"{actualLine}\"";
        }

        return "";
    }
}
