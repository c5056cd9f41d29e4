using DataMesh.Cue.Export;
using DataMesh.Cue.Tests.Values;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Export;

/// <summary>Values as CUE source: what the commands eval, def and export print.</summary>
public sealed class CueExporterTests
{
    [Theory]
    [InlineData("a: int & >=0", "a: uint")]
    [InlineData("a: int & >5", "a: int & >5")]
    [InlineData("a: >=-128 & int & <=127", "a: int8")]
    [InlineData("a: uint16 & >0", "a: uint & >0 & <=65535")]
    [InlineData("a: uint8 & !=5", "a: uint & <=255 & !=5")]
    [InlineData("a: !=1 & >=0 & <=10", "a: >=0 & <=10 & !=1")]
    [InlineData("a: float & >=0 & <=10", "a: >=0 & <=10 & float")]
    [InlineData("a: float64 & !=0", "a: >=-1.797693134862315708145274237317043567981e+308 & <=1.797693134862315708145274237317043567981e+308 & !=0")]
    [InlineData("a: <\"z\" & >\"a\"", "a: <\"z\" & >\"a\"")]
    [InlineData("a: =~\"b\" & >\"a\" & !=\"c\"", "a: =~\"b\" & >\"a\"")]
    [InlineData("a: !=null & string", "a: string & !=null")]
    [InlineData("a: !=1\nb: !=2\nc: b & a", "a: !=1\nb: !=2\nc: !=1 & !=2")]
    public void Simplifies_constraints(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Theory]
    [InlineData("c: uint8 & (x + 1)\nx: _", "c: x+1 & uint8\nx: _")]
    [InlineData("c: uint & len(x) & >3\nx: _", "c: len(x) & >3 & uint\nx: _")]
    [InlineData("d: {a?: 2}\nv: {a?: 3} & d", "d: {\n    a?: 2\n}\nv: {\n    a?: 2 & 3\n}")]
    [InlineData("v: {[string]: 3}\nv: {a?: 2}", "v: {\n    a?: 3 & 2\n}")]
    public void Constraints_that_are_written_as_they_are_come_in_the_order_of_their_sources(string source, string expected) =>
        Assert.Equal(expected, Export(source, CueExportOptions.EvaluationOfAll).TrimEnd('\n'));

    [Theory]
    [InlineData("\"matchN\": matchN(1, [int])", "matchN: __matchN(1, [int])")]
    [InlineData("b: {\"len\": _}\nc: len(b)", "b: {\n    len: _\n}\nc: 1")]
    [InlineData("b: {\"len\": _}\nc: len(d)\nd: _", "b: {\n    len: _\n}\nc: __len(d)\nd: _")]
    [InlineData("\"int\": int", "int: int")]
    public void A_function_is_called_by_its_other_name_where_a_field_has_its_name(string source, string expected) => Assert.Equal(expected, Eval(source).TrimEnd('\n'));

