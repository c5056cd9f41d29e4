namespace DataMesh.Channels;

/// <summary>
/// A channel in the memory of one process. It keeps the newest records up to the limits of <see cref="InProcessChannelOptions"/>,
/// also without readers, so a reader that comes later still finds them. Appending and reading never block a thread.
/// </summary>
/// <remarks>
/// There is one partition, offsets start at 0 and have no gaps. Handled records are not remembered: <see cref="ReadFrom.Stored"/>
/// is the beginning.
/// </remarks>
public sealed partial class InProcessChannel : IChannel
{
    private readonly InProcessChannelOptions _options;
    private readonly Lock _gate = new();
    private readonly RetainedRecords _records;
    private readonly List<Reader> _readers = [];
    private readonly LinkedList<WaitingAppend> _waiting = [];
    private bool _completed;

    /// <param name="options">Limits; the defaults of <see cref="InProcessChannelOptions"/> when null.</param>
    public InProcessChannel(InProcessChannelOptions? options = null)
    {
        _options = options ?? new();
        _options.Check();
        _records = new(_options.MaxRecords, _options.MaxBytes);
    }

    /// <inheritdoc/>
    public ChannelStatus Status
    {
        get
        {
            lock (_gate)
                return new("embedded", _completed ? ChannelState.Closed : ChannelState.Ready);
        }
    }

    /// <inheritdoc/>
    public ValueTask<ChannelPosition> AppendAsync(ChannelMessage message, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var size = RetainedRecords.SizeOf(message);
        if (size > _options.MaxBytes)
            throw new ChannelException(ChannelFailure.TooLarge, $"the record has {size} bytes, the channel keeps {_options.MaxBytes}");

        WaitingAppend waiting;
        lock (_gate)
        {
            ThrowIfCompleted();
            // Appends keep their order: nobody overtakes one that waits.
            if (_waiting.Count == 0 && TryMakeRoom(size))
                return new(Add(message, size));
            waiting = new(message, size);
            waiting.Node = _waiting.AddLast(waiting);
        }
        return new(WaitForRoomAsync(waiting, cancellationToken));
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<ChannelRecord> ReadAsync(ReadFrom from = default, CancellationToken cancellationToken = default)
    {
        lock (_gate)
        {
            return from.Kind switch
            {
                ReadFromKind.End => new Sequence(this, _records.End, cancellationToken),
                ReadFromKind.Offset when from.Position.Partition != 0 || from.Position.Offset > _records.End =>
                    throw OutOfRange(from.Position.Offset),
                ReadFromKind.Offset => new Sequence(this, from.Position.Offset, cancellationToken),
                _ => new Sequence(this, position: null, cancellationToken),
            };
        }
    }

    /// <summary>Takes no more records. Readers get what is there, then their sequences end.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            if (_completed)
                return;
            _completed = true;
            foreach (var waiting in _waiting)
                waiting.Completion.TrySetException(CompletedException());
            _waiting.Clear();
            foreach (var reader in _readers)
                reader.Wake();
        }
    }

    /// <summary>The same as <see cref="Complete"/>.</summary>
    public ValueTask DisposeAsync()
    {
        Complete();
        return ValueTask.CompletedTask;
    }

    private async Task<ChannelPosition> WaitForRoomAsync(WaitingAppend waiting, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(_options.AppendTimeout, _options.TimeProvider);
        using var onDeadline = deadline.Token.UnsafeRegister(
            static (state, _) => ((WaitingAppend)state!).Completion.TrySetException(FullException()), waiting);
        using var onCancelled = cancellationToken.UnsafeRegister(
            static (state, token) => ((WaitingAppend)state!).Completion.TrySetCanceled(token), waiting);
        try
        {
            return await waiting.Completion.Task.ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                if (waiting.Node is { List: not null } node)
                {
                    _waiting.Remove(node);
                    // A large record at the head may have held back small ones behind it.
                    AdmitWaiting();
                }
            }
        }
    }

    // All below: under the lock.

    private ChannelPosition Add(ChannelMessage message, long size)
    {
        var position = new ChannelPosition(0, _records.End);
        _records.Add(new(message, position, _options.TimeProvider.GetUtcNow()), size);
        foreach (var reader in _readers)
            reader.Wake();
        return position;
    }

    /// <summary>Drops old records until one of the given size fits; false when a reader still needs the oldest.</summary>
    private bool TryMakeRoom(long size)
    {
        while (!_records.Fits(size))
        {
            if (_options.WhenFull == FullChannelBehavior.Wait && IsAwaited(_records.Start))
                return false;
            _records.RemoveOldest();
        }
        return true;
    }

    private bool IsAwaited(long offset)
    {
        foreach (var reader in _readers)
        {
            if (reader.Position <= offset)
                return true;
        }
        return false;
    }

    private void AdmitWaiting()
    {
        while (_waiting.First is { } first && (first.Value.Completion.Task.IsCompleted || TryMakeRoom(first.Value.Size)))
        {
            _waiting.RemoveFirst();
            var position = new ChannelPosition(0, _records.End);
            // False when its deadline came first: then it is not appended, as its caller was told.
            if (first.Value.Completion.TrySetResult(position))
                Add(first.Value.Message, first.Value.Size);
        }
    }

    private void ThrowIfCompleted()
    {
        if (_completed)
            throw CompletedException();
    }

    private static ChannelException CompletedException() => new(ChannelFailure.Closed, "the channel is completed");

    private static ChannelException FullException() =>
        new(ChannelFailure.Full, "the channel is full and its readers did not make room in time");

    private ChannelException OutOfRange(long offset) =>
        new(ChannelFailure.OutOfRange, $"offset {offset} is not in the channel, which has {_records.Start} to {_records.End}");

    private sealed class WaitingAppend(ChannelMessage message, long size)
    {
        public ChannelMessage Message => message;

        public long Size => size;

        public LinkedListNode<WaitingAppend>? Node { get; set; }

        public TaskCompletionSource<ChannelPosition> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
