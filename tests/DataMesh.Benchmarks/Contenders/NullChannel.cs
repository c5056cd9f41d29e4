using DataMesh.Channels;

namespace DataMesh.Benchmarks.Contenders;

/// <summary>Takes everything at once and keeps nothing, so that what comes before the channel is measured alone.</summary>
internal sealed class NullChannel : IChannel
{
    public ChannelStatus Status { get; } = new("null", ChannelState.Ready);

    public ValueTask<ChannelPosition> AppendAsync(ChannelMessage message, CancellationToken cancellationToken = default) => new(default(ChannelPosition));

    public IAsyncEnumerable<ChannelRecord> ReadAsync(ReadFrom from = default, CancellationToken cancellationToken = default) =>
        AsyncEnumerable.Empty<ChannelRecord>();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
