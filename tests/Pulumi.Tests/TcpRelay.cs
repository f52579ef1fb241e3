using System.Net;
using System.Net.Sockets;

namespace Pulumi.Tests;

/// <summary>Passes connections on to another address until it breaks them all at once, as a killed process would.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly List<TcpClient> _clients = [];
    private readonly IPEndPoint _target;

    public TcpRelay(string target)
    {
        _target = IPEndPoint.Parse(target);
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    public void Dispose()
    {
        _listener.Stop();
        lock (_clients)
        {
            foreach (var client in _clients)
            {
                client.LingerState = new LingerOption(enable: true, seconds: 0);
                client.Dispose();
            }

            _clients.Clear();
        }
    }

    private static async Task PassAsync(NetworkStream from, NetworkStream to)
    {
        try
        {
            await from.CopyToAsync(to);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Broken on purpose.
        }
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                await far.ConnectAsync(_target);
                lock (_clients)
                {
                    _clients.Add(near);
                    _clients.Add(far);
                }

                _ = PassAsync(near.GetStream(), far.GetStream());
                _ = PassAsync(far.GetStream(), near.GetStream());
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }
}
