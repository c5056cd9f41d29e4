using System.Collections.Immutable;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests.CloudEvents;

public sealed class AttributeTests
{
    [Theory]
    [InlineData(CloudEventType.Boolean, "true")]
    [InlineData(CloudEventType.Boolean, "false")]
    [InlineData(CloudEventType.Integer, "0")]
    [InlineData(CloudEventType.Integer, "2147483647")]
    [InlineData(CloudEventType.Integer, "-2147483648")]
    [InlineData(CloudEventType.String, "")]
    [InlineData(CloudEventType.String, "Euro € \U0001F600 \u00A0")]
    [InlineData(CloudEventType.Binary, "")]
    [InlineData(CloudEventType.Binary, "TWE=")]
    [InlineData(CloudEventType.Uri, "https://user@example.org:8080/a/b?q=1#f")]
    [InlineData(CloudEventType.Uri, "urn:uuid:6e8bc430-9c3a-11d9-9669-0800200c9a66")]
    [InlineData(CloudEventType.Uri, "mailto:a@example.org")]
    [InlineData(CloudEventType.Uri, "http://[::1]:80/")]
    [InlineData(CloudEventType.Uri, "http://[v1.fe:a]/")]
    [InlineData(CloudEventType.UriReference, "/path%20x")]
    [InlineData(CloudEventType.UriReference, "//host/path")]
    [InlineData(CloudEventType.UriReference, "#fragment")]
    [InlineData(CloudEventType.UriReference, "?q")]
    [InlineData(CloudEventType.UriReference, "a/b:c")]
    [InlineData(CloudEventType.UriReference, "1-555-123-4567")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:00Z")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:00.1234567+01:30")]
    [InlineData(CloudEventType.Timestamp, "0001-01-01T00:00:00Z")]
    [InlineData(CloudEventType.Timestamp, "9999-12-31T23:59:59.9Z")]
    public void Canonical_strings_survive(CloudEventType type, string text)
    {
        Assert.True(CloudEventValue.TryParse(type, text, out var value));
        Assert.Equal(type, value.Type);
        Assert.Equal(text, value.ToString());
        Assert.True(CloudEventValue.TryParse(type, value.ToString(), out var again));
        Assert.Equal(value, again);
        Assert.Equal(value.GetHashCode(), again.GetHashCode());
    }

    [Theory]
    [InlineData(CloudEventType.Boolean, "True")]
    [InlineData(CloudEventType.Boolean, "1")]
    [InlineData(CloudEventType.Integer, "")]
    [InlineData(CloudEventType.Integer, "+1")]
    [InlineData(CloudEventType.Integer, " 1")]
    [InlineData(CloudEventType.Integer, "1.0")]
    [InlineData(CloudEventType.Integer, "1e2")]
    [InlineData(CloudEventType.Integer, "2147483648")]
    [InlineData(CloudEventType.String, "a\nb")]
    [InlineData(CloudEventType.String, "\u007F")]
    [InlineData(CloudEventType.String, "\u0085")]
    [InlineData(CloudEventType.String, "\uFFFE")]
    [InlineData(CloudEventType.String, "\uFDD0")]
    [InlineData(CloudEventType.String, "\U0001FFFF")]
    [InlineData(CloudEventType.Binary, "TWE")]
    [InlineData(CloudEventType.Binary, "TW E=")]
    [InlineData(CloudEventType.Binary, "TW_-")]
    [InlineData(CloudEventType.Uri, "")]
    [InlineData(CloudEventType.Uri, "/relative")]
    [InlineData(CloudEventType.Uri, "1http://x")]
    [InlineData(CloudEventType.Uri, "http://[::1")]
    [InlineData(CloudEventType.Uri, "http://host:port/")]
    [InlineData(CloudEventType.UriReference, "")]
    [InlineData(CloudEventType.UriReference, "a b")]
    [InlineData(CloudEventType.UriReference, "%zz")]
    [InlineData(CloudEventType.UriReference, "%4")]
    [InlineData(CloudEventType.UriReference, "a#b#c")]
    [InlineData(CloudEventType.UriReference, "é")]
    [InlineData(CloudEventType.UriReference, ":a")]
    [InlineData(CloudEventType.UriReference, "a\\b")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05 17:31:00Z")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:00")]
    [InlineData(CloudEventType.Timestamp, "2018-02-29T17:31:00Z")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T24:00:00Z")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:60Z")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:00.Z")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:00,5Z")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:00+24:00")]
    [InlineData(CloudEventType.Timestamp, "2018-04-05T17:31:00+0100")]
    [InlineData(CloudEventType.Timestamp, "0000-01-01T00:00:00Z")]
    [InlineData(CloudEventType.Timestamp, "２018-04-05T17:31:00Z")]
    public void What_is_not_of_the_type_is_refused(CloudEventType type, string text) =>
        Assert.False(CloudEventValue.TryParse(type, text, out _));

    [Fact]
    public void A_lone_surrogate_is_no_string()
    {
        Assert.False(CloudEventValue.TryParse(CloudEventType.String, "a\uD800", out _));
        Assert.Throws<ArgumentException>(static () => CloudEventValue.FromString("\uDC00b"));
    }

    [Theory]
    [InlineData("2018-04-05t17:31:00z", "2018-04-05T17:31:00Z")]
    [InlineData("2018-04-05T17:31:00.000000000Z", "2018-04-05T17:31:00Z")]
    [InlineData("2018-04-05T17:31:00.123456789Z", "2018-04-05T17:31:00.1234567Z")]
    [InlineData("2018-04-05T17:31:00-00:00", "2018-04-05T17:31:00Z")]
    [InlineData("2018-04-05T17:31:00+23:59", "2018-04-04T17:32:00Z")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z")]
    [InlineData("2017-01-01T00:59:60+01:00", "2017-01-01T01:00:00+01:00")]
    public void Timestamps_are_read_as_RFC_3339_has_them(string text, string canonical)
    {
        Assert.True(CloudEventValue.TryParse(CloudEventType.Timestamp, text, out var value));
        Assert.Equal(canonical, value.ToString());
    }

    [Fact]
    public void Timestamps_are_equal_when_they_are_the_same_instant()
    {
        Assert.True(CloudEventValue.TryParse(CloudEventType.Timestamp, "2018-04-05T18:31:00+01:00", out var local));
        Assert.True(CloudEventValue.TryParse(CloudEventType.Timestamp, "2018-04-05T17:31:00Z", out var utc));
        Assert.True(local == utc);
        Assert.NotEqual(CloudEventValue.FromString("1"), CloudEventValue.FromInteger(1));
        Assert.Throws<InvalidOperationException>(() => utc.AsInteger());
    }

    [Theory]
    [InlineData("")]
    [InlineData("data")]
    [InlineData("id")]
    [InlineData("my_ext")]
    [InlineData("my-ext")]
    [InlineData("MyExt")]
    [InlineData("é")]
    public void Names_that_no_extension_has_are_refused(string name)
    {
        Assert.False(CloudEventAttribute.IsExtensionName(name));
        Assert.Throws<ArgumentException>(() => new CloudEventAttribute(name, CloudEventType.String));
        Assert.Throws<ArgumentException>(() => new CloudEvent("1", "/s", "t")
        {
            Extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty.Add(name, "x"),
        });
    }

    [Fact]
    public void An_event_that_exists_is_valid()
    {
        Assert.Throws<ArgumentException>(static () => new CloudEvent("", "/s", "t"));
        Assert.Throws<ArgumentException>(static () => new CloudEvent("1", "not a uri", "t"));
        Assert.Throws<ArgumentException>(static () => new CloudEvent("1", "/s", "t\n"));
        Assert.Throws<ArgumentException>(static () => new CloudEvent("1", "/s", "t") { Subject = "" });
        Assert.Throws<ArgumentException>(static () => new CloudEvent("1", "/s", "t") { DataSchema = "/relative" });
        Assert.Throws<ArgumentException>(static () => new CloudEvent("1", "/s", "t") { DataContentType = "xyz" });
    }

    [Theory]
    [InlineData("sampledrate", "3", true)]
    [InlineData("sampledrate", "0", false)]
    [InlineData("sampledrate", "x", false)]
    [InlineData("partitionkey", "", false)]
    [InlineData("partitionkey", "k", true)]
    [InlineData("expirytime", "2018-04-05T17:31:00Z", true)]
    [InlineData("expirytime", "tomorrow", false)]
    [InlineData("dataref", "https://example.org/x", true)]
    [InlineData("dataref", "not a uri", false)]
    [InlineData("deprecated", "true", true)]
    [InlineData("deprecated", "yes", false)]
    [InlineData("unheardof", "yes", true)]
    public void Documented_extensions_keep_to_their_documents(string name, string value, bool valid)
    {
        HttpBinding.TryDecode(
            [new("ce-specversion", "1.0"), new("ce-id", "1"), new("ce-source", "/s"), new("ce-type", "t"), new("ce-" + name, value)],
            default, out var read, out var result);
        Assert.Equal(valid, result.IsValid);
        if (valid)
            Assert.Equal(value, read!.Extensions[name].ToString());
    }

    [Fact]
    public void Headers_give_documented_extensions_their_type()
    {
        Assert.True(HttpBinding.TryDecode(
            [new("ce-specversion", "1.0"), new("ce-id", "1"), new("ce-source", "/s"), new("ce-type", "t"), new("ce-sampledrate", "29")],
            default, out var read, out _));
        Assert.Equal(29, read.Extensions["sampledrate"].AsInteger());
    }
}
