using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>What waits for more information, and what is wrong already.</summary>
public sealed class IncompleteValueTests
{
    [Theory]
    [InlineData("x: {#a!: 1} + 1", "x: invalid left-hand value to '+' (type struct): #a: field is required but not present")]
    [InlineData("import \"list\"\nx: !=y\ny: list.MinItems(3)", "x: non-concrete value y for bound !=")]
    [InlineData("x: x[y]\ny!: 1 & 2", "x: required field missing: y")]
    [InlineData("import \"list\"\nx: list.Contains([1], string)", "x: error in call to list.Contains: non-concrete argument 1")]
    [InlineData("x: 5 & y.a\ny: {}\nfor k in x {a?: int}", "x: undefined field: a")]
    [InlineData("import \"list\"\nx: y.#A\ny: list.UniqueItems()", "x: undefined field: #A")]
    [InlineData("x: -{if _ {}}", "incomplete bool: _")]
    [InlineData("x: {a: 1}[{if _ {b: 1}}]", "x: undefined field: _")]
    [InlineData("x: {a: 1 & 2, if _ {}} + 1", "incomplete bool: _")]
    [InlineData("import \"encoding/yaml\"\nx: yaml.Marshal({a: or(), if _ {}})", "incomplete bool: _")]
    public void What_may_come_yet_is_no_error(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: or(_ | *\"b\")", "x: cannot use \"b\" (type string) as list in argument 1 to or")]
    [InlineData("x: \"A\" =~ '\\xff'", "x: invalid regexp: error parsing regexp: invalid UTF-8: `\uFFFD`")]
    [InlineData("x: [1 & 2, if bool {3}]", "x.0: conflicting values 2 and 1")]
    [InlineData("x: y[matchIf(3, y, -1)]\ny: {}", "x: invalid index matchIf(3, y, -1) (invalid type _)")]
    [InlineData("import \"struct\"\nx: {a!: int, a?: \"b\"}\nx: struct.MaxFields(1)", "x.a: conflicting values int and \"b\" (mismatched types int and string)")]
    [InlineData("x: [string, ...]\nx: [1, if bool {3}]", "x.0: conflicting values string and 1 (mismatched types string and int)")]
    public void What_cannot_be_mended_is(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("x: *\"a\" | 1\nx: <(1 & 2)")]
    [InlineData("import \"struct\"\nx: {a: 1} | {b: 1}\nx: struct.MaxFields(1 & 2)")]
    public void An_operand_without_a_value_leaves_nothing_to_choose(string source) => Assert.Equal(["conflicting values 2 and 1"], Errors(source));

    [Fact]
    public void A_default_is_the_list_of_choices() => Assert.Equal("{\"x\":1}", Json("x: or(_ | *[1])"));

    [Theory]
    [InlineData("x: {a!: int} & matchN(1, [{}])", "x.a: field is required but not present")]
    [InlineData("x: {a: b!: int} & matchIf({a: {}}, {}, 3)", "x.a.b: field is required but not present")]
    [InlineData("x: {a!: int} & matchN(0, [{a!: _}])", "x.a: field is required but not present")]
    public void What_a_value_requires_itself_is_no_reason_for_a_schema_to_refuse_it(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Fact]
    public void What_a_schema_requires_is() =>
        Assert.Contains("x: invalid value {a!:int} (does not satisfy matchN): 0 matched, expected 1", Errors("x: {a!: int} & matchN(1, [{a!: _}])", concrete: true));

    [Theory]
    [InlineData("y\ny: y.a", "y: undefined field: a")]
    [InlineData("x: {y}\ny: y.a", "y: undefined field: a")]
    public void What_a_field_lacks_of_itself_is_told_there_alone(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("if x {x: {a: 1}}\nx: int", "cannot use int (type int) as type bool")]
    [InlineData("import \"list\"\nx: ({a: 1} & list.UniqueItems()).a", "conflicting values {a:1} and list.UniqueItems() (mismatched types struct and list)")]
    [InlineData("y: x\nx: {}\nx: or(y)", "x: cannot use {} (type struct) as list in argument 1 to or")]
    public void What_cannot_be_a_struct_or_a_list_is_none(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("x: {out: a, a: s}.out\ns: int", "x: incomplete value int @1:4 2:4")]
    [InlineData("x: {out: a, a: b, b: s}.out\ns: k: int", "x.k: incomplete value int @1:4 2:7")]
    [InlineData("x: {out: a, a: k: int}.out\ns: \"\"", "x.k: incomplete value int @1:19")]
    public void What_is_selected_from_an_operand_is_what_its_fields_name(string source, string error) =>
        Assert.Contains(error, Located(source, concrete: true));

