using System.Text;
using DataMesh.Generators.Pipeline;
using DataMesh.Generators.Tests.Harness;
using Microsoft.CodeAnalysis.Text;

namespace DataMesh.Generators.Tests;

/// <summary>Whatever is in the project's files, the generator answers with diagnostics and never with an exception.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData("{", "}")]
    [InlineData("[", "]")]
    [InlineData("(", ")")]
    [InlineData("a: ", "")]
    [InlineData("-", "1")]
    [InlineData("{[string]: ", "}")]
    [InlineData("\"\\(", ")\"")]
    public void Deep_nesting_is_a_syntax_error(string open, string close)
    {
        const int Depth = 100_000;
        string text = "#A: " + string.Concat(Enumerable.Repeat(open, Depth)) + "1" + string.Concat(Enumerable.Repeat(close, Depth)) + "\n";

        string[] diagnostics = new GeneratorSession(("deep.cue", text)).Run().Diagnostics;

        Assert.Contains(diagnostics, static line => line.Contains("error DM0001: ", StringComparison.Ordinal) || line.Contains("error DM0008: ", StringComparison.Ordinal));
        Assert.DoesNotContain(diagnostics, static line => line.Contains("DM0099", StringComparison.Ordinal));
    }

    [Fact]
    public void A_long_chain_of_operators_is_no_problem()
    {
        string text = "#A: " + string.Join(" & ", Enumerable.Repeat("string", 50_000)) + "\n";

        Assert.DoesNotContain(
            new GeneratorSession(("long.cue", text)).Run().Diagnostics,
            static line => line.Contains("DM0099", StringComparison.Ordinal));
    }

    [Fact]
    public void A_package_that_takes_too_long_is_given_up_with_a_diagnostic()
    {
        InMemoryFile text = new("/p/slow.cue", "#A: int\n");
        var options = new ProjectOptionsProvider(new Dictionary<string, string>()).GetOptions(text);
        var file = SchemaFile.Read(text, options, TestContext.Current.CancellationToken);
        SchemaPackage package = PackageGrouping.Group([file], TestContext.Current.CancellationToken).Single();

        PackageCompilation compilation = PackageCompiler.Compile(package, new ProjectOptions("", "/p/", ImplicitUsings: true), new CancellationToken(canceled: true), TestContext.Current.CancellationToken);

        Assert.Null(compilation.Products);
        Assert.Equal("DM0008", Assert.Single(compilation.Diagnostics).Descriptor.Id);
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_reported()
    {
        var session = new GeneratorSession();
        session.Set(new InMemoryFile(GeneratorSession.ProjectDirectory + "gone.cue", (SourceText?)null));

        Assert.Equal(["gone.cue(1,1): error DM0011: The file cannot be opened, or is not UTF-8"], session.Run().Diagnostics);
    }

    [Fact]
    public void A_file_that_is_not_UTF_8_is_reported()
    {
        var session = new GeneratorSession();
        session.Set(new InMemoryFile(
            GeneratorSession.ProjectDirectory + "latin1.cue",
            SourceText.From(new MemoryStream(Encoding.Latin1.GetBytes("#Café: string\n")), Encoding.Latin1)));

        Assert.Equal(["latin1.cue(1,1): error DM0011: The file cannot be opened, or is not UTF-8"], session.Run().Diagnostics);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_reported()
    {
        var session = new GeneratorSession();
        session.Set(new InMemoryFile(
            GeneratorSession.ProjectDirectory + "bytes.cue",
            SourceText.From(new MemoryStream(Encoding.Latin1.GetBytes("#A: {a: \"é\"}\n")), new UTF8Encoding(false))));

        Assert.Equal(["bytes.cue(1,1): error DM0011: The file cannot be opened, or is not UTF-8"], session.Run().Diagnostics);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_replacement_character_is_a_character_as_others(bool withByteOrderMark)
    {
        var encoding = new UTF8Encoding(withByteOrderMark);
        var session = new GeneratorSession();
        session.Set(new InMemoryFile(
            GeneratorSession.ProjectDirectory + "bytes.cue",
            SourceText.From(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("#A: {a: \"\uFFFD\"}\n")]), encoding)));

        Assert.Empty(session.Run().Diagnostics);
    }

    [Theory]
    [InlineData("#List: {head: int, tail: #List}\n", "DM0009")]
    [InlineData("#A: {b: #B}\n#B: {a: #A}\n", "DM0009")]
    [InlineData("#A: #B\n#B: #A\n", null)]
    [InlineData("#A: {a: b, b: a}\n", null)]
    public void Cycles_end(string text, string? id)
    {
        string[] diagnostics = new GeneratorSession(("cycle.cue", text)).Run().Diagnostics;

        Assert.DoesNotContain(diagnostics, static line => line.Contains("DM0099", StringComparison.Ordinal));
        if (id is not null)
            Assert.Contains(diagnostics, line => line.Contains("error " + id + ": ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_schema_that_multiplies_stops_at_a_limit()
    {
        var text = new StringBuilder("#L0: {a: int | string, b: int | string}\n");
        for (int level = 1; level <= 40; level++)
            text.Append("#L").Append(level).Append(": {x: #L").Append(level - 1).Append(", y: #L").Append(level - 1).Append("}\n");

        Assert.DoesNotContain(
            new GeneratorSession(("many.cue", text.ToString())).Run().Diagnostics,
            static line => line.Contains("DM0099", StringComparison.Ordinal));
    }

    [Fact]
    public void Any_bytes_give_diagnostics_and_not_an_exception()
    {
        var random = new Random(20211122);
        var session = new GeneratorSession();
        string[] pieces = ["#A", ":", "{", "}", "[", "]", "...", "\"", "\\(", ")", "=~", "&", "|", "*", "<", "1", "\n", "?", "!", "@", "import", "package p", "\u0000", "\uFFFD", "é", "\"\"\"", "if ", "for x in ", "let y = ", "_", "//"];
        for (int round = 0; round < 200; round++)
        {
            var text = new StringBuilder();
            for (int count = random.Next(40); count >= 0; count--)
                text.Append(pieces[random.Next(pieces.Length)]);
            session.Set("random.cue", text.ToString());

            Assert.DoesNotContain(session.Run().Diagnostics, static line => line.Contains("DM0099", StringComparison.Ordinal));
        }
    }
}
