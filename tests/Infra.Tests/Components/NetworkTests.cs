using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class NetworkTests
{
    private const string Subnet = "azure-native:network:Subnet";
    private const string Rule = "azure-native:network:SecurityRule";

    [Fact]
    public async Task Every_subnet_has_its_security_group_and_no_default_way_out()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        Assert.Equal(6, mocks.All(Subnet).Length);
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
        Assert.Equal(6, inbound.Count(rule => "Deny".Equals(rule.Inputs.At("access")) && 4096.0.Equals(rule.Inputs.At("priority"))));
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

    [Fact]
    public async Task Subnets_are_made_one_after_another()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Network());

        var names = mocks.All(Subnet).Select(subnet => subnet.Name!).ToList();
        Assert.Equal(["aks-system", "aks-user", "aks-api", "psql-keycloak", "psql-ledger", "pep"], names);
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
}
