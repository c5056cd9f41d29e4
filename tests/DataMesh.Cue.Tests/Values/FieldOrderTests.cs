using DataMesh.Cue.Export;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class FieldOrderTests
{
    [Theory]
    [InlineData("x: {b: 1, a: 1}", "b a")]
    [InlineData("x: {d: 1, c: 1} & {b: 1, a: 1}", "b a d c")]
    [InlineData("x: {a: 1, d: 1} & {a: 1}\nx: {c: 1} & {b: 1}", "a b c d")]
    [InlineData("x: {h: 1, g: 1, a: 1, b: 1} & {h: 1, a: 1, b: 1, g: 1}", "h a b g")]
    public void Operands_say_nothing_about_each_other_and_what_contradicts_goes_by_name(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {d: 1, c: 1}\nx: {b: 1, a: 1}", "d c b a")]
    [InlineData("x: {b: 1, a: 1}\nx: {a: 1, b: 1}", "b a")]
    [InlineData("x: {d: 1, b: 1}\nx: {b: 1, a: 1} & {c: 1}", "d b a c")]
    [InlineData("x: {d: 1}\nx: s\nx: {b: 1}\ns: {c: 1}", "d c b")]
    [InlineData("x: {z: 1}\nx: s\ns: {e: 1}\ns: {b: 1}", "z b e")]
    public void Declarations_follow_each_other_and_the_first_decides(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {c: 1, {z: 1, y: 1}, a: 1}", "z y c a")]
    [InlineData("x: {c: 1, a: 1, {z: 1, y: 1}}", "c a z y")]
    [InlineData("x: {z: 1, {d: 1}, y: 1, {c: 1}, d: 1}", "d z y c")]
    [InlineData("x: {c: 1, s, t, a: 1}\ns: {z: 1, y: 1}\nt: {x: 1, b: 1}", "z y c a x b")]
    [InlineData("x: {s, {f: 1, {g: 1, b: 1}}, a: 1, b: 1}\ns: {b: 1, g: 1}", "b g f a")]
    [InlineData("x: {z: 1, x: 1, {y: Y}, let Y = 1}", "y z x")]
    [InlineData("x: {z: 1, {p: 1}, {m: 1}, [=~\"p\"]: 1, {n: 1}}", "p m z n")]
    [InlineData("x: {(\"h\"): 1, {d: 1}, c: 1}", "h c d")]
    [InlineData("x: {e: 1, {d: 1}, (z): 1}\nz: \"c\"", "d e c")]
    [InlineData("x: {z: 1, s, {b: 1}, (j): 1}\ns: {c: 1, f: 1}\nj: \"f\"", "c f b z")]
    public void Literals_are_placed_by_their_last_label_or_by_what_they_embed_last(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("_n: 1", "_n b a")]
    [InlineData("#n: 1, c: 2", "#n b a c")]
    [InlineData("c: 1, _n: 2", "b a c _n")]
    public void What_a_call_of_a_package_makes_has_no_place_beside_the_fields_around_it(string fields, string expected) =>
        Assert.Equal(expected, FieldNames("import \"encoding/json\"\nx: {json.Unmarshal(\"{\\\"b\\\": 1, \\\"a\\\": 2}\"), " + fields + "}"));

    [Theory]
    [InlineData("x: T & {n: {z: 1, n: y: 1}}\nT: {b: 1, n?: T}", "x.n", "z n b")]
    [InlineData("T: {b: 1, n?: T}\nx: T & {n: {z: 1, n: y: 1}}", "x.n", "b n z")]
    [InlineData("U: {b: 1, n?: T}\nx: T & {n: {z: 1, n: y: 1}}\nT: {b: 1, n?: U}", "x.n", "b n z")]
    [InlineData("U: {b: 1, n?: T}\nx: T & {n: {z: 1, n: y: 1}}\nT: {b: 1, n?: U}", "x.n.n", "y b n")]
    [InlineData("x: T & {n: z: {}}\nT: {[!=\"b\"]: T, b: 1}", "x.n", "z b")]
    [InlineData("x: T & {n: [{z: 1}]}\nT: {b: 1, n?: [...T]}", "x.n.0", "z b n")]
    [InlineData("x: T & {n: {z: 1, n: y: 1}}\nT: {n?: T, if true {c: 1}, if true {b: 1}}", "x.n", "z n c b")]
    [InlineData("T: {n?: U, b: 1}\nx: T & {n: n: n: {z: 1, n: y: 1}}\nU: {n?: T, b: 1}", "x.n.n.n", "z n b")]
    [InlineData("x: T & {n: m: {}}\nT: {n?: T, m?: S}\nS: {z: 1, if true {c: 1}}", "x.n.m", "z c")]
    public void What_comes_round_stands_where_it_is_written(string source, string path, string expected) => Assert.Equal(expected, FieldNames(source, path));

    [Theory]
    [InlineData("x: {for k in [\"c\", \"b\"] {(k): 1, (k + \"2\"): 1}, a: 1}", "c c2 b b2 a")]
    [InlineData("x: {b: 1, for i in [\"h\", \"c\"] {(i): 1, (i + \"2\"): 1}, c: 1}", "c h2 h c2 b")]
    [InlineData("for k in [\"c\", \"b\"] {x: (k): 1, x: (k + \"2\"): 1}", "c c2 b b2")]
    [InlineData("x: {for k in [\"1\", \"0\"] {if k == \"0\" {b: 1}, if k == \"1\" {p: 1}}}", "b p")]
    [InlineData("x: {e: 1, s, a: 1}\ns: {for n in [\"d\", \"c\"] {(n): 1}}", "e a d c")]
    [InlineData("x: {y: {}, a: 1, for j in [\"c\", \"d\"] {y: (j): 1}}", "a y")]
    [InlineData("x: {for i in [\"b\", \"a\"] for j in [\"d\", \"c\"] {(i): 1, (i + j): 1}}", "b bd bc a ad ac")]
    [InlineData("x: {for i in [\"b\", \"a\"] {for j in [\"1\", \"0\"] {(i): 1, (i + j): 1}}}", "b b1 b0 a a1 a0")]
    [InlineData("x: {for i in [\"s\", \"p\"] for j in [\"q\", \"s\"] {(j + \"1\"): 1, (i + \"1\"): 1, (j + i): 1}}", "q1 s1 qs ss p1 qp sp")]
    [InlineData("x: {for i in [\"p\", \"s\"] {for j in [\"s\", \"q\"] {(i): 1, (i + j): 1}, (i + i): 1}}", "p ss ps s pq sq pp")]
    [InlineData("x: {z: 1, e: 1, for i in [\"q\", \"r\"] {z: 1, f: 1}, for i in [\"q\", \"r\"] {z: 1, g: 1}}", "e z f g")]
    [InlineData("x: {z: 1, e: 1, for i in [\"q\", \"r\"] {z: 1, f: 1, if true {g: 1}}}", "z e f g")]
    public void Loops_go_round_by_round(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {for k in [\"d\", \"c\", \"e\"] {let T = k, (T): 1}}", "e c d")]
    [InlineData("x: {m: \"1\", for k in [\"d\", \"c\", \"e\"] {(k + m): 1, (k): 1}}", "m e1 d c1 c d1 e")]
    [InlineData("x: {for k in [\"d\", \"c\", \"e\"] let T = k {(T): 1}}", "d c e")]
    public void Names_that_depend_on_other_fields_of_the_struct_come_up_after_the_others_and_the_last_first(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {e: 1, c: 1} & ({f: 1} | 1) & {d: 1}", "e c f d")]
    [InlineData("x: {z: 1} & {c: 1} & ({f: 1} | 1) & {h: 1} & {g: 1}", "c z f g h")]
    [InlineData("x: {z: 1} & (1 | {d: 1} & {c: 1} & {a: 1})", "z d c a")]
    [InlineData("x: (y | 1) & {b: 1}\ny: {b: 1, a: 1}", "a b")]
    public void Disjuncts_stand_where_they_are_written(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {z: 1} & {c: 1} & ({f: 1} | {g: 1}) & {h: 1} & {d: 1}", "{z:1,c:1,f:1,h:1,d:1} | {z:1,c:1,g:1,h:1,d:1}")]
    [InlineData("x: ({b: 1, a: 1} | {b: 1, a: 1, c: 1}) & {b: 1}", "{b:1,a:1} | {b:1,a:1,c:1}")]
    public void Operands_are_in_order_where_a_choice_is_left(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: {d: 1} & (*{f: 1, e: 1} | {c: 1, b: 1}) & {a: 1}", "d f e a", "a d f e")]
    [InlineData("x: *({d: 1, c: 1} & {b: 1, a: 1}) | 1", "d c b a", "b a d c")]
    [InlineData("x: #y & {z: 1, b: 2}\n#y: {\n{b: int} | {b: string}\n*{m: null} | {n: null}\n...\n}", "b m z", "m z b")]
    public void A_default_is_one_of_several_disjuncts_until_it_is_written_as_data(string source, string fields, string data)
    {
        Assert.Equal(fields, string.Join(" ", Evaluate(source).Lookup("x")!.Default!.Fields.Select(static each => each.Label)));
        Assert.True(JsonExporter.TryExport(Evaluate(source).Lookup("x")!, out var json, out _));
        Assert.Equal(data, string.Join(" ", json.Split(',').Select(static member => member.Split('"')[1])));
    }

    [Fact]
    public void Cue_text_has_the_default_of_a_field_as_a_disjunct_and_that_of_an_element_as_data()
    {
        var source = "x: {d: 1} & (*{f: 1} | {c: 1}) & {a: 1}\ny: [x]";
        Assert.True(CueExporter.TryExport(Evaluate(source), CueExportOptions.Evaluation, out var text, out _));
        Assert.Equal("x: { d: 1 f: 1 a: 1 } y: [{ a: 1 d: 1 f: 1 }]", string.Join(" ", text.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries)));
    }

    [Theory]
    [InlineData("x: {for k, v in y {(k): v}}\ny: ({c: 1, b: 1} | *{f: 1, e: 1}) & {z: 1, a: 1}", "z a f e")]
    [InlineData("x: {for k, v in y {(k): v}}\ny: ({f: 1, e: 1} | 5) & {z: 1, a: 1}", "z a f e")]
    [InlineData("x: {for k, v in y {(k): v}}\ny: {f: 1, e: 1} & {z: 1, a: 1}", "f e z a")]
    public void A_loop_over_a_disjunct_meets_its_fields_as_they_came_about(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {w: 1, r: 5, b: 1}\nx: d\nd: {if true {w: 1, a: 7}}", "w r b a")]
    [InlineData("x: {w: 1, r: 5, b: 1}\nx: d\nd: {s}\ns: {w: 1, a: 7}", "w r b a")]
    [InlineData("x: {w: 1, r: 5, b: 1}\nx: d\nd: {w: 1, a: 7}\nd: {}", "w r b a")]
    [InlineData("x: {w: 1, r: 5, b: 1}\nx: {d}\nd: {w: 1, a: 7}", "b r w a")]
    [InlineData("x: {w: 1, r: 5, b: 1}\nx: d\nd: {if true {w: 1, a: 7}, c: 1}", "b r w a c")]
    public void A_literal_without_labels_is_beside_nothing_that_came_along_with_it(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("x: {{e: 1, a: 1}, s}\ns: {a: 1, f: 1, e: 1}", "a e f")]
    [InlineData("x: {{f: 1}, s, {c: 1}}\ns: {b: 1, f: 1}", "b f c")]
    [InlineData("x: {{e: 1, a: 1}, {s}}\ns: {f: 1, e: 1}", "a e f")]
    public void What_only_embeds_is_beside_what_it_embeds(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("a: p: {d: 1, c: 1}\nb: p: {b: 1, a: 1}\nw: b & a\nx: w.p", "b a d c")]
    [InlineData("a: p: {d: 1, c: 1}\nb: p: {b: 1, a: 1}\nw: a & b\nx: w.p", "d c b a")]
    [InlineData("b: {e: 1, {d: 1, a: 1}}\nx: b & b", "e d a")]
    [InlineData("b: {e: 1, {d: 1, a: 1}}\nx: b & {}", "d a e")]
    [InlineData("#b: {n: 1, d: 1, ...}\ns: [string]: #b & {n: 1}\ns: f: {z: 1}\nt: [...#b]\nt: [s.f]\nx: t[0]", "d n z")]
    [InlineData("#b: p: {n: 1, v: 1}\ns: {#b, p: {v: 1}}\nw: s & #b\nx: w.p", "v n")]
    [InlineData("y: d: y.u\ny: [_]: {d: d: 1, d: c: 1}\ny: u: _\nx: y.d.d", "c d")]
    public void Fields_further_down_follow_the_references_above(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("a: {\n\tb\n\tb: {b: f: 1}\n}\nx: a.b", "f b")]
    [InlineData("a: {\n\tb\n\tb: {b: f: 1}\n}\na: a.b\nx: a.b", "b f")]
    [InlineData("a: a.b\na: {\n\tb\n\tb: {b: f: 1}\n}\nx: a.b", "f b")]
    [InlineData("a: {\n\tb\n\tb: {b: f: 1}\n\tb\n}\nx: a.b", "b f")]
    [InlineData("x: {\n\tc\n\tc: {b: 1, y: 1}\n\ty: 1\n}\nx: x.c", "c y b")]
    [InlineData("x: {\n\tk\n\ty: 1\n}\nx: k\nk: z: 1", "y z")]
    public void Fields_of_a_field_of_the_struct_come_with_the_last_reference_to_it(string source, string expected) => Assert.Equal(expected, FieldNames(source));

    [Theory]
    [InlineData("a: {p: 1, q: 2}\ny: a & {r: 3}", "r p q")]
    [InlineData("a: {p: 1, q: 2}\ny: {a, r: 3}", "r p q")]
    [InlineData("a: {p: 1, q: 2}\nb: {t: 1}\ny: b & {u: 1} & a", "u t p q")]
    [InlineData("a: c: {p: 1, q: 2}\nb: a & {c: r: 3}\ny: b.c", "r p q")]
    public void Clauses_meet_fields_as_they_came_about(string source, string expected) => Assert.Equal(expected, FieldNames(source + "\nx: {for k, _ in y {\"\\(k)\": 1}}"));

    [Fact]
    public void Many_operands_with_many_labels_are_sorted_quickly()
    {
        var operands = string.Join(" & ", Enumerable.Range(0, 200).Select(static i => $"{{a{i}: 1, b{i}: 1}}"));
        Assert.Equal(800, FieldNames($"x: {operands}\nx: {operands.Replace("a", "c").Replace("b", "d")}").Split(' ').Length);
    }
}
