using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DataMesh.CloudEvents;

/// <summary>
/// Event ids: UUIDs of version 7 (RFC 9562, section 5.7), so that ids made later sort later. The random bits come from the
/// system's cryptographic generator in blocks, because a system call for every event would cost more than all else that is
/// done to publish it.
/// </summary>
internal static class EventId
{
    private const int RandomBytes = 10;
    private const int BlockIds = 256;

    [ThreadStatic]
    private static byte[]? _block;

    [ThreadStatic]
    private static int _used;

    /// <summary>A new id.</summary>
    /// <param name="now">The time it carries, to the millisecond; not before 1970.</param>
    public static Guid Next(DateTimeOffset now)
    {
        byte[] block = _block ??= new byte[RandomBytes * BlockIds];
        int used = _used;
        if (used == 0)
            RandomNumberGenerator.Fill(block);
        _used = used + 1 == BlockIds ? 0 : used + 1;

        Span<byte> random = block.AsSpan(used * RandomBytes, RandomBytes);
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, now.ToUnixTimeMilliseconds() << 16);
        random.CopyTo(id[6..]);
        // Bytes that became an id are not kept where they could be read again.
        random.Clear();
        id[6] = (byte)((id[6] & 0x0F) | 0x70);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
