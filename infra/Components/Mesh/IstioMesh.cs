using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Ingress;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Isolation.Objects;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;

namespace CantonInfra.Infra.Components.Mesh;

/// <summary>What <see cref="IstioMesh"/> needs.</summary>
internal sealed record IstioMeshArgs
{
    /// <summary>The namespace of the control plane, <see cref="IstioMesh.SystemNamespace"/>.</summary>
    public required TrustZoneNamespace System { get; init; }

    /// <summary>The namespace of what runs on each node, <see cref="IstioMesh.NodeNamespace"/>.</summary>
    public required TrustZoneNamespace Nodes { get; init; }

    /// <summary>What the identities of pods begin with.</summary>
    public required string TrustDomain { get; init; }

    /// <summary>The authority that certificates come from; null where Istio makes one itself.</summary>
    public Resource? Authority { get; init; }
}

/// <summary>Istio, by its official charts (A9, C2): pods of its members talk to each other by mutual TLS alone.</summary>
/// <remarks>Values and ports: istio/istio 1.30.3, <c>manifests/charts</c>; see docs/decisions/0050.</remarks>
internal sealed class IstioMesh : ComponentResource
{
    /// <summary>The namespace of the control plane, and the one whose policies hold for the whole mesh.</summary>
    public const string SystemNamespace = "istio-system";

    /// <summary>The namespace of what sets up the network of pods on each node.</summary>
    public const string NodeNamespace = "istio-cni";

    /// <summary>The deployment of the control plane.</summary>
    public const string ControlPlane = "istiod";

    /// <summary>What runs on each node.</summary>
    public const string NodeAgent = "istio-cni-node";

    /// <summary>The host that charts come from.</summary>
    public const string ChartHost = "istio-release.storage.googleapis.com";

    private const string Repository = $"https://{ChartHost}/charts";
    private const string Version = "1.30.3";
    private const string BaseChart = "base";
    private const string ControlChart = "istiod";
    private const string NodeChart = "cni";
    private const string Images = "docker.io/istio";
    private const string OneDay = "24h0m0s";

    private readonly IstioMeshArgs _args;

