using System.Globalization;
using DataMesh.AspNetCore;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using DataMesh.Kafka;

namespace DataMesh.StreamingPlatform;

/// <summary>Puts the platform together: HTTP in front, a channel behind, and a consumer that logs what comes off it.</summary>
internal static partial class PlatformHost
{
    /// <summary>Builds the application; it is not started yet.</summary>
    /// <param name="product">What it serves.</param>
    /// <param name="options">How it is started.</param>
    /// <param name="configure">Has the last word on services and logging.</param>
    public static WebApplication Create(ServedProduct product, PlatformOptions options, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        builder.Services.AddSingleton(services => CreateChannel(options, services.GetRequiredService<ILogger<KafkaChannel>>()));
        builder.Services.AddSingleton(static services => new EventPublisher(services.GetRequiredService<IChannel>()));
        builder.Services.AddSingleton(static services => new EventConsumer(services.GetRequiredService<IChannel>()));
        builder.Services.AddHostedService<ChannelWatch>();
        builder.Services.AddHostedService(services =>
        {
            var consumer = services.GetRequiredService<EventConsumer>();
            return new EventLog(cancellationToken => product.ReadAsync(consumer, cancellationToken), services.GetRequiredService<ILogger<EventLog>>());
        });
        configure?.Invoke(builder);

        var application = builder.Build();
        application.MapDataProduct(product.Codec, "/", new()
        {
            MaxBodyBytes = options.MaxBodyBytes,
            AcceptedText = options.Kafka is null ? "ok" : "sent to the channel ok",
        });
        application.MapChannelHealth();
        return application;
    }

    private static IChannel CreateChannel(PlatformOptions options, ILogger<KafkaChannel> logger)
    {
        if (options.Kafka is not { } servers)
        {
            // The only reader is the log: when it is too slow for the load it misses events, and no client waits for it.
            return new InProcessChannel(new() { WhenFull = FullChannelBehavior.DiscardOldest });
        }
        return new KafkaChannel(new()
        {
            Topic = options.Topic,
            Client = options.KafkaClient.Prepend(new("bootstrap.servers", servers)),
            Producer = [new("message.timeout.ms", options.AcknowledgementTimeout.TotalMilliseconds.ToString("F0", CultureInfo.InvariantCulture))],
            Consumer = [new("group.id", options.Group)],
            // Each attempt to reach a broker that is away is a message of the client's; what matters of it is in the channel's status.
            Log = message => LogClient(logger, message.Name, message.Message),
        });
    }

    [LoggerMessage(1, LogLevel.Debug, "{Client}: {Message}")]
    private static partial void LogClient(ILogger logger, string client, string message);
}
