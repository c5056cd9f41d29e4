using DataMesh.Cue.Values;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

public sealed class ExperimentTests
{
    private const string ExplicitOpen = "@experiment(explicitopen)\n#A: {b: {c: 1}}\nC: close({b: {c: 1}})\nO: b: c: 1\n";

    [Theory]
    [InlineData("x: {#A, d: 1}", "x.d")]
    [InlineData("x: {#A, b: d: 1}", "x.b.d")]
    [InlineData("x: {if true {#A}, d: 1}", "x.d")]
    [InlineData("x: __closeAll({a: 1, b: {}}) & {b: d: 1}", "x.b.d")]
    [InlineData("x: __closeAll([{a: 1}]) & [{d: 1}]", "x.0.d")]
    [InlineData("y: __reclose({#A..., e: 1})\nx: y & {b: d: 1}", "x.b.d")]
    [InlineData("y: __reclose({C..., e: 1})\nx: y & {d: 1}", "x.d")]
    [InlineData("y: __reclose({#A..., e: 1})\nx: y & {b: c: 1, d: 1}", "x.d")]
    [InlineData("y: __closeAll({C...})\nx: y & {d: 1}", "x.d")]
    public void Explicitly_open_only_what_is_spread_takes_other_fields(string source, string path) =>
        Assert.Equal([path + ": field not allowed"], Errors(ExplicitOpen + source));

    [Theory]
    [InlineData("x: {#A..., b: d: 1, e: 1}")]
    [InlineData("x: {close({a: 1})..., b: 1}")]
    [InlineData("x: {O, d: 1}")]
    [InlineData("y: __reclose({O..., e: 1})\nx: y & {d: 1}")]
    [InlineData("y: __reclose({C..., e: 1})\nx: y & {b: d: 1}")]
    [InlineData("y: __reclose({#A..., C...})\nx: y & {b: d: 1}")]
    [InlineData("#D: close({b: {}})\ny: __reclose({#D...})\nx: y & {b: d: 1}")]
    [InlineData("y: __closeAll({C..., e: {}})\nx: y & {b: d: 1, e: d: 1}")]
    public void Spread_structs_are_open(string source) => Assert.Empty(Errors(ExplicitOpen + source));

    [Theory]
    [InlineData("y: __closeAll({n: a: 1})\nx: y.n.z", "undefined field: z")]
    [InlineData("y: __closeAll({n: a: 1}) & {m?: 1}\nx: y.n.z", "undefined field: z")]
    [InlineData("y: __closeAll({n: a: 1}) & {n: {}}\nx: y.n.z", null)]
    [InlineData("y: __reclose({C...}) & {b: _}\nx: y.b.z", null)]
    public void What_a_call_closes_counts_as_closed_while_nothing_else_is_said_of_it(string source, string? error) =>
        Assert.Equal(error is null ? [] : ["x: " + error], Errors(ExplicitOpen + source));

    [Theory]
    [InlineData("D: 1\nx: {D} & \"s\"", "x: conflicting values \"s\" and 1 (mismatched types string and int) @5:4 6:5 6:10")]
    [InlineData("D: 1\nx: __reclose({D...}) & \"s\"", "x: conflicting values \"s\" and 1 (mismatched types string and int) @5:4 6:24")]
    [InlineData("x: __closeAll({int})", "x: error in call to __closeAll: struct argument must be concrete @5:4")]
    public void Explicitly_open_embeddings_have_no_place_of_their_own(string source, string error) =>
        Assert.Equal([error], Located(ExplicitOpen + source));

    [Theory]
    [InlineData("@experiment(explicitopen)\nx: __closeAll(1)", "x: error in call to __closeAll: argument must be a struct or list literal")]
    [InlineData("@experiment(explicitopen)\nx: __reclose(__closeAll({}))", "x: error in call to __reclose: argument must be a struct or list literal, or a close() call")]
    [InlineData("x: __closeAll({})", "x: error in call to __closeAll: __closeAll may only be used when explicitopen is enabled")]
    public void Closing_functions_take_literals(string source, string error) => Assert.Equal([error], Errors(source));

