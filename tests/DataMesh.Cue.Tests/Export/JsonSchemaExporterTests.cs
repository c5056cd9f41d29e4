using DataMesh.Cue.Export;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Export;

/// <summary>JSON Schemas that accept what the value accepts, or say why there is none.</summary>
public sealed class JsonSchemaExporterTests
{
    private const string Dialect = "\"$schema\":\"https://json-schema.org/draft/2020-12/schema\"";

    [Fact]
    public void Writes_the_schema_of_the_article() => Assert.Equal(
        "{" + Dialect + ""","description":"Identity of a person.","type":"object","properties":{"first":{"description":"first name of the person","type":"string","pattern":"[A-Z][^\\n]*"},"Age":{"type":"number","exclusiveMaximum":130}},"required":["first"],"additionalProperties":false}""",
        Export("""
            // Identity of a person.
            #A: {
            	// first name of the person
            	first: =~"[A-Z].*"
            	Age?:  number & <130
            }
            """));

    [Theory]
    [InlineData("string", """{"type":"string"}""")]
    [InlineData("_", "{}")]
    [InlineData("null", """{"type":"null"}""")]
    [InlineData("bytes", """{"type":"string","contentEncoding":"base64"}""")]
    [InlineData("\"a\"", """{"const":"a"}""")]
    [InlineData("1.50", """{"const":1.50}""")]
    [InlineData("uint8", """{"type":"integer","minimum":0,"maximum":255}""")]
    [InlineData("int & >0 & <=10 & !=5 & !=6", """{"type":"integer","exclusiveMinimum":0,"maximum":10,"not":{"enum":[5,6]}}""")]
    [InlineData("=~\"a\" & =~\"b\" & !~\"c\" & !=\"ab\"", """{"type":"string","pattern":"a","allOf":[{"pattern":"b"},{"not":{"const":"ab"}}],"not":{"pattern":"c"}}""")]
    [InlineData("strings.MinRunes(1) & strings.MaxRunes(5)", """{"type":"string","minLength":1,"maxLength":5}""")]
    [InlineData("strings.HasPrefix(\"a.b\")", """{"type":"string","pattern":"^a\\.b"}""")]
    [InlineData("int & math.MultipleOf(3)", """{"type":"integer","multipleOf":3}""")]
    [InlineData("int | string", """{"type":["integer","string"]}""")]
    [InlineData("null | string & =~\"a\"", """{"type":["string","null"],"pattern":"a"}""")]
    [InlineData("\"a\" | \"b\" | 3 | null", """{"enum":["a","b",3,null]}""")]
    [InlineData("*\"a\" | string", """{"type":"string","default":"a"}""")]
    [InlineData("*\"a\" | \"b\"", """{"enum":["a","b"],"default":"a"}""")]
    [InlineData("\"auto\" | int & >0", """{"anyOf":[{"type":"integer","exclusiveMinimum":0},{"const":"auto"}]}""")]
    [InlineData("{k: \"a\", x!: int} | {k: \"b\"}", """{"oneOf":[{"type":"object","properties":{"k":{"const":"a"},"x":{"type":"integer"}},"required":["x"],"additionalProperties":false},{"type":"object","properties":{"k":{"const":"b"}},"additionalProperties":false}]}""")]
    [InlineData("[...int]", """{"type":"array","items":{"type":"integer"}}""")]
    [InlineData("[]", """{"type":"array","maxItems":0}""")]
    [InlineData("[int, ...string]", """{"type":"array","prefixItems":[{"type":"integer"}],"minItems":1,"items":{"type":"string"}}""")]
    [InlineData("[int, string]", """{"type":"array","prefixItems":[{"type":"integer"},{"type":"string"}],"minItems":2,"items":false}""")]
    [InlineData("list.MinItems(1) & list.UniqueItems & [...]", """{"type":"array","minItems":1,"uniqueItems":true}""")]
    [InlineData("list.Contains({a: 1})", """{"type":"array","contains":{"const":{"a":1}}}""")]
    [InlineData("list.Contains(1) & list.Contains(2)", """{"type":"array","contains":{"const":1},"allOf":[{"contains":{"const":2}}]}""")]
    [InlineData("list.MatchN(>=1 & <3, \"a\")", """{"type":"array","contains":{"const":"a"},"minContains":1,"maxContains":2}""")]
    [InlineData("{a?: int, ...}", """{"type":"object","properties":{"a":{"type":"integer"}}}""")]
    [InlineData("{[string]: int} & struct.MinFields(1)", """{"type":"object","additionalProperties":{"type":"integer"},"minProperties":1}""")]
    [InlineData("{[=~\"^a\"]: int}", """{"type":"object","patternProperties":{"^a":{"type":"integer"}},"additionalProperties":false}""")]
    [InlineData("{[\"a\" | \"b\"]: int}", """{"type":"object","patternProperties":{"(?:^a$|^b$)":{"type":"integer"}},"additionalProperties":false}""")]
    [InlineData("{x?: _|_}", """{"type":"object","properties":{"x":{"not":{}}},"additionalProperties":false}""")]
    [InlineData("matchN(1, [int, >5])", """{"oneOf":[{"type":"integer"},{"type":"number","exclusiveMinimum":5}]}""")]
    [InlineData("matchN(0, [int])", """{"not":{"anyOf":[{"type":"integer"}]}}""")]
    [InlineData("matchIf(int, >5, =~\"a\")", """{"if":{"type":"integer"},"then":{"type":"number","exclusiveMinimum":5},"else":{"type":"string","pattern":"a"}}""")]
    public void Writes_schemas(string value, string expected) =>
        Assert.Equal("{" + Dialect + (expected == "{}" ? "}" : "," + expected[1..]), Export("import (\"list\", \"math\", \"strings\", \"struct\")\n#A: " + value, unused: true));

