using System.ComponentModel;
using System.Diagnostics;

namespace CantonInfra.Infra.Tests.Support;

/// <summary>Runs commands to their end.</summary>
internal static class Scripts
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Runs a command and returns all that it printed, errors last.</summary>
    public static (int ExitCode, string Output) Run(
        string file, IReadOnlyDictionary<string, string> environment, params string[] arguments) =>
        RunIn("", file, environment, arguments);

    /// <summary>The same in a folder.</summary>
    public static (int ExitCode, string Output) RunIn(
        string directory, string file, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var info = new ProcessStartInfo(file, arguments)
        {
            WorkingDirectory = directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            info.Environment[name] = value;
        }

        try
        {
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
        catch (Win32Exception exception)
        {
            return (-1, $"'{file}' does not run: {exception.Message}");
        }
    }
}
