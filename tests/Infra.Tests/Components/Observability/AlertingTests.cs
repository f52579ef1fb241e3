using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Observability;

public sealed partial class AlertingTests
{
    private const string Group = "/azure-native:monitor:ActionGroup/operators";
    private const string Metric = "azure-native:monitor:MetricAlert";
    private const string Activity = "azure-native:monitor:ActivityLogAlert";
    private const string Query = "azure-native:monitor:ScheduledQueryRule";

    [Fact]
    public void Every_alert_has_a_name_of_its_own_and_says_what_has_happened()
    {
        Assert.Equal(AlertCatalogue.All.Select(rule => rule.Name).Distinct(), AlertCatalogue.All.Select(rule => rule.Name));
        Assert.All(AlertCatalogue.All, rule =>
        {
            Assert.InRange(rule.Severity, 0, 3);
            Assert.EndsWith(".", rule.Description, StringComparison.Ordinal);
        });
    }

    // Azure takes these and no others.
    [Fact]
    public void Windows_are_some_that_Azure_takes_and_no_shorter_than_the_frequency()
    {
        string[] windows = ["PT1M", "PT5M", "PT15M", "PT30M", "PT1H", "PT6H", "PT12H", "P1D"];
        Assert.All(AlertCatalogue.Metrics, rule =>
        {
            Assert.Contains(rule.Window, windows);
            Assert.True(Array.IndexOf(windows, rule.Frequency) is >= 0 and <= 4, rule.Name);
            Assert.True(Array.IndexOf(windows, rule.Frequency) <= Array.IndexOf(windows, rule.Window), rule.Name);
        });
        Assert.All(AlertCatalogue.Queries, rule =>
            Assert.True(Array.IndexOf(windows, rule.Frequency) <= Array.IndexOf(windows, rule.Window), rule.Name));
    }

    // A table that nothing fills would never alert.
    [Fact]
    public void Queries_read_tables_that_the_platform_fills()
    {
        Assert.All(AlertCatalogue.Queries, rule =>
            Assert.Contains(LogTables.All, table => rule.Query.Contains(table.Name, StringComparison.Ordinal)));
        Assert.All(
            AlertCatalogue.Queries.SelectMany(rule => TableName().Matches(rule.Query).Select(match => match.Value)),
            name => Assert.Contains(LogTables.All, table => table.Name == name));
    }

    [Fact]
    public async Task Alerts_reach_the_address_of_the_settings()
    {
        var group = (await CloudMocks.RunAsync(() => Scenery.Alerts())).Inputs("azure-native:monitor:ActionGroup");

        Assert.Equal("operators@example.com", group.At("emailReceivers.0.emailAddress"));
        Assert.Equal(true, group.At("enabled"));
        Assert.Equal("Global", group.At("location"));
        Assert.InRange(((string)group.At("groupShortName")!).Length, 1, 12);
    }

    // A12
    [Fact]
    public async Task A_database_server_that_is_down_is_told_within_minutes()
    {
        var alert = (await CloudMocks.RunAsync(() => Scenery.Server().AlertTo(Scenery.Alerts()))).Inputs(Metric, "psql-ledger-postgresql-down");

        Assert.Equal("/azure-native:dbforpostgresql:Server/psql-ledger", alert.At("scopes.0"));
        Assert.Equal("is_db_alive", alert.At("criteria.allOf.0.metricName"));
        Assert.Equal("StaticThresholdCriterion", alert.At("criteria.allOf.0.criterionType"));
        Assert.Equal("Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria", alert.At("criteria.odataType"));
        Assert.Equal(0.0, alert.At("severity"));
        Assert.Equal(Group, alert.At("actions.0.actionGroupId"));
        Assert.Equal("Global", alert.At("location"));
    }

    [Fact]
    public async Task Only_failed_connections_count_as_exhaustion()
    {
        var alert = (await CloudMocks.RunAsync(() => Scenery.Network().AlertTo(Scenery.Alerts()))).Inputs(Metric, "nat-snat-exhausted");

        Assert.Equal("/azure-native:network:NatGateway/gateway", alert.At("scopes.0"));
        Assert.Equal("ConnectionState", alert.At("criteria.allOf.0.dimensions.0.name"));
        Assert.Equal("Failed", alert.At("criteria.allOf.0.dimensions.0.values.0"));
    }

