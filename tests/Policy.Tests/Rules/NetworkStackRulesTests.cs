using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on networks as a whole: ways out, private names, public addresses and security groups.</summary>
public sealed class NetworkStackRulesTests
{
    private const string Network = "azure-native:network:VirtualNetwork";
    private const string Subnet = "azure-native:network:Subnet";
    private const string Endpoint = "azure-native:network:PrivateEndpoint";
    private const string ZoneGroup = "azure-native:network:PrivateDnsZoneGroup";
    private const string Zone = "azure-native:privatedns:PrivateZone";
    private const string Link = "azure-native:privatedns:VirtualNetworkLink";
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Table = "azure-native:network:RouteTable";
    private const string Nat = "azure-native:network:NatGateway";
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Interface = "azure-native:network:NetworkInterface";
    private const string Address = "azure-native:network:PublicIPAddress";
    private const string Group = "azure-native:network:NetworkSecurityGroup";
    private const string Rule = "azure-native:network:SecurityRule";

    private const string VaultGroup = "{'privateEndpointName': '[unknown]', 'privateDnsZoneConfigs': [{'privateDnsZoneId': '[unknown]'}]}";
    private const string DenyInbound =
        "{'direction': 'Inbound', 'access': 'Deny', 'protocol': '*', 'sourceAddressPrefix': '*', 'sourcePortRange': '*', 'destinationAddressPrefix': '*', 'destinationPortRange': '*', 'networkSecurityGroupName': '[unknown]'}";
    private const string DenyOutbound =
        "{'direction': 'Outbound', 'access': 'Deny', 'protocol': '*', 'sourceAddressPrefix': '*', 'sourcePortRange': '*', 'destinationAddressPrefix': 'Internet', 'destinationPortRange': '*', 'networkSecurityGroupName': '[unknown]'}";

    private static readonly StackItem Vnet = new(Network, "vnet", "{}");
    private static readonly StackItem Other = new(Network, "other", "{}");
    private static readonly StackItem Pep = From(new(Subnet, "pep", "{'virtualNetworkName': '[unknown]'}"), ("virtualNetworkName", Vnet));
    private static readonly StackItem Vaults = new(Zone, "vaults", "{'privateZoneName': 'privatelink.vaultcore.azure.net'}");

    private static readonly StackItem Vault = From(
        new(Endpoint, "vault", "{'subnet': {'id': '[unknown]'}, 'privateLinkServiceConnections': [{'groupIds': ['vault']}]}"), ("subnet", Pep));

    private static readonly StackItem VaultZones = From(
        new(ZoneGroup, "group", VaultGroup), ("privateEndpointName", Vault), ("privateDnsZoneConfigs", Vaults));

    private readonly RuleUnderTest _names = new(new PrivateEndpointDns());
    private readonly RuleUnderTest _guarded = new(new PrivateEndpointsGuarded());
    private readonly RuleUnderTest _out = new(new OneWayOut());
    private readonly RuleUnderTest _public = new(new PublicAddressesOnGateways());
    private readonly RuleUnderTest _last = new(new SecurityGroupsDenyLast());

    [Fact]
    public void Stacks_without_any_are_the_business_of_none() => Assert.All(
        [_names, _guarded, _out, _public, _last],
        rule => Assert.Equal(PolicyOutcome.NotApplicable, Assert.Single(rule.JudgeStack(new StackItem("random:index/randomPassword:RandomPassword", "p", "{}"))).Outcome));

    [Fact]
    public void An_endpoint_whose_zone_is_linked_to_its_network_passes() =>
        Assert.Equal("Passed", Outcome(_names, "vault", Vnet, Pep, Vaults, Vault, VaultZones, LinkTo(Vnet)));

    [Fact]
    public void Names_and_ids_connect_what_outputs_do_not() => Assert.Equal("Passed", Outcome(
        _names,
        "vault",
        new(Endpoint, "vault", "{'privateEndpointName': 'pep-vault', 'subnet': {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net/subnets/pep'}}"),
        new(ZoneGroup, "group", "{'privateEndpointName': 'pep-vault', 'privateDnsZoneConfigs': [{'privateDnsZoneId': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net'}]}"),
        new(Zone, "vaults", "{'privateZoneName': 'privatelink.vaultcore.azure.net'}"),
        new(Link, "link", "{'privateZoneName': 'privatelink.vaultcore.azure.net', 'virtualNetwork': {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/net'}}")));

