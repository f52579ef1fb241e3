using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>Canton users of services do not administer the participant.</summary>
internal sealed class CantonUsersDoNotAdminister : ResourcePolicy
{
    private const string Administrator = "ParticipantAdmin";

    private static readonly PropertyPath Kinds = PropertyPath.Parse("rights[*].kind");

    public override string Id => "canton-users-do-not-administer";

    public override string Title => "Canton users of services do not administer the participant";

    public override string Rationale =>
        "Whoever administers a participant gives itself and others any right, so a leaked secret of one service becomes power over all "
        + "parties. Only the validator's own user needs it, and has it from the start.";

    public override string Remediation =>
        "Give the user the rights that its service needs: 'canton-infra rights plan' compares with the table. What administers users is the "
        + "deployment, with the validator's client.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "canton:index:User",
        Good: """{"userId": "indexer", "rights": [{"kind": "CanReadAsAnyParty"}]}""",
        Bad: """{"userId": "indexer", "rights": [{"kind": "ParticipantAdmin"}]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "B3"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["canton:index:User"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        resource.Select(Kinds).Select(kind => Judge(resource, kind)).DefaultIfEmpty(PolicyVerdict.Pass);

    private static PolicyVerdict Judge(ResourceView resource, PropertyReading kind) =>
        !kind.TryGetText(out var name) ? PolicyVerdict.Undecided(kind.Path)
        : name == Administrator ? PolicyVerdict.Violation(kind.Path, $"{resource} administers the participant.")
        : PolicyVerdict.Pass;
}
