using System.Runtime.CompilerServices;
using System.Text.Json;

namespace DataMesh.Conformance.Corpora;

/// <summary>
/// Cases that behave badly on purpose, <c>{"id","do":"pass|differ|throw|overflow|hang"}</c>: with them the runner proves
/// that nothing a case does goes unnoticed or stops the run.
/// </summary>
internal sealed class SelfTestCorpus : ICorpus
{
    public string FileName => "selftest.jsonl";

    public IEnumerable<Verdict> Judge(JsonElement @case, string folder)
    {
        switch (@case.GetProperty("do").GetString())
        {
            case "differ":
                yield return new("selftest", "differs");
                break;
            case "throw":
                throw new InvalidOperationException("thrown on purpose");
            case "overflow":
                yield return new("selftest", Overflow(0).ToString(System.Globalization.CultureInfo.InvariantCulture));
                break;
            case "hang":
                Thread.Sleep(Timeout.Infinite);
                break;
            default:
                yield return new("selftest", null);
                yield return new("selftest.finer", null);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long Overflow(long depth) => depth < 0 ? depth : Overflow(depth + 1) + 1;
}
