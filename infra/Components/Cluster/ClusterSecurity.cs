using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>What watches over a cluster and what it trusts.</summary>
internal static class ClusterSecurity
{
    private const int ImageCleanerIntervalInHours = 48;

    /// <summary>The profile.</summary>
    public static ManagedClusterSecurityProfileArgs Profile(AksClusterArgs args) => new()
    {
        WorkloadIdentity = new ManagedClusterSecurityProfileWorkloadIdentityArgs { Enabled = true },
        Defender = new ManagedClusterSecurityProfileDefenderArgs
        {
            LogAnalyticsWorkspaceResourceId = args.Logs.WorkspaceId,
            SecurityMonitoring = new ManagedClusterSecurityProfileDefenderSecurityMonitoringArgs { Enabled = true },
        },
        ImageCleaner = new ManagedClusterSecurityProfileImageCleanerArgs
        {
            Enabled = true,
            IntervalHours = ImageCleanerIntervalInHours,
        },
    };
}
