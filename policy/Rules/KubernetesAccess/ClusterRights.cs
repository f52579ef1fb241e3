using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.KubernetesAccess;

/// <summary>The types that give rights inside of a cluster.</summary>
internal static class ClusterRights
{
    private static readonly ImmutableArray<string> Versions = ["v1", "v1beta1"];

    public static ImmutableArray<ResourceTypePattern> Bindings { get; } = Types("RoleBinding", "ClusterRoleBinding");

    public static ImmutableArray<ResourceTypePattern> Roles { get; } = Types("Role", "ClusterRole");

    private static ImmutableArray<ResourceTypePattern> Types(params string[] kinds) =>
    [
        .. kinds.SelectMany(kind => Versions
            .Select(version => new ResourceTypePattern($"kubernetes:rbac.authorization.k8s.io/{version}:{kind}"))),
    ];
}
