using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Nobody reaches a cluster's API but as a user of the directory.</summary>
internal sealed class AksNoLocalAccounts : ResourcePolicy
{
    private const string Consequence =
        "anyone who may list its credentials gets a certificate of a cluster administrator that names nobody and cannot be revoked";

    private static readonly ImmutableArray<Switch> Switches =
    [
        Switch.On("azure-native:containerservice:ManagedCluster", "disableLocalAccounts", Consequence),
        Switch.On("azure:containerservice/kubernetesCluster:KubernetesCluster", "localAccountDisabled", Consequence),
    ];

    public override string Id => "aks-no-local-accounts";

    public override string Title => "Clusters have no local accounts";

    public override string Rationale =>
        "The local accounts of a cluster are shared certificates with full rights. They bypass the directory: no second factor, "
        + "no role, no end with the employment, and the audit log shows no person.";

    public override string Remediation =>
        "Set disableLocalAccounts to true, together with aadProfile (managed: true, enableAzureRBAC: true), without which Azure "
        + "refuses it. On a cluster that had local accounts, rotate its certificates afterwards.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "azure-native:containerservice:ManagedCluster",
        Good: """{"disableLocalAccounts": true, "aadProfile": {"managed": true, "enableAzureRBAC": true}}""",
        Bad: """{"disableLocalAccounts": false}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.Soc2, "CC6.1"),
        new(PolicyControl.Requirement, "A6"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Switches.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        Switches.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource));
}
