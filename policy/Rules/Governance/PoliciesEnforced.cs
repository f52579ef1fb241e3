using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>What is assigned of Azure Policy is in force.</summary>
internal sealed class PoliciesEnforced : ResourcePolicy
{
    private const string Assignment = "azure-native:authorization:PolicyAssignment";
    private const string NotInForce = "Azure refuses nothing by it and writes nothing to the activity log";

    private static readonly PropertyPath EnforcementMode = PropertyPath.Parse("enforcementMode");

    private static readonly ImmutableArray<Switch> Classic =
    [
        Switch.On("azure:core/resourceGroupPolicyAssignment:ResourceGroupPolicyAssignment", "enforce", NotInForce, byDefault: true),
        Switch.On("azure:core/resourcePolicyAssignment:ResourcePolicyAssignment", "enforce", NotInForce, byDefault: true),
        Switch.On("azure:core/subscriptionPolicyAssignment:SubscriptionPolicyAssignment", "enforce", NotInForce, byDefault: true),
        Switch.On("azure:management/groupPolicyAssignment:GroupPolicyAssignment", "enforce", NotInForce, byDefault: true),
    ];

    public override string Id => "policies-enforced";

    public override string Title => "Assignments of Azure Policy are enforced";

    public override string Rationale =>
        "An assignment that is not enforced is a control on paper: it is listed, and stops nothing. Where a policy is to be tried "
        + "first, its own effect says so and still reports.";

    public override string Remediation =>
        "Leave enforcementMode unset or set it to Default. To try a policy, set its effect parameter to Audit, or override the "
        + "effect where the definition has no parameter.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Assignment, Good: """{"enforcementMode": "Default"}""", Bad: """{"enforcementMode": "DoNotEnforce"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Assignment, .. Classic.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var classic = Classic.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)).ToList();
        return classic.Count > 0 ? classic : [Judge(resource)];
    }

    private static PolicyVerdict Judge(ResourceView resource)
    {
        var reading = resource.Read(EnforcementMode);
        if (reading.State == PropertyState.Missing)
        {
            return PolicyVerdict.Pass;
        }

        if (!reading.TryGetText(out var mode))
        {
            return PolicyVerdict.Undecided(reading.Path);
        }

        return mode.Equals("Default", StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(reading.Path, $"{resource} has {reading} here, so {NotInForce}.");
    }
}
