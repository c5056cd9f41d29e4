using System.Buffers;
using System.Text;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests;

/// <summary>Events to text and back, for assertions that people can read.</summary>
internal static class Texts
{
    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static string Text(ReadOnlyMemory<byte>? utf8) => utf8 is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : "(none)";

    public static string Json(CloudEvent cloudEvent)
    {
        var output = new ArrayBufferWriter<byte>();
        CloudEventJson.Write(cloudEvent, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static CloudEvent Read(string json)
    {
        Assert.True(CloudEventJson.TryRead(Utf8(json), out var cloudEvent, out var result), result.ToString());
        return cloudEvent;
    }

    /// <summary>The errors of an invalid event, as lines.</summary>
    public static string Refused(string json)
    {
        Assert.False(CloudEventJson.TryRead(Utf8(json), out var cloudEvent, out var result), "was read: " + json);
        Assert.Null(cloudEvent);
        Assert.False(result.IsValid);
        return result.ToString();
    }

    /// <summary>A minimal event with more members.</summary>
    public static string Event(string members = "") =>
        """{"specversion":"1.0","id":"1","source":"/s","type":"t" """ + (members.Length == 0 ? "" : "," + members) + "}";
}
