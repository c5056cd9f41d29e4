using System.Diagnostics;
using System.Globalization;
using DataMesh.CloudEvents;

namespace DataMesh.Kafka.Tests;

/// <summary>The consumer sample as a user runs it.</summary>
public class ProfitConsumerTests(CommonBroker common)
{
    [Fact]
    public async Task It_makes_a_profit_of_each_valid_event_and_goes_on_where_it_was_stopped()
    {
        // Started twice in one group, which takes the client's mock cluster a whole session timeout.
        common.Broker.RequireReal();
        string topic = await common.Broker.CreateTopicAsync();
        await using KafkaChannel channel = common.Open(topic);
        await SendAsync("""{"first":"John","Last":"Doe","Age":40}""", CloudEventContentMode.Binary);
        await SendAsync("""{"first":"John","Last":"Doe","Age":140}""", CloudEventContentMode.Binary);
        await SendAsync("""{"first":"Jane","Last":"Doe"}""", CloudEventContentMode.Structured);

        using (Process consumer = Start(topic))
        {
            Assert.Equal("profit: John Doe, 40", await consumer.StandardOutput.ReadLineAsync(Waiting.Deadline));
            Assert.Equal("profit: Jane Doe, of unknown age", await consumer.StandardOutput.ReadLineAsync(Waiting.Deadline));
            Assert.Equal($"reading {topic} as profit-{topic}; Ctrl+C ends", await consumer.StandardError.ReadLineAsync(Waiting.Deadline));
            Assert.Equal(
                "no profit from partition 0, offset 1: #Identity.Age: invalid value 140 (out of bound <130)",
                await consumer.StandardError.ReadLineAsync(Waiting.Deadline));
            await SendAsync("""{"first":"Third","Last":"One"}""", CloudEventContentMode.Binary);
            Assert.Equal("profit: Third One, of unknown age", await consumer.StandardOutput.ReadLineAsync(Waiting.Deadline));
            await StopAsync(consumer);
        }

        await SendAsync("""{"first":"Fourth","Last":"One","Age":0.5}""", CloudEventContentMode.Structured);
        using (Process consumer = Start(topic))
        {
            string? first = await consumer.StandardOutput.ReadLineAsync(Waiting.Deadline);
            // At least once: the last one may come again, since nothing says that its line was written before the stop.
            if (first == "profit: Third One, of unknown age")
                first = await consumer.StandardOutput.ReadLineAsync(Waiting.Deadline);
            Assert.Equal("profit: Fourth One, 0.5", first);
            await StopAsync(consumer);
        }

        async Task SendAsync(string json, CloudEventContentMode mode) => await channel.AppendAsync(
            KafkaBinding.Encode(
                new CloudEvent(Guid.NewGuid().ToString(), "/tests", Type) { DataContentType = "application/json", Data = System.Text.Encoding.UTF8.GetBytes(json) },
                mode),
            Waiting.Deadline);
    }

    private static string Type => DataMesh.ProfitConsumer.Identity.Descriptor.EventType;

    private Process Start(string topic) => Process.Start(new ProcessStartInfo(
        Path.Combine(AppContext.BaseDirectory, "ProfitConsumer"),
        ["--kafka", common.Broker.Servers, "--topic", topic, "--group", "profit-" + topic])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task StopAsync(Process consumer)
    {
        using Process kill = Process.Start("kill", ["-TERM", consumer.Id.ToString(CultureInfo.InvariantCulture)]);
        await consumer.WaitForExitAsync(Waiting.Deadline);
        Assert.Equal(0, consumer.ExitCode);
    }
}
