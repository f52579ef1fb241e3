using CantonInfra.Protocol.Wire;
using Google.Protobuf;

namespace CantonInfra.PolicySdk;

/// <summary>Which resource an <see cref="AnalyzeRequest"/> is about, read without its properties.</summary>
/// <param name="Type">The type as the engine wrote it.</param>
/// <param name="Urn">The URN.</param>
internal readonly record struct RequestSubject(string Type, string Urn)
{
    /// <summary>Reads it from the request's wire form; null where that is not valid.</summary>
    public static RequestSubject? Read(byte[] request)
    {
        try
        {
            using var input = new CodedInputStream(request);
            var (type, urn) = ("", "");
            for (var tag = input.ReadTag(); tag != 0; tag = input.ReadTag())
            {
                switch (WireFormat.GetTagFieldNumber(tag))
                {
                    case AnalyzeRequest.TypeFieldNumber:
                        type = input.ReadString();
                        break;
                    case AnalyzeRequest.UrnFieldNumber:
                        urn = input.ReadString();
                        break;
                    default:
                        input.SkipLastField();
                        break;
                }
            }

            return new(type, urn);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
