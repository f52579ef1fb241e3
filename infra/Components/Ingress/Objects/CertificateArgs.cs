using System.Collections.Immutable;
using Pulumi;
using Pulumi.Kubernetes.ApiExtensions;

namespace CantonInfra.Infra.Components.Ingress.Objects;

/// <summary>A <c>Certificate</c> of cert-manager: one that is always there and never old.</summary>
internal sealed class CertificateArgs() : CustomResourceArgs("cert-manager.io/v1", "Certificate")
{
    /// <summary>What it says.</summary>
    [Input("spec")]
    public required CertificateSpecArgs Spec { get; init; }
}

/// <summary>What a <see cref="CertificateArgs"/> says.</summary>
internal sealed class CertificateSpecArgs : ResourceArgs
{
    /// <summary>The secret that certificate and key are kept in.</summary>
    [Input("secretName")]
    public required string SecretName { get; init; }

    /// <summary>The names.</summary>
    [Input("dnsNames")]
    public required ImmutableArray<string> DnsNames { get; init; }

    /// <summary>Who issues it.</summary>
    [Input("issuerRef")]
    public required NamedObjectArgs IssuerRef { get; init; }

    /// <summary>The key.</summary>
    [Input("privateKey")]
    public required PrivateKeyArgs PrivateKey { get; init; }

    /// <summary>What it is good for.</summary>
    [Input("usages")]
    public required ImmutableArray<string> Usages { get; init; }
}

/// <summary>The key of a certificate.</summary>
internal sealed class PrivateKeyArgs : ResourceArgs
{
    /// <summary>The algorithm.</summary>
    [Input("algorithm")]
    public required string Algorithm { get; init; }

    /// <summary>The size in bits.</summary>
    [Input("size")]
    public required int Size { get; init; }

    /// <summary>When there is a new one.</summary>
    [Input("rotationPolicy")]
    public required string RotationPolicy { get; init; }
}
