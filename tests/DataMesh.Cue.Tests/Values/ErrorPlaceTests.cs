using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Where errors of ordinary packages are told to be, and which of them.</summary>
public sealed class ErrorPlaceTests
{
    [Theory]
    [InlineData("b: {if true {x: 1}}\nc: b.x & 2", "c: conflicting values 1 and 2 @1:17 2:4 2:10")]
    [InlineData("b: {{x: p: 1}, y: 1}\nc: b.x & {p: 2}", "c.p: conflicting values 1 and 2 @1:12 2:4 2:14")]
    public void What_is_around_a_field_is_not_told_of_what_refers_to_the_field(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Theory]
    [InlineData("b: {{p: 1}, q: 1}\nc: {b, p: 2}", "c.p: conflicting values 1 and 2 @1:5 1:9 2:4 2:5 2:11")]
    [InlineData("b: {{p: 1}, q: 1}\nc: b & {p: 2}", "c.p: conflicting values 1 and 2 @1:4 1:5 1:9 2:4 2:12")]
    [InlineData("#c: {x: #b, if true {y: 1}}\n#b: {{p: 1}, z: 1}\nc: #c & {x: p: 2}", "c.x.p: conflicting values 1 and 2 @1:5 1:9 2:6 2:10 3:4 3:16")]
    public void Of_literals_in_each_other_the_outermost_is_told(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Theory]
    [InlineData("a: string\nb: {c: 1}\nc: \"\\(a)\\(1&2)\\(b.d)\"", "invalid interpolation: conflicting values 2 and 1 @3:4 3:11 3:13")]
    [InlineData("b: [1]\nc: \"\\(b)\\({})\\(1&2)\"", "c: invalid interpolation: cannot use [1] (type list) as type (bool|string|bytes|number) @2:4 1:4", "invalid interpolation: conflicting values 2 and 1 @2:4 2:16 2:18")]
    public void Every_part_of_a_text_is_evaluated_and_the_first_that_does_not_fit_told(string source, params string[] expected) => Assert.Equal(expected, Evaluation.Located(source));

    [Fact]
    public void All_parts_of_a_text_that_are_missing_are_told() => Assert.Equal(
        ["c: invalid interpolation: undefined field: d @2:4 2:9", "c: invalid interpolation: undefined field: e @2:4 2:21"],
        Evaluation.Located("b: {c: 1}\nc: \"\\(b.d)\\(b.c)\\(b.e)\"", concrete: true));

    [Fact]
    public void What_a_definition_says_twice_of_a_field_is_wrong_once() =>
        Assert.Equal(["b.p: conflicting values \"x\" and int (mismatched types string and int) @1:9 2:4 2:13"], Evaluation.Located("#d: {p: int, q: p}\nb: #d & {p: \"x\"}"));

    [Theory]
    [InlineData("c: {#e, x: _a}\n#e: x: {...}", "c.x.x.r: undefined field: g @2:26")]
    [InlineData("c: {x: [_a]}\nc: #e\n#e: x: [...]", "c.x.0.x.r: undefined field: g @2:26")]
    [InlineData("c: y: {z: x: _leaf}\nc: y: #e\n#e: {z: {...}}", "_leaf.r: undefined field: g @2:26")]
    [InlineData("c: {#e, y: x: _leaf}\n#e: y: {...}", "_leaf.r: undefined field: g @2:26")]
    [InlineData("c: {x: _a}\nc: close({x: {...}})", "_leaf.r: undefined field: g @2:26")]
    public void What_is_referred_to_within_what_a_definition_closes_is_another_value(string source, string expected) =>
        Assert.Equal([expected], Evaluation.Located("_a: {x: _leaf, e: x}\n_leaf: {#c: {...}, r: #c.g}\n" + source, concrete: true));

    [Theory]
    [InlineData("import \"strings\"\ng: (strings.MinRunes(3))(\"abc\")", "g: cannot call previously called validator strings.MinRunes(3) @2:4 2:5")]
    [InlineData("g: (1 & int)(2)", "g: cannot call non-function (1 & int) (type int) @1:4 1:5")]
    [InlineData("f: \"abc\"\ng: f.x(4)", "g: cannot call non-function f.x (type _|_) @2:4", "g: invalid operand f (found string, want list or struct) @2:4")]
    public void What_is_no_function_cannot_be_called(string source, params string[] expected) => Assert.Equal(expected, Evaluation.Located(source));

    [Fact]
    public void What_an_element_is_named_cannot_be_referred_to() =>
        Assert.Equal("l: alias values not allowed in this position", Assert.Single(new CueContext().Build("in.cue", "l: [1, E={a: nope}]").Errors).ToString());

    [Theory]
    [InlineData("import \"strings\"\nlet p = strings.SplitN(\"x=1\", \"=\", 2)\nq: p[1] & \"z\"", "q: conflicting values \"1\" and \"z\" @2:9 3:4 3:11")]
    [InlineData("import \"list\"\nl: list.Range(0, 3, 1)\nr: l[0] & \"z\"", "r: conflicting values \"z\" and 0 (mismatched types string and int) @2:4 3:4 3:11")]
    [InlineData("import \"list\"\nl: list.Concat([[{a: 1}], [2]])\nq: l[0] & {a: \"z\"}", "q.a: conflicting values \"z\" and 1 (mismatched types string and int) @2:22 3:4 3:15")]
    [InlineData("import \"time\"\nl: time.Split(\"2020-01-02T03:04:05Z\")\nr: l & {year: \"x\"}", "r.year: conflicting values \"x\" and 2020 (mismatched types string and int) @2:4 3:4 3:15")]
    public void What_a_call_makes_is_written_where_the_call_is(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Fact]
    public void An_argument_that_is_a_struct_or_list_is_told_before_what_has_a_place() =>
        Assert.Equal(["b", "a"], ErrorText.Sort(Evaluation.Evaluate("a: 1/0\nb: div([1], 2)").Errors).Select(static error => error.Path));

