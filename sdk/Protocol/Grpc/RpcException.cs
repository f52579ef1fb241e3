using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Protocol.Grpc;

/// <summary>A call that ended with a status other than OK; thrown by the client, and by handlers to answer one.</summary>
public sealed class RpcException : Exception
{
    /// <summary>A failure with that status.</summary>
    /// <param name="code">The status code.</param>
    /// <param name="message">What went wrong, for people.</param>
    /// <param name="details">Typed details, carried in the trailer grpc-status-details-bin.</param>
    /// <param name="innerException">The cause on this side, if any.</param>
    public RpcException(StatusCode code, string message, ImmutableArray<Any> details = default, Exception? innerException = null)
        : base(message, innerException)
    {
        Code = code;
        Details = details.IsDefault ? [] : details;
    }

    /// <summary>The status code.</summary>
    public StatusCode Code { get; }

    /// <summary>Typed details; empty where there are none.</summary>
    public ImmutableArray<Any> Details { get; }
}
