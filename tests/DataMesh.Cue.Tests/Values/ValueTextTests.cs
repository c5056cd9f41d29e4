using DataMesh.Cue.Export;
using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>How messages write values.</summary>
public sealed class ValueTextTests
{
    [Theory]
    [InlineData("x: {b: C} | int\nC: {c: 1}", "x: incomplete value {b:~(C)} | int")]
    [InlineData("x: {b: [C], d: C.e} | int\nC: {c: 1, e: []}", "x: incomplete value {b:[~(C)],d:~(C.e)} | int")]
    [InlineData("x: {b: C & {}} | int\nC: {c: 1}", "x: incomplete value {b:{c:1}} | int")]
    [InlineData("x: {b: C} | int\nlet C = {c: 1}", "x: incomplete value {b:{c:1}} | int")]
    [InlineData("x: {b: X} | int\nX=\"C-c\": {c: 1}", "x: incomplete value {b:~(\"C-c\")} | int")]
    public void What_is_another_struct_is_told_by_where_that_is(string source, string expected) =>
        Assert.Equal([expected], Errors(source, concrete: true));

    [Theory]
    [InlineData("A: {b?: A} | int", "A: incomplete value {b?:_|_(A.b: structural cycle)} | int")]
    [InlineData("A: {a?: B} | int\nB: {b?: A} | int", "A: incomplete value {a?:{b?:_|_(B.b: structural cycle)} | int} | int", "B: incomplete value {b?:_|_(B.b: structural cycle)} | int")]
    [InlineData("A: {a?: {b?: {c: A}}} | int", "A: incomplete value {a?:{b?:_|_(A.a.b.c: structural cycle)}} | int")]
    [InlineData("A: {a?: {c?: A}, b: 1}\nx: \"\\(A)\"", "x: invalid interpolation: cannot use {a?:{c?:_|_(A.a.c: structural cycle)},b:1} (type struct) as type (bool|string|bytes|number)")]
    [InlineData("#A: {a?: #B}\n#B: {b?: #A}\nx: #A | #B", "x: incomplete value {a?:~(#B)} | {b?:~(#A)}")]
    public void What_comes_round_ends_there(string source, params string[] expected) => Assert.Equal(expected, Errors(source, concrete: true));

    [Theory]
    [InlineData("x: {c: 1} | {d: 1}\nx: {e: 1}", "x: incomplete value {e:1,c:1} | {e:1,d:1}")]
    [InlineData("x: y | int\ny: {b, d: 1}\nb: c: 2", "x: incomplete value {d:1,c:2} | int")]
    public void Fields_are_in_the_order_in_which_they_came_up(string source, string expected) =>
        Assert.Equal([expected], Errors(source, concrete: true));

    [Theory]
    [InlineData("A: {a?: B} | int\nB: {b?: A} | int", "A: {\n    a?: {\n        b?: A\n    } | int\n} | int\nB: {\n    b?: A\n} | int\n")]
    [InlineData("#A: {a?: #B}\n#B: {b?: #A}", "#A: {\n    a?: {\n        b?: #A\n    }\n}\n#B: {\n    b?: #A\n}\n")]
    [InlineData("A: {a?: {b?: {c: A}}}", "A: {\n    a?: {\n        b?: {\n            c: A\n        }\n    }\n}\n")]
    public void What_comes_round_is_printed_as_the_reference_that_it_is(string source, string expected)
    {
        Assert.True(CueExporter.TryExport(Evaluate(source), CueExportOptions.EvaluationOfAll, out var text, out _));
        Assert.Equal(expected, text);
    }
}
