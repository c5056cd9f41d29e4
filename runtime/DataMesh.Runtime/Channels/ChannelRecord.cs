using System.Collections.Immutable;

namespace DataMesh.Channels;

/// <summary>What is read from a channel. The memory stays valid as long as the record is referenced.</summary>
public sealed class ChannelRecord
{
    private readonly IHandledRecords? _handled;

    /// <param name="message">Key, headers and payload.</param>
    /// <param name="position">Where the record stands.</param>
    /// <param name="timestamp">When it was appended, as the channel's clock or its producer says.</param>
    /// <param name="handled">Is told when the record was handled; null when the channel does not keep that.</param>
    public ChannelRecord(ChannelMessage message, ChannelPosition position, DateTimeOffset timestamp, IHandledRecords? handled = null)
    {
        Message = message;
        Position = position;
        Timestamp = timestamp;
        _handled = handled;
    }

    /// <summary>Key, headers and payload, as they were appended.</summary>
    public ChannelMessage Message { get; }

    /// <summary>Where the record stands.</summary>
    public ChannelPosition Position { get; }

    /// <summary>When it was appended, as the channel's clock or its producer says.</summary>
    public DateTimeOffset Timestamp { get; }

    /// <summary>The payload; null is a tombstone on a compacted topic.</summary>
    public ReadOnlyMemory<byte>? Value => Message.Value;

    /// <summary>The record's key, or null.</summary>
    public ReadOnlyMemory<byte>? Key => Message.Key;

    /// <summary>Names and values, never default; a name may repeat.</summary>
    public ImmutableArray<ChannelHeader> Headers => Message.Headers;

    /// <summary>
    /// Says that this record need not be delivered again. Never blocks, may be called from any thread, in any order and more
    /// than once; a reader that resumes from <see cref="ReadFrom.Stored"/> starts at the lowest record not handled.
    /// </summary>
    public void MarkHandled() => _handled?.MarkHandled(Position);
}

/// <summary>Kept by a channel that remembers what its readers have handled.</summary>
public interface IHandledRecords
{
    /// <summary>See <see cref="ChannelRecord.MarkHandled"/>. Positions of partitions no longer held are ignored.</summary>
    void MarkHandled(ChannelPosition position);
}
