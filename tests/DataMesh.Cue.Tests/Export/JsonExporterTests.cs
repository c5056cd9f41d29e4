using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Export;

/// <summary>Values as JSON.</summary>
public sealed class JsonExporterTests
{
    [Theory]
    [InlineData("b: 1.50, a: {x: \"é\\n\", _h: 1, #d: 2, o?: 3}", """{"b":1.50,"a":{"x":"é\n"}}""")]
    [InlineData("a: *1 | int, l: [1, ...], n: null, y: 'hi'", """{"a":1,"l":[1],"n":null,"y":"aGk="}""")]
    [InlineData("a: 1e400, b: 0x10", """{"a":1E+400,"b":16}""")]
    public void Writes_data(string source, string expected)
    {
        Assert.True(JsonExporter.TryExport(Evaluate(source), out string json, out CueError? error), error?.ToString());
        Assert.Equal(expected, json);
    }

    [Theory]
    [InlineData("a: b: int", "a.b", CueErrorCode.Incomplete)]
    [InlineData("a: b!: int", "a.b", CueErrorCode.Incomplete)]
    [InlineData("a: b: 1 & 2", "a.b", CueErrorCode.Eval)]
    public void Says_what_is_no_data(string source, string path, CueErrorCode code)
    {
        Assert.False(JsonExporter.TryExport(Evaluate(source), out _, out CueError? error));
        Assert.Equal(path, error!.Path);
        Assert.Equal(code, error.Code);
    }

    private static CueValue Evaluate(string source) => new CueContext().Build("in.cue", source).Value;
}

/// <summary>Values as YAML.</summary>
public sealed class YamlExporterTests
{
    [Fact]
    public void Writes_data_in_blocks()
    {
        CueValue value = new CueContext().Build("in.cue", "a: *1 | int, b: [{c: \"yes\"}, {c: \"x\"}], d: {}, e: 'hi', f: 1.50, _h: 1").Value;
        Assert.True(YamlExporter.TryExport(value, out string yaml, out _));
        Assert.Equal("a: 1\nb:\n  - c: \"yes\"\n  - c: x\nd: {}\ne: !!binary aGk=\n\"f\": 1.50\n", yaml);
    }

    [Fact]
    public void Refuses_what_is_not_concrete() =>
        Assert.False(YamlExporter.TryExport(new CueContext().Build("in.cue", "a: int").Value, out _, out _));
}
