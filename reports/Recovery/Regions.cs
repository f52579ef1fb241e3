using System.Collections.Frozen;

namespace CantonInfra.Reports.Recovery;

/// <summary>Azure's regions and their pairs, from the table that the program reads too.</summary>
internal static class Regions
{
    private const string Unlisted = "the paired region";

    // Regions with a pair to which vaults are not copied.
    private static readonly FrozenSet<string> WithoutVaultPair = FrozenSet.Create(StringComparer.Ordinal, "brazilsouth", "brazilsoutheast", "westus3");

    private static readonly FrozenDictionary<string, string> Pairs = Read();

    /// <summary>A region's name as Azure's tools write it: <c>East US 2</c> is <c>eastus2</c>.</summary>
    public static string Normalize(string region) => region.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>The region that copies of a region's data go to.</summary>
    public static string PairOf(string region) => Pairs.GetValueOrDefault(region, Unlisted);

    /// <summary>The region that Azure copies vaults of a region to by itself; empty where it copies none or that is not known.</summary>
    public static string VaultPairOf(string region) => WithoutVaultPair.Contains(region) ? "" : Pairs.GetValueOrDefault(region, "");

    private static FrozenDictionary<string, string> Read()
    {
        using var stream = typeof(Regions).Assembly.GetManifestResourceStream("regions.txt")
            ?? throw new InvalidOperationException("regions.txt is missing.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries)
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(columns => columns[^1] != "-")
            .ToFrozenDictionary(columns => columns[0], columns => columns[^1], StringComparer.Ordinal);
    }
}
