using System.Text.Json;
using DataMesh.Conformance.Running;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Conformance.Corpora;

/// <summary>
/// Packages and the OpenAPI documents of their definitions. Texts have to be equal, members in the same order; where the
/// corpus has an error there has to be one. A case without files is about the schema of the same id in <c>vet.jsonl</c>.
/// </summary>
internal sealed class OpenApiCorpus : ICorpus
{
    private readonly Dictionary<string, Dictionary<string, JsonElement>> _schemas = new(StringComparer.Ordinal);

    public string FileName => "openapi.jsonl";

    public IEnumerable<Verdict> Judge(JsonElement @case, string folder)
    {
        JsonElement files = @case.TryGetProperty("files", out JsonElement given) ? given : FilesOf(@case.GetProperty("id").GetString()!, folder);
        OpenApiOptions options = new();
        if (@case.TryGetProperty("config", out JsonElement config))
        {
            options = new()
            {
                Version = config.TryGetProperty("version", out JsonElement version) ? version.GetString()! : options.Version,
                ExpandReferences = config.TryGetProperty("expandReferences", out JsonElement expand) && expand.GetBoolean(),
            };
        }

        bool isWritten = OpenApiExporter.TryExport(new SourceSet(files).Build(), out string actual, out CueError? error, options);
        if (!@case.TryGetProperty("openapi", out JsonElement expected))
        {
            yield return new("openapi.errors", isWritten ? $"expected error {@case.GetProperty("error").GetString()}, got {actual}" : null);
            yield break;
        }

        string text = Compact(expected);
        yield return new("openapi", !isWritten ? $"expected {text}, got error {error}" : text == actual ? null : Difference(text, actual));
    }

    /// <summary>The same JSON without blanks, with numbers and the order of members kept.</summary>
    private static string Compact(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => "{" + string.Join(",", element.EnumerateObject().Select(member => Quote(member.Name) + ":" + Compact(member.Value))) + "}",
        JsonValueKind.Array => "[" + string.Join(",", element.EnumerateArray().Select(Compact)) + "]",
        JsonValueKind.String => Quote(element.GetString()!),
        _ => element.GetRawText(),
    };

    private static string Quote(string text) => DataMesh.Cue.Builtins.Encodings.JsonText.Quote(text);

    private static string Difference(string expected, string actual)
    {
        int at = 0;
        while (at < expected.Length && at < actual.Length && expected[at] == actual[at])
            at++;
        int start = Math.Max(0, at - 60);
        string Part(string text) => text.Substring(start, Math.Min(200, text.Length - start)).ReplaceLineEndings(" ");
        return $"at {at}: expected ...{Part(expected)}, got ...{Part(actual)}";
    }

    private JsonElement FilesOf(string id, string folder)
    {
        if (!_schemas.TryGetValue(folder, out Dictionary<string, JsonElement>? schemas))
        {
            schemas = new(StringComparer.Ordinal);
            foreach (string line in CorpusFile.ReadLines(Path.Combine(folder, "vet.jsonl")))
            {
                using JsonDocument document = JsonDocument.Parse(line, CorpusFile.JsonOptions);
                schemas[document.RootElement.GetProperty("id").GetString()!] = document.RootElement.GetProperty("files").Clone();
            }

            _schemas.Add(folder, schemas);
        }

        return schemas[id];
    }
}
