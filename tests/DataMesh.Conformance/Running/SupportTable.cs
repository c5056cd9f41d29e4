using System.Globalization;
using System.Text;

namespace DataMesh.Conformance.Running;

/// <summary>The table in a document that says how much of each corpus is equal, written from a run.</summary>
internal static class SupportTable
{
    private const string Begin = "<!-- written by eng/conformance.sh --table -->";
    private const string End = "<!-- end of the table -->";

    private static readonly Dictionary<string, string> _headings = new(StringComparer.Ordinal)
    {
        ["parse"] = "sources accepted or rejected",
        ["parse.errors"] = "syntax errors at the same line and column",
        ["parse.fmt"] = "formatted as `cue fmt` does",
        ["eval"] = "whole evaluations: CUE's own test suite",
        ["evalmulti"] = "the same, with several packages",
        ["docs"] = "whole evaluations: the documentation",
        ["builtins"] = "functions of the standard packages",
        ["regexp"] = "RE2 patterns",
        ["openapi"] = "OpenAPI documents",
        ["openapi.errors"] = "schemas without an OpenAPI document: the error",
    };

    private static readonly Dictionary<string, string> _commands = new(StringComparer.Ordinal)
    {
        ["cli.eval"] = "what `cue eval` prints, and its exit code",
        ["cli.eval.errors"] = "the errors that `cue eval` prints, to the letter",
        ["cli.export"] = "what `cue export` prints, and its exit code",
        ["cli.export.errors"] = "the errors that `cue export` prints, to the letter",
    };

    /// <summary>Replaces the table in <paramref name="file"/>.</summary>
    /// <exception cref="InvalidDataException">The file has no place for it.</exception>
    public static void Update(string file, IEnumerable<CorpusReport> reports)
    {
        string text = File.ReadAllText(file);
        int begin = text.IndexOf(Begin, StringComparison.Ordinal), end = text.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidDataException($"'{file}' has no lines '{Begin}' and '{End}'.");
        File.WriteAllText(file, text[..(begin + Begin.Length)] + "\n\n" + Write(reports) + "\n" + text[end..]);
    }

    private static string Write(IEnumerable<CorpusReport> reports)
    {
        StringBuilder table = new("| corpus | what is judged | equal |\n|---|---|---|\n");
        foreach (CorpusReport report in reports)
        {
            double share = Math.Floor(1000.0 * report.Passed / Math.Max(1, report.Total)) / 10;
            table.Append(CultureInfo.InvariantCulture, $"| `{report.Name}` | {Describe(report.Name)} | {report.Passed} of {report.Total} ({share:0.0} %) |\n");
        }

        return table.ToString();
    }

    private static string Describe(string name)
    {
        if (_headings.TryGetValue(name, out string? description))
            return description;
        int dot = name.IndexOf('.', StringComparison.Ordinal);
        return dot > 0 && _commands.TryGetValue(name[(dot + 1)..], out description) ? description : "";
    }
}
