using DataMesh.Conformance.Corpora;

namespace DataMesh.Conformance.Running;

/// <summary>The verdicts on one case, as a worker sends them to its parent.</summary>
internal sealed record CaseResult(string Id, IReadOnlyList<Verdict> Verdicts);