    [Theory]
    [InlineData("T: string | _|_\nS: T", "T: incomplete value string")]
    [InlineData("F: x: T\nT: string | {a: 1} & {a: 2}", "F.x: incomplete value string")]
    [InlineData("T: {a!: string} | _|_\nS: b: T", "T.a: field is required but not present")]
    [InlineData("T: *string | int\nS: T", "T: incomplete value string", "S: incomplete value string")]
    [InlineData("T: {a: string} | _|_\nS: T.a", "T.a: incomplete value string", "S: incomplete value string")]
    [InlineData("T: {a!: string} | _|_\nS: T & {}", "T.a: field is required but not present", "S.a: field is required but not present")]
    public void What_is_left_of_a_choice_is_told_where_it_is_met_first(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source, concrete: true));

    [Theory]
    [InlineData("a: -b\nb: {if bool {}}", "a: invalid operation -b (- struct)")]
    [InlineData("a: \"\\(b)\"\nb: {if bool {c: 1}}", "a: invalid interpolation: cannot use {} (type struct) as type (bool|string|bytes|number)")]
    [InlineData("a: {if b {}}\nb: {c: 1, if bool {}}", "a: cannot use {c:1} (type struct) as type bool")]
    [InlineData("a: >b\nb: {if bool {}}", "a: cannot use struct for bound >")]
    [InlineData("a: [1][b]\nb: {if bool {}}", "a: invalid index b (invalid type struct)")]
    [InlineData("a: div(b, 1)\nb: {if bool {}}", "a: cannot use {} (type struct) as int in argument 1 to div")]
    [InlineData("a: {if >=a {c: 1}}", "a: cannot use struct for bound >=")]
    [InlineData("a: {if [1][a] == 1 {b: 1}, c: 1}", "a: invalid index a (invalid type struct)")]
    public void A_struct_whose_clauses_lack_something_is_a_struct_to_what_asks_first(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("b: {if bool {}}\na: -b")]
    [InlineData("a: len(b)\nb: {if bool {}}")]
    [InlineData("a: div(b, 1)\nb: {if bool {c: 1}}")]
    [InlineData("a: -b\nb: {if bool {1}}")]
    [InlineData("a: b + 1\nb: {if bool {}}")]
    [InlineData("a: !=b\nb: {if bool {}}")]
    [InlineData("a: -b\nb: {c: 1, (string): 1}")]
    public void Once_it_is_determined_it_is_what_it_lacks_and_so_is_what_may_be_no_struct(string source) => Assert.Empty(Errors(source));

    [Theory]
    [InlineData("a: {if b {c: 1}, d: 2}", "a.d")]
    [InlineData("a: {if b {}, d: 2}", "a.d")]
    [InlineData("a: {(s): 1, d: 2}", "a[\"d\"]")]
    [InlineData("a: {if b {c: 1}, d: f: 2}", "a.d.f")]
    [InlineData("a: {e: {if b {c: 1}, d: 2}}", "a.e.d")]
    public void What_a_struct_lacks_that_is_determined_is_lacking_in_all_that_is_selected_from_it(string structure, string selected)
    {
        const string Lacking = "b: bool\ns: string\n";
        Assert.StartsWith("_|_(Incomplete", Show($"{Lacking}{structure}\nx: {selected}"));
        Assert.Equal("2", Show($"{Lacking}x: {selected}\n{structure}"));
    }

    [Theory]
    [InlineData("x: {[({a!: int}).a]: 1, b: 2}")]
    [InlineData("x: {[({a?: int}).a]: 1, b: 2}")]
    public void A_pattern_that_a_struct_in_it_lacks_matches_no_field(string source) => Assert.Equal("{\"x\":{\"b\":2}}", Json(source));
}