    /// <summary>Declares the releases and that the mesh takes nothing but mutual TLS.</summary>
    public IstioMesh(string name, IstioMeshArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:mesh:IstioMesh", name, options)
    {
        _args = args;
        var definitions = Install("base", BaseChart, args.System, []);
        var nodes = Install("cni", NodeChart, args.Nodes, NodeValues(), definitions);
        var control = Install("istiod", ControlChart, args.System, ControlValues(), [definitions, nodes, .. Authority]);
        var strict = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-strict",
            new PeerAuthenticationArgs
            {
                // In the root namespace and without a selector: for every pod of the mesh.
                Metadata = args.System.Metadata("default"),
                Spec = new PeerAuthenticationSpecArgs { MutualTls = new MutualTlsArgs { Mode = MutualTlsArgs.Strict } },
            },
            args.System.Within(this, control));
        _ = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-metrics",
            new PodMonitorArgs
            {
                Metadata = args.System.Metadata(ControlPlane),
                Spec = PodMonitorSpecArgs.Of(ImmutableSortedDictionary<string, string>.Empty.Add("app", ControlPlane), "http-monitoring"),
            },
            args.System.Within(this, control));
        Ready = [control, strict];
        RegisterOutputs();
    }

    /// <summary>What of it pods show that they run, so that there are new ones when it is another.</summary>
    public static string PodVersion => $"istio-{Version}";

    /// <summary>What the chart of the control plane makes.</summary>
    public static ChartContract ControlContract => ChartContracts.Find(ControlChart, Version).In(ControlPlane, SystemNamespace);

    /// <summary>What the chart for nodes makes.</summary>
    public static ChartContract NodeContract => ChartContracts.Find(NodeChart, Version).In(NodeNamespace, NodeNamespace);

    /// <summary>What the first pod of the mesh waits for.</summary>
    public ImmutableArray<Resource> Ready { get; }

    private IEnumerable<Resource> Authority => _args.Authority is { } authority ? [authority] : [];

    private static Dictionary<string, object> Seccomp => new() { ["type"] = "RuntimeDefault" };

    private static Dictionary<string, object> Global() => new()
    {
        // The chart's registry sends on to others; this one is let out to for other images already. Without a shell in them.
        ["hub"] = Images,
        ["tag"] = Version,
        ["variant"] = "distroless",
        ["logAsJson"] = true,
    };

    private static Dictionary<string, object> NodeValues() => new()
    {
        ["global"] = Global(),
        ["resources"] = ContainerResources.Small.Values,

        // Pods that started before it was there on their node get what they miss without being deleted.
        ["repair"] = new Dictionary<string, object> { ["enabled"] = true, ["repairPods"] = true },
    };

    private Dictionary<string, object> ControlValues()
    {
        var global = Global();
        global["proxy"] = new Dictionary<string, object>
        {
            // So that namespaces can ask for all of 'restricted' of pods with a sidecar.
            ["seccompProfile"] = Seccomp,

            // Databases are in no mesh: drivers speak to them themselves, with TLS of their own, and network policies say who.
            ["excludeOutboundPorts"] = PostgreSqlServer.Port,
        };
        return new Dictionary<string, object>
        {
            ["global"] = global,

            // The network of a pod is set up on its node: no container of the pod needs rights for it.
            ["cni"] = new Dictionary<string, object> { ["enabled"] = true },
            ["env"] = new Dictionary<string, object>
            {
                // Sidecars that start before init containers and end after Jobs: Splice's wait for their database, ours ask the ledger.
                ["ENABLE_NATIVE_SIDECARS"] = "true",

                // Nobody takes away a certificate that is known to somebody; it ends soon.
                ["DEFAULT_WORKLOAD_CERT_TTL"] = OneDay,
                ["MAX_WORKLOAD_CERT_TTL"] = OneDay,
            },
            ["meshConfig"] = new Dictionary<string, object>
            {
                ["trustDomain"] = _args.TrustDomain,
                ["rootNamespace"] = SystemNamespace,
                ["enableAutoMtls"] = true,
                ["meshMTLS"] = new Dictionary<string, object> { ["minProtocolVersion"] = "TLSV1_3" },

                // What leaves is for network policies and the firewall: a sidecar is no border to whoever is in its pod.
                ["outboundTrafficPolicy"] = new Dictionary<string, object> { ["mode"] = "ALLOW_ANY" },
            },
            ["autoscaleEnabled"] = false,
            ["replicaCount"] = 2,
            ["seccompProfile"] = Seccomp,
            ["resources"] = new ContainerResources("200m", "2", "1Gi").Values,
            ["topologySpreadConstraints"] = new List<object>
            {
                new Dictionary<string, object>
                {
                    ["maxSkew"] = 1,
                    ["topologyKey"] = "topology.kubernetes.io/zone",
                    ["whenUnsatisfiable"] = "ScheduleAnyway",
                    ["labelSelector"] = new Dictionary<string, object>
                    {
                        ["matchLabels"] = new Dictionary<string, object> { ["app"] = ControlPlane },
                    },
                },
            },
        };
    }

    private Release Install(
        string name, string chart, TrustZoneNamespace home, Dictionary<string, object> values, params ReadOnlySpan<Resource> after) => new(
        $"istio-{name}",
        new ReleaseArgs
        {
            // The names that Istio's own guide gives the releases, which the charts' names of objects go with.
            Name = chart == NodeChart ? NodeNamespace : chart == BaseChart ? "istio-base" : ControlPlane,
            Chart = chart,
            RepositoryOpts = new RepositoryOptsArgs { Repo = Repository },
            Version = Version,
            Namespace = home.NamespaceName,
            Atomic = true,
            Values = values,
        },
        home.Within(this, after));
}