    [Fact]
    public void An_endpoint_without_a_zone_fails()
    {
        Assert.Equal("Violated", Outcome(_names, "vault", Vnet, Pep, Vault));
        Assert.Equal("Violated", Outcome(_names, "vault", Vnet, Pep, Vaults, Vault, LinkTo(Vnet), From(new(ZoneGroup, "group", "{'privateEndpointName': '[unknown]'}"), ("privateEndpointName", Vault))));
        Assert.Equal("Violated", Outcome(_names, "vault", Vnet, Pep, Vaults, Vault, VaultZones));
        Assert.Equal("Violated", Outcome(_names, "vault", Vnet, Other, Pep, Vaults, Vault, VaultZones, LinkTo(Other)));
    }

    [Fact]
    public void A_zone_of_another_service_fails() => Assert.Equal("Violated", Outcome(
        _names, "vault", Vnet, Pep, Vaults with { Properties = "{'privateZoneName': 'privatelink.blob.core.windows.net'}" }, Vault, VaultZones, LinkTo(Vnet)));

    [Theory]
    [InlineData(5, "Passed")]
    [InlineData(4, "Violated")]
    public void Some_services_are_looked_up_in_several_zones(int count, string outcome)
    {
        string[] names = ["privatelink.monitor.azure.com", "privatelink.oms.opinsights.azure.com", "privatelink.ods.opinsights.azure.com", "privatelink.agentsvc.azure-automation.net", "privatelink.blob.core.windows.net"];
        var endpoint = Vault with { Name = "monitor", Properties = "{'subnet': {'id': '[unknown]'}, 'privateLinkServiceConnections': [{'groupIds': ['azuremonitor']}]}" };
        var zones = names.Select(name => new StackItem(Zone, name, "{'privateZoneName': '" + name + "'}")).ToList();
        var configs = string.Join(", ", Enumerable.Repeat("{'privateDnsZoneId': '[unknown]'}", count));
        var group = From(
            new(ZoneGroup, "group", "{'privateEndpointName': '[unknown]', 'privateDnsZoneConfigs': [" + configs + "]}"),
            [("privateEndpointName", endpoint), .. zones.Select(zone => ("privateDnsZoneConfigs", zone))]);
        var links = zones.Select(zone => From(
            new(Link, $"link-{zone.Name}", "{'privateZoneName': '[unknown]', 'virtualNetwork': {'id': '[unknown]'}}"), ("privateZoneName", zone), ("virtualNetwork", Vnet)));

        Assert.Equal(outcome, Outcome(_names, "monitor", [Vnet, Pep, endpoint, group, .. zones, .. links]));
        Assert.Equal("Passed", Outcome(_names, "monitor", [Vnet, Pep, endpoint, group with { Properties = "{'privateEndpointName': '[unknown]', 'privateDnsZoneConfigs': '[unknown]'}" }, .. zones, .. links]));
    }

    [Fact]
    public void What_comes_from_nowhere_is_undecided()
    {
        Assert.Equal("Undecided", Outcome(_names, "vault", Vnet, Pep, Vaults, Vault, new StackItem(ZoneGroup, "group", VaultGroup), LinkTo(Vnet)));
        Assert.Equal("Undecided", Outcome(_names, "vault", Vnet, Pep, Vaults, Vault, VaultZones, new StackItem(Link, "link", "{'privateZoneName': '[unknown]', 'virtualNetwork': {'id': '[unknown]'}}")));
        Assert.Equal("Undecided", Outcome(_names, "vault", Vnet, Pep, Vault, From(new(ZoneGroup, "group", VaultGroup), ("privateEndpointName", Vault))));
    }

    [Fact]
    public void A_link_to_another_network_by_id_fails() => Assert.Equal("Violated", Outcome(
        _names,
        "vault",
        Vnet with { Properties = "{'virtualNetworkName': 'net'}" },
        Pep,
        Vaults,
        Vault,
        VaultZones,
        LinkTo(Vnet) with { Properties = "{'privateZoneName': '[unknown]', 'virtualNetwork': {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/foreign'}}" }));

