using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>A <c>PodMonitor</c> of Azure's managed Prometheus: pods whose metrics are collected.</summary>
internal sealed class PodMonitorArgs() : CustomResourceArgs("azmonitoring.coreos.com/v1", "PodMonitor")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required PodMonitorSpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="PodMonitorArgs"/> says.</summary>
internal sealed class PodMonitorSpecArgs : MonitorSpecArgs
{
    /// <summary>The pods, of the object's own namespace.</summary>
    [Input("selector")]
    public required LabelSelectorArgs Selector { get; init; }

    /// <summary>Where they show metrics.</summary>
    [Input("podMetricsEndpoints")]
    public required ImmutableArray<PodMetricsEndpointArgs> PodMetricsEndpoints { get; init; }

    /// <summary>Pods by their labels, and a port of theirs.</summary>
    /// <param name="labels">The labels.</param>
    /// <param name="port">The port's name.</param>
    /// <param name="path">The path.</param>
    public static PodMonitorSpecArgs Of(ImmutableSortedDictionary<string, string> labels, string port, string path = "/metrics") => new()
    {
        Selector = new LabelSelectorArgs { MatchLabels = labels.ToImmutableDictionary() },
        PodMetricsEndpoints = [new PodMetricsEndpointArgs { Port = port, Path = path }],
    };
}

/// <summary>Where pods show metrics.</summary>
internal sealed class PodMetricsEndpointArgs : ResourceArgs
{
    /// <summary>The port's name.</summary>
    [Input("port")]
    public required string Port { get; init; }

    /// <summary>The path.</summary>
    [Input("path")]
    public required string Path { get; init; }
}
