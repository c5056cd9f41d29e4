using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Operands that are no values yet, or that take the expression with them.</summary>
public sealed class OddOperandTests
{
    [Theory]
    [InlineData("x: and([1, 1]) + 1", "x: non-concrete value 1 & 1 in operand to +")]
    [InlineData("x: -and([1])", "x: operand and([1]) of '-' not concrete (was _)")]
    [InlineData("x: and([{a: 1}]).a", "x: and([{a:1}]).a undefined as and([{a:1}]) is incomplete (type _)")]
    [InlineData("x: len(and([\"a\"]))", "x: error in call to len: incomplete argument \"a\" (type _)")]
    [InlineData("x: >and([1])", "x: non-concrete value and([1]) for bound >")]
    public void What_and_makes_of_a_list_is_not_concrete_as_an_operand(string source, string message)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([message], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: and([1, int])", """{"x":1}""")]
    [InlineData("import \"strings\"\nx: strings.ToUpper(and([\"a\"]))", """{"x":"A"}""")]
    [InlineData("x: {[and([=~\"a\"])]: 1}\nx: a: int", """{"x":{"a":1}}""")]
    [InlineData("x: or([[1], [1]])[0]", """{"x":1}""")]
    public void As_a_constraint_it_is_unified(string source, string json) => Assert.Equal(json, Json(source));

    [Theory]
    [InlineData("x: ({a?: int}).a + \"a\" + 1")]
    [InlineData("x: _|_ + (close({a!: int})).a")]
    [InlineData("x: \"\\(({a?: int}).a)\"")]
    [InlineData("x: [1][({a?: int}).a]")]
    [InlineData("x: [1][({a?: int}).a:]")]
    [InlineData("x: ({a?: {b: 1}}).a.b")]
    [InlineData("x: len(1 + ({a?: int}).a)")]
    public void A_field_that_a_struct_in_the_expression_may_have_takes_the_expression_with_it(string source)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(["x: incomplete value _"], Errors(source, concrete: true));
        Assert.Equal("""{"x":true}""", Json(source + "\nx: true"));
    }

    [Theory]
    [InlineData("x: ({a?: int}).a", "x: cannot reference optional field: a")]
    [InlineData("y: {a?: int}\nx: y.a + 1", "x: cannot reference optional field: a")]
    public void Alone_or_by_name_it_is_missing(string source, params string[] expected) => Assert.Equal(expected, Errors(source, concrete: true).Order());

    [Theory]
    [InlineData("x: #A.b == #A\n#A: {}", "x: undefined field: b @1:7")]
    [InlineData("x: #A.b\n#A: {c!: int}\nx: close(#A)", "x: undefined field: b @1:7")]
    [InlineData("x: y[2]\ny: {}.z", "x: index out of range [2] with length 0 @1:6", "y: undefined field: z @2:7")]
    public void What_is_asked_for_a_part_before_it_is_determined_lacks_it_for_now(string source, params string[] expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(expected, Located(source, concrete: true));
    }

    [Theory]
    [InlineData("#A: {}\nx: #A.b == #A", "x: undefined field: b")]
    [InlineData("x: y.b\ny: close({})", "x: undefined field: b")]
    [InlineData("x: len({(#A.b): 1, #A: {}})", "undefined field: b")]
    [InlineData("x: len({if #A.b {}, #A: {}})", "undefined field: b")]
    [InlineData("x: y[0]\ny: {(z): 1}\nz: string", "x: index out of range [0] with length 0")]
    [InlineData("x: {}[!=null]", "x: invalid index !=null (invalid type (bool|string|bytes|func|list|struct|number))")]
    public void Later_it_lacks_it_for_good(string source, string message) => Assert.Equal([message], Errors(source));

    [Theory]
    [InlineData("x: {a: 1}\nx: close(close(x))", "x.a: field not allowed")]
    [InlineData("x: len(close(x))\nx: {a: 1}", "x: conflicting values {a:1} and 1 (mismatched types struct and int)")]
    [InlineData("x: {\n\ta: {}\n\ta: ({#B: close(a)}).c\n}")]
    public void A_value_may_be_closed_where_it_is_computed(string source, params string[] expected) => Assert.Equal(expected, Errors(source));

    [Theory]
    [InlineData("a: [1][{[string]: int}]", "a: invalid index {[string]:int} (invalid type struct)")]
    [InlineData("a: [1][[for x in [1, 2] {x}]]", "a: invalid index [for _, x in [1,2] {x}] (invalid type list)")]
    [InlineData("a: x[\"y\" + \"z\"](2)\nx: yz: 1", "a: cannot call non-function x[(\"y\" + \"z\")] (type int)")]
    public void An_expression_is_named_without_blanks(string source, string error) => Assert.Equal([error], Errors(source));

    [Theory]
    [InlineData("a: [1,2][0+0].d", "a: invalid operand [1, 2][0+0] (found int, want list or struct)")]
    [InlineData("for k in {b: 1,c:2}.b {}", "cannot range over {b: 1, c: 2}.b (found int, want list or struct)")]
    public void What_is_no_struct_or_list_is_named_as_it_is_laid_out(string source, string error) => Assert.Equal([error], Errors(source));

    [Theory]
    [InlineData("x: \"3\" + close({a: int})", "x: invalid right-hand value to '+' (type string): a: incomplete value int")]
    [InlineData("x: \"3\" + close(b)\nb: {a: int}", "x: invalid right-hand value to '+' (type string): b.a: incomplete value int")]
    public void What_is_incomplete_in_a_closed_operand_is_told_where_it_is(string source, string error) => Assert.Contains(error, Errors(source, concrete: true));

    [Theory]
    [InlineData("close({b: 2, a: 1 & 2}).b", "2")]
    [InlineData("[for k, v in close({b: 2, a: 1 & 2}) {k}]", "[\"b\",\"a\"]")]
    public void What_is_wrong_with_one_field_of_what_a_call_closes_is_not_wrong_with_the_others(string value, string expected) => Assert.Equal(expected, Show("x: " + value, "x"));

    [Theory]
    [InlineData("[] & list.MaxItems(int)", "invalid value [] (does not satisfy list.MaxItems(int)): non-concrete value int")]
    [InlineData("\"a\" & strings.MinRunes(int)", "invalid value \"a\" (does not satisfy strings.MinRunes(int)): non-concrete value int")]
    public void A_constraint_of_an_operand_that_lacks_something_is_not_lost(string operand, string expected) =>
        Assert.Contains("invalid interpolation: " + expected, Errors($"import \"{(operand[0] == '[' ? "list" : "strings")}\"\nx: \"x\\({operand})\"", concrete: true));

    [Theory]
    [InlineData("1 == !<b")]
    [InlineData("-!=number / 3")]
    public void An_operator_of_it_is_another_one(string expression) => Assert.Empty(Errors("x: 1 | (" + expression + ")\nb: 1"));

    [Fact]
    public void What_lacks_something_is_not_validated() =>
        Assert.Equal(["h: error in call to math.Ceil: non-concrete value number"], Errors("import \"math\"\nh: math.MultipleOf(1.5) & math.Ceil(number) & 2", concrete: true));
}
