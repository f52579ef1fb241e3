using Pulumi.AzureNative.ContainerService;
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

    /// <summary>Whether the API server has a public address.</summary>
    public static PublicNetworkAccess PublicAccess(AksClusterArgs args) =>
        IsPrivate(args) ? PublicNetworkAccess.Disabled : PublicNetworkAccess.Enabled;

    /// <summary>The way to the API server, which nodes always reach within the network.</summary>
    public static ManagedClusterAPIServerAccessProfileArgs ApiServer(AksClusterArgs args)
    {
        var profile = new ManagedClusterAPIServerAccessProfileArgs
        {
            EnablePrivateCluster = IsPrivate(args),
            EnableVnetIntegration = true,
            SubnetId = args.Network.ApiServer.Id,

            // Run command would be a way in from the internet that no network rule sees.
            DisableRunCommand = true,
        };
        if (IsPrivate(args))
        {
            profile.EnablePrivateClusterPublicFQDN = false;
            profile.PrivateDNSZone = "system";
        }
        else
        {
            profile.AuthorizedIPRanges = args.AuthorizedIpRanges;
        }

        return profile;
    }

    private static bool IsPrivate(AksClusterArgs args) => args.AuthorizedIpRanges.IsEmpty;
}
