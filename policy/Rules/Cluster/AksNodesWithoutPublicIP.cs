using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Nodes have no address on the internet.</summary>
internal sealed class AksNodesWithoutPublicIP() : PropertyRule(
    Switch.Off("azure-native:containerservice:ManagedCluster", "agentPoolProfiles[*].enableNodePublicIP", Public),
    Switch.Off("azure-native:containerservice:AgentPool", "enableNodePublicIP", Public),
    Switch.Off("azure:containerservice/kubernetesCluster:KubernetesCluster", "defaultNodePool.nodePublicIpEnabled", Public)
        with { Older = PropertyPath.Parse("defaultNodePool.enableNodePublicIp") },
    Switch.Off("azure:containerservice/kubernetesClusterNodePool:KubernetesClusterNodePool", "nodePublicIpEnabled", Public)
        with { Older = PropertyPath.Parse("enableNodePublicIp") })
{
    private const string Public = "its nodes have addresses on the internet";

    public override string Id => "aks-no-node-public-ip";

    public override string Title => "Nodes have no public address";

    public override string Rationale =>
        "A node with a public address can be scanned and attacked from anywhere, and it speaks to the internet past "
        + "the one egress address that members of the network know us by. Audits of network interfaces do not see it, "
        + "for nodes are parts of scale sets.";

    public override string Remediation =>
        "Leave enableNodePublicIP unset or false on every pool, those in agentPoolProfiles included. What must be "
        + "reached from outside goes through a load balancer or gateway.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:AgentPool",
        Good: """{"enableNodePublicIP": false}""",
        Bad: """{"enableNodePublicIP": true}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A13"),
    ];
}
