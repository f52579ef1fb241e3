using System.Text.Json.Nodes;
using CantonInfra.Protocol.Grpc;

namespace CantonInfra.ProtocolConformance.Tests.Node;

/// <summary>What an official client got.</summary>
internal static class Answer
{
    public static StatusCode Code(this JsonObject answer) => (StatusCode)(int)answer["code"]!;

    public static string Message(this JsonObject answer) => (string?)answer["message"] ?? "";

    /// <summary>The response of a call that must have succeeded.</summary>
    public static JsonObject Response(this JsonObject answer)
    {
        Assert.True(answer.Code() == StatusCode.OK, answer.ToJsonString());
        return answer["response"]!.AsObject();
    }
}
