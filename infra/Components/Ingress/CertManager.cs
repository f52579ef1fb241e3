using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>What <see cref="CertManager"/> needs.</summary>
internal sealed record CertManagerArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group for identities.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>The issuer of the cluster's tokens, exactly as the cluster gives it.</summary>
    public required Input<string> TokenIssuer { get; init; }

    /// <summary>Its namespace.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>The zone that certificates are for.</summary>
    public required PublicDnsZone Dns { get; init; }

    /// <summary>The directory of the certificate authority, which speaks ACME.</summary>
    public required string AcmeServer { get; init; }

    /// <summary>Whom the certificate authority writes to.</summary>
    public required string Email { get; init; }

    /// <summary>The digests of images.</summary>
    public IngressImages Images { get; init; } = IngressImages.ByTag;
}

/// <summary>
/// cert-manager, which has certificates issued and renewed: by records in the zone (DNS-01), so that nothing has to be reached from
/// outside for it (A8).
/// </summary>
internal sealed class CertManager : ComponentResource
{
    /// <summary>The namespace, the release and what everything of it is called.</summary>
    public const string Name = "cert-manager";

    private const string Chart = "oci://quay.io/jetstack/charts/cert-manager";
    private const string Version = "v1.21.1";
    private const string IssuerName = "acme";

    private readonly CertManagerArgs _args;
    private readonly ImmutableArray<Resource> _ready;

