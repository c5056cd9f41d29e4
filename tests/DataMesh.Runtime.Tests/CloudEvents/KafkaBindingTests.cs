using System.Collections.Immutable;
using DataMesh.Channels;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests.CloudEvents;

public sealed class KafkaBindingTests
{
    private static readonly CloudEvent Sample = new("1", "/s", "t")
    {
        Subject = "Euro € 100%",
        DataContentType = "application/json",
        Data = Texts.Utf8("""{"a":1}"""),
        Extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty.Add("partitionkey", "p"),
    };

    [Fact]
    public void Binary_mode_has_attributes_in_headers_that_are_not_percent_encoded()
    {
        var message = KafkaBinding.Encode(Sample, CloudEventContentMode.Binary, Texts.Utf8("key"));
        Assert.Equal(
            ["content-type=application/json", "ce_specversion=1.0", "ce_id=1", "ce_source=/s", "ce_type=t", "ce_subject=Euro € 100%", "ce_partitionkey=p"],
            message.Headers.Select(static h => $"{h.Name}={Texts.Text(h.Value)}"));
        Assert.Equal("""{"a":1}""", Texts.Text(message.Value));
        Assert.Equal("key", Texts.Text(message.Key));
    }

    [Fact]
    public void Structured_mode_needs_one_header()
    {
        var message = KafkaBinding.Encode(Sample, CloudEventContentMode.Structured);
        Assert.Equal("content-type=application/cloudevents+json", string.Join(';', message.Headers.Select(static h => $"{h.Name}={Texts.Text(h.Value)}")));
        Assert.Equal(Texts.Json(Sample), Texts.Text(message.Value));
        Assert.Null(message.Key);
    }

    [Fact]
    public void The_key_and_the_partitionkey_have_nothing_to_do_with_each_other()
    {
        foreach (var mode in new[] { CloudEventContentMode.Binary, CloudEventContentMode.Structured })
        {
            Assert.True(KafkaBinding.TryDecode(KafkaBinding.Encode(Sample, mode, Texts.Utf8("key")), out var read, out _));
            Assert.Equal("p", read.Extensions["partitionkey"].ToString());
            var plain = new CloudEvent("1", "/s", "t");
            Assert.True(KafkaBinding.TryDecode(KafkaBinding.Encode(plain, mode, Texts.Utf8("key")), out read, out _));
            Assert.Empty(read.Extensions);
        }
    }

    [Fact]
    public void An_event_without_data_is_a_tombstone_in_binary_mode_only()
    {
        var empty = new CloudEvent("1", "/s", "t");
        Assert.Null(KafkaBinding.Encode(empty, CloudEventContentMode.Binary).Value);
        Assert.NotNull(KafkaBinding.Encode(empty, CloudEventContentMode.Structured).Value);
        Assert.True(KafkaBinding.TryDecode(KafkaBinding.Encode(empty, CloudEventContentMode.Binary), out var read, out _));
        Assert.Null(read.Data);
    }

    [Fact]
    public void A_batch_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => KafkaBinding.Encode(Sample, CloudEventContentMode.Batch));
        Assert.Equal("Kafka has no batch mode", Refused("[]", ("content-type", "application/cloudevents-batch+json")));
    }

    [Theory]
    [InlineData("Application/CloudEvents+JSON", CloudEventContentMode.Structured)]
    [InlineData("application/json", CloudEventContentMode.Binary)]
    public void The_content_type_decides_the_mode(string contentType, CloudEventContentMode mode)
    {
        ImmutableArray<ChannelHeader> headers = [new("other", default), new("content-type", Texts.Utf8(contentType))];
        Assert.Equal(mode, KafkaBinding.GetMode(headers));
        Assert.Equal(CloudEventContentMode.Binary, KafkaBinding.GetMode([]));
    }

    [Fact]
    public void Headers_may_be_repeated_beside_a_structured_payload()
    {
        Assert.True(KafkaBinding.TryDecode(
            Message(Texts.Event(), ("content-type", "application/cloudevents+json; charset=utf-8"), ("ce_id", "other")), out var read, out _));
        Assert.Equal("1", read.Id);
    }

    [Fact]
    public void Malformed_records_are_refused_with_a_reason()
    {
        Assert.Equal("a structured event needs a payload", Refused(null, ("content-type", "application/cloudevents+json")));
        Assert.Equal("the JSON event format is the only one supported", Refused("x", ("content-type", "application/cloudevents+avro")));
        Assert.Equal("id: stands more than once", Refused("{}", ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_id", "1"), ("ce_source", "/s"), ("ce_type", "t")));
        Assert.Equal("source: not a URI-reference", Refused("{}", ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_source", "a b"), ("ce_type", "t")));
        Assert.Equal("my-ext: not an attribute name: lower-case letters and digits only",
            Refused("{}", ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_source", "/s"), ("ce_type", "t"), ("ce_my-ext", "x")));
        Assert.Contains("specversion: required attribute is missing", Refused(null));

        var notUtf8 = Message("{}", ("ce_specversion", "1.0"), ("ce_id", "1"), ("ce_source", "/s"));
        notUtf8 = new(notUtf8.Value, null, notUtf8.Headers.Add(new("ce_type", new byte[] { 0xC0, 0xA0 })));
        Assert.False(KafkaBinding.TryDecode(notUtf8, out _, out var result));
        Assert.Contains("type: invalid UTF-8", result.ToString());
    }

    private static string Refused(string? value, params (string Name, string Value)[] headers)
    {
        Assert.False(KafkaBinding.TryDecode(Message(value, headers), out _, out var result));
        return result.ToString();
    }

    private static ChannelMessage Message(string? value, params (string Name, string Value)[] headers) => new(
        value is null ? default(ReadOnlyMemory<byte>?) : Texts.Utf8(value),
        null,
        [.. headers.Select(static h => new ChannelHeader(h.Name, Texts.Utf8(h.Value)))]);
}
