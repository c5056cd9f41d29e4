using static DataMesh.Cue.Tests.Values.Evaluation;

namespace DataMesh.Cue.Tests.Values;

/// <summary>Validators whose schemas lead back to the validators.</summary>
public sealed class SchemaValidatorTests
{
    [Theory]
    [InlineData("#c: {b: string, a: matchN(1, [#c])}\nx: #c & {a: b: \"foo\"}", "x.a.a: structural cycle @1:20")]
    [InlineData("c: matchN(1, [{d: c}])\nx: c & {d: d: {}}", "x.d: invalid value {d:{}} (does not satisfy matchN): structural cycle @1:4 1:11 1:19 2:12")]
    [InlineData("x: {a: matchN(1, [x]), a: {}}", "x.a: structural cycle @1:8")]
    [InlineData("x: matchN(1, [x])\nx: 3", "x: invalid value 3 (does not satisfy matchN): structural cycle @1:4 1:11 1:15 2:4")]
    public void A_schema_that_requires_what_it_validates_has_no_end(string source, string expected) => Assert.Contains(expected, Located(source));

    [Theory]
    [InlineData("#c: {b: string, a?: matchN(1, [#c])}\nx: #c & {b: \"\", a: {b: \"foo\", a: b: \"x\"}}")]
    [InlineData("#c: matchN(1, [int, [...#c]])\nx: #c & [1, [2, [3]]]")]
    [InlineData("#c: matchN(1, [int, {[string]: #c}])\nx: #c & {d: d: 1}")]
    [InlineData("#c: matchN(1, [int, {d: #c}])\nx: #c & {d: 1}")]
    [InlineData("x: matchN(1, [{d: x}])\nx: {}")]
    public void One_that_allows_it_ends_with_the_data(string source) => Assert.Empty(Errors(source, concrete: true));

    [Theory]
    [InlineData("x: matchN(1, [y, {a: y}])\ny: >3", "x: incomplete value matchN(1, [y,{a:y}])")]
    [InlineData("x: matchN(1, [x])", "x: incomplete value matchN(1, [x])")]
    [InlineData("import \"struct\"\nx: struct.MaxFields(y)\ny: {a: x}", "x: incomplete value struct.MaxFields(y)")]
    public void Schemas_are_shown_as_they_are_written(string source, string expected) => Assert.Contains(expected, Errors(source, concrete: true));

    [Fact]
    public void A_list_that_a_schema_is_tried_on_is_told_last() =>
        Assert.Contains("x: conflicting values int and [1] (mismatched types int and list)", Errors("x: [1] & matchN(1, [int])"));
}
