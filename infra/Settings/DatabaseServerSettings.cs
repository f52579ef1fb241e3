using System.Collections.Immutable;
using CantonInfra.Infra.Components.Data;

namespace CantonInfra.Infra.Settings;

/// <summary><c>canton-infra:data.servers[]</c>: one server; its <c>name</c> says which: keycloak or ledger (A11).</summary>
/// <param name="Sku"><c>.sku</c>: the size, a Standard_B, Standard_D or Standard_E.</param>
/// <param name="StorageGB"><c>.storageGB</c>: the storage to begin with, a power of two from 32 to 16384.</param>
/// <param name="Connections">
/// <c>.connections</c>: the connections that clients open besides the validators: for keycloak its own pools, 200; for ledger
/// people and checks, 20.
/// </param>
internal sealed record DatabaseServerSettings(DatabaseSku Sku, int StorageGB, int Connections)
{
    // Sizes of the sixth generation cannot be put into a subnet (facts/azure.md, section 4.1).
    private const int NewestGeneration = 5;

    private static readonly ImmutableArray<int> StorageSizes = [32, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384];

    /// <summary>Reads them.</summary>
    public static DatabaseServerSettings Read(
        SettingNode node, DatabaseServerSettings defaults, HighAvailability highAvailability, RegionCapabilities? region)
    {
        var skuNode = node.Member("sku");
        var sku = new DatabaseSku(skuNode.Text("the size of the server", defaults.Sku.Name));
        if (sku.Name.Length > 0)
        {
            Check(skuNode, sku, highAvailability, region);
        }

        var storage = node.Member("storageGB");
        var size = storage.Integer(StorageSizes[0], StorageSizes[^1], defaults.StorageGB);
        if (!StorageSizes.Contains(size))
        {
            storage.Refuse($"'{size}' is not one of: {string.Join(", ", StorageSizes)}.");
        }

        return new DatabaseServerSettings(sku, size, node.Member("connections").Integer(1, 5000, defaults.Connections));
    }

    private static void Check(SettingNode node, DatabaseSku sku, HighAvailability highAvailability, RegionCapabilities? region)
    {
        if (sku.Tier is null)
        {
            node.Refuse($"'{sku.Name}' is no size of PostgreSQL servers;"
                + " allowed are Standard_B…, Standard_D… and Standard_E…, such as Standard_D4ds_v4.");
        }
        else if (sku.IsBurstable && highAvailability != HighAvailability.Disabled)
        {
            node.Refuse($"'{sku.Name}' is burstable and cannot have a standby; take a Standard_D or Standard_E,"
                + " or set canton-infra:data.highAvailability to disabled.");
        }
        else if (sku.Generation > NewestGeneration)
        {
            node.Refuse($"'{sku.Name}' cannot be put into a subnet; allowed are generations up to v{NewestGeneration}.");
        }
        else if (region is not null && !region.Has(sku))
        {
            node.Refuse($"{region.Name} has no '{sku.Name}'; generations of its kind there: {region.DescribeGenerations(sku)}."
                + $" Regions that have it: {RegionCapabilities.Names(known => known.Has(sku))}.");
        }
    }
}
