namespace DataMesh.Channels;

/// <summary>A record was not acknowledged, or records cannot be read.</summary>
public sealed class ChannelException(ChannelFailure failure, string message, Exception? innerException = null)
    : Exception(message, innerException)
{
    /// <summary>What went wrong, for a decision what to do.</summary>
    public ChannelFailure Failure { get; } = failure;
}

/// <summary>The reasons of a <see cref="ChannelException"/>.</summary>
public enum ChannelFailure
{
    /// <summary>No acknowledgement in time. The record may have been stored nevertheless: sending it again can repeat it.</summary>
    Unacknowledged,

    /// <summary>The channel stayed full until its deadline; the record was not stored.</summary>
    Full,

    /// <summary>The record is larger than the channel takes; sending it again is useless.</summary>
    TooLarge,

    /// <summary>The channel refuses the record for a reason that does not pass by itself: authorization, an unknown topic, fencing.</summary>
    Rejected,

    /// <summary>The channel was completed, disposed or failed for good.</summary>
    Closed,

    /// <summary>The records asked for are no longer, or not yet, in the channel.</summary>
    OutOfRange,
}
