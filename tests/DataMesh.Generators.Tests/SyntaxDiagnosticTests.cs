using DataMesh.Generators.Tests.Harness;

namespace DataMesh.Generators.Tests;

public sealed class SyntaxDiagnosticTests
{
    [Fact]
    public void A_file_without_errors_reports_nothing() =>
        Assert.Empty(new GeneratorSession(("identity.cue", "#Identity: {first: string}\n")).Run().Diagnostics);
}
