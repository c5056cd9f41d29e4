using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using DataMesh.Conformance.Running;

namespace DataMesh.Conformance.Fuzzing;

/// <summary>
/// Takes mutated sources of the corpora through scanner, parser, formatter, evaluator and exporters. What crashes or does not
/// end in time is shrunk, shown with its seed, and saved. A seed gives the same source always.
/// </summary>
internal static class FuzzCommand
{
    private const int LongestSource = 12_000;
    private const int MostAttempts = 400;

    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new Argument<DirectoryInfo>("DIR") { Description = "Where the corpora are." }.AcceptExistingOnly();
        Option<int> seed = new("--seed") { Description = "The first seed.", DefaultValueFactory = static _ => 1 };
        Option<int> count = new("--count") { Description = "How many sources are tried.", DefaultValueFactory = static _ => int.MaxValue };
        Option<double?> minutes = new("--minutes") { Description = "How long sources are tried." };
        Option<int> limit = new("--limit") { Description = "How many seconds one source may take.", DefaultValueFactory = static _ => 10 };
        Option<string?> findings = new("--findings") { Description = "The folder that findings are saved in." };
        Command command = new("fuzz", "Takes mutated sources of the corpora through the whole library; exit code 1 if anything was found.") { folder, seed, count, minutes, limit, findings };
        command.SetAction((arguments, _) => RunAsync(
            new Mutator(ReadSources(arguments.GetRequiredValue(folder).FullName)),
            arguments.GetValue(seed),
            arguments.GetValue(count),
            arguments.GetValue(minutes) is { } number ? TimeSpan.FromMinutes(number) : TimeSpan.MaxValue,
            TimeSpan.FromSeconds(arguments.GetValue(limit)),
            arguments.GetValue(findings)));
        return command;
    }

    private static async Task<int> RunAsync(Mutator mutator, int seed, int count, TimeSpan time, TimeSpan limit, string? findings)
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
                if (known.Add(failure))
                {
                    Console.WriteLine($"--- seed {unchecked(seed + tried)}: {failure}");
                    string smallest = await ShrinkAsync(worker, source, failure);
                    Console.WriteLine(smallest);
                    if (findings is not null)
                        await SaveAsync(findings, unchecked(seed + tried), failure, smallest);
                }
            }

            if (told.Elapsed > TimeSpan.FromMinutes(1))
            {
                Console.WriteLine($"{tried + 1} sources in {watch.Elapsed.TotalMinutes:0} minutes, {known.Count} kinds of failure");
                told.Restart();
            }
        }

        Console.WriteLine($"{tried} sources from seed {seed} in {watch.Elapsed.TotalMinutes:0} minutes: {known.Count} kinds of failure");
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
        int attempts = failure.StartsWith("timeout", StringComparison.Ordinal) ? MostAttempts / 20 : MostAttempts;
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
