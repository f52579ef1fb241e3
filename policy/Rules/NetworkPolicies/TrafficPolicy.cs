using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>A direction of traffic, as seen from a pod.</summary>
internal enum Direction
{
    /// <summary>Into it.</summary>
    Ingress,

    /// <summary>Out of it.</summary>
    Egress,
}

/// <summary>What a NetworkPolicy does by default, as the Kubernetes API reads it; null is: not known.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Member">Which namespace it is in.</param>
/// <param name="DeniesIngress">Whether it denies all incoming traffic of all pods.</param>
/// <param name="DeniesEgress">Whether it denies all outgoing traffic of all pods.</param>
/// <param name="Openings">Rules that allow everything for all pods.</param>
internal sealed record TrafficPolicy(
    StackResourceView Resource,
    NamespaceMember Member,
    bool? DeniesIngress,
    bool? DeniesEgress,
    ImmutableArray<PropertyPath> Openings)
{
    public bool? Denies(Direction direction) => direction == Direction.Ingress ? DeniesIngress : DeniesEgress;

    public static TrafficPolicy Read(StackResourceView resource, StackView resources)
    {
        var all = SelectsAll(resource);
        var ingress = Concerns(resource, Direction.Ingress);
        var egress = Concerns(resource, Direction.Egress);
        return new(
            resource,
            new NamespaceMember(resource, resources),
            Logic.And(all, ingress, resource.Read("spec.ingress").IsNothing()),
            Logic.And(all, egress, resource.Read("spec.egress").IsNothing()),
            all != true ? [] :
            [
                .. ingress == true ? Unlimited(resource, "spec.ingress[*]", "from") : [],
                .. egress == true ? Unlimited(resource, "spec.egress[*]", "to") : [],
            ]);
    }

    // An empty or missing selector selects all.
    private static bool? SelectsAll(StackResourceView resource) => Logic.And(
        resource.Read("spec.podSelector.matchLabels").IsNothing(),
        resource.Read("spec.podSelector.matchExpressions").IsNothing());

    // Where no types are listed, a policy concerns incoming traffic, and outgoing if it has rules for that.
    private static bool? Concerns(StackResourceView resource, Direction direction)
    {
        var types = resource.Read("spec.policyTypes");
        if (types.IsNothing() == true)
        {
            return direction == Direction.Ingress ? true : Logic.Not(resource.Read("spec.egress").IsNothing());
        }

        if (types.Value is not ListValue { Items: var items })
        {
            return null;
        }

        return items.Any(item => item.Unwrapped is StringValue { Value: var type } && type == direction.ToString())
            ? true
            : items.Any(item => item.ContainsUnknowns) ? null : false;
    }

    private static IEnumerable<PropertyPath> Unlimited(StackResourceView resource, string rules, string peers) =>
        resource.Select(PropertyPath.Parse(rules))
            .Where(rule => rule.Value is MapValue map
                && PropertyPath.Root.Then(peers).Read(map).IsNothing() == true
                && PropertyPath.Root.Then("ports").Read(map).IsNothing() == true)
            .Select(rule => rule.Path);
}
