using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Other names of a value in what the value is made of, and questions about values that need each other.</summary>
public sealed class CircularNameTests
{
    [Theory]
    [InlineData("c: b\nb: \"a\" | {x: c <= 1}")]
    [InlineData("b: \"a\" | *{x: c != _|_}\nc: b")]
    [InlineData("c: b\nb: true | [c == c]")]
    [InlineData("c: b\nb: c | {x: \"\\(c)\"}")]
    [InlineData("c: b\nb: {x: x - c}")]
    [InlineData("b: {x: x - c}\nc: b")]
    public void A_name_of_what_it_is_an_operand_in_has_no_end(string source) => Assert.Equal(["c: structural cycle"], Errors(source));

    [Theory]
    [InlineData("c: b\nb: \"a\" | {x: c}", """{"c":"a","b":"a"}""")]
    [InlineData("c: b\nb: \"a\" | {x: c.y}", """{"c":"a","b":"a"}""")]
    [InlineData("b: \"a\" | {b: b <= 1}", """{"b":"a"}""")]
    [InlineData("c: b\nb: 2 | >c", """{"c":2,"b":2}""")]
    public void In_a_disjunct_that_fails_for_another_reason_it_may_be(string source, string json) => Assert.Equal(json, Json(source));

    [Theory]
    [InlineData("x: c.b\nc: x | [1]", "c: incomplete value _ | [1]", "x: unresolved disjunction _ | [1] (type _)")]
    [InlineData("c: x | 1\nx: c[10]", "c: incomplete value _ | 1", "x: unresolved disjunction _ | 1 (type _)")]
    [InlineData("x: c.b\nc: x + 1 | {a: 1}", "x: undefined field: b")]
    [InlineData("x: c.b\nc: *x | [1]", "c: incomplete value _", "x: c.b undefined as c is incomplete (type _)")]
    public void What_selects_from_the_choice_that_it_is_in_may_be_anything(string source, params string[] expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(expected, Errors(source, concrete: true).Order());
    }

    [Theory]
    [InlineData("c: c + 1\nx: (c == _|_) > 1")]
    [InlineData("x: (c != _|_) + 1\nc: c + 1")]
    [InlineData("c: c + 1\nx: 1\nx: c != _|_")]
    [InlineData("c: c + 1\nif c == _|_ {x: 1}")]
    public void Whether_a_value_that_needs_itself_is_an_error_is_not_known(string source)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(["c: cycle with field: c"], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: (x == _|_)", """{"x":false,"c":null}""")]
    [InlineData("c: c\nx: (c == _|_)", """{"c":null,"x":false}""")]
    public void Of_a_value_that_is_only_itself_it_is(string source, string json) => Assert.Equal(json, Json(source + "\nc: null"));

    [Theory]
    [InlineData("d + 1\nc: {a: 1}\nd: c", "cycle with field: d")]
    [InlineData("x.d + 1\nc: {a: 1}\nx: d: c", "cycle with field: x.d")]
    [InlineData("c: x: {a: 1}\nd: c.x\n>d", "cycle with field: d")]
    [InlineData("c: {a: 1}\nd: c\nif d > 0 {...}", "cycle with field: d")]
    [InlineData("c: {a: 1}\nd: c\nif d > 0 {(\"x\"): 1}", "cycle with field: d")]
    [InlineData("x: {c: {a: 1}, d: c} & (x.d + 1)", "x: cycle with field: x.d")]
    [InlineData("c: {x: 1, (d + 1)}\nd: c", "c: cycle with field: d")]
    public void Another_name_of_a_struct_is_not_known_to_what_may_add_fields_beside_it(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("c + 1\nc: {a: 1}")]
    [InlineData("d + 1\nc: [1]\nd: c")]
    [InlineData("d + 1\nc: {a: 1}\nd: c & {}")]
    [InlineData("d + 1\nc: {a: 1}\nlet d = c")]
    [InlineData("x: {d + 1}\nc: {a: 1}\nd: c")]
    [InlineData("c: {a: 1}\nd: c\nif d > 0 {e: 1, let f = 1, {g: f}}")]
    public void Its_own_name_is_and_so_are_names_of_anything_else(string source) => Assert.Contains("invalid operands", Assert.Single(Errors(source)), StringComparison.Ordinal);

    [Theory]
    [InlineData("import \"strings\"\nb: -b\nb: strings.MinRunes(1)", "b: cycle with field: b")]
    [InlineData("b: b + 1\nb: matchN(1, [int])", "b: cycle with field: b")]
    public void What_calls_have_to_hold_for_is_not_known_to_be_anything(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }
}
