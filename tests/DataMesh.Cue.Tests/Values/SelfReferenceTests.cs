using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>What a value is that needs itself, by itself or by way of others: what is known of it without that.</summary>
public sealed class SelfReferenceTests
{
    [Theory]
    [InlineData("import \"list\"\nx: list.FlattenN(x, -1)\nx: [1, 2]", """{"x":[1,2]}""")]
    [InlineData("import \"list\"\nx: list.FlattenN(y, 1)\ny: list.FlattenN(x, 1)\nx: [1, 2]\nz: list.FlattenN(y, 1) & [...int]", """{"x":[1,2],"y":[1,2],"z":[1,2]}""")]
    public void What_a_function_makes_of_the_value_itself_adds_nothing(string source, string expected) => Assert.Equal(expected, Json(source));

    [Theory]
    [InlineData("x: <x\nx: {a: 1}", "x: cannot use struct for bound <")]
    [InlineData("x: {}\nx: !x", "x: invalid operation !x (! struct)")]
    [InlineData("x: {}\nx: \"\\(x)\"", "x: invalid interpolation: cannot use {} (type struct) as type (bool|string|bytes|number)")]
    [InlineData("x: int\nx: len(x)", "x: cannot use int (type int) as (string|bytes|list|struct) in argument 1 to len")]
    [InlineData("x: {} & len(x)", "x: conflicting values {} and 0 (mismatched types struct and int)")]
    [InlineData("import \"struct\"\nx: struct.MaxFields(x)\nx: {}", "x: cannot use {} (type struct) as int in argument 2 to struct.MaxFields")]
    [InlineData("x: x / -{}", "x: invalid operation -{} (- struct)")]
    [InlineData("x: div(x)", "x: not enough arguments in call to div (have 1, want 2)")]
    [InlineData("x: {if x {a: 1}}", "x: cannot use {} (type struct) as type bool")]
    [InlineData("x: [if x {1}]", "x: cannot use list (type list) as type bool")]
    [InlineData("x: bool\nx: >x", "x: invalid value bool (type bool) for bound >")]
    [InlineData("x: {a: {}, a: a / a}", "x.a: invalid operands {} and {} to '/' (type struct and struct)")]
    [InlineData("x: {#a: !x}", "x.#a: invalid operation !x (! struct)")]
    [InlineData("x: close(x)", "x: error in call to close: struct argument must be concrete")]
    [InlineData("x: close({a?: int})\nx: x.b", "x: undefined field: b")]
    [InlineData("#X: {a?: int, c: #X.b}", "#X.c: undefined field: b")]
    public void Counts_as_what_its_other_constraints_say(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("x: string\nx: >x", "x: non-concrete value x for bound >")]
    [InlineData("x: y + 1\nx: int\ny: x - 1", "y: non-concrete value int in operand to -")]
    [InlineData("x: \"a\" * x\nx: {a!: int}", "x: invalid right-hand value to '*' (type string): x.a: field is required but not present")]
    [InlineData("x: x & 0.5 <= int_\nint_: int", "x: non-concrete value int in operand to <=")]
    [InlineData("x: and([x]) + 1", "x: non-concrete value _ in operand to +")]
    [InlineData("x: {a: len(a)}", "x.a: error in call to len: incomplete argument _ (type _)")]
    [InlineData("x: (x & x) + \"A\"", "x: non-concrete value _ in operand to +")]
    [InlineData("x: {a: \"\\(x & x)\"}", "x.a: invalid interpolation: non-concrete value _ (type _)")]
    public void Is_not_concrete_if_they_are_not(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: {}\nx: close(x)", "{\"x\":{}}")]
    [InlineData("x: {}\ny: {if true & x.a {b: 1}}", "{\"x\":{},\"y\":{}}")]
    [InlineData("x: {}\ny: \"a\\(1 & x.a)\"", "{\"x\":{},\"y\":\"a\"}")]
    [InlineData("x: (1 | (2 & x)) + 1", "{\"x\":2}")]
    [InlineData("x: len(\"a\" | x)", "{\"x\":1}")]
    [InlineData("x: {x}", "{\"x\":{}}")]
    [InlineData("x: {y}\ny: {x}", "{\"x\":{},\"y\":{}}")]
    [InlineData("x: {a?: y}\ny: x", "{\"x\":{},\"y\":{}}")]
    [InlineData("x: {a: len(x)}", "{\"x\":{\"a\":1}}")]
    public void Closes_and_counts_what_is_there(string source, string expected) =>
        Assert.Equal(expected, Json(source));