    /// <summary>Declares the release, its identity and the issuer.</summary>
    public CertManager(string name, CertManagerArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ingress:CertManager", name, options)
    {
        _args = args;
        var identity = new WorkloadIdentity(
            $"{name}-identity",
            new WorkloadIdentityArgs
            {
                Azure = args.Azure,
                ResourceGroupName = args.IdentityResourceGroupName,
                Purpose = Name,
                Issuer = args.TokenIssuer,
                Namespace = args.Namespace.NamespaceName,
                ServiceAccount = Name,
            },
            new ComponentResourceOptions { Parent = this });
        var mayAnswer = args.Dns.GrantChallenges(identity.Identity);
        var release = new Release(
            name,
            new ReleaseArgs
            {
                Name = Name,
                Chart = Chart,
                Version = Version,
                Namespace = args.Namespace.NamespaceName,
                Atomic = true,
                Values = Values(identity.ClientId),
            },
            args.Namespace.Within(this));
        var issuer = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-issuer",
            new ClusterIssuerArgs
            {
                Metadata = new ObjectMetaArgs { Name = IssuerName },
                Spec = new IssuerSpecArgs { Acme = Acme(identity.ClientId) },
            },
            args.Namespace.Within(this, release, mayAnswer));
        _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-metrics",
            new PodMonitorArgs
            {
                Metadata = args.Namespace.Metadata(Name),
                Spec = PodMonitorSpecArgs.Of(
                    ImmutableSortedDictionary<string, string>.Empty.Add("app.kubernetes.io/component", "controller"), "http-metrics"),
            },
            args.Namespace.Within(this, release));
        _ready = [issuer];
        RegisterOutputs();
    }

    /// <summary>What the chart makes.</summary>
    public static ChartContract Contract => ChartContracts.Find(Chart, Version).In(Name, Name);

    /// <summary>What whoever has objects of cert-manager waits for.</summary>
    public Resource Ready => _ready[0];

    /// <summary>Has a certificate issued and renewed.</summary>
    /// <param name="name">The name of its secret.</param>
    /// <param name="home">The namespace of its secret.</param>
    /// <param name="hosts">The host names.</param>
    /// <param name="parent">The component that shows it.</param>
    /// <returns>The certificate; it is there once the zone has been delegated and the authority has seen it.</returns>
    public Resource AddCertificate(string name, TrustZoneNamespace home, ImmutableArray<string> hosts, Resource parent)
    {
        var metadata = home.Metadata(name);
        metadata.Annotations = new InputMap<string> { ["pulumi.com/waitFor"] = "condition=Ready" };
        return new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{home.NamespaceName}-{name}",
            new CertificateArgs
            {
                Metadata = metadata,
                Spec = new CertificateSpecArgs
                {
                    SecretName = name,
                    DnsNames = hosts,
                    IssuerRef = new NamedObjectArgs { Group = "cert-manager.io", Kind = "ClusterIssuer", Name = IssuerName },
                    PrivateKey = new PrivateKeyArgs { Algorithm = "ECDSA", Size = 256, RotationPolicy = "Always" },
                    Usages = ["digital signature", "server auth"],
                },
            },
            home.Within(parent, [.. _ready]));
    }

    private static Dictionary<string, object> Budget() => new() { ["enabled"] = true, ["maxUnavailable"] = 1 };

    // With the tag, so that people see which version a digest is.
    private Dictionary<string, object> Values(Output<string> clientId)
    {
        var values = ValuesByTag(clientId);
        Pin(values, _args.Images.CertManager);
        Pin((Dictionary<string, object>)values["webhook"], _args.Images.CertManagerWebhook);
        Pin((Dictionary<string, object>)values["cainjector"], _args.Images.CertManagerCaInjector);
        Pin((Dictionary<string, object>)values["startupapicheck"], _args.Images.CertManagerStartupApiCheck);
        return values;
    }

    private static void Pin(Dictionary<string, object> part, string? digest)
    {
        if (digest is not null)
        {
            part["image"] = new Dictionary<string, object> { ["tag"] = Version, ["digest"] = digest };
        }
    }

    private Dictionary<string, object> ValuesByTag(Output<string> clientId) => new()
    {
        // What the chart made stays when a release goes: certificates would go with their definition.
        ["crds"] = new Dictionary<string, object> { ["enabled"] = true, ["keep"] = true },

        // The chart's own choice is kube-system, where it would need rights.
        ["global"] = new Dictionary<string, object>
        {
            ["leaderElection"] = new Dictionary<string, object> { ["namespace"] = _args.Namespace.NamespaceName },
        },
        ["replicaCount"] = 2,
        ["podDisruptionBudget"] = Budget(),
        ["podLabels"] = new Dictionary<string, object> { ["azure.workload.identity/use"] = "true" },
        ["serviceAccount"] = new Dictionary<string, object>
        {
            ["name"] = Name,
            ["annotations"] = new Dictionary<string, object> { ["azure.workload.identity/client-id"] = clientId },
        },

        // The authoritative servers are asked by way of the cluster's DNS: nothing else of theirs can be reached.
        ["dns01RecursiveNameserversOnly"] = true,
        ["resources"] = ContainerResources.Small.Values,
        ["webhook"] = new Dictionary<string, object>
        {
            ["replicaCount"] = 2,
            ["podDisruptionBudget"] = Budget(),
            ["resources"] = ContainerResources.Small.Values,
        },
        ["cainjector"] = new Dictionary<string, object> { ["resources"] = ContainerResources.Small.Values },
        ["startupapicheck"] = new Dictionary<string, object> { ["resources"] = ContainerResources.Small.Values },
    };

    private AcmeIssuerArgs Acme(Output<string> clientId) => new()
    {
        Server = _args.AcmeServer,
        Email = _args.Email,
        PrivateKeySecretRef = new NamedObjectArgs { Name = "acme-account" },
        Solvers =
        [
            new AcmeSolverArgs
            {
                Dns01 = new Dns01SolverArgs
                {
                    AzureDns = new AzureDnsArgs
                    {
                        HostedZoneName = _args.Dns.DomainName,
                        ResourceGroupName = _args.Dns.ResourceGroupName,
                        SubscriptionId = _args.Azure.SubscriptionId,
                        ManagedIdentity = new ManagedIdentityArgs { ClientId = clientId },
                    },
                },
            },
        ],
    };
}
