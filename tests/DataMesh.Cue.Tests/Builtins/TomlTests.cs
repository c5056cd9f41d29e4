using DataMesh.Cue.Tests.Values;

namespace DataMesh.Cue.Tests.Builtins;

/// <summary>encoding/toml: what is read, and what is wrong with the rest.</summary>
public sealed class TomlTests
{
    [Theory]
    [InlineData("a = 0x1F", "{\"a\":31}")]
    [InlineData("a = 1_000", "{\"a\":1000}")]
    [InlineData("a = +5", "{\"a\":5}")]
    [InlineData("a = \"\"\"b\"\"\"\"\"", "{\"a\":\"b\\\"\\\"\"}")]
    [InlineData("a = \"\"\"\n b \\\n  c\"\"\"", "{\"a\":\" b c\"}")]
    public void Reads(string text, string json) => Assert.Equal("{\"x\":" + json + "}", Evaluation.Json(Unmarshal(text)));

    [Theory]
    [InlineData("a = 01", "parse error: illegal integer number \"01\"")]
    [InlineData("a = 012", "expected newline but got U+0031 '1'")]
    [InlineData("a = 0_1", "expected newline but got U+005F '_'")]
    [InlineData("a = 1__0", "parse error: illegal '_' in number")]
    [InlineData("a = 1e", "parse error: illegal exponent \"1e\"")]
    [InlineData("a = inf", "parse error: illegal number start \"inf\"")]
    [InlineData("a = 0b12", "expected newline but got U+0032 '2'")]
    [InlineData("a = tru", "expected 'true'")]
    [InlineData("a = ", "expected value, not eof")]
    [InlineData("= 1", "invalid character at start of key: U+003D '='")]
    [InlineData("a = \"\\x\"", "invalid escaped character U+0078 'x'")]
    [InlineData("a = \"\\ud800\"", "escape sequence is invalid Unicode code point")]
    [InlineData("a = \"b", "basic string not terminated by \"")]
    [InlineData("a = 'b\nc'", "literal strings cannot have new lines")]
    [InlineData("a = \"\"\"b", "multiline basic string not terminated by \"\"\"")]
    public void Refuses(string text, string message) =>
        Assert.Equal(["x: error in call to encoding/toml.Unmarshal: " + message], Evaluation.Errors(Unmarshal(text)));

    [Fact]
    public void Bytes_that_are_no_text_are_told_where_they_are() =>
        Assert.Equal(["x: error in call to encoding/toml.Unmarshal: invalid UTF-8 @2:4 :1:6"], Evaluation.Located("import \"encoding/toml\"\nx: toml.Unmarshal('a = \"\\xff\"')"));

    private static string Unmarshal(string text) => "import \"encoding/toml\"\nx: toml.Unmarshal(#\"\"\"\n\t" + text.Replace("\n", "\n\t") + "\n\t\"\"\"#)";

    [Fact]
    public void Writes_names_in_order_and_floats_as_binary_ones() => Assert.Equal(
        "a = 1000.0\nb = 0.0000001\nc = 1.5\nd = 1000000000000000019884624838656.0\ne = '12345678901234567890'\n\n[t]\nx = 1\ny = [{a = 2, b = 1}, 3]\n",
        Evaluation.Evaluate("import \"encoding/toml\"\nx: toml.Marshal({t: {y: [{b: 1, a: 2}, 3], x: 1}, e: 12345678901234567890, d: 1e30, c: 1.50, b: 1e-7, a: 1e3})").Lookup("x")!.AsString());
}
