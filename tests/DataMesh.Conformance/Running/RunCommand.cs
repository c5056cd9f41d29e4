namespace DataMesh.Conformance.Running;

/// <summary>
/// <c>run DIR [--failures FILE] [--only TEXT] [--limit SECONDS] [--expect FOLDER] [--table FILE]</c>: one line
/// a heading, failing ids to a file. <c>--limit</c> ends a case early. With <c>--expect</c> the lists of expected failures are brought
/// up to date, with <c>--table</c> the table of a document is.
/// </summary>
internal static class RunCommand
{
    private const string Usage = "usage: conformance DIR [--failures FILE] [--only TEXT] [--limit SECONDS] [--expect FOLDER] [--table FILE]";

    public static int Run(string[] args, TextWriter output, TextWriter error)
    {
        string? folder = null, failuresFile = null, only = null, expectedFolder = null, table = null;
        TimeSpan? limit = null;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--failures" when i + 1 < args.Length:
                    failuresFile = args[++i];
                    break;
                case "--only" when i + 1 < args.Length:
                    only = args[++i];
                    break;
                case "--limit" when i + 1 < args.Length && int.TryParse(args[i + 1], out int seconds) && seconds > 0:
                    limit = TimeSpan.FromSeconds(seconds);
                    i++;
                    break;
                case "--expect" when i + 1 < args.Length:
                    expectedFolder = args[++i];
                    break;
                case "--table" when i + 1 < args.Length:
                    table = args[++i];
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

        IReadOnlyList<string> files = CorpusRunner.FindFiles(folder);
        if (files.Count == 0)
        {
            error.WriteLine($"There is no corpus in '{folder}'.");
            return 2;
        }

        failuresFile ??= Path.Combine(Path.GetTempPath(), "datamesh-conformance-failures.txt");
        using StreamWriter failures = new(failuresFile) { NewLine = "\n" };
        Func<string, bool>? filter = only is null ? null : id => id.Contains(only, StringComparison.Ordinal);
        List<CorpusReport> reports = [];
        foreach (string file in files)
        {
            foreach (CorpusReport report in CorpusRunner.RunAsync(file, filter, limit).GetAwaiter().GetResult())
            {
                reports.Add(report);
                output.WriteLine(report);
                output.Flush();
                if (expectedFolder is not null)
                    ExpectedFailures.Rewrite(expectedFolder, report);
                foreach (KeyValuePair<string, string> failure in report.Failures)
                    failures.WriteLine($"{report.Name}\t{failure.Key}\t{failure.Value}");
            }
        }

        if (table is not null)
            SupportTable.Update(table, reports);
        error.WriteLine($"What differs: {failuresFile}");
        return 0;
    }
}
