using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Which errors a package is reported to have, before and after its data is to be complete.</summary>
public sealed class ReportedErrorTests
{
    [Theory]
    [InlineData("\"\\(string)\": 1\nb: {c: string, d: 1 & 2}", "b.d")]
    [InlineData("if _ {}\nc: 1 & 2", "c")]
    public void What_waits_for_data_does_not_hide_what_is_wrong(string source, string path) =>
        Assert.Equal([path], Paths(source, concrete: false));

    [Theory]
    [InlineData("a!: 1 & 2", "a")]
    [InlineData("#A!: 1", "#A")]
    [InlineData("_h!: 1", "_h")]
    public void A_required_field_is_reported_when_data_has_to_be_complete(string source, string path)
    {
        Assert.Empty(Paths(source, concrete: false));
        Assert.Equal([path], Paths(source, concrete: true));
    }

    [Theory]
    [InlineData("a: {[x]: 1, x: string}")]
    [InlineData("[x]: 1\nx: string")]
    [InlineData("a: {[=~x.y]: 1, x: y: string}")]
    public void A_pattern_cannot_refer_to_the_fields_that_it_is_matched_against(string source)
    {
        CueError error = Assert.Single(new CueContext().Build("in.cue", source).Errors);
        Assert.Equal("reference \"x\" in label expression refers to field against which it would be matched", error.Message);
    }

    [Theory]
    [InlineData("{} & struct.MinFields(1)", false)]
    [InlineData("close({}) & struct.MinFields(1)", true)]
    [InlineData("close({a?: int}) & struct.MinFields(1)", false)]
    [InlineData("close({[string]: int}) & struct.MinFields(1)", false)]
    [InlineData("{a: 1} & struct.MaxFields(0)", true)]
    public void Too_few_fields_are_wrong_once_no_more_can_come(string expression, bool isWrong) =>
        Assert.Equal(isWrong, Paths("import \"struct\"\na: " + expression, concrete: false).Count > 0);

    private static List<string> Paths(string source, bool concrete) =>
        [.. new CueContext().Build("in.cue", source).Value.Validate(concrete, final: concrete).Select(error => error.Path)];

    [Theory]
    [InlineData("x: a & b\na: int\nb: _", "x: incomplete value int @1:4 2:4")]
    [InlineData("x: a & b\na: _\nb: int", "x: incomplete value int @3:4")]
    [InlineData("x: a & b\na: _\nb: _", "x: incomplete value _ @1:4")]
    [InlineData("@experiment(explicitopen)\nx: (a & b)...\na: _\nb: _", "x: incomplete value _ @2:4")]
    public void References_that_say_nothing_are_told_as_one_that_does(string source, string expected) => Assert.Contains(expected, Evaluation.Located(source, concrete: true));

    [Fact]
    public void What_is_wrong_with_a_value_is_told_where_it_is_written() =>
        Assert.Equal(["a.c: conflicting values 2 and 1"], Evaluation.Errors("a: {c: 1 & 2}\nb: _\nx: a & b"));
}
