using Confluent.Kafka;

namespace DataMesh.Kafka;

/// <summary>
/// Which topic a <see cref="KafkaChannel"/> is, and how to reach it. Options of the client go through untouched: what librdkafka
/// documents can be set here, by name in a dictionary or with <see cref="ClientConfig"/>, <see cref="ProducerConfig"/> and
/// <see cref="ConsumerConfig"/>, which are sequences of such pairs.
/// </summary>
public sealed class KafkaChannelOptions
{
    /// <summary>The topic to append to and to read from.</summary>
    public required string Topic { get; init; }

    /// <summary>
    /// For producer and consumers alike: <c>bootstrap.servers</c>, <c>security.protocol</c>, <c>sasl.*</c>, <c>ssl.*</c>, ...
    /// </summary>
    public required IEnumerable<KeyValuePair<string, string>> Client { get; init; }

    /// <summary>
    /// For the producer alone. Where nothing else is said, it is idempotent with <c>acks=all</c>, spreads keys as clients in
    /// other languages do (<c>partitioner=murmur2_random</c>), sends without lingering (<c>linger.ms=0</c>) and gives up on a
    /// record after 30 seconds (<c>message.timeout.ms</c>).
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> Producer { get; init; } = [];

    /// <summary>
    /// For consumers alone; <c>group.id</c> is needed to read from <see cref="Channels.ReadFrom.Stored"/>. Where nothing else is
    /// said, a group without stored offsets, or whose offsets are no longer in the topic, starts at the beginning
    /// (<c>auto.offset.reset=earliest</c>; <c>error</c> makes that a <see cref="Channels.ChannelException"/>).
    /// </summary>
    public IEnumerable<KeyValuePair<string, string>> Consumer { get; init; } = [];

    /// <summary>How many records a reader fetches ahead of its user before its partitions are paused.</summary>
    public int ReadAhead { get; init; } = 1024;

    /// <summary>
    /// How long to wait for what is under way: records in a reader's hands when their partition goes to another member of the
    /// group or the channel is disposed, and records not yet acknowledged when the channel is disposed.
    /// </summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Takes the client's log; null leaves it to the client, which writes to standard error.</summary>
    public Action<LogMessage>? Log { get; init; }
}
