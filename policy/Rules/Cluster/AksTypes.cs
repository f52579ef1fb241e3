namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>The types of clusters and pools of nodes.</summary>
internal static class AksTypes
{
    /// <summary>The cluster, with pools in <c>agentPoolProfiles</c>.</summary>
    public const string Cluster = "azure-native:containerservice:ManagedCluster";

    /// <summary>A pool by itself.</summary>
    public const string Pool = "azure-native:containerservice:AgentPool";

    /// <summary>The cluster in the classic provider, with one pool in <c>defaultNodePool</c>.</summary>
    public const string ClassicCluster = "azure:containerservice/kubernetesCluster:KubernetesCluster";

    /// <summary>A pool by itself in the classic provider.</summary>
    public const string ClassicPool = "azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool";
}
