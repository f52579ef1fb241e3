using System.Collections.Immutable;

namespace CantonInfra.Contracts.Charts;

/// <summary>The validator app and its user interfaces, by their official chart.</summary>
internal static class SpliceValidator
{
    private const string App = "validator-app";
    private const string Wallet = "wallet-web-ui";
    private const string NameService = "ans-web-ui";

    private static readonly ImmutableArray<string> Versions = ["0.5.7", "0.6.3", "0.6.4", "0.6.8", "0.6.11"];

    /// <summary>A contract a version.</summary>
    public static ImmutableArray<ChartContract> Contracts { get; } = [.. Versions.Select(Of)];

    private static ChartContract Of(string version) => new()
    {
        Chart = "splice-validator",
        Repository = "oci://ghcr.io/digital-asset/decentralized-canton-sync/helm",
        Version = version,
        Source = "hyperledger-labs/splice, cluster/helm/splice-validator/templates",
        Workloads =
        [
            Workload(App, new ContainerPort("val-http", 5003), new ContainerPort("metrics", 10013, IsNamed: false)),
            Workload(Wallet, new ContainerPort("http", 8080)) with { OnlyIf = new ValueSwitch("validatorWebUi.enabled", true) },
            Workload(NameService, new ContainerPort("http", 8080)) with { OnlyIf = new ValueSwitch("ansWebUi.enabled", true) },
        ],
        Services =
        [
            new ChartService(App, App, [new ServicePort("val-http", 5003, 5003), new ServicePort("metrics", 10013, 10013)]),
            new ChartService(Wallet, Wallet, [new ServicePort("http", 80, 8080)]),
            new ChartService(NameService, NameService, [new ServicePort("http", 80, 8080)]),
        ],
    };

    // Pods of the app say which user they run as, those of the interfaces nothing at all.
    private static ChartWorkload Workload(string name, params ImmutableArray<ContainerPort> ports) => new()
    {
        Name = name,
        Kind = WorkloadKind.Deployment,
        PodLabels = ImmutableSortedDictionary<string, string>.Empty.Add("app", name),
        PodLabelsValue = "pod.labels",
        ServiceAccountValue = "serviceAccountName",
        Ports = ports,
        Security = ChartSecurity.None,
    };
}
