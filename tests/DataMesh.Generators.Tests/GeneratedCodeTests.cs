using DataMesh.Generators.Tests.Harness;

namespace DataMesh.Generators.Tests;

/// <summary>What a user writes against generated types, compiled and run.</summary>
public sealed class GeneratedCodeTests
{
    [Fact]
    public void A_valid_record_passes()
    {
        GeneratorRun run = new GeneratorSession(("identity.cue", Schemas.Article)).Run();

        Assert.Equal("True", run.Execute("""
            public static class Script
            {
                public static string Run() => new Identity { First = "John", Last = "Doe", Age = 40 }.Validate().IsValid.ToString();
            }
            """));
    }

    [Fact]
    public void Every_broken_constraint_is_told_in_the_words_of_cue()
    {
        GeneratorRun run = new GeneratorSession(("identity.cue", Schemas.Article)).Run();

        Assert.Equal(
            """
            #Identity.first: invalid value "john" (out of bound =~"[A-Z].*")
            #Identity.Age: invalid value 140 (out of bound <130)
            """,
            run.Execute("""
                public static class Script
                {
                    public static string Run() => new Identity { First = "john", Last = "Doe", Age = 140 }.Validate().ToString();
                }
                """));
    }

    [Fact]
    public void JSON_is_read_and_written()
    {
        GeneratorRun run = new GeneratorSession(("identity.cue", Schemas.Article)).Run();

        Assert.Equal(
            """{"first":"John","Last":"Doe"}|#Identity.Last: incomplete value =~"[A-Z].*" """.TrimEnd(),
            run.Execute(""""
                using System.Buffers;
                using System.Text;

                public static class Script
                {
                    public static string Run()
                    {
                        Identity.TryParse("""{"Last": "Doe", "first": "John"}"""u8, out Identity? john, out _);
                        var output = new ArrayBufferWriter<byte>();
                        john!.WriteTo(output);
                        return Encoding.UTF8.GetString(output.WrittenSpan) + "|" + Identity.Validate("""{"first": "John"}"""u8);
                    }
                }
                """"));
    }

    [Fact]
    public void A_comment_before_a_chain_of_labels_documents_the_last_one()
    {
        string source = new GeneratorSession(("order.cue", "#Order: {\n\t// what is to be paid\n\ttotal: amount: int\n}\n")).Run().Sources.Values.First(text => text.Contains("Total", StringComparison.Ordinal));

        Assert.Matches(@"what is to be paid</summary>\s[^;{]*long Amount", source);
        Assert.DoesNotMatch(@"what is to be paid</summary>\s[^;{]* Total ", source);
    }

    [Theory]
    [InlineData("#List: {head: int, tail: #List | *null}", "List", """{"head": 1, "tail": {"head": 2}}""", """{"head": 1, "tail": {"head": "x"}}""")]
    [InlineData("#Tree: #Leaf | #Node\n#Leaf: {leaf: int}\n#Node: {left: #Tree, right: #Tree}", "Tree", """{"left": {"leaf": 1}, "right": {"left": {"leaf": 2}, "right": {"leaf": 3}}}""", """{"left": {"leaf": 1}}""")]
    [InlineData("#Tags: {tags: {[_]: =~\"^[a-z]+$\", [...]}}", "Tags", """{"tags": ["a", "b"]}""", """{"tags": ["a", "B"]}""")]
    [InlineData("#Wallet: {big: int | *12345678901234567890 @cs(type=BigInteger)}", "Wallet", """{"big": 98765432109876543210}""", """{"big": 1.5}""")]
    [InlineData("#Wallet: {big: int | *12345678901234567890}", "Wallet", """{}""", """{"big": null}""")]
    [InlineData("#Stock: {[\"a.b\" | \"c\"]: int}", "Stock", """{"a.b": 1, "c": 2}""", """{"aXb": 1}""")]
    [InlineData("let _base = {x: int}\n#Night: {n: _base}", "Night", """{"n": {"x": 1}}""", """{"n": {"x": 1, "y": 2}}""")]
    [InlineData("#Equals: {Equals: string, Type: {Value: int}}", "EqualsType", """{"Equals": "x", "Type": {"Value": 1}}""", """{"Equals": 1}""")]
    [InlineData("import \"list\"\n#Cart: {lines: [...{sku: string}] & list.MaxItems(1)}", "Cart", """{"lines": [{"sku": "x", "more": 1}]}""", """{"lines": [{"sku": "x"}, {"sku": "y"}]}""")]
    [InlineData("#Cart: {lines: [...{sku: string}]}", "Cart", """{"lines": [{"sku": "x"}]}""", """{"lines": [{"sku": "x", "more": 1}]}""")]
    public void Documents_get_the_verdict_of_cue(string schema, string type, string valid, string invalid) => Assert.Equal(
        "True False",
        new GeneratorSession(("schema.cue", schema + "\n")).Run().Execute($$"""""
            public static class Script
            {
                public static string Run() => {{type}}.TryParse("""{{valid}}"""u8, out _, out _) + " " + {{type}}.TryParse("""{{invalid}}"""u8, out _, out _);
            }
            """""));
}
