using DataMesh.Generators.Products;
using static DataMesh.Generators.Tests.Emission.Shapes;

namespace DataMesh.Generators.Tests.Emission;

/// <summary>The record of the article: what a user does with it.</summary>
public sealed class ArticleTests
{
    private static readonly Product Identity = Product("Identity",
        Field("first", Pattern("[A-Z].*")) with { Documentation = "first name of the person" },
        Field("Last", Pattern("[A-Z].*")),
        Optional("Age", Number(Bound(BoundOperator.Less, "130"))));

    private static readonly Compiled Code = Compiled.Of(Identity, """
        using System;
        using Example.People;

        public static class Script
        {
            public static string Run()
            {
                var john = new Identity { First = "John", Last = "Doe", Age = 40 };
                var same = john with { First = "John" };
                var old = john with { Age = 140 };
                var half = new Identity { First = "John", Last = null! };
                return string.Join("\n", john.Validate(), john == same, old == john, old.Validate(), half.Validate());
            }
        }
        """);

    private static readonly Compiled.IProduct Reader = Code.Find("Identity");

    [Fact]
    public void Values_built_in_CSharp_are_validated_with_the_words_of_cue() => Assert.Equal(
        """

        True
        False
        #Identity.Age: invalid value 140 (out of bound <130)
        #Identity.Last: incomplete value =~"[A-Z].*"
        """,
        (string?)Code.Run());

    [Theory]
    [InlineData("""{"first":"John","Last":"Doe","Age":40}""")]
    [InlineData("""{"Age":129.999999999999999999999,"Last":"Doe","first":"John"}""")]
    [InlineData(" { \"first\" : \"\\u0041da\" ,\r\n\t\"Last\":\"L\" } ")]
    [InlineData("""{"first":"Ada","first":"Ada","Last":"Lovelace"}""")]
    [InlineData("""{"first":"Ada","Last":"Lovelace","Age":-1e400}""")]
    public void Documents_that_cue_accepts_are_valid(string json) => Assert.Equal("", Reader.Validate(json).ToString());

    [Theory]
    [InlineData("""{"first":"John","Last":"Doe","Age":140}""", "#Identity.Age: invalid value 140 (out of bound <130)")]
    [InlineData("""{"first":"John","Last":"Doe","Age":1.3e2}""", "#Identity.Age: invalid value 1.3E+2 (out of bound <130)")]
    [InlineData("""{"first":"John","Last":"Doe","Age":"40"}""", "#Identity.Age: conflicting values \"40\" and number (mismatched types string and number)")]
    [InlineData("""{"first":"John","Age":40}""", "#Identity.Last: incomplete value =~\"[A-Z].*\"")]
    [InlineData("""{"first":"John","Last":"Doe","age":40}""", "#Identity.age: field not allowed")]
    [InlineData("""{"first":"Ada","first":"Bea","Last":"Lovelace"}""", "#Identity.first: conflicting values \"Bea\" and \"Ada\"")]
    [InlineData("""{"first":"Ada","Last":"L","Age":36,"Age":36.0}""", "#Identity.Age: conflicting values 36 and 36.0 (mismatched types int and float)")]
    [InlineData("""{"first":"ada","Last":"l","Age":200,"x":1}""",
        "#Identity.first: invalid value \"ada\" (out of bound =~\"[A-Z].*\")\n" +
        "#Identity.Last: invalid value \"l\" (out of bound =~\"[A-Z].*\")\n" +
        "#Identity.Age: invalid value 200 (out of bound <130)")]
    [InlineData("[]", "#Identity: conflicting values [] and {first:=~\"[A-Z].*\",Last:=~\"[A-Z].*\",Age?:number & <130} (mismatched types list and struct)")]
    [InlineData("""{"first":"Ada","Last":"\ud800"}""", "invalid string: unmatched surrogate pair (line 1, column 24)")]
    [InlineData("{\"first\":\"Ada\",\n}", "invalid JSON: invalid character '}' looking for beginning of object key string (line 2, column 1)")]
    [InlineData("""{"first":"Ada","Last":"L"} {}""", "invalid JSON: invalid character '{' after top-level value (line 1, column 28)")]
    [InlineData("", "invalid JSON: unexpected end of JSON input (line 1, column 1)")]
    public void Documents_that_cue_rejects_are_told_why(string json, string errors) => Assert.Equal(errors, Reader.Validate(json).ToString());

    [Fact]
    public void An_error_names_code_path_pointer_constraint_and_place_in_the_schema()
    {
        ValidationError error = Assert.Single(Reader.Validate("""{"first":"John","Last":"Doe","Age":140}""").Errors);
        Assert.Equal(
            new ValidationError("out-of-bound", "#Identity.Age", "/Age", "invalid value 140 (out of bound <130)", "<130", "people.cue#Identity.Age"),
            error);
    }

    [Fact]
    public void Valid_documents_are_read_and_written_in_the_order_of_the_schema()
    {
        Assert.Equal("""{"first":"John","Last":"Doe","Age":40.50}""", Reader.RoundTrip("""{"Age":40.50,"Last":"Doe","first":"John"}"""));
        Assert.Equal("""{"first":"John","Last":"Doe"}""", Reader.RoundTrip("""{"Last":"Doe","first":"John"}"""));
    }

    [Fact]
    public void What_cue_accepts_and_the_type_cannot_hold_is_refused_by_name() => Assert.Equal(
        "#Identity.Age: -1E+400 is valid but does not fit in decimal; @cs(type=JsonText) widens it",
        Reader.Errors("""{"first":"Ada","Last":"Lovelace","Age":-1e400}"""));

    [Fact]
    public void Validating_a_valid_document_allocates_nothing() =>
        Assert.Equal(0, Reader.AllocationOfValidate("""{"first":"J\u006fhn","Last":"Doe","Age":40}"""));

    [Fact]
    public void The_descriptor_holds_what_is_constant()
    {
        DataProductDescriptor descriptor = Reader.Descriptor;
        Assert.Equal(("#Identity", "people", "people.Identity", "/people"), (descriptor.Definition, descriptor.Package, descriptor.EventType, descriptor.EventSource));
        Assert.Equal(
            "{\"specversion\":\"1.0\",\"type\":\"people.Identity\",\"datacontenttype\":\"application/json\"",
            System.Text.Encoding.UTF8.GetString(descriptor.EnvelopePrefix.Span));
    }
}
