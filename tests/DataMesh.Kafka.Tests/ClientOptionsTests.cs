using Confluent.Kafka;

namespace DataMesh.Kafka.Tests;

public class ClientOptionsTests
{
    [Fact]
    public void The_producer_is_idempotent_and_spreads_keys_as_other_clients_do()
    {
        Dictionary<string, string> producer = ClientOptions.ForProducer(Options());

        Assert.Equal("true", producer["enable.idempotence"]);
        Assert.Equal("murmur2_random", producer["partitioner"]);
        Assert.Equal(TimeSpan.FromSeconds(30), ClientOptions.AppendTimeout(producer));
    }

    [Theory]
    [InlineData("enable.idempotence", "false", "enable.idempotence")]
    [InlineData("partitioner", "consistent", "partitioner")]
    [InlineData("queue.buffering.max.ms", "50", "linger.ms")]
    [InlineData("delivery.timeout.ms", "1234", "message.timeout.ms")]
    public void What_the_user_sets_under_any_of_its_names_is_left_alone(string name, string value, string defaulted)
    {
        Dictionary<string, string> producer = ClientOptions.ForProducer(Options(producer: new() { [name] = value }));

        Assert.Equal(value, producer[name]);
        Assert.True(name == defaulted || !producer.ContainsKey(defaulted));
    }

    [Fact]
    public void Options_reach_the_clients_they_are_for_untouched()
    {
        KafkaChannelOptions options = new()
        {
            Topic = "t",
            Client = new ClientConfig { SecurityProtocol = SecurityProtocol.SaslSsl, SaslPassword = "p =\"ä" },
            Producer = new ProducerConfig { CompressionType = CompressionType.Zstd },
            Consumer = new ConsumerConfig { GroupId = "g", FetchMinBytes = 10 },
        };

        Dictionary<string, string> producer = ClientOptions.ForProducer(options);
        Dictionary<string, string> consumer = ClientOptions.ForGroup(options);

        Assert.Equal("p =\"ä", producer["sasl.password"]);
        Assert.Equal("p =\"ä", consumer["sasl.password"]);
        Assert.Equal("zstd", producer["compression.type"]);
        Assert.Equal("10", consumer["fetch.min.bytes"]);
        Assert.False(consumer.ContainsKey("compression.type"));
    }

    [Fact]
    public void A_timeout_of_zero_is_the_clients_way_to_say_never() =>
        Assert.Equal(Timeout.InfiniteTimeSpan, ClientOptions.AppendTimeout(new() { ["message.timeout.ms"] = "0" }));

    [Fact]
    public void A_group_needs_a_name() =>
        Assert.Contains("group.id", Assert.Throws<InvalidOperationException>(() => ClientOptions.ForGroup(Options())).Message);

    [Fact]
    public void Offsets_are_stored_by_the_channel_alone() =>
        Assert.Throws<InvalidOperationException>(
            () => ClientOptions.ForGroup(Options(consumer: new() { ["group.id"] = "g", ["enable.auto.offset.store"] = "true" })));

    private static KafkaChannelOptions Options(Dictionary<string, string>? producer = null, Dictionary<string, string>? consumer = null) =>
        new() { Topic = "t", Client = [], Producer = producer ?? [], Consumer = consumer ?? [] };
}
