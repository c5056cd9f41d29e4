using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Binding;

public sealed class BinderTests
{
    [Theory]
    [InlineData("a: b", CueErrorCode.Reference, "a", "reference \"b\" not found", "in.cue:1:4")]
    [InlineData("a: {\"b\": 1, c: b}", CueErrorCode.Reference, "a.c", "reference \"b\" not found", "in.cue:1:16")]
    [InlineData("a: [string]: b", CueErrorCode.Reference, "a.[]", "reference \"b\" not found", "in.cue:1:14")]
    [InlineData("import \"nothing\"\na: nothing.x", CueErrorCode.Build, "", "builtin package \"nothing\" undefined", "in.cue:1:8")]
    [InlineData("X=a: 1", CueErrorCode.Build, "", "unreferenced alias or let clause X", "in.cue:1:1")]
    [InlineData("a: string + \"x\"", CueErrorCode.Build, "a", "invalid operand string ('+' requires concrete value)", "in.cue:1:4")]
    [InlineData("let X = Y\nlet Y = X\na: X", CueErrorCode.Build, "let[]", "cyclic references in let clause or alias", "in.cue:1:9")]
    [InlineData("a: {let A = {c: B}\nlet B = A\nout: A}", CueErrorCode.Build, "a.let[].c", "cyclic references in let clause or alias", "in.cue:1:17")]
    [InlineData("let A = A\na: A", CueErrorCode.Reference, "let[]", "reference \"A\" not found", "in.cue:1:9")]
    [InlineData("a: {b: self.c, c: 1}", CueErrorCode.Build, "a.b", "predeclared identifier \"self\" requires @experiment(aliasv2)", "in.cue:1:8")]
    [InlineData("a: {let A = {b: A.c, c: 1}, d: A}", CueErrorCode.Reference, "a.let[].b", "reference \"A\" not found", "in.cue:1:17")]
    [InlineData("a: {let A = {let B = A, b: B}, d: A}", CueErrorCode.Reference, "a.let[].let[]", "reference \"A\" not found", "in.cue:1:22")]
    [InlineData("Y=(X): string\nX=(\"foo\"): 1", CueErrorCode.Build, "", "cyclic reference in field alias", "in.cue:1:4")]
    [InlineData("a: [for x in [1] {b: y}]", CueErrorCode.Reference, "a.for[].b", "reference \"y\" not found", "in.cue:1:22")]
    [InlineData("s: \"k\"\na: {(s): b: y}", CueErrorCode.Reference, "a.<unknown>.b", "reference \"y\" not found", "in.cue:2:13")]
    [InlineData("s: \"k\"\na: {\"\\(s)\": b: y}", CueErrorCode.Reference, "a.?.b", "reference \"y\" not found", "in.cue:2:16")]
    [InlineData("a: *1", CueErrorCode.Build, "a", "preference mark not allowed at this position", "in.cue:1:4")]
    [InlineData("x: 1\n[{b: {[x]: 2}}]: 1", CueErrorCode.Load, "", "reference \"x\" in label expression refers to field against which it would be matched", "in.cue:2:8")]
    [InlineData("a: ((<1)) + 2", CueErrorCode.Build, "a", "invalid operand ((<1)) ('+' requires concrete value)", "in.cue:1:4")]
    [InlineData("a: 2 + ( int )", CueErrorCode.Build, "a", "invalid operand (int) ('+' requires concrete value)", "in.cue:1:8")]
    [InlineData("a: 0 == !=number", CueErrorCode.Build, "a", "invalid operand !=number ('==' requires concrete value)", "in.cue:1:9")]
    [InlineData("d: \"a\"\n{[d]: 2}", CueErrorCode.Load, "", "reference \"d\" in label expression refers to field against which it would be matched", "in.cue:2:3")]
    [InlineData("x: {d: \"a\", if true {[d]: 2}}", CueErrorCode.Load, "", "reference \"d\" in label expression refers to field against which it would be matched", "in.cue:1:23")]
    [InlineData("x: {d: \"a\", [y.d]: 2}\ny: d: \"a\"", CueErrorCode.Load, "", "reference \"d\" in label expression refers to field against which it would be matched", "in.cue:1:16")]
    [InlineData("x: {d: \"a\", [{d: \"x\"}.e]: 2}", CueErrorCode.Load, "", "reference \"d\" in label expression refers to field against which it would be matched", "in.cue:1:15")]
    public void What_does_not_bind_is_reported_at_its_place(string source, CueErrorCode code, string path, string message, string position)
    {
        var error = new CueContext().Build("in.cue", source).Errors[0];
        Assert.Equal((code, path, message, position), (error.Code, error.Path, error.Message, error.Positions[0].ToString()));
    }

    [Theory]
    [InlineData("string: \"s\"\nx: string\ny: __string")]
    [InlineData("a: {x: 1, b: {x: 2, y: x}, y: x}")]
    [InlineData("x: {d: \"a\", y: {[d]: 2}}")]
    [InlineData("x: {d: \"a\", let L = {[d]: 2}, y: L}")]
    [InlineData("x: {d: \"a\"} & {[d]: 2}\nd: \"b\"")]
    [InlineData("X={a: 1}.a & 1", false)]
    public void Names_are_lexically_scoped(string source, bool isValid = true)
    {
        var instance = new CueContext().Build("in.cue", source);
        Assert.Equal(isValid, instance.Errors.Count == 0);
    }

    [Fact]
    public void A_field_shadows_a_type_and_the_reserved_name_means_the_type()
    {
        var value = new CueContext().Build("in.cue", "string: \"s\"\nx: string\ny: __string").Value;
        Assert.Equal("s", value.Lookup("x")!.AsString());
        Assert.Equal(CueKind.String, value.Lookup("y")!.IncompleteKind);
        Assert.Null(value.Lookup("y")!.AsString());
    }

    [Fact]
    public void Files_of_a_package_share_fields_but_not_lets()
    {
        var context = new CueContext();
        var shared = context.Build(Files("package p\nlet l = 1\na: b + l", "package p\nb: 2"));
        Assert.Empty(shared.Errors);
        Assert.Equal("3", shared.Value.Lookup("a")!.AsNumberText());
        Assert.NotEmpty(new CueContext().Build(Files("package p\nlet l = 1\na: l", "package p\nb: l")).Errors);
    }

    private static KeyValuePair<string, string>[] Files(string a, string b) => [new("a.cue", a), new("b.cue", b)];
}
