using System.Collections.Concurrent;
using DataMesh.Channels;
using DataMesh.Tests;

namespace DataMesh.Kafka.Tests;

/// <summary>A broker of its own that dies and comes back.</summary>
public class OutageTests
{
    [Fact]
    public async Task Each_acknowledged_record_is_on_the_topic_when_the_broker_was_killed_under_way()
    {
        await using KafkaBroker broker = await KafkaBroker.StartAsync();
        string topic = await broker.CreateTopicAsync(partitions: 2);
        await using KafkaChannel channel = CommonBroker.Open(broker.Servers, topic, producer: new() { ["message.timeout.ms"] = "60000" });
        var acknowledged = new ConcurrentDictionary<int, ChannelPosition>();
        int failed = 0;
        int next = -1;
        int goal = int.MaxValue;

        Task[] senders = [.. Enumerable.Range(0, 16).Select(_ => Task.Run(SendAsync))];
        await Waiting.UntilAsync(() => acknowledged.Count > 500, "records are acknowledged");
        await broker.KillAsync();
        await Waiting.UntilAsync(() => channel.Status.State == ChannelState.Unavailable, "the outage is noticed");
        int before = acknowledged.Count;
        await broker.ReviveAsync();
        await Waiting.UntilAsync(() => acknowledged.Count > before + 500, "records are acknowledged again");
        Volatile.Write(ref goal, 0);
        await Task.WhenAll(senders);

        Assert.Equal(ChannelState.Ready, channel.Status.State);
        Dictionary<ChannelPosition, int> stored = [];
        var counts = new Dictionary<int, int>();
        var missing = new HashSet<ChannelPosition>(acknowledged.Values);
        await foreach (ChannelRecord record in channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline))
        {
            stored[record.Position] = record.Number();
            counts[record.Number()] = counts.GetValueOrDefault(record.Number()) + 1;
            missing.Remove(record.Position);
            if (missing.Count == 0)
                break;
        }

        Assert.All(acknowledged, pair => Assert.Equal(pair.Key, stored[pair.Value]));
        Assert.Equal(0, failed);
        Assert.All(counts.Values, count => Assert.Equal(1, count));

        async Task SendAsync()
        {
            while (Volatile.Read(ref goal) > 0)
            {
                int number = Interlocked.Increment(ref next);
                try
                {
                    acknowledged[number] = await channel.AppendAsync(Messages.Numbered(number), CancellationToken.None);
                }
                catch (ChannelException)
                {
                    Interlocked.Increment(ref failed);
                }
            }
        }
    }

    [Fact]
    public async Task A_channel_that_was_there_before_its_broker_connects_when_it_comes()
    {
        KafkaBroker.RequireScript();
        int port = KafkaBroker.FreePort();
        await using KafkaChannel channel = CommonBroker.Open($"127.0.0.1:{port}", "late", "late", producer: new() { ["message.timeout.ms"] = "120000" });
        Task<ChannelPosition> append = channel.AppendAsync(Messages.Numbered(7), Waiting.Deadline).AsTask();
        Task<List<ChannelRecord>> grouped = channel.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(1);
        Task<List<ChannelRecord>> alone = channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(1);
        await Waiting.UntilAsync(() => channel.Status is { State: ChannelState.Unavailable, Detail: not null }, "the channel says that it is not connected");
        Assert.False(append.IsCompleted);

        await using KafkaBroker broker = await KafkaBroker.StartAsync(port: port);
        await broker.CreateTopicAsync("late", 1);

        Assert.Equal(0, (await append).Offset);
        Assert.Equal(7, Assert.Single(await grouped).Number());
        Assert.Equal(7, Assert.Single(await alone).Number());
        await Waiting.UntilAsync(() => channel.Status.State == ChannelState.Ready, "the channel says that it is connected");
    }

    [Fact]
    public async Task A_secured_cluster_is_reached_with_the_clients_own_options()
    {
        await using KafkaBroker broker = await KafkaBroker.StartAsync(secure: true);
        string topic = await broker.CreateTopicAsync(prefix: "app-");

        await using (KafkaChannel channel = Open("app", "app-secret"))
        {
            ChannelPosition position = await channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline);
            Assert.Equal(0, position.Offset);
            ChannelRecord record = Assert.Single(await channel.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(1));
            Assert.Equal(1, record.Number());
            Assert.Single(await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(1));
        }

        await using (KafkaChannel stranger = Open("stranger", "stranger-secret"))
        {
            Assert.Equal(ChannelFailure.Rejected, await AppendFailsAsync(stranger));
            ChannelException refused = await Assert.ThrowsAsync<ChannelException>(() => stranger.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(1));
            Assert.Equal(ChannelFailure.Rejected, refused.Failure);
        }

        await using (KafkaChannel wrong = Open("app", "not-the-password"))
        {
            Assert.Equal(ChannelFailure.Unacknowledged, await AppendFailsAsync(wrong));
            Assert.Equal(ChannelState.Unavailable, wrong.Status.State);
            Assert.DoesNotContain("not-the-password", wrong.Status.Detail, StringComparison.Ordinal);
        }

        KafkaChannel Open(string user, string password) => new(new KafkaChannelOptions
        {
            Topic = topic,
            Client = new Dictionary<string, string>
            {
                ["bootstrap.servers"] = broker.Servers,
                ["security.protocol"] = "SASL_SSL",
                ["sasl.mechanism"] = "SCRAM-SHA-512",
                ["sasl.username"] = user,
                ["sasl.password"] = password,
                ["ssl.ca.location"] = Path.Combine(broker.Directory, "ca.pem"),
            },
            Producer = new Dictionary<string, string> { ["message.timeout.ms"] = "5000" },
            Consumer = new Dictionary<string, string> { ["group.id"] = "app-readers" },
            Log = _ => { },
        });

        static async Task<ChannelFailure> AppendFailsAsync(KafkaChannel channel) =>
            (await Assert.ThrowsAsync<ChannelException>(() => channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline).AsTask())).Failure;
    }
}
