using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Wire;
using CantonInfra.ProtocolConformance.Tests.Node;

namespace CantonInfra.ProtocolConformance.Tests.Transport;

/// <summary>Our client, against servers that do not keep to gRPC: each is an error with a code, or the right answer.</summary>
public sealed class BrokenServerTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(8);

    // Never 'unimplemented': callers take that for a method that a peer may lack, and go on.
    private static readonly Dictionary<string, StatusCode> Expected = new()
    {
        ["another content type"] = StatusCode.Unknown,
        ["no content type"] = StatusCode.Unknown,
        ["a page not found"] = StatusCode.Unavailable,
        ["a bad gateway"] = StatusCode.Unavailable,
        ["a redirect"] = StatusCode.Unavailable,
        ["no trailers"] = StatusCode.Unknown,
        ["trailers without a status"] = StatusCode.Unknown,
        ["a status that is no number"] = StatusCode.Unknown,
        ["a status that does not exist"] = StatusCode.Unknown,
        ["success without a message"] = StatusCode.Internal,
        ["a frame cut short"] = StatusCode.Internal,
        ["a header cut short"] = StatusCode.Internal,
        ["a compressed message"] = StatusCode.Internal,
        ["a message of 4 GB"] = StatusCode.ResourceExhausted,
        ["a message that is garbage"] = StatusCode.Internal,
        ["two messages"] = StatusCode.Internal,
        ["a message, then an error"] = StatusCode.FailedPrecondition,
        ["an error within a message"] = StatusCode.ResourceExhausted,
        ["details that are garbage"] = StatusCode.InvalidArgument,
        ["a reset stream"] = StatusCode.Unavailable,
        ["a refused stream"] = StatusCode.Unavailable,
        ["a connection that breaks"] = StatusCode.Unavailable,
        ["a connection that is closed at once"] = StatusCode.Unavailable,
        ["silence"] = StatusCode.DeadlineExceeded,
        ["silence after the headers"] = StatusCode.DeadlineExceeded,
        ["one byte at a time"] = StatusCode.OK,
        ["another grpc content type"] = StatusCode.OK,
        ["an empty message"] = StatusCode.OK,
        ["unknown fields"] = StatusCode.OK,
        ["HTTP/1.1"] = StatusCode.Unavailable,
        ["bytes of no protocol"] = StatusCode.Unavailable,
        ["a closed connection"] = StatusCode.Unavailable,
        ["a silent connection"] = StatusCode.DeadlineExceeded,
    };

    [OfficialFact]
    public async Task Each_is_answered_with_its_code_and_in_time()
    {
        await using var servers = await NodePeer.StartAsync("broken-servers.cjs");
        var ports = await servers.ReadAsync();

        var found = await Task.WhenAll(ports.Select(async server => (Name: server.Key, Outcome: await CallAsync((int)server.Value!))));

        Assert.Equal(Expected.Keys.Order(), ports.Select(server => server.Key).Order());
        var wrong = found.Where(one => one.Outcome.Code != Expected[one.Name])
            .Select(one => $"{one.Name}: {one.Outcome.Code} ({one.Outcome.Message}), not {Expected[one.Name]}");
        Assert.Empty(wrong);
        Assert.Equal("100% %zz", found.Single(one => one.Name == "details that are garbage").Outcome.Message);
    }

    private static async Task<(StatusCode Code, string Message)> CallAsync(int port)
    {
        using var channel = new GrpcChannel($"127.0.0.1:{port}");
        try
        {
            var answer = await channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest(), Limit)
                .WaitAsync(Limit * 3);
            return (StatusCode.OK, answer.Urn);
        }
        catch (RpcException exception)
        {
            return (exception.Code, exception.Message);
        }
    }
}
