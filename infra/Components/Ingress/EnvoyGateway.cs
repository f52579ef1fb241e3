using CantonInfra.Contracts;
using CantonInfra.Infra.Components.Ingress.Objects;
using CantonInfra.Infra.Components.Isolation;
using Pulumi;
using Pulumi.Kubernetes.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Helm.V3;
using Pulumi.Kubernetes.Types.Inputs.Meta.V1;

namespace CantonInfra.Infra.Components.Ingress;

/// <summary>Envoy Gateway: what makes proxies of Gateways (A8).</summary>
internal sealed class EnvoyGateway : ComponentResource
{
    /// <summary>The namespace of the controller and of all proxies.</summary>
    public const string NamespaceName = "ingress";

    /// <summary>The class of gateways.</summary>
    public const string ClassName = "envoy";

    /// <summary>The image of the proxies: what this version of the controller was made for.</summary>
    public const string ProxyImage = "docker.io/envoyproxy/envoy:distroless-v1.38.3";

    private const string Chart = "oci://docker.io/envoyproxy/gateway-helm";
    private const string Version = "v1.8.3";
    private const string ReleaseName = "envoy";

    /// <summary>Declares the release and the class.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="home">The namespace.</param>
    /// <param name="options">The options.</param>
    public EnvoyGateway(string name, TrustZoneNamespace home, ComponentResourceOptions? options = null)
        : base("canton-infra:ingress:EnvoyGateway", name, options)
    {
        var release = new Release(
            name,
            new ReleaseArgs
            {
                Name = ReleaseName,
                Chart = Chart,
                Version = Version,
                Namespace = home.NamespaceName,
                Atomic = true,
                Values = new InputMap<object>
                {
                    ["deployment"] = new Dictionary<string, object>
                    {
                        ["replicas"] = 2,
                        ["envoyGateway"] = new Dictionary<string, object> { ["resources"] = new ContainerResources("100m", "2", "1Gi").Values },
                    },
                    ["podDisruptionBudget"] = new Dictionary<string, object> { ["minAvailable"] = 1 },
                    ["certgen"] = new Dictionary<string, object>
                    {
                        ["job"] = new Dictionary<string, object> { ["resources"] = ContainerResources.Small.Values },
                    },

                    // It changes pods while they are scheduled; proxies here need not know their zone.
                    ["topologyInjector"] = new Dictionary<string, object> { ["enabled"] = false },
                },
            },
            home.Within(this));
        Ready = new Pulumi.Kubernetes.ApiExtensions.CustomResource(
            $"{name}-class",
            new GatewayClassArgs
            {
                Metadata = new ObjectMetaArgs { Name = ClassName },
                Spec = new GatewayClassSpecArgs { ControllerName = "gateway.envoyproxy.io/gatewayclass-controller" },
            },
            home.Within(this, release));
        RegisterOutputs();
    }

    /// <summary>What the chart makes.</summary>
    public static ChartContract Contract => ChartContracts.Find(Chart, Version).In(ReleaseName, NamespaceName);

    /// <summary>What gateways wait for.</summary>
    public Resource Ready { get; }
}
