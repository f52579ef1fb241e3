using CantonInfra.Infra.Components.Keys;
using Pulumi;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>What watches over a cluster and what it trusts.</summary>
internal static class ClusterSecurity
{
    // The least that AKS takes, in every environment: it costs nothing.
    private const int ImageCleanerIntervalInHours = 24;

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
        AzureKeyVaultKms = args.EtcdKey is { } key ? (Input<AzureKeyVaultKmsArgs>)Kms(key) : null,
    };

    // A version has to be named: AKS writes with this one until it is told another (docs/runbooks/rotate-etcd-key.md).
    private static AzureKeyVaultKmsArgs Kms(EtcdKey key) => new()
    {
        Enabled = true,
        KeyId = key.UriWithVersion,
        KeyVaultNetworkAccess = KeyVaultNetworkAccessTypes.Private,
        KeyVaultResourceId = key.VaultId,
    };
}
