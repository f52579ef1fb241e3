using System.Globalization;
using System.Text.RegularExpressions;
using Pulumi.AzureNative.DBforPostgreSQL;

namespace CantonInfra.Infra.Components.Data;

/// <summary>A size of PostgreSQL servers, such as <c>Standard_D4ds_v5</c>.</summary>
/// <param name="Name">The name in Azure.</param>
internal sealed partial record DatabaseSku(string Name)
{
    // The service keeps these for replication and monitoring.
    private const int ReservedConnections = 15;

    /// <summary>Whether the size gets its power by credits; it cannot have a standby or a replica.</summary>
    public bool IsBurstable => Tier == SkuTier.Burstable;

    /// <summary>The generation at the end of the name; 0 where it has none.</summary>
    public int Generation => Number("generation");

    /// <summary>Whether the processors are AMD's: an 'a' behind the number of cores.</summary>
    public bool IsAmd => Parts.Groups["features"].Value.Contains('a', StringComparison.Ordinal);

    /// <summary>The tier, which the family's letter tells; null where the family is none of PostgreSQL's.</summary>
    public SkuTier? Tier => Parts.Groups["family"].Value switch
    {
        "B" => SkuTier.Burstable,
        "D" => SkuTier.GeneralPurpose,
        "E" => SkuTier.MemoryOptimized,
        _ => null,
    };

    /// <summary>How many connections clients can have at a time; null where that is not known.</summary>
    /// <remarks>
    /// Microsoft's page 'Limits in Azure Database for PostgreSQL' gives them by memory; above 32 GiB it is always 5000. The
    /// memory follows from family and cores.
    /// </remarks>
    public int? MostConnections
    {
        get
        {
            var perCore = (Parts.Groups["family"].Value, Parts.Groups["features"].Value) switch
            {
                ("B", "s") => 2,
                ("B", "ms") when Number("cores") == 1 => 2,
                ("B", "ms") or ("D", _) => 4,
                ("E", _) => 8,
                _ => 0,
            };
            int? all = (perCore * Number("cores")) switch
            {
                0 => null,
                2 => 50,
                4 => 429,
                8 => 859,
                16 => 1718,
                32 => 3437,
                _ => 5000,
            };
            return all - ReservedConnections;
        }
    }

    private Match Parts => Form().Match(Name);

    [GeneratedRegex("^Standard_(?<family>[A-Z]+)(?<cores>[0-9]+)(?<features>[a-z]*)(_v(?<generation>[0-9]+))?$")]
    private static partial Regex Form();

    private int Number(string part) =>
        int.TryParse(Parts.Groups[part].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
}
