using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>A <c>GatewayClass</c> of the Gateway API: which controller serves gateways.</summary>
internal sealed class GatewayClassArgs() : CustomResourceArgs("gateway.networking.k8s.io/v1", "GatewayClass")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required GatewayClassSpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="GatewayClassArgs"/> says.</summary>
internal sealed class GatewayClassSpecArgs : ResourceArgs
{
    /// <summary>The controller's name.</summary>
    [Input("controllerName")]
    public required string ControllerName { get; init; }
}
