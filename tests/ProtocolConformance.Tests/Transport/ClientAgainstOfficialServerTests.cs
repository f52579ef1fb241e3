using System.Diagnostics;
using System.Text.Json.Nodes;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Wire;
using CantonInfra.ProtocolConformance.Tests.Node;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.ProtocolConformance.Tests.Transport;

/// <summary>Our client, against a server of @grpc/grpc-js with the official services.</summary>
public sealed class ClientAgainstOfficialServerTests : IAsyncLifetime, IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private NodePeer? _server;
    private GrpcChannel? _channel;

    private NodePeer Server => _server!;

    private GrpcChannel Channel => _channel!;

    public async Task InitializeAsync()
    {
        _server = await NodePeer.StartAsync("server.cjs");
        _channel = new GrpcChannel($"127.0.0.1:{(int)(await _server.ReadAsync())["port"]!}");
    }

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [OfficialFact]
    public async Task Texts_return_as_they_are()
    {
        var answer = await Channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest());

        Assert.Equal("urn:pulumi:stack::Straße::t:i:T::名前", answer.Urn);
    }

    [OfficialTheory]
    [InlineData(20 * 1024 * 1024)]
    [InlineData(100 * 1024 * 1024)]
    public async Task Large_messages_pass_in_both_directions(int size)
    {
        await Channel.CallAsync(EngineMethods.SetRootResource, new SetRootResourceRequest { Urn = new string('x', size) });
        var answer = await Channel.CallAsync(AnalyzerMethods.Analyze, new AnalyzeRequest { Name = $"{size}" });

        Assert.Equal(size, (int)(await Server.ReadAsync())["urn"]!);
        Assert.Equal(size, Assert.Single(answer.Diagnostics).Message.Length);
    }

    [OfficialFact]
    public async Task Five_hundred_calls_are_in_flight_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(index => Channel.CallAsync(
            MonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = index % 2 == 0 ? "even" : "odd" }, TimeSpan.FromSeconds(30))));

        Assert.Equal(250, answers.Count(answer => answer.HasSupport));
    }

    [OfficialFact]
    public async Task An_error_keeps_code_message_and_details()
    {
        const string message = "50 % of «this»\nis wrong 😀";
        var missing = new ConfigureErrorMissingKeys { MissingKeys = { new ConfigureErrorMissingKeys.Types.MissingKey { Name = "token" } } };
        var status = new Protocol.Wire.Status { Code = 9, Message = message, Details = { Any.Pack(missing) } };

        var exception = await FailAsync(new()
        {
            ["status"] = 9,
            ["message"] = message,
            ["details"] = Convert.ToBase64String(status.ToByteArray()),
        });

        Assert.Equal((StatusCode.FailedPrecondition, message), (exception.Code, exception.Message));
        Assert.Equal(missing, exception.Details.Single().Unpack<ConfigureErrorMissingKeys>());
    }

    [OfficialFact]
    public async Task Every_code_arrives_as_itself()
    {
        foreach (var code in System.Enum.GetValues<StatusCode>().Where(code => code != StatusCode.OK))
        {
            var exception = await FailAsync(new() { ["status"] = (int)code, ["message"] = $"code {code}" });
            Assert.Equal((code, $"code {code}"), (exception.Code, exception.Message));
        }
    }

    [OfficialFact]
    public async Task Methods_and_services_that_are_not_there_are_unimplemented()
    {
        var method = await Assert.ThrowsAsync<RpcException>(() => Channel.CallAsync(
            new GrpcMethod<Empty, Empty>("pulumirpc.Engine", "Nothing"), new Empty()));
        var unserved = await Assert.ThrowsAsync<RpcException>(() => Channel.CallAsync(AnalyzerMethods.Handshake, new()));
        var service = await Assert.ThrowsAsync<RpcException>(() => Channel.CallAsync(ProviderMethods.GetPluginInfo, new Empty()));

        Assert.All(new[] { method, unserved, service }, exception => Assert.Equal(StatusCode.Unimplemented, exception.Code));
    }

    [OfficialFact]
    public async Task The_server_is_told_of_the_deadline_and_ends_the_call_with_it()
    {
        var watch = Stopwatch.StartNew();
        var exception = await Assert.ThrowsAsync<RpcException>(() => Channel.CallAsync(
            EngineMethods.Log, Wish(new() { ["wait"] = true }), TimeSpan.FromMilliseconds(1500)));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.Code);
        Assert.InRange(watch.Elapsed, TimeSpan.FromMilliseconds(1400), Patience);
        Assert.InRange((double)(await Server.ReadAsync())["deadline"]!, 1, 1500);
        Assert.True((bool)(await Server.ReadAsync())["cancelled"]!);
    }

    [OfficialFact]
    public async Task The_server_is_told_when_a_call_is_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var call = Channel.CallAsync(EngineMethods.Log, Wish(new() { ["wait"] = true }), cancellationToken: cancellation.Token);
        var arrival = await Server.ReadAsync();

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Null(arrival["deadline"]);
        Assert.True((bool)(await Server.ReadAsync())["cancelled"]!);
    }

    [OfficialFact]
    public async Task A_server_that_dies_is_unavailable_to_calls_in_flight_and_to_new_ones()
    {
        var waiting = Enumerable.Range(0, 20)
            .Select(_ => Channel.CallAsync(EngineMethods.Log, Wish(new() { ["wait"] = true })))
            .ToList();
        await Task.WhenAll(waiting.Select(_ => Server.ReadAsync()));
        waiting.Add(Channel.CallAsync(EngineMethods.Log, Wish(new() { ["die"] = true })));

        foreach (var call in waiting)
        {
            var exception = await Assert.ThrowsAsync<RpcException>(() => call.WaitAsync(Patience));
            Assert.Equal(StatusCode.Unavailable, exception.Code);
            Assert.Contains(Channel.Address, exception.Message, StringComparison.Ordinal);
        }

        var next = await Assert.ThrowsAsync<RpcException>(() => Channel.CallAsync(EngineMethods.GetRootResource, new()));
        Assert.Equal(StatusCode.Unavailable, next.Code);
    }

    private static LogRequest Wish(JsonObject answer) => new() { Message = answer.ToJsonString() };

    private Task<RpcException> FailAsync(JsonObject answer) =>
        Assert.ThrowsAsync<RpcException>(() => Channel.CallAsync(EngineMethods.Log, Wish(answer)));
}
