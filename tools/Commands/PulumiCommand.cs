using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Deployment;
using CantonInfra.Tools.Diagnosis;
using CantonInfra.Tools.Rendering;
using CantonInfra.Tools.Terminals;

namespace CantonInfra.Tools.Commands;

/// <summary>Runs the installed Pulumi CLI on this project: against the official packages, and never without our policies.</summary>
/// <param name="terminal">Where to write.</param>
/// <param name="probe">Asks the CLI for its version.</param>
/// <param name="launcher">Runs the CLI.</param>
internal sealed class PulumiCommand(Terminal terminal, ICommandProbe probe, IProcessLauncher launcher)
{
    /// <summary>The verb.</summary>
    public const string Verb = "pulumi";

    /// <summary>What the verb does.</summary>
    public const string Description =
        "Run the installed Pulumi CLI against the official packages, with the project's policies: pulumi up --stack NAME.";

    private const string PolicyPack = "policy";

    // The official packages, and no leave for the stand-in to deploy in their place.
    private static readonly (string Name, string? Value)[] Environment =
        [("PulumiSdk", "nuget"), ("CANTON_INFRA_ALLOW_LOCAL_SDK", null)];

    /// <summary>Runs the command.</summary>
    /// <param name="arguments">The arguments of the CLI.</param>
    /// <param name="cancellation">Ends the look for the CLI.</param>
    /// <returns>The exit code of the CLI.</returns>
    public async Task<int> RunAsync(IEnumerable<string> arguments, CancellationToken cancellation)
    {
        try
        {
            var call = PulumiArguments.Parse(arguments);
            var project = ProjectFile.Load(call.Directory ?? Directory.GetCurrentDirectory());
            var cli = await PulumiCli.FindAsync(probe, project.RootDirectory, cancellation);
            if (cli.Text is null)
            {
                throw Refusal("cli-missing", "The Pulumi CLI is not on the PATH; install it: https://www.pulumi.com/docs/install/");
            }

            if (!cli.IsNewEnough)
            {
                throw Refusal(
                    "cli-too-old", $"The Pulumi CLI is {cli.Text}; policy packs in C# need version {PulumiCli.Least} or newer.");
            }

            var pack = Path.Combine(project.RootDirectory, PolicyPack);
            if (!Directory.Exists(pack))
            {
                throw Refusal("policy-pack-missing", $"The project has no folder '{PolicyPack}'; nothing is deployed without its policies.");
            }

            return await launcher.RunAsync(PulumiCli.Command, call.WithPolicyPack(pack), Environment);
        }
        catch (ConfigurationException exception)
        {
            foreach (var diagnostic in exception.Diagnostics)
            {
                terminal.Error.WriteLine(DiagnosticText.Of(terminal, diagnostic));
            }

            return ExitCodes.Configuration;
        }
    }

    private static ConfigurationException Refusal(string id, string message) => new(Diagnostic.Error(id, message));
}
