using DataMesh.Conformance.Corpora;
using DataMesh.Conformance.Running;
using DataMesh.Tests;

namespace DataMesh.Conformance;

/// <summary>The shared corpora against the lists of expected failures.</summary>
public sealed class CorpusTests
{
    public static TheoryData<string> Files => [.. CorpusCatalog.All.Select(corpus => corpus.FileName)];

    [Theory(SkipTestWithoutData = true)]
    [MemberData(nameof(Files))]
    public async Task Fails_only_where_it_is_listed(string fileName)
    {
        string file = SharedFolder.Require("conformance/cue/" + fileName);

        IReadOnlyList<CorpusReport> reports = await CorpusRunner.RunAsync(file);

        List<string> surprises = [];
        foreach (CorpusReport report in reports)
        {
            TestContext.Current.TestOutputHelper?.WriteLine(report.ToString());
            surprises.AddRange(ExpectedFailures.Load(report.Name).Compare(report).Select(surprise => $"{report.Name}: {surprise}"));
        }

        Assert.NotEqual(0, reports[0].Total);
        Assert.True(surprises.Count == 0, $"{surprises.Count} surprises:\n{string.Join('\n', surprises.Take(50))}");
    }
}
