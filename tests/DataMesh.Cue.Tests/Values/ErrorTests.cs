using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Errors as they are reported: which, how many, where in the value and where in the source.</summary>
public sealed class ErrorTests
{
    [Fact]
    public void Both_operands_are_reported() =>
        Assert.Equal(
            [
                "b: incomplete value bool @1:4",
                "c: incomplete value int @2:4",
                "x: non-concrete value bool in operand to && @3:4 1:4",
                "x: non-concrete value int in operand to && @3:4 2:4",
            ],
            Located("b: bool\nc: int\nx: b && c", concrete: true));

    [Fact]
    public void An_error_is_reported_once_for_each_place() =>
        Assert.Equal(
            ["x: failed arithmetic: division by zero @1:13", "x: failed arithmetic: division by zero @1:5"],
            Located("x: (1/0) + (2/0)"));

    [Theory]
    [InlineData("m: {a!: int}\nx: m == {}", "x: invalid left-hand value to '==' (type struct): m.a: field is required but not present")]
    [InlineData("x: [int] == [1]", "x: invalid left-hand value to '==' (type list): 0: incomplete value int")]
    public void A_comparison_needs_all_of_its_operands(string source, string expected) => Assert.Contains(expected, Errors(source, concrete: true));

    [Fact]
    public void The_key_of_a_field_that_is_not_known_yet_is_reported_with_its_reason() =>
        Assert.Equal(
            ["key value of dynamic field must be concrete, found _|_(undefined field: b) @2:2", "undefined field: b @2:4"],
            Located("x: {}\n(x.b): 4", concrete: true));

    [Fact]
    public void An_interpolation_reports_the_error_of_a_field_at_that_field() =>
        Assert.Equal(
            ["b: invalid interpolation: undefined field: d @1:4 2:6", "b: undefined field: d @2:6"],
            Located("a: \"x\\(b)\"\nb: c.d\nc: {}", concrete: true));

    [Theory]
    [InlineData("a: ({x: y: 1 & 2}).x.y", "a: conflicting values 2 and 1 @1:4 1:12 1:16")]
    [InlineData("a: 1 + ({x: 1 & 2}).x", "x: conflicting values 2 and 1 @1:13 1:17")]
    [InlineData("a: 1 + (1 & 2)", "conflicting values 2 and 1 @1:9 1:13")]
    public void What_is_written_in_an_expression_has_no_path_of_its_own(string source, string expected) => Assert.Equal([expected], Located(source));

    [Fact]
    public void A_let_clause_is_evaluated_where_it_is_used() =>
        Assert.Equal(
            ["f.X.p: conflicting values 2 and 1 @1:17 1:21", "f.b.p: conflicting values 2 and 1 @1:17 1:21 1:28"],
            Located("f: {let X = {p: 1 & 2}, b: X, c: X.p}"));

    [Fact]
    public void The_lengths_of_lists_are_compared_with_the_first_closed_one() =>
        Assert.Equal(
            ["c: incompatible list lengths (1 and 3) @1:25", "c: incompatible list lengths (2 and 3) @1:16"],
            Located("c: [1, 2, 3] & [1, 2] & [1]"));

    [Theory]
    [InlineData("x: string & >=1 & <=5", "x: conflicting values string and >=1 (mismatched types string and number) @1:4 1:13")]
    [InlineData("x: >5 & string & 3 & 4", "x: conflicting values string and 3 (mismatched types string and int) @1:9 1:18")]
    [InlineData("x: {a: 4 & 5, b?: [1, ...int]}\nx: 1", "x: conflicting values {a:(4 & 5),b?:[1,...int]} and 1 (mismatched types struct and int) @1:4 2:4")]
    [InlineData("x: int16 & \"s\"", "x: conflicting values int16 and \"s\" (mismatched types int and string) @1:12")]
    [InlineData("x: {if true {5}}\nx: \"s\"", "x: conflicting values \"s\" and 5 (mismatched types string and int) @1:4 1:5 1:14 2:4")]
    public void Kinds_conflict_once_the_first_with_the_second(string source, string expected) => Assert.Equal([expected], Located(source));

