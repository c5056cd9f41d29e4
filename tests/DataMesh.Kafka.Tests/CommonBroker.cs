using DataMesh.Channels;
using DataMesh.Kafka.Tests;
using DataMesh.Tests;

[assembly: AssemblyFixture(typeof(CommonBroker))]

namespace DataMesh.Kafka.Tests;

/// <summary>The cluster that all tests share which need none of their own.</summary>
public sealed class CommonBroker : IAsyncLifetime
{
    internal KafkaBroker Broker { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Broker = await KafkaBroker.CommonAsync();

    public ValueTask DisposeAsync() => Broker.DisposeAsync();

    /// <summary>A channel on a topic, read by a group of its own unless one is named.</summary>
    internal KafkaChannel Open(string topic, string? group = null, int readAhead = 1024,
        Dictionary<string, string>? producer = null, Dictionary<string, string>? consumer = null) =>
        Open(Broker.Servers, topic, group, readAhead, producer, consumer);

    internal static KafkaChannel Open(string servers, string topic, string? group = null, int readAhead = 1024,
        Dictionary<string, string>? producer = null, Dictionary<string, string>? consumer = null) =>
        new(new KafkaChannelOptions
        {
            Topic = topic,
            Client = new Dictionary<string, string> { ["bootstrap.servers"] = servers, ["reconnect.backoff.max.ms"] = "500" },
            Producer = producer ?? [],
            Consumer = new Dictionary<string, string>(consumer ?? []) { ["group.id"] = group ?? Guid.NewGuid().ToString("N") },
            ReadAhead = readAhead,
            Log = _ => { },
        });
}

internal static class Waiting
{
    /// <summary>Long enough for a busy machine; what is waited for comes in a moment.</summary>
    public static CancellationToken Deadline =>
        CancellationTokenSource.CreateLinkedTokenSource(
            TestContext.Current.CancellationToken, new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token).Token;

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        CancellationToken deadline = Deadline;
        while (!condition())
        {
            Assert.False(deadline.IsCancellationRequested, "waited in vain: " + what);
            await Task.Delay(10);
        }
    }

    public static async Task<List<ChannelRecord>> TakeAsync(this IAsyncEnumerable<ChannelRecord> records, int count)
    {
        var result = new List<ChannelRecord>(count);
        if (count == 0)
            return result;
        await foreach (ChannelRecord record in records.WithCancellation(Deadline))
        {
            result.Add(record);
            if (result.Count == count)
                break;
        }

        return result;
    }
}

internal static class Messages
{
    public static ChannelMessage Numbered(int number, string? key = null) =>
        new(BitConverter.GetBytes(number), key is null ? null : System.Text.Encoding.UTF8.GetBytes(key));

    public static int Number(this ChannelRecord record) => BitConverter.ToInt32(record.Value!.Value.Span);
}
