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

    /// <summary>The names; an authority has none.</summary>
    [Input("dnsNames")]
    public ImmutableArray<string>? DnsNames { get; init; }

    /// <summary>Whether it is an authority's, which issues others.</summary>
    [Input("isCA")]
    public bool? IsAuthority { get; init; }

    /// <summary>What it is called, where it has no names.</summary>
    [Input("commonName")]
    public string? CommonName { get; init; }

    /// <summary>Addresses that it is for, such as a SPIFFE id.</summary>
    [Input("uris")]
    public ImmutableArray<string>? Uris { get; init; }

    /// <summary>How long it is good, as Go writes durations; cert-manager takes 90 days.</summary>
    [Input("duration")]
    public string? Duration { get; init; }

    /// <summary>How long before its end there is a new one; cert-manager takes a third of the duration.</summary>
    [Input("renewBefore")]
    public string? RenewBefore { get; init; }

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
