using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Evaluates sources for tests.</summary>
internal static class Evaluation
{
    public static CueValue Evaluate(string source, CueOptions? options = null)
    {
        var instance = new CueContext(options).Build("in.cue", source);
        Assert.Empty(instance.Errors);
        return instance.Value;
    }

    /// <summary>The value at a path, as CUE writes it on one line; errors as <c>_|_(code: message)</c>.</summary>
    public static string Show(string source, string path = "x")
    {
        var value = Evaluate(source).Lookup(path);
        Assert.NotNull(value);
        return value.Error is { } error ? $"_|_({error.Code}: {error.Message})" : value.ToString();
    }

    /// <summary>Every error as <c>path: message</c>.</summary>
    public static string[] Errors(string source, bool concrete = false) =>
        [.. Evaluate(source).Validate(concrete, concrete).Select(static error => error.ToString())];

    /// <summary>What is exported as JSON.</summary>
    public static string? Json(string source) => JsonExporter.TryWrite(Evaluate(source), out var json, out _, out _) ? json : null;

    /// <summary>Every error as <c>path: message @line:column...</c>.</summary>
    public static string[] Located(string source, bool concrete = false) =>
        [.. Evaluate(source).Validate(concrete, concrete).Select(static error => $"{error} @{string.Join(" ", error.Positions.Select(static each => each.ToString().Replace("in.cue:", "", StringComparison.Ordinal)))}").Order(StringComparer.Ordinal)];

    /// <summary>The names of the fields of a struct, in order.</summary>
    public static string FieldNames(string source, string path = "x") =>
        string.Join(" ", Evaluate(source).Lookup(path)!.Fields.Select(static each => each.Label));
}
