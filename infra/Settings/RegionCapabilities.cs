using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Data;

namespace CantonInfra.Infra.Settings;

/// <summary>What can be had in an Azure region: a line of <c>regions.txt</c>.</summary>
/// <param name="Name">The region's short name.</param>
/// <param name="HasZones">Whether it has availability zones.</param>
/// <param name="HasZoneRedundantPostgreSql">Whether new PostgreSQL servers can have a standby in another zone.</param>
/// <param name="IntelGenerations">The generations of PostgreSQL's sizes with processors of Intel.</param>
/// <param name="AmdGenerations">The generations of PostgreSQL's sizes with processors of AMD.</param>
/// <param name="HasGeoRedundantBackup">Whether backups can have a copy in the paired region.</param>
/// <param name="Pair">The paired region; null where there is none.</param>
/// <remarks>What is not in the table is not checked before Azure does.</remarks>
internal sealed partial record RegionCapabilities(
    string Name,
    bool HasZones,
    bool HasZoneRedundantPostgreSql,
    ImmutableArray<int> IntelGenerations,
    ImmutableArray<int> AmdGenerations,
    bool HasGeoRedundantBackup,
    string? Pair)
{
    private const string Resource = "regions.txt";
    private const string Yes = "yes";
    private const string None = "-";
    private const int Columns = 7;

    private static readonly Lazy<ImmutableArray<RegionCapabilities>> Table = new(Load);

    /// <summary>All regions that are known.</summary>
    public static ImmutableArray<RegionCapabilities> All => Table.Value;

    /// <summary>What a region has; null where that is not known.</summary>
    public static RegionCapabilities? Find(string name) => All.FirstOrDefault(region => region.Name == name);

    /// <summary>The names of the regions of a kind.</summary>
    public static string Names(Func<RegionCapabilities, bool> isWanted) =>
        string.Join(", ", All.Where(isWanted).Select(region => region.Name));

    /// <summary>Whether it has a size of PostgreSQL servers; burstable ones are everywhere.</summary>
    public bool Has(DatabaseSku sku) => sku.IsBurstable || Generations(sku).Contains(sku.Generation);

    /// <summary>The generations of a size's kind, in words.</summary>
    public string DescribeGenerations(DatabaseSku sku) => Generations(sku) is { IsEmpty: false } generations
        ? string.Join(", ", generations.Select(generation => string.Create(CultureInfo.InvariantCulture, $"v{generation}")))
        : "none";

    /// <summary>Reads lines of the table.</summary>
    /// <exception cref="FormatException">A line is none.</exception>
    internal static RegionCapabilities Parse(string line)
    {
        var cells = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return cells is [var name, var zones, var standby, var intel, var amd, var backup, var pair] && cells.Length == Columns
            ? new RegionCapabilities(
                name, zones == Yes, standby == Yes, Read(intel), Read(amd), backup == Yes, pair == None ? null : pair)
            : throw new FormatException($"'{line}' has {cells.Length} columns, not {Columns}.");

        static ImmutableArray<int> Read(string cell) => [.. Generation().Matches(cell)
            .Select(match => int.Parse(match.ValueSpan[1..], NumberStyles.None, CultureInfo.InvariantCulture))];
    }

    [GeneratedRegex("v[0-9]+")]
    private static partial Regex Generation();

    private static ImmutableArray<RegionCapabilities> Load()
    {
        using var stream = typeof(RegionCapabilities).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"{Resource} is not in the program.");
        using var reader = new StreamReader(stream);
        return [.. reader.ReadToEnd()
            .Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(line => !line.StartsWith('#'))
            .Select(Parse)];
    }

    private ImmutableArray<int> Generations(DatabaseSku sku) => sku.IsAmd ? AmdGenerations : IntelGenerations;
}
