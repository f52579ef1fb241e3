using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>A <c>Gateway</c> of the Gateway API: where traffic comes in.</summary>
internal sealed class GatewayArgs() : CustomResourceArgs("gateway.networking.k8s.io/v1", "Gateway")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required GatewaySpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="GatewayArgs"/> says.</summary>
internal sealed class GatewaySpecArgs : ResourceArgs
{
    /// <summary>The class.</summary>
    [Input("gatewayClassName")]
    public required string GatewayClassName { get; init; }

    /// <summary>Settings of the controller for this gateway.</summary>
    [Input("infrastructure")]
    public required GatewayInfrastructureArgs Infrastructure { get; init; }

    /// <summary>What it listens to.</summary>
    [Input("listeners")]
    public required ImmutableArray<ListenerArgs> Listeners { get; init; }
}

/// <summary>Settings of the controller for one gateway.</summary>
internal sealed class GatewayInfrastructureArgs : ResourceArgs
{
    /// <summary>The object that has them.</summary>
    [Input("parametersRef")]
    public required NamedObjectArgs ParametersRef { get; init; }
}

/// <summary>One host of a gateway.</summary>
internal sealed class ListenerArgs : ResourceArgs
{
    /// <summary>The name, unique in the gateway.</summary>
    [Input("name")]
    public required string Name { get; init; }

    /// <summary>The host; <c>*.</c> in front stands for all one level below.</summary>
    [Input("hostname")]
    public required string Hostname { get; init; }

    /// <summary>The port.</summary>
    [Input("port")]
    public required int Port { get; init; }

    /// <summary>The protocol.</summary>
    [Input("protocol")]
    public required string Protocol { get; init; }

    /// <summary>The certificate.</summary>
    [Input("tls")]
    public required ListenerTlsArgs Tls { get; init; }

    /// <summary>Whose routes may use the host.</summary>
    [Input("allowedRoutes")]
    public required AllowedRoutesArgs AllowedRoutes { get; init; }
}

/// <summary>How a listener ends TLS.</summary>
internal sealed class ListenerTlsArgs : ResourceArgs
{
    /// <summary>Whether the gateway ends it.</summary>
    [Input("mode")]
    public required string Mode { get; init; }

    /// <summary>The secrets with the certificates.</summary>
    [Input("certificateRefs")]
    public required ImmutableArray<NamedObjectArgs> CertificateRefs { get; init; }
}

/// <summary>Whose routes a listener takes.</summary>
internal sealed class AllowedRoutesArgs : ResourceArgs
{
    /// <summary>The namespaces.</summary>
    [Input("namespaces")]
    public required RouteNamespacesArgs Namespaces { get; init; }
}

/// <summary>Namespaces by their labels.</summary>
internal sealed class RouteNamespacesArgs : ResourceArgs
{
    /// <summary>How they are chosen.</summary>
    [Input("from")]
    public required string From { get; init; }

    /// <summary>The labels.</summary>
    [Input("selector")]
    public required LabelSelectorArgs Selector { get; init; }
}
