using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;

namespace CantonInfra.Engine.Programs;

/// <summary>
/// Builds a .NET folder when its sources are newer than what it was built to, as the official language host always does.
/// Sources of projects that it refers to are not looked at: those have their own build.
/// </summary>
internal static class DotNetBuild
{
    private static readonly string[] SourcePatterns = ["*.cs", "*.csproj", "*.props", "*.targets"];

    /// <summary>Makes sure that the folder's project is built.</summary>
    /// <exception cref="RunFailedException">The build failed; the message holds the compiler's errors.</exception>
    public static async Task EnsureAsync(string directory, string what, IProgress<PreviewProgress>? progress, CancellationToken cancellation)
    {
        if (!IsStale(directory, what))
        {
            return;
        }

        progress?.Report(new PreviewProgress($"Building the {what} in {directory}"));
        var output = new List<string>();
        var command = new ChildCommand(
            LanguageRuntimes.DotNetHost(),
            ["build", directory, "--configuration", "Release", "--nologo", "--verbosity", "quiet"],
            directory,
            ImmutableSortedDictionary<string, string?>.Empty);
        await using var build = ChildProcess.Start(command, Keep, Keep);
        if (await build.Exit.WaitAsync(cancellation) != 0)
        {
            await build.DrainAsync(TimeSpan.FromSeconds(1));
            var errors = output.Where(line => line.Contains("error", StringComparison.OrdinalIgnoreCase)).Distinct(StringComparer.Ordinal);
            throw new RunFailedException(Diagnostic.Error(
                "program-build", $"The {what} in '{directory}' does not build:{Environment.NewLine}{string.Join(Environment.NewLine, errors)}"));
        }

        void Keep(string line)
        {
            lock (output)
            {
                output.Add(line);
            }
        }
    }

    private static bool IsStale(string directory, string what)
    {
        DateTime built;
        try
        {
            var assembly = DotNetAssembly.Find(directory, what);
            if (Path.GetDirectoryName(assembly) == directory)
            {
                // What was published has no sources.
                return false;
            }

            built = File.GetLastWriteTimeUtc(assembly);
        }
        catch (ConfigurationException exception) when (exception.Diagnostics is [{ Id: "program-unbuilt" }])
        {
            return true;
        }

        var options = new EnumerationOptions { RecurseSubdirectories = true };
        return SourcePatterns
            .SelectMany(pattern => Directory.EnumerateFiles(directory, pattern, options))
            .Where(file => !IsOutput(directory, file))
            .Any(file => File.GetLastWriteTimeUtc(file) > built);
    }

    private static bool IsOutput(string directory, string file)
    {
        var first = Path.GetRelativePath(directory, file).Split(Path.DirectorySeparatorChar)[0];
        return first is "bin" or "obj" or "node_modules";
    }
}
