namespace DataMesh.StreamingPlatform;

/// <summary>How the platform is started.</summary>
internal sealed record PlatformOptions
{
    /// <summary>Where it listens; <c>;</c> between several.</summary>
    public string Urls { get; init; } = "http://localhost:8181";

    /// <summary>The Kafka cluster, <c>host:port[,host:port]</c>; null for the embedded channel.</summary>
    public string? Kafka { get; init; }

    /// <summary>The topic on Kafka.</summary>
    public string Topic { get; init; } = "identities";

    /// <summary>The consumer group of the platform's own event log.</summary>
    public string Group { get; init; } = "streaming-platform";

    /// <summary>Options of the Kafka client as librdkafka names them: <c>security.protocol</c>, <c>sasl.username</c>.</summary>
    public IReadOnlyDictionary<string, string> KafkaClient { get; init; } = new Dictionary<string, string>();

    /// <summary>How long a client of the platform waits for the broker's acknowledgement before it is answered 503.</summary>
    public TimeSpan AcknowledgementTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest document taken, in bytes.</summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;
}
