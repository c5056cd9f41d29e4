using System.Collections.Concurrent;
using System.Text.Json;
using DataMesh.Conformance.Corpora;

namespace DataMesh.Conformance.Running;

/// <summary>The outcome under one heading.</summary>
/// <param name="Name">The heading, e.g. <c>eval</c>.</param>
/// <param name="Total">How many cases were judged.</param>
/// <param name="Failures">The ids of those that differ with the first difference, in the order of the file.</param>
internal sealed record CorpusReport(string Name, int Total, IReadOnlyList<KeyValuePair<string, string>> Failures)
{
    public int Passed => Total - Failures.Count;

    public override string ToString() => $"{Name}: {Passed}/{Total}";
}

/// <summary>Judges all cases of the corpora in a folder, in as many worker processes as there are processors.</summary>
internal static class CorpusRunner
{
    /// <summary>Far above what any case needs, because other work may share the machine.</summary>
    private static readonly TimeSpan CaseLimit = TimeSpan.FromSeconds(20);

    /// <summary>The files in <paramref name="folder"/> (and not below it) that there is a judge for.</summary>
    public static IReadOnlyList<string> FindFiles(string folder) =>
        [.. CorpusCatalog.All.Select(corpus => Path.Combine(Path.GetFullPath(folder), corpus.FileName)).Where(File.Exists)];

    /// <summary>Judges one file. <paramref name="filter"/> keeps the cases whose id it is true of.</summary>
    /// <param name="limit">How long one case may take before its worker is ended; null for the usual limit.</param>
    public static async Task<IReadOnlyList<CorpusReport>> RunAsync(string file, Func<string, bool>? filter = null, TimeSpan? limit = null)
    {
        string[] lines = CorpusFile.ReadLines(file);
        string[] ids = [.. lines.Select(ReadId)];
        int[] chosen = [.. Enumerable.Range(0, lines.Length).Where(i => filter is null || filter(ids[i]))];
        CaseResult[] results = new CaseResult[lines.Length];
        ConcurrentQueue<int> queue = new(chosen);
        Task[] workers = [.. Enumerable.Range(0, Math.Min(Environment.ProcessorCount, Math.Max(1, chosen.Length))).Select(_ => Task.Run(async () =>
        {
            using WorkerProcess worker = new(limit ?? CaseLimit);
            while (queue.TryDequeue(out int index))
                results[index] = await worker.JudgeAsync(file, index, ids[index]);
        }))];
        await Task.WhenAll(workers);
        return Summarize(CorpusFile.Heading(file), chosen.Select(index => results[index]));
    }

    /// <summary>Counts verdicts by heading; the file's own heading comes first and is there even if there are no cases.</summary>
    public static IReadOnlyList<CorpusReport> Summarize(string heading, IEnumerable<CaseResult> results)
    {
        List<string> names = [heading];
        Dictionary<string, (int Total, List<KeyValuePair<string, string>> Failures)> counts = new(StringComparer.Ordinal)
        {
            [heading] = (0, []),
        };
        foreach (CaseResult result in results)
        {
            foreach (Verdict verdict in result.Verdicts)
            {
                if (!counts.TryGetValue(verdict.Name, out (int Total, List<KeyValuePair<string, string>> Failures) count))
                {
                    names.Add(verdict.Name);
                    count = (0, []);
                }

                if (verdict.Difference is { } difference)
                    count.Failures.Add(new(result.Id, difference));
                counts[verdict.Name] = (count.Total + 1, count.Failures);
            }
        }

        return [.. names.Select(name => new CorpusReport(name, counts[name].Total, counts[name].Failures))];
    }

    private static string ReadId(string line)
    {
        using JsonDocument document = JsonDocument.Parse(line, CorpusFile.JsonOptions);
        return document.RootElement.GetProperty("id").GetString() ?? "";
    }
}
