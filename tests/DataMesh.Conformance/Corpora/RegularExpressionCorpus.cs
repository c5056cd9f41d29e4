using System.Text.Json;

namespace DataMesh.Conformance.Corpora;

/// <summary>Patterns, inputs and whether they match: regexp.</summary>
internal sealed class RegularExpressionCorpus : ICorpus
{
    public string FileName => "regexp.jsonl";

    public IEnumerable<Verdict> Judge(JsonElement @case, string folder) =>
        RegexpCorpus.Run([@case.GetRawText()]).Select(static result => new Verdict("regexp", result.Pass ? null : result.Detail));
}
