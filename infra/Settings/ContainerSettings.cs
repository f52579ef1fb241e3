using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>What containers may be in a subscription's clusters, <c>canton-infra:containers</c>.</summary>
/// <remarks>
/// <c>.allowedImagesRegex</c>: what the names of images must match. No default. <c>.cpuLimit</c>: the most processors of a container;
/// 8. <c>.memoryLimit</c>: the most memory of a container; 32Gi.
/// </remarks>
internal static class ContainerSettings
{
    /// <summary>Reads them.</summary>
    public static ContainerLimits Read(SettingsReader reader)
    {
        var node = reader.Structure("containers");
        return new ContainerLimits(
            node.Member("allowedImagesRegex").Text(@"what the names of images must match, such as ^[a-z0-9]+\.azurecr\.io/.+$"),
            node.Member("cpuLimit").Text("the most processors of a container", "8"),
            node.Member("memoryLimit").Text("the most memory of a container", "32Gi"));
    }
}
