using Pulumi.AzureNative.DBforPostgreSQL;

namespace CantonInfra.Infra.Components.Data;

/// <summary>A size of PostgreSQL servers, such as <c>Standard_D4ds_v5</c>.</summary>
/// <param name="Name">The name in Azure.</param>
internal sealed record DatabaseSku(string Name)
{
    private const string Prefix = "Standard_";

    /// <summary>Whether the size gets its power by credits; it cannot have a standby.</summary>
    public bool IsBurstable => Tier == SkuTier.Burstable;

    /// <summary>The generation at the end of the name; 0 where it has none.</summary>
    public int Generation =>
        Name.LastIndexOf("_v", StringComparison.Ordinal) is var at and > 0 && int.TryParse(Name[(at + 2)..], out var generation)
            ? generation
            : 0;

    /// <summary>The tier, which the family's letter tells; null where the family is none of PostgreSQL's.</summary>
    public SkuTier? Tier => !Name.StartsWith(Prefix, StringComparison.Ordinal) || Name.Length == Prefix.Length
        ? null
        : Name[Prefix.Length] switch
        {
            'B' => SkuTier.Burstable,
            'D' => SkuTier.GeneralPurpose,
            'E' => SkuTier.MemoryOptimized,
            _ => null,
        };
}
