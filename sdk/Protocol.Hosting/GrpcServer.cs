using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CantonInfra.Protocol.Hosting;

/// <summary>Serves unary gRPC methods on a port of the loopback interface that the system chooses.</summary>
public sealed class GrpcServer : IAsyncDisposable
{
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(500);

    // For answers that are being written; calls that hang are not worth a longer wait.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(100);

    // For written answers to leave a busy machine. Nothing waits for it otherwise: connections are closed as soon as they are done.
    private static readonly TimeSpan LeaveTime = TimeSpan.FromSeconds(5);

    private readonly KestrelServer _server;
    private readonly CancellationTokenSource _stopping = new();

    private GrpcApplication? _application;

    private GrpcServer(KestrelServer server) => _server = server;

    /// <summary>The port on 127.0.0.1.</summary>
    public int Port { get; private set; }

    /// <summary>Host and port, as programs and plugins are given it.</summary>
    public string Address => $"127.0.0.1:{Port}";

    /// <summary>How many calls have arrived so far.</summary>
    public long Calls => _application?.Calls ?? 0;

    /// <summary>Starts a server; it answers when the task completes.</summary>
    public static async Task<GrpcServer> StartAsync(GrpcHandlers handlers, CancellationToken cancellationToken = default)
    {
        // Kestrel alone, without the web host: the host's set-up would be most of a policy pack's start time.
        var options = new KestrelServerOptions { AddServerHeader = false, AllowSynchronousIO = false };
        options.Listen(IPAddress.Loopback, 0, listen => listen.Protocols = HttpProtocols.Http2);
        Unlimit(options.Limits);

        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var kestrel = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var server = new GrpcServer(kestrel);
        server._application = new GrpcApplication(handlers, server._stopping.Token);
        await kestrel.StartAsync(server._application, cancellationToken);
        var address = kestrel.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        server.Port = new Uri(address).Port;
        return server;
    }

    /// <summary>
    /// Takes no more calls, lets the answers leave that are ready or will be in a moment, cancels the other calls in flight and
    /// closes the port.
    /// </summary>
    public async Task StopAsync()
    {
        using var limit = new CancellationTokenSource(LeaveTime);
        var stopped = _server.StopAsync(limit.Token);
        await Task.WhenAny(stopped, Task.Delay(AnswerTime, limit.Token));
        await _stopping.CancelAsync();
        await stopped;
    }

    /// <summary>Cancels the calls in flight and closes the port.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        using var timeout = new CancellationTokenSource(StopTimeout);
        await _server.StopAsync(timeout.Token);
        _server.Dispose();
        _stopping.Dispose();
    }

    private static void Unlimit(KestrelServerLimits limits)
    {
        // Waiting calls are normal here: a program keeps one open per resource, and one until the engine is finished.
        limits.MaxRequestBodySize = null;
        limits.MinRequestBodyDataRate = null;
        limits.MinResponseDataRate = null;
        limits.KeepAliveTimeout = TimeSpan.FromDays(1);
        limits.RequestHeadersTimeout = TimeSpan.FromMinutes(5);
        limits.Http2.MaxStreamsPerConnection = 10_000;
        limits.Http2.InitialConnectionWindowSize = 16 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 4 * 1024 * 1024;
        limits.Http2.MaxFrameSize = 1024 * 1024;
    }
}
