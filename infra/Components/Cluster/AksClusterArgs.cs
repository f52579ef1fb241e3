using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>What <see cref="AksCluster"/> needs.</summary>
internal sealed record AksClusterArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the cluster.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the resource group of its identities.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>The network that it is in.</summary>
    public required EnvironmentNetwork Network { get; init; }

    /// <summary>What its disks are encrypted with.</summary>
    public required DiskEncryption Disks { get; init; }

    /// <summary>Where Defender sends what it sees.</summary>
    public required LogAnalytics Logs { get; init; }

    /// <summary>The version of Kubernetes, major and minor.</summary>
    public required string KubernetesVersion { get; init; }

    /// <summary>What Azure promises for the API server.</summary>
    public required ClusterTier Tier { get; init; }

    /// <summary>The availability zones of the nodes.</summary>
    public required ImmutableArray<string> Zones { get; init; }

    /// <summary>The nodes that run the cluster's own workloads.</summary>
    public required NodePoolSize SystemPool { get; init; }

    /// <summary>The nodes that run Canton and its services.</summary>
    public required NodePoolSize UserPool { get; init; }

    /// <summary>The weekday on which Azure may upgrade the cluster and its nodes.</summary>
    public required DayOfWeek MaintenanceDay { get; init; }

    /// <summary>The Entra groups whose members are administrators of the cluster; the deployment is one of them.</summary>
    public required ImmutableArray<string> AdminGroupObjectIds { get; init; }

    /// <summary>What its store of objects is encrypted with besides the platform's key; null for nothing.</summary>
    public EtcdKey? EtcdKey { get; init; }

    /// <summary>The networks that may reach the API server by a public address; none for a private API server.</summary>
    public ImmutableArray<string> AuthorizedIpRanges { get; init; } = [];

    /// <summary>Which versions of Kubernetes it takes by itself.</summary>
    public required KubernetesUpgrades Upgrades { get; init; }

    /// <summary>Which images of the operating system nodes take by themselves.</summary>
    public required NodeImageUpgrades NodeUpgrades { get; init; }

    /// <summary>The days on which nothing is upgraded.</summary>
    public ImmutableArray<DateRange> NotAllowedDates { get; init; } = [];
}
