using System.Text;
using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Sources of few lines that ask for endless work, memory or stack: each ends with an error.</summary>
public sealed class HostileInputTests
{
    [Theory]
    [InlineData("#A: string | {#A}\nx: #A")]
    [InlineData("#A: #A | {a: #A} | [...#A]\nx: #A & {a: a: a: [{a: {}}]}")]
    public void Disjunctions_of_themselves_end(string source) => Visit(source);

    [Theory]
    [InlineData("c: {d: {d, b: d, d: b}, d: c}")]
    [InlineData("c: #C\n#C: {#A: {a: _h, a: a.#A, _h: c}}")]
    public void What_goes_round_is_counted_in_steps(string source) => Assert.Equal(
        CueErrorCode.Budget,
        Assert.Single(Evaluation.Evaluate(source, new CueOptions { MaxSteps = 300_000 }).Validate()).Code);

    [Theory]
    [InlineData("import \"list\"\nx: [for a in list.Range(0, 100000, 1) for b in list.Range(0, 100000, 1) {a + b}]")]
    [InlineData("import \"list\"\nr: list.Range(0, 3000, 1)\nx: {for a in r for b in r {\"\\(a).\\(b)\": a}}")]
    [InlineData("import \"list\"\nx: list.Repeat([1], 1000000000)")]
    [InlineData("import \"list\"\nx: list.Range(0, 1000000000, 1)")]
    [InlineData("import \"strings\"\nx: strings.Repeat(\"aaaaaaaaaa\", 1000000000)")]
    [InlineData("import \"strings\"\nimport \"list\"\ns: strings.Repeat(\"a\", 1000000)\nx: strings.Join(list.Repeat([s], 10000), s)")]
    [InlineData("x: 1e999999999999")]
    [InlineData("import \"math\"\nx: math.Pow(10, 1000000000)")]
    [InlineData("x: \"a\" =~ \"((a{1000}){1000}){1000}\"")]
    [InlineData("import \"math/bits\"\nx: bits.Lsh(1, 5000000)")]
    [InlineData("import \"strings\"\nimport \"encoding/json\"\nx: json.Indent(strings.Repeat(\"[\", 9000) + strings.Repeat(\"]\", 9000), \"\", strings.Repeat(\" \", 1000))")]
    [InlineData("import \"strings\"\nimport \"text/template\"\nx: template.Execute(\"{{$a := 9999999999}}\" + strings.Repeat(\"{{$a = print $a $a}}\", 40), {})")]
    public void Huge_counts_are_refused(string source) => Assert.NotEmpty(Visit(source));

    [Theory]
    [InlineData("import \"regexp\"\nimport \"strings\"\nx: regexp.FindAll(\"a*b|a\", strings.Repeat(\"a\", 100000), -1)")]
    [InlineData("import \"strconv\"\nimport \"strings\"\nimport \"list\"\nn: strconv.Atoi(strings.Repeat(\"7\", 90000))\nx: [for i in list.Range(0, 20000, 1) {div(n, i + 7)}]")]
    [InlineData("import \"strconv\"\nimport \"strings\"\nimport \"list\"\nn: strconv.Atoi(strings.Repeat(\"7\", 40000))\nx: [for i in list.Range(0, 20000, 1) {n * (n + i)}]")]
    [InlineData("import \"text/template\"\nimport \"list\"\nx: template.Execute(\"{{range .}}{{range $}}{{range $}}{{end}}{{end}}{{end}}\", list.Range(0, 1000, 1))")]
    [InlineData("import \"crypto/sha512\"\nimport \"list\"\nimport \"strings\"\na: strings.Repeat(\"a\", 900000)\nx: [for i in list.Range(0, 10000, 1) if sha512.Sum512(a) == '' {1}]")]
    public void What_built_in_functions_do_is_counted_in_steps(string source) => Assert.Equal(
        CueErrorCode.Budget,
        Assert.Single(Evaluation.Evaluate(source, new CueOptions { MaxSteps = 300_000 }).Validate()).Code);

    [Theory]
    [InlineData("strings.Repeat(\"a.\", 10000) + \"b = 1\"")]
    [InlineData("\"[\" + strings.Repeat(\"a.\", 10000) + \"b]\"")]
    [InlineData("strings.Repeat(\"a = {\" + strings.Repeat(\"a.\", 300), 20) + \"b = 1\"")]
    public void Keys_of_very_many_parts_are_refused(string toml) =>
        Assert.Contains("exceeded max depth", Assert.Single(Visit("import \"encoding/toml\"\nimport \"strings\"\nx: toml.Unmarshal(" + toml + ")")).Message);

    [Theory]
    [InlineData("toml.Unmarshal(strings.Repeat(\"[[a]]\\nb = 1\\n\", 30000)).a[29999].b")]
    [InlineData("yaml.Unmarshal(\"n: {<<: {a: 2}, z: 0}\\n\" + strings.Repeat(\"a: 1\\n\", 50000)).a")]
    public void Long_documents_are_read_in_one_go(string call) =>
        Assert.Equal("1", Evaluation.Show("import \"encoding/toml\"\nimport \"encoding/yaml\"\nimport \"strings\"\n_used: [toml.Marshal({}), yaml.Marshal(1)]\nx: " + call));

