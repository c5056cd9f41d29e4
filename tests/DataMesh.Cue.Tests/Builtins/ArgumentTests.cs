using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Builtins;

/// <summary>What the functions of the standard packages take, and what they say of the rest.</summary>
public sealed class ArgumentTests
{
    [Theory]
    [InlineData("path", "path.VolumeName(\"C:/a\")", "\"C:\"")]
    [InlineData("path", "path.VolumeName(\"C:/a\", path.Unix)", "\"\"")]
    [InlineData("net", "net.AddIP(\"127.0.0.1/8\", 2)", "\"127.0.0.3/8\"")]
    [InlineData("math", "math.Log2(16)", "3.999999999999999999999999999999999")]
    [InlineData("math", "math.Log2(1)", "0")]
    [InlineData("encoding/toml", "toml.Marshal({a: {b: {c: 1}}, d: {e: 1}})", "\"[a]\\n[a.b]\\nc = 1\\n\\n[d]\\ne = 1\\n\"")]
    public void Values(string package, string expression, string expected) =>
        Assert.Equal(expected, Lookup($"import \"{package}\"\nx: {expression}").ToString());

    [Theory]
    [InlineData("path", "path.ToSlash(string, \"a\")", "cannot use \"a\" as \"unix\" | \"windows\" | \"plan9\"")]
    [InlineData("path", "path.Base(\"a\", \"b\")", "cannot use \"b\" as *\"unix\" | \"windows\" | \"plan9\"")]
    [InlineData("math", "math.Asin(2.0e400)", "error in call to math.Asin: cannot use 2.0E+400 (type float) as float64 in argument 0: value was rounded up")]
    [InlineData("strings", "strings.Repeat(\"\", 1000001)", "error in call to strings.Repeat: count 1000001 exceeds limit of 1000000")]
    [InlineData("list", "list.Repeat([], 1000001)", "error in call to list.Repeat: count 1000001 exceeds limit of 1000000")]
    [InlineData("list", "list.MatchN(1, #D) & [{b: 1}]\n#D: {a: 1}", "invalid value [{b:1}] (does not satisfy list.MatchN): {a:1} matches 0 list items, want 1")]
    [InlineData("net", "net.IPv4() & \"x\"", "invalid value \"x\" (does not satisfy net.IPv4): ")]
    [InlineData("net", "net.JoinHostPort([192, 30, \"x\"], 80)", "error in call to net.JoinHostPort: invalid host [192, 30, \"x\"]")]
    [InlineData("net", "net.JoinHostPort(\"h\", 1.5)", "error in call to net.JoinHostPort: cannot use value 1.5 (type float) as int")]
    [InlineData("encoding/openapi", "openapi.MarshalSchema({#A: int}, {})", "error in call to encoding/openapi.MarshalSchema: field not found: version")]
    public void Errors(string package, string expression, string message) =>
        Assert.StartsWith(message, Lookup($"import \"{package}\"\nx: {expression}").Error!.Message);

    [Fact]
    public void A_validator_without_arguments_shows_that_it_is_called() =>
        Assert.Equal("net.IPv4()", Lookup("import \"net\"\nx: net.IPv4").ToString());

    [Theory]
    [InlineData("x: and([int, >3]) & 4")]
    [InlineData("x: 4 & and([int, >3])")]
    public void What_stands_beside_a_call_counts(string source) => Assert.Equal("4", Lookup(source).ToString());

    private static CueValue Lookup(string source) => new CueContext().Build("in.cue", source).Value.Lookup("x")!;
}
