using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Bounds, validators and schemas that do not hold: which of them are told, and where.</summary>
public sealed class ConstraintErrorTests
{
    [Theory]
    [InlineData("a: error & \"x\"", "a: invalid value \"x\" (does not satisfy error):  @1:4 1:12")]
    [InlineData("a: [error] & [\"x\"]", "a.0: invalid value \"x\" (does not satisfy error):  @1:5 1:15")]
    [InlineData("a: len & \"x\"", "a: conflicting values len and \"x\" (mismatched types func and string) @1:10")]
    public void A_predeclared_function_that_is_not_called_is_a_value_or_refuses_every_text(string source, string expected) => Assert.Equal([expected], Located(source));

    [Theory]
    [InlineData("a: 42 & >100 & >101 & !=42", "a: invalid value 42 (out of bound !=42) @1:23 1:4", "a: invalid value 42 (out of bound >101) @1:16 1:4")]
    [InlineData("a: 42 & >100 & >100", "a: invalid value 42 (out of bound >100) @1:16 1:4")]
    [InlineData("a: 42 & >=100 & >100 & >=100", "a: invalid value 42 (out of bound >100) @1:17 1:4")]
    [InlineData("a: \"s\"\na: =~\"x\"\na: =~\"x\"", "a: invalid value \"s\" (out of bound =~\"x\") @3:4 1:4 2:4")]
    [InlineData("a: 1 & 2 & >5", "a: conflicting values 2 and 1 @1:4 1:8", "a: invalid value 1 (out of bound >5) @1:12 1:4")]
    public void The_tightest_of_several_bounds_is_told(string source, params string[] expected) => Assert.Equal(expected, Located(source));

    [Theory]
    [InlineData("a: >100 & <30", "a: incompatible number bounds <30 and >100 @1:11 1:4")]
    [InlineData("a: <30 & >100", "a: incompatible number bounds <30 and >100 @1:10 1:4")]
    [InlineData("a: int & >=1.1 & <=1.3", "a: incompatible integer bounds <=1.3 and >=1.1 @1:18 1:10")]
    [InlineData("a: int & >100 & <100.5", "a: incompatible integer bounds >100 and <100.5 @1:17 1:10")]
    [InlineData("a: 42 & <30 & >100 & >120", "a: incompatible integer bounds <30 and >100 @1:15 1:9", "a: invalid value 42 (out of bound >120) @1:22 1:4")]
    public void Bounds_that_nothing_is_between_cancel_each_other(string source, params string[] expected) => Assert.Equal(expected, Located(source));

    [Fact]
    public void What_an_argument_of_a_validator_lacks_is_told_by_its_type() =>
        Assert.Contains("x: invalid value \"a\" (does not satisfy strings.MinRunes(>1)): non-concrete value number", Errors("import \"strings\"\nx: strings.MinRunes(y)\ny: >1\nx: \"a\"", concrete: true));

    [Fact]
    public void What_is_not_null_may_be_a_function() =>
        Assert.Equal(["a: conflicting values null and !=null (mismatched types null and (bool|string|bytes|func|list|struct|number)) @1:4 1:11"], Located("a: null & !=null"));

    [Fact]
    public void A_schema_that_is_tried_tells_what_is_wrong_even_if_nothing_may_match() =>
        Assert.Equal(
            ["a: conflicting values 42 and string (mismatched types int and string) @1:4 2:15", "a: invalid value 42 (does not satisfy matchN): 1 matched, expected 0 @2:4 1:4 2:11"],
            Located("a: 42\na: matchN(0, [string, number])"));

    [Fact]
    public void Only_the_last_of_several_matches_tells_what_is_wrong_with_its_schemas() =>
        Assert.Equal(
            [
                "a: invalid value 42 (does not satisfy matchN): 1 matched, expected 2 @2:4 1:4 2:11 3:4",
                "a: invalid value 42 (does not satisfy matchN): 1 matched, expected 2 @3:4 1:4 2:4 3:11",
                "a: invalid value 42 (out of bound >101) @3:20 1:4",
            ],
            Located("a: 42\na: matchN(2, [int, >100])\na: matchN(2, [int, >101])"));

