using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>What waits for more information, and what is wrong already.</summary>
public sealed class IncompleteValueTests
{
    [Theory]
    [InlineData("x: {#a!: 1} + 1", "x: invalid left-hand value to '+' (type struct): #a: field is required but not present")]
    [InlineData("import \"list\"\nx: !=y\ny: list.MinItems(3)", "x: non-concrete value y for bound !=")]
    [InlineData("x: x[y]\ny!: 1 & 2", "x: required field missing: y")]
    public void What_may_come_yet_is_no_error(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: or(_ | *\"b\")", "x: cannot use \"b\" (type string) as list in argument 1 to or")]
    [InlineData("x: \"A\" =~ '\\xff'", "x: invalid regexp: error parsing regexp: invalid UTF-8: `\uFFFD`")]
    [InlineData("x: [1 & 2, if bool {3}]", "x.0: conflicting values 2 and 1")]
    [InlineData("x: [string, ...]\nx: [1, if bool {3}]", "x.0: conflicting values string and 1 (mismatched types string and int)")]
    public void What_cannot_be_mended_is(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Fact]
    public void A_default_is_the_list_of_choices() => Assert.Equal("{\"x\":1}", Json("x: or(_ | *[1])"));
}
