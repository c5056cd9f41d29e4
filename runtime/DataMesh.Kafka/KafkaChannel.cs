using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka;

/// <summary>
/// A Kafka topic as a channel. An append completes with the broker's acknowledgement. The cluster need not be there when the
/// channel is created: it connects when the cluster comes, and <see cref="Status"/> tells.
/// </summary>
/// <remarks>
/// Delivery is at least once: an append that fails as <see cref="ChannelFailure.Unacknowledged"/> may have been stored
/// nevertheless, and a record is read again unless it was handled and its offset committed.
/// </remarks>
public sealed class KafkaChannel : IChannel
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(1);

    private readonly KafkaChannelOptions _options;
    private readonly ClusterWatch _watch;
    private readonly Appender _appender;
    private readonly TopicAdmin _admin;
    private readonly CancellationTokenSource _disposed = new();
    private readonly ConcurrentDictionary<TopicReader, byte> _readers = new();
    private int _disposing;

    /// <summary>Creates the channel; connecting goes on in the background.</summary>
    /// <exception cref="ArgumentException">An option of the client has a value that the client does not take.</exception>
    /// <exception cref="InvalidOperationException">The client does not know an option, or options contradict each other.</exception>
    public KafkaChannel(KafkaChannelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentException.ThrowIfNullOrEmpty(options.Topic);
        _options = options;
        _watch = new ClusterWatch(options.Topic);
        _appender = new Appender(options, _watch);
        _admin = new TopicAdmin(_appender.Handle, options.Topic);
        _watch.Start(_admin);
    }

    /// <inheritdoc/>
    public ChannelStatus Status => _watch.Status;

    /// <inheritdoc/>
    public ValueTask<ChannelPosition> AppendAsync(ChannelMessage message, CancellationToken cancellationToken = default) =>
        _appender.AppendAsync(message, cancellationToken);

    /// <summary>
    /// Reads the topic. From <see cref="ReadFrom.Stored"/> the reader is a member of the consumer group <c>group.id</c> and shares
    /// the partitions with the others; else it has all partitions that exist now to itself and stores nothing.
    /// </summary>
    /// <inheritdoc/>
    public IAsyncEnumerable<ChannelRecord> ReadAsync(ReadFrom from = default, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_disposed.IsCancellationRequested, this);
        if (from.Kind == ReadFromKind.Stored)
            _ = ClientOptions.ForGroup(_options);
        // Where the end is is asked now, not when the first record is.
        Task<IReadOnlyList<TopicPartitionOffset>?> assignment = AssignmentAsync(from);
        return ReadAssignedAsync(assignment, cancellationToken);
    }

    /// <summary>
    /// Stops taking records in, waits for what is in readers' hands and for acknowledgements, each up to
    /// <see cref="KafkaChannelOptions.DrainTimeout"/>, and leaves the consumer group. What is not acknowledged then fails.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposing, 1) == 1)
            return;
        await _disposed.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_readers.Keys.Select(reader => reader.StopAsync(drain: true))).ConfigureAwait(false);
        await _watch.DisposeAsync().ConfigureAwait(false);
        _admin.Dispose();
        await _appender.DisposeAsync().ConfigureAwait(false);
    }

    private async IAsyncEnumerable<ChannelRecord> ReadAssignedAsync(
        Task<IReadOnlyList<TopicPartitionOffset>?> assignment, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reader = new TopicReader(_options, await assignment.WaitAsync(cancellationToken).ConfigureAwait(false));
        _readers.TryAdd(reader, 0);
        try
        {
            if (_disposed.IsCancellationRequested)
                throw Closed();
            await foreach (ChannelRecord record in reader.ReadAsync(cancellationToken).ConfigureAwait(false))
                yield return record;
        }
        finally
        {
            _readers.TryRemove(reader, out _);
        }
    }

    /// <summary>The partitions and offsets to start at, when the cluster has told them; null for a member of a group.</summary>
    private async Task<IReadOnlyList<TopicPartitionOffset>?> AssignmentAsync(ReadFrom from)
    {
        if (from.Kind == ReadFromKind.Stored)
            return null;
        if (from.Kind == ReadFromKind.Offset)
            return [new TopicPartitionOffset(_options.Topic, from.Position.Partition, from.Position.Offset)];
        bool fromEnd = from.Kind == ReadFromKind.End;
        while (true)
        {
            try
            {
                if (fromEnd)
                    return await _admin.EndsAsync().ConfigureAwait(false);
                IReadOnlyList<TopicPartition> partitions = await _admin.PartitionsAsync().ConfigureAwait(false);
                return [.. partitions.Select(p => new TopicPartitionOffset(p, Offset.Beginning))];
            }
            catch (KafkaException e)
            {
                // The end of a topic that is not there yet is where it will begin.
                fromEnd &= e.Error.Code is not (ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic);
            }

            try
            {
                await Task.Delay(RetryPeriod, _disposed.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                throw Closed();
            }
        }
    }

    private static ChannelException Closed() => new(ChannelFailure.Closed, "The channel was disposed.");
}
