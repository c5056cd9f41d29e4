using System.Text.Json;
using DataMesh.Cue.Export;
using DataMesh.Cue.Load;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Differential.Judging;

/// <summary>An error as both sides tell it.</summary>
internal sealed record Problem(string Path, string Message, IReadOnlyList<string> Positions)
{
    public override string ToString() => $"{(Path.Length == 0 ? "" : Path + ": ")}{Message} [{string.Join(' ', Positions)}]";
}

/// <summary>What an implementation makes of a package.</summary>
internal sealed record Answer
{
    /// <summary>The most errors that are told.</summary>
    public const int MostProblems = 20;

    /// <summary>The most positions of one error that are told.</summary>
    public const int MostPositions = 8;

    /// <summary>The kind of the package's value; <c>_|_</c> if there is none.</summary>
    public string Kind { get; init; } = "_|_";

    public string? Json { get; init; }

    /// <summary>What <c>cue eval --all --ignore</c> prints: definitions, hidden and optional fields, errors where they are. Null if it was not asked for.</summary>
    public string? Text { get; init; }

    /// <summary>What <c>cue vet -c=false</c> reports.</summary>
    public IReadOnlyList<Problem> Errors { get; init; } = [];

    /// <summary>What <c>cue vet -c</c> reports.</summary>
    public IReadOnlyList<Problem> ConcreteErrors { get; init; } = [];

    /// <summary>Why there is no answer: it crashed, took too long, ended in a budget.</summary>
    public string? Failure { get; init; }

    /// <summary>Whether there is no answer because evaluation ended in a budget, or took too long and was cancelled.</summary>
    public bool EndsInLimit { get; init; }

    /// <summary>Evaluates a package here.</summary>
    public static Answer Evaluate(string source, TimeSpan limit)
    {
        using CancellationTokenSource cancellation = new(limit);
        try
        {
            LoadedInstance loaded = new InstanceLoader(new MemorySources([KeyValuePair.Create("/in.cue", source)]), "/").LoadFiles(["in.cue"]);
            CueInstance instance = new CueContext(new CueOptions { Cancellation = cancellation.Token }).Build(loaded.Files, loaded.Errors);
            if (instance.Errors.Count > 0)
                return new() { Errors = Read(instance.Errors), ConcreteErrors = Read(instance.Errors) };
            CueValue value = instance.Value;
            IReadOnlyList<CueError> errors = value.Validate();
            if (errors.FirstOrDefault(error => error.Code == CueErrorCode.Budget) is { } budget)
                return new() { Failure = budget.Message, EndsInLimit = true };
            return new()
            {
                Kind = value.IncompleteKind.Text(),
                Text = CueExporter.TryExport(instance, CueExportOptions.EvaluationOfAll, out string text, out _) ? text : null,
                Json = JsonExporter.TryWrite(value, out string json, out _, out _) ? json : null,
                Errors = Read(errors),
                ConcreteErrors = Read(value.Validate(concrete: true, final: true)),
            };
        }
        catch (OperationCanceledException)
        {
            return new() { Failure = "took too long", EndsInLimit = true };
        }
#pragma warning disable CA1031 // Whatever escapes is a finding.
        catch (Exception exception)
        {
            return new() { Failure = exception.ToString() };
        }
#pragma warning restore CA1031
    }

    /// <summary>Reads what the real <c>cue</c> said.</summary>
    public static Answer Read(JsonElement answer)
    {
        if (!answer.TryGetProperty("expect", out JsonElement expect))
            return new() { Failure = answer.ToString() };
        bool isLoad = expect.TryGetProperty("stage", out _);
        IReadOnlyList<Problem> errors = ReadProblems(expect, "errors");
        return new()
        {
            Kind = isLoad ? "_|_" : expect.GetProperty("kind").GetString()!,
            Json = Member(expect, "json") ?? Member(expect, "jsonInvalid"),
            Errors = errors,
            ConcreteErrors = isLoad ? errors : ReadProblems(expect, "concreteErrors"),
        };
    }

    private static string? Member(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement member) ? member.GetString() : null;

    private static List<Problem> ReadProblems(JsonElement expect, string name) => !expect.TryGetProperty(name, out JsonElement list)
        ? []
        : [.. list.EnumerateArray().Select(item => new Problem(
            Member(item, "path") ?? "",
            Member(item, "msg") ?? "",
            item.TryGetProperty("pos", out JsonElement positions) ? [.. positions.EnumerateArray().Select(position => position.GetString()!)] : []))];

    private static List<Problem> Read(IReadOnlyList<CueError> errors) =>
    [
        .. errors.Take(MostProblems).Select(error => new Problem(
            error.Path,
            error.Message,
            [.. error.Positions.Where(position => position.IsValid).Take(MostPositions).Select(Place)])),
    ];

    private static string Place(Position position) =>
        FormattableString.Invariant($"{position.File!.Name.TrimStart('/')}:{position.Line}:{position.Column}");
}
