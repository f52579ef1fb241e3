using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using CantonInfra.Protocol.Grpc;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace CantonInfra.Protocol.Hosting;

/// <summary>Answers the HTTP/2 requests of a server with gRPC's framing, status and trailers.</summary>
internal sealed class GrpcApplication(GrpcHandlers handlers, CancellationToken stopping) : IHttpApplication<HttpContext>
{
    private long _calls;

    /// <summary>How many requests have arrived so far.</summary>
    public long Calls => Interlocked.Read(ref _calls);

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        Interlocked.Increment(ref _calls);
        var timeout = GrpcHeaders.DecodeTimeout(context.Request.Headers[GrpcHeaders.Timeout]);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        if (timeout is { } limit)
        {
            cancellation.CancelAfter(GrpcHeaders.Bound(limit));
        }

        // A content type at all times: clients take a response without one for a broken proxy's.
        context.Response.ContentType = GrpcHeaders.ContentType;
        try
        {
            await RespondAsync(context, cancellation.Token);
        }
        catch (RpcException exception)
        {
            WriteStatus(context.Response.Headers, exception);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone; nobody is left to answer.
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            WriteStatus(context.Response.Headers, stopping.IsCancellationRequested
                ? new RpcException(StatusCode.Unavailable, "The server is shutting down.")
                : new RpcException(StatusCode.DeadlineExceeded, $"{context.Request.Path} took longer than the caller's deadline."));
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            // As above: the connection broke while its request was read or its answer written.
        }
        catch (Exception exception)
        {
            WriteStatus(context.Response.Headers, new RpcException(StatusCode.Unknown, exception.Message));
        }
    }

    private async Task RespondAsync(HttpContext context, CancellationToken cancellation)
    {
        var request = context.Request;
        var path = request.Path.Value ?? "";
        var isGrpc = request.ContentType?.StartsWith(GrpcHeaders.ContentType, StringComparison.OrdinalIgnoreCase) ?? false;
        if (handlers.Find(path) is not { } handler || !isGrpc || !HttpMethods.IsPost(request.Method))
        {
            throw new RpcException(StatusCode.Unimplemented, $"There is no method {path} here.");
        }

        var message = await ReadFrameAsync(request.BodyReader, cancellation);
        var answer = await handler(message, cancellation).WaitAsync(cancellation);

        // Not flushed: the end of the response sends headers, message and trailers at once.
        context.Response.BodyWriter.Write(MessageFrame.Write(answer.Written.Span, answer.Message));
        context.Response.AppendTrailer(GrpcHeaders.Status, "0");
    }

    private static async Task<byte[]> ReadFrameAsync(PipeReader reader, CancellationToken cancellation)
    {
        var header = await reader.ReadAtLeastAsync(MessageFrame.HeaderSize, cancellation);
        if (header.Buffer.Length < MessageFrame.HeaderSize)
        {
            throw new RpcException(StatusCode.Internal, "The request has no message.");
        }

        var headerBytes = header.Buffer.Slice(0, MessageFrame.HeaderSize).ToArray();
        reader.AdvanceTo(header.Buffer.GetPosition(MessageFrame.HeaderSize));

        var message = new byte[MessageFrame.ReadHeader(headerBytes, StatusCode.Unimplemented)];
        var filled = 0;
        while (filled < message.Length)
        {
            var result = await reader.ReadAsync(cancellation);
            var take = (int)Math.Min(result.Buffer.Length, message.Length - filled);
            result.Buffer.Slice(0, take).CopyTo(message.AsSpan(filled));
            filled += take;
            reader.AdvanceTo(result.Buffer.GetPosition(take));
            if (result.IsCompleted && filled < message.Length)
            {
                throw new RpcException(StatusCode.Internal, "The request ends within its message.");
            }
        }

        return message;
    }

    private static void WriteStatus(IHeaderDictionary headers, RpcException exception)
    {
        if (headers.IsReadOnly)
        {
            return;
        }

        headers[GrpcHeaders.Status] = ((int)exception.Code).ToString(CultureInfo.InvariantCulture);
        headers[GrpcHeaders.Message] = GrpcHeaders.EncodeMessage(exception.Message);
        if (exception.Details.Length > 0)
        {
            headers[GrpcHeaders.StatusDetails] = GrpcHeaders.EncodeDetails(exception.Code, exception.Message, exception.Details);
        }
    }
}