    [Theory]
    [InlineData("x: -x | 1", "x: ambiguous default elimination by referencing x")]
    [InlineData("x: (x > 1) | true | true", "x: ambiguous default elimination by referencing x")]
    [InlineData("x: y | 1\ny: -x", "x: ambiguous default elimination by referencing x")]
    [InlineData("x: 1 | <=x | 1", "x: ambiguous default elimination by referencing x")]
    [InlineData("x: 1 & (2 | (x || true))", "x: unresolved disjunction: x")]
    [InlineData("x: -x | 1 | 2", "x: cycle across unresolved disjunction referenced by x")]
    public void Leaves_a_choice_open_that_one_of_the_choices_computes_with(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: *(x != _|_) | \"A\"", "{\"x\":true}")]
    [InlineData("x: *(y == _|_) | 5\ny: x", "{\"x\":false,\"y\":false}")]
    [InlineData("x: -x | *1 | 2", "{\"x\":1}")]
    [InlineData("x: -y | 1\ny: x", "{\"x\":1,\"y\":1}")]
    public void Is_the_default_or_what_is_left(string source, string expected) => Assert.Equal(expected, Json(source));

    [Theory]
    [InlineData("x: y\ny: {a: x + 1}")]
    [InlineData("y: {_a: 1 - #x}\n#x: y", "#x")]
    [InlineData("y: [y != x]\nx: y")]
    [InlineData("y: {a: len(x)}\nx: y")]
    [InlineData("y: {a: b.c + 1}\nb: {c: \"\\(x)\"}\nx: y")]
    public void Is_a_structural_cycle_by_another_name(string source, string name = "x") => Assert.Contains(name + ": structural cycle", Errors(source));

    [Theory]
    [InlineData("x: {a: 2, a?: matchN(3, [a, 2])}")]
    [InlineData("x: matchN(0, [x, {}])\nx: {a!: int}")]
    public void Ends_when_a_schema_tries_itself(string source) => Assert.DoesNotContain(Evaluate(source).Validate(), static error => error.Code == CueErrorCode.Budget);

    [Theory]
    [InlineData("x: {\n(a): \"c\"\n(x.b): 1\na: \"b\"\n}", """{"x":{"b":"c","a":"b"}}""")]
    [InlineData("x: {\n(a): \"c\"\n(x[a]): 1\na: \"b\"\n}", """{"x":{"b":"c","a":"b"}}""")]
    [InlineData("x: {\n(x.b): 1\n(a): \"c\"\na: \"b\"\n}", """{"x":{"c":1,"b":"c","a":"b"}}""")]
    [InlineData("x: {\n(a): \"c\"\n\"\\(x.b)\": 1\na: \"b\"\n}", """{"x":{"b":"c","c":1,"a":"b"}}""")]
    [InlineData("k: \"b\"\nx: {\n(k): \"c\"\n(x.b): 1\n}", """{"k":"b","x":{"b":"c","c":1}}""")]
    public void A_label_that_is_a_field_with_a_label_computed_from_the_struct_comes_to_nothing(string source, string json) =>
        Assert.Equal(json, Json(source));

    [Fact]
    public void May_have_one_field_computed_from_another_by_another_name() =>
        Assert.Equal("{\"x\":{\"a\":1,\"b\":1},\"y\":{\"a\":1,\"b\":1}}", Json("x: y\ny: {a: x.b, b: 1}"));

    [Theory]
    [InlineData("x: {a: x & 5} | 1 | x", "x: incomplete value {a:5} | 1 | _")]
    [InlineData("x: {a: x, [\"a\"]: \"b\"} | x", "x: incomplete value {a:\"b\"} | _")]
    public void Is_anything_within_the_choices_of_it(string source, string expected) => Assert.Equal([expected], Errors(source, concrete: true));
}
