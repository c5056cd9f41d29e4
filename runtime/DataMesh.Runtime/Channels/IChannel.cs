namespace DataMesh.Channels;

/// <summary>
/// An append-only log of records that several readers follow, each at its own pace. It knows nothing of what the bytes mean:
/// events are put in and taken out by <c>EventPublisher</c> and <c>EventConsumer</c>.
/// </summary>
public interface IChannel : IAsyncDisposable
{
    /// <summary>How the channel is at this moment; never waits.</summary>
    ChannelStatus Status { get; }

    /// <summary>
    /// Appends one record and completes when the channel has it for good: in memory for the in-process channel, acknowledged
    /// by the broker for Kafka. Waits while the channel is full.
    /// </summary>
    /// <param name="message">
    /// The record. Its memory is handed over: the caller must not change it afterwards, so no implementation needs to copy it.
    /// </param>
    /// <param name="cancellationToken">
    /// Gives up waiting. A record that was on its way already may still arrive.
    /// </param>
    /// <returns>Where the record stands.</returns>
    /// <exception cref="ChannelException">
    /// The record was not acknowledged within the channel's own deadline, is too large, or the channel is closed.
    /// </exception>
    ValueTask<ChannelPosition> AppendAsync(ChannelMessage message, CancellationToken cancellationToken = default);

    /// <summary>
    /// Reads records in the order of their partition, waiting for more at the end. The sequence ends when the channel is
    /// completed and everything was read; it never ends for a channel on a broker.
    /// </summary>
    /// <remarks>
    /// <see cref="ReadFrom.End"/> is where the end is when this method is called. A record counts as handled once
    /// <see cref="ChannelRecord.MarkHandled"/> was called, not when it was read.
    /// </remarks>
    /// <exception cref="ChannelException">Records that the reader was to get are no longer there, or the channel failed for good.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    IAsyncEnumerable<ChannelRecord> ReadAsync(ReadFrom from = default, CancellationToken cancellationToken = default);
}
