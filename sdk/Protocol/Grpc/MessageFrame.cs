using System.Buffers.Binary;
using Google.Protobuf;

namespace CantonInfra.Protocol.Grpc;

/// <summary>The length-prefixed frame in which gRPC sends a message: a flag byte, four bytes of length, the message.</summary>
internal static class MessageFrame
{
    /// <summary>The largest message that the Pulumi parties exchange: 400 MiB.</summary>
    public const int MaxMessageSize = 400 * 1024 * 1024;

    public const int HeaderSize = 5;

    // The official SDKs nest as deep as this; protobuf's own default of 100 refuses 33 nested maps.
    private const int RecursionLimit = 1000;

    public static byte[] Write(IMessage message) => Write([], message);

    /// <summary>The frame of a message whose first fields are written already.</summary>
    public static byte[] Write(ReadOnlySpan<byte> written, IMessage? message)
    {
        var size = written.Length + (message?.CalculateSize() ?? 0);
        if (size > MaxMessageSize)
        {
            throw new RpcException(
                StatusCode.ResourceExhausted,
                $"A {message?.Descriptor.FullName} of {size} bytes is larger than the limit of {MaxMessageSize} bytes.");
        }

        var frame = new byte[HeaderSize + size];
        BinaryPrimitives.WriteUInt32BigEndian(frame.AsSpan(1), (uint)size);
        written.CopyTo(frame.AsSpan(HeaderSize));
        message?.WriteTo(frame.AsSpan(HeaderSize + written.Length));
        return frame;
    }

    /// <summary>The length that a frame's header announces.</summary>
    /// <param name="header">The header.</param>
    /// <param name="compressed">
    /// The code for a compressed message: 'unimplemented' is for servers to answer. A client that threw it would take a
    /// broken answer for a method that the peer lacks.
    /// </param>
    public static int ReadHeader(ReadOnlySpan<byte> header, StatusCode compressed)
    {
        if (header[0] != 0)
        {
            throw new RpcException(compressed, "The message is compressed, which was not agreed on.");
        }

        var size = BinaryPrimitives.ReadUInt32BigEndian(header[1..]);
        return size <= MaxMessageSize
            ? (int)size
            : throw new RpcException(
                StatusCode.ResourceExhausted,
                $"The message of {size} bytes is larger than the limit of {MaxMessageSize} bytes.");
    }

    public static T Parse<T>(byte[] message, int size)
        where T : IMessage<T>, new()
    {
        try
        {
            var result = new T();
            result.MergeFrom(message.AsSpan(0, size));
            return result;
        }
        catch (InvalidProtocolBufferException)
        {
            return ParseDeep<T>(message, size);
        }
    }

    // Only a stream's reader takes another limit, and it costs a buffer for each message; few need it.
    private static T ParseDeep<T>(byte[] message, int size)
        where T : IMessage<T>, new()
    {
        try
        {
            var result = new T();
            using var buffer = new MemoryStream(message, 0, size, writable: false);
            using var input = CodedInputStream.CreateWithLimits(buffer, int.MaxValue, RecursionLimit);
            result.MergeFrom(input);
            return result;
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new RpcException(
                StatusCode.Internal,
                $"The message is not a valid {new T().Descriptor.FullName}: {exception.Message}",
                innerException: exception);
        }
    }
}