    [Fact]
    public void Constraints_that_are_computed_are_one() =>
        Assert.Equal(
            ["x: conflicting values 4.2 and int & >99 (mismatched types float and int) @3:4", "y: invalid value 42 (out of bound >99) @1:10 5:4"],
            Located("c: [int, >99]\nx: and(c)\nx: 4.2\ny: and(c)\ny: 42"));

    [Fact]
    public void Elements_are_compared_in_lists_of_different_lengths() =>
        Assert.Equal(
            ["b.0: conflicting values 2 and 1 @1:5 1:11", "b: incompatible list lengths (1 and 2) @1:10"],
            Located("b: [1] & [2, 3]"));

    [Fact]
    public void An_error_that_the_source_asks_for_names_what_it_replaces()
    {
        Assert.Equal(["x: not a @1:10 1:4 2:4"], Located("x: \"a\" | error(\"not a\")\nx: \"c\""));
        Assert.Equal(CueErrorCode.Eval, Evaluate("x: \"a\" | error(\"not a\")\nx: \"c\"").Lookup("x")!.Error!.Code);
        Assert.Equal(CueErrorCode.Incomplete, Evaluate("a: int\nx: a + 1 | error(\"no a\")").Lookup("x")!.Error!.Code);
    }

    [Theory]
    [InlineData("x: matchN(1, [{a!: int}])", CueErrorCode.Incomplete)]
    [InlineData("x: matchN(>1, [{a!: int}, {b: string}])", CueErrorCode.Eval)]
    [InlineData("x: matchN(>1, [{a!: int}, {b: int}])", CueErrorCode.Incomplete)]
    [InlineData("x: matchN(0, [{a!: int}, {b: int}])", CueErrorCode.Eval)]
    public void Schemas_that_may_match_yet_leave_a_count_open(string source, CueErrorCode code) =>
        Assert.Equal(code, Evaluate(source + "\nx: b: 2").Lookup("x")!.Error!.Code);

    [Theory]
    [InlineData("x: matchIf({}, {d: {e!: 5}}, {}) & {b: 2}", "x: invalid value {b:2} (does not satisfy matchIf): field is required but not present @1:4 1:21")]
    [InlineData("x: matchN(1, [{a!: int}]) & {}", "x.a: field is required but not present @1:4 1:16", "x: invalid value {} (does not satisfy matchN): 0 matched, expected 1 @1:4 1:11")]
    public void What_a_schema_requires_may_come_yet(string source, params string[] expected)
    {
        Assert.Empty(Located(source));
        Assert.Equal(expected, Located(source, concrete: true));
    }

    [Fact]
    public void A_default_is_what_a_schema_is_matched_with() =>
        Assert.Contains(Errors("x: matchN(1, [{a: 2}])\nx: a: *3 | int"), static error => error.Contains("0 matched", StringComparison.Ordinal));

    [Fact]
    public void Missing_fields_may_come_yet_for_json_but_not_for_yaml()
    {
        Assert.Equal("_|_(Incomplete: error in call to encoding/json.Validate: field is required but not present)", Show("import \"encoding/json\"\nx: json.Validate(\"{}\", {a!: int})"));
        Assert.Equal(
            ["x: error in call to encoding/yaml.Validate: field is required but not present @2:4 2:25"],
            Located("import \"encoding/yaml\"\nx: yaml.Validate(\"{}\", {a!: int})"));
    }

    [Fact]
    public void Bytes_that_are_no_text_become_one_replacement_character() =>
        Assert.Equal("\"a\uFFFDa\"", Show("b: '\\x61\\x80\\x95\\x61'\nx: \"\\(b)\""));

    [Fact]
    public void A_validator_names_its_arguments_and_the_value() =>
        Assert.Equal(
            ["x: invalid value \"quux\" (does not satisfy strings.MaxRunes(3)) @2:4 2:21 2:26"],
            Located("import \"strings\"\nx: strings.MaxRunes(3) & \"quux\""));

    [Fact]
    public void What_a_closed_struct_lacks_it_will_never_have() =>
        Assert.Equal(["undefined field: missing @2:6"], Located("b: close({})\nif b.missing {c: 1}"));

    [Fact]
    public void A_field_that_data_may_not_have_is_placed_at_its_name() =>
        Assert.Equal(
            ["x: error in call to encoding/json.Validate: field not allowed @2:4 json.Validate:1:2"],
            Located("import \"encoding/json\"\nx: json.Validate(\"{\\\"a\\\": 1}\", close({b: 1}))"));

