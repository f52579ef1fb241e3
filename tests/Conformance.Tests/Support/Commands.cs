using System.Diagnostics;

namespace CantonInfra.Conformance.Tests.Support;

/// <summary>Runs commands to their end.</summary>
internal static class Commands
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command and returns all that it printed.</summary>
    public static (int ExitCode, string Output) Run(string file, string directory, params string[] arguments)
    {
        // On Windows npm is a script, which only the shell finds.
        var info = OperatingSystem.IsWindows() && file == "npm"
            ? new ProcessStartInfo("cmd", ["/c", "npm", .. arguments])
            : new ProcessStartInfo(file, arguments);
        info.WorkingDirectory = directory;
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        using var process = Process.Start(info) ?? throw new InvalidOperationException($"'{file}' did not start.");
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"'{file}' did not end within {Limit.TotalMinutes} minutes");
        }

        return (process.ExitCode, $"{output.Result}{errors.Result}");
    }
}
