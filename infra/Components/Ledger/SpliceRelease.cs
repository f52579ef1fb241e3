using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>A release of Splice whose charts are known here.</summary>
/// <param name="Version">The version of charts and images.</param>
/// <param name="HasScanClient">
/// Whether its charts take <c>scanClient</c> and <c>synchronizer</c>; older ones know one scan and one sequencer, or all of them.
/// </param>
/// <remarks>
/// Networks upgrade one after the other, so several are current at a time. Versions are those seen in public deployments; a new one is
/// a line here, after its values and its contract were compared with the one before (docs/runbooks/canton-minor-upgrade.md).
/// </remarks>
internal sealed record SpliceRelease(string Version, bool HasScanClient)
{
    /// <summary>The chart of the participant.</summary>
    public const string ParticipantChart = "splice-participant";

    /// <summary>The chart of the validator app and its user interfaces.</summary>
    public const string ValidatorChart = "splice-validator";

    /// <summary>Where the images are; public, without a pull secret.</summary>
    public const string ImageRepository = "ghcr.io/digital-asset/decentralized-canton-sync/docker";

    private const string ChartRepository = "oci://ghcr.io/digital-asset/decentralized-canton-sync/helm";

    /// <summary>All of them, oldest first.</summary>
    public static ImmutableArray<SpliceRelease> All { get; } =
    [
        new("0.5.7", HasScanClient: false),
        new("0.6.3", HasScanClient: true),
        new("0.6.4", HasScanClient: true),
        new("0.6.8", HasScanClient: true),
        new("0.6.11", HasScanClient: true),
    ];

    /// <summary>The release of a version; null where its charts are not known.</summary>
    public static SpliceRelease? Find(string version) => All.FirstOrDefault(release => release.Version == version);

    /// <summary>The address of a chart.</summary>
    /// <param name="chart">The chart's name.</param>
    public static string AddressOf(string chart) => $"{ChartRepository}/{chart}";
}
