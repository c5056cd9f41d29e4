using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>References into what is closed, wrong or no struct.</summary>
public sealed class SelectionTests
{
    [Theory]
    [InlineData("x: close({a?: int}).b", true)]
    [InlineData("x: #A.b\n#A: {a?: int}", true)]
    [InlineData("#A: {a?: int}\nx: #A.b", false)]
    [InlineData("x: {a: 1 & 2}.b", true)]
    [InlineData("x: (close({a?: int}) & {}).b", false)]
    [InlineData("let L = close({a?: int})\nx: L.b", false)]
    public void What_a_call_closes_is_closed_to_others(string source, bool isIncomplete)
    {
        Assert.Equal(isIncomplete, Errors(source) is []);
        Assert.Contains("x: undefined field: b", Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("y: close({a?: int})\nx: y[{if _ {}}]", false)]
    [InlineData("y: close({a?: int})\nx: y[(y.#A | y.#B)]", false)]
    [InlineData("y: {a: 1}\nx: y[{if _ {}}]", true)]
    [InlineData("y: [1]\nx: y[{if _ {}}]", true)]
    public void What_is_written_as_an_index_and_has_no_value_yet_names_nothing_that_is_there(string source, bool isIncomplete)
    {
        Assert.Equal(isIncomplete, Errors(source) is []);
        Assert.Contains("x: undefined field: _", Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: {a: 1, _|_}.a", "explicit error (_|_ literal) in source")]
    [InlineData("x: {a: 1, for k in 5 {b: 1}}.b", "cannot range over 5 (found int, want list or struct)")]
    [InlineData("x: {a: 1, \"\\({})\": 2}.a", "invalid interpolation: cannot use {} (type struct) as type (bool|string|bytes|number)")]
    public void What_is_wrong_with_a_struct_in_an_expression_is_wrong_with_its_fields(string source, string expected) =>
        Assert.Contains(Errors(source), error => error.EndsWith(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("x: x[0]", "x: index out of range [0] with length 0")]
    [InlineData("x: y[0]\ny: _", "x: index out of range [0] with length 0")]
    public void An_element_of_what_is_not_known_may_come_yet(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: {a: 1, b: 1 & 2}.a")]
    [InlineData("x: {a: 1, #b: c: 1 & 2}.a")]
    public void What_is_wrong_with_the_other_fields_is_not(string source) => Assert.Empty(Errors(source, concrete: true));

    [Theory]
    [InlineData("import \"list\"\nb: list.MaxItems(2)\nx: b.c", "x: invalid operand b (found list, want list or struct)")]
    [InlineData("b: \"a\"\nx: b[x]", "x: invalid operand b (found string, want list or struct)")]
    public void Only_structs_can_have_fields_to_come(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("x: y.a\ny: int", "x: undefined field: a @1:6")]
    [InlineData("x: y[\"a\"]\ny: >5", "x: undefined field: a @1:6")]
    [InlineData("x: y.a.b\ny: a: string", "x: undefined field: b @1:8")]
    [InlineData("x: y.a\ny: 5", "x: invalid operand y (found int, want list or struct) @1:4")]
    [InlineData("x: (int).a", "x: invalid operand int (found int, want list or struct) @1:5")]
    [InlineData("y: int\nx: y.a", "x: invalid operand y (found int, want list or struct) @2:4")]
    public void A_type_that_comes_later_has_no_field(string source, string expected) => Assert.Equal([expected], Evaluation.Located(source));

    [Theory]
    [InlineData("name: b.o\nb: {o: 1} & (1/0)")]
    [InlineData("b: {o: 1} & (1/0)\nname: b.o")]
    [InlineData("name: b.o\nb: {o: 1} & \"x\"")]
    [InlineData("name: b[\"o\"]\nb: {o: 1} & \"x\"")]
    public void A_struct_that_cannot_be_has_no_field_wherever_it_is_asked(string source) => Assert.StartsWith("_|_", Show(source, "name"));

    [Theory]
    [InlineData("close({a: 1}) & {...}", 0)]
    [InlineData("#D & {...}", 0)]
    [InlineData("close({a: 1}) & {}", 1)]
    public void An_ellipsis_beside_what_is_closed_leaves_open_what_is_missing(string value, int errors) => Assert.Equal(errors, Errors("#C: d.d\nd: " + value + "\n#D: {a: 1}").Length);
}
