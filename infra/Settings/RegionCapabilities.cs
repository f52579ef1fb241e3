using System.Collections.Immutable;

namespace CantonInfra.Infra.Settings;

/// <summary>What can be had in an Azure region.</summary>
/// <param name="Name">The region's short name.</param>
/// <param name="HasZoneRedundantPostgreSql">Whether new PostgreSQL servers can have a standby in another zone.</param>
/// <param name="NewestPostgreSqlGeneration">The newest generation of sizes of PostgreSQL servers.</param>
/// <remarks>
/// As of 2025-12-22: the region table of Azure Database for PostgreSQL (facts/azure.md, section 10.1). Only regions that
/// policy/limits.yaml allows are here; what is not here is not checked before Azure does.
/// </remarks>
internal sealed record RegionCapabilities(string Name, bool HasZoneRedundantPostgreSql, int NewestPostgreSqlGeneration)
{
    private static readonly ImmutableArray<RegionCapabilities> All =
    [
        new("centralus", HasZoneRedundantPostgreSql: true, NewestPostgreSqlGeneration: 5),
        new("eastus2", HasZoneRedundantPostgreSql: false, NewestPostgreSqlGeneration: 4),
    ];

    /// <summary>What a region has; null where that is not known.</summary>
    public static RegionCapabilities? Find(string name) => All.FirstOrDefault(region => region.Name == name);

    /// <summary>The names of the regions of a kind.</summary>
    public static string Names(Func<RegionCapabilities, bool> isWanted) =>
        string.Join(", ", All.Where(isWanted).Select(region => region.Name));
}
