using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Azure Policy reaches into clusters.</summary>
internal sealed class AksAzurePolicy() : PropertyRule(
    Switch.On("azure-native:containerservice:ManagedCluster", "addonProfiles.azurepolicy.enabled", Blind)
        with { Older = PropertyPath.Parse("addonProfiles.azurePolicy.enabled") },
    Switch.On("azure:containerservice/kubernetesCluster:KubernetesCluster", "azurePolicyEnabled", Blind))
{
    private const string Blind = "assigned policies are not enforced in it and still look kept";

    public override string Id => "aks-azure-policy";

    public override string Title => "Azure Policy is enforced inside of clusters";

    public override string Rationale =>
        "Policies that are assigned to a subscription for what runs in its clusters are enforced by an add-on. Where "
        + "that is missing nothing is judged, nothing is refused, and the assignments look as if all were in order.";

    public override string Remediation =>
        "Set addonProfiles.azurepolicy.enabled to true.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:ManagedCluster",
        Good: """{"addonProfiles": {"azurepolicy": {"enabled": true}}}""",
        Bad: """{"addonProfiles": {}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-2"),
        new(PolicyControl.Soc2, "CC6.8"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];
}
