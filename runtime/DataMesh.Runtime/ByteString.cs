namespace DataMesh;

/// <summary>Immutable bytes that compare by content; a base64 string in JSON.</summary>
/// <param name="memory">The bytes; they must not change afterwards.</param>
public readonly struct ByteString(ReadOnlyMemory<byte> memory) : IEquatable<ByteString>
{
    /// <summary>The bytes.</summary>
    public ReadOnlyMemory<byte> Memory { get; } = memory;

    /// <summary>Takes the bytes.</summary>
    public static implicit operator ByteString(byte[] bytes) => new(bytes);

    /// <summary>Takes the bytes.</summary>
    public static implicit operator ByteString(ReadOnlyMemory<byte> bytes) => new(bytes);

    /// <summary>Gives the bytes.</summary>
    public static implicit operator ReadOnlyMemory<byte>(ByteString bytes) => bytes.Memory;

    /// <exception cref="FormatException">The text is not base64.</exception>
    public static ByteString FromBase64(string text) => new(Convert.FromBase64String(text));

    /// <inheritdoc/>
    public bool Equals(ByteString other) => Memory.Span.SequenceEqual(other.Memory.Span);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is ByteString other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(Memory.Span);
        return hash.ToHashCode();
    }

    /// <summary>The bytes in base64.</summary>
    public override string ToString() => Convert.ToBase64String(Memory.Span);

    /// <summary>Equality of the bytes.</summary>
    public static bool operator ==(ByteString left, ByteString right) => left.Equals(right);

    /// <summary>Inequality of the bytes.</summary>
    public static bool operator !=(ByteString left, ByteString right) => !left.Equals(right);
}
