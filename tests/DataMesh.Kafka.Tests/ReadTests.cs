using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka.Tests;

public class ReadTests(CommonBroker common)
{
    [Fact]
    public async Task Readers_start_where_they_like_and_do_not_disturb_each_other()
    {
        await using KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync());
        for (int i = 0; i < 10; i++)
            await channel.AppendAsync(Messages.Numbered(i), Waiting.Deadline);

        IAsyncEnumerable<ChannelRecord> fromEnd = channel.ReadAsync(ReadFrom.End, Waiting.Deadline);
        Task<List<ChannelRecord>> beginning = channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(12);
        Task<List<ChannelRecord>> offset = channel.ReadAsync(ReadFrom.Offset(new ChannelPosition(0, 7)), Waiting.Deadline).TakeAsync(5);
        Task<List<ChannelRecord>> stored = channel.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(12);
        // Where the end was when it was asked for; a reader that has its first record has long been told.
        Assert.Single(await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(1));
        for (int i = 10; i < 12; i++)
            await channel.AppendAsync(Messages.Numbered(i), Waiting.Deadline);

        Assert.Equal(Enumerable.Range(0, 12), (await beginning).Select(r => r.Number()));
        Assert.Equal(Enumerable.Range(7, 5), (await offset).Select(r => r.Number()));
        Assert.Equal(Enumerable.Range(0, 12), (await stored).Select(r => r.Number()));
        Assert.Equal([10, 11], (await fromEnd.TakeAsync(2)).Select(r => r.Number()));
    }

    [Fact]
    public async Task All_partitions_are_read_each_in_its_order()
    {
        await using KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync(partitions: 3));
        await Task.WhenAll(Enumerable.Range(0, 300).Select(i => channel.AppendAsync(Messages.Numbered(i, $"key {i % 10}"), Waiting.Deadline).AsTask()));

        List<ChannelRecord> records = await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(300);

        Assert.Equal(Enumerable.Range(0, 300), records.Select(r => r.Number()).Order());
        Assert.All(records.GroupBy(r => r.Position.Partition), partition => Assert.Equal(partition.OrderBy(r => r.Position.Offset), partition));
        Assert.All(
            records.GroupBy(r => r.Number() % 10),
            key => Assert.Equal(key.OrderBy(r => r.Number()).Select(r => r.Number()), key.Select(r => r.Number())));
    }

    [Fact]
    public async Task A_group_goes_on_after_what_was_handled()
    {
        // A group that changes its members waits for whole session timeouts on the client's mock cluster.
        common.Broker.RequireReal();
        string topic = await common.Broker.CreateTopicAsync();
        await using (KafkaChannel first = common.Open(topic, "group-" + topic))
        {
            for (int i = 0; i < 10; i++)
                await first.AppendAsync(Messages.Numbered(i), Waiting.Deadline);
            await foreach (ChannelRecord record in first.ReadAsync(ReadFrom.Stored, Waiting.Deadline))
            {
                // 5 stays unhandled, so that what comes after it does not count.
                if (record.Number() != 5)
                    record.MarkHandled();
                if (record.Number() == 8)
                    break;
            }
        }

        await using KafkaChannel second = common.Open(topic, "group-" + topic);
        List<ChannelRecord> again = await second.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(5);
        Assert.Equal([5, 6, 7, 8, 9], again.Select(r => r.Number()));
    }

    [Fact]
    public async Task What_is_only_read_is_delivered_again()
    {
        // A group that changes its members waits for whole session timeouts on the client's mock cluster.
        common.Broker.RequireReal();
        string topic = await common.Broker.CreateTopicAsync();
        await using KafkaChannel channel = common.Open(topic);
        await channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline);

        Assert.Single(await channel.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(1));
        Assert.Equal(1, Assert.Single(await channel.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(1)).Number());
    }

    [Fact]
    public async Task Disposing_the_channel_waits_for_records_in_hand_and_stores_them()
    {
        // A group that changes its members waits for whole session timeouts on the client's mock cluster.
        common.Broker.RequireReal();
        string topic = await common.Broker.CreateTopicAsync();
        KafkaChannel first = common.Open(topic, "group-" + topic);
        await first.AppendAsync(Messages.Numbered(1), Waiting.Deadline);
        await first.AppendAsync(Messages.Numbered(2), Waiting.Deadline);
        await using IAsyncEnumerator<ChannelRecord> records = first.ReadAsync(ReadFrom.Stored, Waiting.Deadline).GetAsyncEnumerator(Waiting.Deadline);
        Assert.True(await records.MoveNextAsync());

        Task disposed = first.DisposeAsync().AsTask();
        records.Current.MarkHandled();
        await disposed.WaitAsync(Waiting.Deadline);

        await using KafkaChannel second = common.Open(topic, "group-" + topic);
        Assert.Equal(2, Assert.Single(await second.ReadAsync(ReadFrom.Stored, Waiting.Deadline).TakeAsync(1)).Number());
    }

    [Fact]
    public async Task A_member_that_joins_takes_over_without_repeating_what_was_handled()
    {
        // A group that changes its members waits for whole session timeouts on the client's mock cluster.
        common.Broker.RequireReal();
        string topic = await common.Broker.CreateTopicAsync(partitions: 4);
        await using KafkaChannel first = common.Open(topic, "group-" + topic);
        await using KafkaChannel second = common.Open(topic, "group-" + topic);
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(Waiting.Deadline);
        var handled = new Dictionary<int, int>();
        var byReader = new int[2];

        Task reading = HandleAsync(first, 0);
        Task joined = Task.CompletedTask;
        for (int i = 0; i < 400; i++)
        {
            await first.AppendAsync(Messages.Numbered(i, i.ToString(System.Globalization.CultureInfo.InvariantCulture)), Waiting.Deadline);
            if (i == 100)
            {
                await Waiting.UntilAsync(() => Volatile.Read(ref byReader[0]) > 0, "the first member reads");
                joined = HandleAsync(second, 1);
            }

            if (i == 200)
                await Waiting.UntilAsync(() => Volatile.Read(ref byReader[1]) > 0 || Handled() == 201, "the second member reads, or all is read");
        }

        // Only when both have partitions can both get something.
        await Waiting.UntilAsync(() => Handled() == 400, "everything is handled");
        int extra = 400;
        while (Volatile.Read(ref byReader[1]) == 0)
            await first.AppendAsync(Messages.Numbered(extra, $"{extra++}"), Waiting.Deadline);
        await Waiting.UntilAsync(() => Handled() == extra, "everything is handled");
        await enough.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(reading, joined));

        Assert.All(handled.Values, times => Assert.Equal(1, times));
        Assert.All(byReader, count => Assert.NotEqual(0, count));

        int Handled()
        {
            lock (handled)
                return handled.Count;
        }

        async Task HandleAsync(KafkaChannel channel, int reader)
        {
            await foreach (ChannelRecord record in channel.ReadAsync(ReadFrom.Stored, enough.Token))
            {
                lock (handled)
                    handled[record.Number()] = handled.GetValueOrDefault(record.Number()) + 1;
                Interlocked.Increment(ref byReader[reader]);
                record.MarkHandled();
            }
        }
    }

    [Fact]
    public async Task A_slow_reader_pauses_its_partitions_and_misses_nothing()
    {
        var paused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        string topic = await common.Broker.CreateTopicAsync();
        await using var channel = new KafkaChannel(new KafkaChannelOptions
        {
            Topic = topic,
            Client = new ClientConfig { BootstrapServers = common.Broker.Servers },
            Consumer = new ConsumerConfig { GroupId = topic, Debug = "consumer,topic" },
            ReadAhead = 4,
            Log = message =>
            {
                if (message.Message.Contains("Pause", StringComparison.OrdinalIgnoreCase) && message.Message.Contains(topic, StringComparison.Ordinal))
                    paused.TrySetResult();
            },
        });
        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(i => channel.AppendAsync(Messages.Numbered(i), Waiting.Deadline).AsTask()));

        int expected = 0;
        await foreach (ChannelRecord record in channel.ReadAsync(ReadFrom.Stored, Waiting.Deadline))
        {
            if (expected == 3)
                await paused.Task.WaitAsync(Waiting.Deadline);
            Assert.Equal(expected++, record.Number());
            record.MarkHandled();
            if (expected == 2_000)
                break;
        }
    }

    [Fact]
    public async Task Records_that_are_gone_are_an_error_and_not_passed_over()
    {
        common.Broker.RequireReal();
        string topic = await common.Broker.CreateTopicAsync();
        await using KafkaChannel channel = common.Open(topic);
        for (int i = 0; i < 10; i++)
            await channel.AppendAsync(Messages.Numbered(i), Waiting.Deadline);
        using (IAdminClient admin = common.Broker.Admin())
            await admin.DeleteRecordsAsync([new TopicPartitionOffset(topic, 0, 5)]);

        Assert.Equal(5, Assert.Single(await channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).TakeAsync(1)).Number());
        await AssertOutOfRange(ReadFrom.Offset(new ChannelPosition(0, 3)));
        await AssertOutOfRange(ReadFrom.Offset(new ChannelPosition(0, 11)));

        async Task AssertOutOfRange(ReadFrom from)
        {
            ChannelException gone = await Assert.ThrowsAsync<ChannelException>(() => channel.ReadAsync(from, Waiting.Deadline).TakeAsync(1));
            Assert.Equal(ChannelFailure.OutOfRange, gone.Failure);
        }
    }

    [Fact]
    public async Task A_cancelled_reader_ends_with_its_token_and_a_closed_channel_ends_its_readers()
    {
        KafkaChannel channel = common.Open(await common.Broker.CreateTopicAsync());
        using var cancelled = new CancellationTokenSource();
        Task waiting = channel.ReadAsync(ReadFrom.Stored, cancelled.Token).TakeAsync(1);
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await channel.AppendAsync(Messages.Numbered(1), Waiting.Deadline);
        await using IAsyncEnumerator<ChannelRecord> records = channel.ReadAsync(ReadFrom.Beginning, Waiting.Deadline).GetAsyncEnumerator(Waiting.Deadline);
        Assert.True(await records.MoveNextAsync());
        ValueTask<bool> next = records.MoveNextAsync();
        await channel.DisposeAsync();

        Assert.Equal(ChannelFailure.Closed, (await Assert.ThrowsAsync<ChannelException>(async () => await next)).Failure);
    }

    [Fact]
    public async Task Reading_what_a_group_stored_needs_a_group()
    {
        await using var channel = new KafkaChannel(new KafkaChannelOptions
        {
            Topic = "t",
            Client = new ClientConfig { BootstrapServers = common.Broker.Servers },
            Log = _ => { },
        });

        Assert.Throws<InvalidOperationException>(() => { channel.ReadAsync(ReadFrom.Stored, Waiting.Deadline); });
    }
}
