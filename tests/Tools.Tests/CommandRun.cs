using CantonInfra.Tools.Commands;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Tests;

/// <summary>What a command answered.</summary>
internal sealed record CommandRun(int ExitCode, string Output, string Error)
{
    /// <summary>The repository's root folder.</summary>
    public static string Repository { get; } = FindRepository();

    /// <summary>Runs the command line in this process, with the real engine, program and policies behind it.</summary>
    public static Task<CommandRun> InvokeAsync(params string[] arguments) => InvokeAsync(_ => null, hasColors: false, arguments);

    /// <summary>The same with certain environment variables.</summary>
    public static async Task<CommandRun> InvokeAsync(Func<string, string?> environment, bool hasColors, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        using var bytes = new MemoryStream();
        var terminal = new Terminal(output, error, hasColors, ShowsProgress: false);
        var exitCode = await CommandLine.RunAsync(arguments, terminal, bytes, environment, TimeProvider.System, CancellationToken.None);
        return new CommandRun(exitCode, output + System.Text.Encoding.UTF8.GetString(bytes.ToArray()), error.ToString());
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Infra.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run outside the repository.");
    }
}
