using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.KubernetesAccess;

/// <summary>Roles of a cluster name what may be done to what.</summary>
internal sealed class NoWildcardRights : ResourcePolicy
{
    private static readonly ImmutableArray<string> Parts = ["verbs", "resources", "apiGroups"];

    public override string Id => "no-wildcard-rights";

    public override string Title => "Roles in clusters name their rights";

    public override string Rationale =>
        "A star in a role is every right of today and of every version to come: reading secrets, commands in pods, and giving oneself "
        + "more. Nobody who reviews the role can tell what it allows.";

    public override string Remediation =>
        "Name the verbs, resources and API groups that are needed. An empty text is the core group.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:rbac.authorization.k8s.io/v1:Role",
        Good: """{"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["get", "list"]}]}""",
        Bad: """{"rules": [{"apiGroups": [""], "resources": ["pods"], "verbs": ["*"]}]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => ClusterRights.Roles;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => Parts
        .SelectMany(part => resource.Select(PropertyPath.Parse($"rules[*].{part}[*]")))
        .Select(reading => reading.State == PropertyState.Missing ? PolicyVerdict.Pass
            : !reading.TryGetText(out var text) ? PolicyVerdict.Undecided(reading.Path)
            : text == "*" || text.StartsWith("*/", StringComparison.Ordinal) || text.EndsWith("/*", StringComparison.Ordinal)
                ? PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, which is every right there is and will be.")
            : PolicyVerdict.Pass);
}
