using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka;

/// <summary>
/// One reader: a consumer on a thread of its own, since asking the client for records blocks, and a bounded buffer from which the
/// reader takes them. As a member of a group it stores offsets of what was handled, and the client commits them.
/// </summary>
internal sealed class TopicReader : IHandledRecords
{
    private static readonly TimeSpan PollPeriod = TimeSpan.FromMilliseconds(100);

    // A buffer that is full for longer than this pauses the partitions: cheap readers never get there, since what was fetched
    // ahead is thrown away by pausing, and slow ones never miss max.poll.interval.ms.
    private static readonly TimeSpan PausePatience = TimeSpan.FromMilliseconds(500);

    private readonly KafkaChannelOptions _options;
    private readonly IReadOnlyList<TopicPartitionOffset>? _assignment;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ConsumeResult<byte[]?, byte[]?>> _buffer;

    // Only filled for a member of a group. By partition; replaced when a partition comes back.
    private readonly ConcurrentDictionary<int, HandledOffsets> _held = new();
    private bool _assignmentChanged;
    private volatile bool _drainAtEnd;

    /// <param name="options">The channel's options.</param>
    /// <param name="assignment">Where to read; null to read what the group assigns.</param>
    public TopicReader(KafkaChannelOptions options, IReadOnlyList<TopicPartitionOffset>? assignment)
    {
        _options = options;
        _assignment = assignment;
        _buffer = Channel.CreateBounded<ConsumeResult<byte[]?, byte[]?>>(
            new BoundedChannelOptions(Math.Max(1, options.ReadAhead)) { SingleReader = true, SingleWriter = true });
    }

    private bool InGroup => _assignment is null;

