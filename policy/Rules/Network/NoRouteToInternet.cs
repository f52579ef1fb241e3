using System.Collections.Immutable;
using System.Net;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>No route sends everything straight to the internet.</summary>
internal sealed class NoRouteToInternet : ResourcePolicy
{
    private static readonly ImmutableArray<ResourceTypePattern> Tables =
        [NetworkTypes.RouteTable, "azure:network/routeTable:RouteTable"];

    private static readonly ImmutableArray<ResourceTypePattern> Routes =
        [NetworkTypes.Route, "azure:network/route:Route"];

    public override string Id => "no-route-to-internet";

    public override string Title => "No route leads past the declared way out";

    public override string Rationale =>
        "A default route to the internet takes traffic around the firewall: names that it would refuse are reached, nothing is written "
        + "down, and the address that others admit is not the one they see.";

    public override string Remediation =>
        "Send 0.0.0.0/0 to the firewall: nextHopType VirtualAppliance with its private address. Routes to Internet may only name "
        + "single services or networks of a few addresses.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        NetworkTypes.RouteTable,
        Good: """{"routes": [{"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.0.4"}]}""",
        Bad: """{"routes": [{"addressPrefix": "0.0.0.0/0", "nextHopType": "Internet"}]}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "NS-3"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [.. Tables, .. Routes];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        Routes.Any(type => type.Matches(resource.Type))
            ? [Judge(resource, PropertyPath.Root)]
            : resource.Select(PropertyPath.Parse("routes[*]")).Select(route => route.State == PropertyState.Known
                ? Judge(resource, route.Path)
                : PolicyVerdict.Undecided(route.Path));

    private static PolicyVerdict Judge(ResourceView resource, PropertyPath place)
    {
        var hop = resource.Read(place.Then("nextHopType"));
        var prefix = resource.Read(place.Then("addressPrefix"));
        var isInternet = hop.TryGetText(out var next) ? next.Equals("Internet", StringComparison.OrdinalIgnoreCase) : Known(hop);
        var isWide = prefix.TryGetText(out var target) ? IsWide(target) : Known(prefix);
        return Logic.And(isInternet, isWide) switch
        {
            false => PolicyVerdict.Pass,
            null => PolicyVerdict.Undecided(isInternet is null ? hop.Path : prefix.Path),
            true => PolicyVerdict.Violation(hop.Path, $"{resource} sends {prefix} straight to the internet, past the declared way out."),
        };
    }

    private static bool? Known(PropertyReading reading) => reading.State == PropertyState.Missing ? false : null;

    private static bool IsWide(string prefix) =>
        prefix.Split('.')[0].Equals("AzureCloud", StringComparison.OrdinalIgnoreCase)
        || prefix.Equals("Internet", StringComparison.OrdinalIgnoreCase)
        || (IPNetwork.TryParse(prefix, out var network) && network.PrefixLength < InboundRule.ShortestOwnPrefix);
}