    [Fact]
    public void Machines_do_not_register_beside_services()
    {
        Assert.Equal("Violated", Outcome(_names, "link", Vnet, Vaults, LinkTo(Vnet, "true")));
        Assert.Equal("Passed", Outcome(_names, "link", Vnet, Vaults with { Properties = "{'privateZoneName': 'machines.example'}" }, LinkTo(Vnet, "true")));
        Assert.Equal("Undecided", Outcome(_names, "link", Vnet, Vaults, LinkTo(Vnet, "'[unknown]'")));
    }

    [Fact]
    public void Servers_in_a_network_have_a_zone_there()
    {
        var server = From(
            new(Server, "server", "{'network': {'delegatedSubnetResourceId': '[unknown]', 'privateDnsZoneArmResourceId': '[unknown]'}}"), ("network", Pep), ("network", Vaults));

        Assert.Equal("Passed", Outcome(_names, "server", Vnet, Pep, Vaults, server, LinkTo(Vnet)));
        Assert.Equal("Violated", Outcome(_names, "server", Vnet, Pep, Vaults, server));
        Assert.Equal("Violated", Outcome(_names, "server", Vnet, Pep, From(new(Server, "server", "{'network': {'delegatedSubnetResourceId': '[unknown]'}}"), ("network", Pep))));
    }

    [Fact]
    public void Groups_count_for_private_endpoints()
    {
        Assert.Equal("Passed", Outcome(_guarded, "pep", Pep with { Properties = "{'privateEndpointNetworkPolicies': 'Enabled'}" }, Vault));
        Assert.Equal("Violated", Outcome(_guarded, "pep", Pep, Vault));
        Assert.Equal("Undecided", Outcome(_guarded, "pep", Pep with { Properties = "{'privateEndpointNetworkPolicies': '[unknown]'}" }, Vault));
    }

    [Theory]
    [InlineData("userDefinedRouting", "routeTable", "VirtualAppliance", "Passed")]
    [InlineData("userDefinedRouting", "routeTable", "None", "Violated")]
    [InlineData("userDefinedRouting", "routeTable", "[unknown]", "Undecided")]
    [InlineData("userDefinedRouting", "natGateway", "", "Violated")]
    [InlineData("userDefinedRouting", "", "", "Violated")]
    [InlineData("userAssignedNATGateway", "natGateway", "", "Passed")]
    [InlineData("userAssignedNATGateway", "", "", "Violated")]
    [InlineData("managedNATGateway", "natGateway", "", "Violated")]
    [InlineData("none", "", "", "NotApplicable")]
    public void Subnets_fit_the_way_of_their_cluster(string type, string way, string hop, string outcome)
    {
        StackItem[] items =
        [
            new(Table, "table", $"{{'routes': [{{'addressPrefix': '0.0.0.0/0', 'nextHopType': '{hop}'}}]}}"),
            new(Nat, "nat", "{}"),
            way.Length == 0 ? new(Subnet, "nodes", "{}") : From(
                new(Subnet, "nodes", $"{{'{way}': {{'id': '[unknown]'}}}}"), (way, way == "natGateway" ? new StackItem(Nat, "nat", "") : new StackItem(Table, "table", ""))),
            From(
                new(Cluster, "cluster", $"{{'networkProfile': {{'outboundType': '{type}'}}, 'agentPoolProfiles': [{{'vnetSubnetID': '[unknown]'}}]}}"),
                ("agentPoolProfiles", new StackItem(Subnet, "nodes", ""))),
        ];

        Assert.Equal(outcome, Outcome(_out, "nodes", items));
    }