    [Theory]
    [InlineData("a: 1_000, b: 2e3, c: #\"x\\y\"#", "a: 1000\nb: 2e+3\nc: \"x\\\\y\"")]
    [InlineData("a: [#\"x\\y\"#, 1_000]", "a: [#\"x\\y\"#, 1_000]")]
    [InlineData("a: \"x\\n\\ty\"", "a: \"\"\"\n    x\n    \\ty\n    \"\"\"")]
    [InlineData("a: \"x\\n\\\"\\\"\\\"#\\\\\"", "a: ##\"\"\"\n    x\n    \"\"\"#\\##\\\n    \"\"\"##")]
    [InlineData("a: 'x\\x00\\xff'", "a: 'x\\x00\\xff'")]
    [InlineData("\"a-b\": 1, \"true\": 2, \"_c\": 3", "\"a-b\": 1\ntrue:  2\n\"_c\":  3")]
    public void Writes_literals(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Theory]
    [InlineData("a: *1 | int, b: *1 | *2 | 3, c: [int, ...], _h: 1, o?: 2, #D: {r!: int}", "a: 1\nb: 1 | 2\nc: [int]\n#D: {\n    r!: int\n}")]
    [InlineData("a: {1, #b: 2}, c: {[1], #d: 3}", "a: {\n    1\n    #b: 2\n}\nc: {\n    #d: 3\n    [1]\n}")]
    [InlineData("a: close({b: 1}), c: {[string]: int, ...}", "a: {\n    b: 1\n}\nc: {}")]
    public void Shows_values(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Theory]
    [InlineData("a: \"x\" & 1 & 2", "a: _|_ // a: conflicting values \"x\" and 1 (mismatched types string and int)")]
    [InlineData("a: 1 & 2 & 3", "a: _|_ // a: conflicting values 2 and 1 (and 1 more errors)")]
    [InlineData("a: (\"a\" + 1) + (2 + \"b\")", "a: _|_ // a: invalid operands \"a\" and 1 to '+' (type string and int) (and 1 more errors)")]
    [InlineData("a: (1 & 2) | (3 & 4)", "a: _|_ // a: 2 errors in empty disjunction: (and 2 more errors)")]
    [InlineData("a: \"\\(b)\", b: 2 & 1", "a: _|_ // invalid interpolation: b: conflicting values 1 and 2\nb: _|_ // b: conflicting values 1 and 2")]
    [InlineData("a: \"\\({})\"", "a: _|_ // invalid interpolation: a: cannot use {} (type struct) as type (bool|string|bytes|number)")]
    [InlineData("a: \"\\(2 & 1)\\(3 & 4)\"", "a: _|_ // invalid interpolation: conflicting values 1 and 2 (and 1 more errors)")]
    [InlineData("import \"encoding/json\"\na: json.Marshal({b: 1 & 2})", "a: _|_ // a: error in call to encoding/json.Marshal: b: conflicting values 2 and 1")]
    [InlineData("import \"list\"\na: list.Sort([1, \"a\"], list.Ascending)", "a: _|_ // a: error in call to list.Sort: Ascending.less: invalid operands \"a\" and 1 to '<' (type string and int)")]
    [InlineData("import \"list\"\na: list.Sort([1, \"a\"], {x: _, y: _, less: x < y})", "a: _|_ // a: error in call to list.Sort: less: invalid operands \"a\" and 1 to '<' (type string and int)")]
    [InlineData("a: {b: mod(1, 0)}", "a: {\n    b: _|_ // a.b: error in call to mod: a.b: division by zero\n}")]
    [InlineData("a: matchIf(_, {b: string}, _) & {b: 1}", "a: _|_ // a: invalid value {b:1} (does not satisfy matchIf): a.b: conflicting values 1 and string (mismatched types int and string)")]
    [InlineData("a: matchN(1, [string]) & 1", "a: _|_ // a: invalid value 1 (does not satisfy matchN): a: 0 matched, expected 1 (and 1 more errors)")]
    public void Says_of_an_error_what_it_is_made_of_and_how_many_there_are(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Theory]
    [InlineData("b: {\n\tc: 2\n\t// trailing\n}", "b: {\n\tc: 2\n\t// trailing\n}\n")]
    [InlineData("b: {\n\tc: 2 // line\n\t// trailing\n}\nb: {\n\t// first\n\td: 1\n\t// trailing 2\n}", "b: {\n\tc: 2\n\t// trailing\n\t// first\n\td: 1\n\t// trailing 2\n}\n")]
    [InlineData("b: {\n\tc: int\n\t// one\n}\nb: {\n\tc: 2\n\t// two\n}", "b: {\n\tc: 2\n\t// one\n\n\t// two\n}\n")]
    [InlineData("b: c: {\n\tx: 1\n\t// x\n}", "b: c: {\n\tx: 1\n\t// x\n}\n")]
    [InlineData("b: {\n\tc: 2\n\n\t// apart\n}", "b: c: 2\n")]
    [InlineData("b: {\n\tc: 2\n\t// apart\n\n\t// two\n}", "b: c: 2\n")]
    [InlineData("b: [{\n\tc: 2\n\t// of an element\n}]", "b: [{\n\tc: 2\n}]\n")]
    public void A_comment_right_below_the_last_field_is_the_fields(string source, string expected) =>
        Assert.Equal(expected, Export(source, CueExportOptions.Definition));

