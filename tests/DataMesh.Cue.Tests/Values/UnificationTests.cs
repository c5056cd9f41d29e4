using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class UnificationTests
{
    [Theory]
    [InlineData("x: int & 5", "5")]
    [InlineData("x: number & <130", "<130")]
    [InlineData("x: >=1 & <=10 & >=3", ">=3 & <=10")]
    [InlineData("x: !=3 & >5", ">5")]
    [InlineData("x: !=\"b\" & =~\"c\"", "=~\"c\"")]
    [InlineData("x: !=\"b\" & =~\"b\"", "!=\"b\" & =~\"b\"")]
    [InlineData("x: !=3 & >2", ">2 & !=3")]
    [InlineData("x: uint8 & 255", "255")]
    [InlineData("x: {a: 1} & {b: 2}", "{a:1,b:2}")]
    [InlineData("x: [1, ...int] & [_, 2]", "[1,2]")]
    [InlineData("x: _ & {a: _}", "{a:_}")]
    [InlineData("x: \"ab\" & =~\"^a\"", "\"ab\"")]
    [InlineData("x: 'a' & bytes", "'a'")]
    [InlineData("a: {b: 1}\nc: {d: 1}\nx: and([a, c])", "{b:1,d:1}")]
    [InlineData("a: *1 | int\nx: and([a, 2])", "2")]
    [InlineData("x: len({\"abc\", n!: int})", "3")]
    [InlineData("x: {{[matchN(1, [=~\"a\"])]: 5}, a: _, b: _}", "{a:5,b:_}")]
    public void Unification_gives_the_greatest_lower_bound(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: 1 & 2", "x: conflicting values 2 and 1")]
    [InlineData("x: 1 & string", "x: conflicting values 1 and string (mismatched types int and string)")]
    [InlineData("x: 1 & 1.0", "x: conflicting values 1 and 1.0 (mismatched types int and float)")]
    [InlineData("x: number & <130 & 140", "x: invalid value 140 (out of bound <130)")]
    [InlineData("x: {\"a\", n!: int}", "x: cannot combine regular field \"n\" with \"a\"")]
    [InlineData("a: {b: 1}\nc: {b: 2}\nx: and([a, c])", "x.b: conflicting values 2 and 1")]
    [InlineData("x: >10 & <5", "x: incompatible number bounds <5 and >10")]
    [InlineData("x: [1] & [1, 2]", "x: incompatible list lengths (1 and 2)")]
    [InlineData("x: \"b\" & =~\"^a\"", "x: invalid value \"b\" (out of bound =~\"^a\")")]
    [InlineData("x: <\"x\" & 1", "x: conflicting values 1 and <\"x\" (mismatched types int and string)")]
    public void What_cannot_be_both_is_an_error_at_its_path(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Fact]
    public void A_conflict_names_every_operand_and_the_references_that_brought_them_together()
    {
        var error = Assert.Single(Evaluate("#a: v: 3\n#b: v: 4\nx: #a & #b\n").Errors);
        Assert.Equal("x.v", error.Path);
        Assert.Equal(["in.cue:1:8", "in.cue:2:8", "in.cue:3:4", "in.cue:3:9"], error.Positions.Select(static each => each.ToString()));
    }

    [Fact]
    public void Bounds_and_patterns_name_the_bound_first()
    {
        var error = Assert.Single(Evaluate("x: 7\nx: <5\n").Errors);
        Assert.Equal(["in.cue:2:4", "in.cue:1:4"], error.Positions.Select(static each => each.ToString()));
    }

    [Theory]
    [InlineData("a: {n: int}\nx: (a & {n: 2}).n + 1", "3")]
    [InlineData("a: {p: string, g: \"hi \\(p)\"}\nx: (a & {p: \"you\"}).g", "\"hi you\"")]
    [InlineData("x: 2 * 1.5", "3.0")]
    [InlineData("x: 1 / 4", "0.25")]
    [InlineData("x: [1, 2, 3][1]", "2")]
    [InlineData("x: len(\"é\") + len([1, 2]) + len({a: 1, #b: 2})", "5")]
    [InlineData("x: div(-5, 3)", "-2")]
    [InlineData("x: \"ab\" * 2", "\"abab\"")]
    [InlineData("x: {for k, v in {a: 1, b: 2} if v > 1 {\"\\(k)\": v}}", "{b:2}")]
    [InlineData("x: [for v in [1, 2, 3] let w = v * v if w > 1 {w}]", "[4,9]")]
    [InlineData("let y = 2\nx: y + 1", "3")]
    [InlineData("foo: X={x: X.a}\nx: foo & {a: 1}", "{a:1,x:1}")]
    [InlineData("x: {a: b, b: 1}", "{a:1,b:1}")]
    [InlineData("x: Y.z\nY=\"not an identifier\": z: 4", "4")]
    [InlineData("x: {[N=string]: name: N} & {foo: {}}", "{foo:{name:\"foo\"}}")]
    [InlineData("k: \"q\"\nx: {(k): 1}", "{q:1}")]
    [InlineData("x: null | {a: 1}", "null | {a:1}")]
    [InlineData("x: {5, #a: 1}", "5")]
    public void Expressions_compute(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("a?: 1\nx: a", "cannot reference optional field: a")]
    [InlineData("a: {}\nx: a.b", "undefined field: b")]
    [InlineData("a: int\nx: a + 1", "non-concrete value int in operand to +")]
    [InlineData("a: string\nx: \"\\(a)\"", "invalid interpolation: non-concrete value string (type string)")]
    public void What_needs_more_information_is_incomplete_not_wrong(string source, string message)
    {
        var value = Evaluate(source);
        Assert.Empty(value.Errors);
        Assert.Equal(CueErrorCode.Incomplete, value.Lookup("x")!.Error!.Code);
        Assert.Contains(value.Validate(concrete: true), error => error.Message == message);
    }

    [Theory]
    [InlineData("x: {b: 1, a: 2} & {c: 3, a: 2}", "b c a")]
    [InlineData("x: {z: 1}\nx: {y: 1}\nx: {x: 1}", "z y x")]
    [InlineData("x: {z: 1, y: 2} & {b: 1, a: 2}", "b a z y")]
    [InlineData("x: {b: 1, if true {q: 1, p: 1}, a: 1}", "q p b a")]
    [InlineData("e: {z: 1, y: 1}\nx: {b: 1, e, a: 1}", "b a z y")]
    public void Fields_are_in_a_topological_order_of_their_literals(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {a!: int, 2}", "x: cannot combine regular field \"a\" with 2")]
    [InlineData("x: {a!: _, [1]}", "x: cannot combine regular field \"a\" with [1]")]
    [InlineData("x: {a!: {b: 1}, \"b\"}", "x: cannot combine regular field \"a\" with \"b\"")]
    [InlineData("x: {a!: int} & 2", "x: conflicting values {a!:int} and 2 (mismatched types struct and int)")]
    public void A_required_field_is_not_beside_a_value_that_is_no_struct(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("x: {a!: 1 & 2, 2}")]
    [InlineData("x: {a!: a, 2}")]
    [InlineData("x: {a!: y.b, 2}\ny: {}")]
    [InlineData("x: {a!: int, _}")]
    public void A_required_field_that_cannot_be_is_missing(string source)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(["x.a: field is required but not present"], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("x: 100000000000000000000 * 100000000000000000000", "1.000000000000000000000000000000000E+40")]
    [InlineData("x: (1234567890123456789012345678901234567890 + 1) & int", "1.234567890123456789012345678901235E+39")]
    [InlineData("x: 99999999999999999 * 99999999999999999", "9999999999999999800000000000000001")]
    [InlineData("x: 12345678901234567890123456789012345", "12345678901234567890123456789012345")]
    [InlineData("x: div(100000000000000000000 * 100000000000000000000, 3)", "3333333333333333333333333333333333333333")]
    public void Sums_and_products_have_34_digits_those_of_integers_too(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("!=1", "{a:_}")]
    [InlineData("!={}", "{a:_}")]
    [InlineData("!='a'", "{a:_}")]
    [InlineData("!=null", "{a:2}")]
    [InlineData("!=\"b\"", "{a:2}")]
    public void A_pattern_that_no_name_can_be_compared_with_matches_none(string pattern, string expected) => Assert.Equal(expected, Show($"x: {{[{pattern}]: 2, a: _}}", "x"));

    [Theory]
    [InlineData("[_]: null", "x.0: conflicting values 1 and null (mismatched types int and null)", "x.1: conflicting values 2 and null (mismatched types int and null)")]
    [InlineData("[>0]: null", "x.1: conflicting values 2 and null (mismatched types int and null)")]
    [InlineData("[0]: null", "x.0: conflicting values 1 and null (mismatched types int and null)")]
    [InlineData("[X=int]: X", "x.0: conflicting values 0 and 1", "x.1: conflicting values 1 and 2")]
    [InlineData("[string]: null")]
    [InlineData("[1.0]: null")]
    [InlineData("[!=\"a\"]: null")]
    public void A_pattern_matches_elements_by_their_number(string pattern, params string[] expected)
    {
        Assert.Equal(expected, Errors($"x: {{[1, 2], {pattern}}}").Order());
        Assert.Equal(expected, Errors($"x: {{{pattern}, [...]}}\nx: [1, 2]").Order());
    }
}
