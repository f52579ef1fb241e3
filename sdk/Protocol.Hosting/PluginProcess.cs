using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace CantonInfra.Protocol.Hosting;

/// <summary>
/// The life of a plugin's process, the same for policy packs and providers: serve on loopback, print the port as the one
/// line of standard output, and end when asked to, when signalled, or when the engine is gone.
/// </summary>
public sealed class PluginProcess
{
    /// <summary>The plugin was asked to end.</summary>
    public const int Ended = 0;

    /// <summary>The engine went away, or the plugin failed.</summary>
    public const int Failed = 1;

    /// <summary>The plugin was started in a way in which it cannot serve.</summary>
    public const int Unusable = 2;

    // For the answer to leave first: what ends the server would be compiled while the engine waits for it.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromMilliseconds(100);

    private readonly TextWriter _port;
    private readonly TextWriter _errors;
    private readonly TimeProvider _clock;

    internal PluginProcess(TextWriter port, TextWriter errors, TimeProvider clock)
    {
        _port = port;
        _errors = errors;
        _clock = clock;
    }

    /// <summary>Runs this process as a plugin; its exit code is the result.</summary>
    /// <param name="arguments">
    /// The process's arguments. The last is the engine's address; an engine may put its own flags before it.
    /// </param>
    /// <param name="load">
    /// Makes the methods to answer, before the port is printed. It may throw <see cref="PluginStartException"/>.
    /// </param>
    public static Task<int> RunAsync(IReadOnlyList<string> arguments, Func<PluginContext, GrpcHandlers> load)
    {
        var streams = ProcessStreams.Take();
        return new PluginProcess(streams.Port, streams.Errors, TimeProvider.System).ServeAsync(arguments, load);
    }

    internal async Task<int> ServeAsync(IReadOnlyList<string> arguments, Func<PluginContext, GrpcHandlers> load)
    {
        if (arguments.Count == 0 || ParseAddress(arguments[^1]) is not { } engine)
        {
            await _errors.WriteLineAsync(
                (arguments.Count == 0 ? "The engine's address is missing." : $"'{arguments[^1]}' is not an engine's address.")
                + " This is a plugin that a Pulumi engine starts, with its address (host:port) as the last argument.");
            return Unusable;
        }

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupt = StopOn(PosixSignal.SIGINT, stop);
        using var terminate = StopOn(PosixSignal.SIGTERM, stop);
        try
        {
            var handlers = load(new PluginContext(arguments[^1], _errors, () => StopSoon(stop)));

            await using var server = await GrpcServer.StartAsync(handlers);
            await _port.WriteAsync(string.Create(CultureInfo.InvariantCulture, $"{server.Port}\n"));
            await _port.FlushAsync();
            var end = await WaitForEndAsync(new EngineWatch(engine, () => server.Calls, _clock), arguments[^1], stop.Task);
            await server.StopAsync();
            return end;
        }
        catch (PluginStartException exception)
        {
            await _errors.WriteLineAsync(exception.Message);
            return Unusable;
        }
    }

    private static EndPoint? ParseAddress(string address)
    {
        if (IPEndPoint.TryParse(address, out var endPoint))
        {
            return endPoint.Port > 0 ? endPoint : null;
        }

        var isHost = Uri.TryCreate($"tcp://{address}", UriKind.Absolute, out var uri)
            && uri.Port > 0
            && address == string.Create(CultureInfo.InvariantCulture, $"{uri.Host}:{uri.Port}");
        return isHost ? new DnsEndPoint(uri!.Host, uri.Port) : null;
    }

    private static PosixSignalRegistration StopOn(PosixSignal signal, TaskCompletionSource stop) =>
        PosixSignalRegistration.Create(signal, context =>
        {
            context.Cancel = true;
            stop.TrySetResult();
        });

    private void StopSoon(TaskCompletionSource stop) =>
        _ = Task.Delay(AnswerTime, _clock).ContinueWith(_ => stop.TrySetResult(), TaskScheduler.Default);

    private async Task<int> WaitForEndAsync(EngineWatch watch, string address, Task stop)
    {
        using var watching = new CancellationTokenSource();
        var gone = watch.GoneAsync(watching.Token);
        if (await Task.WhenAny(stop, gone) == stop)
        {
            await watching.CancelAsync();
            return Ended;
        }

        await gone;
        await _errors.WriteLineAsync($"The engine at {address} is gone; ending.");
        return Failed;
    }
}
