using System.Collections.Immutable;
using Pulumi.AzureNative.ContainerService;
using Pulumi.AzureNative.ContainerService.Inputs;

namespace CantonInfra.Infra.Components.Cluster;

/// <summary>The tiers as Azure sells them.</summary>
internal static class ClusterTiers
{
    private static readonly ImmutableDictionary<ClusterTier, ManagedClusterSKUTier> Tiers =
        new Dictionary<ClusterTier, ManagedClusterSKUTier>
        {
            [ClusterTier.Free] = ManagedClusterSKUTier.Free,
            [ClusterTier.Standard] = ManagedClusterSKUTier.Standard,
            [ClusterTier.Premium] = ManagedClusterSKUTier.Premium,
        }.ToImmutableDictionary();

    /// <summary>The SKU of a tier.</summary>
    public static ManagedClusterSKUArgs Sku(ClusterTier tier) => new() { Name = ManagedClusterSKUName.Base, Tier = Tiers[tier] };
}
