using System.Text.Json;
using System.Text.Json.Nodes;
using DataMesh.Conformance.Dumps;
using DataMesh.Tests;

namespace DataMesh.Conformance;

/// <summary>The rules that dumps are compared by.</summary>
public sealed class DumpComparerTests
{
    private const string Sample = """
        {"kind":"struct","error":{"code":"eval","msg":"conflicting values 1 and 2","path":"e","pos":["in.cue:1:4","in.cue:2:4"],"child":true},
         "fields":[
           {"label":"a","type":"regular","node":{"kind":"int","value":"1"}},
           {"label":"b","type":"optional","node":{"kind":"int","expr":">=1 & <=10"}},
           {"label":"#C","type":"definition","node":{"kind":"(int|string)","expr":"*1 | string","default":{"kind":"int","value":"1"},"disjuncts":[{"kind":"int","value":"1"},{"kind":"string","expr":"string"}]}},
           {"label":"d","type":"regular","node":{"kind":"list","elems":[{"kind":"null","value":"null"}],"patterns":[">=1"],"open":true}},
           {"label":"e","type":"regular","node":{"kind":"bottom","error":{"code":"eval","msg":"conflicting values 1 and 2","path":"e","pos":["in.cue:1:4","in.cue:2:4"]}}},
           {"label":"f","type":"regular","node":{"kind":"float","value":"0.3333333333333333"}}],
         "json":"{\"f\":0.3333333333333333}",
         "errors":[{"msg":"conflicting values 1 and 2","path":"e","pos":["in.cue:1:4"]},{"msg":"other","path":"x"}],
         "concreteErrors":[{"msg":"other","path":"x"}]}
        """;

    [Theory]
    [InlineData("fields/0/node/kind", "float")]
    [InlineData("fields/0/node/value", "2")]
    [InlineData("fields/0/label", "z")]
    [InlineData("fields/0/type", "required")]
    [InlineData("fields/1/node/expr", "string")]
    [InlineData("fields/2/node/default/value", "2")]
    [InlineData("fields/2/node/disjuncts/1/kind", "bytes")]
    [InlineData("fields/3/node/patterns/0", ">=2")]
    [InlineData("fields/3/node/elems/0/kind", "int")]
    [InlineData("fields/4/node/error/code", "incomplete")]
    [InlineData("fields/4/node/error/path", "e.f")]
    [InlineData("fields/4/node/error/pos/0", "in.cue:1:5")]
    [InlineData("fields/4/node/error/msg", "field not allowed")]
    [InlineData("fields/5/node/value", "0.3333333333333334")]
    [InlineData("json", "{}")]
    [InlineData("errors/0/path", "other")]
    [InlineData("errors/1/msg", "something")]
    [InlineData("concreteErrors/0/msg", "something")]
    public void Sees_a_change(string place, string value) => Assert.NotNull(Compare(Change(place, value)));

    [Theory]
    [InlineData("fields/1/node/expr", "<=10 & >=1")]
    [InlineData("fields/4/node/error/msg", "conflicting values 2 and 1")]
    public void Takes_texts_loosely(string place, string value) => Assert.Null(Compare(Change(place, value)));

    [Fact]
    public void Takes_error_lists_as_sets()
    {
        JsonNode changed = JsonNode.Parse(Sample)!;
        JsonArray errors = changed["errors"]!.AsArray();
        JsonNode first = errors[0]!;
        errors.RemoveAt(0);
        errors.Add(first);
        Assert.Null(Compare(changed));

        errors.RemoveAt(0);
        Assert.NotNull(Compare(changed));
    }

    [Fact]
    public void Takes_an_order_of_fields_strictly()
    {
        JsonNode changed = JsonNode.Parse(Sample)!;
        JsonArray fields = changed["fields"]!.AsArray();
        JsonNode first = fields[0]!;
        fields.RemoveAt(0);
        fields.Add(first);
        Assert.NotNull(Compare(changed));
    }

    [Fact]
    public void Takes_cycles_as_wildcards()
    {
        JsonNode expected = JsonNode.Parse("""{"kind":"struct","fields":[{"label":"a","type":"regular","node":{"kind":"struct","cycle":true}}],"open":true}""")!;
        JsonNode actual = JsonNode.Parse("""{"kind":"struct","fields":[{"label":"a","type":"regular","node":{"kind":"bottom"}}],"open":true}""")!;
        Assert.Null(new DumpComparer().Compare(Read(expected), Read(actual)));
    }

    [Theory]
    [InlineData("0.3333333333333333", "0.33333333333333337", true)]
    [InlineData("0.3333333333333333", "0.3333333333333433", false)]
    [InlineData("1.144714242553331867808042211939677", "1.1447142425533319", false)]
    [InlineData("NaN", "NaN", true)]
    [InlineData("NaN", "Infinity", false)]
    public void Takes_floats_within_a_few_ulps(string expected, string actual, bool areClose) =>
        Assert.Equal(areClose, NumberText.AreClose(expected, actual));

    [Theory]
    [InlineData("eval.jsonl")]
    [InlineData("docs.jsonl")]
    [InlineData("builtins.jsonl")]
    [InlineData("evalmulti.jsonl")]
    public void A_dump_equals_itself(string fileName)
    {
        string file = SharedFolder.Require("conformance/cue/" + fileName);
        foreach (string line in Running.CorpusFile.ReadLines(file))
        {
            using JsonDocument document = JsonDocument.Parse(line, Running.CorpusFile.JsonOptions);
            JsonElement expected = document.RootElement.GetProperty("expect");
            Assert.Null(new DumpComparer().Compare(DumpRoot.Read(expected), DumpRoot.Read(expected)));
        }
    }

    private static string? Compare(JsonNode actual) => new DumpComparer().Compare(Read(JsonNode.Parse(Sample)!), Read(actual));

    private static DumpRoot Read(JsonNode node)
    {
        using JsonDocument document = JsonDocument.Parse(node.ToJsonString());
        return DumpRoot.Read(document.RootElement);
    }

    private static JsonNode Change(string place, string value)
    {
        JsonNode root = JsonNode.Parse(Sample)!, node = root;
        string[] parts = place.Split('/');
        foreach (string part in parts[..^1])
            node = int.TryParse(part, out int index) ? node[index]! : node[part]!;
        if (int.TryParse(parts[^1], out int last))
            node.AsArray()[last] = value;
        else
            node[parts[^1]] = value;
        return root;
    }
}
