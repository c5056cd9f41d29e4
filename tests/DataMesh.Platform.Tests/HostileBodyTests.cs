using System.Text;

namespace DataMesh.Platform.Tests;

/// <summary>Whatever a client sends, it gets an answer or a closed connection, nothing reaches the channel, and the next client is served.</summary>
public sealed class HostileBodyTests
{
    private static readonly Dictionary<string, Func<byte[]>> Bodies = new()
    {
        ["deep arrays"] = static () => Bytes(new string('[', 500_000)),
        ["deep closed arrays"] = static () => Bytes(new string('[', 400_000) + new string(']', 400_000)),
        ["deep objects"] = static () => Bytes(string.Concat(Enumerable.Repeat("{\"a\":", 150_000))),
        ["deep below a member"] = static () => Bytes("{\"first\":\"John\",\"Last\":\"Doe\",\"Age\":" + new string('[', 300_000)),
        ["a huge exponent"] = static () => Bytes("""{"first":"John","Last":"Doe","Age":1e999999999}"""),
        ["a huge number"] = static () => Bytes("{\"first\":\"John\",\"Last\":\"Doe\",\"Age\":" + new string('9', 900_000) + "}"),
        ["a number without end"] = static () => Bytes("{\"first\":\"John\",\"Last\":\"Doe\",\"Age\":-"),
        ["invalid UTF-8"] = static () => [.. "{\"first\":\"J"u8, 0xFF, .. "\",\"Last\":\"Doe\"}"u8],
        ["overlong UTF-8"] = static () => [.. "{\"first\":\"J"u8, 0xC0, 0xAF, .. "\",\"Last\":\"Doe\"}"u8],
        ["UTF-16"] = static () => Encoding.Unicode.GetBytes(Platform.John),
        ["a byte order mark"] = static () => [0xEF, 0xBB, 0xBF, .. Bytes(Platform.John)],
        ["zeros"] = static () => new byte[100_000],
        ["a lone surrogate"] = static () => Bytes("""{"first":"J\uD800","Last":"Doe"}"""),
        ["an open string"] = static () => Bytes("{\"first\":\"" + new string('A', 900_000)),
        ["a raw control character"] = static () => Bytes("{\"first\":\"J\u0001\",\"Last\":\"Doe\"}"),
        ["NaN"] = static () => Bytes("""{"first":"John","Last":"Doe","Age":NaN}"""),
        ["a comment"] = static () => Bytes(Platform.John + " // John"),
        ["a form"] = static () => Bytes("first=John&Last=Doe"),
        ["many members"] = static () => Bytes("{" + string.Join(',', Enumerable.Range(0, 60_000).Select(static i => $"\"a{i}\":{i}")) + "}"),
        ["many strings"] = static () => Bytes("[" + string.Join(',', Enumerable.Repeat("\"\"", 300_000)) + "]"),
    };

    // Names only: the runner would carry the bodies about as text.
    public static MatrixTheoryData<string, bool> Names => new([.. Bodies.Keys], [false, true]);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_hostile_document_is_refused(string what, bool isEvaluated)
    {
        await using var platform = await Platform.StartAsync(product: isEvaluated ? SchemaFile.Article() : null);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Bodies[what]()) };
        var answer = await platform.SendAsync(request);
        Assert.True(answer.Status == 400, $"{what}: {answer.Status}");
        Assert.NotEqual("", answer.Body);
        Assert.Equal(200, (await platform.PostAsync(Platform.John)).Status);
        Assert.Single(await platform.EventsAsync());
    }

    [Theory]
    [InlineData("a chunk size that is no number", "Transfer-Encoding: chunked", "xyz\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a chunk size beyond all bounds", "Transfer-Encoding: chunked", "FFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")]
    [InlineData("a negative chunk size", "Transfer-Encoding: chunked", "-5\r\n{}\r\n0\r\n\r\n")]
    [InlineData("two lengths", "Content-Length: 38\r\nContent-Length: 5", Platform.John)]
    [InlineData("length and chunks", "Content-Length: 38\r\nTransfer-Encoding: chunked", Platform.John)]
    [InlineData("an unknown coding", "Transfer-Encoding: gzip", Platform.John)]
    [InlineData("a length that is no number", "Content-Length: ten", Platform.John)]
    public async Task A_broken_message_is_refused(string what, string headers, string body)
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.SendRawAsync($"POST / HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}\r\n\r\n{body}");
        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.Equal(200, (await platform.PostAsync(Platform.John)).Status);
        Assert.Single(await platform.EventsAsync());
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked", "26\r\n{\"first\":\"John\"")]
    [InlineData("Transfer-Encoding: chunked", "26\r\n" + Platform.John + "\r\n")]
    [InlineData("Transfer-Encoding: chunked", "26\r\n" + Platform.John + "\r\n0\r\n")]
    [InlineData("Content-Length: 500", Platform.John)]
    public async Task A_body_that_was_cut_off_is_not_taken(string headers, string body)
    {
        await using var platform = await Platform.StartAsync();
        var answer = await platform.SendRawAsync($"POST / HTTP/1.1\r\nHost: x\r\n{headers}\r\n\r\n{body}", hangUp: true);
        Assert.False(answer.StartsWith("HTTP/1.1 2", StringComparison.Ordinal), answer);
        Assert.Equal(200, (await platform.PostAsync(Platform.John)).Status);
        Assert.Single(await platform.EventsAsync());
    }

    [Fact]
    public async Task A_body_in_many_small_chunks_is_one_document()
    {
        await using var platform = await Platform.StartAsync();
        var chunks = string.Concat(Platform.John.PadRight(9000).Select(static c => $"1\r\n{c}\r\n"));
        var answer = await platform.SendRawAsync(
            "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + "0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer);
        Assert.Equal("John", Assert.Single(await platform.EventsAsync()).Data.First);
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
