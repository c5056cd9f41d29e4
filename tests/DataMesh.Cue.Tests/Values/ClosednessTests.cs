using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class ClosednessTests
{
    [Theory]
    [InlineData("#A: a: int\nx: #A & {b: 1}", "x.b")]
    [InlineData("#A: a: b: int\nx: #A & {a: c: 1}", "x.a.c")]
    [InlineData("#A: {[=~\"^x\"]: int}\nx: #A & {x1: 1, y: 2}", "x.y")]
    [InlineData("#A: a: int\n#B: b: int\ny: {#A, #B}\nx: y & {c: 1}", "x.c")]
    [InlineData("#A: a: int\nx: {#A} & {b: 1}", "x.b")]
    [InlineData("x: close({a: 1}) & {b: 1}", "x.b")]
    [InlineData("#A: [...{a: int}]\nx: #A & [{b: 1}]", "x.0.b")]
    [InlineData("#A: {#b: c: 1}\nx: #A & {#b: d: 1}", "x.#b.d")]
    [InlineData("#B: y: 1\nw: {if true {#B}}\nx: w & {z: 1}", "x.z")]
    [InlineData("#A: x: a: 1\nb: #A\nc: #A.x & {d: 1}", "c.d")]
    [InlineData("P: {b: {}, #A}\n#A: {}\nx: P & {b: d: 1}", "x.b.d")]
    [InlineData("#A: {}\nx: {#A & {b: d: 1}, b: {}}", "x.b.d")]
    [InlineData("#C: {}\nx: {y: {#C} & {b: 1}}", "x.y.b")]
    [InlineData("#C: {}\n{x: {#C}}\nx: b: 1", "x.b")]
    [InlineData("#A: close({a: {}})\nx: #A & {b: 1}", "x.b")]
    [InlineData("#A: {close({a: {}})}\nx: #A & {a: b: 1}", "x.a.b")]
    [InlineData("#A: {b: b}\nx: #A & {b: 1}", "x.b")]
    [InlineData("x: close({b: b})", "x.b")]
    public void A_closed_struct_takes_no_other_fields(string source, string path) =>
        Assert.Equal([path + ": field not allowed"], Errors(source));

    [Theory]
    [InlineData("#A: a: int\nx: {#A, b: 1}")]
    [InlineData("#A: a: b: int\nx: {#A, a: c: 1}")]
    [InlineData("#A: {a: int, ...}\n#B: {#A, b: int}\nx: #B & {c: 1}")]
    [InlineData("x: close({a: {}}) & {a: b: 1}")]
    [InlineData("#A: a: int\n#B: c?: int\nx: {#A, #B} & {c: 1}")]
    [InlineData("#A: a: int\n#A: b: int\nx: #A & {a: 1, b: 2}")]
    [InlineData("#A: a: int\nx: #A & {#n: 1, _m: 1}")]
    [InlineData("#A: {a: {...}}\nx: #A & {a: b: c: 1}")]
    [InlineData("#A: a: int\nx: {{#A, b: 1}, c: 1}")]
    [InlineData("#A: a?: int\n{#A}\nb: 1")]
    [InlineData("{{close({a?: int})}}\nb: 1")]
    [InlineData("#A: {b: {}, c: b & {d: 1}}\nx: #A")]
    [InlineData("#A: b: a: 1\nx: #A & {}\ny: x.b & {d: 1}")]
    [InlineData("#C: {}\nx: {{#C} & {b: 1}}")]
    [InlineData("#C: {}\nx: {y: {#C} & {b: 1}, if true {z: 1}}")]
    [InlineData("#A: close({a: {}})\nx: #A & {a: b: 1}")]
    [InlineData("#A: {matchN(1, [{b?: _}]), a?: int}\nx: #A & {c: d: 1}")]
    [InlineData("#A: a: 1\nx: #A & matchN(1, [{b: 1}])")]
    [InlineData("#M: name: string\n#A: {M=m: #M, s: #B & {m: M}}\n#B: m: #M\nx: #A & {m: name: \"n\"}")]
    [InlineData("#A: {b: b & int}\nx: #A & {b: 1}")]
    [InlineData("x: close({a: b, b: c, c: 1})")]
    public void Embedding_ellipses_and_hidden_fields_extend(string source) => Assert.Empty(Errors(source));

    [Theory]
    [InlineData("#A: {b: 1, c: {}}\nx: #A & {b: \"s\", d: 1, c: e: 1}", "x.b: conflicting values \"s\" and 1 (mismatched types string and int)", "x.c.e: field not allowed")]
    [InlineData("#A: {b: {}}\nx: #A & {d: 1, b: c: 1}", "x.b.c: field not allowed", "x.d: field not allowed")]
    [InlineData("#A: {b!: 1 & 2}\nx: #A & {d: 1}")]
    [InlineData("#A: {}\nx: #A & {d!: 1}")]
    public void What_else_is_wrong_with_a_struct_hides_that_its_fields_are_not_allowed(string source, params string[] errors) =>
        Assert.Equal(errors, Errors(source).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("let X = 1 & 2\na: X\nb: X", "a: conflicting values 2 and 1", "b: conflicting values 2 and 1")]
    [InlineData("let X = {c: 1 & 2}\na: X", "a.c: conflicting values 2 and 1")]
    public void What_is_wrong_with_a_let_clause_is_reported_where_it_is_used(string source, params string[] errors) =>
        Assert.Equal(errors, Errors(source));

    [Fact]
    public void Schemas_are_tried_on_data_only() =>
        Assert.Empty(Errors("#A: {_s: string, #n: int}\nx: matchN(1, [#A]) & {_s: 42, #n: \"x\"}"));

    [Fact]
    public void The_order_of_files_does_not_matter()
    {
        KeyValuePair<string, string>[] files = [new("a.cue", "x: {a: 1}\ny: 1\n"), new("b.cue", "x: {b: 1}\nz: 1\n")];
        Assert.Equal(new CueContext().Build(files).Value.ToString(), new CueContext().Build(files.Reverse()).Value.ToString());
    }

    [Fact]
    public void The_last_field_that_is_not_allowed_stands_for_the_others() =>
        Assert.Equal("_|_(Eval: invalid interpolation: field not allowed)", Show("#A: {}\nr: {x: #A & {b: 1}, y: #A & {c: 1}}\nx: \"\\(r)\""));

    [Fact]
    public void Openness_can_be_asked()
    {
        var value = Evaluate("#A: {a: int, [=~\"^x\"]: int}\n#O: {a: int, ...}\nx: a: 1");
        Assert.False(value.Lookup("#A")!.IsOpen);
        Assert.True(value.Lookup("#A")!.Allows("xy"));
        Assert.False(value.Lookup("#A")!.Allows("b"));
        Assert.True(value.Lookup("#O")!.IsOpen);
        Assert.True(value.Lookup("x")!.IsOpen);
    }

    [Theory]
    [InlineData("x: (#A & {b: c: 1}).b & {e: 1}", false)]
    [InlineData("a: #A & {b: c: 1}\nx: a.b & {e: 1}", false)]
    [InlineData("a: {#A, b: c: 1}\nx: {a.b, e: 1}", false)]
    [InlineData("a: #A & {b: c: 1}\nx: {for v in a {v}} & {e: 1}", false)]
    [InlineData("a: #A & {b: d: c: 1}\ny: a.b & {d: e: 1}\nx: y.d", true)]
    [InlineData("a: #O & {b: c: 1}\nx: a.b & {e: 1}", true)]
    public void A_part_of_what_a_definition_closed_takes_more_fields_but_is_not_open(string source, bool isOpen)
    {
        var package = "#A: b: {c?: int, d?: c: int}\n#O: b: {...}\n" + source;
        Assert.Empty(Errors(package));
        Assert.Equal(isOpen, Evaluate(package).Lookup("x")!.IsOpen);
    }

    [Theory]
    [InlineData("#A: [...]\ny: #A & [{b: 1}]\nx: y[0]")]
    [InlineData("#A: [..._]\ny: #A & [{b: 1}]\nx: y[0]")]
    public void What_a_definition_takes_as_an_element_is_not_open(string source) => Assert.False(Evaluate(source).Lookup("x")!.IsOpen);

    [Fact]
    public void A_value_that_a_schema_is_tried_on_takes_part_with_its_values()
    {
        var error = Evaluate("x: matchN(1, [close({foo: 1})])\nx: {b: 2}").Validate().Single(static each => each.Path == "x.b");
        Assert.Equal(["in.cue:1:4", "in.cue:2:8"], error.Positions.Select(static each => each.ToString()));
    }

    [Theory]
    [InlineData("z: #A & {b: y}\nx: z.b.c.d", false)]
    [InlineData("z: #A & {b: c: y.c}\nx: z.b.c.d", false)]
    [InlineData("z: {#A, b: y}\nx: z.b.c.d", false)]
    [InlineData("z: #A & {b: {c: {d: {e: 1}}}}\nx: z.b.c.d", true)]
    [InlineData("z: #A & {b: c: d: y}\nx: z.b.c.d.c", true)]
    [InlineData("z: y\nx: z.c.d", true)]
    public void What_is_referred_to_where_a_definition_closes_is_closed_throughout(string source, bool isOpen)
    {
        var package = "#A: b: {c: _}\ny: c: d: e: 1\n" + source;
        Assert.Empty(Errors(package));
        Assert.Equal(isOpen, Evaluate(package).Lookup("x")!.IsOpen);
    }

    [Theory]
    [InlineData("#X: {struct.MaxFields(1), a?: int}\nx: #X & {e: 1}", "x.e: field not allowed @2:6 3:10", true)]
    [InlineData("#X: {a?: int}\nx: #X & struct.MaxFields(5) & struct.MinFields(1) & {e: 1}", "x.e: field not allowed @3:9 3:54", true)]
    [InlineData("#X: {a?: int}\nx: #X & {e: 1}\ny: struct.MinFields(1)", "x.e: field not allowed @3:10", false)]
    public void A_field_that_is_not_allowed_is_reported_at_the_first_validator_of_the_struct(string source, string expected, bool hasPlace)
    {
        source = "import \"struct\"\n" + source;
        Assert.Equal([expected], Located(source));
        Assert.Equal(hasPlace, Evaluate(source).Validate()[0].Place.IsValid);
    }

    [Theory]
    [InlineData("[...{k: 1}] & list.MaxItems(2)", "[{k: 1, z: 1}]")]
    [InlineData("list.UniqueItems() & [{k: 1}]", "[{k: 1, z: 1}]")]
    [InlineData("[...{n: m: 1}] & list.MaxItems(2)", "[{n: {m: 1, z: 1}}]")]
    [InlineData("[...{k: 1}] & list.MaxItems(2) | *null", "[{k: 1, z: 1}]")]
    public void Elements_of_a_list_with_a_validator_are_open(string list, string data) =>
        Assert.Empty(Errors($"import \"list\"\n#D: f: {list}\nx: #D & {{f: {data}}}"));

    [Theory]
    [InlineData("#D: f: [...{k: 1}]\nx: #D & {f: [{k: 1, z: 1}] & list.MaxItems(2)}", "x.f.0.z")]
    [InlineData("#D: f: [...#I] & list.MaxItems(2)\n#I: k: 1\nx: #D & {f: [{k: 1, z: 1}]}", "x.f.0.z")]
    [InlineData("#D: f: [...close({k: 1})] & list.MaxItems(2)\nx: #D & {f: [{k: 1, z: 1}]}", "x.f.0.z")]
    [InlineData("#D: f: {a: {b: 1}} & struct.MaxFields(2)\nx: #D & {f: a: z: 1}", "x.f.a.z")]
    public void A_validator_opens_nothing_else(string source, string path) =>
        Assert.Equal([path + ": field not allowed"], Errors($"import \"{(source.Contains("list.", StringComparison.Ordinal) ? "list" : "struct")}\"\n{source}"));

    [Fact]
    public void A_field_that_a_schema_validator_finds_not_allowed_is_an_error_of_the_struct() =>
        Assert.Equal("_|_(Eval: field not allowed)", Show("#A: matchN(1, [{...}]) & close({a?: int})\nx: #A & {b: 1}"));

    [Fact]
    public void A_definition_with_a_schema_validator_is_open_below_as_well()
    {
        Assert.Empty(Errors("#A: {a: c: d?: int} & matchN(1, [{...}])\nx: #A & {a: c: b: 1}"));
        Assert.Equal(["x.a.b: field not allowed"], Errors("#B: c?: int\n#A: {a: #B} & matchN(1, [{...}])\nx: #A & {a: b: 1}"));
    }

    [Fact]
    public void What_is_selected_from_an_operand_that_was_closed_is_not_open()
    {
        Assert.Equal(["x: undefined field: z"], Errors("#A: a: b: c: d: 1\ny: (#A.a & {}).b\nx: y.c.z"));
        Assert.Empty(Errors("#A: a: b: c: d: 1\ny: (#A.a & {}).b\nx: y.c & {z: 1}"));
    }

    [Theory]
    [InlineData("d: #D & {c: x.y}\n#D: {a?: int}\nx: {}", "d.c: undefined field: y")]
    [InlineData("d: close({a?: int}) & {c: {if bool {}}}", "d.c: incomplete bool: bool")]
    [InlineData("d: #D & {a: c: \"\\(string)\"}\n#D: a: {b?: int}", "d.a.c: invalid interpolation: non-concrete value string (type string)")]
    public void A_field_that_is_not_allowed_lacks_what_it_lacks_first(string source, string expected)
    {
        Assert.Empty(Errors(source));
        Assert.Equal([expected], Errors(source, concrete: true));
    }

    [Theory]
    [InlineData("d: #D & {c: string}\n#D: {a?: int}")]
    [InlineData("d: #D & {c: {e: x.y}}\n#D: {a?: int}\nx: {}")]
    [InlineData("d: #D & {c: f}\n#D: {a?: int}\nf: x.y\nx: {}")]
    [InlineData("d: #D & {c: x.y | 1}\n#D: {a?: int}\nx: {}")]
    public void One_that_is_known_or_names_another_is_not_allowed(string source) => Assert.Equal(["d.c: field not allowed"], Errors(source));

    [Theory]
    [InlineData("#C: #B\n#C: {b: 1}\n#B: #B")]
    [InlineData("#C: #B & {b: 1}\n#B: #E\n#E: #B")]
    public void A_definition_that_is_only_itself_leaves_another_one_open(string source) => Assert.Empty(Errors(source));

    [Theory]
    [InlineData("c: #B & {b: 1}\n#B: #B", "c.b: field not allowed")]
    [InlineData("#C: {x: #B & {b: 1}}\n#B: #B", "#C.x.b: field not allowed")]
    [InlineData("c: #C & {b: 1}\n#C: #B & {b: int}\n#B: #B", "c.b: field not allowed")]
    [InlineData("#C: #B & #E & {b: 1}\n#B: #B\n#E: {e?: int}", "#C.b: field not allowed")]
    public void It_closes_what_is_none(string source, string expected) => Assert.Equal([expected], Errors(source));

    [Theory]
    [InlineData("({a?: int} | *close({a?: int}))")]
    [InlineData("(1 | close({a?: int}))")]
    public void What_a_choice_closes_is_extended_by_the_literal_that_is_closed_around_it(string choices) => Assert.Empty(Errors("c: close({" + choices + ", b: 1})", concrete: true));
}
