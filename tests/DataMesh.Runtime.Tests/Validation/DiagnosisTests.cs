using System.Text;
using DataMesh.Json;
using DataMesh.Validation;

namespace DataMesh.Runtime.Tests.Validation;

/// <summary>The verdict on documents that a reader does not take at once, in the words of <c>cue vet</c>.</summary>
public sealed class DiagnosisTests
{
    [Theory]
    [InlineData("2024-01-01T00:00:00Z", true)]
    [InlineData("2024-02-29T23:59:59.123456789+24:00", true)]
    [InlineData("0000-01-01T00:00:00,5Z", true)]
    [InlineData("2023-02-29T00:00:00Z", false)]
    [InlineData("2024-01-01t00:00:00Z", false)]
    [InlineData("2024-01-01T00:00:00z", false)]
    [InlineData("2024-01-01T24:00:00Z", false)]
    [InlineData("2024-01-01T00:00:60Z", false)]
    [InlineData("2024-01-01T00:00:00", false)]
    [InlineData("2024-01-01T00:00:00.Z", false)]
    [InlineData("2024-01-01T00:00:00Zx", false)]
    public void Times_are_those_of_the_package_time(string text, bool valid) => Assert.Equal(valid, Accepts("time.Time", text));

    [Theory]
    [InlineData("0", true)]
    [InlineData("1h15m30.918273645s", true)]
    [InlineData("-1.5h", true)]
    [InlineData("+.5µs", true)]
    [InlineData("1ns1us1ms", true)]
    [InlineData("9223372036854775807ns", true)]
    [InlineData("9223372036854775808ns", false)]
    [InlineData("-9223372036854775808ns", true)]
    [InlineData("2562048h", false)]
    [InlineData("", false)]
    [InlineData("1", false)]
    [InlineData("1d", false)]
    [InlineData(".s", false)]
    [InlineData("1.2.3s", false)]
    [InlineData("1h 2m", false)]
    [InlineData("9223372036854775807h", false)]
    [InlineData("2562047.99999999999999999999h", false)]
    public void Durations_are_those_of_the_package_time(string text, bool valid) => Assert.Equal(valid, Accepts("time.Duration", text));

    [Theory]
    [InlineData("1", "time: missing unit in duration \"1\"")]
    [InlineData("1d", "time: unknown unit \"d\" in duration \"1d\"")]
    [InlineData("9223372036854775809d", "time: invalid duration \"9223372036854775809d\"")]
    public void What_is_no_duration_is_worded_as_cue_words_it(string text, string reason) =>
        Assert.Equal($"#T: invalid value \"{text}\" (does not satisfy time.Duration): {reason}", Validate("time.Duration", text).ToString());

    [Theory]
    [InlineData("1.0000000001h", false)]
    [InlineData("0.00000000125h", true)]
    [InlineData("-2562047h47m16.8547758s", true)]
    public void A_duration_is_exact_or_not_taken(string text, bool isTaken)
    {
        Assert.Equal(isTaken, JsonConvert.TryGetDuration(Encoding.UTF8.GetBytes(text), out TimeSpan value));
        Assert.Equal(!isTaken, value == TimeSpan.Zero);
    }

    [Theory]
    [InlineData("6ba7b810-9dad-11d1-80b4-00c04fd430c8", true)]
    [InlineData("6BA7B810-9DAD-11D1-80B4-00C04FD430C8", true)]
    [InlineData("{6ba7b810-9dad-11d1-80b4-00c04fd430c8}", true)]
    [InlineData("urn:uuid:6ba7b810-9dad-11d1-80b4-00c04fd430c8", true)]
    [InlineData("6ba7b8109dad11d180b400c04fd430c8", true)]
    [InlineData("6ba7b810-9dad-11d1-80b4-00c04fd430cg", false)]
    [InlineData("6ba7b810-9dad-11d1-80b400-c04fd430c8", false)]
    [InlineData("x", false)]
    public void Uuids_are_those_of_the_package_uuid(string text, bool valid) => Assert.Equal(valid, Accepts("uuid.Valid", text));

    [Theory]
    [InlineData("15", "5", true)]
    [InlineData("16", "5", false)]
    [InlineData("0.03", "0.01", true)]
    [InlineData("0.035", "0.01", false)]
    [InlineData("1e3", "7", false)]
    [InlineData("7e100000", "7", true)]
    [InlineData("7e-100000", "7", false)]
    [InlineData("0", "5", true)]
    [InlineData("-10", "5", true)]
    public void Multiples_are_exact(string number, string divisor, bool valid)
    {
        var shape = new ScalarShape("number", "number", ValueKinds.Number, ClrType.Decimal,
            new ValidatorConstraint("math.MultipleOf", ValueKinds.Number, "math.MultipleOf", divisor));
        Assert.Equal(valid, Check(number, shape).IsValid);
    }

