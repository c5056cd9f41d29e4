namespace DataMesh.Channels;

/// <summary>Where a reader starts. The default is <see cref="Stored"/>.</summary>
public readonly record struct ReadFrom
{
    private ReadFrom(ReadFromKind kind, ChannelPosition position)
    {
        Kind = kind;
        Position = position;
    }

    /// <summary>
    /// After what was handled before, as the channel has stored it (for Kafka: the consumer group's committed offsets);
    /// the beginning when nothing is stored.
    /// </summary>
    public static ReadFrom Stored => default;

    /// <summary>The oldest record that the channel still has.</summary>
    public static ReadFrom Beginning => new(ReadFromKind.Beginning, default);

    /// <summary>Only what is appended from now on.</summary>
    public static ReadFrom End => new(ReadFromKind.End, default);

    /// <summary>The record at an offset, or the next one where there is a gap; other partitions are not read.</summary>
    public static ReadFrom Offset(ChannelPosition position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position.Offset, nameof(position));
        ArgumentOutOfRangeException.ThrowIfNegative(position.Partition, nameof(position));
        return new(ReadFromKind.Offset, position);
    }

    /// <summary>Which of the four it is.</summary>
    public ReadFromKind Kind { get; }

    /// <summary>The position, for <see cref="ReadFromKind.Offset"/>.</summary>
    public ChannelPosition Position { get; }
}

/// <summary>The kinds of <see cref="ReadFrom"/>.</summary>
public enum ReadFromKind
{
    /// <summary>After what was handled before.</summary>
    Stored,

    /// <summary>The oldest record kept.</summary>
    Beginning,

    /// <summary>Only what comes from now on.</summary>
    End,

    /// <summary>A position in one partition.</summary>
    Offset,
}
