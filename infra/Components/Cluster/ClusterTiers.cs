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

    /// <summary>For how long Azure supports a version; long-term support is what the dearest tier is for.</summary>
    public static KubernetesSupportPlan SupportPlan(ClusterTier tier) =>
        tier == ClusterTier.Premium ? KubernetesSupportPlan.AKSLongTermSupport : KubernetesSupportPlan.KubernetesOfficial;

    /// <summary>What each namespace costs, which the free tier cannot tell.</summary>
    public static ManagedClusterMetricsProfileArgs Metrics(ClusterTier tier) =>
        new() { CostAnalysis = new ManagedClusterCostAnalysisArgs { Enabled = tier != ClusterTier.Free } };
}
