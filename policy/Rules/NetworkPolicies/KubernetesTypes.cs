using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>The types of namespaces and of the policies in them, under all names that the provider has had for them.</summary>
internal static class KubernetesTypes
{
    private static readonly ImmutableHashSet<string> NetworkPolicies =
    [
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "kubernetes:networking/v1:NetworkPolicy",
        "kubernetes:extensions/v1beta1:NetworkPolicy",
    ];

    /// <summary>The types of network policies.</summary>
    public static ImmutableArray<ResourceTypePattern> OfNetworkPolicies { get; } =
        [.. NetworkPolicies.Order(StringComparer.Ordinal).Select(type => new ResourceTypePattern(type))];

    public static bool IsNamespace(ResourceType type) => type.Canonical == "kubernetes:core/v1:Namespace";

    public static bool IsNetworkPolicy(ResourceType type) => NetworkPolicies.Contains(type.Canonical);
}
