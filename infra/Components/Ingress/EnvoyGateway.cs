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

    private const string ProxyImage = "docker.io/envoyproxy/envoy:distroless-v1.38.3";
    private const string Chart = "oci://docker.io/envoyproxy/gateway-helm";
    private const string Version = "v1.8.3";
    private const string Image = $"docker.io/envoyproxy/gateway:{Version}";
    private const string ReleaseName = "envoy";

    /// <summary>Declares the release and the class.</summary>
    /// <param name="name">The logical name.</param>
    /// <param name="home">The namespace.</param>
    /// <param name="images">The digests of images.</param>
    /// <param name="options">The options.</param>
    public EnvoyGateway(string name, TrustZoneNamespace home, IngressImages images, ComponentResourceOptions? options = null)
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
                Values = Values(images.EnvoyGateway),
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

    /// <summary>The image of the proxies: what this version of the controller was made for.</summary>
    /// <param name="digest">Its digest; null to go by the tag.</param>
    public static string ProxyImageOf(string? digest) => Pinned(ProxyImage, digest);

    private static string Pinned(string image, string? digest) => digest is null ? image : $"{image}@{digest}";

    private static Dictionary<string, object> Values(string? digest)
    {
        var values = new Dictionary<string, object>
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
        };
        if (digest is not null)
        {
            values["global"] = new Dictionary<string, object>
            {
                ["images"] = new Dictionary<string, object>
                {
                    ["envoyGateway"] = new Dictionary<string, object> { ["image"] = Pinned(Image, digest) },
                },
            };
        }

        return values;
    }
}
