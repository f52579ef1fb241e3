using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;

namespace CantonInfra.Infra.Components.Network;

/// <summary>Which part of an environment's address space each subnet has.</summary>
/// <remarks>
/// The places are fixed, also those of subnets that an environment does not have, so that adding one later moves no other:
/// a subnet that moves is replaced with all that is in it. All of it is in the first /20.
/// </remarks>
internal sealed class AddressPlan
{
    /// <summary>The longest prefix of an address space that the plan fits in.</summary>
    public const int LongestPrefix = 20;

    private const uint ReservedAddresses = 4;

    // Offsets count addresses from the beginning. A /24 is 256 of them, a /26 64, a /27 32.
    private static readonly ImmutableArray<Place> Places =
    [
        new(nameof(SystemNodes), 0, 24),
        new(nameof(UserNodes), 256, 24),
        new(nameof(Ingress), 512, 24),
        new(nameof(Firewall), 768, 26),
        new(nameof(FirewallManagement), 832, 26),
        new(nameof(PrivateEndpoints), 896, 26),
        new(nameof(Runner), 960, 27),
        new(nameof(ApiServer), 1024, 27),
        new(nameof(KeycloakDatabase), 1056, 27),
        new(nameof(LedgerDatabase), 1088, 27),
    ];

    private readonly IPNetwork _space;

    private AddressPlan(IPNetwork space) => _space = space;

    /// <summary>The nodes that run the cluster's own workloads.</summary>
    public string SystemNodes => Of(nameof(SystemNodes));

    /// <summary>The nodes that run Canton and its services.</summary>
    public string UserNodes => Of(nameof(UserNodes));

    /// <summary>The addresses that lead to gateways in the cluster; nothing has an interface there.</summary>
    public string Ingress => Of(nameof(Ingress));

    /// <summary>The address of the gateway that the internet is let in to.</summary>
    public string PublicGateway => FirstAddress(nameof(Ingress), 0);

    /// <summary>The address of the gateway that is for this network alone.</summary>
    public string InternalGateway => FirstAddress(nameof(Ingress), 1);

    /// <summary>Azure Firewall, where there is one.</summary>
    public string Firewall => Of(nameof(Firewall));

    /// <summary>The address of Azure Firewall: Azure keeps the first four of a subnet, and the firewall takes the next.</summary>
    public string FirewallAddress => FirstAddress(nameof(Firewall), 0);

    /// <summary>Kept for Azure Firewall's own traffic.</summary>
    public string FirewallManagement => Of(nameof(FirewallManagement));

    /// <summary>Private endpoints.</summary>
    public string PrivateEndpoints => Of(nameof(PrivateEndpoints));

    /// <summary>The machine that deploys from within the network, where there is one.</summary>
    public string Runner => Of(nameof(Runner));

    /// <summary>The API server of the cluster.</summary>
    public string ApiServer => Of(nameof(ApiServer));

    /// <summary>Keycloak's PostgreSQL server.</summary>
    public string KeycloakDatabase => Of(nameof(KeycloakDatabase));

    /// <summary>The ledger's PostgreSQL server.</summary>
    public string LedgerDatabase => Of(nameof(LedgerDatabase));

    /// <summary>All subnets, in the order of their addresses.</summary>
    public ImmutableArray<string> All => [.. Places.Select(place => Of(place.Name))];

    /// <summary>The plan of an address space.</summary>
    /// <exception cref="ArgumentException">It is no IPv4 network, or too small.</exception>
    public static AddressPlan Create(string addressSpace) =>
        IPNetwork.TryParse(addressSpace, out var space) && space.PrefixLength <= LongestPrefix
            && space.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            ? new AddressPlan(space)
            : throw new ArgumentException(
                $"'{addressSpace}' is no IPv4 network with a prefix of /{LongestPrefix} or shorter.", nameof(addressSpace));

    private string Of(string name)
    {
        var place = Places.Single(place => place.Name == name);
        return $"{Address(place.Offset)}/{place.Prefix}";
    }

    private string FirstAddress(string name, uint next) =>
        Address(Places.Single(place => place.Name == name).Offset + ReservedAddresses + next);

    private string Address(uint offset)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        _space.BaseAddress.TryWriteBytes(bytes, out _);
        BinaryPrimitives.WriteUInt32BigEndian(bytes, BinaryPrimitives.ReadUInt32BigEndian(bytes) + offset);
        return new IPAddress(bytes).ToString();
    }

    private sealed record Place(string Name, uint Offset, int Prefix);
}
