using System.Text;
using System.Text.Json;
using DataMesh.Channels;

namespace DataMesh.Platform.Tests;

public sealed class DocumentTests
{
    [Fact]
    public async Task OpenAPI_is_served_as_it_was_generated()
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.SendAsync(HttpMethod.Get, "/openapi");
        Assert.Equal((200, "application/json"), (answer.Status, answer["Content-Type"]));
        Assert.Equal(Encoding.UTF8.GetString(Identity.Descriptor.OpenApiDocument.Span), answer.Body);
        using var document = JsonDocument.Parse(answer.Body);
        Assert.StartsWith("3.0", document.RootElement.GetProperty("openapi").GetString());
    }

    [Theory]
    [InlineData("/openapi")]
    [InlineData("/health")]
    public async Task HEAD_is_GET_without_the_body(string path)
    {
        await using var platform = await Platform.StartAsync();
        var get = await platform.SendAsync(HttpMethod.Get, path);
        var head = await platform.SendAsync(HttpMethod.Head, path);
        Assert.Equal(200, head.Status);
        Assert.Equal("", head.Body);
        Assert.NotEqual("0", head["Content-Length"]);
        foreach (var header in new[] { "Content-Type", "Content-Length", "Cache-Control" })
            Assert.Equal(get[header], head[header]);
    }

    [Fact]
    public async Task Health_tells_the_state_of_the_channel()
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.SendAsync(HttpMethod.Get, "/health");
        Assert.Equal((200, "application/json", "no-store"), (answer.Status, answer["Content-Type"], answer["Cache-Control"]));
        Assert.Equal("""{"status":"ok","channel":{"kind":"embedded","state":"ready"}}""", answer.Body);
        await platform.Channel.DisposeAsync();
        Assert.Equal(
            """{"status":"degraded","channel":{"kind":"embedded","state":"closed"}}""",
            (await platform.SendAsync(HttpMethod.Get, "/health")).Body);
    }

    [Fact]
    public async Task A_broker_that_is_away_does_not_make_the_process_dead()
    {
        await using var platform = await Platform.StartAsync(
            channel: new StubChannel(static _ => default, new("kafka", ChannelState.Unavailable, "connecting to \"x\"")));
        var answer = await platform.SendAsync(HttpMethod.Get, "/health");
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            """{"status":"degraded","channel":{"kind":"kafka","state":"unavailable","detail":"connecting to \"x\""}}""", answer.Body);
    }
}