    [Theory]
    [InlineData("#M: {n: string}\nb: {a: #M, a: a}", "b.a.n: incomplete value string @1:9 2:15")]
    [InlineData("#M: {n: string}\nb: {a: #M & _}", "b.a.n: incomplete value string @1:9 2:8")]
    [InlineData("#M: {n: string}\nb: {a: #M, a: {}}", "b.a.n: incomplete value string @1:9")]
    public void What_is_nothing_but_another_value_is_told_where_it_refers_to_it(string source, string expected) => Assert.Equal([expected], Located(source, concrete: true));

    [Fact]
    public void A_struct_is_not_validated_while_its_fields_are_wrong() =>
        Assert.Equal(["a.b: conflicting values 2 and 1 @2:8 2:12"], Located("import \"struct\"\na: {b: 1 & 2} & struct.MinFields(2)"));

    [Theory]
    [InlineData("#A: !=1 | string\na: #A & 1", "@1:5 2:4 2:9")]
    [InlineData("#A: matchN(0, [int]) | string\na: #A & 1", "@1:5 1:12 2:4 2:9")]
    public void A_disjunct_is_refused_where_the_field_is_written(string source, string places) =>
        Assert.Contains(Located(source), error => error.StartsWith("a: invalid value 1", StringComparison.Ordinal) && error.EndsWith(places, StringComparison.Ordinal));

