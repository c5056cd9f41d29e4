using System.Text;
using DataMesh.Channels;
using DataMesh.Tests;

namespace DataMesh.Kafka.Tests;

public class AppendTests(CommonBroker common)
{
    [Fact]
    public async Task A_record_comes_back_as_it_was_appended()
    {
        await using KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync());
        byte[] value = [0, 1, 2, 255];
        byte[] key = "key-ä"u8.ToArray();
        ChannelHeader[] headers =
        [
            new("content-type", "application/json"u8.ToArray()),
            new("ce_type", "größe"u8.ToArray()),
            new("repeated", "1"u8.ToArray()),
            new("repeated", "2"u8.ToArray()),
            new("empty", default),
        ];
        DateTimeOffset before = DateTimeOffset.UtcNow.AddSeconds(-1);

        ChannelPosition position = await channel.AppendAsync(new ChannelMessage(value, key, [.. headers]), Waiting.Deadline);

        ChannelRecord record = Assert.Single(await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(1));
        Assert.Equal(position, record.Position);
        Assert.Equal(value, record.Value!.Value.ToArray());
        Assert.Equal(key, record.Key!.Value.ToArray());
        Assert.Equal(
            headers.Select(h => (h.Name, Encoding.UTF8.GetString(h.Value.Span))),
            record.Headers.Select(h => (h.Name, Encoding.UTF8.GetString(h.Value.Span))));
        Assert.InRange(record.Timestamp, before, DateTimeOffset.UtcNow.AddSeconds(1));
    }

    [Fact]
    public async Task Null_and_empty_stay_what_they_are()
    {
        await using KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync());

        await channel.AppendAsync(new ChannelMessage(null, "k"u8.ToArray()), Waiting.Deadline);
        await channel.AppendAsync(new ChannelMessage(ReadOnlyMemory<byte>.Empty, ReadOnlyMemory<byte>.Empty), Waiting.Deadline);

        List<ChannelRecord> records = await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(2);
        Assert.Null(records[0].Value);
        Assert.Equal(0, records[1].Value?.Length);
        Assert.Equal(0, records[1].Key?.Length);
        Assert.Empty(records[1].Headers);
    }

    [Fact]
    public async Task A_part_of_a_larger_buffer_is_sent_as_that_part()
    {
        await using KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync());
        byte[] buffer = [9, 1, 2, 3, 9];

        await channel.AppendAsync(new ChannelMessage(buffer.AsMemory(1, 3)), Waiting.Deadline);

        ChannelRecord record = Assert.Single(await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(1));
        Assert.Equal([1, 2, 3], record.Value!.Value.ToArray());
    }

    // Partitions of twelve as Java's producer picks them: the murmur2 hash, sign bit cleared, modulo twelve.
    [Theory]
    [InlineData("21", -973932308)]
    [InlineData("foobar", -790332482)]
    [InlineData("a-little-bit-long-string", -985981536)]
    [InlineData("a-little-bit-longer-string", -1486304829)]
    [InlineData("lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971)]
    public async Task Keys_go_where_clients_in_other_languages_put_them(string key, int murmur2)
    {
        await using KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync(partitions: 12));

        ChannelPosition position = await channel.AppendAsync(Messages.Numbered(1, key), Waiting.Deadline);

        Assert.Equal((murmur2 & 0x7fffffff) % 12, position.Partition);
    }

    [Fact]
    public async Task Appends_under_way_together_keep_their_order()
    {
        await using KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync());

        ValueTask<ChannelPosition>[] appends = [.. Enumerable.Range(0, 5_000).Select(i => channel.AppendAsync(Messages.Numbered(i), Waiting.Deadline))];
        for (int i = 0; i < appends.Length; i++)
            Assert.Equal(i, (await appends[i]).Offset);

        List<ChannelRecord> records = await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(appends.Length);
        Assert.Equal(Enumerable.Range(0, appends.Length), records.Select(r => r.Number()));
    }

    [Fact]
    public async Task A_full_queue_makes_appends_wait_in_order()
    {
        await using KafkaChannel channel = common.Open(
            await common.Broker.CreateTopicAsync(),
            producer: new() { ["queue.buffering.max.messages"] = "10", ["linger.ms"] = "5" });

        ValueTask<ChannelPosition>[] appends = [.. Enumerable.Range(0, 1_000).Select(i => channel.AppendAsync(Messages.Numbered(i), Waiting.Deadline))];
        for (int i = 0; i < appends.Length; i++)
            Assert.Equal(i, (await appends[i]).Offset);
    }

    [Fact]
    public async Task An_append_that_never_finds_room_says_full()
    {
        await using KafkaChannel channel = common.Open(
            await common.Broker.CreateTopicAsync(),
            producer: new() { ["queue.buffering.max.kbytes"] = "1", ["message.timeout.ms"] = "300" });

        ChannelException full = await Assert.ThrowsAsync<ChannelException>(
            () => channel.AppendAsync(new ChannelMessage(new byte[100_000]), Waiting.Deadline).AsTask());

        Assert.Equal(ChannelFailure.Full, full.Failure);
    }

    [Fact]
    public async Task A_record_over_the_limit_says_too_large()
    {
        await using KafkaChannel channel = common.Open(
            await common.Broker.CreateTopicAsync(), producer: new() { ["message.max.bytes"] = "2000" });

        ChannelException tooLarge = await Assert.ThrowsAsync<ChannelException>(
            () => channel.AppendAsync(new ChannelMessage(new byte[3_000]), Waiting.Deadline).AsTask());

        Assert.Equal(ChannelFailure.TooLarge, tooLarge.Failure);
        Assert.Equal(0, (await channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline)).Offset);
    }

    [Fact]
    public async Task A_topic_that_is_not_there_refuses_the_record_and_shows_in_the_status()
    {
        common.Broker.RequireReal();
        await using KafkaChannel channel = common.Open(
            "missing-" + Guid.NewGuid().ToString("N"), producer: new() { ["topic.metadata.propagation.max.ms"] = "500" });

        ChannelException rejected = await Assert.ThrowsAsync<ChannelException>(
            () => channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline).AsTask());

        Assert.Equal(ChannelFailure.Rejected, rejected.Failure);
        await Waiting.UntilAsync(() => channel.Status.Detail?.Contains("Unknown topic", StringComparison.Ordinal) == true, "the status names the topic");
        Assert.Equal(ChannelState.Unavailable, channel.Status.State);
    }

    [Fact]
    public async Task A_cancelled_append_ends_at_once_and_the_channel_goes_on()
    {
        await using KafkaChannel channel = common.Open(
            await common.Broker.CreateTopicAsync(), producer: new() { ["linger.ms"] = "200" });
        using var cancelled = new CancellationTokenSource();

        Task<ChannelPosition> given = channel.AppendAsync(Messages.Numbered(1), cancelled.Token).AsTask();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => channel.AppendAsync(Messages.Numbered(2), cancelled.Token).AsTask());
        // The report of the first comes while the second is under way, and is not taken for it.
        ChannelPosition position = await channel.AppendAsync(Messages.Numbered(3), Waiting.Deadline);
        List<ChannelRecord> records = await channel.ReadAsync(ReadFrom.Offset(position), Waiting.Deadline).TakeAsync(1);
        Assert.Equal(3, records[0].Number());
    }

    [Fact]
    public async Task Disposing_waits_for_acknowledgements_and_closes()
    {
        KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync(), producer: new() { ["linger.ms"] = "100" });
        Task<ChannelPosition>[] appends = [.. Enumerable.Range(0, 100).Select(i => channel.AppendAsync(Messages.Numbered(i), Waiting.Deadline).AsTask())];

        await channel.DisposeAsync();
        await channel.DisposeAsync();

        Assert.Equal(Enumerable.Range(0, 100).Select(i => (long)i), (await Task.WhenAll(appends)).Select(p => p.Offset));
        Assert.Equal(ChannelState.Closed, channel.Status.State);
        ChannelException closed = await Assert.ThrowsAsync<ChannelException>(() => channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline).AsTask());
        Assert.Equal(ChannelFailure.Closed, closed.Failure);
        Assert.Throws<ObjectDisposedException>(() => { channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline); });
    }

    [Fact]
    public async Task Without_a_broker_appends_fail_in_time_and_disposing_does_not_hang()
    {
        KafkaChannel channel = CommonBroker.Open(
            $"127.0.0.1:{KafkaBroker.FreePort()}", "t", producer: new() { ["message.timeout.ms"] = "300" });

        ChannelException failed = await Assert.ThrowsAsync<ChannelException>(() => channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline).AsTask());

        Assert.Equal(ChannelFailure.Unacknowledged, failed.Failure);
        Assert.Equal("kafka", channel.Status.Kind);
        Assert.Equal(ChannelState.Unavailable, channel.Status.State);
        await channel.DisposeAsync().AsTask().WaitAsync(Waiting.Deadline);
    }

    [Fact]
    public async Task Disposing_without_a_broker_fails_what_is_under_way()
    {
        var channel = new KafkaChannel(new KafkaChannelOptions
        {
            Topic = "t",
            Client = new Dictionary<string, string> { ["bootstrap.servers"] = $"127.0.0.1:{KafkaBroker.FreePort()}" },
            DrainTimeout = TimeSpan.FromMilliseconds(100),
            Log = _ => { },
        });
        Task<ChannelPosition> append = channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline).AsTask();

        await channel.DisposeAsync().AsTask().WaitAsync(Waiting.Deadline);

        Assert.Equal(ChannelFailure.Unacknowledged, (await Assert.ThrowsAsync<ChannelException>(() => append)).Failure);
    }

    [Fact]
    public async Task A_fatal_error_of_the_producer_ends_the_channel()
    {
        const short initProducerId = 22;
        const int clusterAuthorizationFailed = 31;
        using var cluster = new MockCluster();
        cluster.CreateTopic("t", 1);
        cluster.FailNext(initProducerId, clusterAuthorizationFailed);
        await using KafkaChannel channel = CommonBroker.Open(cluster.Servers, "t");

        // The first fails with what the broker said of it, in whatever moment that came.
        await Assert.ThrowsAsync<ChannelException>(() => channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline).AsTask());
        await Waiting.UntilAsync(() => channel.Status.State == ChannelState.Closed, "the channel is closed");
        ChannelException closed = await Assert.ThrowsAsync<ChannelException>(() => channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline).AsTask());

        Assert.Equal(ChannelFailure.Closed, closed.Failure);
        Assert.NotNull(channel.Status.Detail);
    }

    [Fact]
    public void An_option_that_the_client_does_not_know_is_an_error_at_the_start() =>
        Assert.Throws<InvalidOperationException>(() => CommonBroker.Open("127.0.0.1:1", "t", producer: new() { ["no.such.option"] = "1" }));
}
