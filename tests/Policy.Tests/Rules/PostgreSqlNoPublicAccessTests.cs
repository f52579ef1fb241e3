using CantonInfra.Policy.Rules.Databases;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class PostgreSqlNoPublicAccessTests
{
    private const string Server = "azure-native:dbforpostgresql:Server";
    private const string Single = "azure-native:dbforpostgresql:SingleServer";
    private const string Citus = "azure-native:dbforpostgresql:ServerGroupCluster";
    private const string Classic = "azure:postgresql/flexibleServer:FlexibleServer";
    private const string Subnet = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/pg";

    private readonly RuleUnderTest _rule = new(new PostgreSqlNoPublicAccess());

    [Theory]
    [InlineData(Server, "{'network': {'delegatedSubnetResourceId': '" + Subnet + "', 'privateDnsZoneArmResourceId': '[unknown]'}}")]
    [InlineData(Server, "{'network': {'publicNetworkAccess': 'Disabled'}}")]
    [InlineData(Server, "{'network': {'publicNetworkAccess': 'disabled', 'delegatedSubnetResourceId': '[unknown]'}}")]
    [InlineData(Server, "{'network': {'publicNetworkAccess': {'[secret]': 'Disabled'}}}")]
    [InlineData("azure-native:dbforpostgresql/v20230301preview:Server", "{'network': {'publicNetworkAccess': 'Disabled'}}")]
    [InlineData("azure-native_dbforpostgresql_v20240801:dbforpostgresql:Server", "{'network': {'publicNetworkAccess': 'Disabled'}}")]
    [InlineData("azure-native:dbforpostgresql/v20200214preview:Server", "{'delegatedSubnetArguments': {'subnetArmResourceId': '" + Subnet + "'}}")]
    [InlineData("azure-native:dbforpostgresql/v20171201:Server", "{'properties': {'publicNetworkAccess': 'Disabled'}}")]
    [InlineData(Single, "{'properties': {'createMode': 'Default', 'publicNetworkAccess': 'Disabled'}}")]
    [InlineData(Citus, "{'coordinatorEnablePublicIpAccess': false}")]
    [InlineData(Classic, "{'delegatedSubnetId': '" + Subnet + "'}")]
    [InlineData(Classic, "{'publicNetworkAccessEnabled': false}")]
    public void Servers_inside_the_network_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Server, "{}", "network.publicNetworkAccess")]
    [InlineData(Server, "{'network': {}}", "network.publicNetworkAccess")]
    [InlineData(Server, "{'network': {'delegatedSubnetResourceId': ''}}", "network.publicNetworkAccess")]
    [InlineData(Server, "{'network': {'publicNetworkAccess': 'Enabled'}}", "network.publicNetworkAccess")]
    [InlineData(Server, "{'network': {'publicNetworkAccess': 'Enabled', 'delegatedSubnetResourceId': '" + Subnet + "'}}", "network.publicNetworkAccess")]
    [InlineData("azure-native:dbforpostgresql/v20210601:Server", "{'publicNetworkAccess': 'Enabled'}", "publicNetworkAccess")]
    [InlineData(Single, "{'properties': {'createMode': 'Default'}}", "properties.publicNetworkAccess")]
    [InlineData(Citus, "{}", "coordinatorEnablePublicIpAccess")]
    [InlineData(Citus, "{'coordinatorEnablePublicIpAccess': false, 'nodeEnablePublicIpAccess': true}", "nodeEnablePublicIpAccess")]
    [InlineData(Classic, "{}", "publicNetworkAccessEnabled")]
    [InlineData(Classic, "{'publicNetworkAccessEnabled': true}", "publicNetworkAccessEnabled")]
    [InlineData("azure:postgresql/server:Server", "{}", "publicNetworkAccessEnabled")]
    public void Servers_on_the_internet_fail(string type, string properties, string path) => _rule.Fails(type, properties, path);

    [Theory]
    [InlineData("azure-native:dbforpostgresql:FirewallRule", "{'startIpAddress': '0.0.0.0', 'endIpAddress': '0.0.0.0'}", "all of Azure")]
    [InlineData("azure-native:dbforpostgresql:FirewallRule", "{'startIpAddress': '0.0.0.0', 'endIpAddress': '255.255.255.255'}", "whole internet")]
    [InlineData("azure-native:dbforpostgresql/v20221201:FirewallRule", "{'startIpAddress': '198.51.100.1', 'endIpAddress': '198.51.100.9'}", "from \"198.51.100.1\" to")]
    [InlineData("azure-native:dbforpostgresql:ServerGroupFirewallRule", "{'startIpAddress': '[unknown]', 'endIpAddress': '[unknown]'}", "[unknown]")]
    [InlineData("azure:postgresql/flexibleServerFirewallRule:FlexibleServerFirewallRule", "{'startIpAddress': '0.0.0.0', 'endIpAddress': '0.0.0.0'}", "all of Azure")]
    public void A_firewall_rule_opens_whatever_its_addresses_are(string type, string properties, string who) =>
        Assert.Contains(who, _rule.Fails(type, properties, "startIpAddress"), StringComparison.Ordinal);

    [Theory]
    [InlineData(Server, "{'network': '[unknown]'}", "network")]
    [InlineData(Server, "{'network': {'delegatedSubnetResourceId': '[unknown]'}}", "network.delegatedSubnetResourceId")]
    [InlineData(Server, "{'network': {'publicNetworkAccess': '[unknown]', 'delegatedSubnetResourceId': '" + Subnet + "'}}", "network.publicNetworkAccess")]
    [InlineData(Server, "{'network': {'publicNetworkAccess': true}}", "network.publicNetworkAccess")]
    [InlineData(Single, "{'properties': '[unknown]'}", "properties")]
    [InlineData(Classic, "{'delegatedSubnetId': {'[secret]': '[unknown]'}}", "delegatedSubnetId")]
    public void What_is_not_known_is_undecided(string type, string properties, string path) => _rule.IsUndecided(type, properties, path);

    [Theory]
    [InlineData("azure-native:dbforpostgresql:Database")]
    [InlineData("azure-native:dbformysql:Server")]
    public void Other_types_are_not_its_business(string type) => _rule.IsNotApplicable(type);

    [Fact]
    public void A_secret_is_judged_and_not_shown() => _rule.KeepsSecret(
        Server, "{'network': {'publicNetworkAccess': {'[secret]': 'SECRET'}}}", "network.publicNetworkAccess");
}
