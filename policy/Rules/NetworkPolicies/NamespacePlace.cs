using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>A namespace that a stack declares.</summary>
/// <param name="Resource">The resource.</param>
/// <param name="Name">Its name in the cluster; missing where the provider names it.</param>
internal sealed record NamespacePlace(StackResourceView Resource, PropertyReading Name)
{
    /// <summary>Where the name is.</summary>
    public static PropertyPath NamePath { get; } = PropertyPath.Parse("metadata.name");

    public static NamespacePlace Read(StackResourceView resource) => new(resource, resource.Read(NamePath));
}
