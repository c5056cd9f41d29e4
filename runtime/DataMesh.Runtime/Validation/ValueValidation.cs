using System.Buffers;

namespace DataMesh.Validation;

/// <summary>Checks values that were built in C#: they are written and read back, so that there is one set of rules only.</summary>
public static class ValueValidation
{
    private const int KeptCapacity = 64 * 1024;

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _buffer;

    /// <summary>The verdict on what <see cref="IDataProduct{TSelf}.WriteTo"/> writes.</summary>
    public static ValidationResult Validate<T>(T value)
        where T : IDataProduct<T>
    {
        // A product's own code could validate another product while this one is written: then the buffer is taken.
        ArrayBufferWriter<byte> buffer = _buffer ?? new ArrayBufferWriter<byte>(1024);
        _buffer = null;
        buffer.ResetWrittenCount();
        value.WriteTo(buffer);
        ValidationResult result = T.Validate(buffer.WrittenSpan);
        if (buffer.Capacity <= KeptCapacity)
            _buffer = buffer;
        return result;
    }
}
