using DataMesh.Channels;

namespace DataMesh.Runtime.Tests.Channels;

public sealed class InProcessChannelTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Readers_start_where_they_like_and_do_not_disturb_each_other()
    {
        var channel = new InProcessChannel();
        await AppendAsync(channel, "a", "b", "c");
        var end = channel.ReadAsync(ReadFrom.End, Token);
        await AppendAsync(channel, "d");
        channel.Complete();

        Assert.Equal("abcd", await ReadAllAsync(channel.ReadAsync(ReadFrom.Beginning, Token)));
        Assert.Equal("abcd", await ReadAllAsync(channel.ReadAsync(ReadFrom.Stored, Token)));
        Assert.Equal("cd", await ReadAllAsync(channel.ReadAsync(ReadFrom.Offset(new(0, 2)), Token)));
        Assert.Equal("", await ReadAllAsync(channel.ReadAsync(ReadFrom.Offset(new(0, 4)), Token)));
        Assert.Equal("d", await ReadAllAsync(end));
        // A sequence can be read again: each time from its own start.
        Assert.Equal("d", await ReadAllAsync(end));
    }

    [Fact]
    public async Task Records_keep_key_headers_position_and_time()
    {
        var clock = new ManualTimeProvider();
        var channel = new InProcessChannel(new() { TimeProvider = clock });
        var position = await channel.AppendAsync(new(Texts.Utf8("v"), Texts.Utf8("k"), [new("h", Texts.Utf8("x")), new("h", default)]), Token);
        await channel.AppendAsync(new(null), Token);
        channel.Complete();
        var records = await ToListAsync(channel.ReadAsync(cancellationToken: Token));
        Assert.Equal(position, records[0].Position);
        Assert.Equal(new ChannelPosition(0, 1), records[1].Position);
        Assert.Equal(("v", "k"), (Texts.Text(records[0].Value), Texts.Text(records[0].Key)));
        Assert.Equal(["h=x", "h="], records[0].Headers.Select(static h => $"{h.Name}={Texts.Text(h.Value)}"));
        Assert.Equal(clock.GetUtcNow(), records[0].Timestamp);
        Assert.Null(records[1].Value);
        Assert.Null(records[1].Key);
        Assert.Empty(records[1].Headers);
        records[0].MarkHandled();
    }

    [Fact]
    public async Task A_reader_waits_for_the_next_record()
    {
        var channel = new InProcessChannel();
        await using var first = channel.ReadAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        await using var second = channel.ReadAsync(ReadFrom.End, Token).GetAsyncEnumerator(Token);
        for (var i = 0; i < 3; i++)
        {
            var firstNext = first.MoveNextAsync();
            var secondNext = second.MoveNextAsync();
            Assert.False(firstNext.IsCompleted);
            Assert.False(secondNext.IsCompleted);
            await AppendAsync(channel, $"{i}");
            Assert.True(await firstNext);
            Assert.True(await secondNext);
            Assert.Equal($"{i}", Texts.Text(first.Current.Value));
            Assert.Equal($"{i}", Texts.Text(second.Current.Value));
        }
        var last = first.MoveNextAsync();
        channel.Complete();
        Assert.False(await last);
        Assert.False(await second.MoveNextAsync());
    }

    [Fact]
    public async Task Cancelling_ends_a_wait()
    {
        var channel = new InProcessChannel();
        foreach (var viaEnumerator in new[] { false, true })
        {
            using var cancellation = new CancellationTokenSource();
            await using var reader = channel.ReadAsync(ReadFrom.Beginning, viaEnumerator ? Token : cancellation.Token)
                .GetAsyncEnumerator(viaEnumerator ? cancellation.Token : Token);
            var next = reader.MoveNextAsync();
            await cancellation.CancelAsync();
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await next);
            Assert.Equal(cancellation.Token, error.CancellationToken);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await reader.MoveNextAsync());
        }
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await channel.AppendAsync(new(null), new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Completed_channels_take_nothing_and_say_so()
    {
        var channel = new InProcessChannel();
        Assert.Equal(new ChannelStatus("embedded", ChannelState.Ready), channel.Status);
        await AppendAsync(channel, "a");
        await channel.DisposeAsync();
        channel.Complete();
        Assert.Equal(ChannelState.Closed, channel.Status.State);
        Assert.Equal(ChannelFailure.Closed, (await Assert.ThrowsAsync<ChannelException>(() => AppendAsync(channel, "b"))).Failure);
        Assert.Equal("a", await ReadAllAsync(channel.ReadAsync(cancellationToken: Token)));
    }

    [Fact]
    public async Task Without_readers_the_newest_records_are_kept()
    {
        var channel = new InProcessChannel(new() { MaxRecords = 3 });
        await AppendAsync(channel, "a", "b", "c", "d", "e");
        channel.Complete();
        var records = await ToListAsync(channel.ReadAsync(cancellationToken: Token));
        Assert.Equal([2L, 3L, 4L], records.Select(static r => r.Position.Offset));
        Assert.Equal("cde", string.Concat(records.Select(static r => Texts.Text(r.Value))));

        Assert.Equal(ChannelFailure.OutOfRange, Failure(() => channel.ReadAsync(ReadFrom.Offset(new(0, 6)), Token)));
        Assert.Equal(ChannelFailure.OutOfRange, Failure(() => channel.ReadAsync(ReadFrom.Offset(new(1, 0)), Token)));
        Assert.Equal(ChannelFailure.OutOfRange, (await Assert.ThrowsAsync<ChannelException>(
            () => ReadAllAsync(channel.ReadAsync(ReadFrom.Offset(new(0, 1)), Token)))).Failure);
    }

    [Fact]
    public async Task Bytes_are_bounded_too()
    {
        var channel = new InProcessChannel(new() { MaxBytes = 3000 });
        for (var i = 0; i < 5; i++)
            await channel.AppendAsync(new(new byte[1000]), Token);
        Assert.Equal(ChannelFailure.TooLarge, (await Assert.ThrowsAsync<ChannelException>(
            async () => await channel.AppendAsync(new(new byte[2000], new byte[1001]), Token))).Failure);
        channel.Complete();
        Assert.Equal([3L, 4L], (await ToListAsync(channel.ReadAsync(cancellationToken: Token))).Select(static r => r.Position.Offset));
    }

    [Fact]
    public async Task A_full_channel_waits_for_its_slowest_reader()
    {
        var channel = new InProcessChannel(new() { MaxRecords = 2, AppendTimeout = Timeout.InfiniteTimeSpan });
        await using var slow = channel.ReadAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        await AppendAsync(channel, "a", "b");
        var third = AppendAsync(channel, "c");
        var fourth = AppendAsync(channel, "d");
        Assert.False(third.IsCompleted);
        Assert.True(await slow.MoveNextAsync());
        await third;
        Assert.False(fourth.IsCompleted);
        Assert.Equal("a", Texts.Text(slow.Current.Value));
        foreach (var expected in "bcd")
        {
            Assert.True(await slow.MoveNextAsync());
            Assert.Equal($"{expected}", Texts.Text(slow.Current.Value));
        }
        await fourth;
    }

    [Fact]
    public async Task A_reader_that_leaves_makes_room()
    {
        var channel = new InProcessChannel(new() { MaxRecords = 1, AppendTimeout = Timeout.InfiniteTimeSpan });
        var reader = channel.ReadAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        await AppendAsync(channel, "a");
        var second = AppendAsync(channel, "b");
        Assert.False(second.IsCompleted);
        await reader.DisposeAsync();
        await second;
    }

    [Fact]
    public async Task Appends_that_wait_give_up_at_their_deadline_and_are_not_stored()
    {
        var clock = new ManualTimeProvider();
        var channel = new InProcessChannel(new() { MaxRecords = 1, AppendTimeout = TimeSpan.FromSeconds(5), TimeProvider = clock });
        await using var reader = channel.ReadAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        await AppendAsync(channel, "a");
        var late = AppendAsync(channel, "b");
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.False(late.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(ChannelFailure.Full, (await Assert.ThrowsAsync<ChannelException>(() => late)).Failure);

        using var cancellation = new CancellationTokenSource();
        var cancelled = channel.AppendAsync(new(Texts.Utf8("c")), cancellation.Token).AsTask();
        var completed = AppendAsync(channel, "d");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        channel.Complete();
        Assert.Equal(ChannelFailure.Closed, (await Assert.ThrowsAsync<ChannelException>(() => completed)).Failure);
        Assert.True(await reader.MoveNextAsync());
        Assert.Equal("a", Texts.Text(reader.Current.Value));
        Assert.False(await reader.MoveNextAsync());
    }

    [Fact]
    public async Task A_channel_that_discards_tells_the_reader_that_missed_something()
    {
        var channel = new InProcessChannel(new() { MaxRecords = 2, WhenFull = FullChannelBehavior.DiscardOldest });
        await using var slow = channel.ReadAsync(cancellationToken: Token).GetAsyncEnumerator(Token);
        await AppendAsync(channel, "a", "b", "c");
        var error = await Assert.ThrowsAsync<ChannelException>(async () => await slow.MoveNextAsync());
        Assert.Equal(ChannelFailure.OutOfRange, error.Failure);
        Assert.Equal("offset 0 is not in the channel, which has 1 to 3", error.Message);
    }

    [Fact]
    public async Task Every_reader_gets_every_record_in_order_while_many_append()
    {
        const int Writers = 4, Each = 2000;
        var channel = new InProcessChannel(new() { MaxRecords = 16, AppendTimeout = Timeout.InfiniteTimeSpan });
        var readers = Enumerable.Range(0, 3).Select(_ => channel.ReadAsync(ReadFrom.Beginning, Token).GetAsyncEnumerator(Token)).ToList();
        var reading = readers.Select(reader => Task.Run(async () =>
        {
            List<string> values = [];
            while (await reader.MoveNextAsync())
            {
                Assert.Equal(values.Count, reader.Current.Position.Offset);
                values.Add(Texts.Text(reader.Current.Value));
            }
            await reader.DisposeAsync();
            return values;
        })).ToList();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Each; i++)
                await AppendAsync(channel, $"{writer}:{i}");
        })));
        channel.Complete();
        var all = await Task.WhenAll(reading);
        Assert.All(all, values => Assert.Equal(all[0], values));
        for (var writer = 0; writer < Writers; writer++)
            Assert.Equal(Enumerable.Range(0, Each).Select(i => $"{writer}:{i}"), all[0].Where(value => value.StartsWith($"{writer}:", StringComparison.Ordinal)));
    }

    [Fact]
    public void Options_are_checked()
    {
        Assert.Throws<ArgumentOutOfRangeException>(static () => new InProcessChannel(new() { MaxRecords = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new InProcessChannel(new() { MaxBytes = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => new InProcessChannel(new() { AppendTimeout = TimeSpan.FromSeconds(-5) }));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ReadFrom.Offset(new(0, -1)));
    }

    private static ChannelFailure Failure(Action action) => Assert.Throws<ChannelException>(action).Failure;

    private static async Task AppendAsync(InProcessChannel channel, params string[] values)
    {
        foreach (var value in values)
            await channel.AppendAsync(new(Texts.Utf8(value)), Token);
    }

    private static async Task<string> ReadAllAsync(IAsyncEnumerable<ChannelRecord> records) =>
        string.Concat((await ToListAsync(records)).Select(static record => Texts.Text(record.Value)));

    private static async Task<List<ChannelRecord>> ToListAsync(IAsyncEnumerable<ChannelRecord> records)
    {
        List<ChannelRecord> list = [];
        await foreach (var record in records)
            list.Add(record);
        return list;
    }
}