    [Fact]
    public async Task Vaults_are_watched()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Vault().AlertTo(Scenery.Alerts()));

        Assert.Equal(["keys-vault-slow", "keys-vault-unavailable"], mocks.All(Metric).Select(alert => alert.Name).Order(StringComparer.Ordinal));
        Assert.All(mocks.All(Metric), alert => Assert.Equal("/azure-native:keyvault:Vault/keys", alert.Inputs.At("scopes.0")));
    }

    [Fact]
    public async Task Each_operation_has_an_alert_of_its_own_for_all_groups_of_the_environment()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Alerts());

        Assert.Equal(AlertCatalogue.Activities.Length + 1, mocks.All(Activity).Length);
        var alert = mocks.Inputs(Activity, "lock-deleted");
        Assert.Equal(
            [$"/subscriptions/{Scenery.Subscription}/resourceGroups/rg-sec", $"/subscriptions/{Scenery.Subscription}/resourceGroups/rg-data"],
            alert.Texts("scopes").AsEnumerable());
        Assert.Equal("category", alert.At("condition.allOf.0.field"));
        Assert.Equal("Administrative", alert.At("condition.allOf.0.equals"));
        Assert.Equal("operationName", alert.At("condition.allOf.1.field"));
        Assert.Equal("Microsoft.Authorization/locks/delete", alert.At("condition.allOf.1.equals"));
        Assert.Equal("status", alert.At("condition.allOf.2.field"));
        Assert.Equal(Group, alert.At("actions.actionGroups.0.actionGroupId"));
    }

    [Fact]
    public async Task An_outage_of_Azure_concerns_the_whole_subscription()
    {
        var alert = (await CloudMocks.RunAsync(() => Scenery.Alerts())).Inputs(Activity, "service-health");

        Assert.Equal([$"/subscriptions/{Scenery.Subscription}"], alert.Texts("scopes").AsEnumerable());
        Assert.Equal("ServiceHealth", alert.At("condition.allOf.0.equals"));
        Assert.Null(alert.At("condition.allOf.1"));
    }

    // A21
    [Fact]
    public async Task Whoever_a_vault_refuses_several_times_is_told()
    {
        var alert = (await CloudMocks.RunAsync(() => Scenery.Alerts())).Inputs(Query, "vault-access-denied");

        Assert.Equal("/azure-native:operationalinsights:Workspace/workspace", alert.At("scopes.0"));
        Assert.Contains("HttpStatusCode == 403", (string)alert.At("criteria.allOf.0.query")!, StringComparison.Ordinal);
        Assert.Equal("Count", alert.At("criteria.allOf.0.timeAggregation"));
        Assert.Equal("gt", alert.At("criteria.allOf.0.operator"));
        Assert.Equal("centralus", alert.At("location"));
        Assert.Equal(Group, alert.At("actions.actionGroups.0"));
    }

    [Fact]
    public async Task What_runs_in_the_cluster_is_watched_by_its_metrics()
    {
        var rules = (await CloudMocks.RunAsync(() =>
        {
            var cluster = Scenery.Cluster();
            cluster.AlertTo(Scenery.Alerts(), Scenery.Monitoring());
        })).Inputs("azure-native:alertsmanagement:PrometheusRuleGroup");

        Assert.Equal(
            ["/azure-native:monitor:AzureMonitorWorkspace/metrics", "/azure-native:containerservice:ManagedCluster/cluster"],
            rules.Texts("scopes").AsEnumerable());
        Assert.Equal("aks-canton-unit", rules.At("clusterName"));
        Assert.Equal("node-not-ready", rules.At("rules.0.alert"));
        Assert.Equal("kube_node_status_condition{condition=\"Ready\",status=\"true\"} == 0", rules.At("rules.0.expression"));
        Assert.Equal(Group, rules.At("rules.0.actions.0.actionGroupId"));
    }

    [GeneratedRegex(@"\b(AKS|AZKV|PGSQL|Addon|AZFW|Azure|Kube)\w+")]
    private static partial Regex TableName();
}
