using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Isolation.Objects;

/// <summary>A <c>PeerAuthentication</c> of Istio: whether those who connect must show a certificate.</summary>
/// <remarks>From istio/istio 1.30.3, <c>manifests/charts/base/files/crd-all.gen.yaml</c>.</remarks>
internal sealed class PeerAuthenticationArgs() : CustomResourceArgs("security.istio.io/v1", "PeerAuthentication")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required PeerAuthenticationSpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="PeerAuthenticationArgs"/> says.</summary>
internal sealed class PeerAuthenticationSpecArgs : ResourceArgs
{
    /// <summary>The pods; all of the namespace where left out, and of the mesh in its root namespace.</summary>
    [Input("selector")]
    public LabelSelectorArgs? Selector { get; init; }

    /// <summary>What holds for all ports.</summary>
    [Input("mtls")]
    public required MutualTlsArgs MutualTls { get; init; }

    /// <summary>What holds for single ports, by their numbers; only with a selector.</summary>
    [Input("portLevelMtls")]
    public ImmutableSortedDictionary<string, MutualTlsArgs>? OfPorts { get; init; }
}

/// <summary>Whether those who connect must show a certificate.</summary>
internal sealed class MutualTlsArgs : ResourceArgs
{
    /// <summary>With a certificate, and not otherwise.</summary>
    public const string Strict = "STRICT";

    /// <summary>In plain text, and not otherwise.</summary>
    public const string Disable = "DISABLE";

    /// <summary>One of these; what takes both is never said.</summary>
    [Input("mode")]
    public required string Mode { get; init; }
}
