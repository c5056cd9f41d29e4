using DataMesh.Generators.Products;
using static DataMesh.Generators.Tests.Emission.Shapes;

namespace DataMesh.Generators.Tests.Emission;

/// <summary>Every kind of shape: what is accepted, what is told about the rest, and what survives a round trip.</summary>
public sealed class ShapeTests
{
    private static readonly StringLiteral Eur = new("EUR");

    private static readonly Product[] Products =
    [
        Product("Order",
            Field("id", Int(Bound(BoundOperator.Greater, "0"))),
            Required("kind", Enum("KindType", "card", "ideal", "")),
            Field("currency", Enum("CurrencyType", "EUR", "USD"), Eur),
            Optional("note", Nullable(String())),
            Field("weight", Nullable(Number(Bound(BoundOperator.Greater, "0")))),
            Field("address", Struct("AddressType", Field("city", String()), Optional("zip", Pattern("^[0-9]{4}$")))),
            Field("tags", List(Pattern("^[a-z]+$"), Validator("list.MaxItems", Kinds.List, 3)), new ListLiteral(default)),
            Field("lines", List(Struct("LinesItem", Field("sku", String()), Field("qty", Int(Bound(BoundOperator.GreaterOrEqual, "1")))))),
            Optional("point", Tuple(Number(), String())),
            Optional("version", new ConstantShape("2", "2", new NumberLiteral("2", true), ClrType.Int64)),
            Optional("name", String(Validator("strings.MinRunes", Kinds.String, 2), Validator("strings.MaxRunes", Kinds.String, 4))),
            Optional("flag", Bool()),
            Optional("ratio", Scalar(ClrType.Double, Kinds.Number, new KindConstraint("float64", Kinds.Number))),
            Optional("temperature", Scalar(ClrType.Decimal, Kinds.Float, FloatKind, Bound(BoundOperator.Greater, "-273.15"))),
            Optional("at", Scalar(ClrType.DateTimeOffset, Kinds.String, Validator("time.Time", Kinds.String))),
            Optional("lasts", Scalar(ClrType.TimeSpan, Kinds.String, Validator("time.Duration", Kinds.String))),
            Optional("any", Any()),
            Optional("blob", Scalar(ClrType.Bytes, Kinds.Bytes, new KindConstraint("bytes", Kinds.Bytes))),
            Optional("size", new DisjunctionShape("(*0|number & >=10)", "0", [
                new ConstantShape("0", "0", new NumberLiteral("0", true), ClrType.Decimal), Number(Bound(BoundOperator.GreaterOrEqual, "10"))], Number()))),
        Product("Headers", new StructShape("{...}", "{...}", "Headers",
            [Field("host", String())],
            [new Pattern([Match("^x-")], String()), new Pattern([Match("^n-")], Int())], false, default)),
        Product("Click", Struct("Click", true, Field("page", String()))),
        Product("Stock", Field("levels", Map(Int(Bound(BoundOperator.GreaterOrEqual, "0")), Match("^[A-Z]{3}$")))),
        Product("Node", Field("value", Int()), Optional("children", List(Reference("Node", "{value:int,children?:[...#Node]}")))),
        Product("Email", Pattern("@")),
        Product("State", Enum("State", "open", "closed")),
        Product("Ticket", Field("state", Reference("State", "\"open\" | \"closed\"", TargetForm.Enum)), Optional("by", Reference("Email", "=~\"@\"", TargetForm.Wrapper))),
        Product("Car", Field("kind", Constant("car"), new StringLiteral("car")), Field("doors", Int(Bound(BoundOperator.LessOrEqual, "5")))),
        Product("Bike", Field("kind", Constant("bike"), new StringLiteral("bike")), Optional("gears", Int())),
        Product("Vehicle", new UnionShape("(#Car|#Bike)", "{kind:\"car\",doors:int} | {kind:\"bike\",gears?:int}", "Vehicle",
            [new UnionCase("Car", Reference("Car", "{kind:\"car\"}")), new UnionCase("Bike", Reference("Bike", "{kind:\"bike\"}"))])),
        Product("Garage", Field("vehicles", List(Reference("Vehicle", "(#Car|#Bike)", TargetForm.Union)))),
    ];

    private static readonly Compiled Code = Compiled.Of(Products, """
        using System;
        using DataMesh;
        using Example.People;

        public static class Script
        {
            public static string Run()
            {
                Vehicle vehicle = new Vehicle.Bike(new Bike { Gears = 3 });
                var garage = new Garage { Vehicles = [vehicle] };
                var order = new Order
                {
                    Id = 1, Kind = Order.KindType.Card, Weight = null, Address = new() { City = "Delft" },
                    Lines = [new() { Sku = "a", Qty = 0 }], Note = new(null),
                };
                Email email = (Email)"nobody";
                string text = email;
                return string.Join("\n",
                    vehicle.Match(car => "car", bike => "bike " + bike.Gears),
                    garage == new Garage { Vehicles = [new Vehicle.Bike(new() { Gears = 3 })] },
                    garage.Validate().IsValid,
                    order.Currency, order.Tags.Count, order.Note.HasValue, order.Validate(),
                    text, email.Validate(),
                    (order with { Kind = (Order.KindType)9, Lines = [] }).Validate());
            }
        }
        """);