    [Fact]
    public void Literals_that_all_embed_each_other_end_before_they_take_too_much_memory()
    {
        var source = new StringBuilder();
        for (var i = 0; i < 60; i++)
            source.Append(FormattableString.Invariant($"a{i}: {{\n{string.Concat(Enumerable.Range(0, 60).Where(other => other != i).Select(static other => FormattableString.Invariant($"a{other}\n")))}}}\n"));

        Assert.Equal(CueErrorCode.Budget, Assert.Single(Evaluation.Evaluate(source.ToString(), new CueOptions { MaxSteps = 100_000 }).Validate()).Code);
    }

    [Fact]
    public void Patterns_that_refer_to_their_definition_twice_are_closed_once() =>
        Visit("#x: {[string]: #x\n[=~\"a\"]: #x}\ny: #x & {" + Repeat("a: ", 100) + "{}}");

    [Fact]
    public void The_rounds_of_a_long_loop_are_ordered() =>
        Assert.Equal(20_000, Evaluation.Evaluate("import \"list\"\nx: {for i in list.Range(0, 20000, 1) {\"a\\(i)\": i}}").Lookup("x")!.Fields.Count());

    [Theory]
    [InlineData("\"\\(x{0})\\(x{0})\"", "\"ab\"")]
    [InlineData("json.Marshal(json.Marshal(x{0}))", "\"a\\\"b\"")]
    [InlineData("[x{0}, x{0}] & [[...], [...]]", "[1, 2]")]
    public void What_doubles_ends_with_the_budget(string step, string start) =>
        Assert.NotEmpty(Visit("import \"encoding/json\"\n_used: json.Marshal(1)\n" + Chain("x", start, step)));

    [Fact]
    public void A_value_that_shares_its_parts_is_not_written_in_full()
    {
        var value = Evaluation.Evaluate(Chain("x", "1", "{{a: x{0}, b: x{0}}}"));

        Assert.Empty(value.Validate(concrete: true, final: true));
        Assert.False(JsonExporter.TryExport(value, out _, out var json));
        Assert.Equal(CueErrorCode.Budget, json!.Code);
        Assert.False(YamlExporter.TryExport(value, out _, out var yaml));
        Assert.Equal(CueErrorCode.Budget, yaml!.Code);
    }

    [Theory]
    [InlineData("x40 == y40")]
    [InlineData("x40 | y40")]
    public void Values_that_share_their_parts_are_not_compared_for_ever(string comparison)
    {
        var source = Chain("x", "{q: 1}", "{{a: x{0}, b: x{0}}}") + Chain("y", "{q: 1}", "{{a: y{0}, b: y{0}}}");

        Assert.Contains(Visit(source + "z: " + comparison), static error => error.Code == CueErrorCode.Budget);
    }

    [Theory]
    [InlineData("{a: ", "}")]
    [InlineData("[", "]")]
    [InlineData("(", ")")]
    [InlineData("-", "")]
    [InlineData("a: ", "")]
    [InlineData("\"\\(", ")\"")]
    public void Deep_nesting_is_a_syntax_error(string open, string close)
    {
        var source = "x: " + Repeat(open, 100_000) + "1" + Repeat(close, 100_000);

        Assert.NotEmpty(new CueContext().Build("in.cue", source).Errors);
    }

    [Theory]
    [InlineData("1", " + 1")]
    [InlineData("1", " & 1")]
    [InlineData("true", " && true")]
    [InlineData("a", " + a")]
    public void Long_chains_of_operators_end(string start, string next) => Visit("a: string\nx: [for i in " + start + Repeat(next, 30_000) + " {1}]");

    [Theory]
    [InlineData("x: matchN([{r: string}])\nx: 2", "not enough arguments in call to matchN (have 1, want 3)")]
    [InlineData("x: matchIf(1, 2)\nx: 2", "not enough arguments in call to matchIf (have 2, want 4)")]
    [InlineData("import \"@\"\nx: 1", "imported and not used: \"@\"")]
    [InlineData("import \"\"\nx: 1", null)]
    [InlineData("import \"strconv\"\nx: strconv.ParseNumber(\"1\ufffd\")", null)]
    [InlineData("import \"strconv\"\nx: strconv.ParseNumber(\"1$\")", null)]
    [InlineData("#R: {x: _, out: 1, if (x & int) != _|_ {out: (#R & {x: 1}).out}}\nx: (#R & {x: 2}).out", null)]
    public void Sources_that_once_broke_it_are_answered(string source, string? message)
    {
        var errors = Visit(source);
        if (message is not null)
            Assert.Contains(errors, error => error.Message == message);
    }

    [Fact]
    public void Long_disjunctions_of_atoms_are_evaluated()
    {
        var source = "x: " + string.Join(" | ", Enumerable.Range(0, 5_000).Select(static i => FormattableString.Invariant($"\"s{i}\"")));

        Assert.Equal("\"s77\"", Evaluation.Show(source + "\ny: x & \"s77\"", "y"));
        Assert.Contains("5000 errors in empty disjunction", Evaluation.Show(source + "\ny: x & \"none\"", "y"));
    }

