using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ledger;

namespace CantonInfra.Infra.Settings;

/// <summary>What a network of the Global Synchronizer has where the settings say nothing.</summary>
/// <param name="Version">The version of Splice.</param>
/// <param name="ScanUrl">A scan: that of the Global Synchronizer Foundation.</param>
/// <param name="SponsorUrl">A sponsor: the same.</param>
/// <param name="Hosts">Below what scans, sequencers and sponsors of the foundation are.</param>
/// <remarks>
/// Versions change with every upgrade of a network, so a stack file should say its own. None is older than 0.6.5: a node with an older one is
/// left behind by the first upgrade of the synchronizer in place (release notes of 0.6.5). Addresses: documentation of Splice, required
/// network parameters.
/// </remarks>
internal sealed record LedgerNetwork(string Version, Uri ScanUrl, Uri SponsorUrl, string Hosts)
{
    private static readonly ImmutableSortedDictionary<CantonEnvironment, LedgerNetwork> All = new[]
    {
        (CantonEnvironment.Devnet, Make("0.6.11", "dev.")),
        (CantonEnvironment.Testnet, Make("0.6.8", "test.")),
        (CantonEnvironment.Mainnet, Make("0.6.8", "")),
    }.ToImmutableSortedDictionary(entry => entry.Item1, entry => entry.Item2);

    /// <summary>The release of the version.</summary>
    public SpliceRelease Release =>
        SpliceRelease.Find(Version) ?? throw new InvalidOperationException($"There is no contract for the charts of Splice {Version}.");

    /// <summary>That of an environment.</summary>
    public static LedgerNetwork Of(CantonEnvironment environment) => All[environment];

    private static LedgerNetwork Make(string version, string network)
    {
        var host = $"sv-1.{network}global.canton.network.sync.global";
        return new LedgerNetwork(
            version, new Uri($"https://scan.{host}"), new Uri($"https://sv.{host}"), $"*.{network}global.canton.network.sync.global");
    }
}
