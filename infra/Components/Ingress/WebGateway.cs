using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.Kubernetes.Types.Inputs.Core.V1;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>What <see cref="WebGateway"/> needs.</summary>
internal sealed record WebGatewayArgs
{
    /// <summary>The namespace of gateways.</summary>
    public required TrustZoneNamespace Namespace { get; init; }

    /// <summary>Where it is reached.</summary>
    public required GatewayPlace Place { get; init; }

    /// <summary>Its hosts.</summary>
    public required ImmutableArray<GatewayListener> Listeners { get; init; }

    /// <summary>How many requests a client may make in a second, of each route and each pod of the gateway.</summary>
    public required int RequestsPerSecond { get; init; }

    /// <summary>The digest of the proxies' image; null to go by the tag.</summary>
    public string? ProxyDigest { get; init; }

    /// <summary>The mesh that it connects to others through; null for none.</summary>
    public MeshMembership? Mesh { get; init; }

    /// <summary>What must be there before it: the controller, its place, its certificates.</summary>
    public required ImmutableArray<Resource> Needs { get; init; }
}

/// <summary>A gateway of the cluster: HTTPS and nothing else (A8).</summary>
internal sealed class WebGateway : ComponentResource
{
    private const int HttpsPort = 443;

    // Pods of the gateway may not listen on ports that only the system may: the controller adds this.
    private const int PodPort = 10443;
    private const int Replicas = 2;
    private const string OneYear = "max-age=31536000; includeSubDomains";
    private const string GatewayApi = "gateway.networking.k8s.io";

    // A sidecar for what it sends and not for what it gets, which comes from whoever is in no mesh; its own control plane has TLS of its own.
    private static readonly ImmutableSortedDictionary<string, string> SidecarLabels = ImmutableSortedDictionary<string, string>.Empty
        .Add("sidecar.istio.io/inject", "true")
        .Add("security.istio.io/tlsMode", "disabled");

    private static readonly ImmutableSortedDictionary<string, string> SidecarAnnotations = ImmutableSortedDictionary<string, string>.Empty
        .Add("traffic.sidecar.istio.io/includeInboundPorts", "")
        .Add("traffic.sidecar.istio.io/excludeOutboundPorts", "18000");

    private readonly WebGatewayArgs _args;
    private readonly string _name;
    private readonly Resource _gateway;

