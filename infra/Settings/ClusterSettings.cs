using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Cluster;

namespace CantonInfra.Infra.Settings;

/// <summary>The AKS cluster of an environment, <c>canton-infra:cluster</c>.</summary>
/// <param name="AdminGroupObjectIds">
/// <c>.adminGroupObjectIds</c>: the Entra groups whose members administer the cluster, GUIDs; at least one, since deployments
/// are members too. No default.
/// </param>
/// <param name="KubernetesVersion"><c>.kubernetesVersion</c>: major and minor; 1.35.</param>
/// <param name="Tier"><c>.tier</c>: free, standard or premium; standard.</param>
/// <param name="Zones"><c>.zones</c>: the availability zones of the nodes; 1, 2, 3.</param>
/// <param name="SystemPool"><c>.systemPool</c>: Standard_D4ds_v5, 3 to 5 nodes.</param>
/// <param name="UserPool"><c>.userPool</c>: Standard_D8ds_v5, 3 to 6 nodes.</param>
internal sealed partial record ClusterSettings(
    ImmutableArray<string> AdminGroupObjectIds,
    string KubernetesVersion,
    ClusterTier Tier,
    ImmutableArray<string> Zones,
    NodePoolSize SystemPool,
    NodePoolSize UserPool)
{
    private const int MostNodes = 100;

    private static readonly NodePoolSize DefaultSystemPool = new("Standard_D4ds_v5", 3, 5);
    private static readonly NodePoolSize DefaultUserPool = new("Standard_D8ds_v5", 3, 6);
    private static readonly ImmutableArray<string> AllZones = ["1", "2", "3"];

    private static readonly ImmutableSortedDictionary<string, ClusterTier> Tiers = new Dictionary<string, ClusterTier>
    {
        ["free"] = ClusterTier.Free,
        ["standard"] = ClusterTier.Standard,
        ["premium"] = ClusterTier.Premium,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    public static ClusterSettings Read(SettingsReader reader)
    {
        var node = reader.Structure("cluster");
        var groups = node.Member("adminGroupObjectIds");
        var ids = groups.Items().Select(item => item.Guid("an Entra group")).ToImmutableArray();
        if (ids.IsEmpty)
        {
            groups.Refuse("missing; it must give the Entra groups that administer the cluster, a list of at least one GUID.");
        }

        return new ClusterSettings(
            ids,
            node.Member("kubernetesVersion").Text("the version of Kubernetes", Version(), "a version such as '1.35'", "1.35"),
            node.Member("tier").OneOf("what Azure promises for the API server", Tiers, ClusterTier.Standard),
            ReadZones(node.Member("zones")),
            ReadPool(node.Member("systemPool"), DefaultSystemPool),
            ReadPool(node.Member("userPool"), DefaultUserPool));
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
