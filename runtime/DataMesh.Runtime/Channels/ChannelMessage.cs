using System.Collections.Immutable;

namespace DataMesh.Channels;

/// <summary>What is appended to a channel: bytes with a key and headers.</summary>
public readonly struct ChannelMessage
{
    private readonly ImmutableArray<ChannelHeader> _headers;

    /// <param name="value">The payload; null is a tombstone on a compacted topic.</param>
    /// <param name="key">Records with equal keys keep their order; null when order does not matter.</param>
    /// <param name="headers">Names and values; a name may repeat.</param>
    public ChannelMessage(ReadOnlyMemory<byte>? value, ReadOnlyMemory<byte>? key = null, ImmutableArray<ChannelHeader> headers = default)
    {
        Value = value;
        Key = key;
        _headers = headers;
    }

    /// <summary>The payload; null is a tombstone on a compacted topic.</summary>
    public ReadOnlyMemory<byte>? Value { get; }

    /// <summary>Records with equal keys keep their order; null when order does not matter.</summary>
    public ReadOnlyMemory<byte>? Key { get; }

    /// <summary>Names and values, never default; a name may repeat.</summary>
    public ImmutableArray<ChannelHeader> Headers => _headers.IsDefault ? [] : _headers;
}

/// <summary>One header of a record.</summary>
/// <param name="Name">The name; compared ordinally.</param>
/// <param name="Value">The value as bytes; empty for a header without value.</param>
public readonly record struct ChannelHeader(string Name, ReadOnlyMemory<byte> Value);

/// <summary>Where a record stands in its channel.</summary>
/// <param name="Partition">The partition; 0 for a channel without partitions.</param>
/// <param name="Offset">Grows within a partition, not necessarily by one.</param>
public readonly record struct ChannelPosition(int Partition, long Offset);
