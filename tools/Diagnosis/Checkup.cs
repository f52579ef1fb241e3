using System.Collections.Immutable;
using System.Diagnostics;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Tools.Deployment;

namespace CantonInfra.Tools.Diagnosis;

/// <summary>Looks at what the verbs need.</summary>
/// <param name="probe">Asks other commands.</param>
/// <param name="environment">Gives an environment variable or null.</param>
internal sealed class Checkup(ICommandProbe probe, Func<string, string?> environment)
{
    private const string SdkVariable = "PulumiSdk";

    private static readonly ImmutableArray<string> OfficialPackages = ["Pulumi", "Pulumi.AzureNative", "Pulumi.Kubernetes", "Pulumi.Random"];

    /// <summary>Runs all checks.</summary>
    /// <param name="directory">The project's folder, or one below it.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ImmutableArray<CheckupFinding>> RunAsync(string directory, CancellationToken cancellation)
    {
        var project = LoadProject(directory);
        var folder = project?.RootDirectory ?? directory;
        return
        [
            new CheckupFinding("canton-infra", Health.Good, $"version {OwnVersion()}", "The engine of previews; it needs no cloud account."),
            await DotNetAsync(folder, cancellation),
            ProjectFinding(project),
            SdkFinding(project),
            await FeedAsync(folder, cancellation),
            await CliAsync(folder, cancellation),
            await NodeAsync(folder, cancellation),
        ];
    }

    private static string OwnVersion() => typeof(Checkup).Assembly.GetName().Version?.ToString(3) ?? "unknown";

    private static ProjectFile? LoadProject(string directory)
    {
        try
        {
            return ProjectFile.Load(directory);
        }
        catch (ConfigurationException)
        {
            return null;
        }
    }

    private static CheckupFinding ProjectFinding(ProjectFile? project) => project is null
        ? new("project", Health.Absent, "no Pulumi.yaml here or above", "Name the project's folder with -C DIR.")
        : new("project", Health.Good, $"{project.Name} ({project.Runtime})", $"Stacks: {string.Join(", ", project.StackNames)}.");

    private static async Task<CheckupFinding> VersionAsync(
        string subject, Task<CommandAnswer?> asking, string meaning, string absentMeaning, Health absentHealth)
    {
        var answer = await asking;
        return answer is { ExitCode: 0 }
            ? new(subject, Health.Good, answer.Output.Split('\n')[0].Trim(), meaning)
            : new(subject, absentHealth, "not found", absentMeaning);
    }

    private Task<CheckupFinding> DotNetAsync(string folder, CancellationToken cancellation) => VersionAsync(
        ".NET SDK",
        probe.AskAsync("dotnet", ["--version"], folder, cancellation),
        "Builds the program and the policies.",
        "Install the .NET 10 SDK: nothing can be built without it.",
        Health.Broken);

    private Task<CheckupFinding> NodeAsync(string folder, CancellationToken cancellation) => VersionAsync(
        "Node.js",
        probe.AskAsync("node", ["--version"], folder, cancellation),
        "Runs programs and policy packs that are written for Node.",
        "Only programs and policy packs that are written for Node need it.",
        Health.Absent);

    private CheckupFinding SdkFinding(ProjectFile? project)
    {
        var wanted = environment(SdkVariable) is { Length: > 0 } value ? value : "local";
        var built = project is null ? null : BuiltAgainst(project.ProgramDirectory);
        var meaning = wanted == "local"
            ? "sdk/ of this repository, for previews and tests; deploy with PulumiSdk=nuget."
            : "The official packages.";
        return wanted is not "local" and not "nuget"
            ? new("Pulumi SDK", Health.Broken, $"PulumiSdk={wanted}", "PulumiSdk must be 'local' or 'nuget'.")
            : new("Pulumi SDK", Health.Good, $"PulumiSdk={wanted}{(built is null ? "" : $", last built against {built}")}", meaning);
    }

    // The assembly says of itself whose it is.
    private static string? BuiltAgainst(string programDirectory)
    {
        var output = Path.Combine(programDirectory, "bin");
        var assembly = Directory.Exists(output)
            ? Directory.EnumerateFiles(output, "Pulumi.dll", SearchOption.AllDirectories).MaxBy(File.GetLastWriteTimeUtc)
            : null;
        if (assembly is null)
        {
            return null;
        }

        var info = FileVersionInfo.GetVersionInfo(assembly);
        return info.ProductName == "canton-infra" ? "the stand-in" : $"the official package {info.ProductVersion}";
    }

    private async Task<CheckupFinding> FeedAsync(string folder, CancellationToken cancellation)
    {
        var missing = await new FeedProbe(probe).MissingAsync(folder, OfficialPackages, cancellation);
        return missing switch
        {
            null => new("NuGet feed", Health.Absent, "not asked", "The versions in Directory.Packages.props could not be read."),
            [] => new("NuGet feed", Health.Good, "has the official packages", "PulumiSdk=nuget can be built here."),
            _ => new(
                "NuGet feed",
                Health.Absent,
                $"lacks {string.Join(", ", missing)}",
                "PulumiSdk=nuget cannot be built here; previews, policies and tests do not need it."),
        };
    }

    private async Task<CheckupFinding> CliAsync(string folder, CancellationToken cancellation)
    {
        const string Subject = "Pulumi CLI";
        var cli = await PulumiCli.FindAsync(probe, folder, cancellation);
        return cli switch
        {
            { Text: null } => new(
                Subject, Health.Absent, "not found", $"Deployments need it, version {PulumiCli.Least} or newer; previews do not."),
            { IsNewEnough: false } => new(
                Subject, Health.Broken, cli.Text, $"Too old: policy packs in C# need version {PulumiCli.Least} or newer."),
            _ => new(Subject, Health.Good, cli.Text, "Deploys with PulumiSdk=nuget: ./canton-infra pulumi up."),
        };
    }
}
