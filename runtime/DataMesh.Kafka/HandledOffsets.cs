namespace DataMesh.Kafka;

/// <summary>
/// What of one partition is in the reader's hands, and up to where everything was handled. Records are handed out in the order of
/// their offsets, gaps allowed, and handled in any order; what may be stored is the lowest offset that is not handled.
/// </summary>
/// <remarks>Filled by the reader, marked by any thread, and read by the consumer's thread.</remarks>
internal sealed class HandledOffsets
{
    private readonly Lock _gate = new();
    private readonly ManualResetEventSlim _empty = new(true);

    // A ring: from _first on, _count records that were handed out, ascending; those at the front are not handled.
    private (long Offset, bool Handled)[] _ring = new (long, bool)[16];
    private int _first;
    private int _count;
    private long _storable = -1;
    private long _stored = -1;
    private bool _revoked;

    /// <summary>A record goes to the reader; false when the partition is no longer ours and the record must not be handed out.</summary>
    public bool TryHandOut(long offset)
    {
        lock (_gate)
        {
            if (_revoked)
                return false;
            if (_count == _ring.Length)
                Grow();
            _ring[(_first + _count) & (_ring.Length - 1)] = (offset, false);
            _count++;
            _empty.Reset();
            return true;
        }
    }

    /// <summary>The reader is done with a record. Offsets that are not in its hands are ignored.</summary>
    public void MarkHandled(long offset)
    {
        lock (_gate)
        {
            int index = Find(offset);
            if (index < 0)
                return;
            At(index).Handled = true;
            while (_count > 0 && At(0).Handled)
            {
                _storable = At(0).Offset + 1;
                _first = (_first + 1) & (_ring.Length - 1);
                _count--;
            }

            if (_count == 0)
                _empty.Set();
        }
    }

    /// <summary>The offset to store, once for each time it has grown.</summary>
    public bool TryTakeStorable(out long offset)
    {
        lock (_gate)
        {
            offset = _storable;
            if (_storable == _stored)
                return false;
            _stored = _storable;
            return true;
        }
    }

    /// <summary>Nothing more is handed out.</summary>
    public void Revoke()
    {
        lock (_gate)
            _revoked = true;
    }

    /// <summary>Waits until everything handed out is handled; false when that took longer.</summary>
    public bool WaitUntilHandled(TimeSpan timeout) => _empty.Wait(timeout > TimeSpan.Zero ? timeout : TimeSpan.Zero);

    private ref (long Offset, bool Handled) At(int index) => ref _ring[(_first + index) & (_ring.Length - 1)];

    private int Find(long offset)
    {
        int low = 0;
        int high = _count - 1;
        while (low <= high)
        {
            int middle = (low + high) >> 1;
            long found = At(middle).Offset;
            if (found == offset)
                return middle;
            if (found < offset)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return -1;
    }

    private void Grow()
    {
        var larger = new (long, bool)[_ring.Length * 2];
        for (int i = 0; i < _count; i++)
            larger[i] = At(i);
        _ring = larger;
        _first = 0;
    }
}
