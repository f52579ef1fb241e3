using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>How the API server of a cluster is reached, and by whom.</summary>
internal static class ClusterAccess
{
    /// <summary>Who may do what: people and services of the tenant, by roles of Azure.</summary>
    public static ManagedClusterAADProfileArgs Directory(AksClusterArgs args) => new()
    {
        Managed = true,
        EnableAzureRBAC = true,
        AdminGroupObjectIDs = args.AdminGroupObjectIds,
        TenantID = args.Azure.TenantId,
    };

    /// <summary>The way to the API server.</summary>
    public static ManagedClusterAPIServerAccessProfileArgs ApiServer(AksClusterArgs args) => new()
    {
        EnablePrivateCluster = true,
        EnablePrivateClusterPublicFQDN = false,
        PrivateDNSZone = "system",
        EnableVnetIntegration = true,
        SubnetId = args.Network.ApiServer.Id,

        // Run command would be a way in from the internet that no network rule sees.
        DisableRunCommand = true,
    };
}