    [Fact]
    public void What_is_filled_in_is_not_required() => Assert.Equal(
        "{" + Dialect + ""","type":"object","properties":{"a":{"type":"integer"},"b":{"const":1},"c":{"type":"integer","default":1},"d":{"type":"array"},"e":{"type":"integer","default":1}},"required":["a","e"],"additionalProperties":false}""",
        Export("#A: {a: int, b: 1, c: *1 | int, d: [...], e!: *1 | int}"));

    [Fact]
    public void References_to_definitions_stay_references_and_may_recur() => Assert.Equal(
        "{" + Dialect + ""","type":"object","properties":{"kids":{"type":"array","items":{"$ref":"#"}},"b":{"anyOf":[{"$ref":"#/$defs/B"},{"type":"null"}]}},"required":["b"],"additionalProperties":false,"$defs":{"B":{"description":"A B.","type":"object","properties":{"next":{"$ref":"#/$defs/B"}},"additionalProperties":false}}}""",
        Export("#A: {kids: [...#A], b: #B | null}\n// A B.\n#B: {next?: #B}"));

    [Fact]
    public void Of_a_package_all_definitions_are_written()
    {
        Assert.True(JsonSchemaExporter.TryExport(new CueContext().Build("in.cue", "#A: int\n#B: string\nx: #A").Value, out string schema, out _));
        Assert.Equal("{" + Dialect + ""","type":"object","properties":{"x":{"$ref":"#/$defs/A"}},"required":["x"],"$defs":{"A":{"type":"integer"},"B":{"type":"string"}}}""", schema);
    }

    [Fact]
    public void A_closing_conjunct_closes_what_another_opens() => Assert.Equal(
        "{" + Dialect + ""","type":"object","properties":{"a":{"type":"integer"}},"required":["a"],"additionalProperties":false}""",
        Export("#A: #C & #O\n#C: {a: int}\n#O: {a: int, ...}"));

    [Theory]
    [InlineData("{a: int, b: >a}", "#A.b", "a is a value of the same document")]
    [InlineData("{b: =~\"(\"}", "#A.b", "=~\"(\"")]
    [InlineData("{a: int, b: a}", "#A.b", "a is a value of the same document")]
    [InlineData("{a: *1 | int, b: a + 1}", "#A.b", "a is a value of the same document")]
    [InlineData("{a: string, _c: a & =~\"x\"}", "#A._c", "a is a value of the same document")]
    [InlineData("{a: *1 | int, if a == 1 {b: int}}", "#A", "a is a value of the same document")]
    [InlineData("{[X=string]: {name: X}}", "#A.name", "X is a value of the same document")]
    [InlineData(">\"b\"", "#A", ">\"b\"")]
    [InlineData("list.IsSorted(list.Ascending)", "#A", "list.IsSorted(")]
    public void What_cannot_be_said_is_an_error_or_a_comment(string value, string path, string what)
    {
        CueValue definition = new CueContext().Build("in.cue", (value.Contains("list.") ? "import \"list\"\n" : "") + "#A: " + value).Value.Lookup("#A")!;
        Assert.False(JsonSchemaExporter.TryExport(definition, out _, out CueError? error));
        Assert.StartsWith("cannot be expressed in JSON Schema: " + what, error!.Message);
        Assert.EndsWith(path, error.Path);

        Assert.True(JsonSchemaExporter.TryExport(definition, out string schema, out _, new JsonSchemaOptions { AnnotateUnsupported = true }));
        Assert.Contains("\"$comment\":\"CUE: ", schema);
    }

    [Fact]
    public void Recursion_other_than_by_a_reference_is_refused()
    {
        CueValue definition = new CueContext().Build("in.cue", "#A: {next?: #A & {v: int}, v: int}").Value.Lookup("#A")!;
        Assert.False(JsonSchemaExporter.TryExport(definition, out _, out CueError? error));
        Assert.Contains("structural cycle", error!.Message);
    }

    [Fact]
    public void Constants_can_be_referred_to() => Assert.Equal(
        "{" + Dialect + ""","type":"object","properties":{"a":{"const":1},"b":{"const":2},"c":{"type":"integer","exclusiveMinimum":1}},"required":["c"],"additionalProperties":false}""",
        Export("#A: {a: 1, b: a + 1, c: int & >a}"));

    [Fact]
    public void Times_are_checked_by_a_pattern_as_well() =>
        Assert.Contains("\"format\":\"date-time\",\"pattern\":\"^(?:\\\\d{4}-", Export("import \"time\"\n#A: time.Time"));

    private static string Export(string source, bool unused = false)
    {
        if (unused)
        {
            // Only the packages that are used.
            string body = source[(source.IndexOf('\n') + 1)..];
            string[] packages = [.. new[] { "list", "math", "strings", "struct" }.Where(name => body.Contains(name + "."))];
            source = string.Concat(packages.Select(static name => $"import \"{name}\"\n")) + body;
        }

        CueInstance instance = new CueContext().Build("in.cue", source);
        Assert.True(JsonSchemaExporter.TryExport(instance.Value.Lookup("#A")!, out string schema, out CueError? error), error?.Path + ": " + error?.Message);
        return schema;
    }
}
