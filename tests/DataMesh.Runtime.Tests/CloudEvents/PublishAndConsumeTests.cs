using System.Collections.Immutable;
using DataMesh.Channels;
using DataMesh.CloudEvents;

namespace DataMesh.Runtime.Tests.CloudEvents;

public sealed class PublishAndConsumeTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CloudEventContentMode.Binary)]
    [InlineData(CloudEventContentMode.Structured)]
    public async Task What_is_published_is_read(CloudEventContentMode mode)
    {
        var channel = new InProcessChannel();
        var clock = new ManualTimeProvider();
        var publisher = new EventPublisher(channel, new() { Mode = mode, Source = "/here", TimeProvider = clock });
        await publisher.PublishAsync(new Reading("a", 1), Token);
        await publisher.PublishAsync(new CloudEvent<Reading>(new("b", 2)) { Subject = "s" }, cancellationToken: Token);
        Assert.True((await publisher.IngestAsync(DataProductCodec.For<Reading>(), """ { "value":3, "name":"c" } """u8, Token)).IsValid);
        channel.Complete();

        var read = await ToListAsync(new EventConsumer(channel).ReadAsync<Reading>(Token));
        Assert.Equal([new("a", 1), new("b", 2), new("c", 3)], read.Select(static e => e.Data));
        Assert.Equal(["/here", "/lab", "/here"], read.Select(static e => e.Event.Source));
        Assert.All(read, static e => Assert.Equal("https://example.org/lab#Reading", e.Event.DataSchema));
        Assert.Equal(clock.GetUtcNow(), read[0].Event.Time);
        Assert.Equal(clock.GetUtcNow(), read[2].Event.Time);
        Assert.Equal("s", read[1].Event.Subject);
        Assert.Equal(3, read.Select(static e => e.Event.Id).Distinct().Count());
        Assert.Equal(mode, KafkaBinding.GetMode(read[0].Record.Headers));
        Assert.Equal(KafkaBinding.GetMode(read[0].Record.Headers), KafkaBinding.GetMode(read[2].Record.Headers));
    }

    [Fact]
    public async Task Invalid_data_is_not_sent()
    {
        var channel = new InProcessChannel();
        var publisher = new EventPublisher(channel);
        var error = await Assert.ThrowsAsync<ValidationException>(async () => await publisher.PublishAsync(new Reading("a", 140), Token));
        Assert.Equal("#Reading.value: invalid value 140 (out of bound <130)", error.Message);
        await Assert.ThrowsAsync<ValidationException>(
            async () => await publisher.PublishAsync(new CloudEvent<Reading>(new("a", 140)), cancellationToken: Token));
        var verdict = await publisher.IngestAsync(DataProductCodec.For<Reading>(), """{"name":"a","value":140}"""u8, Token);
        Assert.Equal("#Reading.value: invalid value 140 (out of bound <130)", verdict.ToString());
        channel.Complete();
        Assert.Empty(await ToListAsync(channel.ReadAsync(cancellationToken: Token)));
    }

    [Fact]
    public async Task No_acknowledgement_is_an_exception()
    {
        var channel = new InProcessChannel();
        channel.Complete();
        var publisher = new EventPublisher(channel);
        var error = await Assert.ThrowsAsync<ChannelException>(async () => await publisher.PublishAsync(new Reading("a", 1), Token));
        Assert.Equal(ChannelFailure.Closed, error.Failure);
        await Assert.ThrowsAsync<ChannelException>(
            async () => await publisher.IngestAsync(DataProductCodec.For<Reading>(), """{"name":"a","value":1}"""u8, Token));
    }

    [Fact]
    public async Task The_partitionkey_becomes_the_key_only_when_asked_and_stays()
    {
        foreach (var asked in new[] { false, true })
        {
            var channel = new InProcessChannel();
            var publisher = new EventPublisher(channel, new() { PartitionKeyAsRecordKey = asked });
            var extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty.Add("partitionkey", "p");
            await publisher.PublishAsync(new CloudEvent<Reading>(new("a", 1)) { Extensions = extensions }, cancellationToken: Token);
            await publisher.PublishAsync(new CloudEvent<Reading>(new("a", 1)) { Extensions = extensions }, Texts.Utf8("own"), Token);
            channel.Complete();
            var read = await ToListAsync(new EventConsumer(channel).ReadAsync<Reading>(Token));
            Assert.Equal([asked ? "p" : "(none)", "own"], read.Select(static e => Texts.Text(e.Record.Key)));
            Assert.All(read, static e => Assert.Equal("p", e.Event.Extensions["partitionkey"].ToString()));
        }
    }

    [Fact]
    public async Task Invalid_records_appear_and_do_not_end_the_loop()
    {
        var channel = await MixedChannel();
        var read = await ToListAsync(new EventConsumer(channel).ReadAsync<Reading>(Token));
        Assert.Equal(
            ["valid", "specversion: required attribute is missing", "#Reading.value: invalid value 140 (out of bound <130)", "valid"],
            read.Select(static e => e.IsValid ? "valid" : e.Result.Errors[0].ToString()));
        var error = Assert.Throws<InvalidOperationException>(() => read[1].Data);
        Assert.Contains("offset 1", error.Message);
        Assert.Equal("garbage", Texts.Text(read[1].Record.Value));
    }

    [Fact]
    public async Task Invalid_records_go_to_the_handler_that_was_given()
    {
        var channel = await MixedChannel();
        List<long> invalid = [];
        var consumer = new EventConsumer(channel, new()
        {
            OnInvalid = (record, _) =>
            {
                invalid.Add(record.Record.Position.Offset);
                return ValueTask.CompletedTask;
            },
        });
        Assert.Equal([1, 4], (await ToListAsync(consumer.ReadAsync<Reading>(Token))).Select(static e => e.Data.Value));
        Assert.Equal([1L, 3L], invalid);
    }

    [Fact]
    public async Task Events_of_every_type_can_be_read()
    {
        var channel = await MixedChannel();
        var read = await ToListAsync(new EventConsumer(channel).ReadAsync(Token));
        Assert.Equal(["lab.Reading", "(invalid)", "other", "lab.Reading", "lab.Reading"], read.Select(static e => e.IsValid ? e.Event.Type : "(invalid)"));
    }

    [Fact]
    public async Task A_record_is_handled_when_the_loop_comes_back()
    {
        var channel = new RecordingChannel(await MixedChannel());
        await foreach (var received in new EventConsumer(channel).ReadAsync<Reading>(Token))
        {
            if (received.Record.Position.Offset == 3)
                break;
        }
        // 2 is of another type; 3 was left with a break.
        Assert.Equal([0L, 1L, 2L], channel.Handled);
    }

    [Fact]
    public async Task A_record_is_handled_when_it_is_marked()
    {
        var channel = new RecordingChannel(await MixedChannel());
        var read = await ToListAsync(new EventConsumer(channel, new() { Handled = HandledWhen.Marked }).ReadAsync<Reading>(Token));
        Assert.Equal([2L], channel.Handled);
        read[^1].MarkHandled();
        Assert.Equal([2L, 4L], channel.Handled);
    }

    [Fact]
    public async Task A_handler_that_fails_leaves_the_record_unhandled()
    {
        var channel = new RecordingChannel(await MixedChannel());
        var consumer = new EventConsumer(channel, new() { OnInvalid = static (_, _) => throw new IOException("no dead letter") });
        await Assert.ThrowsAsync<IOException>(() => ToListAsync(consumer.ReadAsync<Reading>(Token)));
        Assert.Equal([0L], channel.Handled);
    }

    [Fact]
    public async Task Reading_from_the_end_starts_where_the_end_was()
    {
        var channel = new InProcessChannel();
        var publisher = new EventPublisher(channel);
        await publisher.PublishAsync(new Reading("a", 1), Token);
        var events = new EventConsumer(channel, new() { From = ReadFrom.End }).ReadAsync<Reading>(Token);
        await publisher.PublishAsync(new Reading("b", 2), Token);
        channel.Complete();
        Assert.Equal(2, Assert.Single(await ToListAsync(events)).Data.Value);
    }

    [Fact]
    public void Options_are_checked()
    {
        var channel = new InProcessChannel();
        Assert.Throws<ArgumentException>(() => new EventPublisher(channel, new() { Source = "not a uri" }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new EventPublisher(channel, new() { Mode = CloudEventContentMode.Batch }));
    }

    /// <summary>Valid, garbage, of another type, with invalid data, valid.</summary>
    private static async Task<InProcessChannel> MixedChannel()
    {
        var channel = new InProcessChannel();
        var publisher = new EventPublisher(channel);
        await publisher.PublishAsync(new Reading("a", 1), Token);
        await channel.AppendAsync(new(Texts.Utf8("garbage")), Token);
        await channel.AppendAsync(KafkaBinding.Encode(new CloudEvent("1", "/s", "other"), CloudEventContentMode.Structured), Token);
        var invalid = new CloudEvent("1", "/s", "lab.Reading") { DataContentType = "application/json", Data = Texts.Utf8("""{"name":"a","value":140}""") };
        await channel.AppendAsync(KafkaBinding.Encode(invalid, CloudEventContentMode.Binary), Token);
        await publisher.PublishAsync(new Reading("b", 4), Token);
        channel.Complete();
        return channel;
    }

    private static async Task<List<T>> ToListAsync<T>(IAsyncEnumerable<T> items)
    {
        List<T> list = [];
        await foreach (var item in items)
            list.Add(item);
        return list;
    }

    /// <summary>A channel that remembers what was marked.</summary>
    private sealed class RecordingChannel(IChannel inner) : IChannel, IHandledRecords
    {
        public List<long> Handled { get; } = [];

        public ChannelStatus Status => inner.Status;

        public ValueTask<ChannelPosition> AppendAsync(ChannelMessage message, CancellationToken cancellationToken = default) =>
            inner.AppendAsync(message, cancellationToken);

        public async IAsyncEnumerable<ChannelRecord> ReadAsync(
            ReadFrom from = default, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var record in inner.ReadAsync(from, cancellationToken))
                yield return new(record.Message, record.Position, record.Timestamp, this);
        }

        public void MarkHandled(ChannelPosition position) => Handled.Add(position.Offset);

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
