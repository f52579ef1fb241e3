using System.Net;
using System.Net.Sockets;
using CantonInfra.Protocol.Hosting;

namespace CantonInfra.Protocol.Tests;

public sealed class EngineWatchTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task An_engine_that_was_there_is_gone_when_its_port_refuses()
    {
        using var engine = new TcpListener(IPAddress.Loopback, 0);
        engine.Start();
        var gone = new EngineWatch(engine.LocalEndpoint, () => 0, TimeProvider.System).GoneAsync(CancellationToken.None);
        using (await engine.AcceptSocketAsync())
        {
            await Task.Delay(100);
            Assert.False(gone.IsCompleted);
        }

        // The broken connection is replaced while the engine lives.
        using (await engine.AcceptSocketAsync().WaitAsync(Patience))
        {
            Assert.False(gone.IsCompleted);
            engine.Stop();
        }

        await gone.WaitAsync(Patience);
    }

    [Fact]
    public async Task An_engine_that_never_was_is_given_up_only_when_nobody_calls()
    {
        using var unused = new Socket(SocketType.Stream, ProtocolType.Tcp);
        unused.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var calls = 0;
        using var cancellation = new CancellationTokenSource();

        await new EngineWatch(unused.LocalEndPoint!, () => 0, new HastyClock()).GoneAsync(cancellation.Token).WaitAsync(Patience);

        var watched = new EngineWatch(unused.LocalEndPoint!, () => ++calls, new HastyClock()).GoneAsync(cancellation.Token);
        await Task.Delay(700);
        Assert.False(watched.IsCompleted);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watched);
    }

    [Fact]
    public async Task A_socket_that_reached_only_itself_has_reached_nobody()
    {
        using var alone = new Socket(SocketType.Stream, ProtocolType.Tcp);
        alone.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        await alone.ConnectAsync(alone.LocalEndPoint!);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var paired = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await paired.ConnectAsync(listener.LocalEndpoint);

        Assert.True(EngineWatch.IsItsOwnPeer(alone));
        Assert.False(EngineWatch.IsItsOwnPeer(paired));
    }

    /// <summary>Each look at it finds forty seconds gone.</summary>
    private sealed class HastyClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Add(ref _seconds, 40);
    }
}
