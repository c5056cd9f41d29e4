using System.Text.Json;
using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Conformance.Corpora;

/// <summary>
/// What the <c>cue</c> command printed for a case: <c>cue eval</c> and <c>cue export</c>, each with its exit code.
/// Standard output is one heading, and what is said of errors another.
/// </summary>
internal static class CommandCorpus
{
    public static IEnumerable<Verdict> Judge(string name, JsonElement @case, CueInstance instance)
    {
        if (!@case.TryGetProperty("cli", out JsonElement commands))
            yield break;
        foreach (string command in (string[])["eval", "export"])
        {
            if (!commands.TryGetProperty(command, out JsonElement expected))
                continue;
            CommandOutput output = CommandOutput.Of(command, instance);
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
    /// <summary>Runs a command; one that throws is a difference of its own headings only.</summary>
    public static CommandOutput Of(string command, CueInstance instance)
    {
        try
        {
            return command == "eval" ? OfEval(instance) : OfExport(instance);
        }
        catch (Exception e)
        {
            return new(-1, "", $"crash: {e.GetType().Name}: {e.Message}");
        }
    }

    private static CommandOutput OfEval(CueInstance instance)
    {
        if (Failure(instance.Errors.Count > 0 ? instance.Errors : ErrorsOfEval(instance.Value)) is { } failure)
            return failure;
        return CueExporter.TryExport(instance, CueExportOptions.Evaluation, out string text, out CueError? error) ? new(0, text, "") : Failure([error!])!;
    }

    /// <summary>An error of a required field is none of the value's, but nothing is shown then: which ones are missing is said instead.</summary>
    private static IReadOnlyList<CueError> ErrorsOfEval(CueValue value)
    {
        if (value.Validate() is { Count: > 0 } errors)
            return errors;
        if (value.ChildError is null)
            return [];
        IReadOnlyList<CueError> missing = value.Validate(concrete: true, final: true);
        CueError[] required = [.. missing.Where(error => error.Message == "field is required but not present")];
        return required.Length > 0 ? required : missing;
    }

    private static CommandOutput OfExport(CueInstance instance)
    {
        if (Failure(instance.Errors.Count > 0 ? instance.Errors : instance.Value.Validate(concrete: true, final: true)) is { } failure)
            return failure;
        if (!JsonExporter.TryExport(instance.Value, out string json, out CueError? error))
            return Failure([error!])!;
        return new(0, JsonText.Indent(json, "", "    ") + "\n", "");
    }

    private static CommandOutput? Failure(IReadOnlyList<CueError> errors) => errors.Count == 0 ? null : new(1, "", ErrorText.Format(ErrorText.Sort(errors), static name => name.StartsWith('/') ? "." + name : name));
}