    [Theory]
    [InlineData("x: false && _|_", "false")]
    [InlineData("n: bool\nx: true || n", "true")]
    [InlineData("x: true && false", "false")]
    public void Short_circuits_leave_the_right_operand_alone(string source, string value) =>
        Assert.Equal(value, Show("@experiment(shortcircuit)\n" + source));

    [Theory]
    [InlineData("a~(K, V): 1\nx: [K, V]", "[\"a\",1]")]
    [InlineData("x: [10, self[0] + 1]", "[10,11]")]
    [InlineData("x: [for i in [1, 2] {i}, 3, self[0]]", "[1,2,3,1]")]
    public void Postfix_aliases_and_self(string source, string value) => Assert.Equal(value, Show("@experiment(aliasv2)\n" + source));

    [Theory]
    [InlineData("v: d.nope?", "{}")]
    [InlineData("if d != 1 {v: d.nope?}", "{}")]
    [InlineData("v: [if true {d.nope?}]", "{}")]
    [InlineData("v: [1, 2][d.nope?:2]", "{}")]
    [InlineData("[d.nope?]: 1", "{}")]
    [InlineData("v: {for k, w in d.nope? {a: 1}}", "{}")]
    [InlineData("v: [...d.nope?]", "{\"v\":[]}")]
    [InlineData("v: d.a?", "{\"v\":1}")]
    public void What_is_tried_is_found_wherever_it_stands(string body, string value) =>
        Assert.Equal($"{{\"d\":{{\"a\":1}},\"x\":{value}}}", Json($"@experiment(try)\nd: a: 1\nx: {{try {{{body}}}}}"));

    [Fact]
    public void The_alias_of_a_pattern_is_known_within_only() => Assert.Equal(
        ["y: reference \"X\" not found", "unreferenced alias or let clause X"],
        new CueContext().Build("in.cue", "@experiment(aliasv2)\n[string]~X: int\ny: X\n").Errors.Select(static error => error.ToString()));

    [Theory]
    [InlineData("x: {try v = a.b {d: v}}", "x.d: undefined field: b")]
    [InlineData("x: {try v = a.c?.b {d: v}}", "x.d: undefined field: b")]
    public void A_name_is_missing_where_it_is_used_if_it_is_not_tried(string source, string expected) =>
        Assert.Equal([expected], Errors("@experiment(try)\na: c: {}\n" + source, concrete: true));

    [Theory]
    [InlineData("x: a.b?", "x")]
    [InlineData("x: {if a.b? {}}", "x")]
    [InlineData("x: {try v = a.b? {d: a.b?}}", "x.try[].d")]
    public void What_may_be_missing_is_marked_in_a_clause_that_tries_it(string source, string path)
    {
        var instance = new CueContext().Build("in.cue", "@experiment(try)\na: {}\n" + source);
        Assert.Equal([$"{path}: optional marker (?) is only valid within a try clause"], instance.Errors.Select(static error => error.ToString()));
    }

    [Theory]
    [InlineData("p: x?: int\ny: [try {p.x}]", "y: try clause requires the try experiment (language version v0.16.0 or later)")]
    [InlineData("try x = nope {y: x}", "try clause requires the try experiment (language version v0.16.0 or later)")]
    [InlineData("for x in [1] try {nope}", "for[]: try clause requires the try experiment (language version v0.16.0 or later)")]
    [InlineData("p: x?: int\ny: p.x?", "y: optional marker (?) requires the try experiment (language version v0.16.0 or later)")]
    [InlineData("@experiment(try)\np: x?: int\ny: p.x?", "y: optional marker (?) is only valid within a try clause")]
    public void Without_the_experiment_nothing_is_tried(string source, string expected) =>
        Assert.Equal(expected, Assert.Single(new CueContext().Build("in.cue", source).Errors).ToString());
}
