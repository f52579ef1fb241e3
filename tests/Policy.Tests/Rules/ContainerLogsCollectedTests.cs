using CantonInfra.Policy.Rules.Observability;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class ContainerLogsCollectedTests
{
    private const string Cluster = "azure-native:containerservice:ManagedCluster";
    private const string Classic = "azure:containerservice/kubernetesCluster:KubernetesCluster";
    private const string Association = "azure-native:monitor:DataCollectionRuleAssociation";
    private const string Rule = "azure-native:monitor:DataCollectionRule";
    private const string Agent = "{'addonProfiles': {'omsagent': {'enabled': true, 'config': {'logAnalyticsWorkspaceResourceID': '[unknown]', 'useAADAuth': 'true'}}}}";
    private const string Flow =
        "{'dataFlows': [{'streams': ['Microsoft-ContainerLogV2'], 'destinations': ['w']}], 'destinations': {'logAnalytics': [{'name': 'w', 'workspaceResourceId': '[unknown]'}]}}";

    private readonly RuleUnderTest _rule = new(new ContainerLogsCollected());

    [Theory]
    [InlineData(Agent, Flow, "Passed")]
    [InlineData(Agent, "{'dataFlows': [{'streams': ['Microsoft-Perf'], 'destinations': ['w']}], 'destinations': {'logAnalytics': [{'name': 'w', 'workspaceResourceId': '/w'}]}}", "Violated")]
    [InlineData(Agent, "{'dataFlows': [{'streams': ['Microsoft-ContainerLogV2'], 'destinations': ['x']}], 'destinations': {'logAnalytics': [{'name': 'w', 'workspaceResourceId': '/w'}]}}", "Violated")]
    [InlineData(Agent, "{'dataFlows': '[unknown]'}", "Undecided")]
    [InlineData("{}", Flow, "Violated")]
    [InlineData("{'addonProfiles': {'omsagent': {'enabled': false}}}", Flow, "Violated")]
    [InlineData("{'addonProfiles': {'omsagent': {'enabled': true}}}", Flow, "Violated")]
    [InlineData("{'addonProfiles': {'omsagent': {'enabled': true, 'config': {'logAnalyticsWorkspaceResourceID': '/w'}}}}", Flow, "Violated")]
    [InlineData("{'addonProfiles': {'omsagent': {'enabled': true, 'config': {'logAnalyticsWorkspaceResourceID': '/w', 'useAADAuth': '[unknown]'}}}}", Flow, "Undecided")]
    [InlineData("{'addonProfiles': '[unknown]'}", Flow, "Undecided")]
    [InlineData("{'addonProfiles': {'omsAgent': {'enabled': true, 'config': {'logAnalyticsWorkspaceResourceID': {'[secret]': 'SECRET'}, 'useAADAuth': true}}}}", Flow, "Passed")]
    public void A_cluster_has_an_agent_and_a_rule(string cluster, string rule, string outcome) =>
        Assert.Equal([$"c: {outcome}"], _rule.Outcomes([new(Cluster, "c", cluster), .. Collecting(rule)]));

    [Fact]
    public void An_agent_without_a_rule_collects_nothing() =>
        Assert.Equal(["c: Violated"], _rule.Outcomes(new StackItem(Cluster, "c", Agent)));

    [Theory]
    [InlineData("{}", "Violated")]
    [InlineData("{'omsAgent': {'logAnalyticsWorkspaceId': '/w'}}", "Passed")]
    [InlineData("{'omsAgent': '[unknown]'}", "Undecided")]
    public void Classic_clusters_have_an_agent(string cluster, string outcome) =>
        Assert.Equal([$"c: {outcome}"], _rule.Outcomes(new StackItem(Classic, "c", cluster)));

    [Fact]
    public void A_collector_that_a_chart_brings_counts() => Assert.Equal(
        ["c: Passed"],
        _rule.Outcomes(new StackItem(Cluster, "c", "{}"), new StackItem("kubernetes:helm.sh/v3:Release", "logs", "{'chart': 'fluent-bit'}")));

    [Fact]
    public void Others_are_not_judged() => Assert.Equal([": Passed"], _rule.Outcomes(new StackItem(Rule, "r", "{}")));

    private static StackItem[] Collecting(string rule) =>
    [
        new(Rule, "r", rule),
        new(Association, "a", "{'resourceUri': '[unknown]', 'dataCollectionRuleId': '[unknown]'}")
        {
            Sources = [("resourceUri", StackItem.UrnOf(Cluster, "c")), ("dataCollectionRuleId", StackItem.UrnOf(Rule, "r"))],
        },
    ];
}
