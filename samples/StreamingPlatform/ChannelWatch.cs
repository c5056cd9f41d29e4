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
                var detail = status.Detail is null ? "" : $" ({status.Detail})";
                if (status.State == ChannelState.Ready)
                    LogReady(status.Kind, detail);
                else if (status.State == ChannelState.Unavailable)
                    LogUnavailable(status.Kind, detail);
                else
                    LogClosed(status.Kind, detail);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    [LoggerMessage(1, LogLevel.Information, "the {Kind} channel is ready{Detail}")]
    private partial void LogReady(string kind, string detail);

    [LoggerMessage(2, LogLevel.Warning, "the {Kind} channel is not available{Detail}; serving, and connecting when it comes")]
    private partial void LogUnavailable(string kind, string detail);

    [LoggerMessage(3, LogLevel.Error, "the {Kind} channel is closed{Detail}: no event is taken until a restart")]
    private partial void LogClosed(string kind, string detail);
}
