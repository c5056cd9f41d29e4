using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Calls whose arguments need what the calls are a part of.</summary>
public sealed class ArgumentTests
{
    private const string Imports = "import (\"encoding/json\", \"strings\", \"list\")\n_uses: [json.Marshal(1), strings.ToUpper(\"\"), list.Max([1])]\n";

    [Theory]
    [InlineData("x: strings.ToUpper(y)\ny: strings.ToUpper(x)", "x: error in call to strings.ToUpper: non-concrete value _", "y: incomplete value _")]
    [InlineData("x: {a: 5}\nx: json.Unmarshal(y)\ny: json.Marshal(x)", "x: error in call to encoding/json.Unmarshal: non-concrete value _", "y: incomplete value _")]
    [InlineData("x: strings.ToUpper(y)\ny: string\ny: strings.ToUpper(x)", "x: error in call to strings.ToUpper: non-concrete value string", "y: incomplete value string")]
    [InlineData("x: strings.ToUpper(y)\ny: strings.ToUpper(x) + \"a\"", "y: error in call to strings.ToUpper")]
    [InlineData("x: strings.ToUpper(y)\ny: x + \"a\"", "y: cycle with field: x")]
    [InlineData("y: x + \"a\"\nx: strings.ToUpper(y)", "y: cycle with field: x")]
    [InlineData("x: {b: json.Marshal(x)}", "x.b: error in call to encoding/json.Marshal: cannot convert incomplete value \"_\" to JSON")]
    public void A_call_says_nothing_that_needs_what_asks_for_it(string source, params string[] expected)
    {
        Assert.Empty(Errors(Imports + source));
        Assert.Equal(expected.Order(), Errors(Imports + source, concrete: true).Order());
    }

    [Theory]
    [InlineData("y: json.Marshal(x)\nx: json.Unmarshal(y)\nx: {a: 5}", """{"y":"{\"a\":5}","x":{"a":5}}""")]
    [InlineData("x: json.Unmarshal(y)\ny: json.Marshal(x)\ny: \"[5]\"", """{"x":[5],"y":"[5]"}""")]
    [InlineData("x: len(y)\ny: [x]", """{"x":1,"y":[1]}""")]
    public void What_else_is_said_of_the_value_holds(string source, string expected) => Assert.Equal(expected, Json(Imports + source));

    [Theory]
    [InlineData("x: json.Marshal(y)\ny: {a: x}", "x: error in call to encoding/json.Marshal: structural cycle @3:4", "y.a: structural cycle @3:4")]
    [InlineData("y: {a: x}\nx: json.Marshal(y)", "x: error in call to encoding/json.Marshal: structural cycle @4:4", "y.a: structural cycle @4:4")]
    [InlineData("x: strings.Join(y, \"\")\ny: [x]", "x: error in call to strings.Join: structural cycle @3:4", "y.0: structural cycle @3:4")]
    [InlineData("x: a: list.Sum(y)\ny: [{b: x}]", "x.a: error in call to list.Sum: structural cycle @3:7", "y.0.b: structural cycle @3:7")]
    [InlineData("x: json.Marshal(y)\ny: {a: z}\nz: x", "x: error in call to encoding/json.Marshal: structural cycle @3:4", "z: structural cycle @3:4")]
    [InlineData("x: list.Sum(y)\ny: [1, x + 1]", "x: structural cycle @")]
    public void An_argument_that_holds_its_call_has_no_end(string source, params string[] expected) => Assert.Equal(expected, Located(Imports + source));

    [Theory]
    [InlineData("x: list.Concat([[1 & 2]])", "x: error in call to list.Concat: conflicting values 2 and 1 @3:4 3:18 3:22")]
    [InlineData("x: list.Take([2, {a: 1 & 2}], 1)", "x: error in call to list.Take: conflicting values 2 and 1 @3:4 3:22 3:26")]
    [InlineData("x: json.Marshal({a: _|_})", "x: error in call to encoding/json.Marshal: explicit error (_|_ literal) in source @3:4 3:21")]
    [InlineData("x: json.Marshal(_|_)", "explicit error (_|_ literal) in source @3:17")]
    [InlineData("x: \"\\(_|_)\"", "invalid interpolation: explicit error (_|_ literal) in source @3:4 3:7")]
    [InlineData("x: list.Zip(1)", "x: cannot call non-function list.Zip (type _|_) @3:4")]
    [InlineData("x: y.b(1)\ny: {}", "x: cannot call non-function y.b (type _|_) @3:4")]
    public void What_is_wrong_with_an_argument_is_wrong_with_the_call(string source, string expected) => Assert.Equal([expected], Located(Imports + source));

    [Theory]
    [InlineData("x: list.MinItems(1) & [1 & 2]", "_|_(Eval: conflicting values 2 and 1)")]
    [InlineData("x: matchN(1, [{a: int}]) & {a: 1} & {a: 2}", "_|_(Eval: conflicting values 2 and 1)")]
    public void What_is_wrong_with_an_element_is_wrong_with_all_that_is_validated(string source, string expected) => Assert.Equal(expected, Show(Imports + source));

