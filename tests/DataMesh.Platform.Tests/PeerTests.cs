using System.Collections.Immutable;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using DataMesh.CloudEvents;
using DataMesh.Tests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace DataMesh.Platform.Tests;

/// <summary>The HTTP binding against a program on the official CloudEvents SDK for Go.</summary>
public sealed class PeerTests
{
    private static readonly CloudEvent Sample = new("e-1", "/people", "people.Identity")
    {
        Subject = "s",
        Time = new DateTimeOffset(2026, 2, 3, 4, 5, 6, TimeSpan.Zero),
        DataContentType = "application/json",
        Extensions = ImmutableSortedDictionary<string, CloudEventValue>.Empty.Add("partitionkey", "John"),
        Data = """{"first":"John","Last":"Doe","Age":40}"""u8.ToArray(),
    };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(CloudEventContentMode.Binary)]
    [InlineData(CloudEventContentMode.Structured)]
    public async Task The_Go_SDK_reads_our_events(CloudEventContentMode mode)
    {
        var port = KafkaBroker.FreePort();
        // After as many as it was asked for it is gone before it has answered.
        using var peer = Start("receive", "-listen", $"127.0.0.1:{port}", "-count", "2");
        try
        {
            var message = HttpBinding.Encode(Sample, mode);
            using var client = new HttpClient();
            while (!await TrySendAsync(client, new($"http://127.0.0.1:{port}/"), message))
                Assert.False(peer.HasExited);
            using var read = JsonDocument.Parse((await peer.StandardOutput.ReadLineAsync(Token))!);
            var root = read.RootElement;
            foreach (var (name, value) in new[]
            {
                ("specversion", "1.0"), ("id", "e-1"), ("source", "/people"), ("type", "people.Identity"), ("subject", "s"),
                ("time", "2026-02-03T04:05:06Z"), ("datacontenttype", "application/json"), ("partitionkey", "John"),
            })
                Assert.Equal((name, value), (name, root.GetProperty(name).GetString()));
            Assert.Equal("""{"first":"John","Last":"Doe","Age":40}""", root.GetProperty("data").GetRawText());
        }
        finally
        {
            peer.Kill();
        }
    }

    [Theory]
    [InlineData("binary", CloudEventContentMode.Binary)]
    [InlineData("structured", CloudEventContentMode.Structured)]
    [InlineData("batch", CloudEventContentMode.Batch)]
    public async Task We_read_the_events_of_the_Go_SDK(string mode, CloudEventContentMode expected)
    {
        SharedFolder.Require("peers/go-peer/go-peer");
        var received = new TaskCompletionSource<(List<KeyValuePair<string, string>> Headers, byte[] Body)>();
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var application = builder.Build();
        application.Run(async context =>
        {
            var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, Token);
            received.TrySetResult(([.. context.Request.Headers.Select(static h => KeyValuePair.Create(h.Key, h.Value.ToString()))], body.ToArray()));
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        });
        await application.StartAsync(Token);

        using var peer = Start("send", "-http", application.Urls.Single(), "-mode", mode);
        try
        {
            await peer.StandardInput.WriteAsync(
                """{"specversion":"1.0","id":"g-1","source":"/go","type":"people.Identity","subject":"s","time":"2026-02-03T04:05:06.789Z","datacontenttype":"application/json","partitionkey":"John","data":{"first":"Jöhn","Last":"Doe"}}""" + "\n");
            peer.StandardInput.Close();
            var (headers, body) = await received.Task.WaitAsync(TimeSpan.FromMinutes(1), Token);
            Assert.Equal(expected, HttpBinding.GetMode(headers.Find(static h => h.Key == "Content-Type").Value));
            CloudEvent? read;
            if (expected == CloudEventContentMode.Batch)
            {
                Assert.True(CloudEventJson.TryReadBatch(body, out var events, out var errors), errors.ToString());
                read = Assert.Single(events);
            }
            else
            {
                Assert.True(HttpBinding.TryDecode(headers, body, out read, out var errors), errors.ToString());
            }
            Assert.Equal(("g-1", "/go", "people.Identity", "s", "application/json"), (read.Id, read.Source, read.Type, read.Subject, read.DataContentType));
            Assert.Equal(new DateTimeOffset(2026, 2, 3, 4, 5, 6, 789, TimeSpan.Zero), read.Time);
            Assert.Equal("John", read.Extensions["partitionkey"].ToString());
            Assert.Equal("""{"first":"Jöhn","Last":"Doe"}""", Encoding.UTF8.GetString(read.Data!.Value.Span));
        }
        finally
        {
            peer.Kill();
        }
    }

    private static async Task<bool> TrySendAsync(HttpClient client, Uri address, CloudEventHttpMessage message)
    {
        using var content = new ReadOnlyMemoryContent(message.Body);
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        foreach (var (name, value) in message.Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                content.Headers.TryAddWithoutValidation(name, value);
        }
        try
        {
            using var response = await client.SendAsync(request, Token);
            Assert.True(response.IsSuccessStatusCode, $"{response.StatusCode}");
            return true;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            await Task.Delay(20, Token);
            return false;
        }
    }

    private static Process Start(params string[] arguments)
    {
        var start = new ProcessStartInfo(SharedFolder.Require("peers/go-peer/go-peer"), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        return Process.Start(start)!;
    }
}
