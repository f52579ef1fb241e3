using System.Collections.Immutable;
using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>What is assigned of Azure Policy is in force.</summary>
internal sealed class PoliciesEnforced(ModeLimits limits) : ResourcePolicy
{
    private const string Assignment = "azure-native:authorization:PolicyAssignment";
    private const string NotInForce = "Azure refuses nothing by it and writes nothing to the activity log";

    private const string Initiative = "azure-native:authorization:PolicySetDefinition";
    private const string Disabled = "Disabled";
    private const string Audit = "Audit";

    private static readonly PropertyPath EnforcementMode = PropertyPath.Parse("enforcementMode");
    private static readonly PropertyPath Parameters = PropertyPath.Parse("parameters");
    private static readonly PropertyPath Effect = PropertyPath.Parse("parameters.effect.value");
    private static readonly PropertyPath Overrides = PropertyPath.Parse("overrides[*].value");
    private static readonly PropertyPath Parts = PropertyPath.Parse("policyDefinitions[*].parameters.effect.value");
    private static readonly PropertyPath Scope = PropertyPath.Parse("scope");
    private static readonly PropertyPath NotScopes = PropertyPath.Parse("notScopes[*]");
    private static readonly PropertyPath Definition = PropertyPath.Parse("policyDefinitionId");

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
        "Leave enforcementMode unset or set it to Default, give no effect as Disabled, and keep notScopes below the scope. To try a "
        + "policy, set its effect parameter to Audit, or override the effect where the definition has no parameter; where limits.yaml asks "
        + "for mode deny, definitions of one's own act, and Audit is for tests elsewhere. What must not hold somewhere gets an exemption, "
        + "which ends.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        Assignment, Good: """{"enforcementMode": "Default"}""", Bad: """{"enforcementMode": "DoNotEnforce"}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Assignment, Initiative, .. Classic.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack)
    {
        var classic = Classic.Where(each => each.Type.Matches(resource.Type)).SelectMany(each => each.Judge(resource)).ToList();
        return classic.Count > 0 ? classic
            : ((ResourceTypePattern)Initiative).Matches(resource.Type) ? resource.Select(Parts).Select(effect => JudgeEffect(resource, effect))
            : [Judge(resource), .. Effects(resource, limits.For(stack).Least == PolicyMode.Deny), .. resource.Select(NotScopes).Select(notScope => JudgeNotScope(resource, notScope))];
    }

    // Built-in initiatives have effects that say Disabled for good reasons; of one's own, and of single policies, that is an end.
    private static IEnumerable<PolicyVerdict> Effects(ResourceView assignment, bool isStrict)
    {
        assignment.Read(Definition).TryGetText(out var id);
        var isBuiltInInitiative = id?.StartsWith("/providers/Microsoft.Authorization/policySetDefinitions/", StringComparison.OrdinalIgnoreCase) == true;

        // Many of Azure's own policies can do no more than audit; what somebody defines with a parameter for it can.
        var isOwn = id?.StartsWith("/providers/", StringComparison.OrdinalIgnoreCase) != true;
        var parameters = assignment.Read(Parameters).Value is MapValue map && !isBuiltInInitiative
            ? map.Entries.Keys.Where(name => name.EndsWith("effect", StringComparison.OrdinalIgnoreCase)).Select(name => Parameters.Then(name).Then("value"))
            : [Effect];
        return parameters.Select(assignment.Read).Where(effect => effect.State != PropertyState.Missing)
            .Concat(assignment.Select(Overrides))
            .Select(effect => isStrict && isOwn && effect.TryGetText(out var text) && text.Equals(Audit, StringComparison.OrdinalIgnoreCase)
                ? PolicyVerdict.Violation(effect.Path, $"{assignment} has {effect} here, so Azure only reports what it is to refuse.")
                : JudgeEffect(assignment, effect));
    }

    private static PolicyVerdict JudgeEffect(ResourceView resource, PropertyReading effect) =>
        effect.State == PropertyState.Missing ? PolicyVerdict.Pass
        : !effect.TryGetText(out var text) ? PolicyVerdict.Undecided(effect.Path)
        : text.Equals(Disabled, StringComparison.OrdinalIgnoreCase)
            ? PolicyVerdict.Violation(effect.Path, $"{resource} has {effect} here, so {NotInForce}.")
            : PolicyVerdict.Pass;

    private static PolicyVerdict JudgeNotScope(ResourceView assignment, PropertyReading notScope)
    {
        if (!notScope.TryGetText(out var left))
        {
            return PolicyVerdict.Undecided(notScope.Path);
        }

        return !assignment.Read(Scope).TryGetText(out var scope) ? PolicyVerdict.Undecided(Scope)
            : $"{scope}/".StartsWith($"{left.TrimEnd('/')}/", StringComparison.OrdinalIgnoreCase)
                ? PolicyVerdict.Violation(notScope.Path, $"{assignment} leaves out {notScope}, which is all that it is assigned to.")
                : PolicyVerdict.Pass;
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
