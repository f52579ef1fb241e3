using System.ComponentModel;
using System.Diagnostics;

namespace CantonInfra.Tools.Diagnosis;

/// <summary>Asks other commands of the machine.</summary>
internal interface ICommandProbe
{
    /// <summary>Runs a command.</summary>
    /// <returns>Its exit code and what it printed; null where there is no such command or it takes too long.</returns>
    Task<CommandAnswer?> AskAsync(string command, string[] arguments, string directory, CancellationToken cancellation);
}

/// <summary>What a command answered.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">Its standard output and error.</param>
internal sealed record CommandAnswer(int ExitCode, string Output)
{
    /// <summary>Its standard output alone, for what is to be parsed.</summary>
    public string StandardOutput { get; init; } = Output;
}

/// <summary>Runs the commands as processes.</summary>
/// <param name="limit">How long a command may take; a minute where nothing is said.</param>
internal sealed class CommandProbe(TimeSpan? limit = null) : ICommandProbe
{
    private readonly TimeSpan _limit = limit ?? TimeSpan.FromMinutes(1);

    public async Task<CommandAnswer?> AskAsync(string command, string[] arguments, string directory, CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(_limit);
        var info = new ProcessStartInfo(command, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // A build server that outlives its command keeps the command's output open, so that its end is never seen.
        info.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        info.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        try
        {
            using var process = Process.Start(info);
            if (process is null)
            {
                return null;
            }

            try
            {
                var output = process.StandardOutput.ReadToEndAsync(timeout.Token);
                var error = process.StandardError.ReadToEndAsync(timeout.Token);
                await process.WaitForExitAsync(timeout.Token);
                return new CommandAnswer(process.ExitCode, await output + await error) { StandardOutput = await output };
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                return null;
            }
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
