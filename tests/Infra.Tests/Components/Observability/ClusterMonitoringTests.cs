using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Observability;

public sealed class ClusterMonitoringTests
{
    private const string Rule = "azure-native:monitor:DataCollectionRule";
    private const string Association = "azure-native:monitor:DataCollectionRuleAssociation";
    private const string Endpoint = "azure-native:monitor:DataCollectionEndpoint";
    private const string Cluster = "/azure-native:containerservice:ManagedCluster/cluster";

    // A24: the add-on alone collects nothing.
    [Fact]
    public async Task What_containers_print_goes_to_the_workspace_in_the_table_that_can_be_kept_shorter()
    {
        var rule = (await CloudMocks.RunAsync(() => Scenery.Monitoring())).Inputs(Rule, "container-logs");

        Assert.Equal("dcr-canton-unit-logs", rule.At("dataCollectionRuleName"));
        Assert.Equal("Linux", rule.At("kind"));
        Assert.Equal("ContainerInsights", rule.At("dataSources.extensions.0.extensionName"));
        Assert.Equal(true, rule.At("dataSources.extensions.0.extensionSettings.dataCollectionSettings.enableContainerLogV2"));
        Assert.Contains("Microsoft-ContainerLogV2", rule.Texts("dataSources.extensions.0.streams"));
        Assert.Equal(rule.Texts("dataSources.extensions.0.streams").AsEnumerable(), rule.Texts("dataFlows.0.streams"));
        Assert.Equal("/azure-native:operationalinsights:Workspace/workspace", rule.At("destinations.logAnalytics.0.workspaceResourceId"));
        Assert.Equal(rule.At("destinations.logAnalytics.0.name"), rule.At("dataFlows.0.destinations.0"));
        Assert.Equal("/azure-native:monitor:DataCollectionEndpoint/collection", rule.At("dataCollectionEndpointId"));
    }

    [Fact]
    public async Task Metrics_go_to_managed_Prometheus()
    {
        var rule = (await CloudMocks.RunAsync(() => Scenery.Monitoring())).Inputs(Rule, "prometheus");

        Assert.Equal(["Microsoft-PrometheusMetrics"], rule.Texts("dataSources.prometheusForwarder.0.streams").AsEnumerable());
        Assert.Equal(["Microsoft-PrometheusMetrics"], rule.Texts("dataFlows.0.streams").AsEnumerable());
        Assert.Equal(
            "/azure-native:monitor:AzureMonitorWorkspace/metrics", rule.At("destinations.monitoringAccounts.0.accountResourceId"));
        Assert.Equal(rule.At("destinations.monitoringAccounts.0.name"), rule.At("dataFlows.0.destinations.0"));
    }

    [Fact]
    public async Task A_cluster_is_associated_with_both_rules_and_the_endpoint_that_has_them()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Cluster().ReportTo(Scenery.Monitoring()));

        Assert.All(mocks.All(Association), association => Assert.Equal(Cluster, association.Inputs.At("resourceUri")));
        Assert.Equal($"/{Rule}/container-logs", mocks.Inputs(Association, "cluster-container-logs").At("dataCollectionRuleId"));
        Assert.Equal($"/{Rule}/prometheus", mocks.Inputs(Association, "cluster-prometheus").At("dataCollectionRuleId"));
        var endpoint = mocks.Inputs(Association, "cluster-collection");
        Assert.Equal($"/{Endpoint}/collection", endpoint.At("dataCollectionEndpointId"));
        Assert.Equal("configurationAccessEndpoint", endpoint.At("associationName"));
        Assert.Null(endpoint.At("dataCollectionRuleId"));
    }

    [Fact]
    public async Task The_cluster_runs_the_agents_that_sign_in_with_an_identity()
    {
        var cluster = (await CloudMocks.RunAsync(() => Scenery.Cluster())).Inputs("azure-native:containerservice:ManagedCluster");

        Assert.Equal(true, cluster.At("addonProfiles.omsagent.enabled"));
        Assert.Equal("true", cluster.At("addonProfiles.omsagent.config.useAADAuth"));
        Assert.Equal(
            "/azure-native:operationalinsights:Workspace/workspace",
            cluster.At("addonProfiles.omsagent.config.logAnalyticsWorkspaceResourceID"));
        Assert.Equal(true, cluster.At("azureMonitorProfile.metrics.enabled"));
    }

    [Theory]
    [InlineData(true, "Disabled")]
    [InlineData(false, "Enabled")]
    public async Task Whether_the_internet_reaches_endpoint_and_metrics_is_a_choice(bool isPrivate, string access)
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Monitoring(isPrivate));

        Assert.Equal(access, mocks.Inputs(Endpoint).At("networkAcls.publicNetworkAccess"));
        Assert.Equal(access, mocks.Inputs("azure-native:monitor:AzureMonitorWorkspace").At("publicNetworkAccess"));
    }

    [Fact]
    public async Task The_network_queries_metrics_by_a_private_endpoint()
    {
        var mocks = await CloudMocks.RunAsync(() => Scenery.Monitoring().AllowFrom(Scenery.Network()));

        var connection = mocks.Inputs("azure-native:network:PrivateEndpoint", "monitoring-link");
        Assert.Equal("/azure-native:monitor:AzureMonitorWorkspace/metrics", connection.At("privateLinkServiceConnections.0.privateLinkServiceId"));
        Assert.Equal("prometheusMetrics", connection.At("privateLinkServiceConnections.0.groupIds.0"));
        Assert.Equal(
            "privatelink.centralus.prometheus.monitor.azure.com",
            mocks.Inputs("azure-native:privatedns:PrivateZone", "prometheus-zone").At("privateZoneName"));
    }
}
