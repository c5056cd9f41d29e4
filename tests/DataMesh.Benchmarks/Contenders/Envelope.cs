using System.Buffers;
using System.Text.Json;

namespace DataMesh.Benchmarks.Contenders;

/// <summary>A structured-mode event through a reused <see cref="Utf8JsonWriter"/>, for contenders that bring none.</summary>
internal sealed class Envelope
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1024);
    private readonly Utf8JsonWriter _writer;

    public Envelope() => _writer = new Utf8JsonWriter(_buffer);

    public int Write<T>(T data, Action<Utf8JsonWriter, T> writeData)
    {
        _buffer.ResetWrittenCount();
        _writer.Reset(_buffer);
        _writer.WriteStartObject();
        _writer.WriteString("specversion"u8, "1.0"u8);
        _writer.WriteString("type"u8, "Identity"u8);
        _writer.WriteString("datacontenttype"u8, "application/json"u8);
        _writer.WriteString("source"u8, "/identity"u8);
        _writer.WriteString("id"u8, Guid.CreateVersion7());
        _writer.WriteString("time"u8, DateTimeOffset.UtcNow);
        _writer.WritePropertyName("data"u8);
        writeData(_writer, data);
        _writer.WriteEndObject();
        _writer.Flush();
        return _buffer.WrittenCount;
    }
}
