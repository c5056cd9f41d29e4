using System.Globalization;
using Confluent.Kafka;

namespace DataMesh.Kafka;

/// <summary>The client's options as the user gave them, completed by the channel's own defaults.</summary>
internal static class ClientOptions
{
    private const string MessageTimeout = "message.timeout.ms";

    public static Dictionary<string, string> ForProducer(KafkaChannelOptions options)
    {
        Dictionary<string, string> result = Merge(options.Client, options.Producer);
        Default(result, "true", "enable.idempotence");
        Default(result, "murmur2_random", "partitioner");
        Default(result, "0", "linger.ms", "queue.buffering.max.ms");
        Default(result, "30000", MessageTimeout, "delivery.timeout.ms");
        // A report brings partition, offset and error in any case; the rest would be copied for nothing.
        Default(result, "none", "dotnet.producer.delivery.report.fields");
        return result;
    }

    /// <summary>How long an append may wait for room and for its acknowledgement; infinite when the client never gives up.</summary>
    public static TimeSpan AppendTimeout(Dictionary<string, string> producer)
    {
        string? text = producer.GetValueOrDefault(MessageTimeout) ?? producer.GetValueOrDefault("delivery.timeout.ms");
        return int.TryParse(text, CultureInfo.InvariantCulture, out int milliseconds) && milliseconds > 0
            ? TimeSpan.FromMilliseconds(milliseconds)
            : Timeout.InfiniteTimeSpan;
    }

    /// <summary>A member of a consumer group, whose offsets are stored when records were handled, and committed in the background.</summary>
    public static Dictionary<string, string> ForGroup(KafkaChannelOptions options)
    {
        Dictionary<string, string> result = Merge(options.Client, options.Consumer);
        if (!result.ContainsKey("group.id"))
            throw new InvalidOperationException("Reading from the stored offsets needs the consumer option 'group.id'.");
        if (result.TryGetValue("enable.auto.offset.store", out string? store) && store != "false")
            throw new InvalidOperationException("'enable.auto.offset.store' must stay false: the channel stores the offset of what was handled.");
        result["enable.auto.offset.store"] = "false";
        Default(result, "true", "enable.auto.commit");
        Default(result, "earliest", "auto.offset.reset");
        return result;
    }

    /// <summary>A reader of its own, outside any group: it starts where it is told and stores nothing.</summary>
    public static Dictionary<string, string> ForAssignment(KafkaChannelOptions options)
    {
        Dictionary<string, string> result = Merge(options.Client, options.Consumer);
        // The client asks for a name even when no group is joined.
        Default(result, "datamesh-reader", "group.id");
        result["enable.auto.commit"] = "false";
        result["enable.auto.offset.store"] = "false";
        // A reader that has fallen behind what the topic keeps is told, instead of being moved on.
        result["auto.offset.reset"] = "error";
        return result;
    }

    private static Dictionary<string, string> Merge(IEnumerable<KeyValuePair<string, string>> client, IEnumerable<KeyValuePair<string, string>> own)
    {
        var result = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (KeyValuePair<string, string> pair in client.Concat(own))
            result[pair.Key] = pair.Value;
        return result;
    }

    /// <summary>Sets the first name unless the user has set it under any of its names.</summary>
    private static void Default(Dictionary<string, string> options, string value, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (options.ContainsKey(name))
                return;
        }

        options[names[0]] = value;
    }
}
