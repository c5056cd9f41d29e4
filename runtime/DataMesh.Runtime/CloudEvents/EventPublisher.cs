using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using DataMesh.Channels;

namespace DataMesh.CloudEvents;

/// <summary>How an <see cref="EventPublisher"/> lays events out.</summary>
public sealed record EventPublisherOptions
{
    /// <summary>Binary (the default: the record's value is the data) or structured.</summary>
    public CloudEventContentMode Mode { get; init; } = CloudEventContentMode.Binary;

    /// <summary>The <c>source</c> of new events, a URI-reference; null for the product's own.</summary>
    public string? Source { get; init; }

    /// <summary>Uses an event's <c>partitionkey</c> as the record's key where no key was given. The attribute stays in the event.</summary>
    public bool PartitionKeyAsRecordKey { get; init; }

    /// <summary>The clock of the <c>time</c> attribute.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}

/// <summary>Validates data products, wraps them in events and appends them to a channel. Safe for use by several threads.</summary>
public sealed class EventPublisher
{
    private readonly IChannel _channel;
    private readonly EventPublisherOptions _options;
    private readonly ConcurrentDictionary<DataProductDescriptor, ImmutableArray<ChannelHeader>> _constantHeaders = new();

    /// <param name="channel">Where events go. It is not disposed by the publisher.</param>
    /// <param name="options">The layout; the defaults when null.</param>
    public EventPublisher(IChannel channel, EventPublisherOptions? options = null)
    {
        _channel = channel;
        _options = options ?? new();
        KafkaBinding.RequireSingle(_options.Mode);
        if (_options.Source is { } source && !UriSyntax.IsReference(source))
            throw new ArgumentException("the source must be a URI-reference", nameof(options));
    }

    /// <summary>Validates a value, wraps it in a new event, and completes when the channel has acknowledged it.</summary>
    /// <returns>Where the event's record stands.</returns>
    /// <exception cref="ValidationException">The value is not valid; nothing was sent.</exception>
    /// <exception cref="ChannelException">There was no acknowledgement.</exception>
    public ValueTask<ChannelPosition> PublishAsync<T>(T data, CancellationToken cancellationToken = default)
        where T : IDataProduct<T>
    {
        data.Validate().ThrowIfInvalid();
        var envelope = Start(T.Descriptor);
        data.WriteTo(envelope.Buffer);
        return _channel.AppendAsync(Finish(envelope), cancellationToken);
    }

    /// <summary>Validates an event's data and appends the event as it is.</summary>
    /// <param name="cloudEvent">The event; sending it again keeps its id.</param>
    /// <param name="key">The record's key: events with equal keys keep their order.</param>
    /// <param name="cancellationToken">Gives up waiting; the event may still arrive.</param>
    /// <returns>Where the event's record stands.</returns>
    /// <exception cref="ValidationException">The value is not valid; nothing was sent.</exception>
    /// <exception cref="ChannelException">There was no acknowledgement.</exception>
    public ValueTask<ChannelPosition> PublishAsync<T>(
        CloudEvent<T> cloudEvent, ReadOnlyMemory<byte>? key = null, CancellationToken cancellationToken = default)
        where T : IDataProduct<T>
    {
        cloudEvent.Data.Validate().ThrowIfInvalid();
        if (key is null && _options.PartitionKeyAsRecordKey && cloudEvent.Extensions.TryGetValue("partitionkey", out var partitionKey))
            key = Encoding.UTF8.GetBytes(partitionKey.ToString());
        return _channel.AppendAsync(KafkaBinding.Encode(cloudEvent, _options.Mode, key), cancellationToken);
    }

    /// <summary>
    /// Validates one JSON document while it is put into a new event, and appends that when it is valid. This is what stands
    /// behind an ingest endpoint: an invalid document is an answer, not an exception.
    /// </summary>
    /// <param name="product">The product that the document must be.</param>
    /// <param name="utf8">The document. It is not referenced once this method has returned its task.</param>
    /// <param name="cancellationToken">Gives up waiting; the event may still arrive.</param>
    /// <returns>The verdict; when it is valid, the event was acknowledged.</returns>
    /// <exception cref="ChannelException">There was no acknowledgement.</exception>
    public ValueTask<ValidationResult> IngestAsync(
        DataProductCodec product, ReadOnlySpan<byte> utf8, CancellationToken cancellationToken = default)
    {
        var envelope = Start(product.Descriptor);
        if (!product.TryTranscode(utf8, envelope.Buffer, out var result))
        {
            ScratchBuffer.Discard(envelope.Buffer);
            return new(result);
        }
        var append = _channel.AppendAsync(Finish(envelope), cancellationToken);
        return append.IsCompletedSuccessfully ? Completed(append) : Wait(append);

        static ValueTask<ValidationResult> Completed(ValueTask<ChannelPosition> append)
        {
            _ = append.Result;
            return new(ValidationResult.Valid);
        }

        static async ValueTask<ValidationResult> Wait(ValueTask<ChannelPosition> append)
        {
            await append.ConfigureAwait(false);
            return ValidationResult.Valid;
        }
    }

    private Envelope Start(DataProductDescriptor product)
    {
        var now = _options.TimeProvider.GetUtcNow();
        var envelope = new Envelope(product, ScratchBuffer.Take(), EventId.Next(now), now);
        if (_options.Mode == CloudEventContentMode.Structured)
            CloudEventJson.WriteStart(product, envelope.Id, _options.Source ?? product.EventSource, envelope.Time, envelope.Buffer);
        return envelope;
    }

    private ChannelMessage Finish(Envelope envelope)
    {
        var headers = _constantHeaders.GetOrAdd(
            envelope.Product,
            static (product, options) => KafkaBinding.GetConstantHeaders(product, options.Source ?? product.EventSource, options.Mode),
            _options);
        if (_options.Mode == CloudEventContentMode.Structured)
            CloudEventJson.WriteEnd(envelope.Buffer);
        else
            headers = KafkaBinding.AddIdentity(headers, envelope.Id, envelope.Time);
        return new(ScratchBuffer.Return(envelope.Buffer), key: null, headers);
    }

    private readonly record struct Envelope(
        DataProductDescriptor Product, System.Buffers.ArrayBufferWriter<byte> Buffer, Guid Id, DateTimeOffset Time);
}