    private const string Base = """{"id":1,"kind":"card","weight":null,"address":{"city":"Delft"},"lines":[]""";

    private static ConstantShape Constant(string value) => new($"\"{value}\"", $"\"{value}\"", new StringLiteral(value), ClrType.String);

    [Fact]
    public void CSharp_sees_the_types_of_the_schema() => Assert.Equal(
        """
        bike 3
        True
        True
        EUR
        0
        True
        #Order.lines.0.qty: invalid value 0 (out of bound >=1)
        nobody
        #Email: invalid value "nobody" (out of bound =~"@")
        #Order.kind: 3 errors in empty disjunction:
        #Order.kind: conflicting values null and "card" (mismatched types null and string)
        #Order.kind: conflicting values null and "ideal" (mismatched types null and string)
        #Order.kind: conflicting values null and "" (mismatched types null and string)
        """,
        (string?)Code.Run());

    [Theory]
    [InlineData("Order", Base + "}", """{"id":1,"kind":"card","currency":"EUR","weight":null,"address":{"city":"Delft"},"tags":[],"lines":[]}""")]
    [InlineData("Order", """{"kind":"","id":7,"weight":1.50,"note":null,"address":{"zip":"2628","city":"D"},"tags":["a","b"],"lines":[{"qty":1,"sku":"x"}],"currency":"USD"}""",
        """{"id":7,"kind":"","currency":"USD","note":null,"weight":1.50,"address":{"city":"D","zip":"2628"},"tags":["a","b"],"lines":[{"sku":"x","qty":1}]}""")]
    [InlineData("Order", Base + ""","point":[1.5,"x"],"version":2,"name":"日本","flag":true,"ratio":0.25,"temperature":20.0}""",
        """{"id":1,"kind":"card","currency":"EUR","weight":null,"address":{"city":"Delft"},"tags":[],"lines":[],"point":[1.5,"x"],"version":2,"name":"日本","flag":true,"ratio":0.25,"temperature":20.0}""")]
    [InlineData("Order", Base + ""","at":"2024-02-29T12:00:00,5+01:30","lasts":"1h30m","any":[1,{"a":[]}],"blob":"aGk=","size":0}""",
        """{"id":1,"kind":"card","currency":"EUR","weight":null,"address":{"city":"Delft"},"tags":[],"lines":[],"at":"2024-02-29T12:00:00.5+01:30","lasts":"1h30m","any":[1,{"a":[]}],"blob":"aGk=","size":0}""")]
    [InlineData("Headers", """{"host":"h","x-a":"1","n-1":2}""", """{"host":"h","x-a":"1","n-1":2}""")]
    [InlineData("Click", """{"utm":{"a":[1,1.50]},"page":"/","é":null}""", """{"page":"/","utm":{"a":[1,1.50]},"é":null}""")]
    [InlineData("Stock", """{"levels":{"AMS":1,"RTM":0}}""", """{"levels":{"AMS":1,"RTM":0}}""")]
    [InlineData("Node", """{"children":[{"value":2},{"value":3,"children":[]}],"value":1}""", """{"value":1,"children":[{"value":2},{"value":3,"children":[]}]}""")]
    [InlineData("Email", "\"a@b\"", "\"a@b\"")]
    [InlineData("Ticket", """{"state":"closed","by":"a@b"}""", """{"state":"closed","by":"a@b"}""")]
    [InlineData("Vehicle", """{"doors":3,"kind":"car"}""", """{"kind":"car","doors":3}""")]
    [InlineData("Vehicle", """{"doors":3}""", """{"kind":"car","doors":3}""")]
    [InlineData("Garage", """{"vehicles":[{"kind":"bike"},{"doors":1}]}""", """{"vehicles":[{"kind":"bike"},{"kind":"car","doors":1}]}""")]
    [InlineData("Garage", """{"vehicles":[{"kind":"bike"}],"vehicles":[{"gears":1}]}""", """{"vehicles":[{"kind":"bike","gears":1}]}""")]
    public void Valid_documents_survive_a_round_trip(string product, string json, string written)
    {
        Compiled.IProduct reader = Code.Find(product);
        Assert.Equal("", reader.Validate(json).ToString());
        Assert.Equal(written, reader.RoundTrip(json));
    }

