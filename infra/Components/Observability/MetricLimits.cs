namespace CantonInfra.Infra.Components.Observability;

/// <summary>The bounds of labels that monitors must name, or Azure drops what they collect.</summary>
/// <remarks>"Create custom Prometheus scrape job from your Kubernetes cluster using CRDs", Microsoft Learn.</remarks>
internal static class MetricLimits
{
    /// <summary>How many labels a metric has at most.</summary>
    public const int Labels = 63;

    /// <summary>How long a label's name is at most.</summary>
    public const int LabelName = 511;

    /// <summary>How long a label's value is at most.</summary>
    public const int LabelValue = 1023;
}
