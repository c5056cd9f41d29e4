using System.Net.Sockets;
using System.Text;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataMesh.Platform.Tests;

/// <summary>The platform on a port of its own: real server, real sockets.</summary>
internal sealed class Platform : IAsyncDisposable
{
    public const string John = """{"first":"John","Last":"Doe","Age":40}""";

    private readonly WebApplication _application;

    private Platform(WebApplication application, IChannel channel, LogLines log)
    {
        _application = application;
        Channel = channel;
        Log = log;
        Address = new Uri(application.Urls.Single());
        Client = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromMinutes(1) };
    }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public IChannel Channel { get; }

    /// <summary>What the platform logged.</summary>
    public LogLines Log { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Starts it with the channel that the options name, or with another one.</summary>
    /// <param name="options">How it is started.</param>
    /// <param name="channel">The channel.</param>
    /// <param name="product">What it serves; the generated product of the article when null.</param>
    public static async Task<Platform> StartAsync(PlatformOptions? options = null, IChannel? channel = null, ServedProduct? product = null)
    {
        var log = new LogLines();
        var application = PlatformHost.Create(product ?? ServedProduct.Of<Identity>(), (options ?? new()) with { Urls = "http://127.0.0.1:0" }, builder =>
        {
            if (channel is not null)
                builder.Services.AddSingleton(channel);
            builder.Logging.ClearProviders().AddProvider(log);
        });
        await application.StartAsync(Token);
        return new(application, application.Services.GetRequiredService<IChannel>(), log);
    }

    /// <summary>Posts a body as curl does with <c>-d</c>, or with another content type and Accept.</summary>
    public async Task<Answer> PostAsync(
        string body, string? contentType = "application/x-www-form-urlencoded", string? accept = null, string? contentEncoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        if (contentType is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        if (contentEncoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", contentEncoding);
        if (accept is not null)
            request.Headers.TryAddWithoutValidation("Accept", accept);
        return await SendAsync(request);
    }

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request, Token);
        var headers = response.Headers.Concat(response.Content.Headers)
            .ToDictionary(static h => h.Key, static h => string.Join(", ", h.Value), StringComparer.OrdinalIgnoreCase);
        return new((int)response.StatusCode, await response.Content.ReadAsStringAsync(Token), headers);
    }

    public Task<Answer> SendAsync(HttpMethod method, string path) => SendAsync(new HttpRequestMessage(method, path));

    /// <summary>Sends text as it is and gives back all that comes until the server closes.</summary>
    /// <param name="request">One or more requests, CRLF where they need it.</param>
    /// <param name="hangUp">Closes the sending side at once: what is missing will not come.</param>
    public async Task<string> SendRawAsync(string request, bool hangUp = false)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port, Token);
        var stream = socket.GetStream();
        var answer = new StringBuilder();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request), Token);
            if (hangUp)
                socket.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            var buffer = new char[4096];
            int count;
            while ((count = await reader.ReadAsync(buffer, Token)) > 0)
                answer.Append(buffer, 0, count);
        }
        catch (IOException)
        {
            // A server that is sent too much may reset the connection after its answer.
        }
        return answer.ToString();
    }

    /// <summary>Completes the channel and reads everything that is on it.</summary>
    public async Task<List<ReceivedEvent<Identity>>> EventsAsync()
    {
        await Channel.DisposeAsync();
        List<ReceivedEvent<Identity>> events = [];
        await foreach (var received in new EventConsumer(Channel, new() { From = ReadFrom.Beginning }).ReadAsync<Identity>(Token))
            events.Add(received);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _application.StopAsync(CancellationToken.None);
        await _application.DisposeAsync();
    }
}

/// <summary>A response, read to its end.</summary>
internal sealed record Answer(int Status, string Body, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string header] => Headers.GetValueOrDefault(header);
}
