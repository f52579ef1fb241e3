using System.Collections.Immutable;

namespace CantonInfra.Tools.Deployment;

/// <summary>Runs another command in place of ours: it has the terminal for itself.</summary>
internal interface IProcessLauncher
{
    /// <summary>Runs a command to its end, also when we are asked to stop: then it is asked in turn.</summary>
    /// <param name="command">The command, found on the PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or to remove where the value is null.</param>
    /// <returns>Its exit code.</returns>
    Task<int> RunAsync(
        string command,
        ImmutableArray<string> arguments,
        IReadOnlyCollection<(string Name, string? Value)> environment);
}
