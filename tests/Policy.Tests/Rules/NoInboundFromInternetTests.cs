using CantonInfra.Policy.Rules.Network;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class NoInboundFromInternetTests
{
    private const string Rule = "azure-native:network:SecurityRule";
    private const string Group = "azure-native:network:NetworkSecurityGroup";
    private const string Open = "'direction': 'Inbound', 'access': 'Allow'";

    private readonly RuleUnderTest _rule = new(new NoInboundFromInternet());

    [Theory]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '10.0.0.0/24', 'destinationPortRange': '5432'}")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': 'AzureLoadBalancer', 'destinationPortRange': '*'}")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': 'Internet', 'destinationPortRange': '443'}")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '*', 'destinationPortRanges': ['80', '443']}")]
    [InlineData("{" + Open + ", 'sourceAddressPrefixes': ['203.0.113.0/24', '10.0.0.0/8'], 'destinationPortRange': '22'}")]
    [InlineData("{" + Open + ", 'sourceApplicationSecurityGroups': [{'id': '[unknown]'}], 'destinationPortRange': '22'}")]
    [InlineData("{'direction': 'Inbound', 'access': 'Deny', 'sourceAddressPrefix': '*', 'destinationPortRange': '*'}")]
    [InlineData("{'direction': 'Outbound', 'access': 'Allow', 'sourceAddressPrefix': '*', 'destinationPortRange': '*'}")]
    [InlineData("{'direction': '[unknown]', 'access': 'Deny', 'sourceAddressPrefix': '*', 'destinationPortRange': '*'}")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': {'[secret]': '10.0.0.0/24'}, 'destinationPortRange': '22'}")]
    public void What_names_who_may_come_passes(string properties) => _rule.Passes(Rule, properties);

    [Theory]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '*', 'destinationPortRange': '22'}", "sourceAddressPrefix")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': 'Internet', 'destinationPortRange': '3389'}", "sourceAddressPrefix")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': 'AzureCloud.eastus2', 'destinationPortRange': '5432'}", "sourceAddressPrefix")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '0.0.0.0/0', 'destinationPortRanges': ['443', '22']}", "sourceAddressPrefix")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '::/0', 'destinationPortRange': '0-65535'}", "sourceAddressPrefix")]
    [InlineData("{" + Open + ", 'sourceAddressPrefixes': ['10.0.0.0/24', '128.0.0.0/1'], 'destinationPortRange': '*'}", "sourceAddressPrefixes[1]")]
    [InlineData("{'direction': 'inbound', 'access': 'allow', 'sourceAddressPrefix': 'any', 'destinationPortRange': '22'}", "sourceAddressPrefix")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '*'}", "sourceAddressPrefix")]
    public void What_admits_anybody_fails(string properties, string path)
    {
        _rule.Fails(Rule, properties, path);
        _rule.Fails("azure:network/networkSecurityRule:NetworkSecurityRule", properties, path);
    }

    [Fact]
    public void Rules_within_a_group_are_judged_one_by_one()
    {
        _rule.Passes(Group, "{}");
        _rule.Passes(Group, "{'securityRules': []}");
        _rule.Fails(
            Group,
            "{'securityRules': [{" + Open + ", 'sourceAddressPrefix': '10.0.0.0/8', 'destinationPortRange': '22'}, {"
                + Open + ", 'sourceAddressPrefix': '*', 'destinationPortRange': '22'}]}",
            "securityRules[1].sourceAddressPrefix");
        _rule.IsUndecided(Group, "{'securityRules': '[unknown]'}", "securityRules");
    }

    [Theory]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '[unknown]', 'destinationPortRange': '22'}", "sourceAddressPrefix")]
    [InlineData("{'direction': 'Inbound', 'access': '[unknown]', 'sourceAddressPrefix': '*', 'destinationPortRange': '22'}", "access")]
    [InlineData("{" + Open + ", 'sourceAddressPrefix': '*', 'destinationPortRange': '[unknown]'}", "destinationPortRange")]
    [InlineData("{" + Open + ", 'sourceAddressPrefixes': '[unknown]', 'destinationPortRange': '22'}", "sourceAddressPrefixes")]
    public void What_is_not_known_is_undecided(string properties, string path) => _rule.IsUndecided(Rule, properties, path);

    [Fact]
    public void Other_types_are_not_its_business() => _rule.IsNotApplicable("azure-native:network:Subnet");

    [Fact]
    public void A_secret_is_judged_and_not_shown() => _rule.KeepsSecret(
        Rule, "{" + Open + ", 'sourceAddressPrefix': '*', 'destinationPortRange': {'[secret]': 'SECRET'}}", "sourceAddressPrefix");
}
