using System.CommandLine;

namespace DataMesh.Conformance.Running;

/// <summary>Judges the corpora of a folder: one line a heading, failing ids to a file.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        Argument<DirectoryInfo> folder = new Argument<DirectoryInfo>("DIR") { Description = "Where the corpora are." }.AcceptExistingOnly();
        Option<string> failures = new("--failures")
        {
            Description = "Where the ids that fail go, each with its first difference.",
            DefaultValueFactory = static _ => Path.Combine(Path.GetTempPath(), "datamesh-conformance-failures.txt"),
        };
        Option<string?> only = new("--only") { Description = "Runs the cases whose id has this text." };
        Option<int?> limit = new("--limit") { Description = "Ends a case after so many seconds." };
        Option<string?> expect = new("--expect") { Description = "Brings the lists of expected failures in this folder up to date." };
        Option<string?> table = new("--table") { Description = "Brings the table of this document up to date." };
        Command command = new("run", "Judges the corpora of a folder.") { folder, failures, only, limit, expect, table };
        command.SetAction((arguments, _) => RunAsync(
            arguments.GetRequiredValue(folder).FullName,
            arguments.GetRequiredValue(failures),
            arguments.GetValue(only),
            arguments.GetValue(limit) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            arguments.GetValue(expect),
            arguments.GetValue(table)));
        return command;
    }

    private static async Task<int> RunAsync(string folder, string failuresFile, string? only, TimeSpan? limit, string? expectedFolder, string? table)
    {
        IReadOnlyList<string> files = CorpusRunner.FindFiles(folder);
        if (files.Count == 0)
        {
            await Console.Error.WriteLineAsync($"There is no corpus in '{folder}'.");
            return 2;
        }

        await using StreamWriter failures = new(failuresFile) { NewLine = "\n" };
        Func<string, bool>? filter = only is null ? null : id => id.Contains(only, StringComparison.Ordinal);
        List<CorpusReport> reports = [];
        foreach (string file in files)
        {
            foreach (CorpusReport report in await CorpusRunner.RunAsync(file, filter, limit))
            {
                reports.Add(report);
                Console.WriteLine(report);
                if (expectedFolder is not null)
                    ExpectedFailures.Rewrite(expectedFolder, report);
                foreach (KeyValuePair<string, string> failure in report.Failures)
                    await failures.WriteLineAsync($"{report.Name}\t{failure.Key}\t{failure.Value}");
            }
        }

        if (table is not null)
            SupportTable.Update(table, reports);
        await Console.Error.WriteLineAsync($"What differs: {failuresFile}");
        return 0;
    }
}
