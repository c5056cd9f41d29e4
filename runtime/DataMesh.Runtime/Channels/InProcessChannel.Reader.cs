using System.Threading.Tasks.Sources;

namespace DataMesh.Channels;

public sealed partial class InProcessChannel
{
    /// <summary>Each enumeration is a reader of its own.</summary>
    private sealed class Sequence(InProcessChannel channel, long? position, CancellationToken cancellationToken)
        : IAsyncEnumerable<ChannelRecord>
    {
        public IAsyncEnumerator<ChannelRecord> GetAsyncEnumerator(CancellationToken enumeratorToken = default)
        {
            lock (channel._gate)
            {
                var reader = new Reader(channel, position ?? channel._records.Start, cancellationToken, enumeratorToken);
                channel._readers.Add(reader);
                return reader;
            }
        }
    }

    /// <summary>
    /// A position in the log. It waits as its own value task source, so that reading allocates nothing a record.
    /// Everything but <see cref="Current"/> is touched under the channel's lock.
    /// </summary>
    private sealed class Reader : IAsyncEnumerator<ChannelRecord>, IValueTaskSource<bool>
    {
        private readonly InProcessChannel _channel;
        private readonly CancellationToken _first;
        private readonly CancellationToken _second;
        private readonly CancellationTokenRegistration _onFirst;
        private readonly CancellationTokenRegistration _onSecond;
        private ManualResetValueTaskSourceCore<bool> _wait = new() { RunContinuationsAsynchronously = true };
        private bool _isWaiting;
        private bool _disposed;

        public Reader(InProcessChannel channel, long position, CancellationToken first, CancellationToken second)
        {
            _channel = channel;
            Position = position;
            _first = first;
            _second = second;
            _onFirst = Register(first);
            _onSecond = first == second ? default : Register(second);
        }

        /// <summary>The offset of the record that is read next.</summary>
        public long Position { get; private set; }

        public ChannelRecord Current { get; private set; } = null!;

        public ValueTask<bool> MoveNextAsync()
        {
            lock (_channel._gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                _first.ThrowIfCancellationRequested();
                _second.ThrowIfCancellationRequested();
                if (Position < _channel._records.Start)
                    throw _channel.OutOfRange(Position);
                if (Position < _channel._records.End)
                {
                    Take();
                    _channel.AdmitWaiting();
                    return new(true);
                }
                if (_channel._completed)
                    return new(false);
                _wait.Reset();
                _isWaiting = true;
                return new(this, _wait.Version);
            }
        }

        /// <summary>Under the lock: there is a record to take, or the channel is completed.</summary>
        public void Wake()
        {
            if (!_isWaiting)
                return;
            _isWaiting = false;
            var found = Position < _channel._records.End;
            if (found)
                Take();
            _wait.SetResult(found);
        }

        public ValueTask DisposeAsync()
        {
            lock (_channel._gate)
            {
                if (_disposed)
                    return ValueTask.CompletedTask;
                _disposed = true;
                _channel._readers.Remove(this);
                _channel.AdmitWaiting();
            }
            _onFirst.Dispose();
            _onSecond.Dispose();
            return ValueTask.CompletedTask;
        }

        bool IValueTaskSource<bool>.GetResult(short token) => _wait.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _wait.GetStatus(token);

        void IValueTaskSource<bool>.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            _wait.OnCompleted(continuation, state, token, flags);

        private void Take() => Current = _channel._records[Position++];

        private CancellationTokenRegistration Register(CancellationToken token) =>
            token.UnsafeRegister(static (state, cancelled) => ((Reader)state!).Cancel(cancelled), this);

        private void Cancel(CancellationToken token)
        {
            lock (_channel._gate)
            {
                if (!_isWaiting)
                    return;
                _isWaiting = false;
                _wait.SetException(new OperationCanceledException(token));
            }
        }
    }
}
