using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Values that select a field of one that is determined by means of them.</summary>
public sealed class CircularSelectionTests
{
    [Theory]
    [InlineData("a: div(b)\nb: a.x", "a: not enough arguments in call to div (have 1, want 2)")]
    [InlineData("b: a.x\na: div(b)", "a: not enough arguments in call to div (have 1, want 2)")]
    [InlineData("a: div(b)\nb: c\nc: a[0]", "a: not enough arguments in call to div (have 1, want 2)")]
    [InlineData("a: {y: div(b)}\nb: a.y.x", "a.y: not enough arguments in call to div (have 1, want 2)")]
    [InlineData("a: close(b)\nb: a.x", "a: error in call to close: struct argument must be concrete")]
    [InlineData("a: b[0:1]\nb: a.x", "a: cannot slice _ (type _)")]
    [InlineData("a: -b\nb: a.x & {y: 1}", "a: invalid operation -b (- struct)")]
    public void A_field_that_may_come_is_anything_to_a_call(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("a: (b & 1) + \"x\"\nb: a.x")]
    [InlineData("b: a.x\na: (b & 1) + \"x\"")]
    public void It_says_nothing_beside_what_else_an_operand_is(string source) =>
        Assert.Equal(["a: invalid operands 1 and \"x\" to '+' (type int and string)"], Errors(source));

    [Theory]
    [InlineData("a: len(b)\nb: a.x", "b: incomplete value _", "a: error in call to len: incomplete argument _ (type _)")]
    [InlineData("a: -b\nb: a.x", "b: undefined field: x", "a: cycle with field: b")]
    [InlineData("a: -c\nc: b\nb: a.x", "b: undefined field: x", "a: cycle with field: c")]
    public void What_is_missing_may_come_yet(string source, params string[] expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(expected.Order(), Errors(source, concrete: true).Order());
    }

    [Theory]
    [InlineData("a: div(a.x)", "a: undefined field: x")]
    [InlineData("a: {y: div(b)}\nb: a.x", "b: undefined field: x")]
    public void A_field_that_cannot_come_is_missing(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("a: div(b)\nb: b.x", "a: not enough arguments in call to div (have 1, want 2)")]
    [InlineData("b: b.x\na: div(b)", "a: not enough arguments in call to div (have 1, want 2)")]
    [InlineData("c: b\nb: b.x\nclose(c)", "error in call to close: struct argument must be concrete")]
    public void What_selects_from_itself_is_anything_in_whatever_order(string source, string expected) => Assert.Equal([expected], Errors(source));
}
