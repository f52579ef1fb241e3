using CantonInfra.Protocol.Grpc;
using Google.Protobuf;

namespace CantonInfra.Protocol.Hosting;

/// <summary>The methods that a server answers; a call of any other is answered with 'unimplemented'.</summary>
public sealed class GrpcHandlers
{
    private readonly Dictionary<string, Func<byte[], CancellationToken, Task<GrpcAnswer>>> _handlers = new(StringComparer.Ordinal);

    /// <summary>Answers a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">
    /// Gives the answer. Its token is cancelled when the caller gives up, the deadline passes or the server ends. To answer
    /// with an error it throws <see cref="RpcException"/>; any other exception is answered with 'unknown' and its message.
    /// </param>
    /// <returns>The same handlers, for chaining.</returns>
    public GrpcHandlers Add<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<TRequest, CancellationToken, Task<TResponse>> handler)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>, new()
    {
        _handlers.Add(
            method.Path,
            async (message, cancellation) => new GrpcAnswer(default, await handler(MessageFrame.Parse<TRequest>(message, message.Length), cancellation)));
        return this;
    }

    /// <summary>Answers a method whose answers can be known before the whole request is read.</summary>
    /// <param name="method">The method.</param>
    /// <param name="handler">Gives the answer as above; gets the request in wire form and a function that reads it.</param>
    /// <returns>The same handlers, for chaining.</returns>
    public GrpcHandlers Add<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method, Func<byte[], Func<TRequest>, CancellationToken, Task<GrpcAnswer>> handler)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : IMessage<TResponse>, new()
    {
        _handlers.Add(
            method.Path,
            (message, cancellation) => handler(message, () => MessageFrame.Parse<TRequest>(message, message.Length), cancellation));
        return this;
    }

    internal Func<byte[], CancellationToken, Task<GrpcAnswer>>? Find(string path) => _handlers.GetValueOrDefault(path);
}
