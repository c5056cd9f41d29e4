using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using DataMesh.Tests;

namespace DataMesh.Kafka.Tests;

/// <summary>Strangers read our events and we read theirs: kcat, and a program on the official CloudEvents SDK for Go.</summary>
public class PeerTests(CommonBroker common)
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, TimeSpan.Zero);

    [Fact]
    public async Task Kcat_sees_the_headers_the_key_and_the_data_of_a_binary_event()
    {
        common.Broker.RequireReal();
        string topic = await common.Broker.CreateTopicAsync();
        await using KafkaChannel channel = common.Open(topic);
        await channel.AppendAsync(KafkaBinding.Encode(Event("e-1"), CloudEventContentMode.Binary, "John"u8.ToArray()), Waiting.Deadline);

        string output = await RunAsync("kcat", "", "-C", "-q", "-e", "-b", common.Broker.Servers, "-t", topic, "-o", "beginning", "-f", @"%h|%k|%s\n");

        string[] parts = output.TrimEnd('\n').Split('|');
        Assert.Equal(
            new SortedSet<string>
            {
                "content-type=application/json", "ce_specversion=1.0", "ce_id=e-1", "ce_source=/people", "ce_type=people.Identity",
                "ce_subject=größe", "ce_time=2026-02-03T04:05:06Z", "ce_partitionkey=John",
            },
            new SortedSet<string>(parts[0].Split(',')));
        Assert.Equal("John", parts[1]);
        Assert.Equal("""{"first":"John","Last":"Döe","Age":40}""", parts[2]);
    }

    [Theory]
    [InlineData(CloudEventContentMode.Binary)]
    [InlineData(CloudEventContentMode.Structured)]
    public async Task The_Go_SDK_reads_our_events(CloudEventContentMode mode)
    {
        common.Broker.RequireReal();
        string peer = SharedFolder.Require("peers/go-peer/go-peer");
        string topic = await common.Broker.CreateTopicAsync();
        await using KafkaChannel channel = common.Open(topic);
        await channel.AppendAsync(KafkaBinding.Encode(Event("e-1"), mode), Waiting.Deadline);
        await channel.AppendAsync(KafkaBinding.Encode(Event("e-2"), mode), Waiting.Deadline);

        string output = await RunAsync(peer, "", "receive", "-kafka", common.Broker.Servers, "-topic", topic, "-count", "2");

        // The SDK hands events to goroutines, which print them in any order.
        JsonElement[] events = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .OrderBy(e => e.GetProperty("id").GetString(), StringComparer.Ordinal)];
        Assert.Equal(2, events.Length);
        for (int i = 0; i < events.Length; i++)
        {
            JsonElement received = events[i];
            Assert.Equal("1.0", received.GetProperty("specversion").GetString());
            Assert.Equal($"e-{i + 1}", received.GetProperty("id").GetString());
            Assert.Equal("/people", received.GetProperty("source").GetString());
            Assert.Equal("people.Identity", received.GetProperty("type").GetString());
            Assert.Equal("größe", received.GetProperty("subject").GetString());
            Assert.Equal("2026-02-03T04:05:06Z", received.GetProperty("time").GetString());
            Assert.Equal("application/json", received.GetProperty("datacontenttype").GetString());
            Assert.Equal("John", received.GetProperty("partitionkey").GetString());
            Assert.Equal("""{"first":"John","Last":"Döe","Age":40}""", received.GetProperty("data").GetRawText());
        }
    }

    [Theory]
    [InlineData("binary")]
    [InlineData("structured")]
    public async Task We_read_the_events_of_the_Go_SDK(string mode)
    {
        common.Broker.RequireReal();
        string peer = SharedFolder.Require("peers/go-peer/go-peer");
        string topic = await common.Broker.CreateTopicAsync();
        const string sent = """{"specversion":"1.0","id":"g-1","source":"/go","type":"people.Identity","subject":"größe","time":"2026-02-03T04:05:06.789Z","datacontenttype":"application/json","partitionkey":"John","data":{"first":"Jöhn","Last":"Doe"}}""";

        string answer = await RunAsync(peer, sent + "\n", "send", "-kafka", common.Broker.Servers, "-topic", topic, "-mode", mode);

        Assert.Contains("delivered", answer, StringComparison.Ordinal);
        await using KafkaChannel channel = common.Open(topic);
        await using IAsyncEnumerator<ReceivedEvent> events =
            new EventConsumer(channel).ReadAsync(Waiting.Deadline).GetAsyncEnumerator(Waiting.Deadline);
        Assert.True(await events.MoveNextAsync());
        ReceivedEvent received = events.Current;
        Assert.True(received.IsValid, received.Result.ToString());
        Assert.Equal("g-1", received.Event.Id);
        Assert.Equal("/go", received.Event.Source);
        Assert.Equal("people.Identity", received.Event.Type);
        Assert.Equal("größe", received.Event.Subject);
        Assert.Equal(Time.AddMilliseconds(789), received.Event.Time);
        Assert.Equal("application/json", received.Event.DataContentType);
        Assert.Equal("John", received.Event.Extensions["partitionkey"].ToString());
        Assert.Equal("""{"first":"Jöhn","Last":"Doe"}""", Encoding.UTF8.GetString(received.Event.Data!.Value.Span));
        Assert.Equal("John", Encoding.UTF8.GetString(received.Record.Key!.Value.Span));
        AssertMode(received.Record, mode);
    }

    /// <summary>The mode is the sender's, not an accident of what arrived.</summary>
    private static void AssertMode(ChannelRecord record, string mode) =>
        Assert.Equal(mode, KafkaBinding.GetMode(record.Headers).ToString(), ignoreCase: true);

    private static CloudEvent Event(string id) => new(id, "/people", "people.Identity")
    {
        Subject = "größe",
        Time = Time,
        DataContentType = "application/json",
        Extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty.WithComparers(StringComparer.Ordinal).Add("partitionkey", "John"),
        Data = """{"first":"John","Last":"Döe","Age":40}"""u8.ToArray(),
    };

    private static async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            string reason = $"no {program} on PATH";
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), reason);
            Assert.Skip(reason);
            throw;
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(Waiting.Deadline);
            Task<string> errors = process.StandardError.ReadToEndAsync(Waiting.Deadline);
            await process.StandardInput.WriteAsync(input);
            process.StandardInput.Close();
            await process.WaitForExitAsync(Waiting.Deadline);
            Assert.True(process.ExitCode == 0, $"{program} ended with {process.ExitCode}: {await errors}");
            return await output;
        }
    }
}
