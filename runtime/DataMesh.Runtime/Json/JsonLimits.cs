namespace DataMesh.Json;

/// <summary>Bounds on what is read, so that no document can exhaust stack or memory.</summary>
public static class JsonLimits
{
    /// <summary>How deep objects and arrays may nest. Deeper documents are refused with <see cref="ValidationCodes.Limit"/>.</summary>
    public const int MaxDepth = 256;

    /// <summary>The largest document in bytes (64 MiB). Larger ones are refused with <see cref="ValidationCodes.Limit"/>.</summary>
    public const int MaxLength = 64 * 1024 * 1024;
}
