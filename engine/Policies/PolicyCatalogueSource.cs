using System.Globalization;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Plugins;
using CantonInfra.Engine.Programs;

namespace CantonInfra.Engine.Policies;

/// <summary>Asks a pack in C# what its rules are.</summary>
public static class PolicyCatalogueSource
{
    // The argument that packs of our SDK print their catalogue for.
    private const string Argument = "--catalogue";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <summary>The catalogue of a pack, as the pack prints it.</summary>
    /// <param name="directory">The pack's folder or executable.</param>
    /// <param name="progress">Is told of a build.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="ConfigurationException">There is no such pack, or it is not one in C#.</exception>
    /// <exception cref="RunFailedException">It does not build, or has no catalogue.</exception>
    public static async Task<string> ReadAsync(
        string directory, IProgress<PreviewProgress>? progress, CancellationToken cancellation)
    {
        var file = PolicyPackFile.Load(directory);
        if (!file.IsDotNetProject && file.Executable is null)
        {
            throw new ConfigurationException(Diagnostic.Error(
                "policy-runtime", $"Packs of the runtime '{file.Runtime}' have no catalogue; those in C# do.", file.RuntimeLocation));
        }

        if (file.IsDotNetProject)
        {
            await DotNetBuild.EnsureAsync(file.Directory, "policy pack", progress, cancellation);
        }

        var command = file.Command(Argument, file.Directory);
        var output = new List<string>();
        var errors = new TailBuffer();
        await using var process = ChildProcess.Start(command, output.Add, errors.Add);
        try
        {
            var code = await process.Exit.WaitAsync(Timeout, cancellation);
            await process.DrainAsync(TimeSpan.FromSeconds(1));
            return code == 0
                ? string.Join('\n', output) + "\n"
                : throw Failure(directory, $"ended with exit code {code.ToString(CultureInfo.InvariantCulture)}{errors.Quote()}");
        }
        catch (TimeoutException)
        {
            throw Failure(directory, "did not end");
        }
    }

    private static RunFailedException Failure(string directory, string what) => new(Diagnostic.Error(
        "policy-catalogue", $"The policy pack '{directory}' {what} when it was asked for its catalogue with {Argument}."));
}
