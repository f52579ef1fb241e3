using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using Pulumi;

namespace CantonInfra.Infra.Components.Mesh;

/// <summary>What <see cref="MeshAuthority"/> needs.</summary>
internal sealed record MeshAuthorityArgs
{
    /// <summary>The namespace of the control plane, which reads the authority.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>What the identities of pods begin with.</summary>
    public required string TrustDomain { get; init; }

    /// <summary>The issuer that signs the authority; null for a root that is made here.</summary>
    public NamedObjectArgs? Issuer { get; init; }

    /// <summary>What must be there before: cert-manager.</summary>
    public required Resource After { get; init; }
}

/// <summary>
/// The authority that pods' certificates come from, by cert-manager (C2): good for ninety days and made anew, with another key, thirty days
/// before. Its root is the operator's, or one of ten years whose key is in the cluster.
/// </summary>
/// <remarks>
/// The secret is <c>cacerts</c> with tls.crt, tls.key and ca.crt, which Istio takes and reads again when they change, as long as the root in
/// ca.crt stays (istio/istio 1.30.3, <c>pilot/pkg/bootstrap/istio_ca.go</c>). Keys are of RSA, as in Istio's own guide to authorities of one's own.
/// </remarks>
internal sealed class MeshAuthority : ComponentResource
{
    /// <summary>The secret that Istio looks for.</summary>
    public const string SecretName = "cacerts";

    private const string RootName = "mesh-root";
    private const string SelfSigned = "self-signed";
    private const string TenYears = "87600h";
    private const string NinetyDays = "2160h";
    private const string ThirtyDays = "720h";

    private readonly MeshAuthorityArgs _args;

    /// <summary>Declares it.</summary>
    public MeshAuthority(string name, MeshAuthorityArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:mesh:MeshAuthority", name, options)
    {
        _args = args;
        var issuer = args.Issuer;
        var before = args.After;
        if (issuer is null)
        {
            var root = Certificate(
                RootName,
                TenYears,
                renewBefore: null,
                "Never",
                IssuerOf(SelfSigned),
                Issuer(SelfSigned, new IssuerSpecArgs { SelfSigned = new SelfSignedIssuerArgs() }, before));
            before = Issuer(RootName, new IssuerSpecArgs { Authority = new SecretIssuerArgs { SecretName = RootName } }, root);
            issuer = IssuerOf(RootName);
        }

        Ready = Certificate(SecretName, NinetyDays, ThirtyDays, "Always", issuer, before);
        RegisterOutputs();
    }

    /// <summary>What the control plane waits for: without the secret it would make an authority of its own.</summary>
    public Resource Ready { get; }

    private static NamedObjectArgs IssuerOf(string name) => new() { Group = "cert-manager.io", Kind = "Issuer", Name = name };

    private Pulumi.Kubernetes.ApiExtensions.CustomResource Issuer(string name, IssuerSpecArgs spec, Resource before) =>
        Declare($"{name}-issuer", new IssuerArgs { Metadata = _args.Namespace.Metadata(name), Spec = spec }, before);

    private Pulumi.Kubernetes.ApiExtensions.CustomResource Certificate(
        string name, string duration, string? renewBefore, string rotation, NamedObjectArgs issuer, Resource before)
    {
        var metadata = _args.Namespace.Metadata(name);
        metadata.Annotations = new InputMap<string> { ["pulumi.com/waitFor"] = "condition=Ready" };
        return Declare(
            name,
            new CertificateArgs
            {
                Metadata = metadata,
                Spec = new CertificateSpecArgs
                {
                    SecretName = name,
                    IsAuthority = true,
                    CommonName = name,
                    Uris = [$"spiffe://{_args.TrustDomain}"],
                    Duration = duration,
                    RenewBefore = renewBefore,
                    IssuerRef = issuer,

                    // Another root would be one that the certificates of running pods do not know.
                    PrivateKey = new PrivateKeyArgs { Algorithm = "RSA", Size = 4096, RotationPolicy = rotation },
                    Usages = ["cert sign", "crl sign", "digital signature"],
                },
            },
            before);
    }

    private Pulumi.Kubernetes.ApiExtensions.CustomResource Declare(string name, Pulumi.Kubernetes.ApiExtensions.CustomResourceArgs args, Resource before) =>
        new($"mesh-{name}", args, _args.Namespace.Within(this, before));
}
