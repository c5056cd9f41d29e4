using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using DataMesh.Tests;

namespace DataMesh.Platform.Tests;

/// <summary>The platform on a real broker.</summary>
public sealed class KafkaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_is_answered_sent_and_is_on_the_topic_with_its_headers()
    {
        await using var broker = await KafkaBroker.CommonAsync();
        await using var platform = await Platform.StartAsync(Options(broker.Servers, await broker.CreateTopicAsync()));
        Assert.Equal((200, "sent to the channel ok"), await PostAsync(platform, "John"));

        var record = Assert.Single(await TakeAsync(platform, 1));
        var headers = record.Headers.ToDictionary(static h => h.Name, static h => Encoding.UTF8.GetString(h.Value.Span));
        Assert.Equal("application/json", headers["content-type"]);
        Assert.Equal("1.0", headers["ce_specversion"]);
        Assert.Equal(Identity.Descriptor.EventType, headers["ce_type"]);
        Assert.Equal(Identity.Descriptor.EventSource, headers["ce_source"]);
        Assert.True(headers.ContainsKey("ce_id"));
        Assert.True(headers.ContainsKey("ce_time"));
        Assert.Equal("""{"first":"John","Last":"Doe","Age":40}""", Encoding.UTF8.GetString(record.Value!.Value.Span));
        Assert.Contains(headers["ce_id"], await platform.Log.WaitForAsync("off the channel", Token));
        Assert.Contains("\"kind\":\"kafka\",\"state\":\"ready\"", (await platform.SendAsync(HttpMethod.Get, "/health")).Body);
    }

    [Fact]
    public async Task Each_event_answered_200_is_on_the_topic_when_the_broker_was_killed_under_way()
    {
        await using var broker = await KafkaBroker.StartAsync();
        await using var platform = await Platform.StartAsync(Options(broker.Servers, await broker.CreateTopicAsync()) with
        {
            AcknowledgementTimeout = TimeSpan.FromSeconds(2),
        });
        var sent = new ConcurrentBag<string>();
        var next = 0;
        var refused = 0;
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var name = "A" + Interlocked.Increment(ref next).ToString(CultureInfo.InvariantCulture);
                var (status, body) = await PostAsync(platform, name);
                if (status == 200)
                {
                    Assert.Equal("sent to the channel ok", body);
                    sent.Add(name);
                }
                else
                {
                    Assert.Equal(503, status);
                    Interlocked.Increment(ref refused);
                }
            }
        })).ToList();
        await UntilAsync(() => sent.Count > 100);
        await broker.KillAsync();
        await UntilAsync(() => Volatile.Read(ref refused) > 0);
        var before = sent.Count;
        await broker.ReviveAsync();
        await UntilAsync(() => sent.Count > before + 100);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        HashSet<string> missing = [.. sent];
        await foreach (var received in new EventConsumer(platform.Channel, new() { From = ReadFrom.Beginning }).ReadAsync<Identity>(Token))
        {
            missing.Remove(received.Data.First);
            if (missing.Count == 0)
                break;
        }
        Assert.Empty(missing);
    }

    [Fact]
    public async Task Without_a_broker_it_says_so_and_serves_and_connects_when_the_broker_comes()
    {
        KafkaBroker.RequireScript();
        var port = KafkaBroker.FreePort();
        await using var platform = await Platform.StartAsync(Options($"127.0.0.1:{port}", "late") with
        {
            AcknowledgementTimeout = TimeSpan.FromSeconds(1),
        });
        Assert.StartsWith("Warning: the kafka channel is not available", await platform.Log.WaitForAsync("the kafka channel", Token));
        Assert.Equal(200, (await platform.SendAsync(HttpMethod.Get, "/openapi")).Status);
        Assert.Equal(400, (await platform.PostAsync("{}")).Status);
        var answer = await platform.PostAsync(Platform.John);
        Assert.Equal((503, "5"), (answer.Status, answer["Retry-After"]));
        Assert.Contains("\"status\":\"degraded\"", (await platform.SendAsync(HttpMethod.Get, "/health")).Body);

        await using var broker = await KafkaBroker.StartAsync(port: port);
        await broker.CreateTopicAsync("late", 1);
        await platform.Log.WaitForAsync("the kafka channel is ready", Token);
        Assert.Equal((200, "sent to the channel ok"), await PostAsync(platform, "Late"));
        Assert.Contains("First = Late", await platform.Log.WaitForAsync("First = Late", Token));
    }

    private static PlatformOptions Options(string servers, string topic) => new()
    {
        Kafka = servers,
        Topic = topic,
        Group = "log-" + topic,
        KafkaClient = new Dictionary<string, string> { ["reconnect.backoff.max.ms"] = "500" },
    };

    private static async Task<(int Status, string Body)> PostAsync(Platform platform, string name)
    {
        var answer = await platform.PostAsync($$"""{"first":"{{name}}","Last":"Doe","Age":40}""");
        return (answer.Status, answer.Body);
    }

    private static async Task<List<ChannelRecord>> TakeAsync(Platform platform, int count)
    {
        List<ChannelRecord> records = [];
        await foreach (var record in platform.Channel.ReadAsync(ReadFrom.Beginning, Token))
        {
            records.Add(record);
            if (records.Count == count)
                break;
        }
        return records;
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Token);
        deadline.CancelAfter(TimeSpan.FromMinutes(1));
        while (!condition())
            await Task.Delay(10, deadline.Token);
    }
}
