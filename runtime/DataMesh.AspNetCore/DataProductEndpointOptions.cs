namespace DataMesh.AspNetCore;

/// <summary>How documents are taken over HTTP.</summary>
public sealed record DataProductEndpointOptions
{
    /// <summary>Larger bodies are answered 413; 1 MiB. Holds for chunked bodies too.</summary>
    public int MaxBodyBytes { get; init; } = 1024 * 1024;

    /// <summary>The body of a 200, which is given only after the channel's acknowledgement.</summary>
    public string AcceptedText { get; init; } = "ok";

    /// <summary>What <c>Retry-After</c> says with a 503; whole seconds.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromSeconds(5);
}
