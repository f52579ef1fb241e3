using System.Collections.Immutable;
using Pulumi;

namespace CantonInfra.Infra.Components.Network;

/// <summary>Where a gateway in the cluster is reached: what its Service asks of Azure's load balancer.</summary>
/// <param name="Annotations">The annotations of the Service.</param>
/// <param name="Clients">The networks that its clients come from, besides pods of the cluster; null for the internet.</param>
internal sealed record GatewayPlace(ImmutableSortedDictionary<string, Input<string>> Annotations, ImmutableArray<string>? Clients)
{
    /// <summary>What stands before the annotations that AKS reads.</summary>
    public const string Prefix = "service.beta.kubernetes.io/azure-";

    /// <summary>An address in a subnet, for the network alone.</summary>
    /// <param name="subnet">The subnet.</param>
    /// <param name="ipAddress">The address.</param>
    public static GatewayPlace Within(GuardedSubnet subnet, string ipAddress) => new(
        ImmutableSortedDictionary<string, Input<string>>.Empty
            .Add($"{Prefix}load-balancer-internal", "true")
            .Add($"{Prefix}load-balancer-internal-subnet", subnet.AzureName)
            .Add($"{Prefix}load-balancer-ipv4", ipAddress),
        Clients: []);
}
