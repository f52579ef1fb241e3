using System.Collections.Immutable;
using CantonInfra.Policy.Rules.Cluster;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Network;

/// <summary>All machines of a network leave it the same way.</summary>
internal sealed class OneWayOut : StackPolicy
{
    private const string NatProperty = "natGateway";
    private const string RouteProperty = "routeTable";

    private static readonly PropertyPath Nat = PropertyPath.Parse($"{NatProperty}.id");
    private static readonly PropertyPath Table = PropertyPath.Parse($"{RouteProperty}.id");
    private static readonly PropertyPath Outbound = PropertyPath.Parse("networkProfile.outboundType");
    private static readonly Reference ClusterOfPool = Reference.At("resourceName", [AksTypes.Cluster], "resourceName", "managedClusters");

    private static readonly ImmutableArray<(ResourceTypePattern Type, Reference Subnet)> Machines =
    [
        (AksTypes.Cluster, NetworkTypes.SubnetById("agentPoolProfiles[*].vnetSubnetID")),
        (AksTypes.Pool, NetworkTypes.SubnetById("vnetSubnetID")),
        ("azure-native:network:NetworkInterface", NetworkTypes.SubnetById("ipConfigurations[*].subnet.id")),
        ("azure-native:compute:VirtualMachineScaleSet", NetworkTypes.SubnetById(
            "virtualMachineProfile.networkProfile.networkInterfaceConfigurations[*].ipConfigurations[*].subnet.id")),
    ];

    private static readonly Reference TableOfSubnet = Reference.At($"{RouteProperty}.id", [NetworkTypes.RouteTable], "routeTableName", "routeTables");
    private static readonly Reference TableOfRoute = Reference.At("routeTableName", [NetworkTypes.RouteTable], "routeTableName", "routeTables");

    public override string Id => "one-way-out";

    public override string Title => "Machines leave their network by the declared way";

    public override string Rationale =>
        "A firewall guards what is routed to it. A subnet without the route goes past it or nowhere, and a second way out has another "
        + "address than the one that other operators admit.";

