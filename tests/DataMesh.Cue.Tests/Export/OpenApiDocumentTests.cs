using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Export;

/// <summary>OpenAPI schemas of alternatives, defaults, optional definitions and comments, as <c>cue export --out openapi</c> writes them.</summary>
public sealed class OpenApiDocumentTests
{
    [Theory]
    [InlineData("#A?: int\n#B: int", """{"B":{"type":"integer"}}""")]
    [InlineData("#A: {#C?: int}", """{"A":{"type":"object"},"A.C?":{"type":"integer"}}""")]
    [InlineData("#A: {x: number, y: number} | *{x: 0, y: 0}", """{"A":{"type":"object","required":["x","y"],"properties":{"x":{"type":"number"},"y":{"type":"number"}},"default":{"x":0,"y":0}}}""")]
    [InlineData("#A: {a?: int} | *{a: 1} | {b: int}", """{"A":{"type":"object","default":{"a":1},"oneOf":[{"allOf":[{"properties":{"a":{"type":"integer"}}},{"not":{"anyOf":[{"required":["b"],"properties":{"b":{"type":"integer"}}}]}}]},{"required":["b"],"properties":{"b":{"type":"integer"}}}]}}""")]
    [InlineData("#A: {b: int} | *#B\n#B: {b: 1}", """{"A":{"type":"object","default":{"b":1},"oneOf":[{"allOf":[{"required":["b"],"properties":{"b":{"type":"integer"}}},{"not":{"anyOf":[{"$ref":"#/components/schemas/B"}]}}]},{"$ref":"#/components/schemas/B"}]},"B":{"type":"object","required":["b"],"properties":{"b":{"type":"integer","enum":[1]}}}}""")]
    [InlineData("#A: #B | *{b: 1}\n#B: {b: int}", """{"A":{"$ref":"#/components/schemas/B"},"B":{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}}""")]
    [InlineData("#A: {a: #B | *{b: 1} | 5}\n#B: {b: int}", """{"A":{"type":"object","required":["a"],"properties":{"a":{"default":{"b":1},"oneOf":[{"enum":[5]},{"allOf":[{"$ref":"#/components/schemas/B"},{"not":{"anyOf":[{"type":"object","required":["b"],"properties":{"b":{"type":"integer","enum":[1]}}}]}}]},{"type":"object","required":["b"],"properties":{"b":{"type":"integer","enum":[1]}}}]}}},"B":{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}}""")]
    [InlineData("#A: [] | [...int] | int", """{"A":{"oneOf":[{"type":"array"},{"type":"integer"}]}}""")]
    [InlineData("#A: {a: {[string]: string} | {[string]: int} | int}", """{"A":{"type":"object","required":["a"],"properties":{"a":{"oneOf":[{"type":"object","additionalProperties":{"type":"string"}},{"type":"object","additionalProperties":{"type":"integer"}},{"type":"integer"}]}}}}""")]
    [InlineData("import \"struct\"\n#A: {a: 2} & struct.MaxFields(3) | int", """{"A":{"oneOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"integer","enum":[2]}}},{"type":"integer"}]}}""")]
    [InlineData("import \"struct\"\n#A: {a: int} & struct.MaxFields(3)", """{"A":{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}},"maxProperties":3}}""")]
    [InlineData("// Doc\n#A: b: c: \"hello\"", """{"A":{"type":"object","required":["b"],"properties":{"b":{"type":"object","required":["c"],"properties":{"c":{"description":"Doc","type":"string","enum":["hello"]}}}}}}""")]
    [InlineData("#A: {\n\t// Doc\n\t[string]: int\n\t// Other\n\t[_]: >1\n}", """{"A":{"type":"object","additionalProperties":{"description":"Doc\n\n\nOther","type":"integer","minimum":1,"exclusiveMinimum":true}}}""")]
    [InlineData("#A: {\n\t// Doc\n\tb: [string]: c: int\n}", """{"A":{"type":"object","required":["b"],"properties":{"b":{"description":"Doc","type":"object","additionalProperties":{"type":"object","required":["c"],"properties":{"c":{"type":"integer"}}}}}}}""")]
    [InlineData("#A: *int32 | string", """{"A":{"oneOf":[{"type":"number","minimum":-2147483648,"maximum":2147483647},{"type":"string"}]}}""")]
    [InlineData("#A: *1 | *int", """{"A":{"type":"integer","oneOf":[{"enum":[1]},{}]}}""")]
    [InlineData("import \"strings\"\n#A: {[strings.MaxRunes(5)]: int}", """{"A":{"type":"object","additionalProperties":{"type":"integer"}}}""")]
    [InlineData("#A: string & !=null", """{"A":{"type":"string"}}""")]
    [InlineData("#a: [X=string]: {name: X}", """{"a":{"type":"object","additionalProperties":{"type":"object","required":["name"],"properties":{"name":{"$ref":"#/components/schemas/a"}}}}}""")]
    [InlineData("#a: [X=string]: #b & {name: X}\n#b: {name: string, c: int}", """{"a":{"type":"object","additionalProperties":{"type":"object","properties":{"name":{"$ref":"#/components/schemas/a"}},"allOf":[{"$ref":"#/components/schemas/b"},{"required":["name"]}]}},"b":{"type":"object","required":["name","c"],"properties":{"name":{"type":"string"},"c":{"type":"integer"}}}}""")]
    public void With_references(string source, string schemas) => Assert.Equal(schemas, Schemas(source, new OpenApiOptions()));

