using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>What has a private endpoint is found by its private address.</summary>
internal sealed class PrivateEndpointDns : StackPolicy
{
    private const string Group = "azure-native:network:PrivateDnsZoneGroup";

    private static readonly ImmutableArray<ResourceTypePattern> Zones =
        ["azure-native:privatedns:PrivateZone", "azure-native:network:PrivateZone", "azure:privatedns/zone:Zone"];

    private static readonly ImmutableArray<ZoneLinkKind> LinkKinds =
    [
        new("azure-native:privatedns:VirtualNetworkLink", ZoneAt("privateZoneName"), NetworkTypes.NetworkById("virtualNetwork.id")),
        new("azure-native:network:VirtualNetworkLink", ZoneAt("privateZoneName"), NetworkTypes.NetworkById("virtualNetwork.id")),
        new(
            "azure:privatedns/zoneVirtualNetworkLink:ZoneVirtualNetworkLink",
            ZoneAt("privateDnsZoneName"),
            NetworkTypes.NetworkById("virtualNetworkId")),
    ];

    private static readonly ImmutableArray<EndpointKind> EndpointKinds =
    [
        new("azure-native:network:PrivateEndpoint", "subnet.id", null, "privateLinkServiceConnections[*].groupIds[*]"),
        new("azure-native:dbforpostgresql:Server", "network.delegatedSubnetResourceId", "network.privateDnsZoneArmResourceId", null),
        new("azure:postgresql/flexibleServer:FlexibleServer", "delegatedSubnetId", "privateDnsZoneId", null),
        new("azure:privatelink/endpoint:Endpoint", "subnetId", "privateDnsZoneGroup.privateDnsZoneIds[*]", "privateServiceConnection.subresourceNames[*]"),
    ];

    private static readonly Reference EndpointOfGroup =
        Reference.At("privateEndpointName", ["azure-native:network:PrivateEndpoint"], "privateEndpointName", "privateEndpoints");

    private static readonly Reference ZonesOfGroup = ZoneAt("privateDnsZoneConfigs[*].privateDnsZoneId");

    public override string Id => "private-endpoint-dns";

    public override string Title => "Private endpoints and servers are found by their names from their own network";

    public override string Rationale =>
        "Clients know a service by its name. Where the name is not in a private zone of their network it leads to the public address: "
        + "the client is refused, or its traffic and credentials leave the network although there is a private way.";

    public override string Remediation =>
        "Give the endpoint a PrivateDnsZoneGroup that names the zone of the service, such as privatelink.vaultcore.azure.net, and link "
        + "that zone with a VirtualNetworkLink to the network that holds the endpoint's subnet. Take names and ids from outputs, so "
        + "that previews can connect them. Leave registrationEnabled false on links of such zones.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
        new(PolicyControl.Requirement, "A18"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var groups = resources.OfType(Group)
            .Select(group => new ZoneGroup(EndpointOfGroup.Read(group, resources), ZonesOfGroup.Read(group, resources), CountOf(group)))
            .ToList();
        var links = LinkKinds.SelectMany(kind => resources.OfType(kind.Type)
                .Select(link => new ZoneLink(link, kind.Zone.Read(link, resources), kind.Network.Read(link, resources))))
            .ToList();
        var verdicts = EndpointKinds
            .SelectMany(kind => resources.OfType(kind.Type)
                .Where(endpoint => endpoint.Read(kind.Subnet).State != PropertyState.Missing)
                .Select(endpoint => StackVerdict.On(
                    endpoint,
                    JudgeCount(endpoint, kind, groups) ?? Judge(endpoint, kind, ZonesOf(endpoint, kind, groups, resources), links, resources))))
            .Concat(links.Select(link => StackVerdict.On(link.Resource, JudgeRegistration(link))))
            .ToList();
        return verdicts.Count > 0
            ? verdicts
            : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no private endpoints and no zones for them."))];
    }

    private static Reference ZoneAt(string path) => Reference.At(path, Zones, "privateZoneName", "privateDnsZones");

    // Null where a group might be of this endpoint, but nothing says so.
    private static ImmutableArray<Referred>? ZonesOf(StackResourceView endpoint, EndpointKind kind, List<ZoneGroup> groups, StackView resources)
    {
        if (kind.InlineZones is { } inline)
        {
            return ZoneAt(inline).Read(endpoint, resources);
        }

        var self = Referred.To(endpoint, "privateEndpointName");
        var own = groups.Where(group => group.Endpoint.Any(each => each.Is(self) == true)).ToList();
        return own.Count > 0 ? [.. own.SelectMany(group => group.Zones)]
            : groups.Any(group => group.Endpoint.Any(each => each.Is(self) is null)) ? null
            : [];
    }

    // How many zones a group names; null where the list is not known.
    private static int? CountOf(StackResourceView group)
    {
        var ids = group.Select(PropertyPath.Parse("privateDnsZoneConfigs[*].privateDnsZoneId")).ToList();
        return group.Read("privateDnsZoneConfigs").State == PropertyState.Unknown ? null : ids.Count(id => id.State != PropertyState.Missing);
    }

    // Which zone is missing may not be known; that one is can be counted.
    private static PolicyVerdict? JudgeCount(StackResourceView endpoint, EndpointKind kind, List<ZoneGroup> groups)
    {
        var self = Referred.To(endpoint, "privateEndpointName");
        var own = groups.Where(group => group.Endpoint.Any(each => each.Is(self) != false)).ToList();
        var given = own.Exists(group => group.Count is null) ? null : own.Sum(group => group.Count);
        var needed = StartsOf(endpoint, kind).Distinct(StringComparer.Ordinal).ToList();
        return kind.InlineZones is null && own.Count > 0 && given > 0 && given < needed.Count
            ? PolicyVerdict.Violation(
                PropertyPath.Root,
                string.Create(CultureInfo.InvariantCulture, $"{endpoint} has {given} zones in its zone group and is looked up in {needed.Count}: {string.Join(", ", needed)}."))
            : null;
    }