    [Theory]
    [InlineData("x: a.c")]
    [InlineData("x: a.c + 1")]
    [InlineData("x: a.zzz")]
    [InlineData("x: len(a)")]
    [InlineData("x: [for y in a {y}]")]
    [InlineData("x: {y: a}.y.c")]
    [InlineData("let y = a\nx: y.c")]
    [InlineData("b: a.d & {f: 1}\nx: b.f")]
    public void What_is_wrong_within_a_value_is_wrong_with_what_is_made_of_it(string source) =>
        Assert.Equal("_|_(Eval: conflicting values 2 and 1)", Show("a: {b: 1 & 2, c: 1, d: e: 1}\n" + source));

    [Theory]
    [InlineData("x: a.c\na: {b: 1 & 2, c: 1}", "1")]
    [InlineData("a: {b: 1 & 2, c: 1}\nx: a.c | 5", "5")]
    [InlineData("a: {b: int, c: 1}\nx: a.c", "1")]
    [InlineData("a: {b?: 1 & 2, c: 1}\nx: a.c", "1")]
    public void What_is_not_determined_yet_can_be_referred_to(string source, string value) => Assert.Equal(value, Show(source));

    [Fact]
    public void A_struct_with_a_field_that_is_not_allowed_has_no_undefined_fields() =>
        Assert.Equal(["x.b: field not allowed"], Errors("#A: a: int\nx: #A & {b: 1}\ny: x.zzz"));

    [Theory]
    [InlineData("v: #X\nv: b: 1\nw: v & close({})")]
    [InlineData("v: #X & {b: 1}\nw: v & close({})")]
    public void What_a_literal_says_comes_before_what_it_is_unified_with(string source) =>
        Assert.Equal("w.b", Evaluate("#X: {a: 1, ...}\n" + source + "\nx: w.c").Lookup("x")!.Error!.Path);

    [Theory]
    [InlineData("x: 42\nx: >50\nx: >60", "out of bound >60")]
    [InlineData("x: 42\nx: >=50\nx: >50", "out of bound >50")]
    [InlineData("x: 42\nx: math.MultipleOf(5)\nx: >50", "out of bound >50")]
    [InlineData("x: 42\nx: >50\nx: !=42", "out of bound >50", "out of bound !=42")]
    [InlineData("x: \"b\"\nx: !=\"b\"\nx: =~\"d\"", "out of bound =~\"d\"")]
    [InlineData("x: 42\nx: math.MultipleOf(5)\nx: !=42", "does not satisfy math.MultipleOf(5)", "out of bound !=42")]
    public void Of_bounds_the_tightest_are_told_and_hide_what_validators_say(string source, params string[] reasons) =>
        Assert.Equal(reasons.Select(static reason => "(" + reason + ")"), Errors("import \"math\"\n_m: math.Pi\n" + source).Select(static error => error[error.LastIndexOf(" (", StringComparison.Ordinal)..].Trim()));

    [Theory]
    [InlineData("x: 42\nx: <5\nx: >60", "x: incompatible integer bounds <5 and >60")]
    [InlineData("x: >60\nx: <5", "x: incompatible number bounds <5 and >60")]
    public void Between_bounds_that_exclude_each_other_is_nothing(string source, string error) => Assert.Equal([error], Errors(source));

    [Theory]
    [InlineData("x: {a: 1}\nx: matchN(1, [{a: 2}])\nx: matchN(1, [{a: 3}])", "x.a: conflicting values 3 and 1")]
    [InlineData("x: {a: 1}\nx: matchN(1, [{a: 2}])\nx: matchN(0, [_])")]
    [InlineData("x: 1\nx: matchN(0, [1, 2])", "x: conflicting values 2 and 1")]
    [InlineData("x: {a: 1}\nx: {b: 2}\nx: matchN(1, [null])", "x: conflicting values {a:1,b:2} and null (mismatched types struct and null)")]
    public void Of_schemas_that_are_tried_the_last_tell_what_they_found(string source, params string[] details) =>
        Assert.Equal(details, Errors(source).Where(static error => !error.Contains("does not satisfy", StringComparison.Ordinal)));