    public async IAsyncEnumerable<ChannelRecord> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        new Thread(Run) { IsBackground = true, Name = $"kafka reader of {_options.Topic}" }.Start();
        try
        {
            while (await _buffer.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                while (_buffer.Reader.TryRead(out ConsumeResult<byte[]?, byte[]?>? result))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (!InGroup)
                        yield return Records.ToRecord(result, null);
                    else if (_held.TryGetValue(result.Partition.Value, out HandledOffsets? held) && held.TryHandOut(result.Offset.Value))
                        yield return Records.ToRecord(result, this);
                }
            }
        }
        finally
        {
            await StopAsync(drain: false).ConfigureAwait(false);
        }
    }

    public void MarkHandled(ChannelPosition position)
    {
        if (_held.TryGetValue(position.Partition, out HandledOffsets? held))
            held.MarkHandled(position.Offset);
    }

    /// <summary>Ends the consumer: offsets of what is handled are committed, and the group is left.</summary>
    /// <param name="drain">Whether to wait for what is in the reader's hands. Its own leaving means that nothing more comes.</param>
    public async Task StopAsync(bool drain)
    {
        _drainAtEnd |= drain;
        await _stop.CancelAsync().ConfigureAwait(false);
        // Leaving a group needs the broker, which may be gone: the thread then ends by itself when the client gives up.
        await Task.WhenAny(_ended.Task, Task.Delay(_options.DrainTimeout * 2)).ConfigureAwait(false);
    }

    private void Run()
    {
        try
        {
            using IConsumer<byte[]?, byte[]?> consumer = Build();
            if (_assignment is { } assignment)
                consumer.Assign(assignment);
            else
                consumer.Subscribe(_options.Topic);
            try
            {
                while (!_stop.IsCancellationRequested)
                {
                    if (Poll(consumer) is { } result && !_buffer.Writer.TryWrite(result) && !WaitForRoom(result))
                        DeliverPaused(consumer, result);
                }

                if (_drainAtEnd)
                    Drain([.. _held.Values]);
                StoreHandled(consumer);
            }
            finally
            {
                consumer.Close();
            }

            _buffer.Writer.TryComplete(new ChannelException(ChannelFailure.Closed, "The channel was disposed."));
        }
        catch (Exception e)
        {
            _buffer.Writer.TryComplete(e);
        }
        finally
        {
            _ended.SetResult();
        }
    }

    private IConsumer<byte[]?, byte[]?> Build()
    {
        ConsumerBuilder<byte[]?, byte[]?> builder = new ConsumerBuilder<byte[]?, byte[]?>(
                InGroup ? ClientOptions.ForGroup(_options) : ClientOptions.ForAssignment(_options))
            .SetKeyDeserializer(Deserializers.ByteArray!)
            .SetValueDeserializer(Deserializers.ByteArray!)
            .SetErrorHandler(static (_, _) => { }) // What matters comes out of Consume; the log has the rest.
            .SetPartitionsAssignedHandler((_, partitions) => Assigned(partitions))
            .SetPartitionsRevokedHandler((consumer, partitions) => Revoked(consumer, partitions))
            .SetPartitionsLostHandler((_, partitions) => Lost(partitions));
        if (_options.Log is { } log)
            builder.SetLogHandler((_, message) => log(message));
        return builder.Build();
    }

    /// <summary>One record, or null when there is none at the moment. Also where rebalances happen and offsets are stored.</summary>
    private ConsumeResult<byte[]?, byte[]?>? Poll(IConsumer<byte[]?, byte[]?> consumer)
    {
        try
        {
            StoreHandled(consumer);
            return consumer.Consume(PollPeriod);
        }
        catch (ConsumeException e)
        {
            if (KafkaErrors.ReadFailed(e.Error, InGroup) is { } final)
                throw final;
            return null;
        }
    }

    private bool WaitForRoom(ConsumeResult<byte[]?, byte[]?> result)
    {
        try
        {
            Task<bool> room = _buffer.Writer.WaitToWriteAsync(_stop.Token).AsTask();
            return room.Wait(PausePatience) && _buffer.Writer.TryWrite(result);
        }
        catch (AggregateException) when (_stop.IsCancellationRequested)
        {
            return true;
        }
    }

    /// <summary>The reader is slow: nothing more is fetched, while polling goes on so that the group keeps us, until it has room.</summary>
    private void DeliverPaused(IConsumer<byte[]?, byte[]?> consumer, ConsumeResult<byte[]?, byte[]?> first)
    {
        var overflow = new Queue<ConsumeResult<byte[]?, byte[]?>>([first]);
        _assignmentChanged = true;
        while (overflow.Count > 0 && !_stop.IsCancellationRequested)
        {
            if (_assignmentChanged)
            {
                _assignmentChanged = false;
                consumer.Pause(consumer.Assignment);
            }

            if (Poll(consumer) is { } late)
                overflow.Enqueue(late);
            while (overflow.TryPeek(out ConsumeResult<byte[]?, byte[]?>? next) && _buffer.Writer.TryWrite(next))
                overflow.Dequeue();
        }

        consumer.Resume(consumer.Assignment);
    }

    private void StoreHandled(IConsumer<byte[]?, byte[]?> consumer)
    {
        foreach ((int partition, HandledOffsets held) in _held)
            Store(consumer, partition, held);
    }

    private void Store(IConsumer<byte[]?, byte[]?> consumer, int partition, HandledOffsets held)
    {
        if (!held.TryTakeStorable(out long offset))
            return;
        try
        {
            consumer.StoreOffset(new TopicPartitionOffset(_options.Topic, partition, offset));
        }
        catch (KafkaException e) when (e.Error.Code == ErrorCode.Local_State)
        {
            // The partition was lost in the meantime; whoever has it now reads these records again.
        }
    }

    private void Assigned(List<TopicPartition> partitions)
    {
        foreach (TopicPartition partition in partitions)
            _held[partition.Partition.Value] = new HandledOffsets();
        _assignmentChanged = true;
    }

    /// <summary>Runs inside <c>Consume</c> or <c>Close</c>, while the partitions are still ours: the last chance to store.</summary>
    private void Revoked(IConsumer<byte[]?, byte[]?> consumer, List<TopicPartitionOffset> partitions)
    {
        if (!_stop.IsCancellationRequested)
            Drain([.. partitions.Select(p => _held.GetValueOrDefault(p.Partition.Value)).OfType<HandledOffsets>()]);
        foreach (TopicPartitionOffset partition in partitions)
        {
            if (_held.TryRemove(partition.Partition.Value, out HandledOffsets? held))
                Store(consumer, partition.Partition.Value, held);
        }

        _assignmentChanged = true;
    }

    /// <summary>Others may have the partitions already: what was handled here can no longer be stored.</summary>
    private void Lost(List<TopicPartitionOffset> partitions)
    {
        foreach (TopicPartitionOffset partition in partitions)
        {
            if (_held.TryRemove(partition.Partition.Value, out HandledOffsets? held))
                held.Revoke();
        }

        _assignmentChanged = true;
    }

    /// <summary>Hands out nothing more of the partitions, and waits for what is in the reader's hands.</summary>
    private void Drain(HandledOffsets[] partitions)
    {
        foreach (HandledOffsets held in partitions)
            held.Revoke();
        long deadline = Environment.TickCount64 + (long)_options.DrainTimeout.TotalMilliseconds;
        foreach (HandledOffsets held in partitions)
            held.WaitUntilHandled(TimeSpan.FromMilliseconds(deadline - Environment.TickCount64));
    }
}
