using System.Collections.Immutable;
using Pulumi;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>What AKS runs in a cluster besides Kubernetes.</summary>
internal static class ClusterAddons
{
    /// <summary>The profiles by the names that AKS knows them by.</summary>
    public static InputMap<ManagedClusterAddonProfileArgs> Profiles(AksClusterArgs args) => new()
    {
        // Values are texts here. With an identity instead of workspace keys, what it collects is up to data collection rules.
        ["omsagent"] = new ManagedClusterAddonProfileArgs
        {
            Enabled = true,
            Config = { ["logAnalyticsWorkspaceResourceID"] = args.Logs.WorkspaceId, ["useAADAuth"] = "true" },
        },
        ["azurepolicy"] = Addon(),
        ["azureKeyvaultSecretsProvider"] = Addon(("enableSecretRotation", "true"), ("rotationPollInterval", "2m")),
    };

    private static ManagedClusterAddonProfileArgs Addon(params (string Key, string Value)[] config) => new()
    {
        Enabled = true,
        Config = config.ToImmutableDictionary(entry => entry.Key, entry => entry.Value),
    };
}