    [Theory]
    [InlineData("import \"strings\"\nb: *[5] | \"x\"\na: strings.ToUpper(b)", "a: cannot use [5] (type list) as string in argument 1 to strings.ToUpper @")]
    [InlineData("import \"list\"\nb: list.Repeat([1], 2)\na: b + 1", "a: invalid operands [1,1] and 1 to '+' (type list and int) @3:4 2:4 3:8")]
    [InlineData("import \"strings\"\na: strings.ToUpper(b)\nb: {c: 1}", "a: cannot use {c:1} (type struct) as string in argument 1 to strings.ToUpper @3:4")]
    [InlineData("a: b & \"x\"\nb: {uint8}", "a: conflicting values \"x\" and uint8 (mismatched types string and int) @1:4 1:8 2:4")]
    [InlineData("a: {uint8} & \"x\"", "a: conflicting values uint8 and \"x\" (mismatched types int and string) @1:4 1:14")]
    [InlineData("import \"encoding/base64\"\nn: 4 + 1\na: base64.Encode(n, \"x\")", "a: error in call to encoding/base64.Encode: base64: unsupported encoding: cannot use value 5 (type int) as null @3:4 2:4")]
    [InlineData("import \"math/bits\"\nn: -5\na: bits.Lsh(1, n)", "a: error in call to math/bits.Lsh: cannot use -5 (type int) as uint64 in argument 1 @3:4 2:4")]
    [InlineData("import \"encoding/yaml\"\na: yaml.Validate(\"a: 3\", {1})", "a: error in call to encoding/yaml.Validate: conflicting values {a:3} and 1 (mismatched types struct and int) @2:4 2:27 yaml.Validate:1:1")]
    public void A_value_is_told_where_it_is_written(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Theory]
    [InlineData("a: 1 + matchN(1, [2])", "a: non-concrete value matchN(1, [2]) in operand to + @1:4 1:8")]
    [InlineData("import \"strings\"\na: 1 + strings.MinRunes(2)", "a: non-concrete value strings.MinRunes(2) in operand to + @2:4 2:8")]
    public void A_validator_that_is_an_operand_is_told_where_it_is_called(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source, concrete: true));

    [Theory]
    [InlineData("i: [1, 2, 3][:\"x\"]", "i: cannot use \"x\" (type string) as type int in slice index @1:4 1:15")]
    [InlineData("i: [1, 2, 3][x.y:]\nx: y: true", "i: cannot use true (type bool) as type int in slice index @1:4 2:7")]
    public void What_is_no_index_is_told_with_where_it_is_written(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Theory]
    [InlineData("a: close({x: 1}) + 1", "a: invalid operands {x:1} and 1 to '+' (type struct and int) @1:4 1:10 1:20")]
    [InlineData("a: \"\\(close(b))\"\nb: {x: 1}", "a: invalid interpolation: cannot use {x:1} (type struct) as type (bool|string|bytes|number) @1:4 2:4")]
    [InlineData("import \"strings\"\na: strings.ToUpper(close({x: 1}))", "a: cannot use {x:1} (type struct) as string in argument 1 to strings.ToUpper @2:26")]
    public void What_is_closed_is_where_it_was_open(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Theory]
    [InlineData("a: a(1)", "a: cannot call non-function a (type _|_) @1:4")]
    [InlineData("a: b(1)\nb: a", "a: cannot call non-function b (type _|_) @1:4")]
    [InlineData("a: len(a(1))", "a: cannot call non-function a (type _|_) @1:8")]
    public void What_is_made_of_the_call_is_no_function(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Theory]
    [InlineData("a: <bool", "a: invalid value bool (type bool) for bound < @1:5")]
    [InlineData("a: <b\nb: bool", "a: invalid value bool (type bool) for bound < @1:5 2:4")]
    [InlineData("a: <b\nb: true", "a: invalid value true (type bool) for bound < @1:5 2:4")]
    [InlineData("a: <int", "a: bound has fixed non-concrete value @1:4")]
    public void What_bounds_nothing_is_told_with_where_it_comes_from(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Fact]
    public void A_bound_that_a_predeclared_type_has_is_nowhere_so_that_its_error_is_told_first() => Assert.Equal(
        ["a", "c", "b"],
        ErrorText.Sort(Evaluation.Evaluate("b: >5 & 3\nc: uint8 & 300\na: float32 & 1e40").Errors).Select(static error => error.Path));

    [Fact]
    public void What_several_parts_of_a_text_lack_alike_is_told_of_the_last() =>
        Assert.Equal(["x: invalid interpolation: undefined field: b @2:4 2:16"], Evaluation.Located("a: {}\nx: \"\\(a.b) \\(a.b)\"", concrete: true));
}
