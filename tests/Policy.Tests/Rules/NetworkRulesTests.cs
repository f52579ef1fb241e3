using CantonInfra.Policy.Limits;
using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on routes, names, peerings and firewalls.</summary>
public sealed class NetworkRulesTests
{
    private const string Table = "azure-native:network:RouteTable";
    private const string Network = "azure-native:network:VirtualNetwork";
    private const string Peering = "azure-native:network:VirtualNetworkPeering";
    private const string Policy = "azure-native:network:FirewallPolicy";
    private const string ClassicPolicy = "azure:network/firewallPolicy:FirewallPolicy";
    private const string Firewall = "azure-native:network:AzureFirewall";
    private const string Group = "azure-native:network:FirewallPolicyRuleCollectionGroup";
    private const string ClassicGroup = "azure:network/firewallPolicyRuleCollectionGroup:FirewallPolicyRuleCollectionGroup";

    private static readonly ModeLimits Limits = new(
    [
        new ModeLimit([new NamePattern("mainnet")], PolicyMode.Deny, "money"),
        new ModeLimit([new NamePattern("*")], PolicyMode.Audit, "tests"),
    ]);

    private readonly RuleUnderTest _routes = new(new NoRouteToInternet());
    private readonly RuleUnderTest _names = new(new NetworkDnsPrivate());
    private readonly RuleUnderTest _peerings = new(new PeeringsClosed());
    private readonly RuleUnderTest _policy = new(new FirewallPolicyStrict(Limits));
    private readonly RuleUnderTest _rules = new(new FirewallRulesNarrow());

    [Fact]
    public void Other_types_are_the_business_of_none() => Assert.All(
        [_routes, _names, _peerings, _policy, _rules], rule => rule.IsNotApplicable("azure-native:keyvault:Vault"));

    [Theory]
    [InlineData(Table, "{}")]
    [InlineData(Table, "{'routes': [{'addressPrefix': '0.0.0.0/0', 'nextHopType': 'VirtualAppliance', 'nextHopIpAddress': '[unknown]'}]}")]
    [InlineData(Table, "{'routes': [{'addressPrefix': '20.1.2.3/32', 'nextHopType': 'Internet'}]}")]
    [InlineData(Table, "{'routes': [{'addressPrefix': 'AzureActiveDirectory', 'nextHopType': 'Internet'}]}")]
    [InlineData("azure:network/route:Route", "{'addressPrefix': '0.0.0.0/0', 'nextHopType': 'None'}")]
    public void Routes_by_the_declared_way_pass(string type, string properties) => _routes.Passes(type, properties);

    [Theory]
    [InlineData(Table, "{'routes': [{}, {'addressPrefix': '0.0.0.0/0', 'nextHopType': 'Internet'}]}", "routes[1].nextHopType")]
    [InlineData(Table, "{'routes': [{'addressPrefix': '128.0.0.0/1', 'nextHopType': 'internet'}]}", "routes[0].nextHopType")]
    [InlineData("azure-native:network:Route", "{'addressPrefix': '::/0', 'nextHopType': 'Internet'}", "nextHopType")]
    [InlineData("azure:network/routeTable:RouteTable", "{'routes': [{'addressPrefix': 'AzureCloud.centralus', 'nextHopType': 'Internet'}]}", "routes[0].nextHopType")]
    public void Routes_past_it_fail(string type, string properties, string path) => _routes.Fails(type, properties, path);

    [Fact]
    public void Unknown_and_secret_routes()
    {
        _routes.IsUndecided(Table, "{'routes': '[unknown]'}", "routes");
        _routes.IsUndecided(Table, "{'routes': [{'addressPrefix': '0.0.0.0/0', 'nextHopType': '[unknown]'}]}", "routes[0].nextHopType");
        _routes.KeepsSecret(Table, "{'routes': [{'addressPrefix': '0.0.0.0/0', 'nextHopType': 'Internet', 'name': {'[secret]': 'SECRET'}}]}", "routes[0].nextHopType");
    }

