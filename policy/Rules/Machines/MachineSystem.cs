using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Machines;

/// <summary>What runs on a machine.</summary>
internal static class MachineSystem
{
    /// <summary>Whether its properties say that it is Windows; without a word about it, it counts as Linux.</summary>
    /// <param name="resource">The machine or scale set.</param>
    /// <param name="profile">The path in front of its properties.</param>
    public static bool IsWindows(ResourceView resource, string profile) =>
        resource.Read($"{profile}osProfile.windowsConfiguration").State != PropertyState.Missing
        || (resource.Read($"{profile}storageProfile.imageReference.publisher").TryGetText(out var publisher)
            && publisher.StartsWith("MicrosoftWindows", StringComparison.OrdinalIgnoreCase));
}
