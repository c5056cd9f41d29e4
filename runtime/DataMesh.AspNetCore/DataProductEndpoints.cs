using System.Diagnostics.CodeAnalysis;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace DataMesh.AspNetCore;

/// <summary>Maps data products and their channel to HTTP.</summary>
public static class DataProductEndpoints
{
    private static readonly string[] Post = [HttpMethods.Post];
    private static readonly string[] Get = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>
    /// Maps a generated product. <c>POST pattern</c> takes one JSON document, validates it, wraps it in a CloudEvent and answers
    /// 200 once the channel has acknowledged it; <c>GET pattern/openapi</c> gives the product's OpenAPI document.
    /// </summary>
    /// <remarks>
    /// Other answers: 400 with one line an error as <c>cue vet</c> words it, or problem details (RFC 9457) with code, path and
    /// pointer of each error for a client that accepts JSON; 405; 413 over <see cref="DataProductEndpointOptions.MaxBodyBytes"/>;
    /// 415 unless the content type is JSON in UTF-8 or curl's default form type; 503 with <c>Retry-After</c> without acknowledgement.
    /// The <see cref="EventPublisher"/> comes from the application's services.
    /// </remarks>
    /// <typeparam name="T">The product.</typeparam>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The route: <c>/</c>, <c>/people/identity</c>.</param>
    /// <param name="options">Limits and texts; the defaults when null.</param>
    public static IEndpointConventionBuilder MapDataProduct<T>(
        this IEndpointRouteBuilder endpoints,
        [StringSyntax("Route")] string pattern = "/",
        DataProductEndpointOptions? options = null)
        where T : IDataProduct<T> => endpoints.MapDataProduct(DataProductCodec.For<T>(), pattern, options);

    /// <summary>Maps any product, whether its type was generated or not.</summary>
    /// <inheritdoc cref="MapDataProduct{T}"/>
    /// <param name="endpoints">The application.</param>
    /// <param name="product">The product.</param>
    /// <param name="pattern">The route: <c>/</c>, <c>/people/identity</c>.</param>
    /// <param name="options">Limits and texts; the defaults when null.</param>
    public static IEndpointConventionBuilder MapDataProduct(
        this IEndpointRouteBuilder endpoints,
        DataProductCodec product,
        [StringSyntax("Route")] string pattern = "/",
        DataProductEndpointOptions? options = null)
    {
        var services = endpoints.ServiceProvider;
        var ingest = new IngestEndpoint(
            product,
            services.GetRequiredService<EventPublisher>(),
            options ?? new(),
            services.GetRequiredService<ILogger<IngestEndpoint>>());
        var group = endpoints.MapGroup(pattern);
        group.MapMethods("", Post, ingest.InvokeAsync).WithDisplayName(product.Descriptor.Definition);
        group.MapMethods("openapi", Get, context => Responses.WriteAsync(
            context, StatusCodes.Status200OK, "application/json", product.Descriptor.OpenApiDocument));
        return group;
    }

    /// <summary>
    /// Maps <c>GET pattern</c> to a JSON object with the state of the process and of the <see cref="IChannel"/> among the
    /// application's services. It is 200 as long as the process answers: a broker that is away is no reason to restart it.
    /// </summary>
    public static IEndpointConventionBuilder MapChannelHealth(
        this IEndpointRouteBuilder endpoints, [StringSyntax("Route")] string pattern = "/health")
    {
        var channel = endpoints.ServiceProvider.GetRequiredService<IChannel>();
        return endpoints.MapMethods(pattern, Get, context => HealthEndpoint.InvokeAsync(context, channel.Status));
    }
}
