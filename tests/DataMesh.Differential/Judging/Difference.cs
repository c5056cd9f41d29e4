using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace DataMesh.Differential.Judging;

/// <summary>How much has to be equal. Each level has all that the ones before it have.</summary>
internal enum Strictness
{
    /// <summary>Whether <c>cue vet -c</c> accepts the package, and the JSON.</summary>
    Acceptance,

    /// <summary>The kind, and whether any of the errors is one that more information could not mend.</summary>
    Verdicts,

    /// <summary>The paths of the errors.</summary>
    Paths,

    /// <summary>The positions of the errors.</summary>
    Positions,

    /// <summary>The whole value as it is written.</summary>
    Values,

    /// <summary>The texts of the errors.</summary>
    Messages,
}

/// <summary>The first difference between two answers.</summary>
/// <param name="What">Which part differs; a shrunk package has to differ in the same part.</param>
internal sealed partial record Difference(string What, string Theirs, string Ours)
{
    public override string ToString() => $"{What}: cue {Theirs}, here {Ours}";

    /// <summary>Compares; null if there is no difference, or no answer to compare with.</summary>
    public static Difference? Between(Answer theirs, Answer ours, Strictness strictness)
    {
        if (theirs.Failure is not null)
            return null;
        if (ours.Failure is not null)
            return new("failure", "answers", ours.Failure);
        return (strictness < Strictness.Verdicts ? null : BetweenVerdicts(theirs, ours))
            ?? Unequal("concrete errors", Verdict(theirs.ConcreteErrors), Verdict(ours.ConcreteErrors))
            ?? Unequal("JSON", theirs.Json, ours.Json)
            ?? BetweenLists("error", theirs.Errors, ours.Errors, strictness)
            ?? BetweenLists("concrete error", theirs.ConcreteErrors, ours.ConcreteErrors, strictness)
            ?? (strictness < Strictness.Values || theirs.Text is null ? null : Unequal("value", Bare(theirs.Text), Bare(ours.Text ?? "")));
    }

    /// <summary>Whether two answers are the same but for the order of fields.</summary>
    public static bool IsOfOrderOnly(Answer one, Answer other, Strictness strictness) =>
        Between(one, other with { Json = one.Json }, strictness) is null && JsonNode.DeepEquals(Fields(one), Fields(other));

    private static JsonNode? Fields(Answer answer) => answer.Json is null ? null : JsonNode.Parse(answer.Json);

    private static Difference? BetweenVerdicts(Answer theirs, Answer ours) =>
        Unequal("errors", Verdict(theirs.Errors), Verdict(ours.Errors))
        // cue tells of a struct with errors inside that it is one, whatever they are.
        ?? (theirs.Kind == "_|_" ? null : Unequal("kind", theirs.Kind, ours.Kind));

    /// <summary>A text without comments, which say why there is no value, and without the layout that depends on them.</summary>
    private static string Bare(string text) =>
        string.Join('\n', text.Split('\n').Select(static line => Comment().Replace(line, "").Trim()).Where(static line => line.Length > 0))
            .Replace(",\n", ", ", StringComparison.Ordinal).Replace(", ]", "]", StringComparison.Ordinal).Replace("\n]", "]", StringComparison.Ordinal);

    [GeneratedRegex("(?<=_\\|_,?) *// .*$")]
    private static partial Regex Comment();

    private static string Verdict(IReadOnlyList<Problem> problems) => problems.Count == 0 ? "none" : "some";

    private static Difference? BetweenLists(string what, IReadOnlyList<Problem> theirs, IReadOnlyList<Problem> ours, Strictness strictness)
    {
        if (theirs.Count >= Answer.MostProblems)
            return null;
        for (Strictness level = Strictness.Paths; level <= strictness; level++)
        {
            if (level == Strictness.Values)
                continue;
            List<string> left = [.. theirs.Select(problem => Shown(problem, level))], right = [.. ours.Select(problem => Shown(problem, level))];
            if (left.FirstOrDefault(problem => !right.Contains(problem)) is { } missing)
                return new($"{what} {level}", missing, string.Join("; ", right));
            if (right.FirstOrDefault(problem => !left.Contains(problem)) is { } surplus)
                return new($"{what} {level}", string.Join("; ", left), surplus);
        }

        return null;
    }

    private static string Shown(Problem problem, Strictness level) => level switch
    {
        Strictness.Paths => $"{problem.Path}:",
        Strictness.Positions => $"{problem.Path}: [{string.Join(' ', problem.Positions)}]",
        _ => problem.ToString(),
    };

    private static Difference? Unequal(string what, string? theirs, string? ours) =>
        string.Equals(theirs, ours, StringComparison.Ordinal) ? null : new(what, theirs ?? "none", ours ?? "none");
}
