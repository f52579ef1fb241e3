using Pulumi.AzureNative.Monitor;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>An alert of the catalogue.</summary>
/// <param name="Name">The name, unique in the catalogue and a part of the name in Azure.</param>
/// <param name="Severity">How bad it is: 0 critical, 1 error, 2 warning, 3 informational.</param>
/// <param name="Description">What has happened and what follows from it, for whoever is woken by it.</param>
internal abstract record AlertRule(string Name, int Severity, string Description);

/// <summary>An alert on a metric of a resource.</summary>
/// <param name="Name">The name.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Description">What has happened.</param>
/// <param name="Target">What has the metric.</param>
/// <param name="Metric">The metric's name.</param>
/// <param name="Aggregation">How the values of a window become one.</param>
/// <param name="Operator">How that one compares to the threshold when it alerts.</param>
/// <param name="Threshold">The threshold, in the unit of the metric.</param>
/// <param name="Window">How much time is looked at, as ISO 8601 has it.</param>
/// <param name="Frequency">How often, as ISO 8601 has it.</param>
internal sealed record MetricAlertRule(
    string Name,
    int Severity,
    string Description,
    AlertTarget Target,
    string Metric,
    AggregationTypeEnum Aggregation,
    Operator Operator,
    double Threshold,
    string Window,
    string Frequency) : AlertRule(Name, Severity, Description)
{
    /// <summary>The dimension that is looked at, with its value; null for all.</summary>
    public (string Name, string Value)? Dimension { get; init; }

    /// <summary>Whether some resources of the type have no such metric, as servers without replicas have no lag.</summary>
    public bool IsOptional { get; init; }
}

/// <summary>An alert on an operation on anything in the environment.</summary>
/// <param name="Name">The name.</param>
/// <param name="Severity">The severity; Azure has none for these alerts, so it is told in the description.</param>
/// <param name="Description">What has happened.</param>
/// <param name="Operation">The operation of Resource Manager.</param>
internal sealed record ActivityAlertRule(string Name, int Severity, string Description, string Operation)
    : AlertRule(Name, Severity, Description);

/// <summary>An alert on what a query of the logs finds.</summary>
/// <param name="Name">The name.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Description">What has happened.</param>
/// <param name="Query">The query, in the Kusto Query Language; more than <paramref name="Threshold"/> rows alert.</param>
/// <param name="Threshold">How many rows are still normal.</param>
/// <param name="Window">How much time is looked at, as ISO 8601 has it.</param>
/// <param name="Frequency">How often, as ISO 8601 has it.</param>
internal sealed record QueryAlertRule(
    string Name, int Severity, string Description, string Query, int Threshold, string Window, string Frequency)
    : AlertRule(Name, Severity, Description);

/// <summary>An alert on Prometheus metrics of a cluster.</summary>
/// <param name="Name">The name.</param>
/// <param name="Severity">The severity.</param>
/// <param name="Description">What has happened.</param>
/// <param name="Expression">The expression, in PromQL; each series of its result alerts.</param>
/// <param name="For">For how long it must hold, as ISO 8601 has it.</param>
internal sealed record PrometheusAlertRule(string Name, int Severity, string Description, string Expression, string For)
    : AlertRule(Name, Severity, Description);
