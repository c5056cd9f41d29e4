using System.Runtime.CompilerServices;
using DataMesh.Channels;

namespace DataMesh.Platform.Tests;

/// <summary>A channel that answers appends as a test wants, and has nothing to read.</summary>
internal sealed class StubChannel(Func<CancellationToken, ValueTask<ChannelPosition>> append, ChannelStatus? status = null) : IChannel
{
    public ChannelStatus Status => status ?? new("stub", ChannelState.Ready);

    public ValueTask<ChannelPosition> AppendAsync(ChannelMessage message, CancellationToken cancellationToken = default) => append(cancellationToken);

    public async IAsyncEnumerable<ChannelRecord> ReadAsync(
        ReadFrom from = default, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield break;
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