    [Theory]
    [InlineData("x: [...x] | string", "[..._ | string] | string")]
    [InlineData("x: #l\n#l: string | [...#l]", "string | [...string | _]")]
    [InlineData("x: int | {a: [...x]}", "int | {\n\ta: [...int | _]\n}")]
    [InlineData("x: {s: S, a: 1} | {s: S}\nS: [...x]", "{\n\ts: [..._ | {\n\t\ts: _\n\t}]\n\ta: 1\n} | {\n\ts: [...{\n\t\ts: _\n\t\ta: 1\n\t} | _]\n}")]
    public void What_comes_round_within_further_elements_is_any_value(string source, string expected) =>
        Assert.Equal(expected, CueExporter.Format(Evaluation.Evaluate(source).Lookup("x")!, CueExportOptions.Schema));

    [Theory]
    [InlineData("a: {1, n?: int}", "a: 1")]
    [InlineData("a: {[1], n?: int}", "a: [1]")]
    [InlineData("a: {1, #n?: 2, m?: 3}", "a: {\n    1\n    #n?: 2\n}")]
    public void Shows_no_regular_fields_beside_what_is_no_struct(string source, string expected) =>
        Assert.Equal(expected + "\n", Export(source, CueExportOptions.EvaluationOfAll));

    [Theory]
    [InlineData("a: {1, #n?: 2}", "a: {\n    1\n}")]
    [InlineData("a: {1, _#n: 2}", "a: {\n    1\n}")]
    [InlineData("a: {1, _n: 2}", "a: 1")]
    public void Shows_a_scalar_with_definitions_in_braces_even_if_these_are_not_shown(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Theory]
    [InlineData("a: 1\na: {\n    if bool {\n        \"a\"\n    }\n}", "a: 1 &\n    {\n        if bool {\n            \"a\"\n        }\n    }")]
    [InlineData("a: 1\na: {if bool {\"a\"}}", "a: 1 & {\n    if bool {\n        \"a\"\n    }\n}")]
    [InlineData("if bool {_}", "if bool {\n    _\n}")]
    [InlineData("a: {\n    b: 1 @x()\n    c: {d: 1 @y()}\n    if bool {}\n}", "a: {\n    b: 1 @x()\n    c: {\n        d: 1\n    }\n    if bool {}\n}")]
    [InlineData("if bool {\"a\\(1)b\\(s)\": 1, \"a\\(\"x\")\\(1+1)\": \"\\(1)\"}\ns: string", "if bool {\n    \"a\\(1)b\\(s)\": 1\n    \"ax2\":        \"\\(1)\"\n}\ns: string")]
    public void Keeps_the_form_of_clauses_that_wait(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Theory]
    [InlineData("a: matchN(2, a)", "a: matchN(2, _)")]
    [InlineData("a: matchN(1, [a])", "a: matchN(1, [a])")]
    public void Shows_a_schema_that_is_its_own_argument_as_any_value(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Fact]
    public void Shows_hidden_and_optional_fields_where_asked_for() =>
        Assert.Equal("a: {\n    b?: int\n    _c: 1\n}\n", Export("a: {b?: int, _c: 1, [string]: int}", CueExportOptions.EvaluationOfAll));

    [Fact]
    public void Shows_a_struct_in_itself_as_a_reference() =>
        Assert.Equal("#A: {\n    v:  int\n    n?: #A\n}\n", Export("#A: {v: int, n?: #A}", CueExportOptions.EvaluationOfAll));

