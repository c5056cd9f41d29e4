using DataMesh.Cue.Builtins.Encodings;
using DataMesh.Cue.Builtins.Encodings.Yaml;
using DataMesh.Cue.Export;
using DataMesh.Cue.Tests.Values;
using DataMesh.Cue.Values;

namespace DataMesh.Cue.Tests.Builtins;

/// <summary>Reading and writing of YAML.</summary>
public sealed class YamlTests
{
    [Theory]
    [InlineData("a: 1\nb: [1, 2]\n", """{"a":1,"b":[1,2]}""")]
    [InlineData("- a\n- b: c\n  d: e\n- - x\n  - y\n", """["a",{"b":"c","d":"e"},["x","y"]]""")]
    [InlineData("a: |\n  x\n   y\n\nb: >\n  x\n  y\n\n  z\n", """{"a":"x\n y\n","b":"x y\nz\n"}""")]
    [InlineData("a: |-\n  x\nb: |+\n  y\n\nc: >2\n    x\n", """{"a":"x","b":"y\n\n","c":"  x\n"}""")]
    [InlineData("a: &x {b: 1}\nc: *x\nd:\n  <<: *x\n  e: 2\n", """{"a":{"b":1},"c":{"b":1},"d":{"b":1,"e":2}}""")]
    [InlineData("a: yes\nb: True\nc: Null\nd: ~\ne:\n", """{"a":"yes","b":true,"c":null,"d":null,"e":null}""")]
    [InlineData("a: 0x1F\nb: 0o17\nc: 017\nd: 1_000\ne: 1e3\nf: .5\ng: -1.50", """{"a":31,"b":15,"c":15,"d":1000,"e":1e3,"f":0.5,"g":-1.50}""")]
    [InlineData("a: !!str 1\nb: 2019-01-01\nc: 'it''s'\nd: \"\\u00e9\\n\"", """{"a":"1","b":"2019-01-01","c":"it's","d":"é\n"}""")]
    [InlineData("? a\n: b\n? c", """{"a":"b","c":null}""")]
    [InlineData("a:\n- 1\n-\n  b: 2\nc: d # comment\n", """{"a":[1,{"b":2}],"c":"d"}""")]
    [InlineData("plain\n  over lines\n\n  and more", "\"plain over lines\\nand more\"")]
    [InlineData("{a: b, \"c\":d, e: [f, {g: h}], i}", """{"a":"b","c":"d","e":["f",{"g":"h"}],"i":null}""")]
    [InlineData("key with spaces: a:b\nurl: http://x#y\n", """{"key with spaces":"a:b","url":"http://x#y"}""")]
    [InlineData("&a key: &b value\nother: *a", """{"key":"value","other":"key"}""")]
    [InlineData("a: !!binary aGk=", """{"a":bytes(hi)}""")]
    [InlineData("", "")]
    [InlineData("--- 1\n---\n- 2\n...\n", "1;[2]")]
    public void Reads(string text, string expected) =>
        Assert.Equal(expected, string.Join(';', YamlReader.ReadStream(text).Select(Show)));

    [Theory]
    [InlineData("a: b: c", "mapping values are not allowed in this context")]
    [InlineData("a: \"unterminated", "found unexpected end of stream")]
    [InlineData("{", "did not find expected node content")]
    [InlineData("a: *x", "unknown anchor 'x' referenced")]
    [InlineData("%YAML 1.2\n---\na: 1", "found incompatible YAML document")]
    [InlineData("a: 1\n b: 2", "mapping values are not allowed in this context")]
    [InlineData("- 1\nb: 2", "did not find expected '-' indicator")]
    [InlineData("a:\n- b\nc: d\n- e", "did not find expected key")]
    [InlineData("- a\n-b", "could not find expected ':'")]
    [InlineData("a: &x &y 1", "did not find expected key")]
    [InlineData("a: |x\n y", "did not find expected comment or line break")]
    [InlineData("a: |\n\tx", "found a tab character where an indentation space is expected")]
    [InlineData("...\na: 1", "did not find expected node content")]
    [InlineData("a: !foo 1", "cannot unmarshal tag \"!foo\"")]
    [InlineData("a: !!int x", "cannot decode \"x\" as !!int: illegal number start \"x\"")]
    [InlineData("a: !!int 1.5", "cannot decode \"1.5\" as !!int: not a literal number")]
    [InlineData("a: 1__0", "cannot decode \"1__0\" as !!int: illegal '_' in number")]
    [InlineData("a: 0O17", "cannot decode \"0O17\" as !!int: illegal number \"0O17\"")]
    [InlineData("? [a]\n: b", "invalid map key: !!seq")]
    [InlineData("a: @x", "found character that cannot start any token")]
    public void Refuses(string text, string message) =>
        Assert.Equal(message, Assert.Throws<YamlException>(() => YamlReader.ReadStream(text)).Message);

