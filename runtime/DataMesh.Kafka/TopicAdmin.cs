using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace DataMesh.Kafka;

/// <summary>Questions about the topic, asked over the producer's connections.</summary>
internal sealed class TopicAdmin(Handle handle, string topic) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(2);

    private readonly IAdminClient _client = new DependentAdminClientBuilder(handle).Build();

    /// <summary>The topic's partitions, ascending.</summary>
    /// <exception cref="KafkaException">The cluster did not answer, or there is no such topic.</exception>
    public Task<IReadOnlyList<TopicPartition>> PartitionsAsync() => Task.Run<IReadOnlyList<TopicPartition>>(() =>
    {
        // The metadata request, which clients live on, rather than the newer one that describes topics: every broker and every
        // access control has it. The client only offers it as a call that blocks.
        TopicMetadata metadata = _client.GetMetadata(topic, RequestTimeout).Topics.Single(t => t.Topic == topic);
        if (metadata.Error.IsError)
            throw new KafkaException(metadata.Error);
        return [.. metadata.Partitions.Select(p => new TopicPartition(topic, p.PartitionId)).OrderBy(p => p.Partition.Value)];
    });

    /// <summary>Where each partition ends now: the offset that the next record will get.</summary>
    /// <exception cref="KafkaException">The cluster did not answer, or there is no such topic.</exception>
    public async Task<IReadOnlyList<TopicPartitionOffset>> EndsAsync()
    {
        IReadOnlyList<TopicPartition> partitions = await PartitionsAsync().ConfigureAwait(false);
        ListOffsetsResult result = await _client.ListOffsetsAsync(
            partitions.Select(p => new TopicPartitionOffsetSpec { TopicPartition = p, OffsetSpec = OffsetSpec.Latest() }),
            new ListOffsetsOptions { RequestTimeout = RequestTimeout }).ConfigureAwait(false);
        return [.. result.ResultInfos.Select(info => info.TopicPartitionOffsetError.TopicPartitionOffset)];
    }

    public void Dispose() => _client.Dispose();
}
