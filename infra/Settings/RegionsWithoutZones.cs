using System.Collections.Frozen;

namespace CantonInfra.Infra.Settings;

/// <summary>
/// Azure's regions without availability zones, in which no environment can be: its addresses, firewall and nodes are in zones. As of
/// 2025-03-21, from Microsoft's list of regions (Azure reliability, 'Azure regions list'). A region that is not here is not refused.
/// </summary>
internal static class RegionsWithoutZones
{
    private static readonly FrozenSet<string> Names = new[]
    {
        "australiacentral",
        "australiacentral2",
        "australiasoutheast",
        "brazilsoutheast",
        "canadaeast",
        "francesouth",
        "germanynorth",
        "koreasouth",
        "northcentralus",
        "norwaywest",
        "southafricawest",
        "southindia",
        "switzerlandwest",
        "uaecentral",
        "ukwest",
        "westcentralus",
        "westindia",
        "westus",
    }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>What is wrong with a region for an environment, as a sentence; null where nothing is known to be.</summary>
    /// <param name="region">The region's short name.</param>
    public static string? Refusal(string region) => Names.Contains(region)
        ? $"'{region}' has no availability zones, which addresses, firewall and nodes of an environment are in; take a region that has them, such as centralus (docs/regions.md)."
        : null;
}
