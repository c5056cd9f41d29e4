using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka;

/// <summary>A channel's messages and records as the client has them.</summary>
internal static class Records
{
    public static void Fill(Message<byte[]?, byte[]?> target, in ChannelMessage message)
    {
        target.Key = ToArray(message.Key);
        target.Value = ToArray(message.Value);
        if (message.Headers.IsEmpty)
            return;
        var headers = new Headers();
        foreach (ChannelHeader header in message.Headers)
            headers.Add(header.Name, ToArray(header.Value));
        target.Headers = headers;
    }

    public static ChannelRecord ToRecord(ConsumeResult<byte[]?, byte[]?> result, IHandledRecords? handled)
    {
        Message<byte[]?, byte[]?> message = result.Message;
        return new ChannelRecord(
            new ChannelMessage(ToMemory(message.Value), ToMemory(message.Key), ToHeaders(message.Headers)),
            new ChannelPosition(result.Partition.Value, result.Offset.Value),
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(0, message.Timestamp.UnixTimestampMs)),
            handled);
    }

    private static ImmutableArray<ChannelHeader> ToHeaders(Headers? headers)
    {
        if (headers is null || headers.Count == 0)
            return [];
        var result = new ChannelHeader[headers.Count];
        for (int i = 0; i < result.Length; i++)
        {
            IHeader header = headers[i];
            result[i] = new ChannelHeader(header.Key, header.GetValueBytes());
        }

        return ImmutableCollectionsMarshal.AsImmutableArray(result);
    }

    private static ReadOnlyMemory<byte>? ToMemory(byte[]? bytes) => bytes is null ? default(ReadOnlyMemory<byte>?) : new ReadOnlyMemory<byte>(bytes);

    private static byte[]? ToArray(ReadOnlyMemory<byte>? memory) => memory is { } bytes ? ToArray(bytes) : null;

    /// <summary>The array under the memory when it is exactly that, which the channel's contract lets us keep; else a copy.</summary>
    private static byte[] ToArray(ReadOnlyMemory<byte> memory) =>
        MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment) && segment.Array is { } array
        && segment.Offset == 0 && segment.Count == array.Length
            ? array
            : memory.ToArray();
}
