using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Comprehensions that depend on the fields of what they add fields to.</summary>
public sealed class FieldSetTests
{
    [Theory]
    [InlineData("x: {a: 1, for k, v in x {(k + \"q\"): v}}", "x", "aq")]
    [InlineData("x: {a: 1, for k, v in x {b}}\nb: c: 1", "x", "c")]
    [InlineData("x: {a: 1, for v in x {(\"c\"): 1}}", "x", "c")]
    [InlineData("x: {a: 1}\nfor k, v in x {x: \"\\(k)q\": v}", "x", "aq")]
    [InlineData("x: {a: 1, for k, v in b {(k): v}}\nb: {c: 1, for k, v in x {(k): v}}", "x", "c")]
    [InlineData("x: {a: {b: 1}, for k, v in x if len(v) > 0 {(k): {c: 1}}}", "x.a", "c")]
    [InlineData("x: {a: 1, if b.a > 0 {(c): 1}}\nb: {for k, v in x {(k): v}}\nc: \"d\"", "x", "d")]
    public void A_field_that_is_named_too_late_is_an_error(string source, string path, string field) =>
        Assert.Equal([$"{path}: adding field {field} not allowed as field set was already referenced"], Errors(source));

    [Theory]
    [InlineData("x: {a: 1, for k, v in x {b: v}}", "{a:1,b:1}")]
    [InlineData("x: {a: 1, for k, v in x {if true {b: v}}}", "{a:1,b:1}")]
    [InlineData("x: {a: int, for k, v in x {(k): 1}}", "{a:1}")]
    [InlineData("x: {a: 1, (b): 2}\nb: \"\\(len(x))\"", "{a:1,\"1\":2}")]
    [InlineData("x: {a: 1, if len(x) > 0 {(b): 1}}\nb: \"c\"", "{a:1,c:1}")]
    [InlineData("for k, v in x {x: b: v}\nx: {a: 1}", "{b:1,a:1}")]
    [InlineData("#D: {p: _, d: {}, for k, v in p {d: (k): v}}\nx: {for i in [{a: 1}] {let l = #D & {p: i}, for k, v in l.d {(k): v}}}", "{a:1}")]
    [InlineData("#D: {p: _, d: {}, for k, v in p {d: (k): v}}\nx: {for i in [{a: 1}] {let l = #D & {p: i}, b: l.d.a}}", "{b:1}")]
    public void A_field_that_a_literal_names_and_one_that_is_there_can_be_added(string source, string expected) =>
        Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: {a: 1, if len(x) > 0 {b: 1}}", "b")]
    [InlineData("x: {a: 1}\nn: len(x)\nif n > 0 {x: b: 1}", "b")]
    [InlineData("x: {a: 1, if len(x) > 0 {b: 1, c: 1}}", "c")]
    public void What_is_computed_of_a_struct_cannot_decide_on_a_field_of_it(string source, string field) =>
        Assert.Equal($"_|_(Incomplete: cyclic reference to field {field})", Show(source));

    [Theory]
    [InlineData("x: {if x.a == _|_ {a: 1}}", "cyclic reference to field a")]
    [InlineData("x: {a: 1, if x.b > 0 {b: 1}}", "cyclic reference to field b")]
    [InlineData("x: {if y.a == _|_ {b: 1}}\ny: {if x.b == _|_ {a: 1}}", "cyclic reference to field a")]
    [InlineData("y: {if x.b == _|_ {a: 1}}\nx: {if y.a == _|_ {b: 1}}", "undefined field: a")]
    [InlineData("x: {a?: int, if a == _|_ {a: 1}}", "circular dependency in evaluation of conditionals: a changed after evaluation")]
    [InlineData("x: {a?: int, b?: int, if a == _|_ {b: 1}, if b != _|_ {a: 1}}", "circular dependency in evaluation of conditionals: a changed after evaluation")]
    [InlineData("x: {a?: int, b?: int, if b != _|_ {a: 1}, if a == _|_ {b: 1}}", "circular dependency in evaluation of conditionals: b changed after evaluation")]
    [InlineData("x: {a: x != _|_}", "circular dependency in evaluation of conditionals: x changed after evaluation")]
    public void A_condition_on_what_depends_on_it_has_no_answer(string source, string expected) =>
        Assert.Equal($"_|_(Cycle: {expected})", Show(source));

