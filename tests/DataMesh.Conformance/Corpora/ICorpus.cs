using System.Text.Json;

namespace DataMesh.Conformance.Corpora;

/// <summary>What a corpus says about one case under one heading.</summary>
/// <param name="Name">The heading that is counted, e.g. <c>parse</c> or <c>parse.fmt</c>.</param>
/// <param name="Difference">The first difference, one line; null where the case passed.</param>
internal sealed record Verdict(string Name, string? Difference);

/// <summary>One kind of corpus: a file of JSON Lines and the rules its cases are judged by.</summary>
internal interface ICorpus
{
    /// <summary>The name of the file without its folder, e.g. <c>parse.jsonl</c>.</summary>
    string FileName { get; }

    /// <summary>Judges one case. May be called from any thread, one case at a time.</summary>
    /// <param name="case">The line as JSON; it has an <c>id</c>.</param>
    /// <param name="folder">The folder that the corpus was found in.</param>
    IEnumerable<Verdict> Judge(JsonElement @case, string folder);
}
