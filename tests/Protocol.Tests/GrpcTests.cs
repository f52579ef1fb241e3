using System.Net;
using System.Net.Sockets;
using System.Text;
using CantonInfra.Protocol.Grpc;
using CantonInfra.Protocol.Hosting;
using CantonInfra.Protocol.Wire;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Protocol.Tests;

public class GrpcTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int LargeMessage = 100 * 1024 * 1024;

    [Fact]
    public async Task A_call_gets_its_answer()
    {
        await using var server = await EchoAsync();
        using var channel = new GrpcChannel(server.Address);

        var answer = await channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest());

        Assert.Equal("urn", answer.Urn);
    }

    [Fact]
    public async Task Five_hundred_calls_are_in_flight_at_once()
    {
        var arrived = 0;
        var all = new TaskCompletionSource();
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            MonitorMethods.SupportsFeature,
            async (request, _) =>
            {
                if (Interlocked.Increment(ref arrived) == 500)
                {
                    all.SetResult();
                }

                await all.Task;
                return new SupportsFeatureResponse { HasSupport = request.Id == "even" };
            }));
        using var channel = new GrpcChannel(server.Address);

        var answers = await Task.WhenAll(Enumerable.Range(0, 500).Select(index => channel.CallAsync(
            MonitorMethods.SupportsFeature, new SupportsFeatureRequest { Id = index % 2 == 0 ? "even" : "odd" }, TimeSpan.FromSeconds(60))));

        Assert.Equal(250, answers.Count(answer => answer.HasSupport));
    }

    [Fact]
    public async Task A_message_of_100_MiB_arrives_whole_in_both_directions()
    {
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            AnalyzerMethods.GetAnalyzerInfo, (_, _) => Task.FromResult(new AnalyzerInfo { Readme = new string('y', LargeMessage) }))
            .Add(EngineMethods.SetRootResource, (request, _) =>
                request.Urn.Length == LargeMessage ? Task.FromResult(new SetRootResourceResponse()) : throw new InvalidOperationException()));
        using var channel = new GrpcChannel(server.Address);

        await channel.CallAsync(EngineMethods.SetRootResource, new SetRootResourceRequest { Urn = new string('x', LargeMessage) });
        var answer = await channel.CallAsync(AnalyzerMethods.GetAnalyzerInfo, new Empty());

        Assert.Equal(LargeMessage, answer.Readme.Length);
    }

    [Fact]
    public async Task A_frame_above_400_MiB_is_refused_before_it_is_read()
    {
        await using var server = await EchoAsync();
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://{server.Address}{EngineMethods.GetRootResource.Path}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, 0x19, 0, 0, 1]),
        };
        request.Content.Headers.ContentType = new("application/grpc");

        using var response = await client.SendAsync(request);

        Assert.Equal(["8"], response.Headers.GetValues("grpc-status"));
    }

    [Fact]
    public async Task Messages_nest_deeper_than_protobufs_own_limit()
    {
        var value = Value.ForString("leaf");
        for (var level = 0; level < 200; level++)
        {
            value = Value.ForStruct(new Struct { Fields = { ["x"] = value } });
        }

        Struct? received = null;
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            MonitorMethods.RegisterResourceOutputs,
            (request, _) =>
            {
                received = request.Outputs;
                return Task.FromResult(new Empty());
            }));
        using var channel = new GrpcChannel(server.Address);

        var sent = new Struct { Fields = { ["x"] = value } };
        await channel.CallAsync(MonitorMethods.RegisterResourceOutputs, new RegisterResourceOutputsRequest { Outputs = sent });

        Assert.Equal(sent, received);
    }

    [Fact]
    public async Task An_error_keeps_code_message_and_details()
    {
        var missing = new ConfigureErrorMissingKeys { MissingKeys = { new ConfigureErrorMissingKeys.Types.MissingKey { Name = "token" } } };
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            EngineMethods.GetRootResource,
            (_, _) => throw new RpcException(StatusCode.FailedPrecondition, "50 % of «this»\nis wrong 😀", [Any.Pack(missing)])));
        using var channel = new GrpcChannel(server.Address);

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest()));

        Assert.Equal(StatusCode.FailedPrecondition, exception.Code);
        Assert.Equal("50 % of «this»\nis wrong 😀", exception.Message);
        Assert.Equal(missing, exception.Details.Single().Unpack<ConfigureErrorMissingKeys>());
    }

    [Fact]
    public async Task A_handler_that_throws_answers_unknown_with_its_message()
    {
        await using var server = await GrpcServer.StartAsync(new GrpcHandlers().Add(
            EngineMethods.GetRootResource, (_, _) => throw new InvalidOperationException("broken")));
        using var channel = new GrpcChannel(server.Address);

        var exception = await Assert.ThrowsAsync<RpcException>(
            () => channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest()));

        Assert.Equal((StatusCode.Unknown, "broken"), (exception.Code, exception.Message));
    }

    [Fact]
    public async Task A_method_that_is_not_there_is_unimplemented()
    {
        await using var server = await EchoAsync();
        using var channel = new GrpcChannel(server.Address);

        var exception = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(AnalyzerMethods.Cancel, new Empty()));

        Assert.Equal(StatusCode.Unimplemented, exception.Code);
    }

    [Fact]
    public async Task A_deadline_ends_the_call_on_both_sides()
    {
        var ended = new TaskCompletionSource();
        await using var server = await HangingAsync(ended);
        using var channel = new GrpcChannel(server.Address);

        var exception = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(
            EngineMethods.GetRootResource, new GetRootResourceRequest(), TimeSpan.FromMilliseconds(1500)));

        Assert.Equal(StatusCode.DeadlineExceeded, exception.Code);
        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_deadline_longer_than_a_timer_can_keep_is_no_error()
    {
        await using var server = await EchoAsync();
        using var channel = new GrpcChannel(server.Address);

        var answer = await channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest(), TimeSpan.FromDays(365_000));

        Assert.Equal("urn", answer.Urn);
    }

    [Theory]
    [InlineData(StatusCode.Internal)]
    [InlineData(StatusCode.Unimplemented)]
    public void A_compressed_message_is_refused_with_the_code_of_the_side_that_reads_it(StatusCode code) =>
        Assert.Equal(code, Assert.Throws<RpcException>(() => MessageFrame.ReadHeader([1, 0, 0, 0, 0], code)).Code);

    [Fact]
    public async Task A_cancelled_call_ends_on_both_sides()
    {
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await HangingAsync(ended, arrived);
        using var channel = new GrpcChannel(server.Address);
        using var cancellation = new CancellationTokenSource();
        var call = channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest(), cancellationToken: cancellation.Token);
        await arrived.Task.WaitAsync(Patience);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        await ended.Task.WaitAsync(Patience);
    }

    [Fact]
    public async Task A_peer_that_is_not_there_is_unavailable_and_named()
    {
        string address;
        await using (var server = await EchoAsync())
        {
            address = server.Address;
        }

        using var channel = new GrpcChannel(address);
        var exception = await Assert.ThrowsAsync<RpcException>(
            () => channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest()));

        Assert.Equal(StatusCode.Unavailable, exception.Code);
        Assert.Contains(address, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_ends_answers_the_calls_in_flight()
    {
        var arrived = new TaskCompletionSource();
        var server = await HangingAsync(new TaskCompletionSource(), arrived);
        using var channel = new GrpcChannel(server.Address);
        var call = channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest());
        await arrived.Task.WaitAsync(Patience);

        await server.DisposeAsync();

        var exception = await Assert.ThrowsAsync<RpcException>(() => call.WaitAsync(Patience));
        Assert.Equal(StatusCode.Unavailable, exception.Code);
    }

    [Fact]
    public async Task A_server_that_a_call_ends_answers_it_first_and_keeps_no_other_waiting()
    {
        GrpcServer? server = null;
        var stopped = new TaskCompletionSource<Task>();
        var arrived = new TaskCompletionSource();
        server = await GrpcServer.StartAsync(new GrpcHandlers()
            .Add(AnalyzerMethods.Cancel, (_, _) =>
            {
                stopped.SetResult(server!.StopAsync());
                return Task.FromResult(new Empty());
            })
            .Add(EngineMethods.GetRootResource, async (_, cancellation) =>
            {
                arrived.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                return new GetRootResourceResponse();
            }));
        using var channel = new GrpcChannel(server.Address);
        var hanging = channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest());
        await arrived.Task.WaitAsync(Patience);

        Assert.NotNull(await channel.CallAsync(AnalyzerMethods.Cancel, new Empty()));

        var exception = await Assert.ThrowsAsync<RpcException>(() => hanging.WaitAsync(Patience));
        Assert.Equal(StatusCode.Unavailable, exception.Code);
        await (await stopped.Task).WaitAsync(Patience);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nhi")]
    [InlineData("rubbish\n\n\n")]
    [InlineData("")]
    public async Task A_peer_that_does_not_speak_grpc_is_unavailable(string says)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var peer = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(says));
        });
        using var channel = new GrpcChannel($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");

        var exception = await Assert.ThrowsAsync<RpcException>(() => channel.CallAsync(
            EngineMethods.GetRootResource, new GetRootResourceRequest(), TimeSpan.FromSeconds(30)));

        Assert.Equal(StatusCode.Unavailable, exception.Code);
        await peer;
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.1:notaport")]
    [InlineData("127.0.0.1:80/path")]
    public void What_is_no_address_is_refused(string address) => Assert.Throws<ArgumentException>(() => new GrpcChannel(address));

    [Fact]
    public async Task A_proxy_in_the_environment_is_not_asked()
    {
        // HttpClient reads the variables when its first handler asks for a proxy, so only the handler's own setting counts.
        var before = Environment.GetEnvironmentVariable("http_proxy");
        Environment.SetEnvironmentVariable("http_proxy", "http://127.0.0.1:9");
        try
        {
            await using var server = await EchoAsync();
            using var channel = new GrpcChannel(server.Address);

            Assert.Equal("urn", (await channel.CallAsync(EngineMethods.GetRootResource, new GetRootResourceRequest())).Urn);
        }
        finally
        {
            Environment.SetEnvironmentVariable("http_proxy", before);
        }
    }

    private static Task<GrpcServer> EchoAsync() => GrpcServer.StartAsync(new GrpcHandlers().Add(
        EngineMethods.GetRootResource, (_, _) => Task.FromResult(new GetRootResourceResponse { Urn = "urn" })));

    private static Task<GrpcServer> HangingAsync(TaskCompletionSource ended, TaskCompletionSource? arrived = null) => GrpcServer.StartAsync(new GrpcHandlers().Add(
        EngineMethods.GetRootResource,
        async (_, cancellation) =>
        {
            try
            {
                arrived?.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                ended.TrySetResult();
            }

            return new GetRootResourceResponse();
        }));
}
