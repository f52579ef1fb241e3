using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.KubernetesAccess;

/// <summary>Nobody is given all rights in a cluster, and nobody who is not named any.</summary>
internal sealed class NoClusterAdmins : ResourcePolicy
{
    private static readonly ImmutableHashSet<string> Everybody =
        ["system:anonymous", "system:unauthenticated", "system:authenticated", "system:serviceaccounts", "system:masters"];

    public override string Id => "no-cluster-admins";

    public override string Title => "No binding gives all rights, or rights to everybody";

    public override string Rationale =>
        "Who has cluster-admin reads every secret and acts as every workload, with the keys of the ledger. Groups such as "
        + "system:authenticated are everybody with any account, and system:anonymous is everybody.";

    public override string Remediation =>
        "Bind a role with the few rights that are needed, in the namespace where they are needed, to a named group or service account. "
        + "Administrators get in by a role in Azure for hours.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding",
        Good: """{"roleRef": {"kind": "ClusterRole", "name": "view"}, "subjects": [{"kind": "Group", "name": "auditors"}]}""",
        Bad: """{"roleRef": {"kind": "ClusterRole", "name": "cluster-admin"}, "subjects": [{"kind": "Group", "name": "team"}]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-1"),
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
        new(PolicyControl.Requirement, "A20"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => ClusterRights.Bindings;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var role = resource.Read("roleRef.name");
        yield return role.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !role.TryGetText(out var name) ? PolicyVerdict.Undecided(role.Path)
            : name == "cluster-admin" ? PolicyVerdict.Violation(role.Path, $"{resource} gives all rights in the cluster or in its namespace.")
            : PolicyVerdict.Pass;
        foreach (var subject in resource.Select(PropertyPath.Parse("subjects[*].name")))
        {
            yield return subject.State == PropertyState.Missing ? PolicyVerdict.Pass
                : !subject.TryGetText(out var who) ? PolicyVerdict.Undecided(subject.Path)
                : Everybody.Contains(who) ? PolicyVerdict.Violation(subject.Path, $"{resource} gives rights to {subject}, which is no one in particular.")
                : PolicyVerdict.Pass;
        }
    }
}
