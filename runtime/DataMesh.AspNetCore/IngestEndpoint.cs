using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using DataMesh.Channels;
using DataMesh.CloudEvents;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace DataMesh.AspNetCore;

/// <summary>Takes one JSON document a request. Knows the product through its codec only, not by type.</summary>
internal sealed partial class IngestEndpoint(
    DataProductCodec product, EventPublisher publisher, DataProductEndpointOptions options, ILogger<IngestEndpoint> logger)
{
    private readonly byte[] _accepted = Encoding.UTF8.GetBytes(options.AcceptedText);

    public async Task InvokeAsync(HttpContext context)
    {
        if (RequestContent.Refuse(context.Request) is { } refusal)
        {
            context.Response.Headers.Accept = "application/json";
            if (refusal.Coding)
                context.Response.Headers.AcceptEncoding = "identity";
            await Problem.WriteAsync(context, StatusCodes.Status415UnsupportedMediaType, refusal.Reason).ConfigureAwait(false);
            return;
        }
        // The server's own limit counts the framing of chunks too, and knows nothing of this one: the document is counted here.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } server)
            server.MaxRequestBodySize = null;
        try
        {
            await (context.Request.ContentLength > options.MaxBodyBytes ? TooLargeAsync(context) : IngestAsync(context)).ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
        }
        catch (IOException e)
        {
            // A chunk size beyond all bounds is no BadHttpRequestException to the server.
            var status = e is BadHttpRequestException bad ? bad.StatusCode : StatusCodes.Status400BadRequest;
            await Problem.WriteAsync(context, status, "the body of the request is broken").ConfigureAwait(false);
        }
        catch (ChannelException e) when (e.Failure == ChannelFailure.TooLarge)
        {
            LogNotSent(e, e.Failure);
            await TooLargeAsync(context).ConfigureAwait(false);
        }
        catch (ChannelException e)
        {
            LogNotSent(e, e.Failure);
            context.Response.Headers.RetryAfter = Responses.Seconds(options.RetryAfter);
            await Problem.WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "the channel did not acknowledge the event").ConfigureAwait(false);
        }
    }

    private async Task IngestAsync(HttpContext context)
    {
        var cancellationToken = context.RequestAborted;
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.Buffer.Length > options.MaxBodyBytes)
            {
                reader.AdvanceTo(read.Buffer.End);
                await TooLargeAsync(context).ConfigureAwait(false);
                return;
            }
            if (read.IsCompleted)
            {
                var verdict = await Ingest(reader, read.Buffer, cancellationToken).ConfigureAwait(false);
                await (verdict.IsValid
                    ? Responses.WriteAsync(context, StatusCodes.Status200OK, Responses.Text, _accepted)
                    : Problem.WriteAsync(context, verdict)).ConfigureAwait(false);
                return;
            }
            // Nothing is consumed before all is there: the server's own pooled buffers hold it.
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>The body is needed only until the channel has been handed the event; its buffers go back before the wait.</summary>
    private ValueTask<ValidationResult> Ingest(PipeReader reader, ReadOnlySequence<byte> body, CancellationToken cancellationToken)
    {
        var rented = body.IsSingleSegment ? null : ArrayPool<byte>.Shared.Rent((int)body.Length);
        try
        {
            if (rented is null)
                return publisher.IngestAsync(product, body.FirstSpan, cancellationToken);
            body.CopyTo(rented);
            return publisher.IngestAsync(product, rented.AsSpan(0, (int)body.Length), cancellationToken);
        }
        finally
        {
            reader.AdvanceTo(body.End);
            if (rented is not null)
                ArrayPool<byte>.Shared.Return(rented);
        }
    }

    private Task TooLargeAsync(HttpContext context) => Problem.WriteAsync(
        context, StatusCodes.Status413PayloadTooLarge, FormattableString.Invariant($"the body is larger than {options.MaxBodyBytes} bytes"));

    [LoggerMessage(1, LogLevel.Warning, "An event was not acknowledged ({Failure}).")]
    private partial void LogNotSent(Exception exception, ChannelFailure failure);
}