    [Theory]
    [InlineData(new byte[] { 0xFF, 0xFE, (byte)'a', 0 }, "a")]
    [InlineData(new byte[] { 0xFE, 0xFF, 0, (byte)'a' }, "a")]
    [InlineData(new byte[] { (byte)'a', 0xEF, 0xBF, 0xBD }, "a\uFFFD")]
    public void Decodes(byte[] bytes, string text) => Assert.Equal(text, YamlCharacters.Decode(bytes));

    [Theory]
    [InlineData(new byte[] { 1 }, "control characters are not allowed")]
    [InlineData(new byte[] { 1, 0xFF }, "control characters are not allowed")]
    [InlineData(new byte[] { (byte)'a', 0xFF }, "invalid leading UTF-8 octet")]
    [InlineData(new byte[] { 0xE0, 0xA0 }, "incomplete UTF-8 octet sequence")]
    [InlineData(new byte[] { 0xC3, (byte)'(' }, "invalid trailing UTF-8 octet")]
    [InlineData(new byte[] { 0xC0, 0x80 }, "invalid length of a UTF-8 sequence")]
    [InlineData(new byte[] { 0xED, 0xA0, 0x80 }, "invalid Unicode character")]
    public void Takes_no_bytes_that_are_no_text(byte[] bytes, string message) =>
        Assert.Equal(message, Assert.Throws<YamlException>(() => YamlCharacters.Decode(bytes)).Message);

