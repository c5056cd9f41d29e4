using System.Globalization;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Structural cycles: which structures are infinite, and which only look it.</summary>
public sealed class StructuralCycleTests
{
    [Theory]
    [InlineData("#A: {b: #B}\n#B: {a: #A}", "#B.a: structural cycle")]
    [InlineData("x: #A & {}\n#A: {b: #B}\n#B: {a: #A}", "#A.b: structural cycle")]
    [InlineData("A: {b: B & {}}\nB: {a: A & {}}", "A.b.a.b: structural cycle")]
    [InlineData("A: {b: B}\nB: {a: C}\nC: {c: A}", "C.c: structural cycle")]
    [InlineData("a: [b]\nb: [a]", "b.0: structural cycle")]
    [InlineData("b: c: d: a\na: b.c", "a: structural cycle")]
    [InlineData("#A: {b?: #B}\n#B: {a: #A}", "#B.a: structural cycle")]
    [InlineData("#B: {a: #A}\n#A: {b?: #B}")]
    [InlineData("D: a?: T\nT: b: D", "T.b: structural cycle")]
    [InlineData("T: b: D\nD: a?: T")]
    [InlineData("A: {b: [...B]}\nB: {a: A}")]
    [InlineData("A: {b: [string]: B}\nB: {a: A}")]
    public void Vertices_that_hold_each_other_are_a_cycle_where_it_closes(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source));

    [Theory]
    [InlineData("x: {x.a, a: a: x}", "x.a.a: structural cycle")]
    [InlineData("x: L={L.a, a: b: L}", "x.a.b: structural cycle", "x.b: structural cycle")]
    [InlineData("x: y & {a: {a: x, c: 1}}\ny: x.a", "x.a.a: structural cycle")]
    [InlineData("out: t.out\nt: {r: L={L.a}, d: M={a: a: M}, out: r & d}", "t.d.a.a: structural cycle", "t.out.a.a: structural cycle")]
    public void What_holds_one_of_its_own_fields_gets_back_what_it_handed_on(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("x: A & {b: 1}\nA: {a: A}", "A.a: structural cycle")]
    [InlineData("A: {a: A}\nx: A & {b: 1}\ny: A", "A.a: structural cycle")]
    [InlineData("a: b: c: d: t: r\nr: a.b\nx: a.b.c", "r: structural cycle")]
    public void What_refers_to_a_cycle_has_its_error(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("y: [string]: b: y\nx: y\nx: c: b: e: b: c: _")]
    [InlineData("a: [string]: b: a\nx: a\nx: c: b: c: b: c: {}")]
    [InlineData("_D: [string]: x: _T\n_T: y: _D\n[string]: _D\n[string]: b: x: y: c: x: {}\na: {}")]
    [InlineData("#T: a: [string]: link: #T\na: #T & {a: one: link: a: two: {}}")]
    [InlineData("#T: a: [...{link: #T}]\na: #T & {a: [{link: a: [{}]}]}")]
    [InlineData("y: [string]: b: y\nx: y\nx: c: y", "x.c.b.b.b.b.b: structural cycle")]
    [InlineData("#T: {[string]: #T, b: {}}", "#T.b.b: structural cycle")]
    [InlineData("#T: {a: [string]: link: #T, a: b: {}}\na: #T & {a: one: link: a: two: {}}", "#T.a.b.link: structural cycle")]
    [InlineData("#T: {a: [...{link: #T}], a: [{}]}", "#T.a.0.link: structural cycle")]
    public void Patterns_go_on_as_far_as_there_are_fields(string source, params string[] expected) => Assert.Equal(expected, Errors(source));

    [Theory]
    [InlineData("x: A & {}\nA: {b: B & {}}\nB: {a: A & {}}", "x.b.a.b.a: structural cycle")]
    [InlineData("a: {b: {}, c: a & b}", "a.c.c: structural cycle")]
    [InlineData("schema: next: _s\nlet _s = schema", "schema.next: structural cycle")]
    public void A_cycle_is_found_where_nothing_new_is_said(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("y: {b: a} & a\na: b: b: a", "y.b.b.b.b.b.b: structural cycle")]
    [InlineData("y: {b: b: b: a} & a\na: b: b: a", "y.b.b.b.b.b.b: structural cycle")]
    [InlineData("y: {b: b: c: 1} & a\na: b: a", "y.b.b.b: structural cycle")]
    [InlineData("y: {b: b: c: 1} & a\na: b: b: a")]
    [InlineData("y: a & c\na: b: b: a\nc: b: b: c", "y.b.b.b.b: structural cycle")]
    [InlineData("y: a & c\na: b: b: a\nc: b: b: b: c", "y.b.b.b.b.b.b.b.b: structural cycle")]
    [InlineData("y: a & c & d\na: b: a\nc: b: c\nd: b: b: d", "y.b.b.b: structural cycle")]
    [InlineData("y: {b: b: b: c} & a\na: b: b: b: a\nc: b: c", "y.b.b.b.b.b: structural cycle")]
    public void Values_that_come_round_beside_each_other_end_when_all_of_them_did(string source, params string[] expected) =>
        Assert.Equal(expected, Errors(source).Where(static error => error.StartsWith('y')));

    [Theory]
    [InlineData("a: {y: _ & a}", "a.y: structural cycle")]
    [InlineData("a: {y: a}\na: {y: _}", "a.y: structural cycle")]
    [InlineData("a: {y: a & a}", "a.y: structural cycle")]
    [InlineData("a: {y: {} & a}", "a.y.y: structural cycle")]
    [InlineData("#A: #A & #B\n#B: 1 & {}", "#B: conflicting values 1 and {} (mismatched types int and struct)")]
    [InlineData("b: a & _\na: 1 & {y?: a}", "a: conflicting values 1 and {y?:a} (mismatched types int and struct)")]
    public void What_is_said_of_nothing_but_another_value_is_that_value(string source, params string[] expected) => Assert.Equal(expected, Errors(source));

    [Fact]
    public void What_is_wrong_is_told_of_the_first_of_all_that_share_a_value() =>
        Assert.Equal(["a.y: incomplete value int", "b.y: incomplete value int"], Errors("a: {y: int}\nb: c\nc: a\nd: c", concrete: true));

    [Fact]
    public void A_reference_from_every_round_of_a_loop_is_another_one() =>
        Assert.Equal("_|_(Eval: conflicting values 2 and 1)", Show("x: joe: _\nfor k in [1, 2] {x: joe: k}", "x.joe"));

    [Theory]
    [InlineData("X: or([A, B])\nA: {X, t: \"a\"}\nB: {X, t: \"b\"}", "structural cycle @1:4")]
    [InlineData("#X: {t!: string, ...}\n#X: or([#A, #B])\n#A: {#X, t!: \"a\"}\n#B: {#X, t!: \"b\"}", "structural cycle @2:5")]
    [InlineData("X: or([A, B])\nA: {X, t: \"a\"}\nB: {t: \"b\"}")]
    [InlineData("X: or([{X, t: \"a\"}, {X, t: \"b\"}])")]
    [InlineData("X: A | B\nA: {X, t: \"a\"}\nB: {X, t: \"b\"}")]
    public void A_call_that_offers_only_what_is_made_of_it_has_no_end(string source, params string[] expected) => Assert.Equal(expected, Located(source));

    [Fact]
    public void Data_goes_before_recursion() =>
        Assert.Equal("{h:2,t:null | {h:int,t:null}}", Show("L: {h: int, t: null | L}\na: L & {h: 1, t: {h: 2}}\nx: a.t"));

    [Fact]
    public void Definitions_that_embed_the_disjunction_of_themselves_end()
    {
        const string source = "#X: {type!: string, ...}\n#X: #A | #B\n#A: {#X, type!: \"a\", x?: int}\n#B: {#X, type!: \"b\", y!: int}\n";

        Assert.Empty(Errors(source));
        Assert.Equal("{\"x\":{\"type\":\"b\",\"y\":1}}", Json(source + "x: #X & {type: \"b\", y: 1}"));
    }

    [Fact]
    public void The_same_disjunction_counts_once() =>
        Assert.Equal("{x:1} | {y:2}", Show("T: {x: 1} | {y: 2}\na: T\nb: T\nx: a & b & T"));

    private static string? Json(string source) =>
        JsonExporter.TryExport(Evaluate(source), out var json, out _) ? json : null;

    [Theory]
    [InlineData("a: b: c: {a}.b", "a.b.c.c: structural cycle")]
    [InlineData("a: b: c: d: {a.b}.c", "a.b.c.d.d: structural cycle")]
    [InlineData("F: {out: [(F & {}).out]}", "F.out.0.0: structural cycle")]
    [InlineData("F: {out: {if true {a: (F & {}).out}}}", "F.out.a.a: structural cycle")]
    [InlineData("F: {out: (F & {}).out}", "structural cycle")]
    [InlineData("a: b: [a][0]", "a.b: structural cycle")]
    [InlineData("a: b: {x: y: a}.x", "a.b.y: structural cycle")]
    [InlineData("a: {c: d: b, b: [a.c][0]}", "a.b: structural cycle")]
    [InlineData("a: b: c: indirect\nindirect: [a.b, null][0]", "indirect: structural cycle")]
    public void Operands_that_hold_what_they_are_in_are_a_cycle_where_it_comes_round(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("#F: {n: int, out: {if n < 1 {7}, if n >= 1 {(#F & {\"n\": n - 1}).out}}}\nx: (#F & {n: 60}).out", "7")]
    [InlineData("#F: {n: int, out: {if n < 1 {7}, if n >= 1 {(#F & {\"n\": n - 1}).out}}}\nx: (#F & {n: 300}).out", "7")]
    [InlineData("#F: {n: int, out: {if n < 1 {a: 7}, if n >= 1 {a: (#F & {\"n\": n - 1}).out}}}\nx: (#F & {n: 2}).out", "{a:{a:{a:7}}}")]
    [InlineData("#R: {x: _, out: 7, if (x & int) != _|_ {out: (#R & {x: 1}).out}}\nx: (#R & {x: \"s\"}).out", "7")]
    public void Data_ends_a_recursion_by_way_of_an_operand(string source, string expected) => Assert.Equal(expected, Show(source, "x"));

    [Theory]
    [InlineData("p: {let P = {p}, x: y: 1, P.x}\nx: p", "{x:{y:1},y:1}")]
    [InlineData("p: {let P = {p}, x: y: 1, P}\nx: p", "{x:{y:1}}")]
    public void A_struct_takes_a_part_of_itself_once(string source, string expected) => Assert.Equal(expected, Show(source, "x"));

    [Fact]
    public void What_is_referred_to_time_and_again_counts_once()
    {
        const int Count = 60;
        var source = string.Concat(Enumerable.Repeat("a: f: {y: string, res: a.b.c & {d: y}}\na: b: c: {d: string, s: \"a\" + d}\na: b: [string]: {d: string, s: \"a\" + d}\n", Count)) + "r: a.f & {y: \"c\"}";
        var context = new CueContext(new CueOptions { MaxSteps = 60_000 });

        Assert.Equal("{d:\"c\",s:\"ac\"}", context.Build("in.cue", source).Value.Lookup("r.res")!.ToString());
    }

    [Theory]
    [InlineData("(f & {{in: k{0}}}).out")]
    [InlineData("{{out: {{(f & {{in: k{0}}}).out}}}}.out")]
    public void Chains_of_operands_take_time_that_grows_with_them(string link)
    {
        const int Count = 30;
        var source = "f: {in: number, out: in}\nk0: 7\n" + string.Concat(Enumerable.Range(0, Count).Select(i => $"k{i + 1}: {string.Format(CultureInfo.InvariantCulture, link, i)}\n"));
        var context = new CueContext(new CueOptions { MaxSteps = 100_000 });

        Assert.Equal("7", context.Build("in.cue", source).Value.Lookup($"k{Count}")!.ToString());
    }

    [Theory]
    [InlineData("import \"list\"\nx: list.FlattenN(x, -1)\nx: [1, 2]", "[1,2]")]
    [InlineData("import \"list\"\nx: list.FlattenN(y, 0)\ny: list.FlattenN(x, 0)\nx: [1]", "[1]")]
    public void What_a_function_gives_back_unchanged_adds_nothing(string source, string expected) => Assert.Equal(expected, Show(source));

    [Theory]
    [InlineData("x: matchN(1, [x])\ny: x & 3", "y: invalid value 3 (does not satisfy matchN): structural cycle")]
    [InlineData("d: matchN(0, [d, {}])\ne: d & {a: 1}", "e: invalid value {a:1} (does not satisfy matchN): structural cycle")]
    [InlineData("c: matchN(1, [{d: c}])\nc: d: {}", "c.d.d: invalid value {d:{}} (does not satisfy matchN): structural cycle")]
    [InlineData("y1: matchIf(y1, y1, y1)\ny: 3 & y1", "y: invalid value 3 (does not satisfy matchIf): invalid value 3 (does not satisfy matchIf): invalid value 3 (does not satisfy matchIf): structural cycle")]
    [InlineData("import \"encoding/json\"\nx: y: json.Validate(\"{}\", x)\nx: y: true", "x.y: error in call to encoding/json.Validate: error in call to encoding/json.Validate: structural cycle")]
    public void A_validator_that_asks_for_itself_gets_no_further(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("#c: matchN(1, [string, [...#c]])\nx: #c\nx: [[\"a\", [\"b\"]], \"c\", [[[[\"d\"]]]]]")]
    [InlineData("#c: {b?: string, a?: matchN(1, [#c])}\nx: #c\nx: a: b: \"foo\"")]
    public void Validators_follow_data_as_far_as_it_goes(string source) => Assert.Empty(Errors(source));

    [Theory]
    [InlineData("#f: {in: number, a: {i: in, o: i + 10}, out: a.o}\nk0: 0\nk1: (#f & {in: k0}).out\nk2: (#f & {in: k1}).out\nx: (#f & {in: k2}).out", "30")]
    [InlineData("x: {p: {x: p, y: 1}}.p.x.y", "1")]
    public void Operands_that_only_look_recursive_are_not(string source, string expected) => Assert.Equal(expected, Show(source));

    [Fact]
    public void Patterns_do_not_make_evidence_of_what_came_round() =>
        Assert.Equal(["x.c.b.b: structural cycle", "x.c.c: structural cycle"], Errors("y: [string]: b: y\nx: y\nx: c: x"));

    [Theory]
    [InlineData("import \"list\"\na: list.Concat([a, [1]])", "a: error in call to list.Concat: structural cycle")]
    [InlineData("import \"list\"\na: [1, 2]\na: list.Concat([[1], a])", "a: error in call to list.Concat: structural cycle")]
    public void A_list_cannot_be_made_of_itself(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("x: b: x.c.d\nx: null | {c: d: 1}", "{b:1,c:{d:1}}")]
    [InlineData("x: b: (x.c & {}).d\nx: {c: d: 1} | string", "{b:1,c:{d:1}}")]
    [InlineData("x: b: x.c\nx: {c: 1} | {c: 2}", "{b:1,c:1} | {b:2,c:2}")]
    public void Within_a_disjunct_the_whole_is_that_disjunct(string source, string expected) => Assert.Equal(expected, Show(source));

    [Fact]
    public void Disjuncts_that_select_from_the_disjunction_do_not_multiply()
    {
        var source = "#T: F={#type!: \"s\", out: {}}" + string.Concat("abcde".Select(static each => $" | {{#type!: [\"{each}\", _], out: items: (#T & {{#type: F.#type[1]}}).out}}")) + "\nx: (#T & {#type: [\"a\", \"s\"]}).out";
        var context = new CueContext(new CueOptions { MaxSteps = 300_000 });

        Assert.Equal("{items:{}}", context.Build("in.cue", source).Value.Lookup("x")!.ToString());
    }

    [Theory]
    [InlineData("b: {d: b, c: 1 & 2}\ny: b & {x: 1}", "b.d: structural cycle", "b.c: conflicting values 2 and 1", "y.c: conflicting values 2 and 1")]
    [InlineData("b: {d: b, c: 1}\ny: b & {x: 1}", "b.d: structural cycle")]
    public void A_cycle_is_the_error_of_what_refers_to_it_unless_there_is_a_worse_one(string source, params string[] expected) => Assert.Equal(expected, Errors(source));

    [Theory]
    [InlineData("a: {d: close(a)}", "a.d: structural cycle")]
    [InlineData("b: close({c: close(b)})", "b.c: structural cycle")]
    [InlineData("b: {[string]: close(b), a: {}}", "b.a.a: structural cycle")]
    [InlineData("b: {a: close(b) & {x: 1}}", "b.a.a: structural cycle")]
    [InlineData("x: {d: close(y)}\ny: {e: close(x)}", "x.d.e: structural cycle")]
    public void A_struct_that_closes_one_which_it_is_in_has_no_end(string source, string expected) => Assert.Contains(expected, Errors(source));

    [Theory]
    [InlineData("#L: {v: int, next?: close(#L)}\nx: #L & {v: 1, next: {v: 2, next: v: 3}}", """{"x":{"v":1,"next":{"v":2,"next":{"v":3}}}}""")]
    [InlineData("#L: {v: int, next: null | close(#L)}\nx: #L & {v: 1, next: {v: 2}}", """{"x":{"v":1,"next":{"v":2,"next":null}}}""")]
    public void It_goes_on_as_long_as_data_does(string source, string expected) => Assert.Equal(expected, Json(source));

    [Fact]
    public void A_schema_that_closes_what_it_is_in_is_not_tried_before_there_is_a_value() =>
        Assert.Equal(["a.d: incomplete value matchN(1, [close(a)])"], Errors("a: {d: matchN(1, [close(a)])}", concrete: true));

    [Theory]
    [InlineData("a: {[string]: b}\nb: {[string]: a}\na: x: y: {}", "a.x.y.x: structural cycle")]
    [InlineData("a: {x: b}\nb: {[string]: a}\na: x: y: {}", "a.x.y.x: structural cycle")]
    [InlineData("a: {[string]: b}\nb: {[string]: a}\nc: a\nc: x: y: {}")]
    public void Patterns_that_lead_back_to_what_is_around_end_where_they_came_from(string source, params string[] expected) => Assert.Equal(expected, Errors(source));

    [Theory]
    [InlineData("c: {b!: c}\nd: c", "c.b: field is required but not present", "d.b: field is required but not present")]
    [InlineData("#C: {b!: #C}\nd: #C & {b: b: {}}", "d.b.b.b: field is required but not present")]
    public void What_is_required_without_end_is_missing(string source, params string[] expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal(expected, Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("#A: int | {x!: #A}")]
    [InlineData("#A: int | {y: {z!: {x!: #A}}}")]
    [InlineData("#A: {x!: #A} | int | {y!: #A, z: 1}")]
    public void What_requires_itself_is_no_choice(string source)
    {
        Assert.Equal("int", Evaluation.Show(source + "\na: #A", "a"));
        Assert.Empty(Errors(source + "\na: #A & 1", concrete: true));
    }

    [Fact]
    public void What_is_selected_from_a_struct_that_requires_itself_has_no_end() => Assert.Equal(["#C.b: structural cycle"], Errors("#C: {b!: #C, y: 1}\nd: #C.y"));

    [Theory]
    [InlineData("c: [1], c: b, b: {}, b: close(b)", "c: conflicting values [1] and {} (mismatched types list and struct)")]
    [InlineData("#B: close({a?: int}), #B: close(#B), d: #B, d: {a?: int}")]
    public void What_closes_itself_beside_data_ends(string source, params string[] expected) => Assert.Equal(expected, Errors(source));

    [Fact]
    public void Arguments_that_grow_with_every_call_end() =>
        Assert.Contains(Errors("b: and(close(close(d))), d: {c: ((c & (<1.5 & >=0.5)) & (b & 2))}"), static error => error.Contains("as list in argument 1 to and", StringComparison.Ordinal));

    [Fact]
    public void Calls_that_get_nearer_to_an_end_are_not_stopped() =>
        Assert.Equal("5050", Show("import \"list\"\n#F: {n: int, out: list.Sum([n, if n > 0 {(#F & {\"n\": n - 1}).out}])}\nx: (#F & {n: 100}).out", "x"));

    [Fact]
    public void What_is_wrong_with_one_of_several_names_is_told() => Assert.Equal(["d: invalid operand a (found int, want list or struct)"], Errors("a: 1, c: a, d: a.c, d: c"));
}
