using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Clusters and nodes are patched without anybody thinking of it.</summary>
internal sealed class AksUpgradeChannels() : PropertyRule(
    Choice.Of("azure-native:containerservice:ManagedCluster", "autoUpgradeProfile.upgradeChannel", Channels, "none", Unpatched),
    Choice.Of("azure-native:containerservice:ManagedCluster", "autoUpgradeProfile.nodeOSUpgradeChannel", NodeChannels, "NodeImage", OldNodes),
    Choice.Of("azure:containerservice/kubernetesCluster:KubernetesCluster", "automaticUpgradeChannel", Channels, "none", Unpatched)
        with { Older = PropertyPath.Parse("automaticChannelUpgrade") },
    Choice.Of("azure:containerservice/kubernetesCluster:KubernetesCluster", "nodeOsUpgradeChannel", NodeChannels, "NodeImage", OldNodes)
        with { Older = PropertyPath.Parse("nodeOsChannelUpgrade") })
{
    private const string Unpatched = "flaws in its Kubernetes stay open until somebody upgrades it";
    private const string OldNodes = "flaws in its nodes stay open until somebody replaces them";

    private static readonly ImmutableArray<string> Channels = ["patch", "stable", "rapid", "node-image"];
    private static readonly ImmutableArray<string> NodeChannels = ["NodeImage", "SecurityPatch"];

    public override string Id => "aks-upgrade-channels";

    public override string Title => "Clusters and their nodes take patches by themselves";

    public override string Rationale =>
        "A version of Kubernetes is supported for a year and a node image is old after a week. Where no channel mends "
        + "them, known flaws stay open until somebody finds the time, and at last an upgrade of several versions is due "
        + "at once.";

    public override string Remediation =>
        "Set autoUpgradeProfile.upgradeChannel to patch (or node-image, stable, rapid) and nodeOSUpgradeChannel to "
        + "NodeImage or SecurityPatch. Choose the hour with a maintenance configuration for each.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:ManagedCluster",
        Good: """{"autoUpgradeProfile": {"upgradeChannel": "patch", "nodeOSUpgradeChannel": "NodeImage"}}""",
        Bad: """{"autoUpgradeProfile": {"upgradeChannel": "none"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-6"),
        new(PolicyControl.Soc2, "CC7.1"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A13"),
    ];
}
