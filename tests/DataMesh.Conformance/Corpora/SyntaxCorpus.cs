using System.Text.Json;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;

namespace DataMesh.Conformance.Corpora;

/// <summary>Sources, whether they parse, with which errors (the same lines, columns and first lines of messages), and how they are formatted: parse.</summary>
internal sealed class SyntaxCorpus : ICorpus
{
    public string FileName => "parse.jsonl";

    public IEnumerable<Verdict> Judge(JsonElement @case, string folder)
    {
        ParseResult parsed = CueParser.ParseFile("in.cue", @case.GetProperty("src").GetString()!);
        bool isAccepted = parsed.Errors.Count == 0, mayAccept = @case.GetProperty("ok").GetBoolean();
        yield return new("parse", isAccepted == mayAccept ? null : mayAccept ? "refused: " + parsed.Errors.FirstOrDefault() : "accepted");

        List<string> expected =
        [
            .. @case.GetProperty("errors").EnumerateArray()
                .Select(error => $"{error.GetProperty("line").GetInt32()}:{error.GetProperty("col").GetInt32()}: {error.GetProperty("msg").GetString()}"),
        ];
        List<string> actual = [.. parsed.ReportedErrors.Select(error => $"{error.Position.Line}:{error.Position.Column}: {error.Message.Split('\n')[0]}")];
        IEnumerable<string> difference = expected.Except(actual).Select(error => "- " + error).Concat(actual.Except(expected).Select(error => "+ " + error));
        yield return new("parse.errors", expected.SequenceEqual(actual) ? null : string.Join("; ", difference));

        if (@case.TryGetProperty("fmt", out JsonElement formatted))
        {
            string text = isAccepted ? CueFormatter.Format(parsed.File) : "";
            yield return new("parse.fmt", text == formatted.GetString() ? null : DescribeFirstDifference(formatted.GetString()!, text).ReplaceLineEndings(" "));
        }
    }

    private static string DescribeFirstDifference(string expected, string actual)
    {
        string[] left = expected.Split('\n'), right = actual.Split('\n');
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            string expectedLine = i < left.Length ? left[i] : "(end)", actualLine = i < right.Length ? right[i] : "(end)";
            if (expectedLine != actualLine)
                return $"line {i + 1}: expected \"{expectedLine}\", got \"{actualLine}\"";
        }

        return "";
    }
}
