using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Wire;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.ProtocolConformance.Tests.Transport;

/// <summary>Our server, against clients that do not keep to gRPC: each gets a status, and the next is served as ever.</summary>
public sealed class BrokenClientTests
{
    private static readonly Dictionary<string, StatusCode?> Expected = new()
    {
        ["a proper call"] = StatusCode.OK,
        ["a byte at a time"] = StatusCode.OK,
        ["a content type with a suffix"] = StatusCode.OK,
        ["unknown headers"] = StatusCode.OK,
        ["a timeout that is garbage"] = StatusCode.OK,
        ["a timeout beyond all bounds"] = StatusCode.OK,
        ["no te"] = StatusCode.OK,
        ["no body"] = StatusCode.Internal,
        ["a header cut short"] = StatusCode.Internal,
        ["a frame cut short"] = StatusCode.Internal,
        ["a compressed message"] = StatusCode.Unimplemented,
        ["a message of 4 GB"] = StatusCode.ResourceExhausted,
        ["a message that is garbage"] = StatusCode.Internal,
        ["another content type"] = StatusCode.Unimplemented,
        ["no content type"] = StatusCode.Unimplemented,
        ["GET"] = StatusCode.Unimplemented,
        ["an unknown method"] = StatusCode.Unimplemented,
        ["a path of no service"] = StatusCode.Unimplemented,
        ["a path in another case"] = StatusCode.Unimplemented,
        ["a request that is reset"] = null,
        ["a client that dies"] = null,
        ["a thousand resets"] = null,
        ["HTTP/1.1"] = null,
        ["bytes of no protocol"] = null,
        ["a proper call after all that"] = StatusCode.OK,
    };

    [OfficialFact]
    public async Task Each_is_answered_with_its_status()
    {
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers()
            .Add(EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse { Urn = "urn" }))
            .Add(EngineMethods.SetRootResource, (_, _) => Task.FromResult(new SetRootResourceResponse())));
        await using var clients = await NodePeer.StartAsync("broken-clients.cjs", server.Address);

        var answers = await clients.ReadAsync();

        Assert.Equal(Expected.Keys.Order(), answers.Select(answer => answer.Key).Order());
        var wrong = answers
            .Where(answer => answer.Value is null
                ? Expected[answer.Key] is not null
                : (int)answer.Value["http"]! != 200 || (string?)answer.Value["grpc"] != $"{(int?)Expected[answer.Key]}")
            .Select(answer => $"{answer.Key}: {answer.Value?.ToJsonString() ?? "no answer"}, not {Expected[answer.Key]}");
        Assert.Empty(wrong);
    }
}
