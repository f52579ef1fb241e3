using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Programs;

/// <summary>How to start a program or plugin.</summary>
/// <param name="FileName">The executable.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="WorkingDirectory">The folder it starts in.</param>
/// <param name="Environment">Variables that are set besides the inherited ones; null removes one.</param>
internal sealed record ChildCommand(
    string FileName,
    ImmutableArray<string> Arguments,
    string WorkingDirectory,
    ImmutableSortedDictionary<string, string?> Environment);

/// <summary>A process that this one started and will end, with all that it has started itself.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private static readonly TimeSpan KillTimeout = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly Task _output;

    private ChildProcess(Process process, Action<string> onOutput, Action<string> onError)
    {
        _process = process;
        _output = Task.WhenAll(Pump(process.StandardOutput, onOutput), Pump(process.StandardError, onError));
        Exit = WaitAsync();
    }

    /// <summary>Completes with the exit code when the process has ended.</summary>
    public Task<int> Exit { get; }

    /// <summary>Whether it has ended.</summary>
    public bool HasExited => _process.HasExited;

    /// <summary>Starts a process.</summary>
    /// <param name="command">What to start.</param>
    /// <param name="onOutput">Gets each line of its standard output.</param>
    /// <param name="onError">Gets each line of its standard error.</param>
    /// <exception cref="RunFailedException">It cannot be started.</exception>
    public static ChildProcess Start(ChildCommand command, Action<string> onOutput, Action<string> onError)
    {
        var info = new ProcessStartInfo(command.FileName, command.Arguments)
        {
            WorkingDirectory = command.WorkingDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in command.Environment)
        {
            info.Environment[name] = value;
        }

        try
        {
            var process = Process.Start(info)
                ?? throw new InvalidOperationException($"'{command.FileName}' did not start.");
            process.StandardInput.Close();
            return new ChildProcess(process, onOutput, onError);
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException)
        {
            throw new RunFailedException(Diagnostic.Error(
                "engine-start", $"'{command.FileName}' cannot be started: {exception.Message}"));
        }
    }

    /// <summary>Waits until all that the process has printed is read; call it after the exit.</summary>
    public async Task DrainAsync(TimeSpan timeout)
    {
        // A grandchild may hold the pipes open after the exit; what it says is not worth waiting for.
        await Task.WhenAny(_output, Task.Delay(timeout));
    }

    /// <summary>Ends the process and all that it started.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
                await Task.WhenAny(Exit, Task.Delay(KillTimeout));
            }
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself in the meantime.
        }

        _process.Dispose();
    }

    // A thread of its own: reading a pipe blocks its thread even when it is awaited, and two processes' pipes would keep
    // the whole pool of a small machine waiting.
    private static Task Pump(StreamReader reader, Action<string> onLine) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                while (reader.ReadLine() is { } line)
                {
                    onLine(line);
                }
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The process was ended while it printed.
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }
}
