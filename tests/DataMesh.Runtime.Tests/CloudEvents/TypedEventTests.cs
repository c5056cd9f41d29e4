using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests.CloudEvents;

public sealed class TypedEventTests
{
    [Fact]
    public void A_new_event_has_the_attributes_of_its_product()
    {
        var cloudEvent = new CloudEvent<Reading>(new("a", 1));
        Assert.Equal("lab.Reading", cloudEvent.Type);
        Assert.Equal("/lab", cloudEvent.Source);
        Assert.Equal("https://example.org/lab#Reading", cloudEvent.DataSchema);
        Assert.NotEqual(cloudEvent.Id, new CloudEvent<Reading>(new("a", 1)).Id);
    }

    [Fact]
    public void It_is_written_as_the_untyped_event_is()
    {
        var typed = new CloudEvent<Reading>(new("a", 1), "7", "/x", "lab.Reading")
        {
            DataSchema = Reading.Descriptor.DataSchema,
            Subject = "s",
            Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty.Add("partitionkey", "k"),
        };
        var untyped = new CloudEvent("7", "/x", "lab.Reading")
        {
            DataSchema = typed.DataSchema,
            Subject = "s",
            Time = typed.Time,
            Extensions = typed.Extensions,
            DataContentType = "application/json",
            Data = """{"name":"a","value":1}"""u8.ToArray(),
        };
        Assert.Equal(Texts.Json(untyped), Write(typed));
        Assert.Equal("""{"name":"a","value":1}""", Texts.Text(Texts.Read(Write(typed)).Data));
    }

    [Fact]
    public void Another_type_or_schema_than_the_products_own_is_written_as_given()
    {
        var written = Texts.Read(Write(new CloudEvent<Reading>(new("a", 1), "7", "/x", "other") { DataSchema = "urn:x" }));
        Assert.Equal(("other", "urn:x", "application/json"), (written.Type, written.DataSchema, written.DataContentType));
        Assert.Null(Texts.Read(Write(new CloudEvent<Reading>(new("a", 1), "7", "/x", "lab.Reading"))).DataSchema);
    }

    [Fact]
    public void Writing_allocates_nothing_beside_the_data()
    {
        var cloudEvent = new CloudEvent<Constant>(default) { Time = DateTimeOffset.UnixEpoch, Subject = "s" };
        var output = new ArrayBufferWriter<byte>(4096);
        for (var i = 0; i < 100; i++)
        {
            output.ResetWrittenCount();
            CloudEventJson.Write(cloudEvent, output);
        }
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            output.ResetWrittenCount();
            CloudEventJson.Write(cloudEvent, output);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Data_is_read_as_the_product()
    {
        var read = Texts.Read(Texts.Event("""
            "subject":"s","time":"2026-01-02T03:04:05Z","dataschema":"urn:x","ext":"e","data": {"name":"a","value":1}
            """));
        Assert.True(CloudEvent<Reading>.TryRead(read, out var typed, out _));
        Assert.Equal(new Reading("a", 1), typed.Data);
        Assert.Equal(("1", "/s", "t", "s", "urn:x"), (typed.Id, typed.Source, typed.Type, typed.Subject, typed.DataSchema));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), typed.Time);
        Assert.Equal("e", typed.Extensions["ext"].ToString());
    }

    [Theory]
    [InlineData("\"data\":{\"name\":\"a\",\"value\":140}", "#Reading.value: invalid value 140 (out of bound <130)")]
    [InlineData("\"data\":5", "#Reading: not a reading")]
    [InlineData("\"subject\":\"s\"", "data: the event has no data")]
    [InlineData("\"datacontenttype\":\"text/plain\",\"data\":\"{}\"", "datacontenttype: the data is not JSON")]
    public void Data_that_is_not_the_product_is_refused(string members, string error)
    {
        Assert.False(CloudEvent<Reading>.TryRead(Texts.Read(Texts.Event(members)), out var typed, out var result));
        Assert.Null(typed);
        Assert.Equal(error, result.ToString());
    }

    private static string Write(CloudEvent<Reading> cloudEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        CloudEventJson.Write(cloudEvent, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>A product whose own writer allocates nothing.</summary>
    private readonly struct Constant : IDataProduct<Constant>
    {
        public static DataProductDescriptor Descriptor => Reading.Descriptor;

        public static bool TryParse(ReadOnlySpan<byte> utf8, out Constant value, out ValidationResult result)
        {
            value = default;
            result = ValidationResult.Valid;
            return true;
        }

        public static ValidationResult Validate(ReadOnlySpan<byte> utf8) => ValidationResult.Valid;

        public ValidationResult Validate() => ValidationResult.Valid;

        public void WriteTo(IBufferWriter<byte> output) => output.Write("{}"u8);
    }
}
