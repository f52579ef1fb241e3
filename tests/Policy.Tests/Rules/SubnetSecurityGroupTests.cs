using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class SubnetSecurityGroupTests
{
    private const string SubnetType = "azure-native:network:Subnet";
    private const string GroupType = "azure-native:network:NetworkSecurityGroup";

    private readonly RuleUnderTest _rule = new(new SubnetSecurityGroup());

    [Theory]
    [InlineData("{'networkSecurityGroup': {'id': '/subscriptions/s/nsg'}}")]
    [InlineData("{'networkSecurityGroup': {'id': {'[secret]': '/subscriptions/s/nsg'}}}")]
    public void A_subnet_with_a_group_passes(string properties) => Assert.Equal(["a: Passed"], _rule.Outcomes(Subnet(properties)));

    [Fact]
    public void A_group_that_is_yet_to_be_made_is_one() => Assert.Equal(
        ["a: Passed"],
        _rule.Outcomes(
            new StackItem(GroupType, "group", "{}"),
            Subnet("{'networkSecurityGroup': {'id': '[unknown]'}}") with
            {
                Sources = [("networkSecurityGroup", StackItem.UrnOf(GroupType, "group"))],
            }));

    [Theory]
    [InlineData("{}")]
    [InlineData("{'networkSecurityGroup': {}}")]
    [InlineData("{'networkSecurityGroup': {'id': ''}, 'subnetName': 'apps'}")]
    public void A_subnet_without_a_group_fails(string properties)
    {
        var result = Assert.Single(_rule.JudgeStack(Subnet(properties)));

        Assert.Equal("networkSecurityGroup.id", Assert.IsType<ViolationVerdict>(Assert.Single(result.Verdicts)).Path.ToString());
    }

    [Theory]
    [InlineData("AzureFirewallSubnet")]
    [InlineData("gatewaysubnet")]
    public void What_Azure_guards_is_not_its_business(string name) =>
        Assert.Equal(["a: NotApplicable"], _rule.Outcomes(Subnet($"{{'subnetName': '{name}'}}")));

    [Theory]
    [InlineData("{'networkSecurityGroup': {'id': '[unknown]'}}")]
    [InlineData("{'networkSecurityGroup': '[unknown]'}")]
    [InlineData("{'subnetName': '[unknown]'}")]
    public void What_is_not_known_is_undecided(string properties) => Assert.Equal(["a: Undecided"], _rule.Outcomes(Subnet(properties)));

    [Fact]
    public void A_stack_without_subnets_is_not_its_business() =>
        Assert.Equal(PolicyOutcome.NotApplicable, Assert.Single(_rule.JudgeStack(new StackItem(GroupType, "group", "{}"))).Outcome);

    private static StackItem Subnet(string properties) => new(SubnetType, "a", properties);
}
