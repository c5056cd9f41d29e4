using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using DataMesh.Channels;

namespace DataMesh.CloudEvents;

/// <summary>What is done with a record that is not a valid event, before the next one is read.</summary>
/// <param name="invalid">The record and its errors.</param>
/// <param name="cancellationToken">The token of the loop.</param>
public delegate ValueTask InvalidRecordHandler(ReceivedRecord invalid, CancellationToken cancellationToken);

/// <summary>How an <see cref="EventConsumer"/> reads.</summary>
public sealed record EventConsumerOptions
{
    /// <summary>Where reading starts.</summary>
    public ReadFrom From { get; init; } = ReadFrom.Stored;

    /// <summary>When a record counts as handled.</summary>
    public HandledWhen Handled { get; init; } = HandledWhen.NextIsRead;

    /// <summary>
    /// Takes the records that are not valid events, which then do not appear in the loop; they count as handled when it is
    /// done, and an exception of it ends the loop. Null: they appear in the loop, with <see cref="ReceivedRecord.IsValid"/> false.
    /// </summary>
    public InvalidRecordHandler? OnInvalid { get; init; }

    /// <summary>Extension attributes whose type is known, besides the documented ones.</summary>
    public FrozenDictionary<string, CloudEventAttribute> KnownAttributes { get; init; } =
        FrozenDictionary<string, CloudEventAttribute>.Empty;
}

/// <summary>When a record counts as handled, so that a restart does not deliver it again.</summary>
public enum HandledWhen
{
    /// <summary>When the loop comes back for the next one; not when it is left by an exception or a break.</summary>
    NextIsRead,

    /// <summary>When <see cref="ReceivedRecord.MarkHandled"/> is called: for loops that hand events to other tasks.</summary>
    Marked,
}

/// <summary>Reads events off a channel, at least once each. Every loop is a reader of its own.</summary>
/// <param name="channel">Where events come from. It is not disposed by the consumer.</param>
/// <param name="options">The defaults when null.</param>
public sealed class EventConsumer(IChannel channel, EventConsumerOptions? options = null)
{
    private readonly EventConsumerOptions _options = options ?? new();

    /// <summary>
    /// Reads the events of a product's type; events of other types are passed over. A record that is no valid event, or whose
    /// data is not a valid product, does not end the loop: it appears in it, or goes to <see cref="EventConsumerOptions.OnInvalid"/>.
    /// </summary>
    public IAsyncEnumerable<ReceivedEvent<T>> ReadAsync<T>(CancellationToken cancellationToken = default)
        where T : IDataProduct<T>
    {
        // Not inside the iterator: the end of the channel is where it is now, not when the loop starts.
        return Read(channel.ReadAsync(_options.From, cancellationToken), Decode<T>, cancellationToken);
    }

    /// <summary>Reads events of every type; their data is not looked into.</summary>
    public IAsyncEnumerable<ReceivedEvent> ReadAsync(CancellationToken cancellationToken = default) =>
        Read(channel.ReadAsync(_options.From, cancellationToken), Decode, cancellationToken);

    private async IAsyncEnumerable<TReceived> Read<TReceived>(
        IAsyncEnumerable<ChannelRecord> records,
        Func<ChannelRecord, TReceived?> decode,
        [EnumeratorCancellation] CancellationToken cancellationToken)
        where TReceived : ReceivedRecord
    {
        await foreach (var record in records.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (decode(record) is not { } received)
            {
                record.MarkHandled();
            }
            else if (!received.IsValid && _options.OnInvalid is { } onInvalid)
            {
                await onInvalid(received, cancellationToken).ConfigureAwait(false);
                record.MarkHandled();
            }
            else
            {
                yield return received;
                if (_options.Handled == HandledWhen.NextIsRead)
                    record.MarkHandled();
            }
        }
    }

    private ReceivedEvent Decode(ChannelRecord record)
    {
        KafkaBinding.TryDecode(record.Message, out var cloudEvent, out var result, _options.KnownAttributes);
        return new(record, cloudEvent, result);
    }

    private ReceivedEvent<T>? Decode<T>(ChannelRecord record)
        where T : IDataProduct<T>
    {
        if (!KafkaBinding.TryDecode(record.Message, out var cloudEvent, out var result, _options.KnownAttributes))
            return new(record, null, result);
        if (cloudEvent.Type != T.Descriptor.EventType)
            return null;
        CloudEvent<T>.TryRead(cloudEvent, out var typed, out result);
        return new(record, typed, result);
    }
}
