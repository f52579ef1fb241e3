using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>An <c>EnvoyProxy</c> of Envoy Gateway: the pods and the Service of one gateway.</summary>
internal sealed class EnvoyProxyArgs() : CustomResourceArgs("gateway.envoyproxy.io/v1alpha1", "EnvoyProxy")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required EnvoyProxySpecArgs Spec { get; init; }
}

/// <summary>What an <see cref="EnvoyProxyArgs"/> says.</summary>
internal sealed class EnvoyProxySpecArgs : ResourceArgs
{
    /// <summary>Where proxies run.</summary>
    [Input("provider")]
    public required EnvoyProxyProviderArgs Provider { get; init; }

    /// <summary>What requests are sent to: <c>Service</c> for its address, <c>Endpoint</c>, the default, for its pods'.</summary>
    [Input("routingType")]
    public string? RoutingType { get; init; }
}

/// <summary>Where proxies run.</summary>
internal sealed class EnvoyProxyProviderArgs : ResourceArgs
{
    /// <summary>The kind of place.</summary>
    [Input("type")]
    public string Type { get; init; } = "Kubernetes";

    /// <summary>The cluster.</summary>
    [Input("kubernetes")]
    public required EnvoyKubernetesArgs Kubernetes { get; init; }
}

/// <summary>Proxies in a cluster.</summary>
internal sealed class EnvoyKubernetesArgs : ResourceArgs
{
    /// <summary>The pods.</summary>
    [Input("envoyDeployment")]
    public required EnvoyDeploymentArgs EnvoyDeployment { get; init; }

    /// <summary>The Service in front of them.</summary>
    [Input("envoyService")]
    public required EnvoyServiceArgs EnvoyService { get; init; }

    /// <summary>How many may be missing while nodes are drained.</summary>
    [Input("envoyPDB")]
    public required EnvoyDisruptionBudgetArgs EnvoyDisruptionBudget { get; init; }

    /// <summary>The service account; one with a name made up where it is left out.</summary>
    [Input("envoyServiceAccount")]
    public EnvoyServiceAccountArgs? EnvoyServiceAccount { get; init; }
}

/// <summary>The pods of a gateway.</summary>
internal sealed class EnvoyDeploymentArgs : ResourceArgs
{
    /// <summary>How many.</summary>
    [Input("replicas")]
    public required int Replicas { get; init; }

    /// <summary>Each of them.</summary>
    [Input("pod")]
    public required EnvoyPodArgs Pod { get; init; }

    /// <summary>Envoy's container.</summary>
    [Input("container")]
    public required EnvoyContainerArgs Container { get; init; }
}

/// <summary>A pod of a gateway.</summary>
internal sealed class EnvoyPodArgs : ResourceArgs
{
    /// <summary>How they are spread.</summary>
    [Input("topologySpreadConstraints")]
    public required ImmutableArray<TopologySpreadConstraintArgs> TopologySpreadConstraints { get; init; }

    /// <summary>Labels besides the controller's own.</summary>
    [Input("labels")]
    public ImmutableSortedDictionary<string, string>? Labels { get; init; }

    /// <summary>Annotations.</summary>
    [Input("annotations")]
    public ImmutableSortedDictionary<string, string>? Annotations { get; init; }
}

/// <summary>Envoy's container.</summary>
internal sealed class EnvoyContainerArgs : ResourceArgs
{
    /// <summary>The image.</summary>
    [Input("image")]
    public required string Image { get; init; }

    /// <summary>What it asks for and may use.</summary>
    [Input("resources")]
    public required ResourceRequirementsArgs Resources { get; init; }
}

/// <summary>The Service of a gateway.</summary>
internal sealed class EnvoyServiceArgs : ResourceArgs
{
    /// <summary>The kind of Service.</summary>
    [Input("type")]
    public string Type { get; init; } = "LoadBalancer";

    /// <summary>Whether the load balancer keeps clients' addresses, by asking only nodes that have a pod.</summary>
    [Input("externalTrafficPolicy")]
    public string ExternalTrafficPolicy { get; init; } = "Local";

    /// <summary>What the cloud's load balancer is told.</summary>
    [Input("annotations")]
    public required ImmutableSortedDictionary<string, Input<string>> Annotations { get; init; }
}

/// <summary>How many pods of a gateway may be missing.</summary>
internal sealed class EnvoyDisruptionBudgetArgs : ResourceArgs
{
    /// <summary>How many at most.</summary>
    [Input("maxUnavailable")]
    public required int MaxUnavailable { get; init; }
}

/// <summary>The service account of a gateway's pods.</summary>
internal sealed class EnvoyServiceAccountArgs : ResourceArgs
{
    /// <summary>Its name.</summary>
    [Input("name")]
    public required string Name { get; init; }
}
