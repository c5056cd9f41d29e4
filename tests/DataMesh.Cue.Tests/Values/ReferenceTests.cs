using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>What references make of values that are in a circle, missing, or not known yet.</summary>
public sealed class ReferenceTests
{
    [Theory]
    [InlineData("a: b + 1\nb: a + 1", "a: cycle with field: b", "b: cycle with field: a")]
    [InlineData("a: b + 1\nb: c + 1\nc: a + 1", "a: cycle with field: b", "b: cycle with field: c", "c: cycle with field: a")]
    [InlineData("a: b + 1\nb: c + 1\nc: b + 1", "b: cycle with field: c", "c: cycle with field: b")]
    [InlineData("a: {v: b.v + 1}\nb: {v: a.v}", "a.v: cycle with field: b.v")]
    [InlineData("a: b + c\nb: a + 1\nc: a + 2", "a: cycle with field: b", "b: cycle with field: a")]
    public void Every_reference_of_a_circle_is_told(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source, concrete: true).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("x: int\nx: x + 1", "non-concrete value int in operand to +")]
    [InlineData("x: _\nx: x + 1", "non-concrete value _ in operand to +")]
    [InlineData("x: >1\nx: y\ny: x + 1", "non-concrete value >1 in operand to +")]
    [InlineData("x: string\nx: \"\\(x)\"", "invalid interpolation: non-concrete value string (type string)")]
    [InlineData("x: 1 | 2\nx: x + 1", "unresolved disjunction: x")]
    public void A_value_that_asks_for_itself_is_what_else_is_said_of_it(string source, string expected) =>
        Assert.Equal($"_|_(Incomplete: {expected})", Show(source));

    [Theory]
    [InlineData("a: b.x\nb: 1 & {y: _}")]
    [InlineData("a: b[\"x\"]\nb: 1 & {y: _}")]
    [InlineData("a: b.x.z\nb: 1 & {y: _}")]
    public void What_is_wrong_with_a_value_is_told_there_and_not_where_it_is_selected_from(string source) =>
        Assert.Equal(["b: conflicting values 1 and {y:_} (mismatched types int and struct)"], Errors(source));

    [Theory]
    [InlineData("d!: {v: 1}\nx: d & {v: 2}", "x.v: conflicting values 1 and 2")]
    [InlineData("d!: e\ne: {v: 1}\nx: {d, v: 2}", "x.v: conflicting values 1 and 2")]
    [InlineData("d!: {v: 1}\nlet l = d\nx: l & {v: 2}", "x.v: conflicting values 1 and 2")]
    [InlineData("#d!: {v: {a: 1}}\nx: #d & {v: b: 1}", "x.v.b: field not allowed")]
    public void A_required_field_that_is_missing_constrains_what_refers_to_it(string source, string expected) =>
        Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("d!: {v: 1}\nx: d & {w: 2}")]
    [InlineData("d!: {v: {w: 1}}\nx: d.v & {w: 2}")]
    [InlineData("d?: {v: 1}\nx: d & {v: 2}")]
    [InlineData("#d!: {v: 1}\nx: #d & {w: 2}")]
    [InlineData("#D: {a: int}\ny: {}\nx: #D & {b: 1} & y.z")]
    [InlineData("#A: a: {b?: int}\nP: {}\nx: #A & {a: P.b, a: c: 1}")]
    public void What_is_incomplete_is_not_wrong_yet(string source) => Assert.Empty(Errors(source));

    [Theory]
    [InlineData("x: x.y", "undefined field: y")]
    [InlineData("x: z.y\nz: _", "undefined field: y")]
    [InlineData("z: _\nx: z.y", "z.y undefined as z is incomplete (type _)")]
    public void A_field_of_what_is_not_determined_yet_is_undefined(string source, string expected) =>
        Assert.Equal($"_|_(Incomplete: {expected})", Show(source));

    [Theory]
    [InlineData("string", false)]
    [InlineData(">5", false)]
    [InlineData("*int | string", false)]
    [InlineData("!=1", false)]
    [InlineData("_", true)]
    [InlineData("!=null", true)]
    [InlineData("int | string", true)]
    [InlineData("*1 | int", true)]
    [InlineData("{a: int}", true)]
    [InlineData("[...]", true)]
    public void What_has_to_become_an_atom_is_an_error_when_asked_for(string value, bool isThere) =>
        Assert.Equal(isThere ? "{b:1}" : "{}", Show($"x: {{if a != _|_ {{b: 1}}}}\na: {value}"));

    [Theory]
    [InlineData("x: ({a: 1, b: 2} & {a: 3}).b", "2")]
    [InlineData("x: ({a: 1, b: 2} & {a: 3}).b != _|_", "false")]
    [InlineData("x: (#D & {c: 3}).b == _|_\n#D: {a: 1, b: 2}", "true")]
    [InlineData("x: ({a: 1, b: 2} & {a: 3}).c", "_|_(Incomplete: undefined field: c)")]
    [InlineData("x: {y.z, b: 1}.b\ny: {}", "_|_(Incomplete: undefined field: z)")]
    [InlineData("x: {a: y.z, b: 1}.b\ny: {}", "1")]
    public void Of_a_struct_in_an_expression_all_is_asked_whether_it_is_an_error(string source, string expected) =>
        Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: [b]", "b.c")]
    [InlineData("#X: [...]\nx: #X & [b]", "b.c", "x.0.c")]
    [InlineData("#X: y: _\nx: #X & {y: [b]}", "b.c", "x.y.0.c")]
    public void An_element_of_a_list_that_a_definition_has_a_say_in_is_a_copy(string source, params string[] paths) =>
        Assert.Equal([.. paths.Select(static path => path + ": undefined field: e")], Errors("b: {c: d.e}\nd: {}\n" + source, concrete: true));

    [Theory]
    [InlineData("let x = 2\na: {let x = x + 1, b: x}", """{"a":{"b":3}}""")]
    [InlineData("let x = 2\na: {let x = {c: {let x = x + 1, d: x}}, b: x}", """{"a":{"b":{"c":{"d":3}}}}""")]
    [InlineData("a: {let len = len(\"abc\"), b: len}", """{"a":{"b":3}}""")]
    public void The_name_of_a_let_clause_means_what_is_around_it_in_its_own_value(string source, string expected) => Assert.Equal(expected, Json(source));
}