    /// <summary>What random packages ended the process with.</summary>
    [Theory]
    [InlineData("b: {\n\td: ({\n\t\t[string]: c\n\t\tc: (d == _|_)\n\t} & {\n\t\td\n\t\td: {[string]: int}\n\t})\n\td: a\n}\na: b")]
    [InlineData("e: 1 + _|_")]
    [InlineData("e: [for v in [1] {v}] & \"a\"")]
    [InlineData("e: _|_ < {}")]
    public void Random_packages_end(string source) => Assert.NotEmpty(Visit(source));

    [Fact]
    public void Fields_that_refer_to_each_other_time_and_again_are_ordered() =>
        Assert.NotEmpty(Visit(Repeat("b: 2\na: b\nb: a: 1\nb: 2\na: b\nb: a\n", 2_000)));

    [Fact]
    public void Many_conflicts_end_with_the_budget() =>
        Assert.NotEmpty(Visit("x: " + string.Join(" & ", Enumerable.Range(0, 20_000))));

    [Theory]
    [InlineData("a: int", 11)]
    [InlineData("a?: int", 11)]
    [InlineData("a: 1", 0)]
    public void Conditions_that_all_test_each_other_are_decided(string field, int yields)
    {
        const int Count = 12;
        var source = new StringBuilder();
        for (var i = 0; i < Count; i++)
        {
            source.Append(FormattableString.Invariant($"s{i}: {{\n\t{field}\n"));
            for (var other = 0; other < Count; other++)
                source.Append(other == i ? "" : FormattableString.Invariant($"\tif s{other}.a == _|_ {{b{other}: 1}}\n"));
            source.Append("}\n");
        }

        var value = Evaluation.Evaluate(source.ToString(), new CueOptions { MaxSteps = 500_000 });

        Assert.Empty(value.Validate());
        Assert.All(value.Fields, each => Assert.Equal(yields, each.Value.Fields.Count(static part => part.Name.StartsWith('b'))));
    }

    [Fact]
    public void What_is_embedded_time_and_again_is_embedded_once()
    {
        var value = Evaluation.Evaluate("a: 1\nb: 1\na: b\nb: a\n" + Repeat("b\nb: a\n", 700), new CueOptions { MaxSteps = 100_000 });

        Assert.Contains("conflicting values", Assert.Single(value.Validate()).Message);
    }

    [Fact]
    public void A_schema_that_is_tried_with_itself_is_told() =>
        Visit("b: ((b == _|_) & !{\n\"\\(\"a\")\": true\nc: matchN(c, [close(c), a])\na: c\n(c): {a: 1}\n})\nc: int\na: close({a?: int})");

    [Fact]
    public void Validation_says_where_it_stops()
    {
        var inner = Repeat("a: ", 300);
        var value = Evaluation.Evaluate($"x: {inner}y\ny: {inner}z\nz: 1\nlate: string");

        Assert.Contains(value.Validate(concrete: true), static error => error.Code == CueErrorCode.Budget || error.Path == "late");
    }

    private static IReadOnlyList<CueError> Visit(string source)
    {
        var instance = new CueContext().Build("in.cue", source);
        if (instance.Errors.Count > 0)
            return instance.Errors;
        var errors = instance.Value.Validate(concrete: true, final: true);
        JsonExporter.TryExport(instance.Value, out _, out _);
        YamlExporter.TryExport(instance.Value, out _, out _);
        OpenApiExporter.TryExport(instance, out _, out _);
        Assert.NotNull(instance.Value.ToString());
        return errors;
    }

    private static string Chain(string name, string start, string step)
    {
        var source = new StringBuilder($"{name}0: {start}\n");
        for (var i = 0; i < 40; i++)
            source.Append(FormattableString.Invariant($"{name}{i + 1}: ")).AppendFormat(System.Globalization.CultureInfo.InvariantCulture, step, i).Append('\n');
        return source.ToString();
    }

    private static string Repeat(string text, int count) => new StringBuilder().Insert(0, text, count).ToString();

    [Fact]
    public void Conditions_that_all_wait_for_the_next_are_decided_once_each()
    {
        var source = new System.Text.StringBuilder();
        for (var i = 0; i < 40; i++)
            source.Append(System.FormattableString.Invariant($"x{i}?: int\nif x{(i + 39) % 40} == _|_ {{x{i}: 1}}\n"));
        var value = Evaluation.Evaluate(source.ToString(), new CueOptions { MaxSteps = 200_000 });
        Assert.Null(value.Error);
        Assert.Equal(20, value.Fields.Count(static field => field.Kind == CueFieldKind.Regular));
    }

    [Fact]
    public void An_operand_that_is_asked_for_while_operands_are_checked_ends() => Assert.NotEmpty(Evaluation.Errors("d: ({\nd\n_h: d\nif (d & _h) {}\n}).c", concrete: true));
}
