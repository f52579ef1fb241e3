using CantonInfra.Tools.Diagnosis;

namespace CantonInfra.Tools.Deployment;

/// <summary>The Pulumi CLI of the machine.</summary>
/// <param name="Text">What it says its version is; null where there is none.</param>
/// <param name="IsNewEnough">Whether it is <see cref="Least"/> or newer.</param>
internal sealed record PulumiCli(string? Text, bool IsNewEnough)
{
    /// <summary>The command.</summary>
    public const string Command = "pulumi";

    /// <summary>The first version that hands a policy pack written in C# the stack's configuration and lets packs run in parallel.</summary>
    public static Version Least { get; } = new(3, 219, 0);

    /// <summary>Looks for it.</summary>
    /// <param name="probe">Asks the command.</param>
    /// <param name="directory">Where it runs.</param>
    /// <param name="cancellation">Ends it.</param>
    public static async Task<PulumiCli> FindAsync(ICommandProbe probe, string directory, CancellationToken cancellation)
    {
        if (await probe.AskAsync(Command, ["version"], directory, cancellation) is not { ExitCode: 0 } answer)
        {
            return new PulumiCli(null, IsNewEnough: false);
        }

        // Notices of newer versions may follow the first line.
        var text = answer.Output.Trim().Split('\n')[0].Trim();
        return new PulumiCli(
            text, Version.TryParse(text.TrimStart('v').Split('-', '+')[0], out var version) && version >= Least);
    }
}
