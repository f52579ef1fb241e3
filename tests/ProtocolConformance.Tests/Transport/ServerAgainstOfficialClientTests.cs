using System.Text.Json.Nodes;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Wire;
using CantonInfra.ProtocolConformance.Tests.Node;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.ProtocolConformance.Tests.Transport;

/// <summary>Our server, called by @grpc/grpc-js with the official stubs.</summary>
public sealed class ServerAgainstOfficialClientTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int TwentyMegabytes = 20 * 1024 * 1024;
    private const int HundredMegabytes = 100 * 1024 * 1024;

    [OfficialFact]
    public async Task Texts_arrive_and_return_as_they_are()
    {
        string? received = null;
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers()
            .Add(EngineMethods.SetRootResource, (request, _) =>
            {
                received = request.Urn;
                return Task.FromResult(new SetRootResourceResponse());
            })
            .Add(EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse { Urn = "Straße 名前 😀" })));
        await using var client = await OfficialClient.StartAsync(server.Address);

        (await client.CallAsync("Engine", "setRootResource", new() { ["urn"] = "é\n\0 😀" })).Response();
        var answer = (await client.CallAsync("Engine", "getRootResource")).Response();

        Assert.Equal("é\n\0 😀", received);
        Assert.Equal("Straße 名前 😀", (string?)answer["urn"]);
    }

    [OfficialTheory]
    [InlineData(TwentyMegabytes)]
    [InlineData(HundredMegabytes)]
    public async Task Large_messages_pass_in_both_directions(int size)
    {
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers()
            .Add(EngineMethods.SetRootResource, (request, _) =>
                request.Urn.Length == size ? Task.FromResult(new SetRootResourceResponse()) : throw new InvalidOperationException())
            .Add(EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse { Urn = new string('y', size) })));
        await using var client = await OfficialClient.StartAsync(server.Address);

        var request = new JsonObject { ["urn"] = new JsonObject { ["$repeat"] = new JsonArray("x", size) } };
        (await client.CallAsync("Engine", "setRootResource", request)).Response();
        var answer = (await client.CallAsync("Engine", "getRootResource")).Response();

        Assert.Equal($"[{size} characters]", (string?)answer["urn"]);
    }

    [OfficialFact]
    public async Task Five_hundred_calls_are_in_flight_at_once()
    {
        var arrived = 0;
        var all = new TaskCompletionSource();
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            MonitorMethods.SupportsFeature,
            async (_, cancellation) =>
            {
                if (Interlocked.Increment(ref arrived) == 500)
                {
                    all.SetResult();
                }

                await all.Task.WaitAsync(cancellation);
                return new SupportsFeatureResponse { HasSupport = true };
            }));
        await using var client = await OfficialClient.StartAsync(server.Address);

        await client.SendAsync("ResourceMonitor", "supportsFeature", new() { ["id"] = "secrets" }, deadline: 30_000, times: 500);
        var answers = await client.ReadAsync(500);

        Assert.All(answers, answer => Assert.True((bool)answer.Response()["hassupport"]!));
    }

    [OfficialFact]
    public async Task An_error_keeps_code_message_and_details()
    {
        const string message = "50 % of «this»\nis wrong 😀";
        var missing = new ConfigureErrorMissingKeys { MissingKeys = { new ConfigureErrorMissingKeys.Types.MissingKey { Name = "token" } } };
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            EngineMethods.GetRootResource,
            (_, _) => throw new RpcException(StatusCode.FailedPrecondition, message, [Any.Pack(missing)])));
        await using var client = await OfficialClient.StartAsync(server.Address);

        var answer = await client.CallAsync("Engine", "getRootResource");

        Assert.Equal((StatusCode.FailedPrecondition, message), (answer.Code(), answer.Message()));
        var status = Protocol.Wire.Status.Parser.ParseFrom(Convert.FromBase64String((string)answer["details"]!));
        Assert.Equal((9, message), (status.Code, status.Message));
        Assert.Equal(missing, status.Details.Single().Unpack<ConfigureErrorMissingKeys>());
    }

    [OfficialFact]
    public async Task Every_code_arrives_as_itself()
    {
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            EngineMethods.Log, (request, _) => throw new RpcException((StatusCode)request.StreamId, request.Message)));
        await using var client = await OfficialClient.StartAsync(server.Address);

        foreach (var code in System.Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK))
        {
            var answer = await client.CallAsync("Engine", "log", new() { ["streamid"] = (int)code, ["message"] = $"code {code}" });
            Assert.Equal((code, $"code {code}"), (answer.Code(), answer.Message()));
        }
    }

    [OfficialTheory]
    [InlineData("")]
    [InlineData("Nothing")]
    [InlineData("getrootresource")]
    public async Task A_method_that_is_not_there_is_unimplemented(string method)
    {
        await using var server = await EchoAsync();
        await using var client = await OfficialClient.StartAsync(server.Address);

        Assert.Equal(StatusCode.Unimplemented, (await client.CallAsync("Engine", method)).Code());
        (await client.CallAsync("Engine", "getRootResource")).Response();
    }

    [OfficialFact]
    public async Task The_clients_deadline_ends_the_call_here_too()
    {
        var ended = new TaskCompletionSource();
        await using var server = await HangingAsync(ended);
        await using var client = await OfficialClient.StartAsync(server.Address);

        var answer = await client.CallAsync("Engine", "getRootResource", deadline: 1500);

        Assert.Equal(StatusCode.DeadlineExceeded, answer.Code());
        await ended.Task.WaitAsync(Patience);
    }

    [OfficialFact]
    public async Task The_clients_cancelling_ends_the_call_here_too()
    {
        var ended = new TaskCompletionSource();
        await using var server = await HangingAsync(ended);
        await using var client = await OfficialClient.StartAsync(server.Address);

        var answer = await client.CallAsync("Engine", "getRootResource", cancel: 1500);

        Assert.Equal(StatusCode.Cancelled, answer.Code());
        await ended.Task.WaitAsync(Patience);
    }

    [OfficialFact]
    public async Task A_server_that_ends_is_unavailable_to_calls_in_flight_and_to_new_ones()
    {
        var arrived = new TaskCompletionSource();
        var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            EngineMethods.GetRootResource,
            async (_, cancellation) =>
            {
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return new GetRootResourceResponse();
            }));
        await using var client = await OfficialClient.StartAsync(server.Address);
        await client.SendAsync("Engine", "getRootResource");
        await arrived.Task.WaitAsync(Patience);

        await server.DisposeAsync();

        Assert.Equal(StatusCode.Unavailable, (await client.ReadAsync(1))[0].Code());
        Assert.Equal(StatusCode.Unavailable, (await client.CallAsync("Engine", "getRootResource")).Code());
    }

    private static Task<GrpcServer> EchoAsync() => GrpcServer.StartAsync(new GrpcHandlers().Add(
        EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse { Urn = "urn" })));

    private static Task<GrpcServer> HangingAsync(TaskCompletionSource ended) => GrpcServer.StartAsync(new GrpcHandlers().Add(
        EngineMethods.GetRootResource,
        async (_, cancellation) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                ended.SetResult();
            }

            return new GetRootResourceResponse();
        }));
}
