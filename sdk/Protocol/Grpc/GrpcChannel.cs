using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;

namespace CantonInfra.Protocol.Grpc;

/// <summary>Calls unary gRPC methods of one peer, over HTTP/2 without TLS and never through a proxy.</summary>
public sealed class GrpcChannel : IDisposable
{
    private const int WindowSize = 16 * 1024 * 1024;

    private readonly HttpClient _client;

    /// <summary>A channel to the peer at that address. Nothing is sent before the first call.</summary>
    /// <param name="address">Host and port, such as <c>127.0.0.1:40123</c>.</param>
    /// <exception cref="ArgumentException">The address is not a host and a port.</exception>
    public GrpcChannel(string address)
    {
        if (!Uri.TryCreate($"http://{address}/", UriKind.Absolute, out var uri)
            || uri.PathAndQuery != "/"
            || !address.EndsWith(string.Create(CultureInfo.InvariantCulture, $":{uri.Port}"), StringComparison.Ordinal))
        {
            throw new ArgumentException($"'{address}' is not an address of the form host:port.", nameof(address));
        }

        Address = address;
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            EnableMultipleHttp2Connections = true,
            InitialHttp2StreamWindowSize = WindowSize,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ActivityHeadersPropagator = null,
        };
        _client = new HttpClient(handler)
        {
            BaseAddress = uri,
            Timeout = Timeout.InfiniteTimeSpan,
            DefaultRequestVersion = HttpVersion.Version20,
            DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
    }

    /// <summary>Host and port of the peer.</summary>
    public string Address { get; }

    /// <summary>Calls a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="request">The message to send.</param>
    /// <param name="timeout">How long the call may take in all; the peer is told. Null: no limit.</param>
    /// <param name="cancellationToken">Ends the call; the peer is told.</param>
    /// <exception cref="RpcException">
    /// The peer answered with an error, the deadline passed, or (<see cref="StatusCode.Unavailable"/>) the peer is not there.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        TimeSpan? timeout = null,
        CancellationToken cancellationToken = default)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>, new()
    {
        using var message = CreateRequest(method.Path, request, timeout);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (timeout is { } limit)
        {
            deadline.CancelAfter(GrpcHeaders.Bound(limit));
        }

        try
        {
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return await ReadResponseAsync<TResponse>(response, method.Path, deadline.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && timeout is not null)
        {
            var seconds = timeout.Value.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture);
            throw new RpcException(StatusCode.DeadlineExceeded, $"{method.Path} at {Address} gave no answer within {seconds} s.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or ObjectDisposedException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new RpcException(
                StatusCode.Unavailable,
                $"The peer at {Address} is gone or does not speak gRPC ({method.Path}): {Innermost(exception)}",
                innerException: exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private static HttpRequestMessage CreateRequest(string path, IMessage request, TimeSpan? timeout)
    {
        var content = new ByteArrayContent(MessageFrame.Write(request));
        content.Headers.ContentType = new MediaTypeHeaderValue(GrpcHeaders.ContentType);
        var message = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = content,
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        message.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (timeout is { } limit)
        {
            message.Headers.TryAddWithoutValidation(GrpcHeaders.Timeout, GrpcHeaders.EncodeTimeout(limit));
        }

        return message;
    }

    private async Task<TResponse> ReadResponseAsync<TResponse>(HttpResponseMessage response, string path, CancellationToken cancellation)
        where TResponse : IMessage<TResponse>, new()
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new RpcException(
                StatusCode.Unavailable, $"{path} at {Address} was answered with HTTP status {(int)response.StatusCode}, not by gRPC.");
        }

        var mediaType = response.Content.Headers.ContentType?.MediaType;
        if (mediaType is null || !mediaType.StartsWith(GrpcHeaders.ContentType, StringComparison.OrdinalIgnoreCase))
        {
            throw new RpcException(StatusCode.Unknown, $"{path} at {Address} was answered with '{mediaType}', not by gRPC.");
        }

        await using var body = await response.Content.ReadAsStreamAsync(cancellation);
        byte[]? message;
        try
        {
            message = await ReadFrameAsync(body, cancellation);
        }
        catch (RpcException) when (Header(response.TrailingHeaders, GrpcHeaders.Status) is not null)
        {
            // A peer that gave up within its message says why in the trailers.
            ThrowUnlessOk(response.TrailingHeaders, path);
            throw;
        }

        // Trailers are there only once the body has been read to its end; a response without body has them as headers.
        var status = Header(response.TrailingHeaders, GrpcHeaders.Status) is not null
            ? (HttpHeaders)response.TrailingHeaders
            : response.Headers;
        ThrowUnlessOk(status, path);
        return message is null
            ? throw new RpcException(StatusCode.Internal, $"{path} at {Address} succeeded without a message.")
            : MessageFrame.Parse<TResponse>(message, message.Length);
    }

    private static async Task<byte[]?> ReadFrameAsync(Stream body, CancellationToken cancellation)
    {
        var header = new byte[MessageFrame.HeaderSize];
        var read = await body.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        if (read == 0)
        {
            return null;
        }

        if (read < header.Length)
        {
            throw new RpcException(StatusCode.Internal, "The response ends within a message.");
        }

        var message = new byte[MessageFrame.ReadHeader(header, StatusCode.Internal)];
        read = await body.ReadAtLeastAsync(message, message.Length, throwOnEndOfStream: false, cancellation);
        if (read < message.Length)
        {
            throw new RpcException(StatusCode.Internal, "The response ends within a message.");
        }

        return await body.ReadAsync(header, cancellation) == 0
            ? message
            : throw new RpcException(StatusCode.Internal, "The response has more than one message.");
    }

    private void ThrowUnlessOk(HttpHeaders headers, string path)
    {
        var text = Header(headers, GrpcHeaders.Status);
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new RpcException(StatusCode.Unknown, $"{path} at {Address} was answered without a gRPC status.");
        }

        if (number == 0)
        {
            return;
        }

        var code = number <= (int)StatusCode.Unauthenticated ? (StatusCode)number : StatusCode.Unknown;
        var message = GrpcHeaders.DecodeMessage(Header(headers, GrpcHeaders.Message) ?? "");
        var details = GrpcHeaders.DecodeDetails(Header(headers, GrpcHeaders.StatusDetails));
        throw new RpcException(code, message.Length > 0 ? message : $"{path} at {Address} failed with status {code}.", details);
    }

    private static string? Header(HttpHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
        {
            exception = inner;
        }

        return exception.Message;
    }
}
