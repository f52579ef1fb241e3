using CantonInfra.Policy.Rules.Network;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class SubnetNoDefaultOutboundTests
{
    private const string Subnet = "azure-native:network:Subnet";

    private readonly RuleUnderTest _rule = new(new SubnetNoDefaultOutbound());

    [Theory]
    [InlineData("{'defaultOutboundAccess': false}")]
    [InlineData("{'defaultOutboundAccess': false, 'delegations': [{'serviceName': 'a'}]}")]
    [InlineData("{'defaultOutboundAccess': {'[secret]': false}}")]
    public void A_subnet_without_a_way_out_passes(string properties) => _rule.Passes(Subnet, properties);

    [Theory]
    [InlineData("{}")]
    [InlineData("{'defaultOutboundAccess': true, 'subnetName': 'apps', 'delegations': []}")]
    [InlineData("{'natGateway': {'id': '[unknown]'}}")]
    public void A_subnet_with_a_way_out_fails(string properties) => _rule.Fails(Subnet, properties, "defaultOutboundAccess");

    [Theory]
    [InlineData("{'delegations': [{'serviceName': '[unknown]'}]}")]
    [InlineData("{'subnetName': 'AzureFirewallSubnet'}")]
    public void What_a_service_has_for_itself_is_not_its_business(string properties) => _rule.IsNotApplicable(Subnet, properties);

    [Fact]
    public void Other_types_are_not_its_business() => _rule.IsNotApplicable("azure-native:network:VirtualNetwork");

    [Theory]
    [InlineData("{'defaultOutboundAccess': '[unknown]'}", "defaultOutboundAccess")]
    [InlineData("{'delegations': '[unknown]'}", "delegations")]
    [InlineData("{'subnetName': '[unknown]'}", "subnetName")]
    public void What_is_not_known_is_undecided(string properties, string path) => _rule.IsUndecided(Subnet, properties, path);

    [Fact]
    public void A_secret_is_not_shown() => _rule.KeepsSecret(Subnet, "{'subnetName': {'[secret]': 'SECRET'}}", "defaultOutboundAccess");
}
