namespace DataMesh.Channels;

/// <summary>How a channel is, for health checks and logs.</summary>
/// <param name="Kind">The implementation: <c>embedded</c>, <c>kafka</c>.</param>
/// <param name="State">Whether records can be appended.</param>
/// <param name="Detail">One line for people: what it is connected to, or why it is not; never a secret.</param>
public sealed record ChannelStatus(string Kind, ChannelState State, string? Detail = null);

/// <summary>Whether a channel can take records.</summary>
public enum ChannelState
{
    /// <summary>Records are taken.</summary>
    Ready,

    /// <summary>The broker cannot be reached at the moment; the channel goes on trying.</summary>
    Unavailable,

    /// <summary>Completed, disposed or failed for good: no more records.</summary>
    Closed,
}
