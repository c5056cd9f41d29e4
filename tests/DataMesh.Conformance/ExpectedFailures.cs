namespace DataMesh.Conformance;

/// <summary>
/// The cases of one heading that are known to differ: <c>expected-failures/NAME.txt</c> beside the program, one
/// <c>id TAB reason</c> a line, <c>#</c> before a comment.
/// </summary>
internal sealed class ExpectedFailures
{
    private readonly Dictionary<string, string> _reasons;

    public ExpectedFailures(IEnumerable<string> lines)
    {
        _reasons = new(StringComparer.Ordinal);
        foreach (string line in lines.Where(line => line.Length > 0 && line[0] != '#'))
        {
            string[] parts = line.Split('\t', 2);
            if (parts.Length < 2 || string.IsNullOrWhiteSpace(parts[1]))
                throw new InvalidDataException($"An expected failure needs a reason: '{line}'.");
            if (!_reasons.TryAdd(parts[0], parts[1]))
                throw new InvalidDataException($"'{parts[0]}' is listed twice.");
        }
    }

    public static ExpectedFailures Load(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "expected-failures", name + ".txt");
        return new(File.Exists(path) ? File.ReadAllLines(path) : []);
    }

    /// <summary>
    /// Writes the list of a report. A reason that somebody gave begins with "because" and stays; the others say what differs.
    /// </summary>
    public static void Rewrite(string folder, Running.CorpusReport report)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, report.Name + ".txt");
        ExpectedFailures known = new(File.Exists(path) ? File.ReadAllLines(path) : []);
        if (report.Failures.Count == 0)
        {
            File.Delete(path);
            return;
        }

        IEnumerable<string> lines = report.Failures
            .OrderBy(failure => failure.Key, StringComparer.Ordinal)
            .Select(failure => $"{failure.Key}\t{(known._reasons.TryGetValue(failure.Key, out string? reason) && reason.StartsWith("because ", StringComparison.Ordinal) ? reason : FailureReason.Of(failure.Value))}");
        File.WriteAllText(path, string.Join('\n', lines) + "\n");
    }

    /// <summary>What must be mended or struck off: failures that are not listed, and listed cases that passed or are gone.</summary>
    public IReadOnlyList<string> Compare(Running.CorpusReport report)
    {
        HashSet<string> failed = new(report.Failures.Select(failure => failure.Key), StringComparer.Ordinal);
        return
        [
            .. report.Failures.Where(failure => !_reasons.ContainsKey(failure.Key)).Select(failure => $"{failure.Key} differs: {failure.Value}"),
            .. _reasons.Keys.Where(id => !failed.Contains(id)).Select(id => $"{id} is listed as an expected failure but did not fail"),
        ];
    }
}
