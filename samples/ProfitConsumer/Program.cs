// The receiving half of the article, at the other end of the topic:
//
//     filter_events_from_channel | read_from_channel | unmarshal_event | unmarshal_data | profit
//
//   dotnet run --project samples/ProfitConsumer -- --kafka localhost:9092

using System.CommandLine;
using DataMesh.ProfitConsumer;

var kafka = new Option<string>("--kafka")
{
    Description = "The Kafka cluster, host:port[,host:port].",
    DefaultValueFactory = _ => "localhost:9092",
};
var topic = new Option<string>("--topic")
{
    Description = "The topic to read.",
    DefaultValueFactory = _ => "identities",
};
var group = new Option<string>("--group")
{
    Description = "The consumer group: where it left off is where it starts again.",
    DefaultValueFactory = _ => "profit",
};
var clientOption = new Option<string[]>("--kafka-option")
{
    Description = "An option of the Kafka client as librdkafka names it, name=value; may be repeated.",
};
clientOption.Validators.Add(result =>
{
    foreach (string pair in result.Tokens.Select(token => token.Value).Where(pair => pair.IndexOf('=') <= 0))
        result.AddError($"--kafka-option takes name=value, not '{pair}'.");
});

var command = new RootCommand("Reads identities from Kafka and makes a profit of them.") { kafka, topic, group, clientOption };
command.SetAction((arguments, cancellationToken) =>
{
    var client = new Dictionary<string, string> { ["bootstrap.servers"] = arguments.GetRequiredValue(kafka) };
    foreach (string pair in arguments.GetValue(clientOption) ?? [])
        client[pair[..pair.IndexOf('=')]] = pair[(pair.IndexOf('=') + 1)..];
    return new ProfitReader(Console.Out, Console.Error)
        .RunAsync(client, arguments.GetRequiredValue(topic), arguments.GetRequiredValue(group), cancellationToken);
});
// Time to make the last profit, to commit its offset and to leave the group.
return await command.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromSeconds(15) });
