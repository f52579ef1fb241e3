using System.Collections.Immutable;

namespace CantonInfra.Contracts.Charts;

/// <summary>Envoy Gateway, by its official chart: the controller. Proxies come of Gateways and not of the chart.</summary>
internal static class EnvoyGateway
{
    private static readonly ImmutableArray<string> Versions = ["v1.8.3"];

    /// <summary>A contract a version.</summary>
    public static ImmutableArray<ChartContract> Contracts { get; } = [.. Versions.Select(Of)];

    private static ChartContract Of(string version) => new()
    {
        Chart = "gateway-helm",
        Repository = "oci://docker.io/envoyproxy",
        Version = version,
        Source = "envoyproxy/gateway, charts/gateway-helm: templates and values.tmpl.yaml",
        Workloads =
        [
            new ChartWorkload
            {
                // Not of the release's name: there is one controller a namespace.
                Name = "envoy-gateway",
                Kind = WorkloadKind.Deployment,
                PodLabels = ImmutableSortedDictionary<string, string>.Empty
                    .Add("control-plane", "envoy-gateway")
                    .Add("app.kubernetes.io/name", "gateway-helm")
                    .Add("app.kubernetes.io/instance", "{release}"),
                PodLabelsValue = "deployment.pod.labels",
                ServiceAccount = "envoy-gateway",
                Ports =
                [
                    new ContainerPort("grpc", 18000),
                    new ContainerPort("ratelimit", 18001),
                    new ContainerPort("wasm", 18002),
                    new ContainerPort("metrics", 19001),
                    new ContainerPort("health", 8081, IsNamed: false),
                    new ContainerPort("webhook", 9443),
                ],
                Security = ChartSecurity.Restricted,
            },
            new ChartWorkload
            {
                Name = "{release}-gateway-helm-certgen",
                Kind = WorkloadKind.Job,
                PodLabels = ImmutableSortedDictionary<string, string>.Empty.Add("app", "certgen"),
                PodLabelsValue = "certgen.job.pod.labels",
                ServiceAccount = "{release}-gateway-helm-certgen",
                Ports = [],
                Security = ChartSecurity.Restricted with { ReadsOnly = true },
            },
        ],
        Services =
        [
            new ChartService("envoy-gateway", "envoy-gateway",
            [
                new ServicePort("grpc", 18000, 18000),
                new ServicePort("ratelimit", 18001, 18001),
                new ServicePort("wasm", 18002, 18002),
                new ServicePort("metrics", 19001, 19001),
                new ServicePort("webhook", 9443, 9443),
            ]),
        ],
    };
}