    [Theory]
    [InlineData("a: n + 1, n: int", "a: n + 1\nn: int")]
    [InlineData("a: >s & \"f\" & s & string, s: string", "a: string & s & \"f\" & >s\ns: string")]
    [InlineData("a: (n + 1) * 2 - (n - (3 - n)), n: int", "a: (n+1)*2 - (n - (3 - n))\nn: int")]
    [InlineData("a: {let X = n + 1, b: X}, n: int", "a: {\n    let X = n + 1\n    b: X\n}\nn: int")]
    [InlineData("a: {let X = n + 1, b: X}, c: a & {d: 1}, e: {a}, n: int", "a: {\n    let X = n + 1\n    b: X\n}\nc: {\n    b: X\n    d: 1\n}\ne: {\n    b: X\n}\nn: int")]
    [InlineData("a: {if n > 1 {b: 2}, c: 3}, n: int", "a: {\n    if n > 1 {\n        b: 2\n    }\n    c: 3\n}\nn: int")]
    [InlineData("a: [string]: b: \"\\(n)\", a: c: _, n: int", "a: {\n    c: {\n        b: \"\\(n)\"\n    }\n}\nn: int")]
    [InlineData("import \"strings\"\na: strings.MinRunes(x)\nx: 3", "import \"strings\"\n\na: strings.MinRunes(3)\nx: 3")]
    [InlineData("import \"time\"\na: time.Time", "import \"time\"\n\na: time.Time()")]
    public void Keeps_what_is_incomplete_as_it_is_written(string source, string expected) => Assert.Equal(expected + "\n", Eval(source));

    [Theory]
    [InlineData("a: {x: 1}\na: {y: *2 | int}", "a: {\n\tx: 1\n\ty: *2 | int\n}")]
    [InlineData("a: b: c: 1, #D: {e: 0x10}", "a: b: c: 1\n#D: {\n\te: 0x10\n}")]
    [InlineData("n: int, a: int\na: >5\na: n", "n: int\na: n & {\n\tint & >5\n}")]
    [InlineData("r: {...}, a: r & {m: 3}, b: {r, {c: 1}}", "r: {\n\t...\n}\na: r & {\n\tm: 3\n}\nb: {\n\tr\n\tc: 1\n}")]
    [InlineData("s: string, a: {(s): 1}\na: z: 1", "s: string\na: {\n\t{\n\t\t(s): 1\n\t}\n\tz: 1\n}")]
    [InlineData("// top\npackage p\n\n// doc\na: 1 @x(y)\n// more\na: int @x(y)", "// top\npackage p\n\n// doc\n\n// more\na: 1 @x(y)")]
    [InlineData("import s \"strings\"\na: s.MinRunes(3)", "import s \"strings\"\n\na: s.MinRunes(3)")]
    [InlineData("import \"strings\"\nimport \"list\"\na: {b: list.MaxItems(len(l)), let l = strings.Split(c, \"\"), c: string}", "import (\n\t\"strings\"\n\t\"list\"\n)\n\na: {\n\tlet l = strings.Split(c, \"\")\n\tb: list.MaxItems(len(l))\n\tc: string\n}")]
    [InlineData("l: [for x in [1] if x > 0 {x}], m: [...int], c: close({d?: 1})", "l: [for x in [1] if x > 0 {\n\tx\n}]\nm: [...int]\nc: close({\n\td?: 1\n})")]
    public void Shows_definitions(string source, string expected) => Assert.Equal(expected + "\n", Export(source, CueExportOptions.Definition));

    [Theory]
    [InlineData("x: {a: 1 & 2, f?: a, g?: a & int, h?: [a]}", "x: {\n    a:  _|_ // x.a: conflicting values 2 and 1\n    f?: _|_ // x.a: conflicting values 2 and 1\n    g?: int & a\n    h?: [a]\n}")]
    [InlineData("x: [1, 1 & 2]", "x: [1, _|_, // x.1: conflicting values 2 and 1\n]")]
    [InlineData("x: {5, #x: 1 & 2}", "x: {\n    #x: _|_ // x.#x: conflicting values 2 and 1\n}")]
    public void Shows_what_cannot_be_where_it_is_written(string source, string expected) =>
        Assert.Equal(expected + "\n", Export(source, CueExportOptions.EvaluationOfAll));

