using DataMesh.Cue.Load;
using DataMesh.Cue.Values;

namespace DataMesh.Tool.Tests;

/// <summary>Where <c>@tag</c> may stand, and how it is written, whether or not something is put there.</summary>
public sealed class TagTests
{
    [Theory]
    [InlineData("a!: bool @tag(a)", "@tag not allowed within field constraint")]
    [InlineData("a: {b?: string @tag(a)}", "@tag not allowed within field constraint")]
    [InlineData("a: [string]: {b: string @tag(a)}", "@tag not allowed within field constraint")]
    [InlineData("(x): string @tag(a)\nx: \"y\"", "@tag not allowed within field constraint")]
    [InlineData("a: [...{b: string @tag(a)}]", "@tag not allowed within lists")]
    [InlineData("if true {b: string @tag(a)}", "@tag not allowed within comprehension")]
    [InlineData("a: string @tag(a b)", "invalid identifier \"a b\"")]
    [InlineData("a: string @tag(a,type=foo)", "invalid type \"foo\"")]
    public void Misuse_is_an_error(string source, string message)
    {
        CueError error = Assert.Single(Load(source).Errors);
        Assert.Equal(message, error.Message);
        Assert.Equal(1, Assert.Single(error.Positions).Line);
    }

    [Theory]
    [InlineData("a: bool @tag(a,type=bool)")]
    [InlineData("a: {} & {b: string @tag(a,short=x|y)}")]
    [InlineData("\"x\": string @tag(a,var=now)")]
    public void Anything_else_is_none(string source) => Assert.Empty(Load(source).Errors);

    private static LoadedInstance Load(string source) =>
        new InstanceLoader(new MemorySources([KeyValuePair.Create("/in.cue", source)]), "/").LoadFiles(["in.cue"]);
}
