using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Network;
using Pulumi;
using Pulumi.AzureNative.Monitor;
using Pulumi.AzureNative.Monitor.Inputs;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What <see cref="ClusterMonitoring"/> needs.</summary>
internal sealed record ClusterMonitoringArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>Where what containers print goes.</summary>
    public required LogAnalytics Logs { get; init; }

    /// <summary>Whether agents and people reach endpoint and metrics from within the network only.</summary>
    public required bool IsPrivate { get; init; }
}

/// <summary>What clusters are asked for: what their containers print, and Prometheus metrics without a Prometheus of ours (A24).</summary>
/// <remarks>The agents are add-ons of the cluster; without a rule and its association they collect nothing.</remarks>
internal sealed class ClusterMonitoring : ComponentResource
{
    private const string LogsDestination = "workspace";
    private const string MetricsDestination = "metrics";
    private const string PrometheusStream = "Microsoft-PrometheusMetrics";

    // Named one by one: the group that stands for all of them brings performance counters that Prometheus has as well.
    private static readonly ImmutableArray<string> LogStreams =
        ["Microsoft-ContainerLogV2", "Microsoft-KubeEvents", "Microsoft-KubeNodeInventory", "Microsoft-KubePodInventory"];

    private readonly string _name;
    private readonly ClusterMonitoringArgs _args;
    private readonly DataCollectionEndpoint _endpoint;
    private readonly DataCollectionRule _containerLogs;
    private readonly DataCollectionRule _prometheus;

    /// <summary>Declares endpoint, metrics workspace and rules.</summary>
    public ClusterMonitoring(string name, ClusterMonitoringArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:observability:ClusterMonitoring", name, options)
    {
        _name = name;
        _args = args;
        var metrics = new AzureMonitorWorkspace(
            "metrics",
            new AzureMonitorWorkspaceArgs
            {
                AzureMonitorWorkspaceName = args.Azure.Names.AzureMonitorWorkspace,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                PublicNetworkAccess = args.IsPrivate ? PublicNetworkAccess.Disabled : PublicNetworkAccess.Enabled,
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        _endpoint = new DataCollectionEndpoint(
            "collection",
            new DataCollectionEndpointArgs
            {
                DataCollectionEndpointName = args.Azure.Names.DataCollectionEndpoint,
                ResourceGroupName = args.ResourceGroupName,
                Location = args.Azure.Location,
                Kind = KnownDataCollectionEndpointResourceKind.Linux,
                NetworkAcls = new DataCollectionEndpointNetworkAclsArgs
                {
                    PublicNetworkAccess = args.IsPrivate
                        ? KnownPublicNetworkAccessOptions.Disabled
                        : KnownPublicNetworkAccessOptions.Enabled,
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        MetricsWorkspaceId = metrics.Id;
        EndpointId = _endpoint.Id;
        _containerLogs = Rule("container-logs", "logs", ContainerLogs());
        _prometheus = Rule("prometheus", "prom", Prometheus());
        RegisterOutputs();
    }

    /// <summary>The id of the workspace of managed Prometheus.</summary>
    [Output("metricsWorkspaceId")]
    public Output<string> MetricsWorkspaceId { get; private set; }

    /// <summary>The id of the endpoint that agents fetch their rules from and send metrics to.</summary>
    [Output("endpointId")]
    public Output<string> EndpointId { get; private set; }

    /// <summary>Has a cluster collected.</summary>
    /// <param name="name">The logical name of the cluster.</param>
    /// <param name="clusterId">Its id.</param>
    /// <param name="parent">Its component.</param>
    public void Collect(string name, Input<string> clusterId, Resource parent)
    {
        Associate($"{name}-container-logs", "ContainerInsightsExtension", new() { DataCollectionRuleId = _containerLogs.Id });
        Associate($"{name}-prometheus", "ContainerInsightsMetricsExtension", new() { DataCollectionRuleId = _prometheus.Id });

        // The one name under which agents look for the endpoint that has their rules.
        Associate($"{name}-collection", "configurationAccessEndpoint", new() { DataCollectionEndpointId = EndpointId });

        void Associate(string logicalName, string azureName, DataCollectionRuleAssociationArgs association)
        {
            association.AssociationName = azureName;
            association.ResourceUri = clusterId;
            _ = new DataCollectionRuleAssociation(logicalName, association, new CustomResourceOptions { Parent = parent });
        }
    }

    /// <summary>Lets the network query the metrics, by a private endpoint.</summary>
    public void AllowFrom(EnvironmentNetwork network) => network.Connect(
        $"{_name}-link",
        "metrics",
        MetricsWorkspaceId,
        "prometheusMetrics",
        network.Zone("prometheus-zone", $"privatelink.{_args.Azure.Location}.prometheus.monitor.azure.com"),
        this);

    private static ImmutableDictionary<string, object> ContainerInsightsSettings() => ImmutableDictionary<string, object>.Empty.Add(
        "dataCollectionSettings",
        ImmutableDictionary<string, object>.Empty
            .Add("interval", "1m")
            .Add("namespaceFilteringMode", "Off")
            .Add("enableContainerLogV2", true));

    private DataCollectionRule Rule(string name, string purpose, DataCollectionRuleArgs rule)
    {
        rule.DataCollectionRuleName = _args.Azure.Names.DataCollectionRule(purpose);
        rule.ResourceGroupName = _args.ResourceGroupName;
        rule.Location = _args.Azure.Location;
        rule.Kind = KnownDataCollectionRuleResourceKind.Linux;
        rule.DataCollectionEndpointId = EndpointId;
        rule.Tags = _args.Azure.Tags;
        return new DataCollectionRule(name, rule, new CustomResourceOptions { Parent = this });
    }

    private DataCollectionRuleArgs ContainerLogs() => new()
    {
        DataSources = new DataCollectionRuleDataSourcesArgs
        {
            Extensions =
            {
                new ExtensionDataSourceArgs
                {
                    Name = "container-insights",
                    ExtensionName = "ContainerInsights",
                    Streams = [.. LogStreams],
                    ExtensionSettings = Output.Create<object>(ContainerInsightsSettings()),
                },
            },
        },
        Destinations = new DataCollectionRuleDestinationsArgs
        {
            LogAnalytics = { new LogAnalyticsDestinationArgs { Name = LogsDestination, WorkspaceResourceId = _args.Logs.WorkspaceId } },
        },
        DataFlows = { new DataFlowArgs { Streams = [.. LogStreams], Destinations = { LogsDestination } } },
    };

    private DataCollectionRuleArgs Prometheus() => new()
    {
        DataSources = new DataCollectionRuleDataSourcesArgs
        {
            PrometheusForwarder = { new PrometheusForwarderDataSourceArgs { Name = "prometheus", Streams = { PrometheusStream } } },
        },
        Destinations = new DataCollectionRuleDestinationsArgs
        {
            MonitoringAccounts =
            {
                new MonitoringAccountDestinationArgs { Name = MetricsDestination, AccountResourceId = MetricsWorkspaceId },
            },
        },
        DataFlows = { new DataFlowArgs { Streams = { PrometheusStream }, Destinations = { MetricsDestination } } },
    };
}