    [Theory]
    [InlineData("import \"net\"\n#A: net.IPv4 | [...int]", """{"A":{}}""")]
    [InlineData("#A: \"a\" | !=null", """{"A":{}}""")]
    [InlineData("#A: int | string", """{"A":{"oneOf":[{},{}]}}""")]
    [InlineData("#A: {[string]: _, a: int}", """{"A":{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}},"additionalProperties":{}}}""")]
    [InlineData("#A: {a: {...} | int}", """{"A":{"type":"object","required":["a"],"properties":{"a":{"oneOf":[{},{}]}}}}""")]
    [InlineData("#A: {x: number, y: number} | *{x: 0, y: 0}", """{"A":{"type":"object","required":["x","y"],"properties":{"x":{"type":"number"},"y":{"type":"number"}},"default":{"x":0,"y":0}}}""")]
    [InlineData("#A: {a?: int} | *{a: 1} | {b: int}", """{"A":{"type":"object","properties":{"a":{},"b":{"type":"integer"}},"default":{"a":1},"oneOf":[{"not":{"anyOf":[{"required":["b"]}]}},{"required":["b"]}]}}""")]
    [InlineData("import \"struct\"\n#A: {a: int} & struct.MaxFields(3)", """{"A":{"type":"object","required":["a"],"properties":{"a":{"type":"integer"}}}}""")]
    [InlineData("#A: {a: 1} | {a: {b: 2}}", """{"A":{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"integer","enum":[2]}}}},"oneOf":[{"required":["a"]},{"required":["a"],"properties":{"a":{"required":["b"]}}}]}}""")]
    [InlineData("#A: {a: {b: 1}} | {a: 2}", """{"A":{"type":"object","properties":{"a":{}},"oneOf":[{"required":["a"],"properties":{"a":{"required":["b"]}}},{"required":["a"]}]}}""")]
    [InlineData("#A: {a: {c: 1}} | {a: {b: 2} | 5}", """{"A":{"type":"object","properties":{"a":{}},"oneOf":[{"required":["a"],"properties":{"a":{"required":["c"]}}},{"required":["a"],"properties":{"a":{"oneOf":[{"enum":[5]},{"required":["b"],"properties":{"b":{"type":"integer","enum":[2]}}}]}}}]}}""")]
    [InlineData("#A: {a: 1} | {a: [...{b: int}]}", """{"A":{"type":"object","properties":{"a":{"type":"array","items":{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}}},"oneOf":[{"required":["a"]},{"required":["a"]}]}}""")]
    [InlineData("#A: {a: [...int]} | {a: {b: 1}}", """{"A":{"type":"object","properties":{"a":{"type":"object","properties":{"b":{"type":"integer","enum":[1]}},"additionalProperties":{"type":"integer"}}},"oneOf":[{"required":["a"]},{"required":["a"],"properties":{"a":{"required":["b"]}}}]}}""")]
    [InlineData("#a: b: [X=string]: {n: name: X}", """{"a":{"type":"object","required":["b"],"properties":{"b":{"type":"object","additionalProperties":{"type":"object","required":["n"],"properties":{"n":{"type":"object","required":["name"],"properties":{"name":{"type":"string"}}}}}}}}}""")]
    public void With_references_expanded(string source, string schemas) => Assert.Equal(schemas, Schemas(source, new OpenApiOptions { ExpandReferences = true }));

    [Fact]
    public void A_required_definition_has_to_be_there()
    {
        Assert.False(OpenApiExporter.TryExport(new CueContext().Build("in.cue", "#A!: int"), out _, out CueError? error));
        Assert.Equal("openapi: #A: field is required but not present", error!.Message);
    }

    private static string Schemas(string source, OpenApiOptions options)
    {
        Assert.True(OpenApiExporter.TryExport(new CueContext().Build("in.cue", source), out string document, out CueError? error, options), error?.Message);
        int start = document.IndexOf("\"schemas\":", StringComparison.Ordinal) + 10;
        return document[start..^2];
    }
}
