using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Tests.Support;
using Pulumi;
using Pulumi.Utilities;

namespace CantonInfra.Infra.Tests.Components;

public sealed class NetworkTests
{
    private const string Subnet = "azure-native:network:Subnet";
    private const string Rule = "azure-native:network:SecurityRule";

    [Fact]
    public async Task Every_subnet_has_its_security_group_and_no_default_way_out()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        Assert.Equal(7, mocks.All(Subnet).Length);
        Assert.All(mocks.All(Subnet), subnet =>
        {
            Assert.Equal($"/azure-native:network:NetworkSecurityGroup/{subnet.Name}", subnet.Inputs.At("networkSecurityGroup.id"));
            Assert.True(subnet.Inputs.At("delegations.0") is not null || false.Equals(subnet.Inputs.At("defaultOutboundAccess")));
        });
    }

    [Fact]
    public async Task Nodes_leave_by_the_one_address_that_stays()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        const string Gateway = "/azure-native:network:NatGateway/gateway";
        Assert.Equal(Gateway, mocks.Inputs(Subnet, "aks-system").At("natGateway.id"));
        Assert.Equal(Gateway, mocks.Inputs(Subnet, "aks-user").At("natGateway.id"));
        Assert.Equal(
            "/azure-native:network:PublicIPAddress/address",
            mocks.Inputs("azure-native:network:NatGateway").At("publicIpAddresses.0.id"));
        Assert.Equal("Static", mocks.Inputs("azure-native:network:PublicIPAddress").At("publicIPAllocationMethod"));
    }

    [Theory]
    [InlineData("psql-keycloak", "Microsoft.DBforPostgreSQL/flexibleServers")]
    [InlineData("psql-ledger", "Microsoft.DBforPostgreSQL/flexibleServers")]
    [InlineData("aks-api", "Microsoft.ContainerService/managedClusters")]
    public async Task Services_with_a_subnet_of_their_own_get_it_delegated(string subnet, string service)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        Assert.Equal(service, mocks.Inputs(Subnet, subnet).At("delegations.0.serviceName"));
    }

    [Fact]
    public async Task Every_subnet_denies_what_it_does_not_admit_and_admits_nothing_from_the_internet()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        var inbound = mocks.All(Rule).Where(rule => "Inbound".Equals(rule.Inputs.At("direction"))).ToList();
        Assert.Equal(7, inbound.Count(rule => "Deny".Equals(rule.Inputs.At("access")) && 4096.0.Equals(rule.Inputs.At("priority"))));
        var allowed = inbound.Where(rule => "Allow".Equals(rule.Inputs.At("access"))).ToList();
        Assert.NotEmpty(allowed);
        Assert.All(allowed, rule => Assert.DoesNotContain(
            rule.Inputs.At("sourceAddressPrefix"), new object?[] { "*", "Internet", "0.0.0.0/0" }));
    }

    [Fact]
    public async Task Rules_of_a_group_have_priorities_and_names_of_their_own()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        Assert.All(mocks.All(Rule).GroupBy(rule => (rule.Inputs.At("networkSecurityGroupName"), rule.Inputs.At("direction"))), group =>
        {
            Assert.Equal(group.Count(), group.Select(rule => rule.Inputs.At("priority")).Distinct().Count());
            Assert.Equal(group.Count(), group.Select(rule => rule.Inputs.At("securityRuleName")).Distinct().Count());
        });
    }

    // A10, A11
    [Theory]
    [InlineData("psql-keycloak")]
    [InlineData("psql-ledger")]
    public async Task Databases_reach_storage_and_Entra_and_nothing_else_on_the_internet(string subnet)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        var outbound = mocks.All(Rule)
            .Where(rule => rule.Name!.StartsWith(subnet, StringComparison.Ordinal) && "Outbound".Equals(rule.Inputs.At("direction")))
            .ToDictionary(rule => rule.Inputs.At("destinationAddressPrefix")!, rule => rule.Inputs);
        Assert.Equal(["AzureActiveDirectory", "Internet", "Storage"], outbound.Keys.Cast<string>().Order(StringComparer.Ordinal));
        Assert.Equal(("Allow", "443"), (outbound["Storage"].At("access"), outbound["Storage"].At("destinationPortRange")));
        Assert.Equal(("Allow", "443"), (outbound["AzureActiveDirectory"].At("access"), outbound["AzureActiveDirectory"].At("destinationPortRange")));
        Assert.Equal(("Deny", 4096.0), (outbound["Internet"].At("access"), outbound["Internet"].At("priority")));
    }

    [Fact]
    public async Task Deployments_from_within_reach_what_is_private_and_nothing_else()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network().AdmitDeployment("10.9.0.0/27"));

        Assert.Equal(
            [
                ("aks-api-runner", "443"), ("aks-system-runner", "443"), ("aks-user-runner", "443"), ("pep-runner", "443"),
                ("psql-keycloak-runner", "5432"), ("psql-ledger-runner", "5432"),
            ],
            mocks.All(Rule)
                .Where(rule => "10.9.0.0/27".Equals(rule.Inputs.At("sourceAddressPrefix")))
                .Select(rule => (rule.Name, (string?)rule.Inputs.At("destinationPortRange")))
                .Order());
    }

    // A8, A10: return traffic goes by the firewall, so clients come by it too; no address but the egress address.
    [Fact]
    public async Task By_a_firewall_web_clients_come_in_at_the_egress_address_and_nowhere_else()
    {
        PublicEntrance? entrance = null;
        var mocks = await CloudMocks.RunAsync(() => entrance = Scenery.Network(Firewall).AdmitWebClients(Cluster()));

        var rule = mocks.Inputs("azure-native:network:FirewallPolicyRuleCollectionGroup", "rules-web-clients");
        Assert.Equal("DNAT", rule.At("ruleCollections.0.action.type"));
        Assert.Equal("203.0.113.7", rule.At("ruleCollections.0.rules.0.destinationAddresses.0"));
        Assert.Equal(["443"], rule.Texts("ruleCollections.0.rules.0.destinationPorts").AsEnumerable());
        Assert.Equal(("10.40.2.4", "443"), (rule.At("ruleCollections.0.rules.0.translatedAddress"), rule.At("ruleCollections.0.rules.0.translatedPort")));
        Assert.Single(mocks.All("azure-native:network:PublicIPAddress"));
        var admitted = mocks.Inputs(Rule, "aks-user-web-clients");
        Assert.Equal(("10.40.3.0/26", "443", "Tcp"), (admitted.At("sourceAddressPrefix"), admitted.At("destinationPortRange"), admitted.At("protocol")));
        Assert.DoesNotContain(mocks.All(Rule), rule => "Internet".Equals(rule.Inputs.At("sourceAddressPrefix")));
        Assert.Equal("10.40.2.4", await Value(entrance!.Place.Annotations[$"{GatewayPlace.Prefix}load-balancer-ipv4"]));
        Assert.Equal("snet-canton-unit-ingress", await Value(entrance.Place.Annotations[$"{GatewayPlace.Prefix}load-balancer-internal-subnet"]));
        Assert.Equal(["10.40.3.0/26"], entrance.Place.Clients!.Value.AsEnumerable());
    }

    // A8
    [Fact]
    public async Task Without_a_firewall_web_clients_come_in_at_one_address_by_HTTPS_alone()
    {
        PublicEntrance? entrance = null;
        var mocks = await CloudMocks.RunAsync(() => entrance = Scenery.Network().AdmitWebClients(Cluster()));

        var address = mocks.Inputs("azure-native:network:PublicIPAddress", "ingress");
        Assert.Equal(("Static", "rg-net", "Standard"), (address.At("publicIPAllocationMethod"), address.At("resourceGroupName"), address.At("sku.name")));
        var open = Assert.Single(mocks.All(Rule), rule => "Internet".Equals(rule.Inputs.At("sourceAddressPrefix")) && "Inbound".Equals(rule.Inputs.At("direction")));
        Assert.Equal(("aks-user-web-clients", "443", "Tcp"), (open.Name, open.Inputs.At("destinationPortRange"), open.Inputs.At("protocol")));
        Assert.Equal("pip-canton-unit-ingress", await Value(entrance!.Place.Annotations[$"{GatewayPlace.Prefix}pip-name"]));
        Assert.DoesNotContain($"{GatewayPlace.Prefix}load-balancer-internal", entrance.Place.Annotations.Keys);

        // The cluster uses this address and lists the others, and may change none of the network.
        var roles = mocks.All("azure-native:authorization:RoleAssignment").ToDictionary(role => role.Name!, role => role.Inputs);
        Assert.Equal("/azure-native:network:PublicIPAddress/ingress", roles["ingress-address-user"].At("scope"));
        Assert.EndsWith(AzureRoles.NetworkContributor.Id, (string)roles["ingress-address-user"].At("roleDefinitionId")!, StringComparison.Ordinal);
        Assert.EndsWith(AzureRoles.Reader.Id, (string)roles["ingress-group-reader"].At("roleDefinitionId")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Subnets_are_made_one_after_another()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        var names = mocks.All(Subnet).Select(subnet => subnet.Name!).ToList();
        Assert.Equal(["aks-system", "aks-user", "aks-api", "psql-keycloak", "psql-ledger", "pep", "ingress"], names);
    }

    [Theory]
    [InlineData("vault-zone", "privatelink.vaultcore.azure.net")]
    [InlineData("psql-zone", "canton-unit.private.postgres.database.azure.com")]
    public async Task The_network_resolves_the_private_zones(string name, string domain)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        Assert.Equal(domain, mocks.Inputs("azure-native:privatedns:PrivateZone", name).At("privateZoneName"));
        Assert.Equal(
            "/azure-native:network:VirtualNetwork/vnet",
            mocks.Inputs("azure-native:privatedns:VirtualNetworkLink", name).At("virtualNetwork.id"));
    }

    // One name and not those beside it: the challenges of certificate authorities are answered by the public zone.
    [Fact]
    public async Task A_name_of_the_internal_gateway_is_a_zone_of_its_own()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network().ResolveToInternalGateway("idp-name", "auth.example.com"));

        Assert.Equal("auth.example.com", mocks.Inputs("azure-native:privatedns:PrivateZone", "idp-name").At("privateZoneName"));
        var record = mocks.Inputs("azure-native:privatedns:PrivateRecordSet", "idp-name-address");
        Assert.Equal(("@", "A", "10.40.2.5"), (record.At("relativeRecordSetName"), record.At("recordType"), record.At("aRecords.0.ipv4Address")));
    }

    private static EgressPlan Firewall => EgressPlan.Nat with { Mode = EgressMode.Firewall };

    private static ManagedIdentity Cluster() => new("control-plane", "aks", Scenery.Azure, "rg-sec", new Owner());

    private static Task<string> Value(Input<string> input) => OutputUtilities.GetValueAsync((Output<string>)input);

    private sealed class Owner() : ComponentResource("test:owner:Owner", "owner");
}
