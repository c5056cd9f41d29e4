using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataMesh.Conformance.Running;

namespace DataMesh.Conformance.Fuzzing;

/// <summary>
/// <c>fuzz DIR [--seed N] [--count N] [--minutes N] [--limit SECONDS] [--findings FOLDER]</c>: mutated sources of the corpora in DIR go
/// through scanner, parser, formatter, evaluator and exporters. What crashes or does not end in time is shrunk, shown with its
/// seed, and saved. Exit code 1 if there was anything. A seed gives the same source always.
/// </summary>
internal static class FuzzCommand
{
    private const string Usage = "usage: conformance fuzz DIR [--seed N] [--count N] [--minutes N] [--limit SECONDS] [--findings FOLDER]";
    private const int LongestSource = 12_000;
    private const int MostAttempts = 400;

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        string? folder = null, findings = null;
        int seed = 1, count = int.MaxValue, minutes = int.MaxValue, limit = 10;
        for (int i = 0; i < args.Length; i++)
        {
            bool hasNumber = i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out _);
            int Number() => int.Parse(args[++i], CultureInfo.InvariantCulture);
            switch (args[i])
            {
                case "--seed" when hasNumber:
                    seed = Number();
                    break;
                case "--count" when hasNumber:
                    count = Number();
                    break;
                case "--minutes" when hasNumber:
                    minutes = Number();
                    break;
                case "--limit" when hasNumber:
                    limit = Number();
                    break;
                case "--findings" when i + 1 < args.Length:
                    findings = args[++i];
                    break;
                case { } value when folder is null && !value.StartsWith('-'):
                    folder = value;
                    break;
                default:
                    error.WriteLine(Usage);
                    return 2;
            }
        }

        if (folder is null || !Directory.Exists(folder))
        {
            error.WriteLine(folder is null ? Usage : $"There is no folder '{folder}'.");
            return 2;
        }

        return RunAsync(new Mutator(ReadSources(folder)), seed, count, minutes == int.MaxValue ? TimeSpan.MaxValue : TimeSpan.FromMinutes(minutes), TimeSpan.FromSeconds(limit), findings, output).GetAwaiter().GetResult();
    }

    private static async Task<int> RunAsync(Mutator mutator, int seed, int count, TimeSpan time, TimeSpan limit, string? findings, TextWriter output)
    {
        HashSet<string> known = new(StringComparer.Ordinal);
        using WorkerProcess worker = new(limit, "fuzz-worker");
        Stopwatch watch = Stopwatch.StartNew(), told = Stopwatch.StartNew();
        int tried = 0;
        for (; tried < count && watch.Elapsed < time; tried++)
        {
            string source = mutator.Mutate(unchecked(seed + tried));
            if (await FailureAsync(worker, source) is { } failure)
            {
                string smallest = await ShrinkAsync(worker, source, failure);
                if (known.Add(failure))
                {
                    output.WriteLine($"--- seed {unchecked(seed + tried)}: {failure}\n{smallest}");
                    output.Flush();
                    if (findings is not null)
                        await SaveAsync(findings, unchecked(seed + tried), failure, smallest);
                }
            }

            if (told.Elapsed > TimeSpan.FromMinutes(1))
            {
                output.WriteLine($"{tried + 1} sources in {watch.Elapsed.TotalMinutes:0} minutes, {known.Count} kinds of failure");
                output.Flush();
                told.Restart();
            }
        }

        output.WriteLine($"{tried} sources from seed {seed} in {watch.Elapsed.TotalMinutes:0} minutes: {known.Count} kinds of failure");
        return known.Count == 0 ? 0 : 1;
    }

    /// <summary>How the library failed; null where it did not.</summary>
    private static async Task<string?> FailureAsync(WorkerProcess worker, string source)
    {
        (string? answer, string? failure) = await worker.AskAsync(JsonSerializer.Serialize(source));
        return failure ?? (answer == "ok" ? null : answer);
    }

    /// <summary>Leaves out lines, then characters, in ever smaller parts, as long as the failure stays the same.</summary>
    private static async Task<string> ShrinkAsync(WorkerProcess worker, string source, string failure)
    {
        int attempts = failure.StartsWith("timeout", StringComparison.Ordinal) ? MostAttempts / 8 : MostAttempts;
        foreach (string separator in (string[])["\n", " ", ""])
        {
            List<string> parts = separator.Length == 0 ? [.. source.Select(each => each.ToString())] : [.. source.Split(separator)];
            for (int size = parts.Count / 2; size > 0; size /= 2)
            {
                for (int from = 0; from < parts.Count && attempts > 0;)
                {
                    List<string> fewer = [.. parts[..from], .. parts[Math.Min(parts.Count, from + size)..]];
                    attempts--;
                    if (await FailureAsync(worker, string.Join(separator, fewer)) == failure)
                        parts = fewer;
                    else
                        from += size;
                }
            }

            source = string.Join(separator, parts);
        }

        return source;
    }

    private static async Task SaveAsync(string folder, int seed, string failure, string source)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, seed.ToString(CultureInfo.InvariantCulture));
        await File.WriteAllTextAsync(path + ".cue", source, new UTF8Encoding(false));
        await File.WriteAllTextAsync(path + ".txt", failure + "\n", new UTF8Encoding(false));
    }

    /// <summary>Every CUE source in the corpora, in the order of the files.</summary>
    private static List<string> ReadSources(string folder)
    {
        List<string> sources = [];
        foreach (string file in CorpusRunner.FindFiles(folder))
        {
            foreach (string line in CorpusFile.ReadLines(file))
            {
                using JsonDocument document = JsonDocument.Parse(line, CorpusFile.JsonOptions);
                if (document.RootElement.TryGetProperty("src", out JsonElement source))
                    sources.Add(source.GetString()!);
                if (!document.RootElement.TryGetProperty("files", out JsonElement files))
                    continue;
                sources.AddRange(files.EnumerateArray().Where(each => each.GetProperty("name").GetString()!.EndsWith(".cue", StringComparison.Ordinal)).Select(each => each.GetProperty("src").GetString()!));
            }
        }

        return [.. sources.Where(source => source.Length is > 0 and <= LongestSource)];
    }
}
