using System.Collections.Immutable;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests.CloudEvents;

public sealed class HttpBindingTests
{
    private static readonly KeyValuePair<string, string>[] Minimal =
        [new("ce-specversion", "1.0"), new("ce-id", "1"), new("ce-source", "/s"), new("ce-type", "t")];

    [Theory]
    [InlineData("Euro € 😀", "Euro%20%E2%82%AC%20%F0%9F%98%80")]
    [InlineData("50%", "50%25")]
    [InlineData("say \"hi\"", "say%20%22hi%22")]
    [InlineData("!#$&'()*+,-./:;<=>?@[\\]^_`{|}~", "!#$&'()*+,-./:;<=>?@[\\]^_`{|}~")]
    public void Values_are_percent_encoded(string value, string header)
    {
        var message = HttpBinding.Encode(new CloudEvent("1", "/s", "t") { Subject = value }, CloudEventContentMode.Binary);
        Assert.Equal(header, message.Headers.Single(static h => h.Key == "ce-subject").Value);
        Assert.Equal(value, Decode(header)!.Subject);
    }

    [Theory]
    [InlineData("\"Euro \\\"quoted\\\" \\\\\"", "Euro \"quoted\" \\")]
    [InlineData("%41%62%e2%82%ac", "Ab€")]
    [InlineData("%2541", "%41")]
    [InlineData("\"%41\"", "A")]
    [InlineData("\"\\%41\"", "A")]
    [InlineData("  padded\t", "padded")]
    [InlineData("raw €", "raw €")]
    public void Needless_encodings_are_accepted(string header, string value) => Assert.Equal(value, Decode(header)!.Subject);

    [Theory]
    [InlineData("%C0%A0")]
    [InlineData("%E2%82")]
    [InlineData("%ED%A0%80")]
    [InlineData("%4")]
    [InlineData("100%")]
    [InlineData("%zz")]
    [InlineData("\"open")]
    [InlineData("\"open\\\"")]
    [InlineData("%00")]
    public void Broken_encodings_are_refused(string header) => Assert.Null(Decode(header));

    [Fact]
    public void A_lone_surrogate_is_refused()
    {
        Assert.Null(Decode("\uD83D"));
        Assert.Null(Decode("%41\uD83D"));
    }

    [Fact]
    public void The_content_type_is_the_data_content_type()
    {
        var message = HttpBinding.Encode(
            new CloudEvent("1", "/s", "t") { DataContentType = "application/json; charset=utf-8", Data = "{}"u8.ToArray() },
            CloudEventContentMode.Binary);
        Assert.Equal("application/json; charset=utf-8", message.Headers.Single(static h => h.Key == "Content-Type").Value);
        Assert.DoesNotContain(message.Headers, static h => h.Key == "ce-datacontenttype");
        Assert.Equal("{}", Texts.Text(message.Body));

        Assert.False(HttpBinding.TryDecode([.. Minimal, new("ce-datacontenttype", "text/plain")], default, out _, out var result));
        Assert.Equal("datacontenttype: travels as Content-Type only", result.ToString());
    }

    [Fact]
    public void Header_names_have_no_case_and_stand_once()
    {
        Assert.True(HttpBinding.TryDecode(
            [new("CE-SpecVersion", "1.0"), new("Ce-Id", "1"), new("ce-SOURCE", "/s"), new("ce-type", "t"), new("Ce-MyExt", "x"), new("Host", "h")],
            default, out var read, out _));
        Assert.Equal("x", read.Extensions["myext"].ToString());
        Assert.Null(read.Data);
        Assert.False(HttpBinding.TryDecode([.. Minimal, new("CE-ID", "1")], default, out _, out var result));
        Assert.Equal("id: stands more than once", result.ToString());
    }

    [Fact]
    public void Missing_attributes_are_all_named()
    {
        Assert.False(HttpBinding.TryDecode([new("Content-Type", "application/json")], default, out _, out var result));
        Assert.Equal(["specversion", "id", "source", "type"], result.Errors.Select(static e => e.Path));
    }

    [Theory]
    [InlineData("application/cloudevents+json", CloudEventContentMode.Structured)]
    [InlineData("APPLICATION/CloudEvents+JSON; charset=UTF-8", CloudEventContentMode.Structured)]
    [InlineData("application/cloudevents+avro", CloudEventContentMode.Structured)]
    [InlineData("application/cloudevents-batch+json", CloudEventContentMode.Batch)]
    [InlineData("Application/CloudEvents-Batch", CloudEventContentMode.Batch)]
    [InlineData("application/json", CloudEventContentMode.Binary)]
    [InlineData("", CloudEventContentMode.Binary)]
    [InlineData(null, CloudEventContentMode.Binary)]
    public void The_prefix_decides_the_mode(string? contentType, CloudEventContentMode mode) =>
        Assert.Equal(mode, HttpBinding.GetMode(contentType));

    [Theory]
    [InlineData("application/cloudevents+avro", "the JSON event format is the only one supported")]
    [InlineData("application/cloudevents+json; charset=utf-16", "JSON is read in UTF-8 only")]
    [InlineData("application/cloudevents-batch+json", "a batch, where one event was expected")]
    public void Formats_that_cannot_be_read_are_refused(string contentType, string error)
    {
        Assert.False(HttpBinding.TryDecode([new("content-type", contentType)], Texts.Utf8(Texts.Event()), out _, out var result));
        Assert.Equal(error, result.ToString());
    }

    [Fact]
    public void The_payload_of_a_structured_message_has_all_attributes()
    {
        Assert.True(HttpBinding.TryDecode(
            [new("Content-Type", "application/cloudevents+json"), new("ce-id", "other"), new("ce-extra", "x")],
            Texts.Utf8(Texts.Event()), out var read, out _));
        Assert.Equal("1", read.Id);
        Assert.Empty(read.Extensions);
    }

    [Fact]
    public void A_structured_message_says_its_charset()
    {
        var message = HttpBinding.Encode(new CloudEvent("1", "/s", "t"), CloudEventContentMode.Structured);
        Assert.Equal(ImmutableArray.Create(KeyValuePair.Create("Content-Type", "application/cloudevents+json; charset=utf-8")), message.Headers);
        Assert.Throws<ArgumentOutOfRangeException>(static () => HttpBinding.Encode(new CloudEvent("1", "/s", "t"), CloudEventContentMode.Batch));
    }

    private static CloudEvent? Decode(string subject)
    {
        HttpBinding.TryDecode([.. Minimal, new("ce-subject", subject)], default, out var read, out _);
        return read;
    }
}