    [Fact]
    public void Refuses_what_is_too_deep_or_too_large()
    {
        Assert.Throws<YamlException>(() => YamlReader.ReadStream(new string('[', 100_000)));
        Assert.Throws<YamlException>(() => YamlReader.ReadStream(string.Concat(Enumerable.Repeat("- ", 100_000))));
        string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n"
            + string.Concat(Enumerable.Range(1, 12).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));
        Assert.Equal("document contains excessive aliasing", Assert.Throws<YamlException>(() => YamlReader.ReadStream(bomb)).Message);
    }

    [Theory]
    [InlineData("x", "x\n")]
    [InlineData("", "\"\"\n")]
    [InlineData("1.5", "\"1.5\"\n")]
    [InlineData("yes", "\"yes\"\n")]
    [InlineData("t", "\"t\"\n")]
    [InlineData("F", "\"F\"\n")]
    [InlineData("2019-01-01", "\"2019-01-01\"\n")]
    [InlineData("- x: y", "'- x: y'\n")]
    [InlineData("it's: so", "'it''s: so'\n")]
    [InlineData("trail ", "'trail '\n")]
    [InlineData("#c", "'#c'\n")]
    [InlineData("a#b", "a#b\n")]
    [InlineData("tab\tx", "\"tab\\tx\"\n")]
    [InlineData("é😀", "\"é\\U0001F600\"\n")]
    [InlineData("multi\nline", "|-\n  multi\n  line\n")]
    [InlineData("x\n\ny\n", "|\n  x\n\n  y\n")]
    public void Writes_strings(string value, string expected) => Assert.Equal(expected, YamlWriter.Write(DataNode.String(value)));

    [Theory]
    [InlineData("{\"a\":1,\"b\":[1,{\"c\":2,\"d\":[]}],\"e\":{\"\":{}},\"g\":[[1],[2,3]]}", "a: 1\nb:\n  - 1\n  - c: 2\n    d: []\ne:\n  \"\": {}\ng:\n  - - 1\n  - - 2\n    - 3\n")]
    [InlineData("[{\"a\":\"x\\ny\"}]", "- a: |-\n    x\n    y\n")]
    public void Writes_collections(string json, string expected) => Assert.Equal(expected, YamlWriter.Write(JsonText.Read(json)));

    private static string Show(DataNode node) => node.Kind switch
    {
        DataKind.List => "[" + string.Join(',', node.Elements.Select(Show)) + "]",
        DataKind.Map => "{" + string.Join(',', node.Members.Select(member => Show(member.Key) + ":" + Show(member.Value))) + "}",
        DataKind.String => JsonText.Quote(node.Text),
        DataKind.Bytes => $"bytes({System.Text.Encoding.UTF8.GetString(node.ByteValue)})",
        _ => node.Text,
    };

    [Theory]
    [InlineData("[1e3, 0x1F, 1_000, .5, 0b1, 1K, -1e3, (0o7), 1e3 & 1e3]", "- 1e3\n- 0x1F\n- 1_000\n- .5\n- 0b1\n- 1000\n- -1E+3\n- 0o7\n- 1E+3\n")]
    [InlineData("{a: 1e3, b: 0x1F, c: [0x1F]}", "a: 1E+3\nb: 31\nc:\n  - 0x1F\n")]
    [InlineData("[h]", "- 16\n")]
    [InlineData("1e3 + 0", "1000.\n")]
    public void A_literal_keeps_its_form_as_an_element(string value, string expected)
    {
        Assert.Equal(expected, Marshal(value));
        Assert.True(YamlExporter.TryExport(Evaluation.Evaluate("x: " + value + "\nh: 0x10").Lookup("x")!, out string yaml, out _));
        Assert.Equal(expected, yaml);
    }

    [Theory]
    [InlineData("0x1F", "0x1F\n")]
    [InlineData("h", "0x10\n")]
    [InlineData("{a: h}", "a: 16\n")]
    public void So_does_one_that_is_given_to_the_function(string value, string expected) => Assert.Equal(expected, Marshal(value));

    private static string? Marshal(string value) => Evaluation.Evaluate("import \"encoding/yaml\"\nx: yaml.Marshal(" + value + ")\nh: 0x10").Lookup("x")!.AsString();

    [Theory]
    [InlineData("a: 08\nb: 0_8\nc: 010", """{"a":"08","b":"0_8","c":8}""")]
    [InlineData("a: !!bool yes\nb: !!null x\nc: ! 12", """{"a":false,"b":null,"c":12}""")]
    public void Reads_scalars_as_cue_does(string text, string expected) => Assert.Equal(expected, Show(Assert.Single(YamlReader.ReadStream(text))));

    [Theory]
    [InlineData("a: 'x", ": found unexpected end of stream")]
    [InlineData("a: 'x\n", ":2: found unexpected end of stream")]
    [InlineData("b: 1\na: 'x\ny", ":2: found unexpected end of stream")]
    [InlineData("a: [1, 2", ":1: did not find expected ',' or ']'")]
    [InlineData("x: 1\na: [1, 2\nb: 3", ":1: did not find expected ',' or ']'")]
    [InlineData("x: 1\ny: 2\n z: 3", ":3: mapping values are not allowed in this context")]
    [InlineData("x:\n   a: 1\n  b: 2", ":2: did not find expected key")]
    [InlineData("x: 1\na: !foo y", ":2: cannot unmarshal tag \"!foo\"")]
    [InlineData("x: 1\na: *y", ": unknown anchor 'y' referenced")]
    [InlineData("a: 1\n---\nb: 2\n---\nc: [", "3:1: expected a single YAML document")]
    [InlineData("a: 1\n---\n", "2:5: expected a single YAML document")]
    [InlineData("a: 1\n---\nb: [", "expected a single YAML document: :3: did not find expected node content")]
    [InlineData("a: -.inf\nb: .nan", "parse error: illegal number start \"Inf\"", "parse error: illegal number start \"NaN\"")]
    public void Tells_the_line_of_what_is_wrong(string text, params string[] expected) => Assert.Equal(
        expected.Select(static each => "x: error in call to encoding/yaml.Unmarshal: " + each),
        Evaluation.Errors("import \"encoding/yaml\"\nx: yaml.Unmarshal(" + System.Text.Json.JsonSerializer.Serialize(text) + ")"));

    [Theory]
    [InlineData("\"08\"", "\"08\"\n")]
    [InlineData("\"0_8\"", "\"0_8\"\n")]
    public void Quotes_what_was_a_number_once(string value, string expected) => Assert.Equal(expected, Marshal(value));
}
