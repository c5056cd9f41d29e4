using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace DataMesh.Kafka;

/// <summary>Questions about the topic, asked over the producer's connections.</summary>
internal sealed class TopicAdmin(Handle handle, string topic) : IDisposable
{
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(3);

    private readonly IAdminClient _client = new DependentAdminClientBuilder(handle).Build();

    /// <summary>The topic's partitions, ascending.</summary>
    /// <exception cref="KafkaException">The cluster did not answer, or there is no such topic.</exception>
    public async Task<IReadOnlyList<TopicPartition>> PartitionsAsync()
    {
        try
        {
            DescribeTopicsResult result = await _client.DescribeTopicsAsync(
                TopicCollection.OfTopicNames([topic]), new DescribeTopicsOptions { RequestTimeout = RequestTimeout }).ConfigureAwait(false);
            return [.. result.TopicDescriptions[0].Partitions.Select(p => new TopicPartition(topic, p.Partition)).OrderBy(p => p.Partition.Value)];
        }
        catch (DescribeTopicsException e) when (e.Results.TopicDescriptions is [{ Error.IsError: true } description])
        {
            throw new KafkaException(description.Error);
        }
    }

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