    [Theory]
    [InlineData("x: {a?: int, b?: int, if a == _|_ {b: 1}, if b != _|_ {c: 1}}", "{a?:int,b:1,c:1}")]
    [InlineData("x: {if b != _|_ {c: 1}, a?: int, if a == _|_ {b: 1}, b?: int}", "{c:1,b:1,a?:int}")]
    [InlineData("x: {a?: int, b?: int, if a == _|_ {b: 1}, if b == _|_ {a: 1}}", "{a?:int,b:1}")]
    [InlineData("x: {a: int, if x.a != _|_ {a: 1}}", "{a:int}")]
    public void Conditions_are_decided_in_order_where_they_depend_on_each_other(string source, string expected) =>
        Assert.Equal(expected, Show(source));

    [Fact]
    public void What_is_incomplete_hides_what_is_circular()
    {
        Assert.Equal(["c: incomplete value int"], Errors("a: b + 1\nb: a + 1\nc: int", concrete: true));
        Assert.Equal(2, Errors("a: b + 1\nb: a + 1", concrete: true).Length);
    }

    [Theory]
    [InlineData("{}", "{b:1}")]
    [InlineData("{d: 1}", "_|_(Incomplete: undefined field: c)")]
    public void A_comprehension_that_adds_nothing_stops_no_loop(string body, string expected) =>
        Assert.Equal(expected, Show($"x: {{for k, v in y.o {{b: 1}}}}\ny: o: {{a: 1, for k in z.c {body}}}\nz: {{}}"));

    [Theory]
    [InlineData("for k, v in x if v.y == _|_ {(k): y: 1}", "{\"x\":{\"a\":{\"y\":1}}}")]
    [InlineData("if true let k = \"a\" if a.y == _|_ {(k): y: 1}", "{\"x\":{\"a\":{\"y\":1}}}")]
    [InlineData("let k = \"a\", if a.y == _|_ {(k): y: 1}", null)]
    public void A_condition_behind_a_name_is_asked_once(string clause, string? expected) =>
        Assert.Equal(expected, Json($"x: {{a: {{}}, {clause}}}"));

    [Fact]
    public void A_condition_that_gets_no_answer_leaves_others_without() =>
        Assert.Equal(["x: cyclic reference to field a", "x: undefined field: b"], Errors("x: {\nif x.a == _|_ {b: 1}\nif x.b == _|_ {a: 1}\n}", concrete: true));

    [Fact]
    public void What_depends_on_a_condition_without_answer_has_an_error_of_its_own() =>
        Assert.Contains("p.a.b: undefined field: e", Errors("p: {\na: {if b {c: 1}, b: d.e}\nd: {if f {e: true}, f: a.c}\n}", concrete: true));

    [Fact]
    public void What_is_wrong_with_a_field_is_so_whatever_a_clause_lacks() =>
        Assert.Equal("{a:int,f:_|_(x.f: conflicting values 1 and 2)}", Show("y: {a: int, if a > 0 {b: 1}, f: 1}\nx: y & {f: 2}"));

    [Theory]
    [InlineData("{if false {a: 1}, string}", "{}")]
    [InlineData("{if false {a?: 1}, string}", "{}")]
    [InlineData("{if false {if true {a: 1}}, int}", "{}")]
    [InlineData("{if false {#a: 1}, string}", "string")]
    [InlineData("{if false {a: 1}, 5}", "5")]
    [InlineData("{if false {a: 1}, null | string}", "null | {}")]
    public void A_field_that_a_comprehension_could_have_added_is_of_a_struct_unless_it_is_something_else(string value, string expected) =>
        Assert.Equal(expected, Show("x: " + value, "x"));

    [Theory]
    [InlineData("list.MaxItems(3)", "list")]
    [InlineData("struct.MaxFields(3)", "struct")]
    public void What_is_only_known_to_be_a_container_has_nothing_to_range_over(string value, string type) =>
        Assert.Contains($"a: cannot range over h (incomplete type {type})", Errors($"import \"{type}\"\na: {{for k, v in h {{}}}}\nh: {value}", concrete: true));
}
