using CantonInfra.Engine.Diagnostics;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Engine.Policies;

/// <summary>A policy pack's folder and its <c>PulumiPolicy.yaml</c>.</summary>
/// <param name="Directory">The folder, as an absolute path.</param>
/// <param name="Runtime">The runtime's name.</param>
/// <param name="Version">The version, which wins over the one that the pack reports; empty where it is not set.</param>
/// <param name="Description">What it is for; empty where it is not set.</param>
/// <param name="RuntimeLocation">Where the runtime is named.</param>
internal sealed record PolicyPackFile(
    string Directory, string Runtime, string Version, string Description, SourceLocation RuntimeLocation)
{
    private const string FileName = "PulumiPolicy.yaml";

    /// <summary>Loads a pack's file.</summary>
    /// <exception cref="ConfigurationException">The folder is no policy pack.</exception>
    public static PolicyPackFile Load(string directory)
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
            Path.GetFullPath(directory), runtime, yaml.Text("version") ?? "", yaml.Text("description") ?? "", yaml.LocationOf(yaml.Find("runtime")!));
    }
}
