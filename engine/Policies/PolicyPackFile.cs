using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Programs;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Engine.Policies;

/// <summary>A policy pack's folder and its <c>PulumiPolicy.yaml</c>, or an executable, which may have one beside it.</summary>
/// <param name="Directory">The folder, as an absolute path.</param>
/// <param name="Runtime">The runtime's name; empty for an executable.</param>
/// <param name="Version">The version, which wins over the one that the pack reports; empty where it is not set.</param>
/// <param name="Description">What it is for; empty where it is not set.</param>
/// <param name="RuntimeLocation">Where the runtime is named.</param>
internal sealed record PolicyPackFile(
    string Directory, string Runtime, string Version, string Description, SourceLocation RuntimeLocation)
{
    private const string FileName = "PulumiPolicy.yaml";

    /// <summary>The executable that serves the pack; null where its runtime does.</summary>
    public string? Executable { get; private init; }

    /// <summary>Whether the pack is sources of a .NET project, which may have to be built.</summary>
    public bool IsDotNetProject => Runtime == "dotnet";

    /// <summary>Loads a pack's file.</summary>
    /// <param name="pack">Its folder or executable.</param>
    /// <exception cref="ConfigurationException">There is no policy pack.</exception>
    public static PolicyPackFile Load(string pack) =>
        File.Exists(pack) ? OfExecutable(Path.GetFullPath(pack)) : OfDirectory(pack);

    /// <summary>The command that serves the pack.</summary>
    /// <param name="argument">Its last argument: the engine's address.</param>
    /// <param name="programDirectory">The program's folder.</param>
    /// <exception cref="ConfigurationException">The runtime is not one of ours, or the pack is not built.</exception>
    public ChildCommand Command(string argument, string programDirectory) => Executable is null
        ? LanguageRuntimes.PolicyPack(Runtime, RuntimeLocation, Directory, argument, programDirectory)
        : new ChildCommand(Executable, [argument], programDirectory, LanguageRuntimes.Abilities);

    private static PolicyPackFile OfExecutable(string executable)
    {
        var directory = Path.GetDirectoryName(executable)!;
        var path = Path.Combine(directory, FileName);
        var yaml = File.Exists(path) ? YamlFile.Load(path, path) : null;
        return new PolicyPackFile(directory, "", yaml?.Text("version") ?? "", yaml?.Text("description") ?? "", new SourceLocation(executable))
        {
            Executable = executable,
        };
    }

    private static PolicyPackFile OfDirectory(string directory)
    {
        var path = Path.Combine(directory, FileName);
        if (!File.Exists(path))
        {
            throw new ConfigurationException(Diagnostic.Error(
                "policy-missing", $"'{directory}' is no policy pack: it has no {FileName}."));
        }

        var yaml = YamlFile.Load(path, path);
        var runtime = yaml.Runtime();
        if (string.IsNullOrEmpty(runtime))
        {
            throw new ConfigurationException(Diagnostic.Error(
                "policy-runtime", "The policy pack names no 'runtime'.", new SourceLocation(path, 1)));
        }

        return new PolicyPackFile(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory)), runtime, yaml.Text("version") ?? "", yaml.Text("description") ?? "", yaml.LocationOf(yaml.Find("runtime")!));
    }
}
