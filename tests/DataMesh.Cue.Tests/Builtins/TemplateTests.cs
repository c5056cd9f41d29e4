using DataMesh.Cue.Tests.Values;

namespace DataMesh.Cue.Tests.Builtins;

/// <summary>text/template: what templates make of values, and what is wrong with them.</summary>
public sealed class TemplateTests
{
    [Theory]
    [InlineData("{{.m.zz.y}}", "<no value>")]
    [InlineData("{{with .m}}{{.q.r}}{{end}}", "<no value>")]
    [InlineData("{{range .l}}{{if eq . 2}}{{continue}}{{end}}{{.}}{{if eq . 3}}{{break}}{{end}}{{end}}", "13")]
    [InlineData("{{slice .s 1 2}} {{index .l 1}} {{len .s}}", "t 2 3")]
    [InlineData("{{and 1 0 (index .l 9)}} {{or 1 (index .l 9)}}", "0 1")]
    [InlineData("{{lt 1 2}} {{eq .x 3 1}} {{not .n}}", "true true true")]
    public void Executes(string template, string expected) => Assert.Equal(expected, Execute(template).Lookup("x")!.AsString());

    [Theory]
    [InlineData("a\nb {{ .x.y }}", ":2:7: executing \"\" at <.x.y>: can't evaluate field y in type interface {}")]
    [InlineData("{{.m.b.c.d}}", ":1:4: executing \"\" at <.m.b.c.d>: can't evaluate field d in type interface {}")]
    [InlineData("é{{with $v := .m}}{{$v.a.z}}{{end}}", ":1:23: executing \"\" at <$v.a.z>: can't evaluate field z in type interface {}")]
    [InlineData("{{.n.y}}", ":1:4: executing \"\" at <.n.y>: nil pointer evaluating interface {}.y")]
    [InlineData("{{range .s}}{{end}}", ":1:8: executing \"\" at <.s>: range can't iterate over str")]
    [InlineData("{{template \"nope\" .}}", ":1:11: executing \"\" at <{{template \"nope\" .}}>: template \"nope\" not defined")]
    [InlineData("{{.x 1}}", ":1:2: executing \"\" at <.x>: x is not a method but has arguments")]
    [InlineData("{{\"a\" 1}}", ":1:2: executing \"\" at <\"a\">: can't give argument to non-function \"a\"")]
    [InlineData("{{nil}}", ":1:2: executing \"\" at <nil>: nil is not a command")]
    [InlineData("{{if .x}}{{else if lt .x .s}}{{end}}", null)]
    [InlineData("{{if lt .x .s}}{{end}}", ":1:5: executing \"\" at <lt .x .s>: error calling lt: incompatible types for comparison: int64 and string")]
    public void What_fails_is_told_where_it_is_executed(string template, string? expected) => AssertFails(template, expected);

    [Theory]
    [InlineData("{{gt .x}}", ":1:2: executing \"\" at <gt>: wrong number of args for gt: want 2 got 1")]
    [InlineData("{{not 1 2}}", ":1:2: executing \"\" at <not>: wrong number of args for not: want 1 got 2")]
    [InlineData("{{and}}", ":1:2: executing \"\" at <and>: wrong number of args for and: want at least 1 got 0")]
    [InlineData("{{printf 1}}", ":1:9: executing \"\" at <1>: expected string; found 1")]
    [InlineData("{{index .m 1}}", ":1:2: executing \"\" at <index .m 1>: error calling index: value has type int; should be string")]
    [InlineData("{{slice .l 2 1}}", ":1:2: executing \"\" at <slice .l 2 1>: error calling slice: invalid slice index: 2 > 1")]
    [InlineData("{{len .x}}", ":1:2: executing \"\" at <len .x>: error calling len: len of type int64")]
    [InlineData("{{eq 1 1.0}}", ":1:2: executing \"\" at <eq 1 1.0>: error calling eq: incompatible types for comparison: int and float64")]
    [InlineData("{{call .x 1}}", ":1:2: executing \"\" at <call .x 1>: error calling call: non-function .x of type int64")]
    public void So_is_what_a_function_is_given(string template, string expected) => AssertFails(template, expected);

    [Theory]
    [InlineData("{{\"a}}", ":1: unterminated quoted string")]
    [InlineData("\n{{`a}}", ":2: unterminated raw quoted string")]
    [InlineData("{{'ab'}}", ":1: malformed character constant: 'ab'")]
    [InlineData("{{1e}}", ":1: illegal number syntax: \"1e\"")]
    [InlineData("{{0xg}}", ":1: bad number syntax: \"0xg\"")]
    [InlineData("{{.x)}}", ":1: unexpected right paren")]
    [InlineData("{{.x | 1}}", ":1: non executable command in pipeline stage 2")]
    [InlineData("{{define}}x{{end}}", ":1: unexpected \"}}\" in define clause")]
    [InlineData("{{define \"a\" .}}x{{end}}", ":1: unexpected <.> in define clause")]
    [InlineData("{{range .l}}{{break 1}}{{end}}", ":1: unexpected \"1\" in {{break}}")]
    public void What_is_no_template_is_told_with_its_line(string template, string expected) => AssertFails(template, expected);

    private static void AssertFails(string template, string? expected) =>
        Assert.Equal(expected is null ? [] : [$"x: error in call to text/template.Execute: template: {expected}"], Execute(template).Validate().Select(static error => error.ToString()));

    private static Cue.Values.CueValue Execute(string template) => Evaluation.Evaluate(
        $"import \"text/template\"\nx: template.Execute({System.Text.Json.JsonSerializer.Serialize(template)}, {{x: 1, s: \"str\", m: {{a: 1, b: {{c: 2}}}}, l: [1, 2, 3], n: null}})");
}
