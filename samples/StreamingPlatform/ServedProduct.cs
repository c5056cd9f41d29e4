using System.Runtime.CompilerServices;
using System.Text;
using DataMesh.CloudEvents;

namespace DataMesh.StreamingPlatform;

/// <summary>What the platform serves: a generated product, or one whose schema was not known when it was built.</summary>
/// <param name="Codec">Takes its documents.</param>
/// <param name="ReadAsync">Reads its events off the channel.</param>
internal sealed record ServedProduct(
    DataProductCodec Codec, Func<EventConsumer, CancellationToken, IAsyncEnumerable<LoggedEvent>> ReadAsync)
{
    /// <summary>A generated product; its events are read into the generated type.</summary>
    public static ServedProduct Of<T>()
        where T : IDataProduct<T> => new(DataProductCodec.For<T>(), ReadTypedAsync<T>);

    /// <summary>Any product; its events are read as they are.</summary>
    public static ServedProduct Of(DataProductCodec codec) =>
        new(codec, (consumer, cancellationToken) => ReadUntypedAsync(consumer, codec.Descriptor.EventType, cancellationToken));

    private static async IAsyncEnumerable<LoggedEvent> ReadTypedAsync<T>(EventConsumer consumer, [EnumeratorCancellation] CancellationToken cancellationToken)
        where T : IDataProduct<T>
    {
        await foreach (var received in consumer.ReadAsync<T>(cancellationToken))
            yield return received.IsValid ? new(received, received.Event, received.Data) : new(received, null, null);
    }

    private static async IAsyncEnumerable<LoggedEvent> ReadUntypedAsync(EventConsumer consumer, string type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var received in consumer.ReadAsync(cancellationToken))
        {
            if (!received.IsValid)
                yield return new(received, null, null);
            else if (received.Event.Type == type)
                yield return new(received, received.Event, Encoding.UTF8.GetString((received.Event.Data ?? default).Span));
        }
    }
}