    /// <summary>Declares the gateway.</summary>
    /// <param name="name">The gateway's name, also a part of the logical ones.</param>
    /// <param name="args">What it needs.</param>
    /// <param name="options">The options.</param>
    public WebGateway(string name, WebGatewayArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:ingress:WebGateway", $"{name}-gateway", options)
    {
        _name = name;
        _args = args;
        var proxy = Declare("proxy", Proxy(), [.. args.Needs, .. args.Mesh?.Needs ?? []]);
        _gateway = Declare("gateway", Gateway(), proxy);
        Declare("clients", ClientPolicy("clients", Target(), validation: null), _gateway);
        Declare("limits", Limits(), _gateway);
        Declare("metrics", new PodMonitorArgs
        {
            Metadata = args.Namespace.Metadata($"{name}-gateway"),
            Spec = PodMonitorSpecArgs.Of(PodLabels(name), "metrics", "/stats/prometheus"),
        });
        RegisterOutputs();
    }

    /// <summary>What the pods listen on, by which network policies go.</summary>
    public static ImmutableArray<ContainerPort> Ports { get; } =
        [new("https", PodPort), new("metrics", 19001), new("readiness", 19003), new("shutdown", 19002, IsNamed: false)];

    /// <summary>The labels of a gateway's pods.</summary>
    /// <param name="name">The gateway's name.</param>
    public static ImmutableSortedDictionary<string, string> PodLabels(string name) => ImmutableSortedDictionary<string, string>.Empty
        .Add("app.kubernetes.io/component", "proxy")
        .Add("gateway.envoyproxy.io/owning-gateway-name", name);

    /// <summary>The service account of a gateway's pods, where it is told: by it they are known in a mesh.</summary>
    /// <param name="name">The gateway's name.</param>
    public static string ServiceAccount(string name) => $"gateway-{name}";

    /// <summary>Names a host for a route.</summary>
    /// <param name="listener">The listener's name.</param>
    public NamedObjectArgs Host(string listener) =>
        new() { Name = _name, Namespace = _args.Namespace.NamespaceName, SectionName = listener };

    /// <summary>What routes wait for.</summary>
    public Resource Ready => _gateway;

    /// <summary>Has clients of a host show a certificate.</summary>
    /// <param name="listener">The listener's name.</param>
    /// <param name="peers">Whose certificates are taken.</param>
    public void RequireCertificates(string listener, ImmutableArray<MachinePeer> peers)
    {
        var authorities = new Pulumi.Kubernetes.Core.V1.ConfigMap(
            $"{_name}-{listener}-authorities",
            new ConfigMapArgs
            {
                Metadata = _args.Namespace.Metadata($"{listener}-authorities"),
                Data = { ["ca.crt"] = string.Join('\n', peers.Select(peer => peer.Authority.Trim()).Distinct(StringComparer.Ordinal)) },
            },
            _args.Namespace.Within(this));
        var validation = new ClientValidationArgs
        {
            AuthorityRefs = [new NamedObjectArgs { Kind = "ConfigMap", Name = $"{listener}-authorities" }],
            SubjectAltNames = new SubjectAltNamesArgs
            {
                DnsNames = [.. peers.Select(peer => new StringMatchArgs { Value = peer.Name })],
            },
        };
        Declare($"{listener}-clients", ClientPolicy($"{listener}-clients", Target(listener), validation), _gateway, authorities);
    }

    private Pulumi.Kubernetes.ApiExtensions.CustomResource Declare(
        string name, Pulumi.Kubernetes.ApiExtensions.CustomResourceArgs args, params ReadOnlySpan<Resource> after) =>
        new Pulumi.Kubernetes.ApiExtensions.CustomResource($"{_name}-{name}", args, _args.Namespace.Within(this, after));

    private NamedObjectArgs Target(string? listener = null) =>
        new() { Group = GatewayApi, Kind = "Gateway", Name = _name, SectionName = listener };

    private EnvoyProxyArgs Proxy() => new()
    {
        Metadata = _args.Namespace.Metadata(_name),
        Spec = new EnvoyProxySpecArgs
        {
            Provider = new EnvoyProxyProviderArgs
            {
                Kubernetes = new EnvoyKubernetesArgs
                {
                    EnvoyDeployment = new EnvoyDeploymentArgs
                    {
                        Replicas = Replicas,
                        Pod = new EnvoyPodArgs
                        {
                            Labels = _args.Mesh is null ? null : SidecarLabels,
                            Annotations = _args.Mesh?.PodAnnotations.AddRange(SidecarAnnotations),
                            TopologySpreadConstraints =
                            [
                                new TopologySpreadConstraintArgs
                                {
                                    MaxSkew = 1,
                                    TopologyKey = "topology.kubernetes.io/zone",
                                    WhenUnsatisfiable = "ScheduleAnyway",
                                    LabelSelector = new LabelSelectorArgs { MatchLabels = PodLabels(_name).ToImmutableDictionary() },
                                },
                            ],
                        },
                        Container = new EnvoyContainerArgs
                        {
                            Image = EnvoyGateway.ProxyImageOf(_args.ProxyDigest),
                            Resources = new ContainerResources("200m", "2", "1Gi").Requirements,
                        },
                    },
                    EnvoyService = new EnvoyServiceArgs { Annotations = _args.Place.Annotations },
                    EnvoyDisruptionBudget = new EnvoyDisruptionBudgetArgs { MaxUnavailable = 1 },
                    EnvoyServiceAccount = _args.Mesh is null ? null : new EnvoyServiceAccountArgs { Name = ServiceAccount(_name) },
                },
            },

            // By the addresses of pods a sidecar could not tell whose they are, and would send in plain text.
            RoutingType = _args.Mesh is null ? null : "Service",
        },
    };

    private GatewayArgs Gateway() => new()
    {
        Metadata = _args.Namespace.Metadata(_name),
        Spec = new GatewaySpecArgs
        {
            GatewayClassName = EnvoyGateway.ClassName,
            Infrastructure = new GatewayInfrastructureArgs
            {
                ParametersRef = new NamedObjectArgs { Group = "gateway.envoyproxy.io", Kind = "EnvoyProxy", Name = _name },
            },
            Listeners = [.. _args.Listeners.Select(Listener)],
        },
    };

    private static ListenerArgs Listener(GatewayListener listener) => new()
    {
        Name = listener.Name,
        Hostname = listener.Host,
        Port = HttpsPort,
        Protocol = "HTTPS",
        Tls = new ListenerTlsArgs
        {
            Mode = "Terminate",
            CertificateRefs = [new NamedObjectArgs { Kind = "Secret", Name = listener.Certificate }],
        },
        AllowedRoutes = new AllowedRoutesArgs
        {
            Namespaces = new RouteNamespacesArgs
            {
                From = "Selector",
                Selector = new LabelSelectorArgs { MatchLabels = { ["kubernetes.io/metadata.name"] = listener.RouteNamespace } },
            },
        },
    };

    private ClientTrafficPolicyArgs ClientPolicy(string name, NamedObjectArgs target, ClientValidationArgs? validation) => new()
    {
        Metadata = _args.Namespace.Metadata($"{_name}-{name}"),
        Spec = new ClientTrafficPolicySpecArgs
        {
            TargetRefs = [target],
            Tls = new ClientTlsArgs { MinVersion = "1.2", ClientValidation = validation },

            // What a route does not name must not be reached by writing its path otherwise.
            Path = new PathSettingsArgs { EscapedSlashesAction = "RejectRequest" },
            Headers = new HeaderSettingsArgs
            {
                LateResponseHeaders = new HeaderFilterArgs
                {
                    Set = [new HeaderArgs { Name = "Strict-Transport-Security", Value = OneYear }],
                },
            },
        },
    };

    private BackendTrafficPolicyArgs Limits() => new()
    {
        Metadata = _args.Namespace.Metadata($"{_name}-limits"),
        Spec = new BackendTrafficPolicySpecArgs
        {
            TargetRefs = [Target()],
            RateLimit = new RateLimitArgs
            {
                Local = new LocalRateLimitArgs
                {
                    Rules =
                    [
                        new RateLimitRuleArgs
                        {
                            ClientSelectors = [new RateLimitSelectorArgs { SourceCidr = new SourceCidrArgs { Value = "0.0.0.0/0" } }],
                            Limit = new RateLimitValueArgs { Requests = _args.RequestsPerSecond },
                        },
                    ],
                },
            },
        },
    };
}