    [Fact]
    public void Names_are_looked_up_inside()
    {
        _names.Passes(Network, "{}");
        _names.Passes(Network, "{'dhcpOptions': {'dnsServers': ['10.42.3.4', '168.63.129.16']}}");
        _names.Fails(Network, "{'dhcpOptions': {'dnsServers': ['10.42.3.4', '8.8.8.8']}}", "dhcpOptions.dnsServers[1]");
        _names.Fails("azure:network/virtualNetwork:VirtualNetwork", "{'dnsServers': ['1.1.1.1']}", "dnsServers[0]");
        _names.Fails("azure-native:network:NetworkInterface", "{'dnsSettings': {'dnsServers': ['9.9.9.9']}}", "dnsSettings.dnsServers[0]");
        _names.IsUndecided(Network, "{'dhcpOptions': {'dnsServers': ['[unknown]']}}", "dhcpOptions.dnsServers[0]");
        _names.KeepsSecret(Network, "{'dhcpOptions': {'dnsServers': [{'[secret]': 'SECRET'}]}}", "dhcpOptions.dnsServers[0]");
    }

    [Fact]
    public void Peerings_pass_nothing_on()
    {
        _peerings.Passes(Peering, "{'allowVirtualNetworkAccess': true, 'allowForwardedTraffic': false}");
        _peerings.Fails(Peering, "{'allowForwardedTraffic': true, 'useRemoteGateways': true}", "allowForwardedTraffic", "useRemoteGateways");
        _peerings.Fails(Network, "{'virtualNetworkPeerings': [{'allowGatewayTransit': true}]}", "virtualNetworkPeerings[0].allowGatewayTransit");
        _peerings.IsUndecided(Peering, "{'allowForwardedTraffic': '[unknown]'}", "allowForwardedTraffic");
        _peerings.KeepsSecret(Peering, "{'allowGatewayTransit': true, 'name': {'[secret]': 'SECRET'}}", "allowGatewayTransit");
    }

    [Fact]
    public void Peerings_to_a_hub_may() => new RuleUnderTest(new PeeringsClosed()) { Settings = "{'hubs': ['main']}" }
        .IsNotApplicable(Peering, "{'allowForwardedTraffic': true}");

    [Theory]
    [InlineData(Policy, "{'threatIntelMode': 'Deny', 'dnsSettings': {'enableProxy': true}}")]
    [InlineData(Policy, "{'threatIntelMode': 'Deny', 'dnsSettings': {'enableProxy': true}, 'sku': {'tier': 'Premium'}, 'intrusionDetection': {'mode': 'Alert'}}")]
    [InlineData(ClassicPolicy, "{'threatIntelligenceMode': 'Deny', 'dns': {'proxyEnabled': true}}")]
    [InlineData(Firewall, "{'firewallPolicy': {'id': '[unknown]'}}")]
    [InlineData(Firewall, "{'threatIntelMode': 'Deny'}")]
    public void Strict_firewalls_pass(string type, string properties) => _policy.Passes(type, properties);

    [Theory]
    [InlineData(Policy, "{}", "dnsSettings.enableProxy threatIntelMode")]
    [InlineData(Policy, "{'threatIntelMode': 'Alert', 'dnsSettings': {'enableProxy': true}}", "threatIntelMode")]
    [InlineData(Policy, "{'threatIntelMode': 'Deny', 'dnsSettings': {'enableProxy': true}, 'sku': {'tier': 'Premium'}}", "intrusionDetection.mode")]
    [InlineData(ClassicPolicy, "{'threatIntelligenceMode': 'Off', 'dns': {'proxyEnabled': true}, 'sku': 'Premium', 'intrusionDetection': {'mode': 'Off'}}", "threatIntelligenceMode intrusionDetection.mode")]
    [InlineData(Firewall, "{}", "threatIntelMode")]
    [InlineData(Firewall, "{'firewallPolicy': {}}", "threatIntelMode")]
    public void Lax_firewalls_fail(string type, string properties, string paths) => _policy.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Test_networks_may_only_be_told()
    {
        var devnet = new RuleUnderTest(new FirewallPolicyStrict(Limits))
        {
            Stack = StackContext.From(new AnalyzerStackConfigureRequest { Stack = "devnet" }),
        };

        devnet.Passes(Policy, "{'threatIntelMode': 'Alert', 'dnsSettings': {'enableProxy': true}}");
        devnet.Fails(Policy, "{'threatIntelMode': 'Off', 'dnsSettings': {'enableProxy': true}}", "threatIntelMode");
        _policy.IsUndecided(Policy, "{'threatIntelMode': '[unknown]', 'dnsSettings': {'enableProxy': true}}", "threatIntelMode");
        _policy.IsUndecided(Policy, "{'threatIntelMode': 'Deny', 'dnsSettings': {'enableProxy': true}, 'sku': '[unknown]'}", "sku");
        _policy.KeepsSecret(Policy, "{'threatIntelMode': {'[secret]': 'SECRET'}, 'dnsSettings': {'enableProxy': true}}", "threatIntelMode");
    }

