namespace DataMesh.Channels;

/// <summary>The newest records of a log, bounded in number and bytes: a ring that grows as needed.</summary>
internal sealed class RetainedRecords(int maxRecords, long maxBytes)
{
    // What the objects around a record's bytes cost, roughly; keeps empty records from being free.
    private const int Overhead = 128;

    private (ChannelRecord Record, long Size)[] _ring = new (ChannelRecord, long)[Math.Min(16, maxRecords)];
    private int _head;
    private int _count;
    private long _bytes;

    /// <summary>The offset of the oldest record kept; <see cref="End"/> when there is none.</summary>
    public long Start { get; private set; }

    /// <summary>The offset that the next record will have.</summary>
    public long End => Start + _count;

    public ChannelRecord this[long offset] => _ring[(_head + (int)(offset - Start)) % _ring.Length].Record;

    public static long SizeOf(in ChannelMessage message)
    {
        long size = (message.Value?.Length ?? 0) + (message.Key?.Length ?? 0);
        foreach (var header in message.Headers)
            size += header.Name.Length + header.Value.Length;
        return size;
    }

    public bool Fits(long size) => _count == 0 || (_count < maxRecords && _bytes + size + Overhead <= maxBytes);

    public void Add(ChannelRecord record, long size)
    {
        if (_count == _ring.Length)
            Grow();
        _ring[(_head + _count) % _ring.Length] = (record, size);
        _count++;
        _bytes += size + Overhead;
    }

    public void RemoveOldest()
    {
        _bytes -= _ring[_head].Size + Overhead;
        _ring[_head] = default;
        _head = (_head + 1) % _ring.Length;
        _count--;
        Start++;
    }

    private void Grow()
    {
        var larger = new (ChannelRecord, long)[(int)Math.Min(2L * _ring.Length, maxRecords)];
        for (var i = 0; i < _count; i++)
            larger[i] = _ring[(_head + i) % _ring.Length];
        _ring = larger;
        _head = 0;
    }
}
