using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Cluster;

/// <summary>Who may do what in a cluster is decided by roles in Azure.</summary>
internal sealed class AksEntraRoles() : PropertyRule(
    Switch.On(AksTypes.Cluster, "enableRBAC", Lawless),
    Switch.On(AksTypes.Cluster, "aadProfile.managed", Strangers),
    Switch.On(AksTypes.Cluster, "aadProfile.enableAzureRBAC", Inside),
    Switch.On(AksTypes.ClassicCluster, "roleBasedAccessControlEnabled", Lawless, byDefault: true),
    Switch.On(AksTypes.ClassicCluster, "azureActiveDirectoryRoleBasedAccessControl.azureRbacEnabled", Inside))
{
    private const string Lawless = "whoever gets in may do everything";
    private const string Strangers = "its users are not those of the directory";
    private const string Inside = "who rules in it is written in the cluster only, where no access review looks";

    public override string Id => "aks-entra-roles";

    public override string Title => "Rights in clusters come from the directory and from roles in Azure";

    public override string Rationale =>
        "People join, change and leave in the directory. A cluster with users and rights of its own does not notice, its rights show in "
        + "no access review, and no second factor stands before them.";

    public override string Remediation =>
        "Set aadProfile with managed: true and enableAzureRBAC: true, and enableRBAC to true, which can only be chosen when "
        + "the cluster is created. Give people the roles Azure Kubernetes Service RBAC Reader or smaller on a namespace.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        AksTypes.Cluster,
        Good: """{"enableRBAC": true, "aadProfile": {"managed": true, "enableAzureRBAC": true}}""",
        Bad: """{"enableRBAC": true, "aadProfile": {"managed": true}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.CloudSecurityBenchmark, "IM-1"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
        new(PolicyControl.Requirement, "A13"),
    ];
}