    [Fact]
    public void Machines_leave_by_the_way_that_the_stack_has()
    {
        var machine = From(new(Interface, "machine", "{'ipConfigurations': [{'subnet': {'id': '[unknown]'}}]}"), ("ipConfigurations", new StackItem(Subnet, "machines", "")));
        var subnet = new StackItem(Subnet, "machines", "{}");

        Assert.Equal("Violated", Outcome(_out, "machines", machine, subnet, new(Nat, "nat", "{}")));
        Assert.Equal("NotApplicable", Outcome(_out, "machines", machine, subnet));
        Assert.Equal("Undecided", Outcome(_out, "machines", machine, subnet with { Properties = "{'routeTable': '[unknown]'}" }));
        Assert.Equal("NotApplicable", Outcome(_out, "machines", machine, subnet with { Properties = "{'routeTable': {'id': '/subscriptions/s/routeTables/elsewhere'}}" }));
    }

    [Theory]
    [InlineData("azure-native:network:AzureFirewall", "Passed")]
    [InlineData("azure-native:network:NatGateway", "Passed")]
    [InlineData("kubernetes:core/v1:Service", "Passed")]
    [InlineData("azure-native:network:LoadBalancer", "Violated")]
    [InlineData("azure-native:compute:VirtualMachineScaleSet", "Violated")]
    [InlineData("azure-native:monitor:DiagnosticSetting", "Undecided")]
    public void Addresses_are_for_gateways(string user, string outcome)
    {
        var address = new StackItem(Address, "address", "{'sku': {'name': 'Standard'}}");

        Assert.Equal(outcome, Outcome(_public, "address", address, From(new(user, "user", "{}"), ("ipConfigurations", address))));
    }

    [Fact]
    public void Services_of_a_cluster_name_addresses_in_annotations() => Assert.Equal("Passed", Outcome(
        _public,
        "address",
        new(Address, "address", "{'publicIpAddressName': 'pip-ingress', 'sku': {'name': 'Standard'}}"),
        new("kubernetes:core/v1:Service", "service", "{'metadata': {'annotations': {'service.beta.kubernetes.io/azure-pip-name': 'pip-ingress'}}}")));

    [Theory]
    [InlineData("{}", "Violated")]
    [InlineData("{'sku': {'name': 'Basic'}}", "Violated")]
    [InlineData("{'sku': '[unknown]'}", "Undecided")]
    [InlineData("{'sku': {'name': 'StandardV2'}}", "Passed")]
    public void Addresses_are_of_the_closed_kind(string properties, string outcome)
    {
        var address = new StackItem(Address, "address", properties);

        Assert.Equal(outcome, Outcome(_public, "address", address, From(new(Nat, "user", "{}"), ("publicIpAddresses", address))));
    }

    [Fact]
    public void A_group_with_a_last_denial_passes() =>
        Assert.Equal("Passed", Outcome(_last, "group", new(Group, "group", "{}"), Guarded("{}"), InGroup("deny", DenyInbound)));

    [Theory]
    [InlineData("'protocol': '*'", "'protocol': 'Udp'")]
    [InlineData("'access': 'Deny'", "'access': 'Allow'")]
    [InlineData("'direction': 'Inbound'", "'direction': 'Outbound'")]
    [InlineData("'sourceAddressPrefix': '*'", "'sourceAddressPrefix': '10.0.0.0/24'")]
    [InlineData("'sourcePortRange': '*'", "'sourcePortRange': '22'")]
    [InlineData("'destinationPortRange': '*'", "'destinationPortRange': '22'")]
    [InlineData("'destinationAddressPrefix': '*'", "'destinationAddressPrefix': '10.0.0.0/24'")]
    public void A_denial_of_less_is_none(string old, string changed) => Assert.Equal("Violated", Outcome(
        _last, "group", new(Group, "group", "{}"), Guarded("{}"), InGroup("deny", DenyInbound.Replace(old, changed, StringComparison.Ordinal))));

    [Fact]
    public void A_group_that_admits_a_part_and_denies_nothing_fails()
    {
        const string part = "{'securityRules': [{'direction': 'Inbound', 'access': 'Allow', 'sourceAddressPrefix': '10.0.0.0/24', 'destinationPortRange': '443'}]}";

        Assert.Equal("Violated", Outcome(_last, "group", new StackItem(Group, "group", part)));
        Assert.Equal("NotApplicable", Outcome(_last, "group", new StackItem(Group, "group", "{}")));
        Assert.Equal("Undecided", Outcome(_last, "group", new(Group, "group", "{}"), Guarded("{}"), new StackItem(Rule, "deny", DenyInbound)));
        Assert.Equal("Undecided", Outcome(_last, "group", new(Group, "group", "{'securityRules': '[unknown]'}"), Guarded("{}")));
    }

