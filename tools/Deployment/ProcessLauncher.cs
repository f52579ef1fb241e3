using System.Collections.Immutable;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CantonInfra.Tools.Deployment;

/// <summary>Runs the command as a process that shares our terminal.</summary>
internal sealed class ProcessLauncher : IProcessLauncher
{
    private const int Interrupt = 2;

    public async Task<int> RunAsync(
        string command, ImmutableArray<string> arguments, IReadOnlyCollection<(string Name, string? Value)> environment)
    {
        var info = new ProcessStartInfo(command, arguments);
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        using var process = Process.Start(info) ?? throw new InvalidOperationException($"'{command}' could not be started.");

        // A deployment that is killed leaves its state locked and half written: it is asked to stop, and ends by itself.
        // Ctrl-C needs no help, the terminal tells all its processes; a second one from us would mean 'at once'.
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            AskToStop(process);
        });
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static void AskToStop(Process process)
    {
        if (!OperatingSystem.IsWindows() && !process.HasExited)
        {
            _ = Kill(process.Id, Interrupt);
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
