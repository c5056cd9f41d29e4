using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Values that go round by way of others: what each of them is told, and what is wrong with them for good.</summary>
public sealed class CircularValueTests
{
    [Theory]
    [InlineData("x: (>x | 2) & 3", "x: invalid value 3 (out of bound >3)")]
    [InlineData("x: (div(x, 2) | 2) & 1", "x: conflicting values 0 and 1")]
    [InlineData("x: (-x | 2) & string", "x: invalid operation -x (- string)")]
    [InlineData("x: {a: 1}\nx: len(x) | \"a\"", "x: conflicting values {a:1} and 1 (mismatched types struct and int)")]
    [InlineData("x: (*\"a\\(x)\" | 2) & \"b\"", "x: conflicting values \"ab\" and \"b\"")]
    public void A_disjunct_gets_what_else_is_said_of_the_disjunction(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Fact]
    public void An_operand_of_a_disjunct_that_is_the_disjunction_is_unresolved() =>
        Assert.Contains("x: unresolved disjunction: x", Errors("x: (x + 1 | 2) & 3", concrete: true));

    [Theory]
    [InlineData("import \"strings\"\nx: strings.ToUpper(y)\ny: strings.Replace(x)", "y: incomplete value _")]
    [InlineData("import \"strings\"\nx: strings.ToUpper(y)\ny: strings.ToUpper(x) & string", "y: incomplete value string")]
    public void A_call_that_is_asked_for_in_a_circle_adds_nothing(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Contains(Errors(source, concrete: true), error => error.StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_disjunct_can_ask_whether_the_disjunction_is_an_error() => Assert.Equal("{\"x\":{\"a\":1}}", Json("x: {a: 1}\nx: _ | (x != _|_)"));

    [Theory]
    [InlineData("x: y + \"a\"\ny: {b: x}", "x: invalid left-hand value to '+' (type struct): y.b: structural cycle")]
    [InlineData("y: {b: {c: [x]}}\nx: y == {}", "y.b.c.0: structural cycle")]
    [InlineData("import \"encoding/json\"\nx: json.Marshal(y)\ny: {b: x}", "x: error in call to encoding/json.Marshal: structural cycle")]
    [InlineData("import \"list\"\nx: list.Sum(y)\ny: [1, x]", "y.1: structural cycle")]
    [InlineData("x: y != _|_\ny: {b: x}", "y.b: structural cycle")]
    [InlineData("x: y\ny: {b: x != _|_}", "x: structural cycle")]
    [InlineData("x: y + \"a\"\ny: {b: x + \"b\"}", "x: structural cycle")]
    public void All_of_a_struct_is_needed_that_is_made_of_the_result(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Fact]
    public void The_number_of_fields_does_not_need_them() => Assert.Equal("{\"x\":1,\"y\":{\"b\":1}}", Json("x: len(y)\ny: {b: x}"));

    [Theory]
    [InlineData("x: (x * 2) / len()", "x: not enough arguments in call to len (have 0, want 1)")]
    [InlineData("x: x + 1 + -{}", "x: invalid operation -{} (- struct)")]
    public void What_is_wrong_for_good_hides_the_circle(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("x: #A & {a: 1}\n#A: #A", "x.a: field not allowed")]
    [InlineData("x: {a: 1}\n#A: x\nx: #A", "x.a: field not allowed")]
    [InlineData("x: {a: 1}\nx: close(x)", "x.a: field not allowed")]
    [InlineData("x: close({a: a, b: 1})", "x.a: field not allowed")]
    [InlineData("#A: {a?: a}\nx: #A & {a: 3}", "x.a: field not allowed")]
    public void Closes_without_fields_what_comes_round(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("#A: {a: 1}\n#A: #A\nx: #A", "{\"x\":{\"a\":1}}")]
    [InlineData("#A: {a: 1}\n#A: close(#A)\nx: #A", "{\"x\":{\"a\":1}}")]
    [InlineData("#A: {a: a, a: int}\nx: #A & {a: 3}", "{\"x\":{\"a\":3}}")]
    [InlineData("#A: #A\nx: #A & 3", "{\"x\":3}")]
    public void Closes_nothing_else(string source, string expected) => Assert.Equal(expected, Json(source));

    [Theory]
    [InlineData("x: {a: 1, if x {b: 1}}", "x: cannot use {} (type struct) as type bool")]
    [InlineData("x: {}\nif !x {x: a: 1}", "invalid operation !x (! struct)")]
    public void A_struct_is_no_condition_whatever_is_added_to_it(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("x: (x & 2) + 1", "conflicting values 3 and 2")]
    [InlineData("x: -(2 & x)", "conflicting values -2 and 2")]
    [InlineData("x: {a: (x.a & \"b\") + \"c\"}", "conflicting values \"bc\" and \"b\"")]
    [InlineData("x: len(x & {})", "conflicting values {} and 0 (mismatched types struct and int)")]
    [InlineData("x: (x & {a: 1}).a", "conflicting values {a:1} and 1 (mismatched types struct and int)")]
    [InlineData("#A: x\nx: (#A & 2) + 1", "conflicting values 3 and 2")]
    public void A_value_suits_the_operands_that_it_is_a_constraint_of(string source, string expected)
    {
        var error = Assert.Single(Evaluate(source).Validate());
        Assert.Equal("", error.Path);
        Assert.Equal(expected, error.Message);
    }

    [Theory]
    [InlineData("x: (x & 2) + 0", "{\"x\":2}")]
    [InlineData("x: \"\\(x & \"a\")\"", "{\"x\":\"a\"}")]
    [InlineData("x: close({a: 1} & x)", "{\"x\":{\"a\":1}}")]
    public void An_operand_that_is_what_comes_of_it_is_no_error(string source, string expected) => Assert.Equal(expected, Json(source));

    [Theory]
    [InlineData("x\nx: x | *x")]
    [InlineData("x: {x: x | a, a: true}\nx")]
    [InlineData("a: c\na\nc: {c: (c | b), b: true}")]
    [InlineData("b\nd: ({} | b | b)\nb: d")]
    public void A_package_may_embed_a_field_whose_choice_is_itself(string source) => Assert.Empty(Errors(source));

    [Theory]
    [InlineData("x: {a: y.b, c: -x}\ny: {}\nx: y.d", "x.c: invalid operation -x (- struct)")]
    [InlineData("x: {}\nx: 1 | {\"\\(x)\": 2}", "x: invalid interpolation: cannot use {} (type struct) as type (bool|string|bytes|number)")]
    public void Within_a_struct_it_is_one_whatever_is_missing(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("s3: strings.ContainsAny(s4)\ns4: strings.ContainsAny(s3)\ns4: \"dd\"", "s3: incomplete value strings.ContainsAny(\"dd\")")]
    public void Calls_that_are_given_each_other_get_what_is_written(string source, string expected) =>
        Assert.Equal([expected], Errors("import \"strings\"\n" + source, concrete: true));

    [Theory]
    [InlineData("s: strings.Split(id, \":\")\nid: \"\\(s[0]):B\"\nid: \"A:B\"", """{"s":["A","B"],"id":"A:B"}""")]
    [InlineData("let s = strings.Split(id, \":\")\nx: \"B\"\nid: \"A:B\"\nid!: \"\\(s[0]):B\"\nx!: \"\\(s[1])\"", """{"x":"B","id":"A:B"}""")]
    public void A_call_is_given_what_is_written_whatever_else_waits(string source, string expected) => Assert.Equal(expected, Json("import \"strings\"\n" + source));

    [Theory]
    [InlineData("b: {a: (b == _|_) && \"x\"}", "b.a: cannot use \"x\" (type string) as type bool in &&")]
    [InlineData("b: {a: (b == _|_) & \"x\"}", "b.a: conflicting values \"x\" and true (mismatched types string and bool)")]
    [InlineData("b: {a: (b != _|_), c: a & \"x\"}", "b.c: conflicting values \"x\" and false (mismatched types string and bool)")]
    public void What_a_struct_is_while_a_field_of_it_asks_is_wrong(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("a: {-a}", "a: invalid operation -a (- struct)")]
    [InlineData("a: {a + 1}", "a: invalid operands {} and 1 to '+' (type struct and int)")]
    [InlineData("a: {{}[a]}", "a: invalid index a (invalid type struct)")]
    [InlineData("a: {>a}", "a: cannot use struct for bound >")]
    public void What_a_literal_embeds_gets_a_struct_for_it(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("a: {len(a)}", "{\"a\":0}")]
    [InlineData("a: {close(a)}", "{\"a\":{}}")]
    public void That_struct_is_empty(string source, string expected) => Assert.Equal(expected, Json(source));
}
