using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class FlowLogsOfNetworksTests
{
    private const string LogType = "azure-native:network:FlowLog";
    private const string Ids = "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network";

    private readonly RuleUnderTest _rule = new(new FlowLogsOfNetworks());

    [Theory]
    [InlineData("{'targetResourceId': '" + Ids + "/virtualNetworks/v'}")]
    [InlineData("{'enabled': true, 'targetResourceId': {'[secret]': '" + Ids + "/virtualNetworks/v/subnets/s'}}")]
    public void A_log_of_a_network_passes(string properties) => Assert.Equal(["flows: Passed"], _rule.Outcomes(Log(properties)));

    [Fact]
    public void A_network_that_is_yet_to_be_made_is_one() =>
        Assert.Equal(["flows: Passed", "target: Passed"], OutcomesOf("azure-native:network:VirtualNetwork"));

    [Theory]
    [InlineData("virtualNetworks/net", "Passed")]
    [InlineData("virtualNetworks/net/subnets/s", "Violated")]
    [InlineData("virtualNetworks/other", "Violated")]
    public void Every_network_has_a_log(string target, string outcome) => Assert.Contains(
        $"net: {outcome}",
        _rule.Outcomes(
            new StackItem("azure-native:network:VirtualNetwork", "net", "{'virtualNetworkName': 'net', 'tags': {'[secret]': 'SECRET'}}"),
            Log("{'targetResourceId': '" + Ids + "/" + target + "'}")));

    [Fact]
    public void A_network_without_any_log_fails_and_one_that_may_have_one_is_undecided()
    {
        var network = new StackItem("azure-native:network:VirtualNetwork", "net", "{}");

        Assert.Equal(["net: Violated"], _rule.Outcomes(network));
        Assert.Contains("net: Undecided", _rule.Outcomes(network, Log("{'targetResourceId': '[unknown]'}")));
    }

    [Theory]
    [InlineData("{'targetResourceId': '" + Ids + "/networkSecurityGroups/n'}", "targetResourceId")]
    [InlineData("{'enabled': false, 'targetResourceId': '" + Ids + "/virtualNetworks/v'}", "enabled")]
    public void A_log_of_a_group_or_of_nothing_fails(string properties, string path)
    {
        var result = Assert.Single(_rule.JudgeStack(Log(properties)));

        Assert.Equal(path, Assert.Single(result.Verdicts.OfType<ViolationVerdict>()).Path.ToString());
    }

    [Fact]
    public void A_group_that_is_yet_to_be_made_fails_too() =>
        Assert.Equal(["flows: Violated"], OutcomesOf("azure-native:network:NetworkSecurityGroup"));

    [Theory]
    [InlineData("{'targetResourceId': '[unknown]'}")]
    [InlineData("{'enabled': '[unknown]', 'targetResourceId': '" + Ids + "/virtualNetworks/v'}")]
    public void What_is_not_known_is_undecided(string properties) => Assert.Equal(["flows: Undecided"], _rule.Outcomes(Log(properties)));

    [Fact]
    public void A_stack_without_flow_logs_is_not_its_business() => Assert.Equal(
        PolicyOutcome.NotApplicable, Assert.Single(_rule.JudgeStack(new StackItem("azure-native:network:Subnet", "a", "{}"))).Outcome);

    private static StackItem Log(string properties) => new(LogType, "flows", properties);

    private IEnumerable<string> OutcomesOf(string target) => _rule.Outcomes(
        new StackItem(target, "target", "{}"),
        Log("{'targetResourceId': '[unknown]'}") with { Sources = [("targetResourceId", StackItem.UrnOf(target, "target"))] });
}
