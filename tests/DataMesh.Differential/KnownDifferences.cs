using System.Text.RegularExpressions;
using DataMesh.Differential.Judging;

namespace DataMesh.Differential;

/// <summary>
/// Differences that stay, each with its reason. The file has paragraphs: the reason as <c># ...</c> lines, then the shrunk
/// package, which is found again by its shape: names and literals are numbered in the order in which they appear. In the place
/// of a package a family of them can stand, as regular expressions: <c>cue: ...</c> for an error that only cue tells,
/// <c>here: ...</c> for one that is only told here, <c>source: ...</c> for the package, or <c>source refers in circles</c>
/// (<see cref="Circles"/>); all that are given have to match. A crash, or an end in a budget, is in no family.
/// </summary>
internal sealed partial class KnownDifferences
{
    private readonly HashSet<string> _shapes = [];
    private readonly List<Family> _families = [];

    public static KnownDifferences Load(string file)
    {
        KnownDifferences known = new();
        foreach (string paragraph in File.ReadAllText(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] lines = [.. paragraph.Split('\n').Where(line => !line.StartsWith("# ", StringComparison.Ordinal))];
            if (Family.TryRead(lines) is { } family)
                known._families.Add(family);
            else
                known._shapes.Add(Shape(string.Join('\n', lines)));
        }

        return known;
    }

    public bool Has(string package, Answer theirs, Answer ours) =>
        _shapes.Contains(Shape(package)) || (ours.Failure is null && _families.Exists(family => family.Has(package, theirs, ours)));

    /// <summary>What packages have in common that differ for one reason.</summary>
    private sealed record Family(Regex? Cue, Regex? Here, Regex? Source, bool IsOfCircles)
    {
        public static Family? TryRead(string[] lines)
        {
            Regex? Read(string name) => Array.Find(lines, line => line.StartsWith(name + ": ", StringComparison.Ordinal)) is { } line ? new Regex(line[(name.Length + 2)..], RegexOptions.CultureInvariant) : null;
            Family family = new(Read("cue"), Read("here"), Read("source"), lines.Contains("source refers in circles"));
            return family is { Cue: null, Here: null, IsOfCircles: false } ? null : family;
        }

        public bool Has(string package, Answer theirs, Answer ours)
        {
            string[] cue = [.. Problems(theirs)], here = [.. Problems(ours)];
            return Source?.IsMatch(package) != false
                && (!IsOfCircles || Circles.AreIn(package))
                && (Cue is null || cue.Except(here).Any(problem => Cue.IsMatch(problem)))
                && (Here is null || here.Except(cue).Any(problem => Here.IsMatch(problem)));
        }

        private static IEnumerable<string> Problems(Answer answer) => answer.Errors.Concat(answer.ConcreteErrors).Select(problem => $"{problem.Path}: {problem.Message}");
    }

    /// <summary>The package with names, numbers and strings replaced by their order of appearance.</summary>
    public static string Shape(string package)
    {
        Dictionary<string, string> names = [];
        string Number(Match match)
        {
            string text = match.Value;
            if (!names.TryGetValue(text, out string? name))
            {
                char sort = text[0] switch { '"' => 's', '#' => '#', '_' => '_', >= '0' and <= '9' => '0', _ => 'n' };
                names.Add(text, name = $"{sort}{names.Count}");
            }

            return name;
        }

        return Whitespace().Replace(Token().Replace(package, Number), " ").Trim();
    }

    [GeneratedRegex("\"[a-zA-Z]*\"|\\b[0-9][0-9.]*\\b|(?<![\\w.#])(_h|#[ABC]|[a-d]|[kvxL][0-9]+)(?!\\w|\\()", RegexOptions.CultureInvariant)]
    private static partial Regex Token();

    [GeneratedRegex("\\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Whitespace();
}
