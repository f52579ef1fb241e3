using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Ledger;

/// <summary>Rights of a participant that reach beyond single parties are for the users that the limits name.</summary>
internal sealed class FarRights(LedgerRightLimits limits) : ResourcePolicy
{
    private static readonly PropertyPath Kinds = PropertyPath.Parse("rights[*].kind");

    public override string Id => "canton-far-rights";

    public override string Title => "Rights that reach beyond single parties are for few users";

    public override string Rationale =>
        "With CanReadAsAnyParty a leaked secret reads the whole participant, with CanExecuteAsAnyParty it submits for all. Which services need that "
        + "is decided apart from the program that grants it.";

    public override string Remediation =>
        "Grant CanActAs or CanReadAs for the parties that the service is for. A user that needs more is named in policy/limits.yaml, under "
        + "ledgerRights, in a change that is reviewed for it.";

    public override PolicySeverity Severity => PolicySeverity.Critical;

    public override PolicyExample Example { get; } = new(
        "canton:index:User",
        Good: """{"userId": "u", "rights": [{"kind": "CanActAs", "party": "bridge"}]}""",
        Bad: """{"userId": "u", "rights": [{"kind": "CanExecuteAsAnyParty"}]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PA-7"),
        new(PolicyControl.Soc2, "CC6.3"),
        new(PolicyControl.Requirement, "B3"),
        new(PolicyControl.Requirement, "B4"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = ["canton:index:User"];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        resource.Select(Kinds).Select(kind =>
            !kind.TryGetText(out var right) ? PolicyVerdict.Undecided(kind.Path)
            : limits.Of(right) is not { } limit || limit.Users.Any(user => user.Matches(resource.Name)) ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(kind.Path, $"{resource} has {kind}, which policy/limits.yaml does not let it have: {limit.Reason}."));
}
