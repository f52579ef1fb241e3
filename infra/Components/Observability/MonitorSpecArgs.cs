using Pulumi;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What all monitors say: how many labels a metric has, and how long they are. Official inputs are read from base classes, too.</summary>
internal abstract class MonitorSpecArgs : ResourceArgs
{
    /// <summary>How many labels a metric has at most.</summary>
    [Input("labelLimit")]
    public int LabelLimit { get; init; } = MetricLimits.Labels;

    /// <summary>How long a label's name is at most.</summary>
    [Input("labelNameLengthLimit")]
    public int LabelNameLengthLimit { get; init; } = MetricLimits.LabelName;

    /// <summary>How long a label's value is at most.</summary>
    [Input("labelValueLengthLimit")]
    public int LabelValueLengthLimit { get; init; } = MetricLimits.LabelValue;
}
