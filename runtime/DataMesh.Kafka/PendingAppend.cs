using System.Threading.Tasks.Sources;
using Confluent.Kafka;
using DataMesh.Channels;

namespace DataMesh.Kafka;

/// <summary>
/// One append on its way: the message for the client, and the value task its caller awaits. Pooled, because a task, a delegate and
/// a message object a record would cost more than the record.
/// </summary>
/// <remarks>
/// Two parties hold on to it: the caller until it has taken the result, and the producer until it has reported. It goes back to
/// the pool when both have let go, so a report that comes after the caller has given up never meets another record.
/// </remarks>
internal sealed class PendingAppend : IValueTaskSource<ChannelPosition>
{
    private readonly Appender _owner;
    private ManualResetValueTaskSourceCore<ChannelPosition> _source;
    private CancellationTokenRegistration _cancellation;
    private int _completed = 1;
    private int _holders;

    public PendingAppend(Appender owner)
    {
        _owner = owner;
        // The client's poll thread completes it, and must not run the user's code.
        _source.RunContinuationsAsynchronously = true;
        Delivered = OnDelivered;
    }

    public Message<byte[]?, byte[]?> Message { get; } = new();

    public Action<DeliveryReport<byte[]?, byte[]?>> Delivered { get; }

    /// <summary>When to give up waiting for room in the client's queue, in the clock of <see cref="Environment.TickCount64"/>.</summary>
    public long Deadline { get; private set; }

    public bool IsCompleted => Volatile.Read(ref _completed) == 1;

    public ValueTask<ChannelPosition> Start(in ChannelMessage message, long deadline, CancellationToken cancellationToken)
    {
        Records.Fill(Message, message);
        Deadline = deadline;
        _source.Reset();
        _holders = 2;
        Volatile.Write(ref _completed, 0);
        if (cancellationToken.CanBeCanceled)
        {
            _cancellation = cancellationToken.UnsafeRegister(
                static (state, token) => ((PendingAppend)state!).Fail(new OperationCanceledException(token)), this);
        }

        return new ValueTask<ChannelPosition>(this, _source.Version);
    }

    /// <summary>Completes the caller's task unless it is complete.</summary>
    public void Fail(Exception exception)
    {
        if (Interlocked.Exchange(ref _completed, 1) == 0)
            _source.SetException(exception);
    }

    /// <summary>One of the two holders is done with it.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0)
            return;
        Message.Key = null;
        Message.Value = null;
        Message.Headers = null!;
        _owner.Return(this);
    }

    private void OnDelivered(DeliveryReport<byte[]?, byte[]?> report)
    {
        if (report.Error.IsError)
            Fail(_owner.Failed(report.Error));
        else if (Interlocked.Exchange(ref _completed, 1) == 0)
            _source.SetResult(new ChannelPosition(report.Partition.Value, report.Offset.Value));
        Release();
        _owner.OnReported(acknowledged: !report.Error.IsError);
    }

    ChannelPosition IValueTaskSource<ChannelPosition>.GetResult(short token)
    {
        if (_source.GetStatus(token) == ValueTaskSourceStatus.Pending)
            throw new InvalidOperationException("The append is not complete; await it.");
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            // Waits for a cancellation that is just running, so that it cannot reach the next record.
            _cancellation.Dispose();
            _cancellation = default;
            Release();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<ChannelPosition>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<ChannelPosition>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
