using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Validators whose schemas lead back to the validators.</summary>
public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("matchN(2, [x, x])", "(does not satisfy matchN): 0 matched, expected 2 (and 10 more errors)")]
    [InlineData("matchN(1, [x, 4])", "(does not satisfy matchN): 0 matched, expected 1 (and 4 more errors)")]
    [InlineData("matchIf(x, x, x)", "(does not satisfy matchIf): invalid value 3 (does not satisfy matchIf): invalid value 3 (does not satisfy matchIf): structural cycle)")]
    public void Each_schema_is_tried_once_on_an_atom_for_its_own_sake(string schema, string expected) =>
        Assert.Contains(expected, string.Join("\n", Evaluation.Errors("a: {_q: error(\"\\(a)\"), x: " + schema + ", y: 3 & x}")));

    [Fact]
    public void A_schema_that_names_the_value_it_is_tried_on_holds() => Assert.Empty(Evaluation.Errors("c: matchN(1, [{d: c}])\nc: {}"));

    [Theory]
    [InlineData("#x: matchN(1, [_s]), #x: {}", "t.#x: invalid value {} (does not satisfy matchN): 0 matched, expected 1", "t.#x.#x: structural cycle")]
    [InlineData("x: matchN(1, [_s]), x: {}", "t.x: invalid value {} (does not satisfy matchN): 0 matched, expected 1", "t.x.x: structural cycle")]
    [InlineData("x: [matchN(1, [_s])], x: [{}]", "t.x.0: invalid value {} (does not satisfy matchN): 0 matched, expected 1", "t.x.0.x.0: structural cycle")]
    [InlineData("x?: matchN(1, [_s])")]
    [InlineData("n?: int, x: [string]: matchN(1, [_s])")]
    public void A_schema_that_requires_what_it_is_tried_on_again_has_no_end(string schema, params string[] expected) =>
        Assert.Equal(expected, Evaluation.Errors("t: {_s}\n_s: {" + schema + "}").Where(static error => error.StartsWith("t.", StringComparison.Ordinal)));

    [Theory]
    [InlineData("#c: {b: string, a: matchN(1, [#c])}\nx: #c & {a: b: \"foo\"}", "x.a.a: structural cycle @1:20")]
    [InlineData("c: matchN(1, [{d: c}])\nx: c & {d: d: {}}", "x.d: invalid value {d:{}} (does not satisfy matchN): structural cycle @1:4 1:11 1:19 2:12")]
    [InlineData("x: {a: matchN(1, [x]), a: {}}", "x.a: structural cycle @1:8")]
    [InlineData("#c: matchN(1, [int, {d?: #c}])\nx: #c & {d: {d: {d: 1}}}", "x.d.d.d: structural cycle @1:5")]
    [InlineData("#c: matchN(1, [int, {[string]: #c}])\nx: #c & {d: {e: {f: 1}}}", "x.d.e.f: structural cycle @1:5")]
    [InlineData("#c: matchN(1, [int, {d?: #b}])\n#b: matchN(1, [int, {e?: #c}])\nx: #c & {d: {e: {d: {e: {d: 1}}}}}", "x.d.e.d.e.d: structural cycle @1:5")]
    [InlineData("#c: {d?: matchN(1, [int, #c])}\nx: #c & {d: {d: {d: {d: {d: 1}}}}}", "x.d.d.d.d: structural cycle @1:10")]
    [InlineData("#c: matchN(1, [int, [#c]])\nx: #c & [[1]]", "x.0.0: invalid value 1 (does not satisfy matchN): structural cycle @1:5 1:12 1:22 2:11")]
    [InlineData("x: matchN(1, [x])\nx: 3", "x: invalid value 3 (does not satisfy matchN): structural cycle @1:4 1:11 1:15 2:4")]
    public void A_schema_that_requires_what_it_validates_has_no_end(string source, string expected) => Assert.Contains(expected, Located(source));

    [Theory]
    [InlineData("#c: {b: string, a?: matchN(1, [#c])}\nx: #c & {b: \"\", a: {b: \"foo\", a: b: \"x\"}}")]
    [InlineData("#c: matchN(1, [int, [...#c]])\nx: #c & [1, [2, [3]]]")]
    [InlineData("#c: matchN(1, [int, {[string]: #c}])\nx: #c & {d: d: 1}")]
    [InlineData("#c: {d?: matchN(1, [int, #c])}\nx: #c & {d: {d: {d: {d: 1}}}}")]
    [InlineData("#c: matchN(1, [int, {d?: [#c]}])\nx: #c & {d: [{d: [{d: [{d: [1]}]}]}]}")]
    [InlineData("#c: matchN(1, [int, {d?: #c, e?: [...#c]}])\nx: #c & {e: [{d: {e: [{e: [{d: 1}]}]}}]}")]
    [InlineData("#c: matchN(1, [int, {d: #c}])\nx: #c & {d: 1}")]
    [InlineData("x: matchN(1, [{d: x}])\nx: {}")]
    public void One_that_allows_it_ends_with_the_data(string source) => Assert.Empty(Errors(source, concrete: true));

    [Theory]
    [InlineData("x: matchN(1, [y, {a: y}])\ny: >3", "x: incomplete value matchN(1, [y,{a:y}])")]
    [InlineData("x: matchN(1, [x])", "x: incomplete value matchN(1, [x])")]
    [InlineData("import \"struct\"\nx: struct.MaxFields(y)\ny: {a: x}", "x: incomplete value struct.MaxFields(y)")]
    public void Schemas_are_shown_as_they_are_written(string source, string expected) => Assert.Contains(expected, Errors(source, concrete: true));

    [Fact]
    public void A_list_that_a_schema_is_tried_on_is_told_last() =>
        Assert.Contains("x: conflicting values int and [1] (mismatched types int and list)", Errors("x: [1] & matchN(1, [int])"));

    [Theory]
    [InlineData("x: matchN(1, [#C])\nx: {}\n#C: {a!: int, b!: int}", "x.a: field is required but not present @1:4 1:15 3:6", "x.b: field is required but not present @1:4 1:15 3:15")]
    [InlineData("x: matchN(1, [#C])\nx: {a: {}}\n#C: {a: {b!: int}, c!: int}", "x.a.b: field is required but not present @1:4 1:15 3:10", "x.c: field is required but not present @1:4 1:15 3:20")]
    [InlineData("x: matchN(1, [#C])\nx: {}\n#C: {a!: int, z: 1, b!: int}", "x.a: field is required but not present @1:4 1:15 3:6")]
    [InlineData("x: matchN(1, [{a!: int}])\nx: {}", "x.a: field is required but not present @1:4 1:16")]
    public void Fields_that_a_schema_lacks_are_told_up_to_one_that_is_there(string source, params string[] expected) =>
        Assert.Equal(expected, Located(source, concrete: true).Where(static error => error.StartsWith("x.", StringComparison.Ordinal)));

    [Theory]
    [InlineData("x: matchIf(#C, #D, #E)\n#C: a: 1\n#D: b!: int\n#E: c!: int\nx: {}", "1:4 1:16 3:5 5:4")]
    [InlineData("x: matchIf(c.d, _, e)\nx: f: \"s\"\nc: d: a!: int\ne: #E\n#E: f!: int", "1:4 1:17 1:20 2:4 2:7 5:9")]
    public void Matching_tells_where_it_refers_to_the_schema_that_fails(string source, string positions) =>
        Assert.Contains(Located(source, concrete: true), error => error.StartsWith("x:", StringComparison.Ordinal) && error.EndsWith("@" + positions, StringComparison.Ordinal));

    [Theory]
    [InlineData("x: 1\nx: matchN(x, [\"a\"])")]
    [InlineData("x: 1\nx: matchN(y, [\"a\"])\ny: >0")]
    [InlineData("x: 1\nx: matchN((1 & 1), [\"a\"])")]
    [InlineData("x: 1\nx: matchN([1][0], [\"a\"])")]
    public void A_number_of_schemas_that_is_not_written_as_a_number_may_be_another_one(string source)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(Errors(source, concrete: true), static error => error.StartsWith("x: invalid value 1 (does not satisfy matchN): 0 matched, expected ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("x: 1\nx: matchN(0 + 1, [\"a\"])")]
    [InlineData("x: 1\nx: matchN(>0, [\"a\"])")]
    public void One_that_is_a_number_is_final(string source) => Assert.Contains("x: conflicting values 1 and \"a\" (mismatched types int and string)", Errors(source));

    [Theory]
    [InlineData("yaml.Validate", CueErrorCode.Eval)]
    [InlineData("yaml.ValidatePartial", CueErrorCode.Structural)]
    [InlineData("json.Validate", CueErrorCode.Structural)]
    public void A_schema_without_end_is_a_structural_error_unless_yaml_wants_all_of_it(string function, CueErrorCode code)
    {
        var value = Evaluate($"import \"encoding/{function[..4]}\"\nx: y: {function}(x)\nx: y: \"{{}}\"").Lookup("x.y");
        Assert.Equal(code, value!.Error!.Code);
    }

    [Theory]
    [InlineData("x: matchN(\"a\", [int]) & 2", "x: cannot use \"a\" (type string) as int in argument 2 to matchN @1:11")]
    [InlineData("x: matchN(1, int) & 2", "x: cannot use int (type int) as list in argument 3 to matchN @1:14")]
    [InlineData("s: \"a\"\nx: matchN(s, [int]) & 2", "x: cannot use \"a\" (type string) as int in argument 2 to matchN @1:4")]
    public void An_argument_that_no_value_can_be_matched_with_is_told_alone(string source, string expected) => Assert.Equal([expected], Located(source));

    [Theory]
    [InlineData("x: {a: 2, [matchN({}, [[1]])]: 3}")]
    [InlineData("x: {a: 2, [matchN(1, 3)]: 3}")]
    public void A_pattern_of_such_an_argument_matches_no_field(string source) => Assert.Equal("{\"x\":{\"a\":2}}", Json(source));

    [Theory]
    [InlineData("d: {d!: {d: matchIf({...}, string, d)}}")]
    [InlineData("#A: #A, #A: matchN((matchN(#A, [-1, int]) & -1), [\"\", 2])")]
    [InlineData("b: matchN(b, [\"a\", {c: {c: (c | *c)}, c?: b}]), b?: b")]
    public void One_that_asks_for_itself_ends(string source) => Assert.Empty(Errors(source));

    [Theory]
    [InlineData("c: #C, #B: {[matchIf(\"b\", #B, \"ab\")]: 3, b: c}, #C: close({a?: int})", "{\"c\":{}}")]
    [InlineData("#C: {[matchIf(#C, \"a\", \"b\")]: \"b\", a: a}", "{}")]
    public void A_schema_that_has_the_pattern_itself_matches_no_name(string source, string json) => Assert.Equal(json, Json(source));

    [Theory]
    [InlineData("matchIf(bytes, {\"\\(string)\": null}, 2)")]
    [InlineData("matchIf({if bool {a: 1}}, int, 2)")]
    [InlineData("matchIf(int, [if bool {a: 1}], 2)")]
    public void A_schema_of_which_a_field_is_not_known_yet_stays_a_choice(string schema) =>
        Assert.StartsWith("a: incomplete value 1 | matchIf(", Assert.Single(Errors("a: 1 | " + schema, concrete: true)), StringComparison.Ordinal);

    [Fact]
    public void A_condition_of_which_a_field_is_not_known_yet_decides_nothing() => Assert.Empty(Errors("b: matchIf({if bool {a: 1}}, int, 2)\nb: {a: 1}"));

    [Theory]
    [InlineData("({} | \"a\") & close({a?: int})")]
    [InlineData("({} | {}) & close({a?: int})")]
    [InlineData("({} | \"a\") & #D")]
    [InlineData("(*{[string]: int} | \"a\") & close({a?: int})")]
    public void What_closes_the_choices_of_a_schema_is_not_lost(string schema) =>
        Assert.NotEmpty(Errors("x: {a: 1, b: 2}\nx: matchIf(_, " + schema + ", _)\n#D: {a?: int}"));

    [Theory]
    [InlineData("[{\"\\(string)\": true}]: 1\na: 2")]
    [InlineData("[{c: _, \"\\(c)\": true}]: 1\na: 2")]
    public void A_struct_as_a_pattern_matches_no_name_and_lacks_nothing(string source) => Assert.Empty(Errors(source, concrete: true));

    [Theory]
    [InlineData("{_h: 1 & 2}")]
    [InlineData("{#h: {d: 1 & 2}}")]
    [InlineData("{b: {#h: 1 & 2, 1}}")]
    public void What_is_wrong_with_any_field_of_a_schema_is_wrong_with_it(string schema) => Assert.NotEmpty(Errors("c: {b: 1}\nc: matchN(1, [" + schema + "])"));

    [Theory]
    [InlineData("{#h: 2}")]
    [InlineData("{_h: 2}")]
    public void What_is_no_data_of_a_value_is_nothing_to_a_schema(string schema) => Assert.Empty(Errors("c: {b: 1, #h: 1, _h: 1}\nc: matchN(1, [" + schema + "])"));

    [Fact]
    public void A_number_of_schemas_that_is_a_validator_may_be_another_one() => Assert.Empty(Errors("b: matchN(matchN(3, [10, 2]), [\"a\", 1])\nb: 1.5"));

    [Theory]
    [InlineData("d: matchIf({a: 1}, _, {if bool {}}), d: b: 1", "d: invalid value {b:1} (does not satisfy matchIf): incomplete bool: bool")]
    [InlineData("d: matchIf({c: 1, if bool {}}, {a: 1}, {a: 1}), d: a: 2", "d: invalid value {a:2} (does not satisfy matchIf): incomplete bool: bool")]
    [InlineData("d: matchN({if bool {a: 1}}, [_]), d: 1", "d: invalid value 1 (does not satisfy matchN): incomplete bool: bool")]
    [InlineData("d: matchN(1, {if bool {a: 1}}), d: 1", "d: invalid value 1 (does not satisfy matchN): incomplete bool: bool")]
    [InlineData("a: {c: {}, b: matchIf({}, c, {for k, v in _ {a?: int}}), b: {a: 1}}", "a.b: invalid value {a:1} (does not satisfy matchIf): cannot range over _ (incomplete type _)")]
    public void An_argument_of_which_a_clause_lacks_something_is_waited_for(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("d: true & matchN({}, [{}]) & b*2", "d: cannot use {} (type struct) as int in argument 2 to matchN")]
    [InlineData("d: {a: 1} & matchN({}, [{}]) & b*2", "d: cannot use {} (type struct) as int in argument 2 to matchN")]
    [InlineData("d: [1] & matchN(1, {}) & b*2", "d: cannot use {} (type struct) as list in argument 3 to matchN")]
    [InlineData("import \"strings\"\nd: \"a\" & strings.MinRunes({}) & b*2", "d: cannot use {} (type struct) as int in argument 2 to strings.MinRunes")]
    [InlineData("import \"struct\"\nd: {a: 1, if b > 1 {c: 1}} & struct.MinFields({})", "d: cannot use {} (type struct) as int in argument 2 to struct.MinFields")]
    public void An_argument_that_does_not_suit_is_told_of_a_value_that_lacks_something(string source, string expected) => Assert.Equal([expected], Errors(source + "\nb: int"));

    [Theory]
    [InlineData("matchN(1, [{#B!: {a: 1}}])", false)]
    [InlineData("matchN(0, [{#B!: {a: 1}}])", true)]
    [InlineData("matchIf({_b!: {a: 1}}, {}, true)", false)]
    [InlineData("matchIf({#B!: {a: 1}}, true, _)", true)]
    public void A_definition_that_a_schema_requires_is_missing_in_data(string schema, bool holds) => Assert.Equal(holds, Errors("c: {}\nc: " + schema, concrete: true).Length == 0);

    [Theory]
    [InlineData("#C: d: matchIf(_, struct.MinFields(10), 1.5) & {a?: int}", false)]
    [InlineData("#C: d: matchN(1, [struct.MinFields(10)]) & {}", false)]
    [InlineData("d: matchN(1, [struct.MinFields(10)])\n#D: {a?: int}\nd: #D", true)]
    [InlineData("d: matchIf(_, struct.MinFields(10), _) & close({a?: int})", true)]
    public void Fields_that_a_schema_counts_may_come_yet_unless_it_is_tried_in_a_definition(string source, bool mayCome) => Assert.Equal(mayCome, Errors("import \"struct\"\n" + source).Length == 0);
}
