using Google.Protobuf;

namespace CantonInfra.Protocol.Grpc;

/// <summary>A unary method of a gRPC service.</summary>
/// <typeparam name="TRequest">The message that is sent.</typeparam>
/// <typeparam name="TResponse">The message that comes back.</typeparam>
public sealed class GrpcMethod<TRequest, TResponse>
    where TRequest : IMessage<TRequest>, new()
    where TResponse : IMessage<TResponse>, new()
{
    /// <summary>The method of that full service name.</summary>
    public GrpcMethod(string service, string name) => Path = $"/{service}/{name}";

    /// <summary>The HTTP path: <c>/package.Service/Method</c>.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override string ToString() => Path;
}
