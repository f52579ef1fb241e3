using System.Collections.Immutable;

namespace CantonInfra.Contracts.Charts;

/// <summary>Istio, by its official charts: definitions, the control plane, and what sets up the network of pods on each node.</summary>
internal static class Istio
{
    private const string Repository = "https://istio-release.storage.googleapis.com/charts";
    private const string Source = "istio/istio, manifests/charts: templates and values.yaml, and files/injection-template.yaml for what joins other pods";

    private static readonly ImmutableArray<string> Versions = ["1.30.3"];

    /// <summary>The contracts of each version.</summary>
    public static ImmutableArray<ChartContract> Contracts { get; } = [.. Versions.SelectMany(version => new[] { Base(version), Control(version), Nodes(version) })];

    private static ChartContract Base(string version) => new()
    {
        Chart = "base",
        Repository = Repository,
        Version = version,
        Source = Source,
        Workloads = [],
    };

    private static ChartContract Control(string version) => new()
    {
        Chart = "istiod",
        Repository = Repository,
        Version = version,
        Source = Source,
        Workloads =
        [
            new ChartWorkload
            {
                // Of the revision's name where there is one; ours has none.
                Name = "istiod",
                Kind = WorkloadKind.Deployment,
                PodLabels = Labels("istiod").Add("app", "istiod").Add("istio", "pilot"),
                PodLabelsValue = "podLabels",
                ServiceAccount = "istiod",
                Ports =
                [
                    new ContainerPort("http-debug", 8080),
                    new ContainerPort("grpc-xds", 15010),
                    new ContainerPort("tls-xds", 15012),
                    new ContainerPort("https-webhooks", 15017),
                    new ContainerPort("http-monitoring", 15014),
                ],

                // The seccomp profile is that of the value seccompProfile, without which there is none.
                Security = ChartSecurity.Restricted with { ReadsOnly = true },
            },
        ],
        Services =
        [
            new ChartService("istiod", "istiod",
            [
                new ServicePort("grpc-xds", 15010, 15010),
                new ServicePort("https-dns", 15012, 15012),
                new ServicePort("https-webhook", 443, 15017),
                new ServicePort("http-monitoring", 15014, 15014),
            ]),
        ],
    };

    private static ChartContract Nodes(string version) => new()
    {
        Chart = "cni",
        Repository = Repository,
        Version = version,
        Source = Source,
        Workloads =
        [
            new ChartWorkload
            {
                Name = "istio-cni-node",
                Kind = WorkloadKind.DaemonSet,
                PodLabels = Labels("istio-cni").Add("k8s-app", "istio-cni-node"),
                PodLabelsValue = "podLabels",
                ServiceAccount = "istio-cni",
                Ports = [new ContainerPort("metrics", 15014), new ContainerPort("readiness", 8000, IsNamed: false)],

                // Root, with folders and capabilities of the node.
                Security = ChartSecurity.None,
            },
        ],
    };

    private static ImmutableSortedDictionary<string, string> Labels(string name) => ImmutableSortedDictionary<string, string>.Empty
        .Add("app.kubernetes.io/name", name)
        .Add("app.kubernetes.io/instance", "{release}");
}