    [Theory]
    [InlineData("{foo: 1}", "{foo: int}", "right-hand value to '==' (type struct): b.foo: incomplete value int")]
    [InlineData("{foo: int}", "{foo: 1}", "left-hand value to '==' (type struct): a.foo: incomplete value int")]
    [InlineData("[1]", "[int]", "right-hand value to '==' (type list): b.0: incomplete value int")]
    public void A_bound_that_is_a_struct_waits_for_all_of_it(string value, string bound, string expected)
    {
        string source = $"@experiment(structcmp)\na: {value}\na: ==b\nb: {bound}";

        Assert.Empty(Errors(source));
        Assert.Contains($"a: invalid {expected}", Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("int", "1:4")]
    [InlineData("number & int", "1:13")]
    [InlineData("*int | string", "1:5")]
    [InlineData("{int}", "1:5")]
    [InlineData("c", "3:4")]
    [InlineData("int & >5", "")]
    [InlineData("uint8", "")]
    public void A_value_that_is_not_concrete_is_told_where_it_is_written(string value, string place) =>
        Assert.Contains(
            Located($"a: {value}\nb: \"\\(a)\"\nc: int", concrete: true),
            error => error.StartsWith("b: invalid interpolation: non-concrete value ", StringComparison.Ordinal) && error.EndsWith(("@2:4 " + place).TrimEnd(), StringComparison.Ordinal));

    [Theory]
    [InlineData("json.Validate({x: 1, y: 2})", "{\"x\": 3, \"y\": 4}", "json.Validate): conflicting values 1 and 3 @2:4 2:22 3:4 json.Validate:1:1 json.Validate:1:7", "json.Validate): conflicting values 2 and 4 @2:4 2:28 3:4 json.Validate:1:1 json.Validate:1:15")]
    [InlineData("json.Validate(int)", "  null", "json.Validate): conflicting values null and int (mismatched types null and int) @2:4 2:18 3:4 json.Validate:1:3")]
    [InlineData("json.Validate({x: 1})", "{", "json.Validate): json: invalid JSON @2:4 2:18 3:4")]
    public void All_that_is_wrong_with_encoded_data_is_told(string validator, string data, params string[] expected)
    {
        string source = $"import \"encoding/json\"\na: {validator}\na: \"{data.Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

        Assert.Equal(expected, Located(source).Select(static error => error[error.IndexOf("json.Validate)", StringComparison.Ordinal)..]));
    }

    [Theory]
    [InlineData("strings.MinRunes(n)", "2:4 3:4 4:4")]
    [InlineData("strings.MinRunes(3 | *5)", "2:4 2:26 3:4")]
    [InlineData("strings.MinRunes(math.MaxBase)", "2:4 3:4 <builtin:MaxBase>:1:1")]
    public void An_argument_is_told_where_its_value_is_written(string validator, string places)
    {
        string error = Assert.Single(Located($"import (\"strings\", \"math\")\na: {validator}\na: \"x\"\nn: 5\n_m: math.Pi"));
        Assert.EndsWith('@' + places, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{x: 1 & 2, y: 3 & 4}", "conflicting values 2 and 1 @2:4 2:21 2:25", "conflicting values 4 and 3 @2:4 2:31 2:35")]
    [InlineData("{x: int, y: string}", "incomplete value int @2:4 2:21", "incomplete value string @2:4 2:29")]
    public void All_that_keeps_data_from_being_encoded_is_told(string value, params string[] expected) =>
        Assert.Equal(
            expected.Select(static each => "a: error in call to encoding/yaml.Marshal: " + each),
            Located($"import \"encoding/yaml\"\na: yaml.Marshal({value})", concrete: true));

    [Theory]
    [InlineData("e: E={v: \"x\" | error(\"bad: \\(E)\"), v: \"z\"}", "e.v: bad: {v:_|_(e.v: bad: value at path 'e')}")]
    [InlineData("e: E={v: \"x\" | error(\"bad: \\(E)\"), v: \"z\", w: {a: 1, b: [1, \"x\"]}}", "e.v: bad: {v:_|_(e.v: bad: value at path 'e'),w:{a:1,b:[1,\"x\"]}}")]
    [InlineData("e: {v: \"x\" | error(\"bad: \\(o)\"), v: \"z\"}\no: {a: 1, b: c}\nc: 3", "e.v: bad: {a:1,b:3}")]
    public void A_text_of_ones_own_shows_values_as_they_turn_out_to_be(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Fact]
    public void Texts_of_errors_that_show_each_other_stay_short()
    {
        var source = string.Join("\n", Enumerable.Range(0, 40).Select(i => $"f{i}: {{v: \"x\" | error(\"bad: \\(a) \\(a)\"), v: \"z\"}}"));
        Assert.All(Errors("a: {" + source + "}"), static error => Assert.InRange(error.Length, 1, 100_000));
    }

    [Theory]
    [InlineData("#A: X=>10 | error(\"\\(X) is too small\")\na: #A & 3", "a: 3 is too small @1:13 1:7 2:9")]
    [InlineData("#A: X=(2 * div(X, 2)) | error(\"\\(X) is odd\")\na: [...#A] & [3]", "a.0: 3 is odd @1:25 1:8 2:8 2:15")]
    [InlineData("a: [error(\"no\")] | 3\na: [1]", "a.0: no @1:5 1:20 2:4")]
    public void An_error_of_its_own_can_name_the_value(string source, string expected) => Assert.Equal([expected], Located(source));

    [Theory]
    [InlineData("#A: X=(2 * div(X, 2))\nx: #A & 4", "4")]
    [InlineData("x: X=[1, {b: X[0]}]", "[1,{b:1}]")]
    [InlineData("#A: X=[string, X[0]]\nx: #A & [\"s\"]", "_|_(Eval: incompatible list lengths (1 and 2))")]
    public void The_alias_of_a_value_is_what_the_value_becomes(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("s + 1", "invalid operands \"x\" and 1 to '+' (type string and int) @3:4 1:4 3:8")]
    [InlineData("s < n", "invalid operands \"x\" and 4 to '<' (type string and int) @3:4 1:4 2:4")]
    [InlineData("s - 1", "cannot use \"x\" (type string) as type number in - @3:4 1:4")]
    [InlineData("1 && s", "cannot use 1 (type int) as type bool in && @3:4")]
    [InlineData("s || n", "cannot use \"x\" (type string) as type bool in || @3:4 1:4", "cannot use 4 (type int) as type bool in || @3:4 2:4")]
    [InlineData("n =~ 1", "cannot use 1 (type int) as type (string|bytes) @3:4 3:9", "cannot use 4 (type int) as type string in =~ @3:4 2:4")]
    [InlineData("s =~ \")\"", "invalid regexp: error parsing regexp: unexpected ): `)` @3:4")]
    [InlineData("s * 1000001", "string multiplication count 1000001 exceeds limit of 1000000 @3:4")]
    public void An_operand_that_does_not_suit_is_told_where_its_value_is_written(string expression, params string[] expected) =>
        Assert.Equal(expected.Select(static each => "a: " + each), Located($"s: \"x\"\nn: 4\na: {expression}"));

    [Theory]
    [InlineData("a: =~\"[\" | int")]
    [InlineData("a: {[=~\"[\"]: int}")]
    [InlineData("a: =~\"[\" & \"x\"", "a: invalid regexp: error parsing regexp: missing closing ]: `[` @1:4")]
    [InlineData("a: {[=~\"[\"]: int, b: 1}", "a: invalid regexp: error parsing regexp: missing closing ]: `[` @1:14")]
    public void A_pattern_is_wrong_once_something_is_to_match_it(string source, params string[] expected) => Assert.Equal(expected, Located(source));

    [Theory]
    [InlineData("list.Sort([1, \"a\"], list.Ascending)", "error in call to list.Sort: invalid operands \"a\" and 1 to '<' (type string and int) @2:4 2:15 2:18 list:13:9")]
    [InlineData("list.Sort([{n: 1}, {m: 2}], {x: _, y: _, less: x.n < y.n})", "error in call to list.Sort: undefined field: n @2:4 2:53")]
    public void A_list_that_cannot_be_sorted_is_wrong(string expression, string expected) =>
        Assert.Equal(["a: " + expected], Located($"import \"list\"\na: {expression}"));

    [Theory]
    [InlineData("a: {b: *1 | *2 | int, c: b[0:1]}", "a.c: non-concrete slice subject b @1:26", "a.c: unresolved disjunction *1 | *2 | int (type int) @1:26")]
    [InlineData("a: error", "a: incomplete value error() @")]
    public void What_is_not_decided_is_told(string source, params string[] expected) =>
        Assert.Equal(expected, Located(source, concrete: true).Where(static each => !each.StartsWith("a.b:", StringComparison.Ordinal)));

    [Theory]
    [InlineData("x: matchN(N, [{c: null}]) & {c!: {}}")]
    [InlineData("x: {matchN(N, [{c: null}]), c!: {}}")]
    [InlineData("x: {matchN(N, [close({})]), b!: {e!: 2}}")]
    [InlineData("x: matchN(N, [{b: d: 1}]) & {b: {d!: 2}}")]
    [InlineData("x: matchN(N, [{c: d: 1}]) & {c: {d?: string}}")]
    [InlineData("x: matchN(N, [{c: d: 1}]) & {c: close({e: 1})}")]
    [InlineData("x: matchN(N, [{c: \"s\"}]) & {[string]: int, d: 1}")]
    [InlineData("x: matchN(N, [{c: d: 1}]) & {c: #A}\n#A: d?: string")]
    [InlineData("x: matchN(N, [[1, int]]) & [1, ...string]")]
    public void A_schema_is_tried_on_the_data_of_a_value(string source)
    {
        Assert.Empty(Errors(source.Replace("(N,", "(1,", StringComparison.Ordinal)));
        Assert.Contains(Errors(source.Replace("(N,", "(0,", StringComparison.Ordinal)), static error => error.Contains("1 matched, expected 0", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x: matchN(N, [{c: d: 1}]) & {c!: {d: string}, c: _}")]
    [InlineData("x: matchN(N, [[int]]) & [...string] & [_]")]
    [InlineData("x: {matchN(N, [int]), a!: {}}")]
    public void What_constrains_data_counts_where_a_schema_is_tried(string source) =>
        Assert.Empty(Errors(source.Replace("(N,", "(0,", StringComparison.Ordinal)));

    [Theory]
    [InlineData("x: matchIf({a: 1}, {b: 1}, {b: 2}) & {b!: 1}")]
    [InlineData("x: {matchIf({}, {d: 1}, {b: >0}), a: {b!: 1}}")]
    public void A_field_that_is_required_of_data_is_not_required_by_a_schema(string source) => Assert.Empty(Errors(source));

    [Fact]
    public void A_bound_that_is_a_struct_that_lacks_something_bounds_nothing_yet()
    {
        const string source = "c: -1\nd: {(_): c, b: !=d}";
        Assert.Empty(Errors(source));
        Assert.Equal(["d: key value of dynamic field must be concrete, found _"], Errors(source, concrete: true));
    }
}
