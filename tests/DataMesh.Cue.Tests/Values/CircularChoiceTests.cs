using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Clauses, bounds and choices that ask for the value that they are a part of.</summary>
public sealed class CircularChoiceTests
{
    [Theory]
    [InlineData("x: {if x != 1 {2}}", "2")]
    [InlineData("x: {if x == 1 {2}}", "{}")]
    [InlineData("x: {for a in [1] if x != a {2}}", "2")]
    [InlineData("x: {if len(x) != 1 {2}}", "2")]
    [InlineData("x: {if x != 1 {2}, #a: 1}", "2")]
    [InlineData("x: {y: {if x.y != 1 {2}}}", "{y:2}")]
    public void What_holds_a_clause_is_an_empty_struct_to_the_clause(string source, string expected) =>
        Assert.Contains(expected, Show(source));

    [Theory]
    [InlineData("x: (*0 | 1) & !=y\ny: (0 | 1) & !=x", "0")]
    [InlineData("y: (0 | 1) & !=z\nz: (0 | 1) & !=x\nx: y", "0")]
    [InlineData("y: 1 | 2\ny: <x\nx: 1 | 2\nx: >y", "2")]
    public void What_bounds_a_choice_knows_the_first_one(string source, string expected) =>
        Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("y: (0 | 1) & !=x\nx: (0 | 1) & !=y", "y: ambiguous default elimination by referencing x @2:16 2:4 2:14")]
    [InlineData("y: 1 | 2\ny: <x\nx: 1 | 2\nx: >y", "y: ambiguous default elimination by referencing x @4:5 2:4 3:4 4:4")]
    [InlineData("y: (0 | 1 | 2) & !=x\nx: (0 | 1) & !=y", "y: cycle across unresolved disjunction referenced by x @2:4 2:14")]
    [InlineData("y: (0 | 1) & int & !=x\nx: int & !=y & (0 | 1)", "y: ambiguous default elimination by referencing x @2:12 2:4 2:10")]
    [InlineData("#V: 0 | 1\n#V: 0 | 1\ny: #V & !=_x\n_x: #V & !=y", "y: cycle across unresolved disjunction referenced by _x @1:9 4:5")]
    [InlineData("y: 2 | 3\ny: 3 | 5\ny: >_x\n_x: 0 | 2\n_x: 2 | 5\n_x: <y", "y: ambiguous default elimination by referencing _x @6:6 4:5 4:9 5:5 6:5")]
    [InlineData("y: 0 | 1\ny: !=x\nx: 0 | 1\nx: 0 | 1\nx: !=y", "y: unresolved disjunction 0 | 1 (type int) @2:4")]
    [InlineData("y: *1 | int\ny: <x\nx: >y", "y: cycle with field: x @2:5")]
    [InlineData("y: c - b\nb: c - y\nc: y+b & >=5", "y: non-concrete value >=5 in operand to - @1:4 3:4 3:10")]
    public void A_circle_is_told_where_the_choice_is(string source, string expected) =>
        Assert.Contains(expected, Located(source, concrete: true));

    [Theory]
    [InlineData("x: (0 | 1) & (0 | 1) & !=y\ny: (0 | 1) & (0 | 1) & !=x")]
    [InlineData("x: 0 | 1 | 2\nx: 1 | 0\nx: !=y\ny: 0 | 1\ny: 1 | 0\ny: !=x")]
    public void A_bound_beside_several_choices_of_a_circle_says_nothing(string source) =>
        Assert.Equal(["y: incomplete value 0 | 1"], Errors(source, concrete: true));

    [Theory]
    [InlineData("x: {if x > 1 {2}}", "x: invalid operands {} and 1 to '>' (type struct and int)")]
    [InlineData("x: {if -x != 1 {2}}", "x: invalid operation -x (- struct)")]
    [InlineData("x: {if \"\\(x)\" != \"a\" {2}}", "x: invalid interpolation: cannot use {} (type struct)")]
    [InlineData("x: (0 | 1) & !=x", "x: invalid value 0 (out of bound !=0)")]
    [InlineData("x: 0 | 1\nx: y + 1\ny: x", "x: conflicting values 1 and 0")]
    public void What_asks_for_itself_can_be_wrong(string source, string expected) =>
        Assert.Contains(Errors(source), error => error.StartsWith(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("x: [x[1], 1][0]", "_")]
    [InlineData("x: {a: x.b}.a", "_")]
    [InlineData("x: {a: y.b, b: 1}.a\ny: x", "_")]
    public void What_is_taken_from_a_literal_that_asks_for_it_is_anything(string source, string expected) =>
        Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("c: -c\nc: 1 | \"a\"", "c: 2 errors in empty disjunction:", "c: conflicting values -1 and 1", "c: invalid operation -c (- string)")]
    [InlineData("c: len(c)\nc: \"a\" | 1", "c: 2 errors in empty disjunction:", "c: conflicting values \"a\" and 1 (mismatched types string and int)", "c: cannot use 1 (type int) as (string|bytes|list|struct) in argument 1 to len")]
    [InlineData("c: {}[c]\nc: {a: 1} | [1]", "c: 2 errors in empty disjunction:", "c: invalid index c (invalid type struct)", "c: invalid index c (invalid type list)")]
    [InlineData("c: {y: -c}\nc: {x: 1} | 2", "c: 2 errors in empty disjunction:", "c: conflicting values {y:-c} and 2 (mismatched types struct and int)", "c.y: invalid operation -c (- struct)")]
    [InlineData("b: div(b) | div()", "b: 2 errors in empty disjunction:", "b: not enough arguments in call to div (have 1, want 2)", "b: not enough arguments in call to div (have 0, want 2)")]
    public void A_constraint_beside_a_disjunction_is_asked_of_each_choice(string source, params string[] expected) =>
        Assert.Equal(expected.Order(StringComparer.Ordinal), Errors(source).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("c: +c\nc: *1 | 2", "{\"c\":1}")]
    [InlineData("import \"strings\"\na: strings.ToUpper(a)\na: \"X\" | \"y\"", "{\"a\":\"X\"}")]
    [InlineData("c: {y: len(c)}\nc: {x: 1} | 2", "{\"c\":{\"y\":2,\"x\":1}}")]
    [InlineData("c: close(c)\nc: {} | 2", "{\"c\":{}}")]
    public void The_choice_for_which_it_holds_is_left(string source, string expected) => Assert.Equal(expected, Json(source));

    [Theory]
    [InlineData("c: -c\nc: 0 | 1", "c: ambiguous default elimination by referencing c @1:5 1:4 2:4")]
    [InlineData("c: +c\nc: 1 | 2", "c: cycle across unresolved disjunction referenced by c @2:4")]
    [InlineData("b: {x: -b} | 1", "b: ambiguous default elimination by referencing b.x @1:8")]
    [InlineData("b: [0][b] | {a: 1}", "b: ambiguous default elimination by referencing b @1:4")]
    public void What_is_computed_from_a_choice_makes_none(string source, string expected) =>
        Assert.Equal([expected], Located(source, concrete: true));

    [Theory]
    [InlineData("b: d | 1\nd: len(b)", "b: incomplete value _|_(cycle error) | 1", "d: unresolved disjunction _|_(cycle error) | 1 (type _)")]
    public void A_call_of_the_disjunction_by_another_name_stays_a_choice(string source, params string[] expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("a: {x: 1} | {d: c}\nc: a", """{"a":{"x":1},"c":{"x":1}}""")]
    [InlineData("a: 1 | [c]\nc: a", """{"a":1,"c":1}""")]
    [InlineData("a: {x: {y: 1} | {d: c}}\nc: a.x", """{"a":{"x":{"y":1}},"c":{"y":1}}""")]
    [InlineData("a: c + 1 | 7\nc: a", """{"a":7,"c":7}""")]
    [InlineData("a: [3, 4][c] | 1\nc: a", """{"a":1,"c":1}""")]
    public void A_choice_that_needs_another_name_of_what_is_chosen_is_none(string source, string expected) => Assert.Equal(expected, Json(source));
}
