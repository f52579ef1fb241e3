using System.Collections.Immutable;
using CantonInfra.Infra.Components.Network;

namespace CantonInfra.Infra.Settings;

/// <summary>Replicas of all PostgreSQL servers in a second region, <c>canton-infra:data.replica</c>; off where it is not there (A12).</summary>
/// <param name="Location"><c>.location</c>: the Azure region of the replicas, not that of the environment.</param>
/// <param name="AddressSpace">
/// <c>.addressSpace</c>: their virtual network, an IPv4 network of /20 or larger that overlaps nothing of the environment.
/// </param>
internal sealed record ReplicaSettings(string Location, string AddressSpace)
{
    /// <summary>Reads them.</summary>
    /// <param name="node">The setting.</param>
    /// <param name="location">The region of the environment.</param>
    /// <param name="addressSpace">The network of the environment; empty where it is wrong.</param>
    /// <param name="servers">The servers that are to have a replica.</param>
    public static ReplicaSettings? Read(
        SettingNode node, string location, string addressSpace, ImmutableArray<DatabaseServerSettings> servers)
    {
        if (node.IsMissing)
        {
            return null;
        }

        var place = node.Member("location");
        var name = place.Text("the Azure region of the replicas", AzureSettings.RegionName(), AzureSettings.RegionForm);
        if (name == location && name.Length > 0)
        {
            place.Refuse($"'{name}' is the region of the environment; a replica there is lost together with its source."
                + (RegionCapabilities.Find(location)?.Pair is { } pair ? $" Its paired region is {pair}." : ""));
        }

        foreach (var sku in servers.Select(server => server.Sku).Distinct())
        {
            if (sku.IsBurstable)
            {
                node.Refuse($"'{sku.Name}' is burstable and cannot have a replica; take a Standard_D or Standard_E.");
            }
            else if (sku.Tier is not null && RegionCapabilities.Find(name) is { } region && !region.Has(sku))
            {
                place.Refuse($"{name} has no '{sku.Name}', which the replica needs to be able to take over; generations of its kind"
                    + $" there: {region.DescribeGenerations(sku)}. Regions that have it:"
                    + $" {RegionCapabilities.Names(known => known.Has(sku) && known.Name != location)}.");
            }
        }

        (string Network, string Owner)[] own = addressSpace.Length > 0 ? [(addressSpace, "the environment's own subnets")] : [];
        return new ReplicaSettings(name, node.Member("addressSpace").Network(
            "the network of the replicas",
            AddressPlan.LongestPrefix,
            [.. own, (OverlayAddresses.Pods, "the pods of the cluster"), (OverlayAddresses.Services, "the services of the cluster")]));
    }
}
