using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>A <c>ServiceMonitor</c> of Azure's managed Prometheus: for pods that name no port for their metrics, but whose Service does.</summary>
internal sealed class ServiceMonitorArgs() : CustomResourceArgs("azmonitoring.coreos.com/v1", "ServiceMonitor")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required ServiceMonitorSpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="ServiceMonitorArgs"/> says.</summary>
internal sealed class ServiceMonitorSpecArgs : MonitorSpecArgs
{
    /// <summary>The Services, of the object's own namespace.</summary>
    [Input("selector")]
    public required LabelSelectorArgs Selector { get; init; }

    /// <summary>Where they show metrics.</summary>
    [Input("endpoints")]
    public required ImmutableArray<ServiceEndpointArgs> Endpoints { get; init; }

    /// <summary>Services by one label, and a port of theirs.</summary>
    /// <param name="label">The label.</param>
    /// <param name="values">Its values.</param>
    /// <param name="port">The port's name.</param>
    public static ServiceMonitorSpecArgs Of(string label, ImmutableArray<string> values, string port) => new()
    {
        Selector = new LabelSelectorArgs
        {
            MatchExpressions = { new LabelSelectorRequirementArgs { Key = label, Operator = "In", Values = values } },
        },
        Endpoints = [new ServiceEndpointArgs { Port = port }],
    };
}

/// <summary>Where Services show metrics.</summary>
internal sealed class ServiceEndpointArgs : ResourceArgs
{
    /// <summary>The port's name.</summary>
    [Input("port")]
    public required string Port { get; init; }

    /// <summary>The path.</summary>
    [Input("path")]
    public string Path { get; init; } = "/metrics";
}
