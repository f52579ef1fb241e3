using CantonInfra.Infra.Components.Governance;

namespace CantonInfra.Infra.Settings;

/// <summary>What containers may be in a subscription's clusters, <c>canton-infra:containers</c>; our initiative and SOC 2 ask for it (A13).</summary>
/// <param name="AllowedImagesRegex"><c>.allowedImagesRegex</c>: what the names of images must match. No default.</param>
/// <param name="CpuLimit"><c>.cpuLimit</c>: the most processors that a container's limit may give, as Kubernetes writes it; 8.</param>
/// <param name="MemoryLimit"><c>.memoryLimit</c>: the most memory that a container's limit may give, as Kubernetes writes it; 32Gi.</param>
internal sealed record ContainerSettings(string AllowedImagesRegex, string CpuLimit, string MemoryLimit)
{
    /// <summary>What policies are told.</summary>
    public ContainerLimits Limits => new(AllowedImagesRegex, CpuLimit, MemoryLimit);

    /// <summary>Reads them.</summary>
    public static ContainerSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("containers");
        return new ContainerSettings(
            node.Member("allowedImagesRegex").Text(@"what the names of images must match, such as ^[a-z0-9]+\.azurecr\.io/.+$"),
            node.Member("cpuLimit").Text("the most processors of a container", "8"),
            node.Member("memoryLimit").Text("the most memory of a container", "32Gi"));
    }
}
