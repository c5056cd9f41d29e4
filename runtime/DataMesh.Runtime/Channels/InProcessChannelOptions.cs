namespace DataMesh.Channels;

/// <summary>How much an <see cref="InProcessChannel"/> keeps, and what it does when that is not enough.</summary>
public sealed record InProcessChannelOptions
{
    /// <summary>Records kept at most; at least 1.</summary>
    public int MaxRecords { get; init; } = 65_536;

    /// <summary>Bytes kept at most: keys, values and headers; 64 MiB. A single record above it is refused as too large.</summary>
    public long MaxBytes { get; init; } = 64L * 1024 * 1024;

    /// <summary>What happens when the limits are reached and a reader has not yet read the oldest record.</summary>
    public FullChannelBehavior WhenFull { get; init; } = FullChannelBehavior.Wait;

    /// <summary>
    /// How long an append waits for slow readers before it fails with <see cref="ChannelFailure.Full"/>; 5 seconds.
    /// <see cref="Timeout.InfiniteTimeSpan"/> waits for as long as it takes.
    /// </summary>
    public TimeSpan AppendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock of record timestamps and of <see cref="AppendTimeout"/>.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxRecords, 1, nameof(MaxRecords));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxBytes, 1, nameof(MaxBytes));
        if (AppendTimeout != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(AppendTimeout, TimeSpan.Zero, nameof(AppendTimeout));
    }
}

/// <summary>What a full channel does with the next record.</summary>
public enum FullChannelBehavior
{
    /// <summary>The append waits until every reader has read the oldest record. No reader misses anything.</summary>
    Wait,

    /// <summary>
    /// The oldest record goes. A reader that had not read it is told so: its sequence fails with <see cref="ChannelFailure.OutOfRange"/>.
    /// </summary>
    DiscardOldest,
}