    [Fact]
    public void Exports_data_with_its_comments() =>
        Assert.Equal("// doc\na: 1\nb: c: [1, {\n\td: 2\n}]\n", Export("// doc\na: *1 | int @x(y)\nb: c: [1, {d: 2, _e: 3}]\n#D: 1", CueExportOptions.Data));

    [Fact]
    public void What_it_prints_means_the_same()
    {
        const string source = "#D: {a: int8 | *3, b?: [...string], [=~\"^x\"]: {c: \"l\\n\\\"\\\"\\\"\"}}\nd: #D & {x1: {}}\ne: {if d.a > 1 {f: \"\\(d.a)\"}}";
        string printed = Export(source, CueExportOptions.Definition);

        Assert.Equal(Eval(source), Eval(printed));
    }

    [Fact]
    public void Says_when_a_value_is_too_large()
    {
        string source = "a0: 1\n" + string.Join('\n', Enumerable.Range(1, 40).Select(i => $"a{i}: [a{i - 1}, a{i - 1}]"));

        Assert.False(CueExporter.TryExport(new CueContext().Build("in.cue", source), CueExportOptions.Evaluation, out _, out CueError? error));
        Assert.Equal(CueErrorCode.Budget, error!.Code);
    }

    [Fact]
    public void Says_when_a_value_is_too_deep()
    {
        string source = string.Concat(Enumerable.Repeat("a: ", 450)) + "1";

        Assert.False(CueExporter.TryExport(new CueContext().Build("in.cue", source), CueExportOptions.Evaluation, out _, out CueError? error));
        Assert.Equal(CueErrorCode.Budget, error!.Code);
    }

    private static string Eval(string source) => Export(source, CueExportOptions.Evaluation);

    private static string Export(string source, CueExportOptions options)
    {
        CueInstance instance = new CueContext().Build("in.cue", source);
        Assert.Empty(instance.Errors);
        Assert.True(CueExporter.TryExport(instance, options, out string text, out CueError? error), error?.ToString());
        return text;
    }
}

/// <summary>Errors as the command line shows them.</summary>
public sealed class ErrorTextTests
{
    [Fact]
    public void Sorts_by_place_then_path_and_lists_positions()
    {
        CueValue value = new CueContext().Build("in.cue", "z: 1 & 2\nb: 4 & <3\na: 1 & \"x\"\nc: 3 & <2").Value;

        Assert.Equal(
            """
            a: conflicting values 1 and "x" (mismatched types int and string):
                ./in.cue:3:4
                ./in.cue:3:8
            z: conflicting values 2 and 1:
                ./in.cue:1:4
                ./in.cue:1:8
            b: invalid value 4 (out of bound <3):
                ./in.cue:2:8
                ./in.cue:2:4
            c: invalid value 3 (out of bound <2):
                ./in.cue:4:8
                ./in.cue:4:4

            """,
            Shown(value.Validate()));
    }

    [Theory]
    [InlineData("a: int & \"x\"", "int and \"x\"")]
    [InlineData("a: [] & 4", "[] and 4")]
    [InlineData("a: i & s, i: int, s: string", "string and int")]
    [InlineData("a: s & 1, s: string", "1 and string")]
    public void Tells_the_operands_of_a_conflict_in_the_order_of_the_command(string source, string operands) =>
        Assert.StartsWith($"a: conflicting values {operands} (mismatched", Shown(new CueContext().Build("in.cue", source).Value.Validate()), StringComparison.Ordinal);

    [Fact]
    public void Has_no_colon_without_positions() => Assert.Equal("a: b\n", Shown([new CueError(CueErrorCode.Eval, "b", "a", [])]));

    [Fact]
    public void Tells_the_last_declaration_of_a_name_that_is_imported_too() =>
        Assert.Equal(
            "list redeclared as imported package name\n\tprevious declaration at ./in.cue:3:1:\n    ./in.cue:1:8\n",
            Shown(new CueContext().Build("in.cue", "import \"list\"\nlist: 1\nlist: int").Errors));

    private static string Shown(IReadOnlyList<CueError> errors) => ErrorText.Format(ErrorText.Sort(errors), static name => "./" + name);
}
