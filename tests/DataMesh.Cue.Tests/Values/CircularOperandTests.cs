using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Operands and arguments in which the value is needed that is computed from them.</summary>
public sealed class CircularOperandTests
{
    [Theory]
    [InlineData("a: [{b: 134}]", """{"param":{"a":[{"b":134}]},"result":{"a":[{"b":134}]}}""")]
    [InlineData("a: b: c: d: 1", """{"param":{"a":{"b":{"c":{"d":1}}}},"result":{"a":{"b":{"c":{"d":1}}}}}""")]
    [InlineData("a: [[[1]], 2]", """{"param":{"a":[[[1]],2]},"result":{"a":[[[1]],2]}}""")]
    public void A_recursion_goes_down_a_value_to_its_end(string given, string expected) => Assert.Equal(
        $$"""{"foo":{{expected}}}""",
        Json("""
            #Copy: {
              param: {...}
              result: {for k, v in param {(k): (#Copy & {param: v}).result}}
            } | {
              param: [...]
              result: [for v in param {(#Copy & {param: v}).result}]
            } | {
              param: number
              result: param
            }
            foo: #Copy & {param: {GIVEN}}
            """.Replace("GIVEN", given, StringComparison.Ordinal)));

    [Theory]
    [InlineData("x: (#c & {\"p\": p.a}).r", """{"p":{"a":{"a":{"a":1}}},"r":{"x":{"x":{"x":3}}}}""")]
    [InlineData("(#c & {\"p\": p.a}).r", null)]
    public void A_recursion_by_nothing_but_the_field_itself_has_no_end(string result, string? expected) => Assert.Equal(
        expected is null ? null : "{\"foo\":" + expected + "}",
        Json("#c: {p: {...}, r: {" + result + "}} | {p: number, r: 3}\nfoo: #c & {p: a: a: a: 1}"));

    [Theory]
    [InlineData("c: 1 + (d | 3)\nd: c", """{"c":4,"d":4}""")]
    [InlineData("c: 1 + ((d & 2) | 3)\nd: c", """{"c":4,"d":4}""")]
    [InlineData("c: -(#D | 1)\n#D: c", """{"c":-1}""")]
    [InlineData("c: -(*d | 1)\nd: c\nd: int", """{"c":-1,"d":-1}""")]
    [InlineData("c: {x: -(d | 3)}\nd: e.f\ne: {f: c.x, g: 1}", """{"c":{"x":-3},"d":-3,"e":{"f":-3,"g":1}}""")]
    public void A_disjunct_of_an_operand_that_is_the_result_by_any_name_is_no_choice(string source, string json) => Assert.Equal(json, Json(source));

