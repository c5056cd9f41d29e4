using DataMesh.Channels;
using DataMesh.CloudEvents;

namespace DataMesh.StreamingPlatform;

/// <summary>A record as it is logged.</summary>
/// <param name="Record">The record.</param>
/// <param name="Event">Its envelope; null where it is no valid event.</param>
/// <param name="Data">Its data, to be shown.</param>
internal sealed record LoggedEvent(ReceivedRecord Record, CloudEventContext? Event, object? Data);

/// <summary>Logs every event that comes off the channel, so that one sees the whole loop.</summary>
/// <param name="read">Reads the events that are logged.</param>
/// <param name="logger">Where they are logged.</param>
internal sealed partial class EventLog(Func<CancellationToken, IAsyncEnumerable<LoggedEvent>> read, ILogger<EventLog> logger) : BackgroundService
{
    private static readonly TimeSpan RetryPeriod = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await foreach (var received in read(stoppingToken))
                    Log(received);
                return;
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (ChannelException e) when (e.Failure == ChannelFailure.OutOfRange)
            {
                LogMissed(e.Message);
            }
            catch (ChannelException e)
            {
                // The platform goes on taking documents; reading starts again where it was.
                LogInterrupted(e);
                await Task.Delay(RetryPeriod, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private void Log(LoggedEvent received)
    {
        var position = received.Record.Record.Position;
        if (received.Event is { } envelope)
            LogEvent(envelope.Type, envelope.Id, position.Partition, position.Offset, received.Data);
        else
            LogInvalid(position.Partition, position.Offset, received.Record.Result.ToString());
    }

    [LoggerMessage(1, LogLevel.Information, "off the channel: {Type} {Id} at {Partition}:{Offset}: {Data}")]
    private partial void LogEvent(string type, string id, int partition, long offset, object? data);

    [LoggerMessage(2, LogLevel.Warning, "off the channel at {Partition}:{Offset}, not a valid event: {Errors}")]
    private partial void LogInvalid(int partition, long offset, string errors);

    [LoggerMessage(3, LogLevel.Warning, "the log is slower than the channel and misses events: {Reason}")]
    private partial void LogMissed(string reason);

    [LoggerMessage(4, LogLevel.Error, "reading from the channel was interrupted")]
    private partial void LogInterrupted(Exception exception);
}
