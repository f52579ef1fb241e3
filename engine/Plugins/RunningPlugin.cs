using System.Globalization;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Programs;
using CantonInfra.Protocol.Grpc;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CantonInfra.Engine.Plugins;

/// <summary>What a plugin is, for messages and for its end.</summary>
/// <param name="Name">What it is called, such as <c>The policy pack 'policy'</c>.</param>
/// <param name="DiagnosticId">The id of diagnostics about it.</param>
/// <param name="Cancel">The method that asks it to end.</param>
internal sealed record PluginIdentity(string Name, string DiagnosticId, GrpcMethod<Empty, Empty> Cancel);

/// <summary>A plugin that runs as a process and answers over gRPC, started as the Pulumi CLI starts policy packs and providers.</summary>
internal sealed class RunningPlugin : IAsyncDisposable
{
    private static readonly TimeSpan CancelTimeout = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(20);

    // Terminals' progress marks, which 'dotnet run' may print before the port.
    private static readonly string[] TerminalMarks = ["\u001b]9;4;3;\u001b\\", "\u001b]9;4;0;\u001b\\", "\u001b]9;4;3;\a", "\u001b]9;4;0;\a"];

    private readonly PluginIdentity _identity;
    private readonly ChildProcess _process;
    private readonly TailBuffer _errors;
    private GrpcChannel? _channel;

    private RunningPlugin(PluginIdentity identity, ChildProcess process, TailBuffer errors) =>
        (_identity, _process, _errors) = (identity, process, errors);

    /// <summary>Completes when the process has ended, which it must not do before it is asked to.</summary>
    public Task<int> Exit => _process.Exit;

    /// <summary>Starts a plugin and shakes hands.</summary>
    /// <param name="identity">What it is.</param>
    /// <param name="command">How to start it.</param>
    /// <param name="handshake">Shakes hands; a plugin need not know the call.</param>
    /// <param name="limit">How long all of it may take.</param>
    /// <param name="onMessage">Gets what it prints.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="RunFailedException">It does not start or answer.</exception>
    public static async Task<RunningPlugin> StartAsync(
        PluginIdentity identity,
        ChildCommand command,
        Func<GrpcChannel, CancellationToken, Task> handshake,
        TimeSpan limit,
        Action<string> onMessage,
        CancellationToken cancellation)
    {
        var port = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var errors = new TailBuffer();
        var process = ChildProcess.Start(
            command,
            line =>
            {
                if (!port.TrySetResult(line))
                {
                    onMessage(line);
                }
            },
            line =>
            {
                errors.Add(line);
                onMessage(line);
            });
        var plugin = new RunningPlugin(identity, process, errors);
        try
        {
            await plugin.ConnectAsync(port.Task, handshake, limit, cancellation);
            return plugin;
        }
        catch
        {
            await plugin.DisposeAsync();
            throw;
        }
    }

    /// <summary>Calls a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="request">The message to send.</param>
    /// <param name="absent">What counts as the answer where the plugin does not know the call; null where it must know it.</param>
    /// <param name="subject">What the call is about, for messages.</param>
    /// <param name="limit">How long it may take.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="refusal">Says what an error means where it is the user's mistake; null elsewhere.</param>
    /// <exception cref="RunFailedException">It does not answer, or with an error.</exception>
    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        GrpcMethod<TRequest, TResponse> method,
        TRequest request,
        TResponse? absent,
        string subject,
        TimeSpan limit,
        CancellationToken cancellation,
        Func<RpcException, Exception?>? refusal = null)
        where TRequest : IMessage<TRequest>, new()
        where TResponse : class, IMessage<TResponse>, new()
    {
        try
        {
            return await _channel!.CallAsync(method, request, limit, cancellation);
        }
        catch (RpcException exception) when (exception.Code == StatusCode.Unimplemented && absent is not null)
        {
            return absent;
        }
        catch (RpcException exception)
        {
            if (refusal?.Invoke(exception) is { } mistake)
            {
                throw mistake;
            }

            if (exception.Code == StatusCode.Unavailable && await HasEndedAsync())
            {
                throw await DescribeExitAsync();
            }

            throw Failure($"failed {method.Path[(method.Path.LastIndexOf('/') + 1)..]} of {subject}: {exception.Message}");
        }
    }

    /// <summary>Says how the process ended, once it has.</summary>
    public async Task<RunFailedException> DescribeExitAsync()
    {
        var code = await Exit;
        await _process.DrainAsync(TimeSpan.FromMilliseconds(200));
        return Failure($"ended in mid-run with exit code {code.ToString(CultureInfo.InvariantCulture)}{_errors.Quote()}");
    }

    /// <summary>Asks the plugin to end, and ends it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_channel is not null && !_process.HasExited)
        {
            try
            {
                await _channel.CallAsync(_identity.Cancel, new Empty(), CancelTimeout);
            }
            catch (RpcException)
            {
                // A plugin need not know the call; the next line ends it whatever it answers.
            }
        }

        await _process.DisposeAsync();
        _channel?.Dispose();
    }

    private async Task ConnectAsync(
        Task<string> portLine, Func<GrpcChannel, CancellationToken, Task> handshake, TimeSpan limit, CancellationToken cancellation)
    {
        using var budget = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        budget.CancelAfter(limit);
        try
        {
            var port = ParsePort(await FirstLineAsync(portLine, budget.Token));
            _channel = new GrpcChannel($"127.0.0.1:{port.ToString(CultureInfo.InvariantCulture)}");
            await HandshakeAsync(handshake, budget.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            var seconds = limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
            throw Failure($"did not become ready within {seconds} s{_errors.Quote()}");
        }
    }

    private async Task<string> FirstLineAsync(Task<string> portLine, CancellationToken cancellation)
    {
        await Task.WhenAny(portLine, Exit).WaitAsync(cancellation);
        if (!portLine.IsCompleted)
        {
            await _process.DrainAsync(TimeSpan.FromMilliseconds(200));
            if (!portLine.IsCompleted)
            {
                throw Failure(
                    $"ended with exit code {(await Exit).ToString(CultureInfo.InvariantCulture)} before it was ready{_errors.Quote()}");
            }
        }

        return await portLine;
    }

    private int ParsePort(string line)
    {
        foreach (var mark in TerminalMarks)
        {
            line = line.Replace(mark, "", StringComparison.Ordinal);
        }

        return int.TryParse(line.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= ushort.MaxValue
            ? port
            : throw Failure(
                $"printed '{Shorten(line)}' where the number of its port must stand; nothing may be printed to its standard output before that");
    }

    private async Task HandshakeAsync(Func<GrpcChannel, CancellationToken, Task> handshake, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await handshake(_channel!, cancellation);
                return;
            }
            catch (RpcException exception) when (exception.Code == StatusCode.Unimplemented)
            {
                return;
            }
            catch (RpcException exception) when (exception.Code == StatusCode.Unavailable && !_process.HasExited)
            {
                await Task.Delay(RetryDelay, cancellation);
            }
            catch (RpcException exception)
            {
                throw Failure($"failed the handshake: {exception.Message}{_errors.Quote()}");
            }
        }
    }

    // A process that dies closes its connections a moment before it counts as ended.
    private async Task<bool> HasEndedAsync() =>
        await Task.WhenAny(Exit, Task.Delay(TimeSpan.FromMilliseconds(500))) == Exit;

    private RunFailedException Failure(string what) => new(Diagnostic.Error(_identity.DiagnosticId, $"{_identity.Name} {what.TrimEnd('.')}."));

    private static string Shorten(string text) => text.Length <= 80 ? text : $"{text[..80]}…";
}
