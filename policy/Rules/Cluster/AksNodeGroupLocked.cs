using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Nobody changes nodes behind the cluster's back.</summary>
internal sealed class AksNodeGroupLocked() : MendingPropertyRule(
    Choice.Of(AksTypes.Cluster, "nodeResourceGroupProfile.restrictionLevel", ["ReadOnly"], "Unrestricted", Open))
{
    private const string Open = "whoever may write in the subscription can change its nodes, disks and addresses past the cluster";

    public override string Id => "aks-node-group-locked";

    public override string Title => "The resource group of a cluster's nodes is read-only";

    public override string Rationale =>
        "AKS keeps nodes, their network interfaces and its load balancers in a group of its own. A command that runs on a node by way of "
        + "that group, or an address that is added there, shows in no plan and in no audit log of the cluster.";

    public override string Remediation =>
        "Set nodeResourceGroupProfile.restrictionLevel to ReadOnly. Services in the cluster still get what they ask the cluster for.";

    public override PolicySeverity Severity => PolicySeverity.Low;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"nodeResourceGroupProfile": {"restrictionLevel": "ReadOnly"}}""",
        Bad: """{"nodeResourceGroup": "nodes"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A7"),
    ];
}
