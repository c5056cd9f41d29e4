using System.Text.Json;

namespace DataMesh.Conformance.Corpora;

/// <summary>Sources, whether they parse, with which errors, and how they are formatted: parse.</summary>
internal sealed class SyntaxCorpus : ICorpus
{
    public string FileName => "parse.jsonl";

    public IEnumerable<Verdict> Judge(JsonElement @case, string folder) => ParseCorpus.Run([@case.GetRawText()])
        .Select(static result => new Verdict(result.Aspect == "verdict" ? "parse" : "parse." + result.Aspect, result.Pass ? null : result.Detail.ReplaceLineEndings(" ")));
}
