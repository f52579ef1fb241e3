using System.Collections.Immutable;
using CantonInfra.Contracts;

namespace CantonInfra.Infra.Components.Ledger;

/// <summary>A release of Splice whose charts are known here.</summary>
/// <param name="Version">The version of charts and images.</param>
/// <param name="HasScanClient">
/// Whether its charts take <c>scanClient</c> and <c>synchronizer</c>, which since 0.5.12 replace <c>scanAddress</c> and what belongs to it;
/// older ones know one scan and one sequencer, or all of them.
/// </param>
/// <param name="HasMigrations">
/// Whether it can be taken from one synchronizer to the next by a dump. Since 0.6.2 networks upgrade their synchronizer in place and the
/// number of the migration stays what it is.
/// </param>
/// <remarks>
/// Networks upgrade one after the other, so several are current at a time. Versions are those seen in public deployments; a new one is
/// a line here, after its values and its contract were compared with the one before (docs/runbooks/canton-minor-upgrade.md).
/// </remarks>
internal sealed record SpliceRelease(string Version, bool HasScanClient, bool HasMigrations)
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
        new("0.5.7", HasScanClient: false, HasMigrations: true),
        new("0.6.3", HasScanClient: true, HasMigrations: false),
        new("0.6.4", HasScanClient: true, HasMigrations: false),
        new("0.6.8", HasScanClient: true, HasMigrations: false),
        new("0.6.11", HasScanClient: true, HasMigrations: false),
    ];

    /// <summary>The release of a version; null where its charts are not known.</summary>
    public static SpliceRelease? Find(string version) => All.FirstOrDefault(release => release.Version == version);

    /// <summary>What the participant's chart makes in a validator's namespace.</summary>
    /// <param name="home">The namespace.</param>
    public ChartContract ParticipantIn(string home) => ChartContracts.Find(ParticipantChart, Version).In(Validator.ParticipantName, home);

    /// <summary>What the validator's chart makes there.</summary>
    /// <param name="home">The namespace.</param>
    public ChartContract AppIn(string home) => ChartContracts.Find(ValidatorChart, Version).In(Validator.ValidatorRelease, home);

    /// <summary>The address of a chart.</summary>
    /// <param name="chart">The chart's name.</param>
    public static string AddressOf(string chart) => $"{ChartRepository}/{chart}";
}
