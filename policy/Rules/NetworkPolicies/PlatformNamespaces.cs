using System.Collections.Immutable;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>Namespaces of Kubernetes itself and of AKS, which fill them and keep others out.</summary>
internal static class PlatformNamespaces
{
    public static ImmutableHashSet<string> Names { get; } =
    [
        "kube-system", "kube-public", "kube-node-lease", "gatekeeper-system", "calico-system", "tigera-operator",
        "aks-istio-system", "app-routing-system",
    ];
}
