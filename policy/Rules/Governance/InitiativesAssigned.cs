using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Governance;

/// <summary>What a stack defines of Azure Policy, something assigns.</summary>
internal sealed class InitiativesAssigned : StackPolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Definitions =
        ["azure-native:authorization:PolicySetDefinition", "azure-native:authorization:PolicyDefinition"];

    private static readonly ImmutableArray<ResourceTypePattern> Assignments =
        ["azure-native:authorization:PolicyAssignment", "azure-native:authorization:PolicySetDefinition"];

    public override string Id => "initiatives-assigned";

    public override string Title => "What is defined of Azure Policy is assigned";

    public override string Rationale =>
        "A definition by itself does nothing. One that nothing assigns looks like a control in every list, and holds for no resource.";

    public override string Remediation =>
        "Declare a PolicyAssignment whose policyDefinitionId is the id of the definition or of an initiative that has it, or remove it.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "PV-1"),
        new(PolicyControl.Soc2, "CC8.1"),
        new(PolicyControl.Requirement, "A13"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        // By the URN, so that any way of naming the definition counts, and management groups may assign what is exported.
        var used = resources.Resources.Where(resource => Assignments.Any(type => type.Matches(resource.Type)))
            .SelectMany(resource => resource.Dependencies).ToHashSet(StringComparer.Ordinal);
        return resources.Resources
            .Where(resource => Definitions.Any(type => type.Matches(resource.Type)))
            .Select(definition => StackVerdict.On(definition, used.Contains(definition.Urn)
                ? PolicyVerdict.Pass
                : resources.OfType(Assignments[0]).Any(MayAssign)
                    ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet what some assignment assigns")
                    : PolicyVerdict.Violation(PropertyPath.Root, $"{definition} is assigned by nothing in the stack, so it holds for no resource.")));
    }

    // One whose definition is not known and comes from nowhere that the engine told of.
    private static bool MayAssign(StackResourceView assignment) =>
        assignment.Read("policyDefinitionId").State == PropertyState.Unknown && assignment.PropertyDependencies.GetValueOrDefault("policyDefinitionId", []).IsEmpty;
}
