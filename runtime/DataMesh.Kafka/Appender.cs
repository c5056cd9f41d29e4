using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka;

/// <summary>
/// The producing half of the channel: one producer for all callers. The client batches, retries and keeps the order by itself;
/// this adds an awaitable acknowledgement and waiting, in order, for room in the client's queue.
/// </summary>
internal sealed class Appender : IAsyncDisposable
{
    // Reports are what normally lets waiting appends go on; the timer is for deadlines and for a queue that is full without them.
    private static readonly TimeSpan WaitingPeriod = TimeSpan.FromMilliseconds(20);

    private readonly IProducer<byte[]?, byte[]?> _producer;
    private readonly ClusterWatch _watch;
    private readonly TopicPartition _target;
    private readonly TimeSpan _appendTimeout;
    private readonly TimeSpan _drainTimeout;

    private readonly ConcurrentQueue<PendingAppend> _pool = new();
    private readonly ConditionalWeakTable<PendingAppend, Appender> _created = [];

    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<PendingAppend> _waiting = new();
    private readonly Timer _timer;
    private long _inFlight;
    private long _resumeAt;
    private volatile ChannelException? _closed;

    public Appender(KafkaChannelOptions options, ClusterWatch watch)
    {
        _watch = watch;
        _target = new TopicPartition(options.Topic, Partition.Any);
        _drainTimeout = options.DrainTimeout;
        Dictionary<string, string> config = ClientOptions.ForProducer(options);
        _appendTimeout = ClientOptions.AppendTimeout(config);
        ProducerBuilder<byte[]?, byte[]?> builder = new ProducerBuilder<byte[]?, byte[]?>(config)
            .SetKeySerializer(Serializers.ByteArray)
            .SetValueSerializer(Serializers.ByteArray)
            .SetErrorHandler((_, error) => OnError(error));
        if (options.Log is { } log)
            builder.SetLogHandler((_, message) => log(message));
        _producer = builder.Build();
        _timer = new Timer(static state => ((Appender)state!).SendWaiting(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public Handle Handle => _producer.Handle;

    public ValueTask<ChannelPosition> AppendAsync(in ChannelMessage message, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ChannelPosition>(cancellationToken);
        if (_closed is { } closed)
            return ValueTask.FromException<ChannelPosition>(closed);
        if (!_pool.TryDequeue(out PendingAppend? pending))
        {
            pending = new PendingAppend(this);
            _created.Add(pending, this);
        }

        long deadline = _appendTimeout == Timeout.InfiniteTimeSpan ? long.MaxValue : Environment.TickCount64 + (long)_appendTimeout.TotalMilliseconds;
        ValueTask<ChannelPosition> task = pending.Start(message, deadline, cancellationToken);
        // Nobody overtakes those who wait: equal keys keep their order.
        if (!_waiting.IsEmpty || !TrySend(pending))
            Wait(pending);
        return task;
    }

    public void Return(PendingAppend pending) => _pool.Enqueue(pending);

    /// <summary>Called on the client's thread when a record was acknowledged or given up.</summary>
    public void OnReported(bool acknowledged)
    {
        long left = Interlocked.Decrement(ref _inFlight);
        if (acknowledged)
            _watch.Reached();
        // Not at every report: finding the queue full again costs an exception each time.
        if (!_waiting.IsEmpty && left <= Volatile.Read(ref _resumeAt))
            SendWaiting();
    }

    /// <summary>The exception for a record that failed; what is fatal for the producer ends the channel too.</summary>
    public ChannelException Failed(Error error, Exception? inner = null)
    {
        ChannelException exception = KafkaErrors.AppendFailed(error, inner);
        if (exception.Failure == ChannelFailure.Closed)
            Close(exception);
        else if (exception.Failure == ChannelFailure.Unacknowledged)
            _watch.Doubt(error.Reason);
        return exception;
    }

    /// <summary>Lets what is under way be acknowledged until the drain timeout; the rest fails.</summary>
    public async ValueTask DisposeAsync()
    {
        Close(new ChannelException(ChannelFailure.Closed, "The channel was disposed."));
        SendWaiting();
        await _timer.DisposeAsync().ConfigureAwait(false);
        await Task.Run(() => _producer.Flush(_drainTimeout)).ConfigureAwait(false);
        var unacknowledged = new ChannelException(ChannelFailure.Unacknowledged, "The channel was disposed before Kafka acknowledged the record.");
        foreach ((PendingAppend pending, _) in _created)
            pending.Fail(unacknowledged);
        _producer.Dispose();
    }

    private void OnError(Error error)
    {
        if (error.IsFatal)
            Close(KafkaErrors.AppendFailed(error));
        else if (error.Code == ErrorCode.Local_AllBrokersDown || error.Code == ErrorCode.Local_Authentication || error.Code == ErrorCode.Local_Ssl)
            _watch.Doubt(error.Reason);
    }

    private void Close(ChannelException reason)
    {
        // Appends that wait are failed by the timer, which runs as long as there are any.
        if (Interlocked.CompareExchange(ref _closed, reason, null) is null)
            _watch.Close(reason.Message);
    }

    /// <summary>Hands one append to the client; false when the client's queue is full.</summary>
    private bool TrySend(PendingAppend pending)
    {
        Interlocked.Increment(ref _inFlight);
        try
        {
            // Looked at after counting, so that nothing is handed to a producer that is being disposed.
            if (_closed is { } closed)
                throw closed;
            _producer.Produce(_target, pending.Message, pending.Delivered);
            return true;
        }
        catch (ProduceException<byte[]?, byte[]?> e) when (e.Error.Code == ErrorCode.Local_QueueFull)
        {
            Volatile.Write(ref _resumeAt, Interlocked.Decrement(ref _inFlight) / 2);
            return false;
        }
        catch (Exception e)
        {
            Interlocked.Decrement(ref _inFlight);
            pending.Fail(e is ProduceException<byte[]?, byte[]?> refused ? Failed(refused.Error, refused) : e);
            pending.Release();
            return true;
        }
    }

    private void Wait(PendingAppend pending)
    {
        lock (_gate)
        {
            if (_closed is { } closed)
            {
                pending.Fail(closed);
                pending.Release();
                return;
            }

            _waiting.Enqueue(pending);
            _timer.Change(WaitingPeriod, WaitingPeriod);
        }
    }

    private void SendWaiting()
    {
        lock (_gate)
        {
            while (_waiting.TryPeek(out PendingAppend? pending))
            {
                if (_closed is { } closed)
                    pending.Fail(closed);
                else if (Environment.TickCount64 > pending.Deadline)
                    pending.Fail(new ChannelException(ChannelFailure.Full, $"The Kafka client's queue stayed full for {_appendTimeout.TotalSeconds:0.###} s."));
                if (pending.IsCompleted)
                {
                    _waiting.TryDequeue(out _);
                    pending.Release();
                    continue;
                }

                if (!TrySend(pending))
                    return;
                _waiting.TryDequeue(out _);
            }

            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }
    }
}
