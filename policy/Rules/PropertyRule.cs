using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules;

/// <summary>A rule that is kept when each of a few properties is what it must be.</summary>
/// <param name="checks">The properties, for all types of resources that have them.</param>
internal abstract class PropertyRule(params ImmutableArray<IPropertyCheck> checks) : ResourcePolicy
{
    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. checks.Select(check => check.Type).Distinct()];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        checks.Where(check => check.Type.Matches(resource.Type)).SelectMany(check => check.Judge(resource));
}
