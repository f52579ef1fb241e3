using System.Collections.Immutable;
using CantonInfra.Infra.Components.Foundation;
using Pulumi;
using Pulumi.AzureNative.AlertsManagement;
using Pulumi.AzureNative.AlertsManagement.Inputs;
using Pulumi.AzureNative.Monitor;
using Pulumi.AzureNative.Monitor.Inputs;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What <see cref="Alerting"/> needs.</summary>
internal sealed record AlertingArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The resource groups of the environment, by name: operations on anything in them are watched.</summary>
    public required ImmutableArray<Input<string>> WatchedGroups { get; init; }

    /// <summary>The logs that are searched.</summary>
    public required LogAnalytics Logs { get; init; }

    /// <summary>The address that is told.</summary>
    public required string Email { get; init; }
}

/// <summary>Who is told of what (A12): the alerts of <see cref="AlertCatalogue"/>, and the people they go to.</summary>
internal sealed class Alerting : ComponentResource
{
    // Azure's word for both: these resources are in no region.
    private const string GlobalLocation = "Global";

    // Azure shows it in short messages; at most twelve letters.
    private const string ShortName = "canton-ops";

    private readonly AlertingArgs _args;
    private readonly Pulumi.AzureNative.Monitor.ActionGroup _operators;

    /// <summary>Declares the action group, and the alerts that are about the environment as a whole.</summary>
    public Alerting(string name, AlertingArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:observability:Alerting", name, options)
    {
        _args = args;
        _operators = new Pulumi.AzureNative.Monitor.ActionGroup(
            "operators",
            new Pulumi.AzureNative.Monitor.ActionGroupArgs
            {
                ActionGroupName = args.Azure.Names.ActionGroup("operators"),
                ResourceGroupName = args.ResourceGroupName,
                Location = GlobalLocation,
                GroupShortName = ShortName,
                Enabled = true,
                EmailReceivers =
                {
                    new MicrosoftCommonEmailReceiverArgs
                    {
                        Name = "operators",
                        EmailAddress = args.Email,
                        UseCommonAlertSchema = true,
                    },
                },
                Tags = args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = this });
        WatchActivities();
        WatchLogs();
        RegisterOutputs();
    }

    /// <summary>Watches the metrics of a resource.</summary>
    /// <param name="target">What it is.</param>
    /// <param name="name">Its logical name.</param>
    /// <param name="resourceId">Its id.</param>
    /// <param name="parent">Its component.</param>
    public void Watch(AlertTarget target, string name, Input<string> resourceId, Resource parent)
    {
        foreach (var rule in AlertCatalogue.Metrics.Where(rule => rule.Target == target))
        {
            _ = new MetricAlert(
                $"{name}-{rule.Name}",
                new MetricAlertArgs
                {
                    RuleName = _args.Azure.Names.Alert($"{name}-{rule.Name}"),
                    ResourceGroupName = _args.ResourceGroupName,
                    Location = GlobalLocation,
                    Description = rule.Description,
                    Severity = rule.Severity,
                    Enabled = true,
                    AutoMitigate = true,
                    Scopes = { resourceId },
                    WindowSize = rule.Window,
                    EvaluationFrequency = rule.Frequency,
                    Criteria = new MetricAlertSingleResourceMultipleMetricCriteriaArgs
                    {
                        OdataType = "Microsoft.Azure.Monitor.SingleResourceMultipleMetricCriteria",
                        AllOf = { Criterion(rule) },
                    },
                    Actions = { new MetricAlertActionArgs { ActionGroupId = _operators.Id } },
                    Tags = _args.Azure.Tags,
                },
                new CustomResourceOptions { Parent = parent });
        }
    }

    /// <summary>Watches the metrics of what runs in a cluster.</summary>
    /// <param name="name">The cluster's logical name.</param>
    /// <param name="clusterName">Its name in Azure.</param>
    /// <param name="clusterId">Its id.</param>
    /// <param name="metricsWorkspaceId">The id of the workspace that has its metrics.</param>
    /// <param name="parent">Its component.</param>
    public void WatchCluster(
        string name, string clusterName, Input<string> clusterId, Input<string> metricsWorkspaceId, Resource parent) =>
        _ = new PrometheusRuleGroup(
            $"{name}-alerts",
            new PrometheusRuleGroupArgs
            {
                RuleGroupName = _args.Azure.Names.Alert(name),
                ResourceGroupName = _args.ResourceGroupName,
                Location = _args.Azure.Location,
                Scopes = { metricsWorkspaceId, clusterId },
                ClusterName = clusterName,
                Enabled = true,
                Interval = "PT1M",
                Rules = AlertCatalogue.Prometheus.Select(Rule).ToArray(),
                Tags = _args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = parent });

    /// <summary>Watches what a query of the logs finds.</summary>
    /// <param name="rule">The query.</param>
    /// <param name="parent">The component that it is about.</param>
    public void Watch(QueryAlertRule rule, Resource parent)
    {
        _ = new ScheduledQueryRule(
            rule.Name,
            new ScheduledQueryRuleArgs
            {
                RuleName = _args.Azure.Names.Alert(rule.Name),
                ResourceGroupName = _args.ResourceGroupName,
                Location = _args.Azure.Location,
                Kind = Kind.LogAlert,
                DisplayName = rule.Name,
                Description = rule.Description,
                Severity = rule.Severity,
                Enabled = true,
                Scopes = { _args.Logs.WorkspaceId },
                WindowSize = rule.Window,
                EvaluationFrequency = rule.Frequency,

                // Tables are there with their first row, and this rule is before it.
                SkipQueryValidation = true,
                AutoMitigate = false,
                Criteria = new ScheduledQueryRuleCriteriaArgs
                {
                    AllOf =
                    {
                        new ConditionArgs
                        {
                            Query = rule.Query,
                            TimeAggregation = TimeAggregation.Count,
                            Operator = ConditionOperator.GreaterThan,
                            Threshold = rule.Threshold,
                            FailingPeriods = new ConditionFailingPeriodsArgs
                            {
                                MinFailingPeriodsToAlert = 1,
                                NumberOfEvaluationPeriods = 1,
                            },
                        },
                    },
                },
                Actions = new ActionsArgs { ActionGroups = { _operators.Id } },
                Tags = _args.Azure.Tags,
            },
            new CustomResourceOptions { Parent = parent });
    }

    private static MetricCriteriaArgs Criterion(MetricAlertRule rule) => new()
    {
        Name = rule.Name,
        CriterionType = "StaticThresholdCriterion",
        MetricName = rule.Metric,
        TimeAggregation = rule.Aggregation,
        Operator = rule.Operator,
        Threshold = rule.Threshold,
        SkipMetricValidation = rule.IsOptional,
        Dimensions = rule.Dimension is { } dimension
            ? [new MetricDimensionArgs { Name = dimension.Name, Operator = "Include", Values = { dimension.Value } }]
            : [],
    };

    private static AlertRuleAnyOfOrLeafConditionArgs Field(string field, string equals) => new() { Field = field, Equals = equals };

    private PrometheusRuleArgs Rule(PrometheusAlertRule rule) => new()
    {
        Alert = rule.Name,
        Expression = rule.Expression,
        For = rule.For,
        Severity = rule.Severity,
        Enabled = true,
        Annotations = { ["description"] = rule.Description },
        ResolveConfiguration = new PrometheusRuleResolveConfigurationArgs { AutoResolved = true, TimeToResolve = "PT10M" },
        Actions = { new PrometheusRuleGroupActionArgs { ActionGroupId = _operators.Id } },
    };

    // Roles and locks of the subscription itself are watched where the subscription is declared.
    private void WatchActivities()
    {
        var subscription = $"/subscriptions/{_args.Azure.SubscriptionId}";
        InputList<string> groups =
            [.. _args.WatchedGroups.Select(group => (Input<string>)Output.Format($"{subscription}/resourceGroups/{group}"))];
        foreach (var rule in AlertCatalogue.Activities)
        {
            Declare(rule, groups, Field("category", "Administrative"), Field("operationName", rule.Operation), Field("status", "Succeeded"));
        }

        Declare(AlertCatalogue.ServiceHealth, [subscription], Field("category", "ServiceHealth"));

        void Declare(AlertRule rule, InputList<string> scopes, params AlertRuleAnyOfOrLeafConditionArgs[] conditions) =>
            _ = new ActivityLogAlert(
                rule.Name,
                new ActivityLogAlertArgs
                {
                    ActivityLogAlertName = _args.Azure.Names.Alert(rule.Name),
                    ResourceGroupName = _args.ResourceGroupName,
                    Location = GlobalLocation,
                    Description = rule.Description,
                    Enabled = true,
                    Scopes = scopes,
                    Condition = new AlertRuleAllOfConditionArgs { AllOf = conditions },
                    Actions = new ActionListArgs
                    {
                        ActionGroups = { new Pulumi.AzureNative.Monitor.Inputs.ActionGroupArgs { ActionGroupId = _operators.Id } },
                    },
                    Tags = _args.Azure.Tags,
                },
                new CustomResourceOptions { Parent = this });
    }

    private void WatchLogs()
    {
        foreach (var rule in AlertCatalogue.Queries)
        {
            Watch(rule, this);
        }
    }
}
