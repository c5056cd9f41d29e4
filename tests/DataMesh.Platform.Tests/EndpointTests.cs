using System.Buffers;
using System.Net;
using System.Text;
using DataMesh.AspNetCore;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataMesh.Platform.Tests;

/// <summary>The endpoints in an application of the user's own.</summary>
public sealed class EndpointTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Several_products_live_beside_each_other_whether_their_types_were_generated_or_not()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using var channel = new InProcessChannel();
        builder.Services.AddSingleton(new EventPublisher(channel, new() { Source = "/shop" }));
        await using var application = builder.Build();
        application.MapDataProduct<Identity>("/people/identity");
        application.MapDataProduct(new NumberCodec(), "/numbers", new() { AcceptedText = "counted", MaxBodyBytes = 10 });
        application.MapGet("/people/identity", static () => "a page");
        await application.StartAsync(Token);
        using var client = new HttpClient { BaseAddress = new(application.Urls.Single()) };

        Assert.Equal((HttpStatusCode.OK, "ok"), await PostAsync("/people/identity", Platform.John));
        Assert.Equal((HttpStatusCode.OK, "counted"), await PostAsync("/numbers", " 12 "));
        Assert.Equal((HttpStatusCode.BadRequest, "#Number: not a number"), await PostAsync("/numbers", "\"x\""));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync("/numbers", "12345678901")).Status);
        Assert.Equal("a page", await client.GetStringAsync("/people/identity", Token));
        Assert.Equal("""{"a":"number"}""", await client.GetStringAsync("/numbers/openapi", Token));
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync("/openapi", Token)).StatusCode);

        channel.Complete();
        List<string> events = [];
        await foreach (var received in new EventConsumer(channel).ReadAsync(Token))
            events.Add($"{received.Event.Type} {received.Event.Source} {Encoding.UTF8.GetString(received.Event.Data!.Value.Span)}");
        Assert.Equal([$"{Identity.Descriptor.EventType} /shop {{\"first\":\"John\",\"Last\":\"Doe\",\"Age\":40}}", "Number /shop 12"], events);

        async Task<(HttpStatusCode Status, string Body)> PostAsync(string path, string body)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/json");
            using var response = await client.PostAsync(path, content, Token);
            return (response.StatusCode, await response.Content.ReadAsStringAsync(Token));
        }
    }

    /// <summary>A product without a type: any JSON integer.</summary>
    private sealed class NumberCodec : DataProductCodec
    {
        public override DataProductDescriptor Descriptor { get; } = new()
        {
            Definition = "#Number",
            Package = "",
            EventType = "Number",
            EventSource = "/numbers",
            OpenApiSchemas = default,
            OpenApiDocument = """{"a":"number"}"""u8.ToArray(),
            EnvelopePrefix = default,
        };

        public override bool TryTranscode(ReadOnlySpan<byte> utf8, IBufferWriter<byte> output, out ValidationResult result)
        {
            var valid = int.TryParse(utf8, out var number);
            result = valid ? ValidationResult.Valid : ValidationResult.From([new("conflict", "#Number", "", "not a number")]);
            if (valid)
                output.Write(Encoding.UTF8.GetBytes($"{number}"));
            return valid;
        }
    }
}
