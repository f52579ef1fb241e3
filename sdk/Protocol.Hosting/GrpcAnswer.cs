using Google.Protobuf;

namespace CantonInfra.Protocol.Hosting;

/// <summary>An answer of which a part may have been written before it was asked for.</summary>
/// <param name="Written">
/// Fields of the message in wire form; they come first. Readers merge what follows into them: repeated fields go on, others are replaced.
/// </param>
/// <param name="Message">The rest; null where all of it is written.</param>
public readonly record struct GrpcAnswer(ReadOnlyMemory<byte> Written, IMessage? Message);