    [Theory]
    [InlineData(Group, "{'ruleCollections': [{'action': {'type': 'Allow'}, 'rules': [{'sourceAddresses': ['10.0.0.0/24'], 'targetFqdns': ['*.ods.opinsights.azure.com', 'ghcr.io'], 'fqdnTags': ['AzureKubernetesService']}]}]}")]
    [InlineData(Group, "{'ruleCollections': [{'action': {'type': 'Deny'}, 'rules': [{'sourceAddresses': ['*'], 'destinationAddresses': ['*']}]}]}")]
    [InlineData(Group, "{'ruleCollections': [{'action': {'type': 'DNAT'}, 'rules': [{'sourceAddresses': ['*'], 'destinationPorts': ['443'], 'destinationAddresses': ['20.1.2.3']}]}]}")]
    [InlineData(ClassicGroup, "{'networkRuleCollections': [{'action': 'Allow', 'rules': [{'sourceAddresses': ['10.0.0.0/24'], 'destinationAddresses': ['Storage'], 'destinationPorts': ['443']}]}]}")]
    [InlineData(Firewall, "{'firewallPolicy': {'id': '[unknown]'}}")]
    public void Named_destinations_pass(string type, string properties) => _rules.Passes(type, properties);

    [Theory]
    [InlineData(Group, "{'ruleCollections': [{'action': {'type': 'Allow'}, 'rules': [{'sourceAddresses': ['10.0.0.0/24'], 'targetFqdns': ['ghcr.io', '*']}]}]}", "ruleCollections[0].rules[0].targetFqdns[1]")]
    [InlineData(Group, "{'ruleCollections': [{'action': {'type': 'Allow'}, 'rules': [{'sourceAddresses': ['10.0.0.0/24'], 'targetFqdns': ['*.com']}]}]}", "ruleCollections[0].rules[0].targetFqdns[0]")]
    [InlineData(Group, "{'ruleCollections': [{'action': {'type': 'Allow'}, 'rules': [{'sourceAddresses': ['*'], 'destinationAddresses': ['0.0.0.0/0']}]}]}", "ruleCollections[0].rules[0].destinationAddresses[0] ruleCollections[0].rules[0].sourceAddresses[0]")]
    [InlineData(Group, "{'ruleCollections': [{'action': {'type': 'DNAT'}, 'rules': [{'sourceAddresses': ['*'], 'destinationPorts': ['22']}]}]}", "ruleCollections[0].rules[0].sourceAddresses[0]")]
    [InlineData(ClassicGroup, "{'applicationRuleCollections': [{'action': 'Allow', 'rules': [{'sourceAddresses': ['10.0.0.0/24'], 'destinationFqdns': ['*']}]}]}", "applicationRuleCollections[0].rules[0].destinationFqdns[0]")]
    [InlineData(Firewall, "{'networkRuleCollections': [{'action': {'type': 'Allow'}, 'rules': [{'sourceAddresses': ['10.0.0.0/24'], 'destinationAddresses': ['Internet']}]}]}", "networkRuleCollections[0].rules[0].destinationAddresses[0]")]
    [InlineData(ClassicGroup, "{'natRuleCollections': [{'action': 'Dnat', 'rules': [{'sourceAddresses': ['*'], 'destinationPorts': ['3389']}]}]}", "natRuleCollections[0].rules[0].sourceAddresses[0]")]
    public void Any_destination_fails(string type, string properties, string paths) => _rules.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_destinations()
    {
        _rules.IsUndecided(Group, "{'ruleCollections': '[unknown]'}", "ruleCollections");
        _rules.IsUndecided(Group, "{'ruleCollections': [{'action': {'type': 'Allow'}, 'rules': [{'targetFqdns': ['[unknown]']}]}]}", "ruleCollections[0].rules[0].targetFqdns[0]");
        _rules.IsUndecided(Group, "{'ruleCollections': [{'action': '[unknown]', 'rules': [{'targetFqdns': ['*']}]}]}", "ruleCollections[0].action");
        _rules.KeepsSecret(Group, "{'ruleCollections': [{'action': {'type': 'Allow'}, 'rules': [{'name': {'[secret]': 'SECRET'}, 'targetFqdns': ['*']}]}]}", "ruleCollections[0].rules[0].targetFqdns[0]");
    }
}
