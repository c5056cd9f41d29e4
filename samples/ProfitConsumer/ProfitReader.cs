using DataMesh.Channels;
using DataMesh.CloudEvents;
using DataMesh.Kafka;

namespace DataMesh.ProfitConsumer;

/// <summary>Reads identities until it is stopped. An event counts as handled once its profit was made.</summary>
/// <param name="output">Where profits go, one line each.</param>
/// <param name="errors">Where complaints go.</param>
internal sealed class ProfitReader(TextWriter output, TextWriter errors)
{
    /// <returns>The exit code: 0 when it was stopped, 1 when the channel failed for good.</returns>
    public async Task<int> RunAsync(IReadOnlyDictionary<string, string> client, string topic, string group, CancellationToken stop)
    {
        await using var channel = new KafkaChannel(new KafkaChannelOptions
        {
            Topic = topic,
            Client = client,
            Consumer = [new("group.id", group)],
        });
        await errors.WriteLineAsync($"reading {topic} as {group}; Ctrl+C ends");
        try
        {
            await foreach (ReceivedEvent<Identity> received in new EventConsumer(channel).ReadAsync<Identity>(stop))
            {
                if (received.IsValid)
                    await output.WriteLineAsync(Profit(received.Data));
                else
                    await errors.WriteLineAsync($"no profit from partition {received.Record.Position.Partition}, offset {received.Record.Position.Offset}: {received.Result}");
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
        catch (ChannelException e)
        {
            await errors.WriteLineAsync(e.Message);
            return 1;
        }

        return 0;
    }

    /// <summary>The article's last step: typed data, no parsing, no checking, only what one is here for.</summary>
    internal static string Profit(Identity identity) => identity.Age is { } age
        ? FormattableString.Invariant($"profit: {identity.First} {identity.Last}, {age}")
        : $"profit: {identity.First} {identity.Last}, of unknown age";
}
