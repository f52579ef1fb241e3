using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>An <c>HTTPRouteFilter</c> of Envoy Gateway: an answer that the gateway gives itself.</summary>
internal sealed class HttpRouteFilterArgs() : CustomResourceArgs("gateway.envoyproxy.io/v1alpha1", "HTTPRouteFilter")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required HttpRouteFilterSpecArgs Spec { get; init; }
}

/// <summary>What an <see cref="HttpRouteFilterArgs"/> says.</summary>
internal sealed class HttpRouteFilterSpecArgs : ResourceArgs
{
    /// <summary>The answer.</summary>
    [Input("directResponse")]
    public required DirectResponseArgs DirectResponse { get; init; }
}

/// <summary>An answer.</summary>
internal sealed class DirectResponseArgs : ResourceArgs
{
    /// <summary>The status.</summary>
    [Input("statusCode")]
    public required int StatusCode { get; init; }
}
