using DataMesh.Channels;

namespace DataMesh.CloudEvents;

/// <summary>A record taken off a channel, and what was made of it.</summary>
public abstract class ReceivedRecord
{
    private protected ReceivedRecord(ChannelRecord record, ValidationResult result)
    {
        Record = record;
        Result = result;
    }

    /// <summary>The record as it stands in the channel: position, key, headers and bytes.</summary>
    public ChannelRecord Record { get; }

    /// <summary>Every error in the envelope or in the data; valid when there is an event.</summary>
    public ValidationResult Result { get; }

    /// <summary>True when the record is an event with valid data.</summary>
    public bool IsValid => Result.IsValid;

    /// <summary>See <see cref="ChannelRecord.MarkHandled"/>; needed with <see cref="HandledWhen.Marked"/> only.</summary>
    public void MarkHandled() => Record.MarkHandled();

    private protected InvalidOperationException Invalid() => new(
        $"the record at partition {Record.Position.Partition}, offset {Record.Position.Offset} is not a valid event: {Result}");
}

/// <summary>A record that is to be an event of any type.</summary>
public sealed class ReceivedEvent : ReceivedRecord
{
    private readonly CloudEvent? _event;

    internal ReceivedEvent(ChannelRecord record, CloudEvent? cloudEvent, ValidationResult result)
        : base(record, result) => _event = cloudEvent;

    /// <summary>The event.</summary>
    /// <exception cref="InvalidOperationException">The record is not valid; the message says why.</exception>
    public CloudEvent Event => _event ?? throw Invalid();
}

/// <summary>A record that is to be an event with a data product.</summary>
/// <typeparam name="T">The product.</typeparam>
public sealed class ReceivedEvent<T> : ReceivedRecord
    where T : IDataProduct<T>
{
    private readonly CloudEvent<T>? _event;

    internal ReceivedEvent(ChannelRecord record, CloudEvent<T>? cloudEvent, ValidationResult result)
        : base(record, result) => _event = cloudEvent;

    /// <summary>The event: the data and its envelope.</summary>
    /// <exception cref="InvalidOperationException">The record is not valid; the message says why.</exception>
    public CloudEvent<T> Event => _event ?? throw Invalid();

    /// <summary>The typed data.</summary>
    /// <exception cref="InvalidOperationException">The record is not valid; the message says why.</exception>
    public T Data => Event.Data;
}
