using DataMesh.Channels;

namespace DataMesh.StreamingPlatform;

/// <summary>Says when the channel becomes ready or unavailable.</summary>
internal sealed partial class ChannelWatch(IChannel channel, ILogger<ChannelWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period);
        ChannelStatus? said = null;
        try
        {
            do
            {
                var status = channel.Status;
                if (status.State == said?.State && status.Detail == said?.Detail)
                    continue;
                said = status;
                if (status.State == ChannelState.Ready)
                    LogReady(status.Kind, status.Detail);
                else
                    LogUnavailable(status.Kind, status.State, status.Detail);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(1, LogLevel.Information, "channel {Kind} ready {Detail}")]
    private partial void LogReady(string kind, string? detail);

    [LoggerMessage(2, LogLevel.Warning, "channel {Kind} {State}: {Detail}; serving, and connecting when it comes")]
    private partial void LogUnavailable(string kind, ChannelState state, string? detail);
}
