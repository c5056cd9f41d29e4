using System.Text.RegularExpressions;
using DataMesh.Differential.Judging;
using DataMesh.Differential.Mutation;

namespace DataMesh.Differential;

/// <summary>
/// Differences that stay, each with its reason. The file has paragraphs: the reason as <c># ...</c> lines, then the shrunk
/// package, which is found again by its shape: names and literals are numbered in the order in which they appear. In the place
/// of a package a family of them can stand, as regular expressions: <c>cue: ...</c> for an error that only cue tells,
/// <c>here: ...</c> for one that is only told here, <c>source: ...</c> for the package, or <c>source refers in circles</c>
/// (<see cref="Circles"/>), or <c>cue omits ...</c> for an answer that is the one to the
/// package without these (<see cref="Omission"/>); all that are given have to match. What ends in a limit here is in a family with
/// <c>here ends in a limit</c> only; a crash is in none.
/// </summary>
internal sealed partial class KnownDifferences
{
    private readonly Dictionary<string, string> _shapes = [];
    private readonly List<Family> _families = [];

    public static KnownDifferences Load(string file)
    {
        KnownDifferences known = new();
        foreach (string paragraph in File.ReadAllText(file).Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            ILookup<bool, string> lines = paragraph.Split('\n').ToLookup(line => line.StartsWith("# ", StringComparison.Ordinal));
            string reason = string.Join(' ', lines[true].Select(line => line[2..]));
            if (Family.TryRead(reason, [.. lines[false]]) is { } family)
                known._families.Add(family);
            else
                known._shapes.Add(Shape(string.Join('\n', lines[false])), reason);
        }

        return known;
    }

    /// <summary>The reason for a difference; null if it is none of these.</summary>
    /// <param name="package">The package, shrunk.</param>
    /// <param name="theirs">What cue answers.</param>
    /// <param name="ours">What is answered here.</param>
    /// <param name="isAnswer">Whether what cue answers is what another package is here.</param>
    public string? Find(string package, Answer theirs, Answer ours, Func<string, bool> isAnswer) =>
        _shapes.GetValueOrDefault(Shape(package)) ?? _families.Find(family => family.Has(package, theirs, ours, isAnswer))?.Reason;

    private static readonly (string Line, Omitted? Omitted)[] Omissions =
    [
        ("cue omits validators", Omitted.Validators),
        ("cue omits closing", Omitted.Closing),
        ("cue omits closed constraints", Omitted.ClosedConstraints),
    ];

    /// <summary>What packages have in common that differ for one reason.</summary>
    private sealed record Family(string Reason, Regex? Cue, Regex? Here, Regex? Source, Omitted? Omitted, bool IsOfCircles, bool EndsInLimit)
    {
        public static Family? TryRead(string reason, string[] lines)
        {
            Regex? Read(string name) => Array.Find(lines, line => line.StartsWith(name + ": ", StringComparison.Ordinal)) is { } line ? new Regex(line[(name.Length + 2)..], RegexOptions.CultureInvariant) : null;
            Family family = new(reason, Read("cue"), Read("here"), Read("source"), Omissions.FirstOrDefault(each => lines.Contains(each.Line)).Omitted, lines.Contains("source refers in circles"), lines.Contains("here ends in a limit"));
            return family is { Cue: null, Here: null, Omitted: null, IsOfCircles: false } ? null : family;
        }

        public bool Has(string package, Answer theirs, Answer ours, Func<string, bool> isAnswer)
        {
            string[] cue = [.. Problems(theirs)], here = [.. Problems(ours)];
            return EndsInLimit == ours.EndsInLimit && (EndsInLimit || ours.Failure is null)
                && Source?.IsMatch(package) != false
                && (!IsOfCircles || Circles.AreIn(package))
                && (Cue is null || cue.Except(here).Any(problem => Cue.IsMatch(problem)))
                && (Here is null || here.Except(cue).Any(problem => Here.IsMatch(problem)))
                && (Omitted is not { } omitted || (Omission.From(package, omitted) is { } rest && isAnswer(rest)));
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