    public override string Remediation =>
        "Give every subnet with nodes or machines a routeTable whose 0.0.0.0/0 leads to a VirtualAppliance, the firewall, or a "
        + "natGateway, as the cluster's outboundType says: userDefinedRouting needs the first, userAssignedNATGateway the second.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "NS-3"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A10"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var hasWay = resources.OfType("azure-native:network:AzureFirewall").Concat(resources.OfType(NetworkTypes.NatGateway)).Any();
        var verdicts = resources.OfType(NetworkTypes.Subnet)
            .Select(subnet => (Subnet: subnet, Ways: WaysOf(subnet, resources)))
            .Where(each => !each.Ways.IsEmpty)
            .Select(each => StackVerdict.On(each.Subnet, Judge(each.Subnet, each.Ways, hasWay, resources)))
            .ToList();
        return verdicts.Count > 0
            ? verdicts
            : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack declares no subnets with machines."))];
    }

    // How what is in a subnet means to leave it.
    private static ImmutableHashSet<Way> WaysOf(StackResourceView subnet, StackView resources)
    {
        var self = Referred.To(subnet, "subnetName");
        return
        [
            .. Machines.SelectMany(kind => resources.OfType(kind.Type)
                .Where(machine => kind.Subnet.Read(machine, resources).Any(named => named.Is(self) == true))
                .Select(machine => WayOf(machine, resources))),
        ];
    }

    private static Way WayOf(StackResourceView machine, StackView resources)
    {
        var cluster = machine;
        if (machine.Type.Canonical == AksTypes.Pool)
        {
            var named = ClusterOfPool.Read(machine, resources);
            cluster = resources.OfType(AksTypes.Cluster).FirstOrDefault(each => named.Any(name => name.Is(Referred.To(each, "resourceName")) == true));
        }

        return cluster is not null && cluster.Read(Outbound).TryGetText(out var type) ? type.ToUpperInvariant() switch
        {
            "USERDEFINEDROUTING" => Way.Route,
            "USERASSIGNEDNATGATEWAY" => Way.Nat,
            "MANAGEDNATGATEWAY" or "LOADBALANCER" => Way.Made,
            _ => Way.Own,
        }
        : Way.Any;
    }

    private static PolicyVerdict Judge(StackResourceView subnet, ImmutableHashSet<Way> ways, bool hasWay, StackView resources)
    {
        var nat = IsGiven(subnet, Nat, NatProperty, resources);
        var table = IsGiven(subnet, Table, RouteProperty, resources);
        if (ways.Contains(Way.Route) && table != true)
        {
            return table is null ? PolicyVerdict.Undecided(Table) : PolicyVerdict.Violation(
                Table, $"{subnet} has no route table, while its cluster leaves by routes.");
        }

        if (ways.Contains(Way.Nat) && nat != true)
        {
            return nat is null ? PolicyVerdict.Undecided(Nat) : PolicyVerdict.Violation(
                Nat, $"{subnet} has no NAT gateway, while its cluster leaves by one.");
        }

        if (ways.Contains(Way.Made) && (nat != false || table != false))
        {
            return PolicyVerdict.Violation(
                nat != false ? Nat : Table, $"{subnet} has a way out of its own, while its cluster makes another one.");
        }

        if (nat == true)
        {
            return PolicyVerdict.Pass;
        }

        return table switch
        {
            true => JudgeTable(subnet, resources),
            null => PolicyVerdict.Undecided(Table),
            _ when nat is null => PolicyVerdict.Undecided(Nat),
            _ when ways.Contains(Way.Any) && hasWay => PolicyVerdict.Violation(
                Table, $"{subnet} has machines and neither a route table nor a NAT gateway, so they do not leave by the stack's way out."),
            _ => PolicyVerdict.NotApplicable("The stack declares no way out that this subnet could miss."),
        };
    }

    private static PolicyVerdict JudgeTable(StackResourceView subnet, StackView resources)
    {
        var named = TableOfSubnet.Read(subnet, resources);
        var tables = resources.OfType(NetworkTypes.RouteTable)
            .Where(table => named.Any(name => name.Is(Referred.To(table, "routeTableName")) == true))
            .ToList();
        if (tables.Count == 0)
        {
            return PolicyVerdict.NotApplicable("Its route table is not one of the stack.");
        }

        var routes = tables.SelectMany(table => table.Select(PropertyPath.Parse("routes[*]")).Select(route => LeadsOut(table, route)))
            .Concat(resources.OfType(NetworkTypes.Route)
                .Where(route => TableOfRoute.Read(route, resources).Any(name => tables.Exists(table => name.Is(Referred.To(table, "routeTableName")) != false)))
                .Select(route => LeadsOut(route, new(PropertyPath.Root, PropertyState.Known, route.Properties, IsSecret: false))))
            .ToList();
        return routes.Contains(true) ? PolicyVerdict.Pass
            : routes.Contains(null) ? PolicyVerdict.Undecided(Table, $"not known yet whether {tables[0]} leads to a firewall")
            : PolicyVerdict.Violation(Table, $"{subnet} has {tables[0]}, which sends 0.0.0.0/0 to no firewall.");
    }

    private static bool? LeadsOut(StackResourceView resource, PropertyReading route)
    {
        if (route.State != PropertyState.Known)
        {
            return null;
        }

        return NetworkPolicies.Logic.And(
            IsOne(resource.Read(route.Path.Then("addressPrefix")), "0.0.0.0/0"),
            IsOne(resource.Read(route.Path.Then("nextHopType")), "VirtualAppliance", "VirtualNetworkGateway"));
    }

    private static bool? IsOne(PropertyReading reading, params ReadOnlySpan<string> texts)
    {
        if (reading.State != PropertyState.Missing && !reading.TryGetText(out _))
        {
            return null;
        }

        reading.TryGetText(out var text);
        foreach (var each in texts)
        {
            if (each.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    // An id that is not known yet is one where it comes from a resource of the stack.
    private static bool? IsGiven(StackResourceView subnet, PropertyPath path, string property, StackView resources) =>
        subnet.Read(path).IsTextGiven() ?? (resources.SourcesOf(subnet, property).IsEmpty ? null : true);

    private enum Way
    {
        /// <summary>Whichever the network has.</summary>
        Any,

        /// <summary>A route to a firewall.</summary>
        Route,

        /// <summary>The subnet's NAT gateway.</summary>
        Nat,

        /// <summary>One that the cluster makes for itself.</summary>
        Made,

        /// <summary>None.</summary>
        Own,
    }
}
