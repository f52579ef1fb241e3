using System.Collections.Immutable;
using System.Net;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>Names are looked up inside of the network.</summary>
internal sealed class NetworkDnsPrivate : ResourcePolicy
{
    // Azure's own, which answers from every network and knows its private zones.
    private static readonly IPAddress Azure = IPAddress.Parse("168.63.129.16");

    private static readonly ImmutableArray<IPNetwork> Private =
    [
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
        IPNetwork.Parse("100.64.0.0/10"),
        IPNetwork.Parse("fc00::/7"),
    ];

    private static readonly ImmutableArray<(ResourceTypePattern Type, PropertyPath Path)> Servers =
    [
        (NetworkTypes.Network, PropertyPath.Parse("dhcpOptions.dnsServers[*]")),
        (NetworkTypes.ClassicNetwork, PropertyPath.Parse("dnsServers[*]")),
        ("azure-native:network:NetworkInterface", PropertyPath.Parse("dnsSettings.dnsServers[*]")),
        ("azure:network/networkInterface:NetworkInterface", PropertyPath.Parse("dnsServers[*]")),
    ];

    public override string Id => "network-dns-private";

    public override string Title => "Networks look names up inside";

    public override string Rationale =>
        "A name server on the internet learns what the ledger talks to, answers for vaults and databases with their public addresses, and "
        + "carries out data in the names that are asked for.";

    public override string Remediation =>
        "Name a server of the network in dhcpOptions.dnsServers, such as the firewall that forwards to Azure, or leave it out.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        NetworkTypes.Network,
        Good: """{"dhcpOptions": {"dnsServers": ["10.0.3.4"]}}""",
        Bad: """{"dhcpOptions": {"dnsServers": ["8.8.8.8"]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-10"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Servers.Select(each => each.Type)];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) => Servers
        .Where(each => each.Type.Matches(resource.Type))
        .SelectMany(each => resource.Select(each.Path))
        .Select(server => !server.TryGetText(out var text) ? PolicyVerdict.Undecided(server.Path)
            : IPAddress.TryParse(text, out var address) && (address.Equals(Azure) || Private.Any(network => network.Contains(address)))
                ? PolicyVerdict.Pass
            : PolicyVerdict.Violation(server.Path, $"{resource} looks names up at {server}, which is not in the network."));
}
