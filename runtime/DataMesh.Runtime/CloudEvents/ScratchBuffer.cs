using System.Buffers;

namespace DataMesh.CloudEvents;

/// <summary>One buffer a thread in which events are put together before their exact length is known.</summary>
internal static class ScratchBuffer
{
    // A thread does not hold on to more than this after a large event.
    private const int MaxKept = 256 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _kept;

    /// <summary>An empty buffer. A writer that publishes in its turn gets another one.</summary>
    public static ArrayBufferWriter<byte> Take()
    {
        var buffer = _kept ?? new ArrayBufferWriter<byte>(1024);
        _kept = null;
        return buffer;
    }

    /// <summary>Gives the buffer back and its content as an array of its own.</summary>
    public static byte[] Return(ArrayBufferWriter<byte> buffer)
    {
        var content = buffer.WrittenSpan.ToArray();
        Discard(buffer);
        return content;
    }

    /// <summary>Gives the buffer back; its content is not wanted.</summary>
    public static void Discard(ArrayBufferWriter<byte> buffer)
    {
        if (buffer.Capacity > MaxKept)
            return;
        buffer.ResetWrittenCount();
        _kept = buffer;
    }
}
