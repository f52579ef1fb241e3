using System.Collections.Immutable;

namespace CantonInfra.Contracts.Charts;

/// <summary>The participant, by its official chart.</summary>
internal static class SpliceParticipant
{
    private static readonly ImmutableArray<string> Versions = ["0.5.7", "0.6.3", "0.6.4", "0.6.8", "0.6.11"];

    /// <summary>A contract a version.</summary>
    public static ImmutableArray<ChartContract> Contracts { get; } = [.. Versions.Select(Of)];

    private static ChartContract Of(string version) => new()
    {
        Chart = "splice-participant",
        Repository = "oci://ghcr.io/digital-asset/decentralized-canton-sync/helm",
        Version = version,
        Source = "hyperledger-labs/splice, cluster/helm/splice-participant/templates",
        Workloads =
        [
            new ChartWorkload
            {
                Name = "{release}",
                Kind = WorkloadKind.Deployment,
                PodLabels = ImmutableSortedDictionary<string, string>.Empty.Add("app", "{release}"),
                PodLabelsValue = "pod.labels",
                ServiceAccountValue = "serviceAccountName",
                Ports =
                [
                    new ContainerPort("lg-api", 5001),
                    new ContainerPort("lg-adm-api", 5002),
                    new ContainerPort("json-api", 7575),
                    new ContainerPort("metrics", 10013, IsNamed: false),
                    new ContainerPort("grpc-health", 5061, IsNamed: false),
                ],

                // The pod says which user it runs as, and nothing of what that user may do.
                Security = ChartSecurity.None,
            },
        ],
        Services =
        [
            new ChartService("{release}", "{release}",
            [
                new ServicePort("lg-api", 5001, 5001),
                new ServicePort("lg-adm-api", 5002, 5002),
                new ServicePort("metrics", 10013, 10013),
                new ServicePort("json-api", 7575, 7575),
            ]),
        ],
    };
}