    [Fact]
    public void A_validator_needs_nothing_of_its_arguments() => Assert.Empty(Errors("import \"struct\"\nx: struct.MaxFields(y)\ny: {a: x}"));

    [Theory]
    [InlineData("x: list.Take([0, 1 & 2], 1)", "x: error in call to list.Take: conflicting values 2 and 1 @3:4 3:18 3:22")]
    [InlineData("x: list.Contains([[1 & 2], 3], 3)", "x: error in call to list.Contains: conflicting values 2 and 1 @3:4 3:20 3:24")]
    [InlineData("x: list.FlattenN([error(\"no\")], 1)", "x: error in call to list.FlattenN: no @3:4 3:19")]
    [InlineData("y: [0, {a: 1 & 2}]\nx: list.Take(y, 1)", "y.1.a: conflicting values 2 and 1 @3:12 3:16")]
    [InlineData(
        "x: json.Marshal({a: (1 | 2) & 3})",
        "x: error in call to encoding/json.Marshal: 2 errors in empty disjunction: @3:4",
        "x: error in call to encoding/json.Marshal: conflicting values 1 and 3 @3:4 3:22 3:31",
        "x: error in call to encoding/json.Marshal: conflicting values 2 and 3 @3:4 3:26 3:31")]
    public void What_is_wrong_with_an_element_is_wrong_with_the_call(string source, params string[] expected) => Assert.Equal(expected, Located(Imports + source));

    [Fact]
    public void The_fields_of_a_struct_are_no_arguments() => Assert.Equal("""{"x":true}""", Json("import \"struct\"\nx: struct.MinFields({a: 1 & 2, b: 3}, 1)"));

