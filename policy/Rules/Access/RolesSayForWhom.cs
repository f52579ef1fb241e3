using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Access;

/// <summary>A role assignment says whether it is for a workload, a group or a person.</summary>
internal sealed class RolesSayForWhom : ResourcePolicy
{
    private const string Assignment = "azure-native:authorization:RoleAssignment";

    private static readonly ImmutableArray<string> Kinds = ["Group", "ServicePrincipal", "ForeignGroup", "Device"];

    public override string Id => "roles-say-for-whom";

    public override string Title => "Role assignments are for workloads or groups, and say so";

    public override string Rationale =>
        "Without a kind Azure looks the principal up, which fails for an identity that was made a moment ago, and reviewers and these rules do "
        + "not see whether a person or a workload gets the role. A role for one person outlasts the person's job; leaving a group ends it.";

    public override string Remediation => "Set principalType to ServicePrincipal for identities and to Group for people.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override PolicyExample Example { get; } = new(
        Assignment,
        Good: """{"principalId": "0", "principalType": "Group"}""",
        Bad: """{"principalId": "0"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "A6"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes => AccessTypes.RoleAssignments;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var kind = resource.Read("principalType");

        // The classic provider finds it out by itself where it is not said.
        yield return kind.State == PropertyState.Missing
            ? resource.Type.Canonical != Assignment ? PolicyVerdict.Pass : PolicyVerdict.Violation(kind.Path, $"{resource} does not say whether its principal is a workload or a group.")
            : !kind.TryGetText(out var text) ? PolicyVerdict.Undecided(kind.Path)
            : Kinds.Contains(text, StringComparer.OrdinalIgnoreCase) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(kind.Path, $"{resource} has {kind} here; a role is for a workload or a group.");
    }
}