    [Theory]
    [InlineData("[1,2,1.0]", true)]
    [InlineData("[1,2,1]", false)]
    [InlineData("[1.0,1.00]", false)]
    [InlineData("""[{"a":1,"b":2},{"b":2,"a":1}]""", false)]
    [InlineData("""["a",["a"],{"a":null},null]""", true)]
    public void Items_are_unique_as_cue_compares_them(string json, bool valid)
    {
        var shape = new ListShape("[...]", [], Any, new ValidatorConstraint("list.UniqueItems", ValueKinds.List, "list.UniqueItems", ""));
        Assert.Equal(valid, Check(json, shape).IsValid);
    }

    [Theory]
    [InlineData("""{"a":"é\u200d\u0007\ud83d\ude00\"\\"}""", "#T.a: conflicting values \"é\\u200d\\a\U0001F600\\\"\\\\\" and int (mismatched types string and int)")]
    [InlineData("""{"a":{"x y":[1e0,0.0000001,1.50e3],"true":null,"_h":-0}}""",
        "#T.a: conflicting values {\"x y\":[1,1E-7,1.50E+3],true:null,\"_h\":0} and int (mismatched types struct and int)")]
    [InlineData("""{"a":[0.0000000,0e5,-0.0,1e400]}""", "#T.a: conflicting values [0.0000000,0E+5,0.0,1E+400] and int (mismatched types list and int)")]
    [InlineData("""{"a":1,"b":{"c":1,"c":2},"zz":1}""", "#T.b.c: conflicting values 2 and 1")]
    [InlineData("""{"a":1,"b":[1],"b":[1,2]}""", "#T.b: incompatible list lengths (1 and 2)")]
    [InlineData("""{"a":1,"a/b~c":"x"}""", "#T.\"a/b~c\": field not allowed")]
    public void Values_and_labels_are_worded_as_cue_words_them(string json, string errors) => Assert.Equal(errors, Check(json, Struct).ToString());

    [Fact]
    public void A_pointer_escapes_what_RFC_6901_says() =>
        Assert.Equal("/a~1b~0c", Check("""{"a":1,"a/b~c":"x"}""", Struct).Errors[0].Pointer);

    [Fact]
    public void Names_are_normalised_and_values_are_not()
    {
        var shape = new StructShape("{}", false, [new FieldShape("caf\u00e9", Presence.Regular, new ConstantShape("\"\u00e9\"", "\"\u00e9\""))], []);
        Assert.True(Check("{\"cafe\u0301\":\"\u00e9\"}", shape).IsValid);
        Assert.False(Check("{\"caf\u00e9\":\"e\u0301\"}", shape).IsValid);
    }

    [Fact]
    public void Personal_data_is_kept_out_of_messages()
    {
        var shape = new StructShape("{}", false,
            [new FieldShape("name", Presence.Regular, new ScalarShape("int", "int", ValueKinds.Int, ClrType.Int64, new KindConstraint("int", ValueKinds.Int)), IsPersonalData: true)], []);
        Assert.Equal("#T.name: conflicting values (personal data) and int (mismatched types string and int)", Check("""{"name":"Ada"}""", shape).ToString());
    }

    [Fact]
    public void A_document_that_makes_choices_multiply_is_given_up_with_an_error()
    {
        // Two alternatives a level, each of which takes the next level: 2^60 ways.
        DisjunctionShape? tree = null;
        var reference = new ReferenceShape("#T", () => tree!);
        tree = new DisjunctionShape("", "", false,
            new Alternative(new StructShape("a", false, [new FieldShape("x", Presence.Optional, reference)], [])),
            new Alternative(new StructShape("b", true, [new FieldShape("x", Presence.Optional, reference)], [])));
        string json = string.Concat(Enumerable.Repeat("{\"x\":", 60)) + "{}" + new string('}', 60);
        Assert.Equal(ValidationCodes.Limit, Assert.Single(Check(json, tree).Errors).Code);
    }

    [Fact]
    public void A_document_nested_too_deep_is_refused() => Assert.Equal(
        ValidationCodes.Limit,
        Assert.Single(Check(new string('[', 100_000), Any).Errors).Code);

    private static readonly ScalarShape Any = new("_", "_", ValueKinds.Any, ClrType.Json);

    private static readonly StructShape Struct = new("{a:int}", false,
    [
        new FieldShape("a", Presence.Regular, new ScalarShape("int", "int", ValueKinds.Int, ClrType.Int64, new KindConstraint("int", ValueKinds.Int))),
        new FieldShape("b", Presence.Optional, Any),
    ], []);

    private static bool Accepts(string validator, string text) => Validate(validator, text).IsValid;

    private static ValidationResult Validate(string validator, string text)
    {
        var shape = new ScalarShape("string", "string", ValueKinds.String, ClrType.String,
            new ValidatorConstraint(validator, ValueKinds.String, validator, ""));
        return Check(System.Text.Json.JsonSerializer.Serialize(text), shape);
    }

    private static ValidationResult Check(string json, Shape shape) => Diagnosis.Check(Encoding.UTF8.GetBytes(json), shape, "#T");
}
