using System.Text.Json;
using DataMesh.Conformance.Dumps;
using DataMesh.Cue.Values;

namespace DataMesh.Conformance.Corpora;

/// <summary>Corpora of instances with the whole of what evaluation gives: eval, evalmulti, docs, builtins.</summary>
internal sealed class EvaluationCorpus(string name) : ICorpus
{
    public string FileName => name + ".jsonl";

    public IEnumerable<Verdict> Judge(JsonElement @case, string folder)
    {
        SourceSet sources = new(@case.GetProperty("files"));
        DumpRoot expected = DumpRoot.Read(@case.GetProperty("expect"));
        CueInstance instance = sources.Build();
        DumpRoot actual = ValueDumper.Dump(instance);
        // Functions of the package math are computed in binary; their last digits depend on the machine.
        bool usesMath = sources.Texts.Any(text => text.Contains("\"math\"", StringComparison.Ordinal));
        yield return new(name, new DumpComparer(usesMath).Compare(expected, actual));
        foreach (Verdict verdict in CommandCorpus.Judge(name, @case, sources))
            yield return verdict;
    }
}
