using System.Net;
using System.Net.Sockets;

namespace CantonInfra.Protocol.Hosting;

/// <summary>
/// Notices that the engine is gone, so that no plugin outlives it: holds a connection to it open, and when that ends and
/// another is refused, nobody is there any more. Costs nothing while the engine lives.
/// </summary>
internal sealed class EngineWatch(EndPoint engine, Func<long> calls, TimeProvider clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan IdleLimit = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Completes when the engine is gone. An engine that was never there, as in trials by hand, counts as gone when nobody
    /// has called for a minute.
    /// </summary>
    public async Task GoneAsync(CancellationToken cancellation)
    {
        var reached = false;
        var refusals = 0;
        var seenCalls = calls();
        var lastCall = clock.GetTimestamp();
        while (true)
        {
            switch (await HoldConnectionAsync(cancellation))
            {
                case Connection.Held:
                    reached = true;
                    refusals = 0;
                    break;
                case Connection.Refused:
                    refusals++;
                    break;
                default:
                    break;
            }

            if (reached && refusals > 1)
            {
                return;
            }

            if (calls() is var count && count != seenCalls)
            {
                seenCalls = count;
                lastCall = clock.GetTimestamp();
            }

            if (!reached && clock.GetElapsedTime(lastCall) > IdleLimit)
            {
                return;
            }

            await Task.Delay(Pause, clock, cancellation);
        }
    }

    private async Task<Connection> HoldConnectionAsync(CancellationToken cancellation)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(engine, cancellation);
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionRefused ? Connection.Refused : Connection.Failed;
        }

        if (IsItsOwnPeer(socket))
        {
            return Connection.Refused;
        }

        try
        {
            var buffer = new byte[256];
            while (await socket.ReceiveAsync(buffer, cancellation) > 0)
            {
                // A server may greet; what it says does not matter here.
            }
        }
        catch (SocketException)
        {
            // Reset: ended like any other.
        }

        return Connection.Held;
    }

    /// <summary>
    /// Whether a connection has only one end. The system gives a port that nobody listens to as the own one, too, now and then,
    /// and a socket that connects to itself is accepted: it would wait for its own words for ever.
    /// </summary>
    internal static bool IsItsOwnPeer(Socket socket) => Equals(socket.LocalEndPoint, socket.RemoteEndPoint);

    private enum Connection
    {
        Failed,
        Refused,
        Held,
    }
}
