using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class DisjunctionTests
{
    [Theory]
    [InlineData("x: \"tcp\" | \"udp\"", "\"tcp\" | \"udp\"")]
    [InlineData("x: (int | string) & \"foo\"", "\"foo\"")]
    [InlineData("x: 1 | 1", "1")]
    [InlineData("x: *1 | int", "*1 | int")]
    [InlineData("x: string | int | *1", "*1 | int | string")]
    [InlineData("x: (*1 | 2) & (1 | *2)", "1 | 2")]
    [InlineData("x: (*1 | 2 | 3) & >1", "2 | 3")]
    [InlineData("x: (*\"tcp\" | \"udp\") & (\"udp\" | *\"tcp\")", "*\"tcp\" | \"udp\"")]
    [InlineData("x: *(*1 | 2) | 3", "*1 | 2 | 3")]
    [InlineData("x: ({a: 1} | {b: 2}) & {c: 3}", "{a:1,c:3} | {b:2,c:3}")]
    public void Disjuncts_are_unified_eliminated_and_keep_their_marks(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: (*1 | 2) + (2 | *3)", "4")]
    [InlineData("e: {a: 1 | *2} | *{a: 3 | *4}\nx: e.a + 0", "4")]
    [InlineData("d: *\"a\" | string\nx: \"\\(d)\"", "\"a\"")]
    public void Operations_take_the_default(string source, string expected) => Assert.Equal(expected, Show(source));

    [Fact]
    public void A_definition_of_alternatives_is_closed_in_each_of_them()
    {
        const string Schema = "#A: {a: int} | {b: int}\n";
        Assert.Equal("{a:1}", Show(Schema + "x: #A & {a: 1}"));
        Assert.Equal(
            ["x.a: field not allowed", "x.b: field not allowed", "x: 2 errors in empty disjunction:"],
            Errors(Schema + "x: #A & {a: 1, b: 1}").OrderBy(static each => each, StringComparer.Ordinal));
    }

    [Fact]
    public void Closedness_waits_for_all_disjunctions()
    {
        const string Schema = """
            #Def: {
            	*{} | {a: string} | {b: string}
            	*{} | {c: string} | {d: string}
            }

            """;
        Assert.Equal("{a:\"1\",d:\"2\"}", Show(Schema + "x: #Def & {a: \"1\", d: \"2\"}").Replace(" ", ""));
        Assert.NotEmpty(Errors(Schema + "x: #Def & {e: \"1\"}"));
    }

    [Fact]
    public void Custom_errors_replace_those_of_the_alternatives() =>
        Assert.Equal(["x: must be one or two"], Errors("x: 3 & (1 | 2 | error(\"must be one or two\"))"));
}
