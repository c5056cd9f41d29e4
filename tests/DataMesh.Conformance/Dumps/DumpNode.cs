using System.Text.Json;

namespace DataMesh.Conformance.Dumps;

/// <summary>A value in the form that the corpora write it in; members that do not apply are null.</summary>
internal sealed record DumpNode
{
    public string Kind { get; init; } = "";
    public string? Value { get; init; }
    public string? Expression { get; init; }
    public DumpError? Error { get; init; }
    public DumpNode? Default { get; init; }
    public IReadOnlyList<DumpNode>? Disjuncts { get; init; }
    public IReadOnlyList<DumpField>? Fields { get; init; }
    public IReadOnlyList<DumpNode>? Elements { get; init; }
    public IReadOnlyList<string>? Patterns { get; init; }
    public bool? Open { get; init; }
    public bool IsCycle { get; init; }
    public bool IsTruncated { get; init; }

    public static DumpNode Read(JsonElement json)
    {
        DumpNode node = new();
        foreach (JsonProperty member in json.EnumerateObject())
        {
            JsonElement value = member.Value;
            node = member.Name switch
            {
                "kind" => node with { Kind = value.GetString()! },
                "value" => node with { Value = value.GetString() },
                "expr" => node with { Expression = value.GetString() },
                "error" => node with { Error = DumpError.Read(value) },
                "default" => node with { Default = Read(value) },
                "disjuncts" => node with { Disjuncts = [.. value.EnumerateArray().Select(Read)] },
                "fields" => node with { Fields = [.. value.EnumerateArray().Select(DumpField.Read)] },
                "elems" => node with { Elements = [.. value.EnumerateArray().Select(Read)] },
                "patterns" => node with { Patterns = [.. value.EnumerateArray().Select(e => e.GetString()!)] },
                "open" => node with { Open = value.GetBoolean() },
                "cycle" => node with { IsCycle = value.GetBoolean() },
                "truncated" => node with { IsTruncated = value.GetBoolean() },
                _ => node,
            };
        }

        return node;
    }
}

/// <summary>A field of a struct: its label in CUE syntax and <c>regular</c>, <c>optional</c>, <c>required</c>, <c>definition</c> or <c>hidden</c>.</summary>
internal sealed record DumpField(string Label, string Type, DumpNode Node)
{
    public static DumpField Read(JsonElement json) => new(
        json.GetProperty("label").GetString()!,
        json.GetProperty("type").GetString()!,
        DumpNode.Read(json.GetProperty("node")));
}

/// <summary>An error: of a node with a code, of a list of errors without one. Positions are <c>file:line:col</c>.</summary>
internal sealed record DumpError
{
    public string? Code { get; init; }
    public string Message { get; init; } = "";
    public string Path { get; init; } = "";
    public IReadOnlyList<string> Positions { get; init; } = [];
    public int Count { get; init; } = 1;
    public bool IsChild { get; init; }

    public static DumpError Read(JsonElement json) => new()
    {
        Code = json.TryGetProperty("code", out JsonElement code) ? code.GetString() : null,
        Message = json.TryGetProperty("msg", out JsonElement message) ? message.GetString()! : "",
        Path = json.TryGetProperty("path", out JsonElement path) ? path.GetString()! : "",
        Positions = json.TryGetProperty("pos", out JsonElement positions) ? [.. positions.EnumerateArray().Select(p => p.GetString()!)] : [],
        Count = json.TryGetProperty("count", out JsonElement count) ? count.GetInt32() : 1,
        IsChild = json.TryGetProperty("child", out JsonElement child) && child.GetBoolean(),
    };

    public override string ToString() => $"{Code}{(IsChild ? " (child)" : "")} {Path}: {Message} [{string.Join(' ', Positions)}]{(Count > 1 ? $" x{Count}" : "")}";
}

/// <summary>The whole of a case's expectation: the value, its JSON and its errors.</summary>
internal sealed record DumpRoot
{
    public required DumpNode Node { get; init; }
    public string? Stage { get; init; }
    public string? Json { get; init; }
    public string? InvalidJson { get; init; }
    public IReadOnlyList<DumpError> Errors { get; init; } = [];
    public IReadOnlyList<DumpError> ConcreteErrors { get; init; } = [];

    public static DumpRoot Read(JsonElement json) => new()
    {
        Node = DumpNode.Read(json),
        Stage = Text(json, "stage"),
        Json = Text(json, "json"),
        InvalidJson = Text(json, "jsonInvalid"),
        Errors = ErrorList(json, "errors"),
        ConcreteErrors = ErrorList(json, "concreteErrors"),
    };

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;

    private static IReadOnlyList<DumpError> ErrorList(JsonElement json, string name) =>
        json.TryGetProperty(name, out JsonElement value) ? [.. value.EnumerateArray().Select(DumpError.Read)] : [];
}
