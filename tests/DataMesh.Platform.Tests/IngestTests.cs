using System.Net;
using System.Text;
using System.Text.Json;
using DataMesh.Channels;
using DataMesh.CloudEvents;

namespace DataMesh.Platform.Tests;

public sealed class IngestTests
{
    private const string TooOld = """{"first":"John","Last":"Doe","Age":140}""";
    private const string TooOldLine = "#Identity.Age: invalid value 140 (out of bound <130)";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_valid_document_is_answered_ok_and_is_on_the_channel()
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.PostAsync(Platform.John);
        Assert.Equal((200, "ok"), (answer.Status, answer.Body));
        Assert.Equal("text/plain; charset=utf-8", answer["Content-Type"]);
        Assert.Equal("2", answer["Content-Length"]);
        Assert.Null(answer["Server"]);

        var received = Assert.Single(await platform.EventsAsync());
        Assert.Equal(("John", "Doe", 40m), (received.Data.First, received.Data.Last, received.Data.Age));
        Assert.Equal(Identity.Descriptor.EventType, received.Event.Type);
        Assert.NotNull(received.Event.Time);
        Assert.Equal(CloudEventContentMode.Binary, KafkaBinding.GetMode(received.Record.Headers));
    }

    [Fact]
    public async Task With_Kafka_the_answer_says_that_it_was_sent()
    {
        await using var platform = await Platform.StartAsync(new() { Kafka = "localhost:9092" }, new InProcessChannel());
        Assert.Equal("sent to the channel ok", (await platform.PostAsync(Platform.John)).Body);
    }

    [Fact]
    public async Task An_invalid_document_is_answered_with_the_error_as_cue_words_it()
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.PostAsync(TooOld);
        Assert.Equal((400, TooOldLine), (answer.Status, answer.Body));
        Assert.Equal("text/plain; charset=utf-8", answer["Content-Type"]);
        Assert.Equal("nosniff", answer["X-Content-Type-Options"]);
        Assert.Equal("Accept", answer["Vary"]);
        Assert.Empty(await platform.EventsAsync());
    }

    [Fact]
    public async Task Every_error_has_a_line()
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.PostAsync("""{"first":"john","Last":"Doe","Age":140}""");
        Assert.Equal(400, answer.Status);
        Assert.Equal(
            ["#Identity.Age: invalid value 140 (out of bound <130)", "#Identity.first: invalid value \"john\" (out of bound =~\"[A-Z].*\")"],
            answer.Body.Split('\n').Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}", "#Identity.Last")]
    [InlineData("""{"first":"John"}""", "#Identity.Last")]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("first: \"John\", Last: \"Doe\"", "")]
    [InlineData("""{"first":"John","Last":"Doe","Age": 10+10}""", "")]
    [InlineData("""{"first":"John","Last":"Doe","Age": <130}""", "")]
    [InlineData("""{"first":"John","Last":"Doe"} {"first":"John","Last":"Doe"}""", "")]
    [InlineData("[]", "")]
    [InlineData("null", "")]
    public async Task What_is_not_the_product_is_refused(string body, string path)
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.PostAsync(body);
        Assert.Equal(400, answer.Status);
        Assert.Contains(path, answer.Body);
        Assert.NotEqual("", answer.Body);
        Assert.Empty(await platform.EventsAsync());
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/problem+json")]
    [InlineData("application/json, text/plain, */*")]
    [InlineData("text/html, application/problem+json;q=0.5")]
    [InlineData("application/*")]
    [InlineData("Application/JSON; charset=utf-8")]
    public async Task A_client_that_accepts_JSON_gets_problem_details(string accept)
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.PostAsync(TooOld, accept: accept);
        Assert.Equal((400, "application/problem+json"), (answer.Status, answer["Content-Type"]));
        using var problem = JsonDocument.Parse(answer.Body);
        var root = problem.RootElement;
        Assert.Equal(400, root.GetProperty("status").GetInt32());
        Assert.Equal(("about:blank", "Bad Request"), (root.GetProperty("type").GetString(), root.GetProperty("title").GetString()));
        Assert.Equal(TooOldLine, root.GetProperty("detail").GetString());
        var error = Assert.Single(root.GetProperty("errors").EnumerateArray());
        Assert.Equal("out-of-bound", error.GetProperty("code").GetString());
        Assert.Equal("#Identity.Age", error.GetProperty("path").GetString());
        Assert.Equal("/Age", error.GetProperty("pointer").GetString());
        Assert.Equal("invalid value 140 (out of bound <130)", error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData("text/plain")]
    [InlineData("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")]
    [InlineData("text/plain, application/json;q=0.5")]
    [InlineData("application/json;q=0")]
    [InlineData(";;;")]
    public async Task Other_clients_get_lines(string? accept)
    {
        await using var platform = await Platform.StartAsync();
        Assert.Equal(TooOldLine, (await platform.PostAsync(TooOld, accept: accept)).Body);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    [InlineData("Application/JSON")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("application/json;charset=\"UTF-8\"")]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8")]
    [InlineData("application/vnd.people+json")]
    [InlineData("text/json")]
    [InlineData(null)]
    public async Task JSON_is_taken(string? contentType)
    {
        await using var platform = await Platform.StartAsync();
        Assert.Equal(200, (await platform.PostAsync(Platform.John, contentType)).Status);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/jsonp")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("application/cloudevents+json")]
    [InlineData("application/cloudevents-batch+json")]
    [InlineData("nonsense")]
    [InlineData("application/json, text/plain")]
    public async Task Other_content_is_refused(string contentType)
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.PostAsync(Platform.John, contentType);
        Assert.Equal(415, answer.Status);
        Assert.Equal("application/json", answer["Accept"]);
        Assert.NotEqual("", answer.Body);
        Assert.Empty(await platform.EventsAsync());
    }

    [Fact]
    public async Task Compressed_bodies_are_refused()
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.PostAsync(Platform.John, "application/json", contentEncoding: "gzip");
        Assert.Equal((415, "identity"), (answer.Status, answer["Accept-Encoding"]));
        Assert.Equal(200, (await platform.PostAsync(Platform.John, "application/json", contentEncoding: "identity")).Status);
    }

    [Theory]
    [InlineData("GET", "/", "POST")]
    [InlineData("HEAD", "/", "POST")]
    [InlineData("PUT", "/", "POST")]
    [InlineData("DELETE", "/", "POST")]
    [InlineData("PATCH", "/", "POST")]
    [InlineData("OPTIONS", "/", "POST")]
    [InlineData("BREW", "/", "POST")]
    [InlineData("POST", "/openapi", "GET, HEAD")]
    [InlineData("DELETE", "/health", "GET, HEAD")]
    public async Task Other_methods_are_refused(string method, string path, string allow)
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.SendAsync(new(method), path);
        Assert.Equal((405, allow), (answer.Status, answer["Allow"]));
    }

    [Fact]
    public async Task Other_paths_are_not_found()
    {
        await using var platform = await Platform.StartAsync();
        Assert.Equal(404, (await platform.SendAsync(HttpMethod.Post, "/other")).Status);
        Assert.Equal(404, (await platform.SendAsync(HttpMethod.Get, "/openapi/x")).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bodies_are_limited(bool chunked)
    {
        await using var platform = await Platform.StartAsync(new() { MaxBodyBytes = 20_000 });
        var fits = Platform.John.PadRight(20_000);
        Assert.Equal(200, (await PostAsync(fits)).Status);
        var answer = await PostAsync(fits + " ");
        Assert.Equal((413, "the body is larger than 20000 bytes"), (answer.Status, answer.Body));
        Assert.Equal(413, (await PostAsync(Platform.John.PadRight(200_000))).Status);
        Assert.Equal(200, (await PostAsync(Platform.John)).Status);
        Assert.Equal(2, (await platform.EventsAsync()).Count);

        Task<Answer> PostAsync(string body) => platform.SendAsync(new HttpRequestMessage(HttpMethod.Post, "/")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
            Headers = { TransferEncodingChunked = chunked },
        });
    }

    [Fact]
    public async Task The_limit_is_one_mebibyte_unless_configured()
    {
        await using var platform = await Platform.StartAsync();
        Assert.Equal(200, (await platform.PostAsync(Platform.John.PadRight(1024 * 1024))).Status);
        Assert.Equal(413, (await platform.PostAsync(Platform.John.PadRight(1024 * 1024 + 1))).Status);
    }

    [Fact]
    public async Task A_body_announced_as_too_large_is_refused_before_it_is_sent()
    {
        await using var platform = await Platform.StartAsync();
        using var content = new UnsentContent(1024 * 1024 + 1);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = content, Headers = { ExpectContinue = true } };
        Assert.Equal(413, (await platform.SendAsync(request)).Status);
        Assert.False(content.WasSent);
    }

    [Theory]
    [InlineData(ChannelFailure.Unacknowledged)]
    [InlineData(ChannelFailure.Full)]
    [InlineData(ChannelFailure.Closed)]
    [InlineData(ChannelFailure.Rejected)]
    public async Task Without_acknowledgement_nothing_is_reported_sent(ChannelFailure failure)
    {
        await using var platform = await Platform.StartAsync(
            channel: new StubChannel(_ => throw new ChannelException(failure, "secret.example.org:9092 refused")));
        var answer = await platform.PostAsync(Platform.John);
        Assert.Equal((503, "5"), (answer.Status, answer["Retry-After"]));
        Assert.Equal("the channel did not acknowledge the event", answer.Body);
        var problem = await platform.PostAsync(Platform.John, accept: "application/json");
        Assert.Equal((503, "application/problem+json"), (problem.Status, problem["Content-Type"]));
        Assert.Equal(400, (await platform.PostAsync(TooOld)).Status);
    }

    [Fact]
    public async Task An_event_that_the_channel_finds_too_large_is_the_clients_matter()
    {
        await using var platform = await Platform.StartAsync(
            channel: new StubChannel(_ => throw new ChannelException(ChannelFailure.TooLarge, "too large")));
        var answer = await platform.PostAsync(Platform.John);
        Assert.Equal((413, null), (answer.Status, answer["Retry-After"]));
    }

    [Fact]
    public async Task The_answer_waits_for_the_acknowledgement()
    {
        var appended = new TaskCompletionSource();
        var acknowledged = new TaskCompletionSource<ChannelPosition>();
        await using var platform = await Platform.StartAsync(channel: new StubChannel(_ =>
        {
            appended.SetResult();
            return new(acknowledged.Task);
        }));
        var answer = platform.PostAsync(Platform.John);
        await appended.Task.WaitAsync(Token);
        Assert.False(answer.IsCompleted);
        acknowledged.SetResult(default);
        Assert.Equal(200, (await answer).Status);
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_wait()
    {
        var appended = new TaskCompletionSource();
        var cancelled = new TaskCompletionSource();
        await using var platform = await Platform.StartAsync(channel: new StubChannel(async cancellationToken =>
        {
            appended.SetResult();
            await using var registration = cancellationToken.Register(cancelled.SetResult);
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return default;
        }));
        using var leaving = new CancellationTokenSource();
        using var content = new StringContent(Platform.John, Encoding.UTF8, "application/json");
        var request = platform.Client.PostAsync("/", content, leaving.Token);
        await appended.Task.WaitAsync(Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => request);
        await cancelled.Task.WaitAsync(Token);
    }

    [Fact]
    public async Task Many_clients_at_once_each_get_their_answer_and_every_200_is_on_the_channel_once()
    {
        const int Requests = 400;
        await using var platform = await Platform.StartAsync();
        var answers = await Task.WhenAll(Enumerable.Range(0, Requests).Select(async i =>
            (i, Answer: await platform.PostAsync($$"""{"first":"A{{i}}","Last":"Doe","Age":{{(i % 4 == 0 ? 140 : 40)}}}"""))));
        Assert.All(answers, static a => Assert.Equal(a.i % 4 == 0 ? (400, TooOldLine) : (200, "ok"), (a.Answer.Status, a.Answer.Body)));
        Assert.Equal(
            answers.Where(static a => a.Answer.Status == 200).Select(static a => $"A{a.i}").Order(StringComparer.Ordinal),
            (await platform.EventsAsync()).Select(static e => e.Data.First).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_connection_is_kept_after_a_refusal()
    {
        await using var platform = await Platform.StartAsync();
        var request = $"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {TooOld.Length}\r\n\r\n{TooOld}";
        var last = $"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {Platform.John.Length}\r\n\r\n{Platform.John}";
        var answers = await platform.SendRawAsync(request + last);
        Assert.Equal(2, answers.Split("HTTP/1.1 ").Length - 1);
        Assert.Contains("HTTP/1.1 400 ", answers);
        Assert.Contains("HTTP/1.1 200 ", answers);
    }

    /// <summary>Announces a length and notes whether it was asked for the bytes.</summary>
    private sealed class UnsentContent(long length) : HttpContent
    {
        public bool WasSent { get; private set; }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            WasSent = true;
            return Task.CompletedTask;
        }

        protected override bool TryComputeLength(out long announced)
        {
            announced = length;
            return true;
        }
    }
}
