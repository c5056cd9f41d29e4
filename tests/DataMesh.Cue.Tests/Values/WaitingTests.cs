using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Comprehensions that wait: what the struct or list is meanwhile to those who ask.</summary>
public sealed class WaitingTests
{
    [Theory]
    [InlineData("b: a.g\na: {f: bool, if f {g: 1}}", "b: undefined field: g")]
    [InlineData("b: \"\\(a.g)\"\na: {f: bool, if f {g: 1}}", "b: invalid interpolation: undefined field: g")]
    [InlineData("b: {if a.g > 1 {h: 1}}\na: {f: bool, if f {g: 1}}", "b: undefined field: g")]
    public void A_field_that_does_not_come_is_not_there(string source, string expected) =>
        Assert.Equal(["a: incomplete bool: bool", expected], Errors(source, concrete: true).Order());

    [Fact]
    public void What_a_struct_lacks_is_told_of_its_fields_once_it_is_determined() =>
        Assert.Equal(["a: incomplete bool: bool"], Errors("a: {f: bool, if f {g: 1}}\nb: a.g", concrete: true));

    [Theory]
    [InlineData("a: {f: int, if f > 0 {g: 1}, if a.g > 0 {h: 1}}", "a: non-concrete value int in operand to >", "a: undefined field: g")]
    [InlineData("a: {f: int, if f > 0 {g: 1}, if a.g != _|_ {h: 1}}", "a: non-concrete value int in operand to >")]
    public void One_that_waits_for_a_field_goes_after_the_one_that_may_add_it(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source, concrete: true).Order());

    [Theory]
    [InlineData("x: [for v in x {v}]", "x: cannot range over x (incomplete type list) @1:14")]
    [InlineData("x: [for v in y {v}]\ny: [for v in x {v}, 1]", "y: cannot range over x (incomplete type list) @2:14")]
    [InlineData("x: [if len(x) > 0 {1}]", "x: error in call to len: incomplete argument list (type list) @1:8 1:4")]
    [InlineData("x: [1, if x[1] > 0 {1}]", "x: index out of range [1] with length 2 @1:13")]
    [InlineData("x: {for k, v in y {(k): v}}\ny: {a: 1} | {b: 1}\n_z: y & {a: 1, b: 1}", "x: unresolved disjunction {a:1} | {b:1} (type struct) @1:5", "y: incomplete value {a:1} | {b:1} @")]
    public void What_goes_over_a_list_that_is_not_known_waits(string source, params string[] expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(expected, Located(source, concrete: true));
    }

    [Theory]
    [InlineData("if len(n) > 0 {k: 1}", "d.n: cannot range over d.v (incomplete) @2:16")]
    [InlineData("e: {if len(n) > 0 {k: 1}}, if len(e) > 0 {k: 1}", "d.n: cannot range over d.v (incomplete) @2:16")]
    [InlineData("v?: [...], if len(n) > 0 {k: 1}", "d.n: cannot reference optional field: v @2:18")]
    [InlineData("e: {if len(n) > 0 {k: 1}}", "d.n: undefined field: v @2:18")]
    public void A_field_that_may_come_yet_is_nothing_to_go_over(string beside, string expected) =>
        Assert.Equal([expected], Located("d: {\n  n: {for x in d.v {a: x}}, " + beside + "\n}", concrete: true));

    [Theory]
    [InlineData("d: _", "for k, v in c {d: (k): x: p: 1}", "for k, v in d for l, w in v.x {d: (k): y: (l): w}", "{\"a\":{\"x\":{\"p\":1},\"y\":{\"p\":1}}}")]
    [InlineData("d: {...}", "for k, v in c {d: \"\\(k)\": x: 1}", "for k, v in d {d: (k): y: 2}", "{\"a\":{\"x\":1,\"y\":2}}")]
    [InlineData("d: {...}", "for k, v in c {d: b: x: 1}", "for k, v in d {d: (k): y: 2}", "{\"b\":{\"x\":1,\"y\":2}}")]
    public void What_is_gone_over_has_the_fields_that_other_clauses_add_whatever_comes_first(string declared, string adds, string goes, string expected)
    {
        Assert.Equal("{\"c\":{\"a\":1},\"d\":" + expected + "}", Json($"c: a: 1\n{declared}\n{adds}\n{goes}"));
        Assert.Equal(expected.Length, Json($"c: a: 1\n{declared}\n{goes}\n{adds}")!.Length - "{\"c\":{\"a\":1},\"d\":}".Length);
    }

    [Theory]
    [InlineData("x: or([for v in y.z {v}])\ny: {}", "x: error in call to or: undefined field: z @1:4 1:19")]
    [InlineData("#D!: _\nx: or([for v in #D {v}])", "#D: field is required but not present @1:1", "x: error in call to or: required field missing: #D @2:4 2:17")]
    public void What_the_list_of_choices_lacks_is_told_of_the_call(string source, params string[] expected) => Assert.Equal(expected, Located(source, concrete: true));

    [Fact]
    public void The_elements_before_a_comprehension_are_there() => Assert.Equal("""{"x":[1,2]}""", Json("x: [1, if x[0] > 0 {x[0] + 1}]"));

    [Theory]
    [InlineData(
        "a: {x: string, (x): 5, (x): 6}",
        "a: key value of dynamic field must be concrete, found _|_(cycle error) @1:25",
        "a: key value of dynamic field must be concrete, found string @1:17 1:8")]
    [InlineData(
        "x: string\na: {(x): 5, (x): 6}",
        "a: key value of dynamic field must be concrete, found string @2:14 1:4",
        "a: key value of dynamic field must be concrete, found string @2:6 1:4",
        "x: incomplete value string @1:4")]
    public void A_name_waits_for_the_fields_of_its_struct(string source, params string[] expected) => Assert.Equal(expected, Located(source, concrete: true));

    [Theory]
    [InlineData("x: string\ny=(x): {d: 4}\na: {c: y.d}")]
    [InlineData("x: string\ny=(x): 4\na: {c: y + 1}")]
    public void A_field_without_a_name_is_told_where_it_is_referred_to(string source) =>
        Assert.Contains("a.c: invalid non-ground value string (must be concrete string) @1:4", Located(source, concrete: true));

    [Theory]
    [InlineData(
        "x: [if (x & true) {3}]",
        "conflicting values true and [if (x & true) {3}] (mismatched types bool and list) @1:4 1:9 1:13",
        "structural cycle @1:9")]
    [InlineData("x: {if (x & true) {b: 3}}", "structural cycle @1:9")]
    [InlineData("x: [if (true & x) != _|_ {3}]")]
    [InlineData("a: y={b: true, x: [for k, v in y if (v & true) != _|_ {k}]}")]
    public void What_a_clause_waits_for_is_no_operand(string source, params string[] expected) => Assert.Equal(expected, Located(source));

    [Theory]
    [InlineData("y & true", "y:_|_(conflicting values true and [if (y & true) {3}] (mismatched types bool and list) (and 2 more errors))")]
    [InlineData("y & 3 & 4", "y:_|_(conflicting values 4 and 3 (and 5 more errors))")]
    [InlineData("y & y & 3 & 4", "y:_|_(conflicting values 4 and 3 (and 5 more errors))")]
    [InlineData("y & [4]", "y:_|_(structural cycle)")]
    public void What_is_wrong_with_an_operand_that_waits_for_its_clause_is_found_again_within(string condition, string expected) =>
        Assert.Contains(expected, string.Join("\n", Errors("a: {_q: error(\"\\(a)\"), y: [if " + condition + " {3}]}")));

    [Theory]
    [InlineData("x: {m: *1 | int, if m == 1 {f: a: {b: 1}}, f: {}, f.a}", "{\"x\":{\"f\":{\"a\":{\"b\":1}},\"m\":1,\"b\":1}}")]
    [InlineData("x: {m: *\"a\" | string, for k in [m] {f: (k): {b: 1}}, f: {}, f.a}", "{\"x\":{\"f\":{\"a\":{\"b\":1}},\"m\":\"a\",\"b\":1}}")]
    [InlineData("x: {m: *1 | int, if m == 2 {f: a: {b: 1}}, f: {}, f.a}", "{\"x\":{\"m\":1,\"f\":{}}}")]
    public void What_is_embedded_waits_for_the_clause_that_adds_it(string source, string expected) =>
        Assert.Equal(expected, Json(source));

    [Theory]
    [InlineData("let y = [for z in w if z > 1 {z}]", "if len(y) == 2 {ok: true}", "for i, q in y {\"q\\(i)\": q}", """{"x":{"w":[1,2,3],"ok":true,"q0":2,"q1":3}}""")]
    [InlineData("let y = {for z in w if z > 2 {\"\\(z)\": z}}", "if len(y) == 1 {ok: true}", "for i, q in y {\"q\\(i)\": q}", """{"x":{"w":[1,2,3],"ok":true,"q3":3}}""")]
    [InlineData("let y = [for z in w if z > 2 {z}]", "if y[0] == 3 {ok: true}", "for v in [for q in y {q}] {\"v\\(v)\": v}", """{"x":{"w":[1,2,3],"ok":true,"v3":3}}""")]
    public void Clauses_that_need_the_same_value_can_stand_beside_each_other(string shared, string first, string second, string expected)
    {
        Assert.Equal(expected, Json($"x: {{\n{shared}\nw: [1, 2, 3]\n{first}\n{second}\n}}"));
        Assert.Equal(expected.Length, Json($"x: {{\n{second}\n{first}\nw: [1, 2, 3]\n{shared}\n}}")!.Length);
    }

    [Fact]
    public void What_is_gone_over_is_all_there_where_other_names_cannot_be_in_it() =>
        Assert.Equal("""{"x":{"ok":true,"q0":2,"w":[1,2],"y":[2],"v":[2],"v2":2}}""", Json("""
            x: {
                w: [1, 2]
                y: [for z in w if z > 1 {z}]
                if y[0] == 2 {ok: true}
                for i, q in y {"q\(i)": q}
                v: [for q in y {q}]
                for q in v {"v\(q)": q}
            }
            """));

    [Fact]
    public void A_clause_may_name_key_and_value_alike() => Assert.Equal("""{"x":{"1":1}}""", Json("x: {for k, k in {a: 1} {\"\\(k)\": 1}}"));

    [Theory]
    [InlineData("p: {q: {b!: int}, for k, v in q {(k): v}}", "p: missing required field in for comprehension: b @1:19 1:4 1:9 1:31")]
    [InlineData("p: {q: {if true {b!: int}}, r: {for k, v in q {(k): v}}}", "p.r: missing required field in for comprehension: b @1:33 1:9 1:18 1:45")]
    public void What_is_required_is_told_with_what_led_to_it(string source, string expected) =>
        Assert.Contains(expected, Located(source, concrete: true));

    [Theory]
    [InlineData("x: {m: {p: 1, q: 2}, l: [for k, _ in m {k}], (\"n\" + l[0]): l, \"\\(l[1])\": 3}", """{"x":{"q":3,"m":{"p":1,"q":2},"l":["p","q"],"np":["p","q"]}}""")]
    [InlineData("x: {m: {p: 1, q: 2}, l: [for k, _ in m {k}], \"\\(l[1])\": m, k: l[0], (k): 3}", """{"x":{"m":{"p":1,"q":2},"l":["p","q"],"k":"p","p":3,"q":{"p":1,"q":2}}}""")]
    public void A_name_that_is_taken_from_a_list_waits_for_it(string source, string expected) =>
        Assert.Equal(expected.Length, Json(source)!.Length);

    [Fact]
    public void What_a_function_has_read_can_be_gone_over_beside_it() =>
        Assert.Equal("""{"x":{"a":{"c":1},"b":{"c":1},"zc":1}}""", Json("import \"encoding/json\"\nx: {a: {c: 1}, b: json.Unmarshal(json.Marshal(a)), for k, v in b {\"z\\(k)\": v}}"));
}