    [Fact]
    public void Admitting_the_whole_network_fails() => Assert.Equal("Violated", Outcome(
        _last,
        "wide",
        new(Group, "group", "{}"),
        InGroup("deny", DenyInbound),
        InGroup("wide", "{'direction': 'Inbound', 'access': 'Allow', 'sourceAddressPrefix': 'VirtualNetwork', 'destinationPortRange': '*', 'networkSecurityGroupName': '[unknown]'}")));

    [Fact]
    public void Naming_what_may_be_talked_to_needs_a_denial()
    {
        var storage = InGroup("storage", "{'direction': 'Outbound', 'access': 'Allow', 'destinationAddressPrefix': 'Storage', 'destinationPortRange': '443', 'networkSecurityGroupName': '[unknown]'}");
        var group = new StackItem(Group, "group", "{}");

        Assert.Equal("Violated", Outcome(_last, "group", group, Guarded("{}"), InGroup("deny", DenyInbound), storage));
        Assert.Equal("Passed", Outcome(_last, "group", group, Guarded("{}"), InGroup("deny", DenyInbound), storage, InGroup("deny-out", DenyOutbound)));
    }

    [Fact]
    public void Private_places_admit_and_reach_nobody()
    {
        var group = new StackItem(Group, "group", "{}");
        var databases = Guarded("{'delegations': [{'serviceName': 'Microsoft.DBforPostgreSQL/flexibleServers'}], 'networkSecurityGroup': {'id': '[unknown]'}}");
        var web = InGroup("web", "{'direction': 'Inbound', 'access': 'Allow', 'sourceAddressPrefix': 'Internet', 'destinationPortRange': '443', 'networkSecurityGroupName': '[unknown]'}");
        var anywhere = InGroup("anywhere", "{'direction': 'Outbound', 'access': 'Allow', 'destinationAddressPrefix': '*', 'networkSecurityGroupName': '[unknown]'}");

        Assert.Equal("Violated", Outcome(_last, "web", group, databases, InGroup("deny", DenyInbound), web));
        Assert.Equal("Violated", Outcome(_last, "anywhere", group, databases, InGroup("deny", DenyInbound), anywhere));
        Assert.Equal("Passed", Outcome(_last, "group", group, Guarded("{}"), InGroup("deny", DenyInbound), web));
    }

    [Fact]
    public void Messages_keep_secrets() => Assert.DoesNotContain(
        _last.JudgeStack(
            new StackItem(Group, "group", "{'tags': {'[secret]': 'SECRET'}}"),
            Guarded("{'subnetName': {'[secret]': 'SECRET'}}")).SelectMany(result => result.Verdicts),
        verdict => verdict.ToString().Contains("5ecret", StringComparison.Ordinal));

    private static StackItem Guarded(string properties) => From(
        new(Subnet, "guarded", properties == "{}" ? "{'networkSecurityGroup': {'id': '[unknown]'}}" : properties), ("networkSecurityGroup", new StackItem(Group, "group", "")));

    private static StackItem InGroup(string name, string properties) =>
        From(new(Rule, name, properties), ("networkSecurityGroupName", new StackItem(Group, "group", "")));

    private static StackItem LinkTo(StackItem network, string registers = "false") => From(
        new(Link, "link", $"{{'privateZoneName': '[unknown]', 'virtualNetwork': {{'id': '[unknown]'}}, 'registrationEnabled': {registers}}}"),
        ("privateZoneName", Vaults),
        ("virtualNetwork", network));

    private static StackItem From(StackItem item, params (string Property, StackItem Source)[] sources) =>
        item with { Sources = [.. sources.Select(source => (source.Property, StackItem.UrnOf(source.Source.Type, source.Source.Name)))] };

    private static string Outcome(RuleUnderTest rule, string name, params StackItem[] items) =>
        rule.Outcomes(items).Single(outcome => outcome.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];
}
