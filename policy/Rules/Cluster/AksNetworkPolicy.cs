using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Clusters enforce the network policies that are in them.</summary>
internal sealed class AksNetworkPolicy() : PropertyRule(
    Choice.Of("azure-native:containerservice:ManagedCluster", "networkProfile.networkPolicy", Enforcing, "none", Flat),
    Choice.Of("azure:containerservice/kubernetesCluster:KubernetesCluster", "networkProfile.networkPolicy", Enforcing, "none", Flat))
{
    private const string Flat = "no network policy in it is enforced";

    private static readonly ImmutableArray<string> Enforcing = ["cilium", "calico", "azure"];

    private static readonly ImmutableArray<Choice> Dataplanes =
    [
        Choice.Of("azure-native:containerservice:ManagedCluster", "networkProfile.networkDataplane", ["cilium"], "azure", Flat),
        Choice.Of("azure:containerservice/kubernetesCluster:KubernetesCluster", "networkProfile.networkDataPlane", ["cilium"], "azure", Flat)
            with { Older = PropertyPath.Parse("networkProfile.ebpfDataPlane") },
    ];

    private static readonly PropertyPath Engine = PropertyPath.Parse("networkProfile.networkPolicy");

    public override string Id => "aks-network-policy";

    public override string Title => "Clusters enforce network policies";

    public override string Rationale =>
        "Without an engine for network policies Kubernetes accepts them and nothing enforces them: every pod reaches "
        + "every other, the admin ports of the ledger included, and all policies in the cluster only seem to protect.";

    public override string Remediation =>
        "Set networkProfile.networkPolicy to cilium (with networkDataplane: cilium), calico or azure.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:ManagedCluster",
        Good: """{"networkProfile": {"networkDataplane": "cilium", "networkPolicy": "cilium"}}""",
        Bad: """{"networkProfile": {"networkPlugin": "azure"}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "A13"),
    ];

    // Cilium enforces policies in its own data plane only.
    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        resource.Read(Engine).TryGetText(out var engine) && engine.Equals("cilium", StringComparison.OrdinalIgnoreCase)
            ? base.Check(resource, stack).Concat(Dataplanes.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)))
            : base.Check(resource, stack);
}
