using DataMesh.Differential.Mutation;

namespace DataMesh.Differential.Judging;

/// <summary>
/// Differences for which cue speaks against itself: it answers as we do when the package says the same in other words
/// (<see cref="Restatement"/>), which make no difference in the language. Then what it answers to the words at hand is nothing to follow.
/// </summary>
internal static class SelfContradiction
{
    private const int Tries = 40;

    /// <param name="oracle">Where cue is asked.</param>
    /// <param name="source">The package, shrunk: a large one can be said in too many ways.</param>
    /// <param name="ours">What we make of it, which other words may not change.</param>
    /// <param name="evaluate">Evaluates a package here.</param>
    /// <param name="strictness">What is compared; at the most the paths of errors, since positions go with the words.</param>
    public static async Task<bool> IsInAsync(Oracle oracle, string source, Answer ours, Func<string, Answer> evaluate, Strictness strictness)
    {
        strictness = strictness < Strictness.Paths ? strictness : Strictness.Paths;
        if (Difference.Between(await oracle.AskAsync(source), ours, strictness) is null)
            return false;
        foreach (string restated in Restatement.Of(source, Tries))
        {
            Answer theirs = await oracle.AskAsync(restated), again = evaluate(restated);
            if (theirs.Failure is null && !LosesName(again) && Difference.Between(theirs, again, strictness) is null && Difference.IsOfOrderOnly(again, ours, strictness))
                return true;
        }

        return false;
    }

    /// <summary>What a clause names is not there where a value got a name of its own. A package with such an error is no difference in the first place.</summary>
    private static bool LosesName(Answer answer) => answer.Errors.Any(static problem => problem.Message.EndsWith(" not found", StringComparison.Ordinal));
}
