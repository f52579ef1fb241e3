using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Cluster;

namespace CantonInfra.Infra.Settings;

/// <summary>The AKS cluster of an environment, <c>canton-infra:cluster</c> (A7).</summary>
/// <param name="AdminGroupObjectIds">
/// <c>.adminGroupObjectIds</c>: the Entra groups whose members administer the cluster, GUIDs; at least one, since deployments
/// are members too. No default.
/// </param>
/// <param name="KubernetesVersion"><c>.kubernetesVersion</c>: major and minor; 1.35.</param>
/// <param name="Tier"><c>.tier</c>: free, standard or premium; standard.</param>
/// <param name="Zones"><c>.zones</c>: the availability zones of the nodes; 1, 2, 3.</param>
/// <param name="SystemPool"><c>.systemPool</c>: Standard_D4ds_v5, 3 to 5 nodes.</param>
/// <param name="UserPool"><c>.userPool</c>: Standard_D8ds_v5, 3 to 6 nodes.</param>
/// <param name="HasEtcdKey">
/// <c>.azureKeyVaultKms</c>: whether the cluster's store of Kubernetes objects is encrypted with a key of ours, in a vault of its
/// own; true.
/// </param>
/// <param name="IsApiServerPublic">
/// <c>.apiServer</c>: how the API server is reached: private from within the network only, public also from
/// authorizedIpRanges; private.
/// </param>
/// <param name="AuthorizedIpRanges">
/// <c>.authorizedIpRanges</c>: the IPv4 networks that reach a public API server, at least one, none larger than /16; none with a
/// private one.
/// </param>
/// <param name="Upgrades">
/// <c>.upgradeChannel</c>: which versions of Kubernetes the cluster takes by itself: patch, node-image, stable or rapid; patch.
/// </param>
/// <param name="NodeUpgrades">
/// <c>.nodeOSUpgradeChannel</c>: which images of the operating system nodes take by themselves: NodeImage or SecurityPatch;
/// NodeImage.
/// </param>
/// <param name="NotAllowedDates">
/// <c>.notAllowedDates[]</c>: days without upgrades, from <c>start</c> to <c>end</c>, each a day such as '2026-12-20'; none.
/// </param>
internal sealed partial record ClusterSettings(
    ImmutableArray<string> AdminGroupObjectIds,
    string KubernetesVersion,
    ClusterTier Tier,
    ImmutableArray<string> Zones,
    NodePoolSize SystemPool,
    NodePoolSize UserPool,
    bool HasEtcdKey,
    bool IsApiServerPublic,
    ImmutableArray<string> AuthorizedIpRanges,
    KubernetesUpgrades Upgrades,
    NodeImageUpgrades NodeUpgrades,
    ImmutableArray<DateRange> NotAllowedDates)
{
    private const int MostNodes = 100;
    private const int LargestRange = 16;
    private const int SingleAddress = 32;

    private static readonly NodePoolSize DefaultSystemPool = new("Standard_D4ds_v5", 3, 5);
    private static readonly NodePoolSize DefaultUserPool = new("Standard_D8ds_v5", 3, 6);
    private static readonly ImmutableArray<string> AllZones = ["1", "2", "3"];

    private static readonly ImmutableSortedDictionary<string, ClusterTier> Tiers = new Dictionary<string, ClusterTier>
    {
        ["free"] = ClusterTier.Free,
        ["standard"] = ClusterTier.Standard,
        ["premium"] = ClusterTier.Premium,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, bool> ApiServers = new Dictionary<string, bool>
    {
        ["private"] = false,
        ["public"] = true,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    // Without 'none', by which nothing would be mended until somebody thinks of it.
    private static readonly ImmutableSortedDictionary<string, KubernetesUpgrades> Channels = new Dictionary<string, KubernetesUpgrades>
    {
        ["node-image"] = KubernetesUpgrades.NodeImage,
        ["patch"] = KubernetesUpgrades.Patch,
        ["rapid"] = KubernetesUpgrades.Rapid,
        ["stable"] = KubernetesUpgrades.Stable,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, NodeImageUpgrades> NodeChannels =
        Enum.GetValues<NodeImageUpgrades>().ToImmutableSortedDictionary(
            channel => channel.ToString(), channel => channel, StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="validators">The validators, which need room.</param>
    public static ClusterSettings Read(SettingsReader reader, ImmutableArray<ValidatorSettings> validators)
    {
        var node = reader.Structure("cluster");
        var groups = node.Member("adminGroupObjectIds");
        var ids = groups.Items().Select(item => item.Guid("an Entra group")).ToImmutableArray();
        if (ids.IsEmpty)
        {
            groups.Refuse("missing; it must give the Entra groups that administer the cluster, a list of at least one GUID.");
        }

        var isPublic = node.Member("apiServer").OneOf("how the API server is reached", ApiServers, fallback: false);
        var upgrades = node.Member("upgradeChannel").OneOf(
            "which versions of Kubernetes the cluster takes by itself", Channels, KubernetesUpgrades.Patch);
        var userPool = ReadPool(node.Member("userPool"), DefaultUserPool);
        CheckRoom(node.Member("userPool"), userPool, validators);
        return new ClusterSettings(
            ids,
            node.Member("kubernetesVersion").Text("the version of Kubernetes", Version(), "a version such as '1.35'", "1.35"),
            node.Member("tier").OneOf("what Azure promises for the API server", Tiers, ClusterTier.Standard),
            ReadZones(node.Member("zones")),
            ReadPool(node.Member("systemPool"), DefaultSystemPool),
            userPool,
            node.Member("azureKeyVaultKms").Boolean(fallback: true),
            isPublic,
            ReadRanges(node.Member("authorizedIpRanges"), isPublic),
            upgrades,
            ReadNodeUpgrades(node.Member("nodeOSUpgradeChannel"), upgrades),
            [.. node.Member("notAllowedDates").Items().Select(ReadDates)]);
    }

    // Pods that fit nowhere stay pending. A bound that holds for sure: nodes need some of their memory themselves.
    private static void CheckRoom(SettingNode node, NodePoolSize pool, ImmutableArray<ValidatorSettings> validators)
    {
        if (pool is not { MemoryGi: { } memory, Cores: { } cores })
        {
            return;
        }

        var largest = validators.Select(validator => validator.ParticipantSize.KeptMemoryGi).DefaultIfEmpty().Max();
        var wanted = validators.Sum(validator => validator.ParticipantSize.KeptMemoryGi + validator.ValidatorSize.KeptMemoryGi);
        if (largest >= memory)
        {
            node.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"a participant asks for {largest} Gi of memory, and a {pool.VmSize} has {memory}; take a larger vmSize or a smaller participant."));
        }
        else if (wanted >= (long)memory * pool.MaxCount)
        {
            node.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"the validators ask for {wanted} Gi of memory, and {pool.MaxCount} nodes of {pool.VmSize} have {memory * pool.MaxCount};"
                    + $" raise maxCount, or take a larger vmSize."));
        }

        var most = validators.SelectMany(validator => new[] { validator.ParticipantSize, validator.ValidatorSize })
            .Select(size => size.CpuMillis).DefaultIfEmpty().Max();
        var all = validators.Sum(validator => validator.ParticipantSize.CpuMillis + validator.ValidatorSize.CpuMillis);
        if (most >= cores * 1000)
        {
            node.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"a validator's pod asks for {most} thousandths of a core, and a {pool.VmSize} has {cores} cores, not all of which pods get;"
                    + $" take a larger vmSize or fewer."));
        }
        else if (all >= cores * 1000L * pool.MaxCount)
        {
            node.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"the validators ask for {all} thousandths of a core, and {pool.MaxCount} nodes of {pool.VmSize} have {cores * pool.MaxCount} cores;"
                    + $" raise maxCount, or take a larger vmSize."));
        }
    }

    // Public is never for everyone.
    private static ImmutableArray<string> ReadRanges(SettingNode node, bool isPublic)
    {
        var networks = node.Items().Select(ReadRange).ToImmutableArray();
        if (isPublic && networks.IsEmpty)
        {
            node.Refuse("missing; a public API server must give the networks that reach it, a list of at least one.");
        }
        else if (!isPublic && !networks.IsEmpty)
        {
            node.Refuse("counts only with apiServer: public; a private API server has no public address to guard.");
        }

        return networks;
    }

    private static string ReadRange(SettingNode node)
    {
        var text = node.Network("a network that reaches the API server", SingleAddress);
        if (text.Length > 0 && IPNetwork.Parse(text).PrefixLength < LargestRange)
        {
            node.Refuse($"'{text}' is too large; the prefix must be /{LargestRange} or longer.");
        }

        return text;
    }

    private static NodeImageUpgrades ReadNodeUpgrades(SettingNode node, KubernetesUpgrades upgrades)
    {
        var images = node.OneOf("which images nodes take by themselves", NodeChannels, NodeImageUpgrades.NodeImage);
        if (upgrades == KubernetesUpgrades.NodeImage && images != NodeImageUpgrades.NodeImage)
        {
            node.Refuse("must be NodeImage with upgradeChannel: node-image, which says the same.");
        }

        return images;
    }

    private static DateRange ReadDates(SettingNode node)
    {
        var end = node.Member("end");
        var range = new DateRange(node.Member("start").Date("the first day without upgrades"), end.Date("the last day without upgrades"));
        if (range.End < range.Start)
        {
            end.Refuse("is before start.");
        }

        return range;
    }

    private static ImmutableArray<string> ReadZones(SettingNode node)
    {
        if (node.IsMissing)
        {
            return AllZones;
        }

        var zones = node.Items()
            .Select(item => item.Text("an availability zone", Zone(), "one of: '1', '2', '3'"))
            .ToImmutableArray();
        if (zones.Distinct(StringComparer.Ordinal).Count() != zones.Length)
        {
            node.Refuse("a zone stands twice.");
        }

        return zones;
    }

    private static NodePoolSize ReadPool(SettingNode node, NodePoolSize defaults)
    {
        var least = node.Member("minCount");
        var pool = new NodePoolSize(
            node.Member("vmSize").Text(
                "the size of a node", VmSize(), "a size of virtual machines, such as Standard_D4ds_v5", defaults.VmSize),
            least.Integer(1, MostNodes, defaults.MinCount),
            node.Member("maxCount").Integer(1, MostNodes, defaults.MaxCount));
        if (pool.MinCount > pool.MaxCount)
        {
            least.Refuse($"'{pool.MinCount}' is more than maxCount, which is {pool.MaxCount}.");
        }

        return pool;
    }

    [GeneratedRegex(@"^1\.[0-9]{2}(\.[0-9]{1,2})?$")]
    private static partial Regex Version();

    [GeneratedRegex("^[123]$")]
    private static partial Regex Zone();

    [GeneratedRegex("^Standard_[A-Z][A-Za-z0-9_-]+$")]
    private static partial Regex VmSize();
}
