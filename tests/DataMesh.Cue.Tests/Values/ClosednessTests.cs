using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class ClosednessTests
{
    [Theory]
    [InlineData("#A: a: int\nx: #A & {b: 1}", "x.b")]
    [InlineData("#A: a: b: int\nx: #A & {a: c: 1}", "x.a.c")]
    [InlineData("#A: {[=~\"^x\"]: int}\nx: #A & {x1: 1, y: 2}", "x.y")]
    [InlineData("#A: a: int\n#B: b: int\ny: {#A, #B}\nx: y & {c: 1}", "x.c")]
    [InlineData("#A: a: int\nx: {#A} & {b: 1}", "x.b")]
    [InlineData("x: close({a: 1}) & {b: 1}", "x.b")]
    [InlineData("#A: [...{a: int}]\nx: #A & [{b: 1}]", "x.0.b")]
    [InlineData("#A: {#b: c: 1}\nx: #A & {#b: d: 1}", "x.#b.d")]
    [InlineData("#B: y: 1\nw: {if true {#B}}\nx: w & {z: 1}", "x.z")]
    public void A_closed_struct_takes_no_other_fields(string source, string path) =>
        Assert.Equal([path + ": field not allowed"], Errors(source));

    [Theory]
    [InlineData("#A: a: int\nx: {#A, b: 1}")]
    [InlineData("#A: a: b: int\nx: {#A, a: c: 1}")]
    [InlineData("#A: {a: int, ...}\n#B: {#A, b: int}\nx: #B & {c: 1}")]
    [InlineData("x: close({a: {}}) & {a: b: 1}")]
    [InlineData("#A: a: int\n#B: c?: int\nx: {#A, #B} & {c: 1}")]
    [InlineData("#A: a: int\n#A: b: int\nx: #A & {a: 1, b: 2}")]
    [InlineData("#A: a: int\nx: #A & {#n: 1, _m: 1}")]
    [InlineData("#A: {a: {...}}\nx: #A & {a: b: c: 1}")]
    [InlineData("#A: a: int\nx: {{#A, b: 1}, c: 1}")]
    public void Embedding_ellipses_and_hidden_fields_extend(string source) => Assert.Empty(Errors(source));

    [Fact]
    public void Openness_can_be_asked()
    {
        var value = Evaluate("#A: {a: int, [=~\"^x\"]: int}\n#O: {a: int, ...}\nx: a: 1");
        Assert.False(value.Lookup("#A")!.IsOpen);
        Assert.True(value.Lookup("#A")!.Allows("xy"));
        Assert.False(value.Lookup("#A")!.Allows("b"));
        Assert.True(value.Lookup("#O")!.IsOpen);
        Assert.True(value.Lookup("x")!.IsOpen);
    }
}