    [Theory]
    [InlineData("Order", """{"kind":"card"}""",
        "#Order.id: incomplete value int & >0\n" +
        "#Order.weight: incomplete value null | number & >0\n" +
        "#Order.address.city: incomplete value string")]
    [InlineData("Order", """{"id":1,"weight":1,"address":{"city":"x"},"lines":[]}""", "#Order.kind: field is required but not present")]
    [InlineData("Order", """{"id":1.0,"kind":"card","weight":null,"address":{"city":"x"},"lines":[]}""",
        "#Order.id: conflicting values 1.0 and int (mismatched types float and int)")]
    [InlineData("Order", Base + ""","version":2.0}""", "#Order.version: conflicting values 2.0 and 2 (mismatched types float and int)")]
    [InlineData("Order", Base + ""","version":3}""", "#Order.version: conflicting values 2 and 3")]
    [InlineData("Order", Base + ""","name":"abcde"}""", "#Order.name: invalid value \"abcde\" (does not satisfy strings.MaxRunes(4))")]
    [InlineData("Order", Base + ""","tags":["a","b","c","d"]}""",
        "#Order.tags: invalid value [\"a\",\"b\",\"c\",\"d\"] (does not satisfy list.MaxItems(3)): len(list) > MaxItems(3) (4 > 3)")]
    [InlineData("Order", Base + ""","point":[1]}""", "#Order.point: incompatible list lengths (1 and 2)")]
    [InlineData("Order", Base + ""","point":["x",1]}""",
        "#Order.point.0: conflicting values \"x\" and number (mismatched types string and number)\n" +
        "#Order.point.1: conflicting values 1 and string (mismatched types int and string)")]
    [InlineData("Order", Base + ""","temperature":-300}""", "#Order.temperature: conflicting values float and -300 (mismatched types float and int)")]
    [InlineData("Order", Base + ""","at":"2024-02-30T12:00:00Z"}""",
        "#Order.at: invalid value \"2024-02-30T12:00:00Z\" (does not satisfy time.Time): invalid time \"2024-02-30T12:00:00Z\"")]
    [InlineData("Order", Base + ""","size":5}""",
        "#Order.size: 2 errors in empty disjunction:\n" +
        "#Order.size: conflicting values 0 and 5\n" +
        "#Order.size: invalid value 5 (out of bound >=10)")]
    [InlineData("Order", Base + ""","any":{"a":{"b":1,"b":2}}}""", "#Order.any.a.b: conflicting values 2 and 1")]
    [InlineData("Headers", """{"host":"h","X-a":"1"}""", "#Headers.\"X-a\": field not allowed")]
    [InlineData("Headers", """{"host":"h","n-1":"1"}""", "#Headers.\"n-1\": conflicting values \"1\" and int (mismatched types string and int)")]
    [InlineData("Stock", """{"levels":{"ams":1}}""", "#Stock.levels.ams: field not allowed")]
    [InlineData("Stock", """{"levels":{"AMS":-1}}""", "#Stock.levels.AMS: invalid value -1 (out of bound >=0)")]
    [InlineData("Node", """{"value":1,"children":[{"value":1,"children":[{}]}]}""", "#Node.children.0.children.0.value: incomplete value int")]
    [InlineData("Vehicle", """{"kind":"car","doors":6}""",
        "#Vehicle: 2 errors in empty disjunction:\n" +
        "#Vehicle.doors: invalid value 6 (out of bound <=5)\n" +
        "#Vehicle.kind: conflicting values \"bike\" and \"car\"")]
    [InlineData("Vehicle", "{}", "#Vehicle: incomplete value {kind:\"car\",doors:int} | {kind:\"bike\",gears?:int}")]
    [InlineData("Vehicle", """{"kind":"car"}""", "#Vehicle.doors: incomplete value int & <=5")]
    public void Invalid_documents_are_told_why(string product, string json, string errors) =>
        Assert.Equal(errors, Code.Find(product).Validate(json).ToString());

    [Theory]
    [InlineData("Order", """{"id":9223372036854775808,"kind":"card","weight":null,"address":{"city":"x"},"lines":[]}""",
        "#Order.id: 9223372036854775808 is valid but does not fit in long; @cs(type=BigInteger) widens it")]
    [InlineData("Order", Base + ""","at":"0000-01-01T00:00:00Z"}""",
        "#Order.at: \"0000-01-01T00:00:00Z\" is valid but does not fit in DateTimeOffset; @cs(type=JsonText) widens it")]
    [InlineData("Order", Base + ""","size":0.12345678901234567890123456789,"size":1e400}""",
        "#Order.size: conflicting values 1E+400 and 0.12345678901234567890123456789")]
    public void What_a_type_cannot_hold_is_refused_and_never_rounded(string product, string json, string errors) =>
        Assert.Equal(errors, Code.Find(product).Errors(json));
}
