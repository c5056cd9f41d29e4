using System.Diagnostics;
using Confluent.Kafka;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using DataMesh.Kafka;

namespace DataMesh.Benchmarks;

/// <summary>Publishing to a real broker, each way with the same client options, headers and payload.</summary>
internal static class Publishing
{
    private const string Throughput = "publish to Kafka, many under way";
    private const string Latency = "publish to Kafka, one after the other";
    private const int Window = 20_000;
    private const int Many = 40_000;
    private const int Few = 300;
    private const int Rounds = 12;

    private static readonly Identity John =
        Identity.TryParse(MessageBenchmarks.Message, out Identity? john, out _) ? john : throw new InvalidOperationException();

    public static async Task<List<Result>> RunAsync(string servers, string topic)
    {
        await using var channel = new KafkaChannel(new() { Topic = topic, Client = new ClientConfig { BootstrapServers = servers } });
        using IProducer<byte[]?, byte[]> raw = new ProducerBuilder<byte[]?, byte[]>(new ProducerConfig
        {
            BootstrapServers = servers,
            EnableIdempotence = true,
            Partitioner = Partitioner.Murmur2Random,
            LingerMs = 0,
            MessageTimeoutMs = 30_000,
            DeliveryReportFields = "none",
        }).Build();
        var publisher = new EventPublisher(channel);

        (string Contender, Func<int, Task> Publish, bool Concurrent)[] ways =
        [
            ("DataMesh: validate, envelope, publish", n => WindowedAsync(n, () => publisher.PublishAsync(John)), true),
            ("DataMesh: channel alone", n => WindowedAsync(n, () => channel.AppendAsync(Message())), true),
            ("Confluent.Kafka, Produce and one handler", n => ProduceAsync(raw, topic, n), true),
            ("Confluent.Kafka, ProduceAsync", n => WindowedAsync(n, () => new ValueTask<DeliveryResult<byte[]?, byte[]>>(raw.ProduceAsync(topic, RawMessage()))), true),
            ("DataMesh: validate, envelope, publish", n => OneByOneAsync(n, async () => await publisher.PublishAsync(John)), false),
            ("DataMesh: channel alone", n => OneByOneAsync(n, async () => await channel.AppendAsync(Message())), false),
            ("Confluent.Kafka, ProduceAsync", n => OneByOneAsync(n, () => raw.ProduceAsync(topic, RawMessage())), false),
        ];

        foreach (var (_, publish, concurrent) in ways)
            await publish(concurrent ? Window : 50);
        var best = new (double Seconds, double Bytes)[ways.Length];
        // Many short rounds, forth and back, so that neither a busy moment of the machine nor what ran just before hits one of them
        // alone; the best round counts. Latencies come first, on a broker that has nothing else to do.
        foreach (bool concurrent in (bool[])[false, true])
        {
            int[] order = [.. Enumerable.Range(0, ways.Length).Where(i => ways[i].Concurrent == concurrent)];
            int count = concurrent ? Many : Few;
            for (int round = 0; round < Rounds; round++, Array.Reverse(order))
            {
                foreach (int i in order)
                {
                    long allocated = GC.GetTotalAllocatedBytes(precise: true);
                    long start = Stopwatch.GetTimestamp();
                    await ways[i].Publish(count);
                    double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / count;
                    double bytes = (double)(GC.GetTotalAllocatedBytes(precise: true) - allocated) / count;
                    if (round == 0 || seconds < best[i].Seconds)
                        best[i] = (seconds, bytes);
                }
            }
        }

        return
        [
            .. ways.Select((way, i) => new Result(
                way.Concurrent ? Throughput : Latency,
                way.Contender,
                best[i].Seconds,
                way.Concurrent ? Result.PerSecond(1 / best[i].Seconds, "events") : FormattableString.Invariant($"{best[i].Seconds * 1e6:N0} µs"),
                FormattableString.Invariant($"{best[i].Bytes:N0} B"))),
        ];
    }

    private static async Task WindowedAsync<T>(int count, Func<ValueTask<T>> publish)
    {
        var window = new ValueTask<T>[Window];
        for (int done = 0; done < count; done += Window)
        {
            for (int i = 0; i < Window; i++)
                window[i] = publish();
            for (int i = 0; i < Window; i++)
                await window[i];
        }
    }

    private static async Task ProduceAsync(IProducer<byte[]?, byte[]> producer, string topic, int count)
    {
        for (int done = 0; done < count; done += Window)
        {
            int left = Window;
            var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Action<DeliveryReport<byte[]?, byte[]>> handler = report =>
            {
                if (report.Error.IsError)
                    all.TrySetException(new KafkaException(report.Error));
                else if (Interlocked.Decrement(ref left) == 0)
                    all.TrySetResult();
            };
            for (int i = 0; i < Window; i++)
                producer.Produce(topic, RawMessage(), handler);
            await all.Task;
        }
    }

    private static async Task OneByOneAsync(int count, Func<Task> publish)
    {
        for (int i = 0; i < count; i++)
            await publish();
    }

    // The headers and the value that PublishAsync sends, laid out beforehand.
    private static readonly ChannelMessage Prepared = KafkaBinding.Encode(
        new CloudEvent<Identity>(John) { Time = DateTimeOffset.UtcNow }, CloudEventContentMode.Binary);

    private static ChannelMessage Message() => new(Prepared.Value, Prepared.Key, Prepared.Headers);

    private static Message<byte[]?, byte[]> RawMessage()
    {
        var headers = new Headers();
        foreach (ChannelHeader header in Prepared.Headers)
            headers.Add(header.Name, HeaderValues[header.Name]);
        return new Message<byte[]?, byte[]> { Value = Value, Headers = headers };
    }

    private static readonly byte[] Value = Prepared.Value!.Value.ToArray();
    private static readonly Dictionary<string, byte[]> HeaderValues = Prepared.Headers.ToDictionary(h => h.Name, h => h.Value.ToArray());
}
