using System.Text;
using System.Text.Json;
using DataMesh.Cue.Values;
using DataMesh.Tool;

namespace DataMesh.Conformance.Corpora;

/// <summary>
/// What the <c>cue</c> command printed for a case: <c>cue eval</c> and <c>cue export</c>, each with its exit code.
/// Standard output is one heading, and what is said of errors another.
/// </summary>
internal static class CommandCorpus
{
    public static IEnumerable<Verdict> Judge(string name, JsonElement @case, SourceSet sources)
    {
        if (!@case.TryGetProperty("cli", out JsonElement commands))
            yield break;
        foreach (string command in (string[])["eval", "export"])
        {
            if (!commands.TryGetProperty(command, out JsonElement expected))
                continue;
            CommandOutput output = CommandOutput.Of(command, sources);
            yield return new($"{name}.cli.{command}", Difference(expected, output.Code, "out", output.Text));
            if (expected.GetProperty("rc").GetInt32() != 0)
                yield return new($"{name}.cli.{command}.errors", Difference(expected, output.Code, "err", output.Errors));
        }
    }

    private static string? Difference(JsonElement expected, int code, string stream, string actual)
    {
        int expectedCode = expected.GetProperty("rc").GetInt32();
        if (expectedCode != code)
            return $"exit code: expected {expectedCode}, got {code}";
        // The files of a case are in the root here, which is written without a name.
        string[] left = expected.GetProperty(stream).GetString()!.Replace("$WORK", "", StringComparison.Ordinal).Split('\n'), right = actual.Split('\n');
        for (int i = 0; i < Math.Max(left.Length, right.Length); i++)
        {
            string wanted = i < left.Length ? left[i] : "<end>", got = i < right.Length ? right[i] : "<end>";
            if (!string.Equals(wanted, got, StringComparison.Ordinal))
                return $"{stream} line {i + 1}: expected {Short(wanted)}, got {Short(got)}";
        }

        return null;
    }

    private static string Short(string line) => line.Length > 200 ? line[..200] + "..." : line;
}

/// <summary>What a command gives: its exit code and what it prints.</summary>
internal sealed record CommandOutput(int Code, string Text, string Errors)
{
    /// <summary>Runs the tool's command on the files of a case; one that throws is a difference of its own headings only.</summary>
    public static CommandOutput Of(string command, SourceSet sources)
    {
        using MemoryStream output = new(), errors = new();
        CommandEnvironment environment = new()
        {
            Output = output,
            Error = errors,
            ReadInput = static () => [],
            WorkingFolder = SourceSet.Folder,
            Sources = sources.Tree,
            MaxSteps = new CueOptions().MaxSteps,
        };
        try
        {
            int code = DataMeshCommand.Run([command, .. sources.Arguments], environment);
            return new(code, Encoding.UTF8.GetString(output.ToArray()), Encoding.UTF8.GetString(errors.ToArray()));
        }
        catch (Exception e)
        {
            return new(-1, "", $"crash: {e.GetType().Name}: {e.Message}");
        }
    }
}
