using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reports.Model;
using CantonInfra.Reports.Topology;

namespace CantonInfra.Reports.Internet;

/// <summary>By which way what is in a subnet goes out to the internet (A10).</summary>
/// <param name="Subnet">The subnet's logical name.</param>
/// <param name="Prefix">Its addresses; empty where they are not known.</param>
/// <param name="Way">The way; <c>none</c> where there is none.</param>
/// <param name="IsByHost">Whether a firewall lets out to named hosts only.</param>
/// <param name="Resource">The subnet's position in the stack's resources.</param>
internal sealed record SubnetWay(string Subnet, string Prefix, string Way, bool IsByHost, int Resource)
{
    /// <summary>The way of a firewall's own subnet.</summary>
    public const string FirewallsOwn = "the firewall's own";

    /// <summary>How a way ends that leads to every host.</summary>
    public const string EveryHost = ": every host";

    private const string Type = "azure-native:network:Subnet";

    /// <summary>The ways of a plan's subnets, in the order of their addresses.</summary>
    public static ImmutableArray<SubnetWay> Of(PlanIndex plan) =>
    [
        .. plan.OfType(Type)
            .Select(subnet => Of(plan, subnet))
            .OrderBy(way => way.Prefix, AddressOrder.Instance)
            .ThenBy(way => way.Subnet, StringComparer.Ordinal),
    ];

    private static SubnetWay Of(PlanIndex plan, PlannedResource subnet)
    {
        var (way, isByHost) = WayOf(plan, subnet);
        return new SubnetWay(subnet.Name, PlanIndex.Text(subnet, "addressPrefix"), way, isByHost, plan.Positions[subnet.Urn]);
    }

    private static (string Way, bool IsByHost) WayOf(PlanIndex plan, PlannedResource subnet)
    {
        if (plan.Source(subnet, "routeTable", "azure-native:network:RouteTable") is { } table
            && PlanIndex.Value(table, "routes") is ListValue routes
            && routes.Items.Select(PlanIndex.Plain).OfType<MapValue>().FirstOrDefault(IsDefault) is { } route)
        {
            var firewall = plan.OfType("azure-native:network:AzureFirewall").FirstOrDefault();
            return (PlanIndex.Plain(route["nextHopType"]) as StringValue)?.Value switch
            {
                "VirtualAppliance" when firewall is not null => ($"firewall '{InternetReport.NameOf(firewall, "azureFirewallName")}'", true),
                "VirtualAppliance" => ("an appliance that is not in this stack", false),
                "None" => ("none", false),
                var hop => (hop ?? "not known", false),
            };
        }

        if (plan.Source(subnet, "natGateway", "azure-native:network:NatGateway") is { } gateway)
        {
            return ($"NAT gateway '{InternetReport.NameOf(gateway, "natGatewayName")}'{EveryHost}", false);
        }

        // A firewall and what Azure runs in a delegated subnet go out by themselves.
        return PlanIndex.Text(subnet, "subnetName") == "AzureFirewallSubnet" ? (FirewallsOwn, false)
            : PlanIndex.Value(subnet, "delegations") is ListValue { Items.Length: > 0 } ? ("none of ours; Azure runs what is in it", false)
            : PlanIndex.Value(subnet, "defaultOutboundAccess") is BoolValue { Value: false } ? ("none", false)
            : ($"what Azure gives by default{EveryHost}", false);
    }

    private static bool IsDefault(MapValue route) =>
        PlanIndex.Plain(route["addressPrefix"]) is StringValue { Value: "0.0.0.0/0" };
}
