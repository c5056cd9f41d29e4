using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka;

/// <summary>
/// Knows whether the cluster takes records. It asks at the start and whenever there is doubt, once a second until the
/// cluster answers; while records are acknowledged nothing is asked.
/// </summary>
internal sealed class ClusterWatch : IAsyncDisposable
{
    private const string Kind = "kafka";
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly string _topic;
    private readonly ChannelStatus _ready;
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _doubt = new(1);
    private volatile ChannelStatus _status;
    private Task _watching = Task.CompletedTask;

    public ClusterWatch(string topic)
    {
        _topic = topic;
        _ready = new ChannelStatus(Kind, ChannelState.Ready, $"topic {topic}");
        _status = new ChannelStatus(Kind, ChannelState.Unavailable, $"connecting for topic {topic}");
    }

    public ChannelStatus Status => _status;

    public void Start(TopicAdmin admin) => _watching = Task.Run(() => WatchAsync(admin));

    /// <summary>A record was acknowledged.</summary>
    public void Reached()
    {
        if (_status.State == ChannelState.Unavailable)
            Set(_ready);
    }

    /// <summary>Something suggests that the cluster cannot be reached.</summary>
    public void Doubt(string reason)
    {
        Set(new ChannelStatus(Kind, ChannelState.Unavailable, $"topic {_topic}: {reason}"));
        lock (_doubt)
        {
            if (_doubt.CurrentCount == 0)
                _doubt.Release();
        }
    }

    /// <summary>The channel is closed, and stays so.</summary>
    public void Close(string reason) => _status = new ChannelStatus(Kind, ChannelState.Closed, reason);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task WatchAsync(TopicAdmin admin)
    {
        try
        {
            while (true)
            {
                await _doubt.WaitAsync(_stop.Token).ConfigureAwait(false);
                while (_status.State == ChannelState.Unavailable && !await AnswersAsync(admin).ConfigureAwait(false))
                    await Task.Delay(Period, _stop.Token).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task<bool> AnswersAsync(TopicAdmin admin)
    {
        try
        {
            await admin.PartitionsAsync().ConfigureAwait(false);
            Set(_ready);
            return true;
        }
        catch (KafkaException e)
        {
            Set(new ChannelStatus(Kind, ChannelState.Unavailable, $"topic {_topic}: {e.Error.Reason}"));
            return false;
        }
    }

    /// <summary>Closed is final, whoever comes after it.</summary>
    private void Set(ChannelStatus status)
    {
        ChannelStatus seen;
        do
        {
            seen = _status;
            if (seen.State == ChannelState.Closed)
                return;
        }
        while (Interlocked.CompareExchange(ref _status, status, seen) != seen);
    }
}
