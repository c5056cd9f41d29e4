using DataMesh.Cue.Export;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class DisjunctionTests
{
    /// <summary>A choice within the struct is made whatever is to be chosen for the struct: no disjunct of it can open what the choice closes.</summary>
    [Fact]
    public void Eliminates_closed_choices_within_a_struct_that_has_several_disjunctions_itself() => Assert.Equal(
        """{"m":1,"p":null,"s":{"bar":2}}""",
        Json("#A: foo: 1\n#B: bar: 2\n_spec: #A | #B\n_spec: bar: int\n#O: {s: _, {m: int} | {m: string}, *{p: null} | {q: null}}\n#O & {s: _spec, if s.bar != _|_ {m: 1}}"));

    [Theory]
    [InlineData("x: \"tcp\" | \"udp\"", "\"tcp\" | \"udp\"")]
    [InlineData("x: (int | string) & \"foo\"", "\"foo\"")]
    [InlineData("x: 1 | 1", "1")]
    [InlineData("x: *1 | int", "*1 | int")]
    [InlineData("x: string | int | *1", "*1 | int | string")]
    [InlineData("x: (*1 | 2) & (1 | *2)", "1 | 2")]
    [InlineData("x: (*1 | 2 | 3) & >1", "2 | 3")]
    [InlineData("x: (*\"tcp\" | \"udp\") & (\"udp\" | *\"tcp\")", "*\"tcp\" | \"udp\"")]
    [InlineData("x: *(*1 | 2) | 3", "*1 | 2 | 3")]
    [InlineData("x: 3 | *(4 | (5 | *6))", "*6 | 4 | 5 | 3")]
    [InlineData("x: ({a: 1} | {b: 2}) & {c: 3}", "{a:1,c:3} | {b:2,c:3}")]
    [InlineData("x: **1 | int", "*1 | int")]
    public void Disjuncts_are_unified_eliminated_and_keep_their_marks(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: (*1 | 2) + (2 | *3)", "4")]
    [InlineData("e: {a: 1 | *2} | *{a: 3 | *4}\nx: e.a + 0", "4")]
    [InlineData("d: *\"a\" | string\nx: \"\\(d)\"", "\"a\"")]
    [InlineData("y: *1 | int\nx: or([y, 2]) + 1", "2")]
    [InlineData("y: \"World\"\nx: \"Hello \\(or([y, y]))\"", "\"Hello World\"")]
    [InlineData("x: or([1, 1]) + 1", "2")]
    public void Operations_take_the_default(string source, string expected) => Assert.Equal(expected, Show(source));

    [Fact]
    public void A_definition_of_alternatives_is_closed_in_each_of_them()
    {
        const string Schema = "#A: {a: int} | {b: int}\n";
        Assert.Equal("{a:1}", Show(Schema + "x: #A & {a: 1}"));
        Assert.Equal(
            ["x.a: field not allowed", "x.b: field not allowed", "x: 2 errors in empty disjunction:"],
            Errors(Schema + "x: #A & {a: 1, b: 1}").OrderBy(static each => each, StringComparer.Ordinal));
    }

    [Fact]
    public void Closedness_waits_for_all_disjunctions()
    {
        const string Schema = """
            #Def: {
            	*{} | {a: string} | {b: string}
            	*{} | {c: string} | {d: string}
            }

            """;
        Assert.Equal("{a:\"1\",d:\"2\"}", Show(Schema + "x: #Def & {a: \"1\", d: \"2\"}").Replace(" ", ""));
        Assert.NotEmpty(Errors(Schema + "x: #Def & {e: \"1\"}"));
    }

    [Fact]
    public void Custom_errors_replace_those_of_the_alternatives() =>
        Assert.Equal(["x: must be one or two"], Errors("x: 3 & (1 | 2 | error(\"must be one or two\"))"));

    [Theory]
    [InlineData("x: *3 | int | string\nx: *\"a\" | \"b\"", "*\"a\" | \"b\"")]
    [InlineData("x: *1 | 2 | \"a\" | \"b\"\nx: *2 | 1 | \"a\" | \"b\"\nx: *\"a\" | \"b\"", "*\"a\" | \"b\"")]
    [InlineData("x: _ | *3\nx: *4 | int", "4 | int | 3")]
    public void A_disjunction_without_a_default_left_does_not_weigh_on_the_defaults_of_others(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: null | (*\"b\" | string)", "*\"b\" | null | string")]
    [InlineData("x: null | (\"b\" & (*\"b\" | string))", "null | \"b\"")]
    [InlineData("x: (\"b\" & (*\"b\" | string)) | (*3 | 4)", "*3 | \"b\" | 4")]
    public void What_is_left_alone_in_a_nested_disjunction_is_no_default(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: {name: string, id: \"\\(name)-x\"} | {id: int}", "{id:int}")]
    [InlineData("x: *{name: string, id: \"\\(name)-x\"} | {id: int}", "{id:int}")]
    [InlineData("x: {y: b.c} | {z: 1}\nb: {}", "{z:1}")]
    [InlineData("x: {name: string, s: {id: \"\\(name)-x\"}} | {id: 3}", "{name:string,s:{id:_|_(x.s.id: invalid interpolation: non-concrete value string (type string))}} | {id:3}")]
    [InlineData("x: {y: int, z: y + 1} & ({y: int} | {}) & ({y: 1} | {w: 1})", "{y:1,z:2}")]
    [InlineData("x: ({if y > 1 {z: 1}, y: int} | {w: 1}) & ({y: 2} | {y: 0})", "{z:1,y:2} | {y:0} | {w:1,y:2} | {w:1,y:0}")]
    public void A_disjunct_with_an_incomplete_field_is_dropped_when_no_disjunction_is_left_to_mend_it(string source, string expected) =>
        Assert.Equal(expected, Show(source));

    [Fact]
    public void Alternatives_that_are_all_incomplete_are_an_error_only_where_data_is_wanted()
    {
        var value = Evaluate("x: {a: string, id: \"\\(a)-x\"} | {b: string, id: \"\\(b)x\"}\ny: x & {a: \"1\"}");
        Assert.Empty(value.Validate());
        Assert.Contains(value.Validate(concrete: true, final: true), static error => error is { Path: "x", Message: "2 errors in empty disjunction:" });
        Assert.Equal("{a:\"1\",id:\"1-x\"}", value.Lookup("y")!.ToString());
    }

    [Fact]
    public void The_errors_of_crossed_disjunctions_are_those_of_the_last_combination() =>
        Assert.Equal(
            ["x: 2 errors in empty disjunction:", "x: conflicting values 3 and 2", "x: conflicting values 4 and 2"],
            Errors("x: (1 | 2) & (3 | 4)").OrderBy(static each => each, StringComparer.Ordinal));

    [Fact]
    public void A_conflict_below_an_incomplete_value_is_reported() =>
        Assert.Equal(["x.y: conflicting values 2 and 1"], Errors("x: {y: 1, y: 2, z: int, if z > 1 {w: 1}}"));

    [Theory]
    [InlineData("x: {a?: int} | {a?: int}", "{a?:int}")]
    [InlineData("x: {a?: int} | {a?: string}", "{a?:int} | {a?:string}")]
    [InlineData("x: {[string]: int} | {[string]: string}", "{}")]
    [InlineData("x: {a: *1 | int} | {a: 1 | int}", "{a:*1 | int}")]
    [InlineData("x: {a: *1 | int} | {a: 1 | *int}", "{a:*1 | int} | {a:*int | 1}")]
    [InlineData("x: close({a: 1}) | {a: 1}", "{a:1} | {a:1}")]
    [InlineData("x: close(close({a: 1})) | {b: 1}", "{a:1} | {b:1}")]
    [InlineData("x: {} | {a?: _|_} | {a?: _|_}", "{} | {a?:_|_(explicit error (_|_ literal) in source)}")]
    [InlineData("#B: {a: int} | {...}\nx: #B & {a: 1}", "{a:1}")]
    [InlineData("#B: {a: int, ...} | {a: int}\nx: #B & {a: 1}", "{a:1}")]
    [InlineData("#B: {a: {b: int, ...}} | {a: {b: int}}\nx: #B & {a: b: 1}", "{a:{b:1}}")]
    [InlineData("#C: {a: 1}\n#B: {a: int, ...} | #C\nx: #B & {a: 1}", "{a:1}")]
    public void Equal_disjuncts_are_one_whatever_their_patterns_and_defaults(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: {1, a?: int}", "1")]
    [InlineData("x: {string, [string]: int, ...} & \"a\"", "\"a\"")]
    [InlineData("x: {null | {a: 1}, b?: int} & null", "null")]
    public void Declarations_of_no_field_stand_beside_embedded_scalars(string source, string expected) => Assert.Equal(expected, Show(source));

    [Fact]
    public void A_default_that_is_not_concrete_is_reported_where_it_is_shared() =>
        Assert.Contains("y: incomplete value !=\"b\"", Errors("#A: \"a\" | *!=\"b\"\ny: #A", concrete: true));

    [Theory]
    [InlineData("b: {a: 1} | {a: 2}\nb: c: 3\nx: b.c")]
    [InlineData("b: {1 | 2, #c: 3}\nx: b.#c")]
    public void A_choice_that_is_open_has_no_fields_to_refer_to(string source) => Assert.StartsWith("_|_(Incomplete: unresolved disjunction", Show(source), StringComparison.Ordinal);

    [Fact]
    public void A_conflict_of_kinds_is_told_at_the_first_conjunct_and_the_last_reference()
    {
        var error = Evaluate("#A: {a: 1}\n#B: {b: 1}\nx: #A\nx: #B\nx: null | 1").Validate()[^1];
        Assert.Equal(["1:5", "4:4", "5:11"], error.Positions.Select(static each => FormattableString.Invariant($"{each.Line}:{each.Column}")));
    }

    [Theory]
    [InlineData("x: 0 | 1\nx: !=b\nb: 0 | 1\nb: !=x\nb: 1", "0")]
    [InlineData("b: 0 | 1\nb: !=x\nx: 0 | 1\nx: !=b\nx: 0", "0")]
    public void Choices_that_exclude_each_other_are_made_by_the_one_that_is_known(string source, string expected) => Assert.Equal(expected, Show(source));

    [Fact]
    public void A_disjunct_may_refer_to_a_field_beside_it() =>
        Assert.Equal("*{one:1,extra:1} | {one:1}", Show("_more: extra: x.one\nx: {\n*_more | {}\none: 1\n}").Replace("extra:1,one:1", "one:1,extra:1", StringComparison.Ordinal));

    [Fact]
    public void A_field_that_is_not_allowed_is_an_error_even_when_one_choice_of_it_is_left() =>
        Assert.Equal(["x.a: field not allowed"], Errors("#A: {}\nx: #A & {a: 1 | 1}"));

    [Fact]
    public void What_close_closes_stays_closed_for_the_disjunctions_after_it() =>
        Assert.NotEmpty(Errors("x: (close({}) | 3) & ({a: 1} | \"a\")"));

    [Theory]
    [InlineData("x: (3|(2|4)) & 5", "4 errors in empty disjunction:", "2 errors in empty disjunction:", "conflicting values 2 and 5", "conflicting values 3 and 5", "conflicting values 4 and 5")]
    [InlineData("x: ((2|4)|3|7) & 5", "5 errors in empty disjunction:", "2 errors in empty disjunction:", "conflicting values 2 and 5", "conflicting values 3 and 5", "conflicting values 4 and 5", "conflicting values 7 and 5")]
    [InlineData("x: (3|(2|4)|7) & 5", "2 errors in empty disjunction:", "conflicting values 3 and 5", "conflicting values 7 and 5")]
    [InlineData("x: (3|(2|4)|(6|7)) & 5", "conflicting values 3 and 5")]
    [InlineData("x: (>11|(2|3)|4) & 5", "5 errors in empty disjunction:", "2 errors in empty disjunction:", "conflicting values 2 and 5", "conflicting values 3 and 5", "conflicting values 4 and 5", "invalid value 5 (out of bound >11)")]
    public void A_choice_among_choices_is_told_as_one_of_two_or_as_the_first(string source, params string[] expected) => Assert.Equal([.. expected.Order(StringComparer.Ordinal)], Messages(source));

    [Theory]
    [InlineData("x: (1|2) & 3 & 4", "3 errors in empty disjunction:", "conflicting values 1 and 3", "conflicting values 2 and 3", "conflicting values 4 and 3")]
    [InlineData("x: (3|4) & 3 & 4", "conflicting values 4 and 3")]
    [InlineData("x: (1|2) & [1, 2] & [1]", "3 errors in empty disjunction:", "conflicting values [1,2] and 1 (mismatched types list and int)", "conflicting values [1,2] and 2 (mismatched types list and int)", "incompatible list lengths (1 and 2)")]
    [InlineData("x: (1|2) & 3 & \"s\"", "conflicting values 3 and \"s\" (mismatched types int and string)")]
    public void Choices_are_tried_beside_a_conflict_of_values_but_not_of_kinds(string source, params string[] expected) => Assert.Equal([.. expected.Order(StringComparer.Ordinal)], Messages(source));

    [Theory]
    [InlineData("x: (int|error(\"a\")) & (>10|error(\"b\")) & 3", "2 errors in empty disjunction:", "a", "b")]
    [InlineData("x: (int|error(\"a\")) & (>10|error(\"b\")) & (<20|error(\"c\")) & 3", "2 errors in empty disjunction:", "a", "b")]
    [InlineData("x: (1|error(\"a\")) & (3|4)", "a")]
    public void Errors_of_the_source_are_told_for_every_choice_up_to_the_last_that_was_tried(string source, params string[] expected) => Assert.Equal(expected, Messages(source));

    [Theory]
    [InlineData("error(\"a='\\(x)'\")", "a='b'")]
    [InlineData("error(\"e: \" + \"a='\\(x)'\")", "e: a='b'")]
    [InlineData("error(x)", "b")]
    [InlineData("error(\"e\" + x)", "")]
    public void A_choice_is_given_the_atom_beside_it_but_not_to_compute_with(string choice, string message) => Assert.Equal([message], Messages($"x: \"b\"\nx: int | {choice}"));

    private static string[] Messages(string source) => [.. Evaluate(source).Validate().Select(static error => error.Message).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("#D: {\n*{} | {a: int} | {a: 1, b: 1}\n*{} | {c: int}\n}\nx: #D & {a: 1}", "{\"x\":{\"a\":1}}")]
    [InlineData("#D: {\n{a: int} | *{} | {a: 1, b: 1}\n*{} | {c: int}\n}\nx: #D & {a: 1}", "{\"x\":{\"a\":1}}")]
    [InlineData("#D: {\n{a: int} | {b: int}\n*{} | {c: int}\n...\n}\nx: #D & {a: 1, b: 2}", "{\"x\":{\"a\":1,\"b\":2}}")]
    [InlineData("#D: {\n{a: int} | {b: int}\n*{} | {c: int}\n}\nx: #D & {a: 1, b: 2}", "{\"x\":{\"a\":1,\"b\":2}}")]
    public void Disjuncts_that_come_out_alike_are_one_and_allow_what_any_of_them_does(string source, string expected)
    {
        Assert.True(JsonExporter.TryExport(Evaluate(source), out var json, out var error), error?.Message);
        Assert.Equal(expected, json);
    }

    [Fact]
    public void Of_disjuncts_that_come_out_alike_the_first_has_a_say_in_the_order() =>
        Assert.Equal("{a:1} | {c:int,a:1}", Show("#D: {\n{} | {a: int}\n{} | {c: int}\n}\nx: #D & {a: 1}"));

    [Theory]
    [InlineData("x: _ | {let A = 1, _ | {a: A}}", "_ | _ | {a:1}")]
    [InlineData("x: {let A = 1, a: A} | {let A = 1, a: A} | {a: 1}", "{a:1} | {a:1} | {a:1}")]
    [InlineData("x: 1 | {let A = 1, A}", "1 | 1")]
    [InlineData("x: {let A = 1, a: b: A} | {a: b: 1}", "{a:{b:1}} | {a:{b:1}}")]
    [InlineData("x: y | y | {y}\ny: {let A = 1, a: A}", "{a:1}")]
    [InlineData("x: {for v in [1] let A = v {a: A}} | {a: 1}", "{a:1}")]
    public void A_let_clause_tells_a_struct_from_those_that_do_not_declare_it(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("([] | [...int]) & [...int]", "[]")]
    [InlineData("([1] | [1, ...int]) & [_, ...]", "[1]")]
    [InlineData("[1] | [1, ...int]", "[1] | [1]")]
    [InlineData("([1] | [1, ...int]) & ([...] | [1, ...])", "[1] | [1]")]
    public void Choices_of_which_one_is_an_open_list_are_the_same_beside_an_open_list(string value, string expected) => Assert.Equal(expected, Show("x: " + value, "x"));

    [Theory]
    [InlineData("*(bool | *1) | \"a\"")]
    [InlineData("(bool | 1) | \"a\"")]
    [InlineData("*1 | \"a\"")]
    public void A_required_field_that_is_missing_is_so_with_any_choice(string choices) =>
        Assert.Contains("b: required field missing: #B", Errors("b: #B\n#B!: " + choices, concrete: true));

    [Theory]
    [InlineData("2 | close((*{a: 1} | {b: 1}))", "2 | {a:1}")]
    [InlineData("2 | close({*{a: 1} | {b: 1}})", "2 | {a:1}")]
    [InlineData("2 | {*{a: 1} | {b: 1}}", "*{a:1} | 2 | {b:1}")]
    public void The_default_of_what_a_call_closes_is_none_of_the_disjunction_around_it(string value, string expected) => Assert.Equal(expected, Show("x: " + value, "x"));
}
