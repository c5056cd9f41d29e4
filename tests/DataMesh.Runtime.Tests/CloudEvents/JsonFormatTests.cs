using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests.CloudEvents;

public sealed class JsonFormatTests
{
    [Fact]
    public void An_event_is_written_as_one_object()
    {
        var cloudEvent = new CloudEvent("a-1", "/people", "people.Identity")
        {
            Subject = "s \"quoted\" \\ é",
            Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 600, TimeSpan.FromHours(2)),
            DataContentType = "application/json",
            DataSchema = "https://example.org/people",
            Extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty
                .Add("partitionkey", "k").Add("bytes", CloudEventValue.FromBinary([1, 2, 255])).Add("rate", -5).Add("flag", false),
            Data = Texts.Utf8("""{"first":"John"}"""),
        };
        Assert.Equal(
            """{"specversion":"1.0","type":"people.Identity","datacontenttype":"application/json","dataschema":"https://example.org/people","id":"a-1","source":"/people","subject":"s \"quoted\" \\ é","time":"2026-01-02T03:04:05.6+02:00","bytes":"AQL/","flag":false,"partitionkey":"k","rate":-5,"data":{"first":"John"}}""",
            Texts.Json(cloudEvent));
    }

    [Theory]
    [InlineData("application/json", "[1, 2]", "\"data\":[1, 2]")]
    [InlineData("text/json", "null", "\"data\":null")]
    [InlineData("application/vnd.x+JSON; charset=utf-8", "\"{}\"", "\"data\":\"{}\"")]
    [InlineData("application/json", "{broken", "\"data_base64\":\"e2Jyb2tlbg==\"")]
    [InlineData("application/json", "1 2", "\"data_base64\":\"MSAy\"")]
    [InlineData("text/plain", "a\n\"b\"\u0001€", "\"data\":\"a\\n\\\"b\\\"\\u0001€\"")]
    [InlineData("application/xml", "<a/>", "\"data\":\"<a/>\"")]
    [InlineData("image/svg+xml", "<a/>", "\"data\":\"<a/>\"")]
    [InlineData("application/jsonx", "{}", "\"data_base64\":\"e30=\"")]
    [InlineData("application/octet-stream", "Ma", "\"data_base64\":\"TWE=\"")]
    [InlineData("text/plain; charset=x-unknown", "Ma", "\"data_base64\":\"TWE=\"")]
    [InlineData(null, "{}", "\"data_base64\":\"e30=\"")]
    public void The_content_type_decides_how_data_is_written(string? contentType, string data, string expected)
    {
        var json = Texts.Json(new CloudEvent("1", "/s", "t") { DataContentType = contentType, Data = Texts.Utf8(data) });
        Assert.EndsWith("," + expected + "}", json);
        var read = Texts.Read(json);
        Assert.Equal(data, Texts.Text(read.Data));
        Assert.Equal(contentType, read.DataContentType);
    }

    [Fact]
    public void Text_that_is_not_in_its_charset_is_written_as_bytes()
    {
        var latin = new CloudEvent("1", "/s", "t") { DataContentType = "text/plain; charset=ISO-8859-1", Data = Encoding.Latin1.GetBytes("é") };
        Assert.EndsWith("\"data\":\"é\"}", Texts.Json(latin));
        Assert.Equal([0xE9], Texts.Read(Texts.Json(latin)).Data!.Value.ToArray());

        var broken = new CloudEvent("1", "/s", "t") { DataContentType = "text/plain", Data = new byte[] { 0xE9 } };
        Assert.EndsWith("\"data_base64\":\"6Q==\"}", Texts.Json(broken));
    }

    [Fact]
    public void Data_without_a_content_type_is_JSON_and_says_so_when_written_again()
    {
        var read = Texts.Read(Texts.Event("\"data\": {\"a\" : [1.50, 1e400]} "));
        Assert.Equal("application/json", read.DataContentType);
        Assert.Equal("{\"a\" : [1.50, 1e400]}", Texts.Text(read.Data));
        Assert.Contains("\"datacontenttype\":\"application/json\"", Texts.Json(read));
    }

    [Fact]
    public void Binary_data_without_a_content_type_has_none()
    {
        var read = Texts.Read(Texts.Event("\"data_base64\":\"TWE=\""));
        Assert.Null(read.DataContentType);
        Assert.Equal("Ma", Texts.Text(read.Data));
    }

    [Fact]
    public void Base64_data_of_a_JSON_type_becomes_a_JSON_value()
    {
        var read = Texts.Read(Texts.Event("\"datacontenttype\":\"application/json\",\"data_base64\":\"e30=\""));
        Assert.EndsWith("\"data\":{}}", Texts.Json(read));
    }

    [Theory]
    [InlineData("\"data\":null", "null")]
    [InlineData("\"data\":\"{\\\"a\\\":1}\"", "\"{\\\"a\\\":1}\"")]
    [InlineData("\"data\":\"x\",\"datacontenttype\":\"text/plain\"", "x")]
    [InlineData("\"datacontenttype\":\"application/octet-stream\",\"data\":\"x\"", "x")]
    [InlineData("\"subject\":null", "(none)")]
    public void Data_is_what_the_format_says(string members, string data) =>
        Assert.Equal(data, Texts.Text(Texts.Read(Texts.Event(members)).Data));

    [Theory]
    [InlineData("\"id\":\"2\"", "id: stands more than once")]
    [InlineData("\"i\\u0064\":\"2\"", "id: stands more than once")]
    [InlineData("\"data\":1,\"data\":2", "data: data and data_base64 stand once and exclude each other")]
    [InlineData("\"data_base64\":\"\",\"data\":2", "data: data and data_base64 stand once and exclude each other")]
    [InlineData("\"data_base64\":5", "data_base64: must be a string in base64")]
    [InlineData("\"data_base64\":\"?\"", "data_base64: must be a string in base64")]
    [InlineData("\"data\":{},\"datacontenttype\":\"text/plain\"", "data: must be a string, since the content type is not JSON")]
    [InlineData("\"data\":\"x\",\"datacontenttype\":\"text/plain;charset=koi8\"", "datacontenttype: has a charset that is not supported")]
    [InlineData("\"data\":\"€\",\"datacontenttype\":\"text/plain;charset=us-ascii\"", "data: has characters that the charset of its content type lacks")]
    [InlineData("\"data\":\"\\uD800\",\"datacontenttype\":\"text/plain\"", "data: has an unpaired surrogate")]
    [InlineData("\"ext\":1.5", "ext: a number must be an integer of 32 bits")]
    [InlineData("\"ext\":1.0", "ext: a number must be an integer of 32 bits")]
    [InlineData("\"ext\":3000000000", "ext: a number must be an integer of 32 bits")]
    [InlineData("\"ext\":[]", "ext: must be a string, a number or a boolean")]
    [InlineData("\"ext\":\"\\uDC00\"", "ext: has an unpaired surrogate")]
    [InlineData("\"ext\":\"\\u0000\"", "ext: has characters that an attribute cannot have")]
    [InlineData("\"ex_t\":\"x\"", "ex_t: not an attribute name: lower-case letters and digits only")]
    [InlineData("\"Ext\":null", "Ext: not an attribute name: lower-case letters and digits only")]
    [InlineData("\"subject\":5", "subject: must be a string")]
    [InlineData("\"subject\":\"\"", "subject: must not be empty")]
    [InlineData("\"dataschema\":\"/relative\"", "dataschema: not an absolute URI")]
    [InlineData("\"time\":\"lunchtime\"", "time: not an RFC 3339 timestamp")]
    [InlineData("\"datacontenttype\":\"xyz\"", "datacontenttype: not a media type (RFC 2046)")]
    public void Malformed_members_are_named(string members, string error) =>
        Assert.Equal(error, Texts.Refused(Texts.Event(members)));

    [Fact]
    public void Every_error_is_reported_with_its_pointer()
    {
        Assert.False(CloudEventJson.TryRead("""{"specversion":"0.3","id":"","source":"a b","a/b~":1}"""u8.ToArray(), out _, out var result));
        Assert.Equal(["/specversion", "/id", "/source", "/a~1b~0", "/type"], result.Errors.Select(static e => e.Pointer));
        Assert.All(result.Errors, static e => Assert.Equal(CloudEvent.ErrorCode, e.Code));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"id\":}")]
    [InlineData("\uFEFF{}")]
    [InlineData("nul")]
    public void What_is_not_JSON_is_a_syntax_error(string text)
    {
        Assert.False(CloudEventJson.TryRead(Texts.Utf8(text), out _, out var result));
        Assert.Equal(ValidationCodes.Syntax, Assert.Single(result.Errors).Code);
        Assert.False(CloudEventJson.TryReadBatch(Texts.Utf8(text), out _, out result));
    }

    [Fact]
    public void Invalid_UTF8_is_refused_wherever_it_stands()
    {
        var json = Texts.Utf8(Texts.Event("\"data\":{\"a\":\"?\"}"));
        json[Array.IndexOf(json, (byte)'?')] = 0xFF;
        Assert.False(CloudEventJson.TryRead(json, out _, out var result));
        Assert.Equal("invalid UTF-8", result.ToString());
    }

    [Fact]
    public void Deep_data_neither_crashes_nor_passes_the_limit()
    {
        Texts.Read(Texts.Event("\"data\":" + new string('[', 1000) + new string(']', 1000)));
        Texts.Refused(Texts.Event("\"data\":" + new string('[', 1_000_000) + new string(']', 1_000_000)));
    }

    [Theory]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("[]")]
    [InlineData("null")]
    public void An_event_is_an_object(string json) => Assert.StartsWith("an event must be a JSON object", Texts.Refused(json));

    [Fact]
    public void A_batch_names_the_place_of_each_error()
    {
        var batch = Texts.Utf8($"[{Texts.Event()},5,{Texts.Event("\"subject\":\"\"")}]");
        Assert.False(CloudEventJson.TryReadBatch(batch, out var events, out var result));
        Assert.Empty(events);
        Assert.Contains(result.Errors, static e => e.Pointer == "/1");
        Assert.Contains(result.Errors, static e => e is { Pointer: "/2/subject", Message: "must not be empty" });
        Assert.False(CloudEventJson.TryReadBatch("{}"u8.ToArray(), out _, out _));
    }

    [Fact]
    public void Batches_survive()
    {
        foreach (var count in new[] { 0, 1, 3 })
        {
            var events = Enumerable.Range(0, count).Select(static i => new CloudEvent($"{i}", "/s", "t")
            {
                DataContentType = "application/json",
                Data = Texts.Utf8($"{{\"i\":{i}}}"),
            }).ToList();
            var output = new ArrayBufferWriter<byte>();
            CloudEventJson.WriteBatch(events, output);
            Assert.True(CloudEventJson.TryReadBatch(output.WrittenMemory, out var read, out _));
            Assert.Equal(events.Select(Texts.Json), read.Select(Texts.Json));
        }
    }

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")]
    [InlineData("fi-FI")]
    public void Cultures_change_nothing(string culture)
    {
        var cloudEvent = new CloudEvent("1", "/s", "t")
        {
            Time = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
            Extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty.Add("rate", -5).Add("aa", "x").Add("v", "y").Add("w", "z"),
        };
        var invariant = Texts.Json(cloudEvent);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(invariant, Texts.Json(cloudEvent));
            Assert.Equal(invariant, Texts.Json(Texts.Read(invariant)));
            Assert.True(CloudEventValue.TryParse(CloudEventType.Integer, "-5", out _));
            Assert.Equal(CloudEventContentMode.Structured, HttpBinding.GetMode("APPLICATION/CLOUDEVENTS+JSON"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
