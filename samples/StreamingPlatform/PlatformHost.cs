using DataMesh.AspNetCore;
using DataMesh.Channels;
using DataMesh.CloudEvents;

namespace DataMesh.StreamingPlatform;

/// <summary>Puts the platform together: HTTP in front, a channel behind, and a consumer that logs what comes off it.</summary>
internal static class PlatformHost
{
    /// <summary>Builds the application; it is not started yet.</summary>
    /// <param name="options">How it is started.</param>
    /// <param name="configure">Has the last word on services and logging.</param>
    public static WebApplication Create<T>(PlatformOptions options, Action<WebApplicationBuilder>? configure = null)
        where T : IDataProduct<T>
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls(options.Urls.Split(';'));
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.AddServerHeader = false);
        builder.Logging.AddSimpleConsole(static console => console.SingleLine = true);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);

        builder.Services.AddSingleton(_ => CreateChannel(options));
        builder.Services.AddSingleton(static services => new EventPublisher(services.GetRequiredService<IChannel>()));
        builder.Services.AddSingleton(static services => new EventConsumer(services.GetRequiredService<IChannel>()));
        builder.Services.AddHostedService<ChannelWatch>();
        builder.Services.AddHostedService<EventLog<T>>();
        configure?.Invoke(builder);

        var application = builder.Build();
        application.MapDataProduct<T>("/", new()
        {
            MaxBodyBytes = options.MaxBodyBytes,
            AcceptedText = options.Kafka is null ? "ok" : "sent to the channel ok",
        });
        application.MapChannelHealth();
        return application;
    }

    private static IChannel CreateChannel(PlatformOptions options) => new InProcessChannel();
}
