using DataMesh.Conformance.Running;

namespace DataMesh.Conformance;

/// <summary>The runner itself: bad cases are seen, counted and do not stop the others.</summary>
public sealed class RunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("conformance").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Counts_what_passes_differs_throws_and_overflows()
    {
        IReadOnlyList<CorpusReport> reports = await RunAsync(TimeSpan.FromMinutes(1), "pass", "differ", "throw", "overflow", "pass");

        Assert.Equal(["selftest: 2/5", "selftest.finer: 2/2"], reports.Select(report => report.ToString()));
        Assert.Equal(["1-differ", "2-throw", "3-overflow"], reports[0].Failures.Select(failure => failure.Key));
        Assert.StartsWith("crash: InvalidOperationException", reports[0].Failures[1].Value, StringComparison.Ordinal);
        Assert.StartsWith("crash: the process ended", reports[0].Failures[2].Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ends_a_case_that_does_not_answer()
    {
        IReadOnlyList<CorpusReport> reports = await RunAsync(TimeSpan.FromSeconds(5), "hang", "pass");

        Assert.Equal("selftest: 1/2", reports[0].ToString());
        Assert.StartsWith("timeout", reports[0].Failures.Single().Value, StringComparison.Ordinal);
    }

    [Fact]
    public void An_expected_failure_that_passes_is_a_surprise_and_so_is_one_that_is_not_listed()
    {
        ExpectedFailures listed = new(["# why", "a\treason", "b\treason"]);

        IReadOnlyList<string> surprises = listed.Compare(new("x", 3, [new("b", "differs"), new("c", "differs too")]));

        Assert.Equal(["c differs: differs too", "a is listed as an expected failure but did not fail"], surprises);
        Assert.Throws<InvalidDataException>(() => new ExpectedFailures(["a"]));
        Assert.Throws<InvalidDataException>(() => new ExpectedFailures(["a\tx", "a\ty"]));
    }

    [Theory]
    [InlineData("a.b: fields: expected x(regular) y(regular), got y(regular) x(regular)", "the fields of a.b come in another order; they and their values are equal")]
    [InlineData("a: error: expected eval a: no [in.cue:1:2], got eval a: no [in.cue:1:3]", "the error of a: eval a: no is told with the positions in.cue:1:3, by cue with in.cue:1:2")]
    [InlineData("error: expected eval a: no [] x2, got eval a: no []", "the error: eval a: no is told as 1 error(s) in one, by cue as 2")]
    [InlineData("errors: expected a: no [], got none", "the errors of the package: cue tells a: no [], here there is none")]
    [InlineData("a: kind: expected int, got bottom", "the value of a is bottom, in cue int")]
    public void A_reason_says_what_differs(string difference, string reason) => Assert.Equal(reason, FailureReason.Of(difference));

    [Fact]
    public async Task The_table_of_a_document_is_written_from_a_run()
    {
        string file = Path.Combine(_folder, "README.md");
        await File.WriteAllTextAsync(file, "a\n<!-- written by eng/conformance.sh --table -->\nold\n<!-- end of the table -->\nb", TestContext.Current.CancellationToken);

        SupportTable.Update(file, [new("regexp", 3, [new("x", "differs")])]);

        Assert.Equal(
            "a\n<!-- written by eng/conformance.sh --table -->\n\n| corpus | what is judged | equal |\n|---|---|---|\n"
            + "| `regexp` | RE2 patterns | 2 of 3 (66.6 %) |\n\n<!-- end of the table -->\nb",
            await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    private async Task<IReadOnlyList<CorpusReport>> RunAsync(TimeSpan limit, params string[] behaviours)
    {
        string file = Path.Combine(_folder, "selftest.jsonl");
        await File.WriteAllLinesAsync(file, behaviours.Select((what, i) => $$"""{"id":"{{i}}-{{what}}","do":"{{what}}"}"""), TestContext.Current.CancellationToken);
        return await CorpusRunner.RunAsync(file, limit: limit);
    }
}
