using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using DataMesh.Differential.Generation;
using DataMesh.Differential.Judging;
using DataMesh.Differential.Mutation;

namespace DataMesh.Differential;

/// <summary>
/// Evaluates random packages (or mutated ones of a corpus, or those of a file) here and by the real <c>cue</c>, shrinks what differs, and tells each shape of
/// difference once. Exit code 1 if there was a new one.
/// </summary>
internal static class Program
{
    private const int Batch = 400;
    private const int MostCandidates = 400;

    /// <summary>What ends in a budget takes long each time that it is tried.</summary>
    private const int MostSlowCandidates = 30;
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _slowLimit = TimeSpan.FromSeconds(3);

    public static async Task<int> Main(string[] args)
    {
        Argument<FileInfo> program = new Argument<FileInfo>("ORACLE") { Description = "The program that answers for cue." }.AcceptExistingOnly();
        Option<int> packages = new("--packages") { Description = "How many random packages are compared.", DefaultValueFactory = static _ => 20_000 };
        Option<int> seed = new("--seed") { Description = "The first seed.", DefaultValueFactory = static _ => 1 };
        Option<Strictness> strict = new("--strict") { Description = "What is compared.", DefaultValueFactory = static _ => Strictness.Positions };
        Option<int> findings = new("--findings") { Description = "Ends after so many differences.", DefaultValueFactory = static _ => 20 };
        Option<FileInfo?> sources = new Option<FileInfo?>("--sources") { Description = "Packages that are not random: paragraphs of a file." };
        Option<DirectoryInfo?> mutated = new Option<DirectoryInfo?>("--mutate") { Description = "Packages are those of a folder's corpora, changed at random." };
        RootCommand command = new("Compares what packages evaluate to with what cue makes of them.") { program, packages, seed, strict, findings, sources, mutated };
        command.SetAction((arguments, _) => RunAsync(arguments.GetRequiredValue(program).FullName, new Options(
            arguments.GetValue(packages),
            arguments.GetValue(seed),
            arguments.GetValue(strict),
            arguments.GetValue(findings),
            arguments.GetValue(sources)?.FullName,
            arguments.GetValue(mutated)?.FullName)));
        return await command.Parse(args).InvokeAsync();
    }

    private static async Task<int> RunAsync(string program, Options options)
    {
        KnownDifferences known = KnownDifferences.Load(Path.Combine(AppContext.BaseDirectory, "known-differences.txt"));
        using Oracle oracle = new(program, options.Strictness >= Strictness.Values);
        HashSet<string> shapes = [];
        Dictionary<string, int> expected = [];
        int compared = 0, unanswered = 0, contradicted = 0, again = 0, inherited = 0;
        Stopwatch told = Stopwatch.StartNew();
        Package[]? given = options.Sources is null ? null : [.. Sources.Read(options.Sources)];
        Func<int, Package> generate = PackageGenerator.Generate;
        if (options.Corpora is not null)
        {
            ImmutableArray<ImmutableArray<Seed>> corpora = Seed.Read(options.Corpora);
            generate = number => Mutator.Generate(corpora, number);
        }

        int total = given?.Length ?? options.Packages;
        for (int start = 0; start < total && shapes.Count < options.Findings; start += Batch)
        {
            int[] seeds = [.. Enumerable.Range(options.Seed + start, Math.Min(Batch, total - start))];
            Package[] packages = given is null ? [.. seeds.Select(generate)] : given[start..Math.Min(given.Length, start + Batch)];
            string[] sources = [.. packages.Select(static package => package.Source)];
            Answer[] ours = new Answer[sources.Length];
            Task evaluating = Task.Run(() => Parallel.For(0, sources.Length, i => ours[i] = Evaluate(sources[i])));
            List<Answer> theirs = [];
            await foreach (Answer answer in oracle.AskAsync(sources))
                theirs.Add(answer);
            await evaluating;

            for (int i = 0; i < sources.Length && shapes.Count < options.Findings; i++)
            {
                compared++;
                if (theirs[i].Failure is not null)
                    unanswered++;
                if (Difference.Between(theirs[i], ours[i], options.Strictness) is not { } difference)
                    continue;

                if (packages[i].Origin is { } origin && (await CompareAsync(oracle, origin.Source, options.Strictness))?.What == difference.What)
                {
                    inherited++;
                    continue;
                }

                bool isSlow = ours[i].EndsInLimit;
                Package smallest = await Shrinker.ShrinkAsync(packages[i], async candidate =>
                    await CompareAsync(oracle, candidate.Source, options.Strictness, isSlow) is { } other && other.What == difference.What, isSlow ? MostSlowCandidates : MostCandidates);
                string source = smallest.Source;
                Answer cue = await oracle.AskAsync(source), here = Evaluate(source);
                if (known.Find(source, cue, here, other => Difference.IsOfOrderOnly(cue, Evaluate(other), options.Strictness)) is { } reason)
                    expected[reason] = expected.GetValueOrDefault(reason) + 1;
                else if (await SelfContradiction.IsInAsync(oracle, source, here, Evaluate, options.Strictness))
                    contradicted++;
                else if (!shapes.Add(difference.What + KnownDifferences.Shape(source)))
                    again++;
                else
                    Console.WriteLine($"--- seed {seeds[i]}: {Difference.Between(cue, here, options.Strictness) ?? difference}\n{source}");
            }

            if (told.Elapsed > TimeSpan.FromSeconds(30))
            {
                await Console.Error.WriteLineAsync($"{compared} packages, {shapes.Count} differences");
                told.Restart();
            }
        }

        Console.WriteLine($"{compared} packages from seed {options.Seed}, {unanswered} without an answer of cue; {shapes.Count} new differences ({again} times again), {expected.Values.Sum()} known ones, {contradicted} that cue itself answers otherwise in other words{(options.Corpora is null ? "" : $", {inherited} of the corpus itself")}");
        foreach ((string reason, int count) in expected.OrderByDescending(static pair => pair.Value))
            Console.WriteLine($"  {count} times: {reason}");
        return shapes.Count == 0 ? 0 : 1;
    }

    private static async Task<Difference?> CompareAsync(Oracle oracle, string source, Strictness strictness, bool isSlow = false) =>
        Difference.Between(await oracle.AskAsync(source), Answer.Evaluate(source, isSlow ? _slowLimit : _limit), strictness);

    private static Answer Evaluate(string source) => Answer.Evaluate(source, _limit);

    private sealed record Options(int Packages, int Seed, Strictness Strictness, int Findings, string? Sources, string? Corpora);
}
