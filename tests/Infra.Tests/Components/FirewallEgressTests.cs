using System.Collections.Immutable;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class FirewallEgressTests
{
    private const string Subnet = "azure-native:network:Subnet";
    private const string Firewall = "azure-native:network:AzureFirewall";
    private const string Policy = "azure-native:network:FirewallPolicy";
    private const string Group = "azure-native:network:FirewallPolicyRuleCollectionGroup";
    private const string Routes = "azure-native:network:RouteTable";
    private const string PrivateAddress = "10.40.3.4";

    private static readonly EgressPlan Plan = new(EgressMode.Firewall, HasIntrusionDetection: false, ["scan.example.com"]);

    // A10
    [Fact]
    public async Task Nodes_leave_by_the_firewall_and_come_from_the_one_address_that_stays()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan));

        Assert.Equal("/azure-native:network:RouteTable/routes", mocks.Inputs(Subnet, "aks-system").At("routeTable.id"));
        Assert.Equal("/azure-native:network:RouteTable/routes", mocks.Inputs(Subnet, "aks-user").At("routeTable.id"));
        Assert.All(mocks.All(Subnet), subnet => Assert.Null(subnet.Inputs.At("natGateway")));
        Assert.Empty(mocks.All("azure-native:network:NatGateway"));
        var route = mocks.Inputs(Routes);
        Assert.Equal("0.0.0.0/0", route.At("routes.0.addressPrefix"));
        Assert.Equal("VirtualAppliance", route.At("routes.0.nextHopType"));
        Assert.Equal(PrivateAddress, route.At("routes.0.nextHopIpAddress"));
        Assert.Equal(
            "/azure-native:network:PublicIPAddress/address", mocks.Inputs(Firewall).At("ipConfigurations.0.publicIPAddress.id"));
    }

    [Fact]
    public async Task Names_are_resolved_by_the_firewall()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan));

        Assert.Equal([PrivateAddress], mocks.Inputs("azure-native:network:VirtualNetwork").Texts("dhcpOptions.dnsServers").AsEnumerable());
        Assert.Equal(true, mocks.Inputs(Policy).At("dnsSettings.enableProxy"));
    }

    [Fact]
    public async Task The_firewall_stops_known_threats_in_every_zone()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan));

        Assert.Equal("Deny", mocks.Inputs(Policy).At("threatIntelMode"));
        Assert.Equal("Standard", mocks.Inputs(Policy).At("sku.tier"));
        Assert.Null(mocks.Inputs(Policy).At("intrusionDetection"));
        Assert.Equal("Standard", mocks.Inputs(Firewall).At("sku.tier"));
        Assert.Equal(["1", "2", "3"], mocks.Inputs(Firewall).Texts("zones").AsEnumerable());
        Assert.Equal("/azure-native:network:FirewallPolicy/policy", mocks.Inputs(Firewall).At("firewallPolicy.id"));
    }

    [Fact]
    public async Task Intrusion_detection_is_another_tier_of_both()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan with { HasIntrusionDetection = true }));

        Assert.Equal("Premium", mocks.Inputs(Policy).At("sku.tier"));
        Assert.Equal("Deny", mocks.Inputs(Policy).At("intrusionDetection.mode"));
        Assert.Equal("Premium", mocks.Inputs(Firewall).At("sku.tier"));
    }

    [Fact]
    public async Task The_subnet_of_the_firewall_has_the_name_that_Azure_asks_for_and_no_security_group()
    {
        var subnet = (await CloudMocks.RunAsync(() => Scenery.Network(Plan))).Inputs(Subnet, "firewall");

        Assert.Equal("AzureFirewallSubnet", subnet.At("subnetName"));
        Assert.Equal("10.40.3.0/26", subnet.At("addressPrefix"));
        Assert.Null(subnet.At("networkSecurityGroup"));
        Assert.Null(subnet.At("routeTable"));
    }

    [Fact]
    public async Task Nothing_is_in_the_network_before_its_way_out_and_its_names_are_there()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan));

        mocks.AssertBefore("FirewallPolicyRuleCollectionGroup rules-platform", "AzureFirewall firewall");
        mocks.AssertBefore("AzureFirewall firewall", "FirewallPolicyRuleCollectionGroup rules-allowed-hosts");
        mocks.AssertBefore("RouteTable routes", "Subnet aks-system");
        mocks.AssertBefore("AzureFirewall firewall", "Subnet psql-ledger");
    }

    [Fact]
    public async Task Hosts_are_allowed_by_name_from_nodes_alone()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan).Allow(
            new OutboundHosts("waas", ["10.40.1.0/24"], ["api.example.com"], "The wallet provider.")));

        var platform = mocks.Inputs(Group, "rules-platform");
        Assert.Equal(["AzureKubernetesService"], platform.Texts("ruleCollections.0.rules.0.fqdnTags").AsEnumerable());
        Assert.Equal(["10.40.0.0/24", "10.40.1.0/24"], platform.Texts("ruleCollections.0.rules.0.sourceAddresses").AsEnumerable());
        var hosts = mocks.Inputs(Group, "rules-allowed-hosts");
        Assert.Equal(["scan.example.com"], hosts.Texts("ruleCollections.0.rules.0.targetFqdns").AsEnumerable());
        Assert.Equal("Allow", hosts.At("ruleCollections.0.action.type"));
        Assert.Equal(443.0, hosts.At("ruleCollections.0.rules.0.protocols.0.port"));
        Assert.Null(hosts.At("ruleCollections.0.rules.0.protocols.1"));
        Assert.Equal(["10.40.1.0/24"], mocks.Inputs(Group, "rules-waas").Texts("ruleCollections.0.rules.0.sourceAddresses").AsEnumerable());
        Assert.Equal([200.0, 210.0, 220.0], mocks.All(Group).Select(group => group.Inputs.At("priority")).Cast<double>().Order());
    }

    [Fact]
    public async Task Without_hosts_of_its_own_an_environment_has_the_platform_s_alone()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan with { AllowedHosts = [] }));

        Assert.Equal("rules-platform", Assert.Single(mocks.All(Group)).Name);
    }

    [Fact]
    public async Task With_a_NAT_gateway_there_is_no_trace_of_a_firewall()
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var network = Scenery.Network();
            network.Allow(new OutboundHosts("waas", ["10.40.1.0/24"], ["api.example.com"], "The wallet provider."));
            network.LogTo(Scenery.Logs());
        });

        Assert.All(
            ImmutableArray.Create(Firewall, Policy, Group, Routes),
            type => Assert.Empty(mocks.All(type)));
        Assert.Null(mocks.Inputs("azure-native:network:VirtualNetwork").At("dhcpOptions"));
        Assert.DoesNotContain(mocks.All(Subnet), subnet => subnet.Name == "firewall");
        Assert.DoesNotContain(mocks.All("azure-native:monitor:DiagnosticSetting"), setting => setting.Name == "firewall-logs");
    }

    [Theory]
    [InlineData(EgressMode.Firewall, "userDefinedRouting")]
    [InlineData(EgressMode.Nat, "userAssignedNATGateway")]
    public async Task The_cluster_leaves_by_what_there_is(object mode, string outboundType)
    {
        var plan = (EgressMode)mode == EgressMode.Firewall ? Plan : EgressPlan.Nat;
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster(egress: plan));

        Assert.Equal(outboundType, mocks.Inputs("azure-native:containerservice:ManagedCluster").At("networkProfile.outboundType"));
    }

    // A24
    [Fact]
    public async Task What_the_firewall_lets_through_is_logged()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network(Plan).LogTo(Scenery.Logs()));

        var setting = mocks.Inputs("azure-native:monitor:DiagnosticSetting", "firewall-logs");
        Assert.Equal("/azure-native:network:AzureFirewall/firewall", setting.At("resourceUri"));
        Assert.Equal("AZFWNetworkRule", setting.At("logs.0.category"));
    }

    [Fact]
    public async Task An_address_that_DNS_does_not_lead_to_is_an_error() => await Assert.ThrowsAnyAsync<Exception>(
        () => CloudMocks.RunAsync(() => Scenery.Network(Plan), mocks => mocks.FirewallAddress = "10.40.3.5"));
}