    [Theory]
    [InlineData("csv.Encode([_])", "x: error in call to encoding/csv.Encode: non-concrete value _ @2:4")]
    [InlineData("csv.Encode([[{a: int}]])", "x: error in call to encoding/csv.Encode: cannot convert incomplete value \"int\" to JSON @2:4 2:21")]
    [InlineData("tabwriter.Write([string, \"a\"])", "x: error in call to text/tabwriter.Write: non-concrete value string @2:4 2:21")]
    public void An_element_that_may_come_yet_is_no_error(string call, string expected)
    {
        var source = $"import \"{(call.StartsWith("csv", StringComparison.Ordinal) ? "encoding/csv" : "text/tabwriter")}\"\nx: {call}";
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Located(source, concrete: true));
    }

    [Fact]
    public void Fields_of_a_table_that_are_no_text_are_json() =>
        Assert.Equal("\"null,\\\"\\\"\\\"YWI=\\\"\\\"\\\",1.50,x,\\\"[1,2]\\\"\\n\"", Show("import \"encoding/csv\"\nx: csv.Encode([[null, 'ab', 1.50, \"x\", [1, 2]]])"));

    [Theory]
    [InlineData("b: {a: len(b), if bool {}}", "b: incomplete bool: bool")]
    [InlineData("b: {if bool {}, a: and(b)}", "b: incomplete bool: bool")]
    [InlineData("b: {a: quo(b), (string): 1}", "b: key value of dynamic field must be concrete, found string")]
    [InlineData("import \"strings\"\nb: {a: c: strings.ToUpper(b), if bool {}}", "b: incomplete bool: bool")]
    public void A_call_lacks_what_the_struct_around_it_lacks_that_it_is_given(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("a: {b: len(close(a))}", """{"a":{"b":1}}""")]
    [InlineData("a: {b: len(close({a}))}", """{"a":{"b":1}}""")]
    [InlineData("a: {c: 1, b: [for x in [1] {len(close(a))}]}", """{"a":{"c":1,"b":[2]}}""")]
    public void What_is_within_a_struct_may_close_it(string source, string json) => Assert.Equal(json, Json(source));

    [Theory]
    [InlineData("import \"strings\"\na: strings.Join(b, \",\")\nb: [\"a\", 1 & 2]", "a: error in call to strings.Join: conflicting values 2 and 1 @2:4 3:10 3:14", "b.1: conflicting values 2 and 1 @3:10 3:14")]
    [InlineData("import \"strings\"\nb: [\"a\", 1 & 2]\na: strings.Join(b, \",\")", "b.1: conflicting values 2 and 1 @2:10 2:14")]
    [InlineData("import \"encoding/json\"\na: json.Marshal({b: x})\nx: len(1)", "a: error in call to encoding/json.Marshal: cannot use 1 (type int) as (string|bytes|list|struct) in argument 1 to len @2:4 3:8", "x: cannot use 1 (type int) as (string|bytes|list|struct) in argument 1 to len @3:8")]
    public void What_is_wrong_within_an_argument_is_told_of_the_call_unless_it_was_known_before(string source, params string[] expected) => Assert.Equal(expected, Evaluation.Located(source));

    [Theory]
    [InlineData("#S: {n: string, u: strings.ToLower(s.n)}\ns: #S & {n: \"x\"}", "s.u: structural cycle")]
    [InlineData("#S: {n: string, u: strings.ToLower(s.n), v: strings.ToUpper(n)}\ns: {#S, n: \"x\"}", "s.u: structural cycle", "s.v: structural cycle")]
    [InlineData("#S: {n: int, u: {sum: list.Sum(all)}}\nall: [for x in xs {x.n}]\nxs: [string]: #S\nxs: {a: n: 1, b: n: 2}", "xs.a.u.sum: structural cycle", "xs.b.u.sum: structural cycle")]
    [InlineData("#S: {n: string, u: or([s.n])}\ns: #S & {n: \"x\"}", "s.u: structural cycle")]
    public void A_call_that_needs_a_copy_of_what_it_is_in_is_endless_in_that(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(Imports + source));

    [Theory]
    [InlineData("s: #S & {n: \"X\"}\n#S: {n: string, u: strings.ToLower(s.n)}")]
    [InlineData("h: s.n\n#S: {n: string, u: strings.ToLower(s.n)}\ns: #S & {n: \"X\"}")]
    [InlineData("#S: {n: string, u: strings.ToLower(s.n)}\ns: {#S, n: \"X\", u: string}")]
    [InlineData("#S: {n: string, u: strings.ToLower(s.n) + \"\"}\ns: #S & {n: \"X\"}")]
    [InlineData("#S: {n: string, u?: strings.ToLower(s.n)}\ns: #S & {n: \"X\", u: _}")]
    public void What_is_known_before_or_has_another_constraint_ends(string source) => Assert.Empty(Errors(Imports + source));

    [Fact]
    public void A_choice_that_is_endless_is_none() =>
        Assert.Contains("\"s\":{\"n\":\"X\",\"u\":1}", Json(Imports + "#S: {n: string, u: strings.ToLower(s.n) | 1}\ns: #S & {n: \"X\"}"));

    [Theory]
    [InlineData("encoding/json", "json.Marshal(a)", "unresolved disjunction {b:1} | {c:2} (type struct)")]
    [InlineData("encoding/yaml", "yaml.MarshalStream(a)", "unresolved disjunction {b:1} | {c:2} (type struct)")]
    [InlineData("list", "list.Contains([1], a)", "unresolved disjunction {b:1} | {c:2} (type struct)")]
    public void A_function_that_takes_any_value_takes_no_open_choice(string package, string call, string expected) =>
        Assert.Contains("x: " + expected, Evaluation.Errors($"import \"{package}\"\na: {{b: 1}} | {{c: 2}}\nx: {call}", concrete: true));

    [Theory]
    [InlineData("json.Unmarshal(\"{\\\"a\\\": [1, \\\"\\\\ud800x\\\"]}\")", "x: error in call to encoding/json.Unmarshal: invalid string: unmatched surrogate pair @2:4 json:1:11")]
    [InlineData("json.UnmarshalStream(\"1 \\\"\\\\ud800\\\"\")", "x: error in call to encoding/json.UnmarshalStream: invalid string: unmatched surrogate pair @2:4 :1:3")]
    public void Half_a_surrogate_pair_in_json_is_told_where_it_is(string call, string expected) =>
        Assert.Equal([expected], Evaluation.Located($"import \"encoding/json\"\nx: {call}"));

    [Theory]
    [InlineData("json.Unmarshal('[1, \"a\\xc3\"]')", "x: error in call to encoding/json.Unmarshal: json: could not parse JSON: illegal UTF-8 encoding @2:4 json:1:7")]
    [InlineData("json.Validate('\"\\xff\"', _)", "x: error in call to encoding/json.Validate: illegal UTF-8 encoding @2:4 json.Validate:1:2")]
    public void Bytes_in_json_that_are_no_text_are_told_where_they_are(string call, string expected) =>
        Assert.Equal([expected], Evaluation.Located($"import \"encoding/json\"\nx: {call}"));

    [Theory]
    [InlineData("div(1 & 2, 3 & 4)", "conflicting values 2 and 1", "conflicting values 4 and 3")]
    [InlineData("strings.Replace(\"a\", 1 & 2, int, 3 & 4)", "conflicting values 2 and 1", "conflicting values 4 and 3")]
    [InlineData("or([1 & 2])", "conflicting values 2 and 1")]
    [InlineData("or([{a: 1 & 2}])", "a: conflicting values 2 and 1")]
    [InlineData("or([{a: b: 1 & 2}])", "a.b: conflicting values 2 and 1")]
    [InlineData("{[or([{a: 1 & 2}])]: string}", "a: conflicting values 2 and 1")]
    [InlineData("or([{a: 1 & 2}, {b: 1 & 2}])", "2 errors in empty disjunction:", "a: conflicting values 2 and 1", "b: conflicting values 2 and 1")]
    public void All_that_is_wrong_with_arguments_is_told(string call, params string[] expected) => Assert.Equal(expected, Errors("import \"strings\"\nx: " + call + "\n_used: strings.ToUpper").Select(static error => error.TrimStart(':', ' ')));

    [Theory]
    [InlineData("or([{a: 1 & 2}, {b: 1}])", "{b:1}")]
    [InlineData("5 | or([1 & 2])", "5")]
    public void Elements_that_are_wrong_are_no_choice(string call, string expected) => Assert.Equal(expected, Show("x: " + call));
}
