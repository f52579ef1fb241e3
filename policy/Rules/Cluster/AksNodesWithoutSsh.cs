using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Nobody signs in to nodes over the network.</summary>
internal sealed class AksNodesWithoutSsh() : PropertyRule(
    Choice.Of("azure-native:containerservice:ManagedCluster", "agentPoolProfiles[*].securityProfile.sshAccess", ["Disabled"], "LocalUser", Open),
    Choice.Of("azure-native:containerservice:AgentPool", "securityProfile.sshAccess", ["Disabled"], "LocalUser", Open))
{
    private const string Open = "whoever is in the network can try to sign in to its nodes";

    public override string Id => "aks-no-node-ssh";

    public override string Title => "Nodes take no SSH";

    public override string Rationale =>
        "Everything in the network, pods included, reaches the SSH port of a node, and what is behind it is root over "
        + "all pods of the node. Nobody needs it: a debugging pod or a new node serves the same end and is in the audit "
        + "log.";

    public override string Remediation =>
        "Set securityProfile.sshAccess to Disabled on every pool, those in agentPoolProfiles included. New pools take "
        + "SSH again unless they say so too. Nodes that exist change with their next image.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:AgentPool",
        Good: """{"securityProfile": {"sshAccess": "Disabled"}}""",
        Bad: """{"securityProfile": {"enableSecureBoot": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A13"),
    ];
}
