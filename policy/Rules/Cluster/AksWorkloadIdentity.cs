using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Pods can be given identities instead of secrets.</summary>
internal sealed class AksWorkloadIdentity() : PropertyRule(
    Switch.On("azure-native:containerservice:ManagedCluster", "oidcIssuerProfile.enabled", Issuer),
    Switch.On("azure-native:containerservice:ManagedCluster", "securityProfile.workloadIdentity.enabled", Identity),
    Switch.On("azure:containerservice/kubernetesCluster:KubernetesCluster", "oidcIssuerEnabled", Issuer),
    Switch.On("azure:containerservice/kubernetesCluster:KubernetesCluster", "workloadIdentityEnabled", Identity))
{
    private const string Issuer = "nothing outside of it can tell its service accounts apart";
    private const string Identity = "its pods need secrets to sign in with, or the identity of the node";

    public override string Id => "aks-workload-identity";

    public override string Title => "Pods sign in to Azure with identities of their own";

    public override string Rationale =>
        "Where pods cannot exchange the tokens of their service accounts for identities in Azure, they need secrets "
        + "that lie in the cluster, or they share the identity of the node, with which any pod of the node can do all "
        + "that one of them may.";

    public override string Remediation =>
        "Set oidcIssuerProfile.enabled and securityProfile.workloadIdentity.enabled to true. The issuer cannot be "
        + "turned off again.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:ManagedCluster",
        Good: """{"oidcIssuerProfile": {"enabled": true}, "securityProfile": {"workloadIdentity": {"enabled": true}}}""",
        Bad: """{"oidcIssuerProfile": {"enabled": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-3"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A7"),
        new(PolicyControl.Requirement, "A20"),
    ];
}