    [Theory]
    [InlineData("c: -(*d | (1 & 2))\nd: c")]
    [InlineData("c: 1 + ((\"a\" + 1) | *d)\nd: c & _")]
    [InlineData("c: {x: -(x | (1 & 2))}")]
    public void Whether_there_is_another_choice_than_the_result_is_left_open(string source)
    {
        Assert.Empty(Errors(source));
        Assert.NotEmpty(Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("c: {x: -(*c | (1 & 2))}")]
    [InlineData("c: x: y: 1 + (*d | (1 & 2))\nd: c")]
    [InlineData("c: -(*#D | (1 & 2))\n#D: c")]
    [InlineData("c: -(*d | (1 & 2))\nd: c\nd: int")]
    [InlineData("c: [1, -(c | (1 & 2))]")]
    public void What_is_around_the_result_or_has_it_among_others_has_no_end(string source) => Assert.Contains(Errors(source), static error => error.EndsWith("structural cycle", StringComparison.Ordinal));

    [Theory]
    [InlineData("a: -(-a | 1)")]
    [InlineData("a: \"x\\(a + 1 | \"b\")\"")]
    [InlineData("a: [1, 2][-a | 1]")]
    [InlineData("a: -(<=a | *1)")]
    [InlineData("a: -([-a] | 1)")]
    [InlineData("a: (-a | 1) == _|_")]
    public void What_is_computed_from_a_choice_that_is_computed_from_the_result_is_a_circle(string source)
    {
        Assert.Empty(Errors(source));
        Assert.EndsWith("cycle with field: a", Assert.Single(Errors(source, concrete: true)));
    }

    [Theory]
    [InlineData("a: len(-a | 1)", "a: cannot use 1 (type int) as (string|bytes|list|struct) in argument 1 to len")]
    [InlineData("a: {}[-a | 1]", "a: index out of range [1] with length 0")]
    public void It_is_wrong_if_what_is_left_makes_it_wrong(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("a: +((a | \"b\") & 1)", """{"a":1}""")]
    [InlineData("a: +((b | \"b\") & 1)\nb: a", """{"a":1,"b":1}""")]
    [InlineData("a: \"\\((a | 1) & \"x\")\"", """{"a":"x"}""")]
    [InlineData("a: close((a | 1) & {})", """{"a":{}}""")]
    public void The_result_is_what_stands_beside_it_if_there_is_no_other_choice(string source, string json) => Assert.Equal(json, Json(source));

    [Theory]
    [InlineData("a: -((a | a) & 1)", "conflicting values -1 and 1")]
    [InlineData("a: div(a | a)", "not enough arguments in call to div (have 1, want 2)")]
    [InlineData("a: {}[a | a]", "invalid index (a|a) (invalid type _)")]
    [InlineData("a: len((a | \"b\") & 1)", "2 errors in empty disjunction:", "conflicting values 1 and \"b\" (mismatched types int and string)", "cannot use 1 (type int) as (string|bytes|list|struct) in argument 1 to len")]
    [InlineData("a: >((a | a) & 1)", "invalid value 1 (out of bound >1)")]
    public void The_result_that_is_the_only_choice_can_be_wrong(string source, params string[] expected) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), Errors(source).Order(StringComparer.Ordinal));

    [Fact]
    public void A_validator_with_the_result_as_an_argument_stays_a_choice() =>
        Assert.Equal(["a: unresolved disjunction matchN(a, [1]) | 1 (type _)"], Errors("a: -(matchN(a, [1]) | 1)", concrete: true));

    [Theory]
    [InlineData("a: strings.ToUpper(strings.ToLower(b) | \"x\")\nb: a", """{"a":"X","b":"X"}""")]
    [InlineData("a: \"\" + (strings.ToLower(a) | \"x\")", """{"a":"x"}""")]
    public void A_call_that_needs_the_result_is_no_choice(string source, string json) => Assert.Equal(json, Json("import \"strings\"\n" + source));

    [Fact]
    public void A_value_that_lacks_something_is_no_choice_once_that_is_known() => Assert.Equal("{\"b\":\"1\"}", Json("_c: _c.d\nb: \"\" + (_c | \"1\")"));

    [Theory]
    [InlineData("d: a + 1\na: div(a)", "d: cycle with field: a")]
    [InlineData("d: a + 1\na: div(b)\nb: a", "d: cycle with field: a")]
    [InlineData("d: \"\\(a)\"\na: div(a)", "d: invalid interpolation: cycle with field: a")]
    [InlineData("d: a | 1\na: div(a)", "a: incomplete value _")]
    [InlineData("d: a == _|_\na: div(a)", "a: incomplete value _")]
    [InlineData("import \"struct\"\nd: {x: 1}\nd: a\na: struct.MaxFields(a)", "a: incomplete value _")]
    public void A_call_that_is_all_that_is_said_of_its_argument_says_nothing_to_what_asks_for_it(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("a: div(a)\nd: a + 1")]
    [InlineData("d: a\na: div(a)")]
    [InlineData("d: a + \"x\"\na: div(a)\na: string")]
    public void By_itself_it_is_an_error(string source) => Assert.Contains("a: not enough arguments in call to div (have 1, want 2)", Errors(source));

    [Theory]
    [InlineData("#B: h\nh: len(#B)")]
    [InlineData("#B: h\nh: div(#B)")]
    [InlineData("#B: h\nh: div(#C)\n#C: #B")]
    public void A_call_that_its_own_argument_refers_to_is_a_circle(string source)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(["cycle error"], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("c: c + (bool).d", "c: invalid operand bool (found bool, want list or struct)")]
    [InlineData("b: a || (1).c\na: b", "b: invalid operand 1 (found int, want list or struct)")]
    [InlineData("b: b + [1][3]", "b: index out of range [3] with length 1")]
    [InlineData("b: (len(b, b) & _) + \"a\"", "too many arguments in call to len (have 2, want 1)")]
    public void What_is_wrong_for_good_with_another_operand_hides_the_circle(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("c!: {a: 1 + b}\nb: c", "b: structural cycle")]
    [InlineData("c!: {a!: b}\nb: c", "b: structural cycle")]
    [InlineData("c!: {a?: d}\nb: c\nd: b", "b: structural cycle")]
    public void A_name_of_a_required_field_in_that_field_has_no_end(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("c!: {a?: b}\nb: c")]
    [InlineData("c!: {a: 1 + b.x}\nb: c")]
    [InlineData("c!: {a: 1 + b}\nb: c & {x: 1}")]
    public void What_may_be_another_value_is_only_missing(string source)
    {
        Assert.Empty(Errors(source));
        Assert.Contains("b: required field missing: c", Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: {a: b: 1 + a.b, c: a.b}.c", "x: cycle with field: a.b")]
    [InlineData("x: {a: b: 1 + a.b, c: a}.c", "x.b: cycle with field: a.b")]
    [InlineData("x: {a: b: 1 + a.b, c: d.b + 1, d: a}.c", "d.b: cycle with field: a.b")]
    [InlineData("x: {a: [1 + a[0]]}.a[0]", "x: cycle with field: a[0]")]
    [InlineData("x: {a: 1 + b, b: a}.a", "b: cycle with field: b")]
    public void A_circle_in_an_operand_is_told_where_what_it_selects_is_used(string source, string expected) =>
        Assert.Equal([expected], Errors(source, concrete: true));

    [Theory]
    [InlineData("x: {a: 1 + a}.a + 1", "x: incomplete value _")]
    [InlineData("x: -{a: 1 + a}.a", "x: incomplete value _")]
    [InlineData("x: \"\\([{a: 1 + a}][0].a)\"", "x: incomplete value _")]
    [InlineData("x: {if {a: 1 + a}.a > 1 {y: 1, z: 2}}", "x: cyclic reference to field z")]
    [InlineData("x: [if {a: 1 + a}.a > 1 {1}]", "x: incomplete value list")]
    [InlineData("x: {if {a: 1 + a}.a > 1 {y: 1}, y: 2}")]
    public void What_is_computed_from_a_circle_in_an_operand_says_nothing(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source, concrete: true));

    [Theory]
    [InlineData("a: -(a & (float | 2))")]
    [InlineData("a: -((*3 | 2) & a)")]
    [InlineData("a: 1 + ((*3 | 2) & a)")]
    [InlineData("a: len((*\"b\" | \"c\") & a)")]
    [InlineData("a: b\nb: -((*3 | 2) & a)")]
    public void Beside_a_choice_a_value_has_no_end_in_its_own_operand(string source) => Assert.Equal(["structural cycle"], Errors(source));

    [Fact]
    public void A_disjunct_that_has_no_end_for_that_is_none() => Assert.Equal("""{"a":4}""", Json("a: -((*3 | 2) & a) | 4"));

    [Theory]
    [InlineData("a: 2\na: -(a & 3) + b\nb: int", "conflicting values 2 and 3")]
    [InlineData("a: {c!: 1}\na: a * (1 & a)", "conflicting values 1 and {c!:1} (mismatched types int and struct)")]
    [InlineData("a: [2]\na: -(a & 3) + b\nb: int", "conflicting values 3 and [2] (mismatched types int and list)")]
    [InlineData("d?: b\nb: (b & 2.0) == d\nb: true", "conflicting values 2.0 and true (mismatched types float and bool)")]
    public void What_it_is_beside_something_that_may_come_yet_has_to_suit_its_operand(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("a: a + quo(a)", "a: cycle with field: a")]
    [InlineData("a: -a + -quo(a, 1, 2)", "a: cycle with field: a")]
    [InlineData("a: b.c + quo(a)\nb: c: a", "a: cycle with field: b.c")]
    [InlineData("import \"strings\"\na: a && strings.Contains(a, 1.5)", "a: cycle with field: a")]
    public void After_an_operand_a_call_lacks_the_value_too(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("a: quo(a) + a")]
    [InlineData("a: a + quo(1)")]
    [InlineData("a: b + quo(a)\nb: int")]
    public void Before_it_or_given_something_else_it_is_wrong(string source) => Assert.Contains("not enough arguments in call to quo", Assert.Single(Errors(source)), StringComparison.Ordinal);

    [Theory]
    [InlineData("b: -c\nc: div(b, 1 / 0)", "c: failed arithmetic: division by zero")]
    [InlineData("import \"strings\"\nb: len(c)\nc: strings.Join(\"a\" + 1, b)", "c: invalid operands \"a\" and 1 to '+' (type string and int)")]
    [InlineData("import \"strconv\"\na: -(strconv.Atoi(a) & 1)\na: {}", "cannot use {} (type struct) as string in argument 1 to strconv.Atoi")]
    public void What_is_wrong_for_good_with_an_argument_hides_the_circle(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("a: div(c)\nc: d + 1\nd: int\nc: null", "c: non-concrete value int in operand to +")]
    public void An_argument_that_lacks_something_is_no_atom_yet(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("a: {b: -(a & -1) | 3}", """{"a":{"b":3}}""")]
    [InlineData("a: {b: \"\\(a & -1)\" | 3}", """{"a":{"b":3}}""")]
    [InlineData("a: {b: len(a & 1) | 3}", """{"a":{"b":3}}""")]
    public void What_is_no_struct_is_at_odds_with_what_it_is_in_where_it_is_said(string source, string expected) => Assert.Equal(expected, Json(source));
}