    private static PolicyVerdict Judge(
        StackResourceView endpoint, EndpointKind kind, ImmutableArray<Referred>? zones, List<ZoneLink> links, StackView resources)
    {
        var subnet = PropertyPath.Parse(kind.Subnet);
        if (zones is not { } known)
        {
            return PolicyVerdict.Undecided(PropertyPath.Root, "not known yet whether a PrivateDnsZoneGroup of the stack is for it");
        }

        if (known.IsEmpty)
        {
            return PolicyVerdict.Violation(
                kind.InlineZones is { } inline ? PropertyPath.Parse(inline) : PropertyPath.Root,
                $"{endpoint} has no private DNS zone, so its name leads to a public address or nowhere.");
        }

        if (MissingZone(endpoint, kind, known) is { } missing)
        {
            return PolicyVerdict.Violation(
                PropertyPath.Root, $"{endpoint} has no zone whose name starts with {missing} in its zone group, so names are looked up elsewhere.");
        }

        var networks = NetworksOf(endpoint, kind, resources);
        var answers = known.Select(zone => (Zone: zone, IsLinked: IsLinked(zone, networks, links))).ToList();
        return answers.Find(answer => answer.IsLinked == false) is { Zone: { } loose }
            ? PolicyVerdict.Violation(
                subnet, $"{endpoint} is in a network that its zone{(loose.Name is { } name ? $" {name}" : "")} is not linked to, so nobody there finds it.")
            : answers.TrueForAll(answer => answer.IsLinked == true) ? PolicyVerdict.Pass
            : PolicyVerdict.Undecided(subnet, "not known yet whether its zone is linked to its network");
    }

    // Machines that write their names into such a zone can take the name of a service.
    private static PolicyVerdict JudgeRegistration(ZoneLink link)
    {
        var registers = link.Resource.Read("registrationEnabled");
        return registers.ToFlag(whenMissing: false) switch
        {
            false => PolicyVerdict.Pass,
            _ when !link.Zone.Any(zone => zone.Name is null || PrivateZones.IsOfServices(zone.Name)) => PolicyVerdict.Pass,
            null => PolicyVerdict.Undecided(registers.Path),
            true when link.Zone.All(zone => zone.Name is null) => PolicyVerdict.Undecided(registers.Path, "not known yet whether the zone is for services"),
            true => PolicyVerdict.Violation(
                registers.Path, $"{link.Resource} lets every machine of the network write its name into a zone in which services are looked up."),
        };
    }

    private static ImmutableArray<Referred> NetworksOf(StackResourceView endpoint, EndpointKind kind, StackView resources)
    {
        var subnets = resources.SourcesOf(endpoint, PropertyPath.Parse(kind.Subnet).Elements[0].Key!)
            .Where(source => source.Type.Canonical is NetworkTypes.Subnet or NetworkTypes.ClassicSubnet)
            .ToList();
        return subnets.Count > 0
            ? [.. subnets.SelectMany(subnet => NetworkTypes.NetworkOfSubnet.Read(subnet, resources))]
            : NetworkTypes.NetworkById(kind.Subnet).Read(endpoint, resources);
    }

    // A zone of another stack is linked there, which nothing here shows.
    private static bool? IsLinked(Referred zone, ImmutableArray<Referred> networks, List<ZoneLink> links)
    {
        var answers = links.Select(link => Both(link.Zone, zone, link.Network, networks)).ToList();
        return answers.Contains(true) ? true : zone.Urn is null || answers.Contains(null) ? null : false;
    }

    private static bool? Both(ImmutableArray<Referred> zones, Referred zone, ImmutableArray<Referred> ends, ImmutableArray<Referred> networks)
    {
        var isZone = Any(zones.Select(each => each.Is(zone)));
        return isZone == false ? false : NetworkPolicies.Logic.And(
            isZone, Any(ends.SelectMany(end => networks.Select(network => end.Is(network)))));
    }

    private static bool? Any(IEnumerable<bool?> answers)
    {
        bool? result = false;
        foreach (var answer in answers)
        {
            if (answer == true)
            {
                return true;
            }

            result = answer is null ? null : result;
        }

        return result;
    }

    // Only where all names are known can one be wrong.
    private static string? MissingZone(StackResourceView endpoint, EndpointKind kind, ImmutableArray<Referred> zones) =>
        zones.Any(zone => zone.Name is null) ? null : StartsOf(endpoint, kind)
            .FirstOrDefault(start => !zones.Any(zone => zone.Name!.StartsWith(start, StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> StartsOf(StackResourceView endpoint, EndpointKind kind) =>
        kind.GroupIds is null ? [] : endpoint.Select(PropertyPath.Parse(kind.GroupIds))
            .SelectMany(reading => reading.TryGetText(out var group) ? PrivateZones.StartsFor(group) : []);

    private sealed record EndpointKind(ResourceTypePattern Type, string Subnet, string? InlineZones, string? GroupIds);

    private sealed record ZoneLinkKind(ResourceTypePattern Type, Reference Zone, Reference Network);

    private sealed record ZoneGroup(ImmutableArray<Referred> Endpoint, ImmutableArray<Referred> Zones, int? Count);

    private sealed record ZoneLink(StackResourceView Resource, ImmutableArray<Referred> Zone, ImmutableArray<Referred> Network);
}
