using System.Collections.Immutable;
using CantonInfra.Contracts.Charts;

namespace CantonInfra.Contracts;

/// <summary>The charts and versions whose templates have been read.</summary>
public sealed class ChartContracts
{
    /// <summary>These contracts.</summary>
    /// <exception cref="ArgumentException">Two are of the same chart and version.</exception>
    public ChartContracts(ImmutableArray<ChartContract> all)
    {
        All = all;
        var twice = all.GroupBy(contract => (contract.Chart, contract.Version)).Where(group => group.Skip(1).Any()).ToList();
        if (twice.Count > 0)
        {
            throw new ArgumentException($"There are two contracts of {twice[0].First()}.", nameof(all));
        }
    }

    /// <summary>All that are known.</summary>
    public static ChartContracts Known { get; } = new(
    [
        .. CertManager.Contracts, .. EnvoyGateway.Contracts, .. Istio.Contracts, .. SpliceParticipant.Contracts, .. SpliceValidator.Contracts,
    ]);

    /// <summary>Them.</summary>
    public ImmutableArray<ChartContract> All { get; }

    /// <summary>The contract of a chart's version.</summary>
    /// <param name="chart">The chart's name; what precedes it in the address of an OCI registry may stay.</param>
    /// <param name="version">The version.</param>
    /// <exception cref="UnknownChartException">There is none.</exception>
    public static ChartContract Find(string chart, string version) => Known.Of(chart, version);

    /// <summary>The contract of a chart's version.</summary>
    /// <param name="chart">The chart's name; what precedes it in the address of an OCI registry may stay.</param>
    /// <param name="version">The version.</param>
    /// <exception cref="UnknownChartException">There is none.</exception>
    public ChartContract Of(string chart, string version) =>
        TryOf(chart, version) ?? throw UnknownChartException.Of(NameOf(chart), version, VersionsOf(chart));

    /// <summary>The contract of a chart's version; null where there is none.</summary>
    /// <param name="chart">The chart's name; what precedes it in the address of an OCI registry may stay.</param>
    /// <param name="version">The version.</param>
    public ChartContract? TryOf(string chart, string version) =>
        All.FirstOrDefault(contract => contract.Chart == NameOf(chart) && contract.Version == version);

    /// <summary>The known versions of a chart, in the order of their entries.</summary>
    /// <param name="chart">The chart's name.</param>
    public ImmutableArray<string> VersionsOf(string chart) =>
        [.. All.Where(contract => contract.Chart == NameOf(chart)).Select(contract => contract.Version)];

    private static string NameOf(string chart) => chart[(chart.LastIndexOf('/') + 1)..];
}
