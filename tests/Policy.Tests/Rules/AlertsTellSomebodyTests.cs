using CantonInfra.Policy.Rules.Observability;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class AlertsTellSomebodyTests
{
    private const string Metric = "azure-native:monitor:MetricAlert";
    private const string Activity = "azure-native:monitor:ActivityLogAlert";
    private const string Query = "azure-native:monitor:ScheduledQueryRule";
    private const string Prometheus = "azure-native:alertsmanagement:PrometheusRuleGroup";
    private const string Group = "azure-native:monitor:ActionGroup";
    private const string Budget = "azure-native:consumption:Budget";
    private const string Automation = "azure-native:security:Automation";
    private const string Classic = "azure:monitoring/metricAlert:MetricAlert";

    private readonly RuleUnderTest _rule = new(new AlertsTellSomebody());

    [Theory]
    [InlineData(Metric, "{'enabled': true, 'actions': [{'actionGroupId': '[unknown]'}]}")]
    [InlineData(Classic, "{'actions': [{'actionGroupId': '/g'}]}")]
    [InlineData(Activity, "{'actions': {'actionGroups': [{'actionGroupId': '/g'}]}}")]
    [InlineData(Query, "{'actions': {'actionGroups': ['/g']}}")]
    [InlineData(Query, "{'kind': 'LogToMetric'}")]
    [InlineData(Prometheus, "{'rules': [{'record': 'a'}, {'alert': 'b', 'actions': [{'actionGroupId': '/g'}]}]}")]
    [InlineData(Group, "{'webhookReceivers': [{'serviceUri': {'[secret]': 'SECRET'}}]}")]
    [InlineData(Budget, "{'notifications': {'a': {'enabled': true, 'contactRoles': ['Owner']}}}")]
    [InlineData(Automation, "{'actions': [{'actionType': 'Workspace', 'workspaceResourceId': '[unknown]'}]}")]
    public void What_tells_somebody_passes(string type, string properties) =>
        Assert.Equal(["main: Passed"], Outcomes(type, properties));

    [Theory]
    [InlineData(Metric, "{'enabled': false, 'actions': [{'actionGroupId': '/g'}]}")]
    [InlineData(Metric, "{'actions': []}")]
    [InlineData(Metric, "{'actions': [{'webHookProperties': {}}]}")]
    [InlineData(Classic, "{}")]
    [InlineData(Activity, "{'actions': {}}")]
    [InlineData(Query, "{}")]
    [InlineData(Prometheus, "{'rules': []}")]
    [InlineData(Prometheus, "{'rules': [{'alert': 'b'}]}")]
    [InlineData(Prometheus, "{'rules': [{'alert': 'b', 'enabled': false, 'actions': [{'actionGroupId': '/g'}]}]}")]
    [InlineData(Group, "{'groupShortName': 'g'}")]
    [InlineData(Group, "{'enabled': false, 'emailReceivers': [{}]}")]
    [InlineData(Budget, "{}")]
    [InlineData(Budget, "{'notifications': {'a': {'enabled': true, 'contactEmails': []}}}")]
    [InlineData(Budget, "{'notifications': {'a': {'enabled': false, 'contactEmails': ['a@example.com']}}}")]
    [InlineData(Automation, "{'isEnabled': false, 'actions': [{'workspaceResourceId': '/w'}]}")]
    [InlineData(Automation, "{'actions': []}")]
    public void What_is_off_or_tells_nobody_fails(string type, string properties) =>
        Assert.Equal(["main: Violated"], Outcomes(type, properties));

    [Theory]
    [InlineData(Metric, "{'actions': '[unknown]'}")]
    [InlineData(Metric, "{'enabled': '[unknown]', 'actions': [{'actionGroupId': '/g'}]}")]
    [InlineData(Group, "{'emailReceivers': '[unknown]'}")]
    [InlineData(Budget, "{'notifications': {'a': {'contactEmails': '[unknown]'}}}")]
    public void What_is_not_known_is_undecided(string type, string properties) =>
        Assert.Equal(["main: Undecided"], Outcomes(type, properties));

    [Fact]
    public void Where_processing_rules_add_groups_alerts_name_none() => Assert.Equal(
        ["main: Passed"],
        _rule.Outcomes(new StackItem(Metric, "main", "{}"), new StackItem("azure-native:alertsmanagement:AlertProcessingRuleByName", "all", "{}")));

    [Fact]
    public void Others_are_not_judged() => Assert.Equal([": Passed"], Outcomes("azure-native:keyvault:Vault", "{}"));

    private IEnumerable<string> Outcomes(string type, string properties) => _rule.Outcomes(new StackItem(type, "main", properties));
}
