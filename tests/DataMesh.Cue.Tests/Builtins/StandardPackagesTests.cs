using System.Globalization;
using DataMesh.Cue.Export;
using DataMesh.Cue.Syntax;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Builtins;

/// <summary>The standard packages as schemas use them.</summary>
public sealed class StandardPackagesTests
{
    [Theory]
    [InlineData("strings", "strings.Join(strings.Split(\"a-b\", \"-\"), strings.ToUpper(\"x\"))", "\"aXb\"")]
    [InlineData("strings", "strings.Index(\"世界\", \"界\")", "3")]
    [InlineData("strconv", "strconv.ParseInt(\"-7f\", 16, 64)", "-127")]
    [InlineData("strconv", "strconv.FormatFloat(0.1, \"e\", 3, 64)", "\"1.000e-01\"")]
    [InlineData("strconv", "strconv.FormatFloat(123456789, \"g\", -1, 64)", "\"1.23456789e+08\"")]
    [InlineData("strconv", "strconv.FormatFloat(123456.5, \"g\", -1, 64)", "\"123456.5\"")]
    [InlineData("text/template", "template.Execute(\"{{.a}} {{.b}} {{.c}}\", {a: 1000000.0, b: 1e3 + 0, c: 1000000})", "\"1e+06 1000 1000000\"")]
    [InlineData("encoding/json", "json.Marshal([1e3 + 0, 2.0 * 3, 1e3])", "\"[1000,6.0,1E+3]\"")]
    [InlineData("list", "list.SortStable([3, 1, 2], list.Descending)", "[3,2,1]")]
    [InlineData("list", "list.Sort([{v: 2}, {v: 1}], {x: {}, y: {}, less: x.v < y.v})", "[{\"v\":1},{\"v\":2}]")]
    [InlineData("list", "list.IsSorted([2, 1], {x: 1})", "true")]
    [InlineData("list", "list.FlattenN([1, [2, [3]]], -1)", "[1,2,3]")]
    [InlineData("math", "math.Pow(2, 100)", "1267650600228229401496703205376")]
    [InlineData("math", "math.Floor(-1.5)", "-2")]
    [InlineData("math/bits", "bits.OnesCount(255)", "8")]
    [InlineData("regexp", "regexp.ReplaceAll(\"(b)\", \"abc\", \"<$1>\")", "\"a<b>c\"")]
    [InlineData("struct", "struct.MinFields({a: 1}, 1)", "true")]
    [InlineData("time", "time.Format(\"2019-01-02\", \"2006-01-02\")", "true")]
    [InlineData("time", "time.ParseDuration(\"1h30m\")", "5400000000000")]
    [InlineData("time", "time.Unix(253402300800, 1)", "\"10000-01-01T00:00:00.000000001Z\"")]
    [InlineData("net", "net.AddIP(\"2001:db8::ffff\", 1)", "\"2001:db8::1:0\"")]
    [InlineData("net", "net.PathEscape(\"a b/ü\")", "\"a%20b%2F%C3%BC\"")]
    [InlineData("path", "path.Rel(\"/a/b\", \"/a/c\", path.Unix)", "\"../c\"")]
    [InlineData("path", "path.Join([\"a\", \"..\", \"b\"], path.Windows)", "\"b\"")]
    [InlineData("text/template", "template.Execute(\"{{range $i, $e := .l}}{{$i}}={{$e}};{{end}}{{printf \\\"%05d\\\" .n}}\", {l: [\"a\"], n: 42})", "\"0=a;00042\"")]
    [InlineData("text/tabwriter", "tabwriter.Write(\"a\\tb\\nccc\\td\\n\")", "\"a   b\\nccc d\\n\"")]
    [InlineData("text/tabwriter", "tabwriter.Write(\"a\\vb\\nccc\\vd\\f1\\t2\")", "\"a   b\\nccc d\\n1 2\"")]
    [InlineData("html", "html.Unescape(\"&#x; &#; &#xg\")", "\"\uFFFD &#; &#xg\"")]
    [InlineData("html", "html.Unescape(\"&eacute;&#x4e16;&amp\")", "\"é世&\"")]
    [InlineData("encoding/json", "json.Unmarshal(\"{\\\"a\\\": [1, 2.50]}\")", "{\"a\":[1,2.50]}")]
    [InlineData("encoding/json", "json.Marshal({a: 'hi', b: 1.0})", "\"{\\\"a\\\":\\\"aGk=\\\",\\\"b\\\":1.0}\"")]
    [InlineData("encoding/yaml", "yaml.Unmarshal(\"a: [1, x]\")", "{\"a\":[1,\"x\"]}")]
    [InlineData("encoding/toml", "toml.Unmarshal(\"[a]\\nb = 'x'\")", "{\"a\":{\"b\":\"x\"}}")]
    [InlineData("encoding/csv", "csv.Decode(\"a,\\\"b,c\\\"\\n\")", "[[\"a\",\"b,c\"]]")]
    [InlineData("encoding/hex", "hex.Encode(\"世\")", "\"e4b896\"")]
    [InlineData("encoding/base64", "base64.Encode(null, \"ab\")", "\"YWI=\"")]
    [InlineData("crypto/sha256", "sha256.Sum224(\"abc\")", "\"Iwl9IjQF2CKGQqR3vaJVsyqtvOS9oLP342ydpw==\"")]
    [InlineData("crypto/hmac", "hmac.Sign(hmac.MD5, \"\", \"\")", "\"dOb3KYqcLRaJNfWMAButiA==\"")]
    [InlineData("uuid", "uuid.SHA1(uuid.ns.DNS, \"example.com\")", "\"cfbff0d1-9375-5685-968c-48ce8b15ae17\"")]
    public void Compute(string package, string expression, string expected) => Assert.Equal(expected, Evaluate(package, expression));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    public void Compute_the_same_in_every_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal("\"I\"", Evaluate("strings", "strings.ToUpper(\"i\")"));
            Assert.Equal("\"-1.50\"", Evaluate("strconv", "strconv.FormatFloat(-1.5, \"f\", 2, 64)"));
            Assert.Equal("[\"a\",\"ä\",\"å\"]", Evaluate("list", "list.SortStrings([\"å\", \"a\", \"ä\"])"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("strings", "strings.Repeat(\"x\", 1000000000000)")]
    [InlineData("list", "list.Range(0, 1000000000, 1)")]
    [InlineData("math/bits", "bits.Lsh(1, 1000000000000)")]
    [InlineData("text/template", "template.Execute(\"{{define \\\"a\\\"}}{{template \\\"a\\\"}}{{end}}{{template \\\"a\\\"}}\", 1)")]
    public void Refuse_what_would_not_end(string package, string expression) =>
        Assert.NotNull(new CueContext().Build("in.cue", $"import \"{package}\"\nx: {expression}").Value.Lookup("x")!.Error);

    [Theory]
    [InlineData("\"abc", "invalid string: unmatched quote")]
    [InlineData("\"abc\\\"", "invalid string: unmatched quote")]
    [InlineData("##\"abc\"#", "invalid string: unmatched quote")]
    [InlineData("\"a\"b\"", "invalid syntax")]
    [InlineData("abc", "invalid syntax")]
    [InlineData("\"\\ud83d\"", "unmatched surrogate pair")]
    [InlineData("\"\"\"abc\"\"\"", "invalid string: opening quote of multiline string must be followed by newline")]
    [InlineData("\"\"\"\nabc\"\"\"", "invalid string: closing quote of multiline string must follow a newline")]
    [InlineData("\"\"\"\n\tabc\n  \"\"\"", "invalid string: non-matching whitespace for multiline string (expected \"  \", got \"\\t\")")]
    public void Unquote_says_what_is_wrong_with_a_literal(string literal, string expected)
    {
        CueError error = new CueContext().Build("in.cue", $"import \"strconv\"\nx: strconv.Unquote({Literals.Quote(literal)})").Value.Lookup("x")!.Error!;
        Assert.Equal("error in call to strconv.Unquote: " + expected, error.Message);
    }

    [Theory]
    [InlineData("'a'", "a")]
    [InlineData("#\"a\"b\\\"#", "a\"b\\")]
    [InlineData("\"\"\"\n  a\"\"\" b\n\n  \"\"\"", "a\"\"\" b\n")]
    public void Unquote_reads_every_form_of_literal(string literal, string expected)
    {
        CueValue value = new CueContext().Build("in.cue", $"import \"strconv\"\nx: strconv.Unquote({Literals.Quote(literal)})").Value.Lookup("x")!;
        Assert.Equal(expected, value.AsString());
    }

    [Fact]
    public void A_function_that_does_not_exist_is_an_error_that_names_it()
    {
        CueInstance instance = new CueContext().Build("in.cue", "import \"strings\"\nx: strings.NoSuch(1)");
        string message = instance.Errors.Count > 0 ? instance.Errors[0].Message : instance.Value.Lookup("x")!.Error!.Message;
        Assert.Contains("NoSuch", message, StringComparison.Ordinal);
    }

    private static string Evaluate(string package, string expression)
    {
        CueValue value = new CueContext().Build("in.cue", $"import \"{package}\"\nx: {expression}").Value.Lookup("x")!;
        Assert.True(JsonExporter.TryExport(value, out string json, out CueError? error), error?.ToString());
        return json;
    }
}
