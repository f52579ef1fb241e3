using System.Collections.Immutable;
using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;
using CantonInfra.Protocol;

namespace CantonInfra.Engine.Programs;

/// <summary>How the runtimes start programs and policy packs: what the official language hosts run, without their build step.</summary>
internal static class LanguageRuntimes
{
    private static readonly ImmutableSortedDictionary<string, string?> NoVariables =
        ImmutableSortedDictionary<string, string?>.Empty;

    /// <summary>What policy packs are told of this engine.</summary>
    public static readonly ImmutableSortedDictionary<string, string?> Abilities =
        NoVariables.Add(EngineAbilities.ShowsVerdicts, EngineAbilities.Yes);

    /// <summary>The command that runs a program.</summary>
    /// <exception cref="ConfigurationException">The runtime is not one of ours, or the program is not built.</exception>
    public static ChildCommand Program(StackConfiguration configuration, string engineAddress, int parallel)
    {
        var project = configuration.Project;
        var environment = ProgramEnvironment.Create(configuration, engineAddress, parallel);
        return project.Runtime switch
        {
            "dotnet" => DotNet(project, environment),
            "nodejs" => Node(configuration, engineAddress, parallel, environment),
            _ => throw UnknownRuntime("program-runtime", project.Runtime, project.RuntimeLocation),
        };
    }

    /// <summary>The command that serves a policy pack.</summary>
    /// <param name="runtime">The pack's runtime.</param>
    /// <param name="runtimeLocation">Where it is named.</param>
    /// <param name="packDirectory">The pack's folder.</param>
    /// <param name="engineAddress">The engine's address, which is the pack's last argument.</param>
    /// <param name="programDirectory">The program's folder.</param>
    /// <exception cref="ConfigurationException">The runtime is not one of ours, or the pack is not built.</exception>
    public static ChildCommand PolicyPack(
        string runtime, SourceLocation runtimeLocation, string packDirectory, string engineAddress, string programDirectory)
    {
        switch (runtime)
        {
            case "dotnet":
                var assembly = DotNetAssembly.Find(packDirectory, "policy pack");
                return new ChildCommand(DotNetHost(), [assembly, engineAddress], programDirectory, Abilities);
            case "nodejs":
                // The official pack takes its version from the package.json of the folder it starts in.
                var runner = NodeModule(packDirectory, "cmd/run-policy-pack", "policy pack");
                return new ChildCommand("node", [runner, engineAddress, packDirectory], packDirectory, NoVariables);
            default:
                throw UnknownRuntime("policy-runtime", runtime, runtimeLocation);
        }
    }

    /// <summary>The command that serves a provider: its executable where there is one, else what its folder was built to.</summary>
    /// <param name="package">The package that it serves.</param>
    /// <param name="directory">The plugin's folder.</param>
    /// <param name="engineAddress">The engine's address, which is the plugin's last argument.</param>
    /// <param name="programDirectory">The program's folder.</param>
    public static ChildCommand Provider(string package, string directory, string engineAddress, string programDirectory)
    {
        var executable = ProviderExecutable(package, directory);
        return File.Exists(executable)
            ? new ChildCommand(executable, [engineAddress], programDirectory, NoVariables)
            : new ChildCommand(DotNetHost(), [DotNetAssembly.Find(directory, "provider"), engineAddress], programDirectory, NoVariables);
    }

    /// <summary>The executable of a provider's folder, as all engines name it.</summary>
    public static string ProviderExecutable(string package, string directory) =>
        Path.Combine(directory, $"pulumi-resource-{package}{(OperatingSystem.IsWindows() ? ".exe" : "")}");

    private static ChildCommand DotNet(ProjectFile project, ImmutableSortedDictionary<string, string?> environment)
    {
        if (project.RuntimeOptions.GetValueOrDefault("binary") is { Length: > 0 } binary)
        {
            var path = Path.GetFullPath(binary, project.ProgramDirectory);
            return binary.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
                ? new ChildCommand(DotNetHost(), [path], project.ProgramDirectory, environment)
                : new ChildCommand(path, [], project.ProgramDirectory, environment);
        }

        var assembly = DotNetAssembly.Find(project.ProgramDirectory, "program");
        return new ChildCommand(DotNetHost(), [assembly], project.ProgramDirectory, environment);
    }

    private static ChildCommand Node(
        StackConfiguration configuration, string engineAddress, int parallel, ImmutableSortedDictionary<string, string?> environment)
    {
        var project = configuration.Project;
        var isTypeScript = project.RuntimeOptions.GetValueOrDefault("typescript") != "false";
        return new ChildCommand(
            "node",
            [
                NodeModule(project.ProgramDirectory, "cmd/run", "program"),
                "--monitor", engineAddress,
                "--engine", engineAddress,
                "--organization", StackConfiguration.Organization,
                "--project", project.Name,
                "--root-directory", project.RootDirectory,
                "--stack", configuration.Stack,
                "--pwd", project.ProgramDirectory,
                "--dry-run",
                "--parallel", parallel.ToString(System.Globalization.CultureInfo.InvariantCulture),
                project.EntryPoint,
            ],
            project.ProgramDirectory,
            environment.SetItem("PULUMI_NODEJS_TYPESCRIPT", isTypeScript ? "true" : null));
    }

    private static string NodeModule(string directory, string script, string what)
    {
        for (var folder = new DirectoryInfo(directory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "node_modules", "@pulumi", "pulumi", script.Replace('/', Path.DirectorySeparatorChar));
            if (Directory.Exists(path) || File.Exists(path) || File.Exists($"{path}.js"))
            {
                return path;
            }
        }

        throw new ConfigurationException(Diagnostic.Error(
            "program-unbuilt", $"The {what} in '{directory}' has no @pulumi/pulumi in node_modules. Run: npm install"));
    }

    private static ConfigurationException UnknownRuntime(string id, string runtime, SourceLocation location) =>
        new(Diagnostic.Error(id, $"The runtime '{runtime}' is not one of: dotnet, nodejs.", location));

    // Under 'dotnet tool.dll' the host that runs us is the right one, whatever PATH holds.
    internal static string DotNetHost() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet"
            ? path
            : Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
}
