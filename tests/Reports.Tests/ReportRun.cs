using System.Text;
using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Reports.Tests;

/// <summary>What a command answered.</summary>
internal sealed record ReportRun(int ExitCode, string Output, string Error)
{
    /// <summary>Runs the command line in this process, with the real engine, program and policies behind it.</summary>
    public static Task<ReportRun> InvokeAsync(params string[] arguments) => InvokeAsync(Environment.GetEnvironmentVariable, arguments);

    /// <summary>The same with certain environment variables.</summary>
    public static async Task<ReportRun> InvokeAsync(Func<string, string?> environment, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var bytes = new MemoryStream();
        var terminal = new Terminal(output, error, HasColors: false, ShowsProgress: false);
        var exitCode = await CommandLine.RunAsync(arguments, terminal, bytes, environment, TimeProvider.System, CancellationToken.None);
        return new ReportRun(exitCode, output + Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }
}
