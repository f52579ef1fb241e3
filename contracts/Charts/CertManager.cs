using System.Collections.Immutable;

namespace CantonInfra.Contracts.Charts;

/// <summary>cert-manager, by its official chart. The release's name must be or hold 'cert-manager': then it is what names begin with.</summary>
internal static class CertManager
{
    private static readonly ImmutableArray<string> Versions = ["v1.21.1"];

    // All pods of the chart: user, seccomp profile, no escalation, no capabilities, a read-only file system.
    private static readonly ChartSecurity Security = ChartSecurity.Restricted with { ReadsOnly = true };

    /// <summary>A contract a version.</summary>
    public static ImmutableArray<ChartContract> Contracts { get; } = [.. Versions.Select(Of)];

    private static ChartContract Of(string version) => new()
    {
        Chart = "cert-manager",
        Repository = "oci://quay.io/jetstack/charts",
        Version = version,
        Source = "cert-manager/cert-manager, deploy/charts/cert-manager: templates and values.yaml",
        Workloads =
        [
            Workload("{release}", "cert-manager", "controller", "podLabels") with
            {
                Ports = [new ContainerPort("http-metrics", 9402), new ContainerPort("http-healthz", 9403)],
                ServiceAccountValue = "serviceAccount.name",
            },
            Workload("{release}-webhook", "webhook", "webhook", "webhook.podLabels") with
            {
                Ports =
                [
                    new ContainerPort("https", 10250), new ContainerPort("healthcheck", 6080), new ContainerPort("http-metrics", 9402),
                ],
                ServiceAccountValue = "webhook.serviceAccount.name",
            },
            Workload("{release}-cainjector", "cainjector", "cainjector", "cainjector.podLabels") with
            {
                Ports = [new ContainerPort("http-metrics", 9402)],
                ServiceAccountValue = "cainjector.serviceAccount.name",
                OnlyIf = new ValueSwitch("cainjector.enabled", true),
            },
            Workload("{release}-startupapicheck", "startupapicheck", "startupapicheck", "startupapicheck.podLabels") with
            {
                Kind = WorkloadKind.Job,
                ServiceAccountValue = "startupapicheck.serviceAccount.name",
                OnlyIf = new ValueSwitch("startupapicheck.enabled", true),
            },
        ],
        Services =
        [
            new ChartService("{release}", "{release}", [new ServicePort("http-metrics", 9402, 9402)]),
            new ChartService("{release}-webhook", "{release}-webhook",
            [
                new ServicePort("https", 443, 10250), new ServicePort("metrics", 9402, 9402),
            ]),
            new ChartService("{release}-cainjector", "{release}-cainjector", [new ServicePort("http-metrics", 9402, 9402)]),
        ],
    };

    private static ChartWorkload Workload(string name, string app, string component, string labelsValue) => new()
    {
        Name = name,
        Kind = WorkloadKind.Deployment,
        PodLabels = ImmutableSortedDictionary<string, string>.Empty
            .Add("app", app)
            .Add("app.kubernetes.io/name", app)
            .Add("app.kubernetes.io/instance", "{release}")
            .Add("app.kubernetes.io/component", component),
        PodLabelsValue = labelsValue,
        Ports = [],
        ServiceAccount = name,
        Security = Security,
    };
}
