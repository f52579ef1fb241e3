using System.Collections.Immutable;
using System.Net;
using Pulumi.Kubernetes.Types.Inputs.Networking.V1;

namespace CantonInfra.Infra.Components.Isolation;

/// <summary>Blocks of addresses as policies have them, without what no workload has any business with.</summary>
internal static class AddressBlocks
{
    private const string Everything = "0.0.0.0/0";

    // Link-local addresses, where machines get tokens of their node's identity, and Azure's own host agent.
    private static readonly ImmutableArray<string> OfThePlatform = ["168.63.129.16/32", "169.254.0.0/16"];

    // Not the internet: networks of one's own, of carriers (the pods' among them) and of machines with themselves; groups and
    // what is kept for later.
    private static readonly ImmutableArray<string> NotPublic =
    [
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3",
    ];

    /// <summary>A network.</summary>
    /// <param name="prefix">The network.</param>
    public static NetworkPolicyPeerArgs Of(string prefix) => Peer(prefix, Within(prefix, OfThePlatform));

    /// <summary>The internet.</summary>
    /// <param name="ownSpaces">Networks of our own, which are not it though their addresses may be public.</param>
    public static NetworkPolicyPeerArgs Internet(ImmutableArray<string> ownSpaces) => Peer(
        Everything,
        [
            .. NotPublic
                .Concat(ownSpaces.Where(space => !NotPublic.Any(block => Contains(block, space))))
                .Concat(OfThePlatform)
                .OrderBy(block => block, StringComparer.Ordinal),
        ]);

    private static NetworkPolicyPeerArgs Peer(string prefix, ImmutableArray<string> except)
    {
        var block = new IPBlockArgs { Cidr = prefix };
        if (!except.IsEmpty)
        {
            block.Except = except;
        }

        return new NetworkPolicyPeerArgs { IpBlock = block };
    }

    private static ImmutableArray<string> Within(string prefix, ImmutableArray<string> blocks) =>
        [.. blocks.Where(block => Contains(prefix, block))];

    private static bool Contains(string outer, string inner)
    {
        var network = IPNetwork.Parse(outer);
        var other = IPNetwork.Parse(inner);
        return network.PrefixLength <= other.PrefixLength && network.Contains(other.BaseAddress);
    }
}
