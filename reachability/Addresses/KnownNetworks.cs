using System.Collections.Immutable;

namespace CantonInfra.Reachability.Addresses;

/// <summary>Networks with a meaning of their own.</summary>
public static class KnownNetworks
{
    /// <summary>
    /// Where machines get tokens of their node's identity (169.254.169.254), and Azure's host agent: no workload has any business
    /// there, whatever is declared.
    /// </summary>
    public static ImmutableArray<AddressSpan> OfThePlatform { get; } = Read("169.254.0.0/16", "168.63.129.16/32");

    /// <summary>
    /// What is not the internet, from IANA's registry of special addresses: own networks, carriers', machines' own, groups,
    /// and what is kept for later.
    /// </summary>
    public static ImmutableArray<AddressSpan> NotPublic { get; } = Read(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16", "224.0.0.0/3",
        "168.63.129.16/32");

    private static ImmutableArray<AddressSpan> Read(params string[] networks) => [.. networks.Select(AddressSpan.Parse)];
}