    [Theory]
    [InlineData("#A: {a: string, let p = {m: \"\\(a)\"}, q: p.m}\nx: #A", "#A.p.m")]
    [InlineData("x: {a: string, let p = [{m: \"\\(a)\"}][0], q: p.m}", "x.p.m")]
    public void What_is_incomplete_in_a_let_clause_is_so_there(string source, string path) =>
        Assert.Contains(path, Evaluate(source).Validate(true, true).Select(static error => error.Path));

    [Theory]
    [InlineData("c: close({v: int})\no: {v: int}\nx: c & o", "2:8")]
    [InlineData("c: close({v: int})\no: {v: int}\nx: o & c", "2:8")]
    public void What_a_call_makes_comes_after_what_is_referred_to(string source, string position) =>
        Assert.Equal("in.cue:" + position, Evaluate(source).Validate(true, true).Single(static each => each.Path == "x.v").Positions[0].ToString());

    [Theory]
    [InlineData("x: !={a: 1}\nx: 1")]
    [InlineData("x: !=[1]\nx: 1")]
    public void What_differs_from_a_struct_or_list_is_one_as_well(string source) =>
        Assert.Contains("(mismatched types", Assert.Single(Errors(source)), StringComparison.Ordinal);

    [Theory]
    [InlineData("r: {if true {a: #A & {x: 1}}, b: #A & {y: 1}}", "r.b.y")]
    [InlineData("r: {{a: #A & {x: 1}}, b: #A & {y: 1}}", "r.b.y")]
    [InlineData("r: {b: #A & {y: 1}, if true {a: #A & {x: 1}}}", "r.a.x")]
    [InlineData("r: {s, b: #A & {y: 1}}\ns: {a: #A & {x: 1}}", "r.a.x")]
    public void Fields_behind_a_clause_have_their_turn_where_they_are_declared(string source, string path) =>
        Assert.Equal(path, Evaluate("#A: {}\n" + source + "\nx: \"\\(r)\"").Lookup("x")!.Error!.Path);

    [Theory]
    [InlineData("x: r & {z: 1, a: 2} & matchN(0, [{...}])\nr: {a: int, y: 3}", "{z:1,a:2,y:3}")]
    [InlineData("x: {q: 1, {b: 2}, r, d: 4, matchN(0, [{...}])}\nr: a: 5", "{q:1,b:2,d:4,a:5}")]
    [InlineData("x: {if true {b: 2}, c: 3, r, d: 4, matchN(0, [{...}])}\nr: a: 5", "{b:2,c:3,d:4,a:5}")]
    public void A_struct_in_a_message_has_its_fields_as_they_came_about(string source, string text) =>
        Assert.Equal($"x: invalid value {text} (does not satisfy matchN): 1 matched, expected 0", Assert.Single(Errors(source)));

    [Theory]
    [InlineData("x: matchN(1, [b, {c: 1 + 2}])\nb: 4", "matchN(1, [b,{c:(1 + 2)}])")]
    [InlineData("x: matchN(1, b)\nb: [4]", "matchN(1, b)")]
    [InlineData("x: int & matchN(>1, [b, 1 | 2])\nb: 4", "matchN(>1, [b,(1|2)]) & int")]
    [InlineData("x: matchN(1, [b, >2]) & matchN(1, [string])\nb: 4", "matchN(1, [4,>2]) & matchN(1, [string])")]
    [InlineData("import \"struct\"\nx: struct.MinFields(1 + 2)", "struct.MinFields(3)")]
    public void A_validator_that_waits_is_told_with_what_it_was_given(string source, string text) =>
        Assert.Equal($"x: incomplete value {text}", Assert.Single(Errors(source, concrete: true)));

    [Theory]
    [InlineData("((3 > (1 | 2)) & \"b\")")]
    [InlineData("3 & ((1 | 2) + 1)")]
    [InlineData("3 & (c + 1)")]
    public void An_atom_beside_something_that_lacks_something_is_an_error_to_what_asks_first(string value) =>
        Assert.Equal("false", Show("b: (#A != _|_)\nc: 1 | 2\n#A: " + value, "b"));

    [Fact]
    public void What_one_of_several_names_lacks_is_told_whatever_the_other_one_shares() =>
        Assert.Equal(["c: undefined field: b"], Errors("if false {b: {a: 1}}\nc: d.b\n#B: \"b\"\nd: {a: 1}\nc: b\nb: #B", concrete: true));
}
