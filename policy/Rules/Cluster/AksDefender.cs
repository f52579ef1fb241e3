using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Somebody sees what happens in a cluster.</summary>
internal sealed class AksDefender() : PropertyRule(
    Switch.On("azure-native:containerservice:ManagedCluster", "securityProfile.defender.securityMonitoring.enabled", Unseen),
    Given.Of("azure-native:containerservice:ManagedCluster", "securityProfile.defender.logAnalyticsWorkspaceResourceId", Elsewhere)
        with { CountsUnknown = true },
    Given.Of("azure:containerservice/kubernetesCluster:KubernetesCluster", "microsoftDefender.logAnalyticsWorkspaceId", Unseen))
{
    private const string Unseen = "an attack on its nodes or its API server raises no alarm";
    private const string Elsewhere = "what Defender sees goes to a workspace that Azure picks, where nobody of ours looks";

    public override string Id => "aks-defender";

    public override string Title => "Clusters are watched by Defender";

    public override string Rationale =>
        "Defender sees what a running attack does on nodes and at the API server: shells in pods, mining, stolen "
        + "tokens. Logs alone show it to nobody until somebody looks.";

    public override string Remediation =>
        "Set securityProfile.defender.securityMonitoring.enabled to true, with logAnalyticsWorkspaceResourceId, and "
        + "turn the Containers plan of Defender for Cloud on.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:ManagedCluster",
        Good: """{"securityProfile": {"defender": {"logAnalyticsWorkspaceResourceId": "/subscriptions/0/workspaces/logs", "securityMonitoring": {"enabled": true}}}}""",
        Bad: """{"securityProfile": {"workloadIdentity": {"enabled": true}}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-1"),
        new(PolicyControl.CloudSecurityBenchmark, "LT-2"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A13"),
    ];
}
