// Measures one message in process, publishing to Kafka and the platform under HTTP load, each beside what else one would use, and
// prints one Markdown table. eng/bench.sh starts the broker and passes what is needed:
//
//   DataMesh.Benchmarks [--kafka host:port] [--platform PROGRAM] [--only message|publish|http]

using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using DataMesh.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
string? kafka = Argument("--kafka"), platform = Argument("--platform"), only = Argument("--only");
var results = new List<Result>();
if (only is null or "message")
    results.AddRange(InProcess.Run());
if (kafka is not null && only is null or "publish")
{
    await CreateTopicAsync("bench-publish");
    results.AddRange(await Publishing.RunAsync(kafka!, "bench-publish"));
}

if (kafka is not null && platform is not null && only is null or "http")
    results.AddRange(await HttpLoad.RunAsync(kafka!, platform!, CreateTopicAsync));

Console.WriteLine("| what | who | figure | time against ours | memory, latency |");
Console.WriteLine("|---|---|---|---|---|");
foreach (IGrouping<string, Result> task in results.GroupBy(result => result.Task))
{
    Result[] oursFirst = [.. task.OrderBy(result => !result.Contender.StartsWith("DataMesh", StringComparison.Ordinal))];
    double ours = oursFirst[0].Seconds;
    foreach (Result result in oursFirst)
        Console.WriteLine($"| {task.Key} | {result.Contender} | {result.Figure} | {result.Seconds / ours:0.00} | {result.Detail} |");
}

async Task CreateTopicAsync(string topic)
{
    using IAdminClient admin = new AdminClientBuilder(new AdminClientConfig { BootstrapServers = kafka }).Build();
    await admin.CreateTopicsAsync([new TopicSpecification { Name = topic, NumPartitions = 3, ReplicationFactor = 1 }]);
}

string? Argument(string name)
{
    int index = Array.IndexOf(args, name);
    return index >= 0 && index + 1 < args.Length ? args[index + 1] : null;
}
