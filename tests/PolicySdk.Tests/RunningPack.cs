using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CantonInfra.Protocol.Grpc;

namespace CantonInfra.PolicySdk.Tests;

/// <summary>A pack's process with an engine that does no more than listen.</summary>
internal sealed class RunningPack : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// What an end at once takes at most, also on a busy machine: less than any wait that a pack could be caught in. How fast ends
    /// are, benchmarks/pack tells.
    /// </summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(10);

    private readonly Process _process;
    private readonly FakeEngine _engine;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;

    private RunningPack(Process process, FakeEngine engine, string portLine)
    {
        _process = process;
        _engine = engine;
        PortLine = portLine;
        _output = ReadToEnd(process.StandardOutput);
        _errors = ReadToEnd(process.StandardError);
        Channel = new GrpcChannel($"127.0.0.1:{int.Parse(portLine, CultureInfo.InvariantCulture)}");
    }

    public string PortLine { get; }

    public GrpcChannel Channel { get; }

    public int ProcessId => _process.Id;

    /// <summary>Starts the pack that lies beside the tests and waits for its port.</summary>
    public static Task<RunningPack> StartAsync(string assembly, params string[] flags) =>
        StartAsync("dotnet", Path.Combine(AppContext.BaseDirectory, assembly), flags);

    /// <summary>Starts a pack with any command, to which the engine's address is added as the last argument.</summary>
    public static async Task<RunningPack> StartAsync(string program, string argument, string[] arguments)
    {
        var engine = new FakeEngine();
        var process = Start(program, [argument, .. arguments, engine.Address]);
        var line = await OnOwnThread(process.StandardOutput.ReadLine).WaitAsync(Patience);
        return new RunningPack(process, engine, line ?? "");
    }

    /// <summary>Runs a pack that is expected to end by itself.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string assembly, params string[] arguments)
    {
        using var process = Start("dotnet", [Path.Combine(AppContext.BaseDirectory, assembly), .. arguments]);
        var output = ReadToEnd(process.StandardOutput);
        var errors = ReadToEnd(process.StandardError);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Ends the engine: its port closes, its connections break.</summary>
    public void CloseEngine() => _engine.Dispose();

    /// <summary>Waits until the pack holds a connection to the engine.</summary>
    public Task ConnectedAsync() => _engine.ConnectedAsync().WaitAsync(Patience);

    /// <summary>Breaks the engine's connections but lets it live.</summary>
    public void BreakConnections() => _engine.BreakConnections();

    public bool HasExited => _process.HasExited;

    /// <summary>Waits for the end; gives how long it took, and what was printed after the port.</summary>
    public async Task<(int ExitCode, TimeSpan Time, string Output, string Errors)> WaitAsync()
    {
        var watch = Stopwatch.StartNew();
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return (_process.ExitCode, watch.Elapsed, await _output, await _errors);
    }

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }

        _engine.Dispose();
        _process.Dispose();
    }

    private static Process Start(string program, string[] arguments) => Process.Start(
        new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;

    private static Task<string> ReadToEnd(StreamReader reader) => OnOwnThread(reader.ReadToEnd);

    // Reading a process's pipe blocks a thread, also when it is awaited; the pool's threads are few and the tests need them.
    private static Task<T> OnOwnThread<T>(Func<T> read) =>
        Task.Factory.StartNew(read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private sealed class FakeEngine : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Socket> _connections = [];
        private TaskCompletionSource _connected = NewSource();

        public FakeEngine()
        {
            _listener.Start();
            _ = AcceptAsync();
        }

        public string Address => _listener.LocalEndpoint.ToString()!;

        public Task ConnectedAsync()
        {
            lock (_connections)
            {
                return _connected.Task;
            }
        }

        public void BreakConnections()
        {
            lock (_connections)
            {
                _connections.ForEach(connection => connection.Dispose());
                _connections.Clear();
                _connected = NewSource();
            }
        }

        public void Dispose()
        {
            _listener.Dispose();
            BreakConnections();
        }

        private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private async Task AcceptAsync()
        {
            try
            {
                while (true)
                {
                    var connection = await _listener.AcceptSocketAsync();
                    lock (_connections)
                    {
                        _connections.Add(connection);
                        _connected.TrySetResult();
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The engine has ended.
            }
        }
    }
}
