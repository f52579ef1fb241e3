using System.Collections.Immutable;
using CantonInfra.Infra.Components.Ledger;

namespace CantonInfra.Infra.Settings;

/// <summary>How validators reach the network, <c>canton-infra:ledger</c> (A1, A10).</summary>
/// <param name="Scan">
/// <c>.scan.type</c>: bft for all scans, agreeing by majority; bft-custom for those of named super validators; trust-single for one;
/// bft. <c>.scan.seedUrls</c>: of bft and bft-custom, the scans that the others are found by; the foundation's. <c>.scan.svNames</c>:
/// of bft-custom, the super validators. <c>.scan.threshold</c>: of bft-custom, how many of them must agree. <c>.scan.url</c>: of
/// trust-single, the scan.
/// </param>
/// <param name="Synchronizer">
/// <c>.synchronizer.type</c>: which sequencers participants connect to: bft for those that scans name, bft-custom for those of named
/// super validators, trust-single for one; bft. <c>.synchronizer.svNames</c>: of bft-custom, the super validators.
/// <c>.synchronizer.threshold</c>: of bft-custom, how many of them must agree. <c>.synchronizer.url</c>: of trust-single, the sequencer.
/// </param>
/// <param name="SponsorUrl"><c>.sponsorUrl</c>: the super validator that onboards validators; the foundation's.</param>
/// <param name="Hosts">
/// <c>.superValidatorHosts</c>: the hosts of super validators that validators reach: with bft those of all of them; the foundation's,
/// and those that the settings name.
/// </param>
internal sealed record SynchronizerSettings(
    ScanClient Scan, SynchronizerConnection Synchronizer, Uri SponsorUrl, ImmutableArray<string> Hosts)
{
    private const string Bft = "bft";
    private const string BftCustom = "bft-custom";
    private const string TrustSingle = "trust-single";
    private const int MostSuperValidators = 200;

    private static readonly ImmutableSortedDictionary<string, int> Types =
        new[] { Bft, BftCustom, TrustSingle }.Index().ToImmutableSortedDictionary(type => type.Item, type => type.Index, StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="ledger">The settings of the ledger.</param>
    /// <param name="network">What the network has.</param>
    /// <param name="release">The release whose charts are deployed.</param>
    public static SynchronizerSettings Read(SettingNode ledger, LedgerNetwork network, SpliceRelease release)
    {
        var scan = ReadScan(ledger.Member("scan"), network, release);
        var synchronizer = ReadSynchronizer(ledger.Member("synchronizer"), release);
        var sponsor = ledger.Member("sponsorUrl").HttpsServer("the super validator that onboards", network.SponsorUrl) ?? network.SponsorUrl;
        return new SynchronizerSettings(scan, synchronizer, sponsor, HostsOf(ledger, network, scan, synchronizer, sponsor));
    }

    private static ImmutableArray<string> HostsOf(
        SettingNode ledger, LedgerNetwork network, ScanClient scan, SynchronizerConnection synchronizer, Uri sponsor)
    {
        var node = ledger.Member("superValidatorHosts");
        var named = EgressSettings.ReadHosts(node);
        IEnumerable<Uri> scans = scan switch
        {
            ScanClient.Bft bft => bft.SeedUrls,
            ScanClient.BftCustom custom => custom.SeedUrls,
            _ => [scan.First],
        };
        if (synchronizer is SynchronizerConnection.TrustSingle single)
        {
            scans = scans.Append(single.Url);
        }

        var hosts = (node.IsMissing ? [network.Hosts] : named).ToHashSet(StringComparer.Ordinal);
        hosts.UnionWith(scans.Append(sponsor).Select(address => address.Host).Where(host => !hosts.Any(known => Covers(known, host))));
        return [.. hosts.Order(StringComparer.Ordinal)];
    }

    private static bool Covers(string known, string host) =>
        known == host || (known.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(known[1..], StringComparison.Ordinal));

    private static ScanClient ReadScan(SettingNode node, LedgerNetwork network, SpliceRelease release)
    {
        var type = ReadType(node, "how scans are chosen");
        var seeds = node.Member("seedUrls");
        var url = node.Member("url");
        if (type == TrustSingle)
        {
            RefuseOthers(type, seeds, node.Member("svNames"), node.Member("threshold"));
            return new ScanClient.TrustSingle(url.HttpsServer("the one scan") ?? network.ScanUrl);
        }

        RefuseOthers(type, url);
        ImmutableArray<Uri> urls = seeds.IsMissing
            ? [network.ScanUrl]
            : [.. seeds.Items().Select(item => item.HttpsServer("a scan")).OfType<Uri>()];
        if (urls.IsEmpty)
        {
            seeds.Refuse("must have one scan at least; leave it out for the foundation's.");
            urls = [network.ScanUrl];
        }

        if (urls.Length > 1)
        {
            RefuseOlder(seeds, release, "several scans to begin with");
        }

        if (type == BftCustom)
        {
            RefuseOlder(node.Member("type"), release, BftCustom);
            var (names, threshold) = ReadNames(node);
            return new ScanClient.BftCustom(urls, names, threshold);
        }

        RefuseOthers(type, node.Member("svNames"), node.Member("threshold"));
        return new ScanClient.Bft(urls);
    }

    private static SynchronizerConnection ReadSynchronizer(SettingNode node, SpliceRelease release)
    {
        var type = ReadType(node, "how sequencers are chosen");
        var url = node.Member("url");
        if (type == BftCustom)
        {
            RefuseOthers(type, url);
            RefuseOlder(node.Member("type"), release, BftCustom);
            var (names, threshold) = ReadNames(node);
            return new SynchronizerConnection.BftCustom(names, threshold);
        }

        RefuseOthers(type, node.Member("svNames"), node.Member("threshold"));
        if (type == TrustSingle)
        {
            return url.HttpsServer("the one sequencer") is { } address
                ? new SynchronizerConnection.TrustSingle(address)
                : new SynchronizerConnection.Bft();
        }

        RefuseOthers(type, url);
        return new SynchronizerConnection.Bft();
    }

    private static string ReadType(SettingNode node, string meaning) =>
        Types.First(entry => entry.Value == node.Member("type").OneOf(meaning, Types, Types[Bft])).Key;

    private static (ImmutableArray<string> Names, int Threshold) ReadNames(SettingNode node)
    {
        var namesNode = node.Member("svNames");
        ImmutableArray<string> names = [.. namesNode.Items().Select(item => item.Text("the name of a super validator"))];
        if (names.IsEmpty || names.Distinct(StringComparer.Ordinal).Count() != names.Length)
        {
            namesNode.Refuse("must name each super validator once, and one at least.");
        }

        var thresholdNode = node.Member("threshold");
        var threshold = thresholdNode.Integer("how many super validators must agree", 1, MostSuperValidators);
        if (threshold > names.Length && !names.IsEmpty)
        {
            thresholdNode.Refuse($"'{threshold}' is more than the {names.Length} that svNames has.");
        }

        return (names, threshold);
    }

    private static void RefuseOthers(string type, params ReadOnlySpan<SettingNode> others)
    {
        foreach (var other in others)
        {
            if (!other.IsMissing)
            {
                other.Refuse($"is of no use, since type is {type}; leave it out.");
            }
        }
    }

    private static void RefuseOlder(SettingNode node, SpliceRelease release, string what)
    {
        if (!release.HasScanClient)
        {
            node.Refuse($"the charts of Splice {release.Version} do not have {what}; take 0.6 or leave it out.");
        }
    }
}
