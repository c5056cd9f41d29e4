using DataMesh.Cue.Syntax;
using DataMesh.Cue.Syntax.Formatting;

namespace DataMesh.Cue.Tests.Syntax;

/// <summary>Text that is meant to break the parser.</summary>
public sealed class HostileInputTests
{
    private const int Deep = 100_000;

    [Theory]
    [InlineData("[")]
    [InlineData("(")]
    [InlineData("{")]
    [InlineData("-")]
    [InlineData("x: ")]
    [InlineData("f(")]
    [InlineData("a[")]
    [InlineData("\"\\(")]
    [InlineData("[for x in ")]
    [InlineData("{a: ")]
    [InlineData("if a {")]
    [InlineData("X=")]
    public void Deep_nesting_is_an_error_and_no_crash(string opening)
    {
        var result = CueParser.ParseFile("x.cue", "a: " + Repeat(opening, Deep));

        Assert.NotEmpty(result.Errors);
        Assert.NotEmpty(result.ReportedErrors);
    }

    [Theory]
    [InlineData(".b")]
    [InlineData("[0]")]
    [InlineData("()")]
    public void Long_chains_nest_too(string link)
    {
        var result = CueParser.ParseFile("x.cue", "a: x" + Repeat(link, Deep));

        Assert.Contains(result.Errors, error => error.Message.StartsWith("expression exceeds maximum nesting depth", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(" + 1")]
    [InlineData(" | \"a\"")]
    [InlineData(" & >1 * 2")]
    public void Long_sums_and_disjunctions_are_fine(string link)
    {
        var source = "a: 1" + Repeat(link, Deep) + "\n";

        var result = CueParser.ParseFile("x.cue", source);

        Assert.Empty(result.Errors);
        Assert.Equal(source, CueFormatter.Format(result.File).Replace("*", " * ").Replace("  ", " "));
    }

    [Theory]
    [InlineData("@")]
    [InlineData("@a(")]
    [InlineData("#")]
    [InlineData("\"")]
    [InlineData("'''\n")]
    [InlineData("}")]
    [InlineData(")")]
    [InlineData(",")]
    [InlineData("a b ")]
    [InlineData("\\")]
    [InlineData("\"\\(}")]
    [InlineData("//\n\n")]
    [InlineData("\0")]
    [InlineData("import (")]
    public void Repetitions_end_in_linear_time(string piece)
    {
        var result = CueParser.ParseFile("x.cue", Repeat(piece, Deep));

        Assert.True(result.ReportedErrors.Count <= result.Errors.Count + 2);
    }

    [Fact]
    public void A_smaller_depth_can_be_asked_for()
    {
        var options = new ParseOptions { MaxDepth = 10 };

        Assert.Empty(CueParser.ParseFile("x.cue", "a: [[[[1]]]]", options).Errors);
        Assert.Equal(
            "x.cue:1:12: expression exceeds maximum nesting depth of 10",
            CueParser.ParseFile("x.cue", "a: [[[[[[[[[[[[1]]]]]]]]]]]]", options).Errors[0].ToString());
    }

    [Fact]
    public void Every_prefix_of_a_file_is_parsed()
    {
        const string source = """
            @experiment(try, aliasv2, explicitopen)
            // doc
            package p
            import ( x "a/b:c" )
            #A: {a?: int | *1, "b\(c + "d\(e)")": [...string], [=~"^x"]~(K,V): K, (f)!: 0x1F...}
            for k, v in {a: 1} if k != "b" let x = v[1:2] { "\(k)": x } otherwise { y: null } @tag(x, "y")
            z: #'''
                \#(a)
                '''# // end
            """;
        for (var length = 0; length <= source.Length; length++)
        {
            var result = CueParser.ParseFile("x.cue", source[..length]);
            _ = result.ReportedErrors;
            if (result.Errors.Count == 0)
                Assert.Empty(CueParser.ParseFile("x.cue", CueFormatter.Format(result.File)).Errors);
        }
    }

    private static string Repeat(string piece, int count) => string.Concat(Enumerable.Repeat(piece, count));
}
