using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Data;

namespace CantonInfra.Infra.Settings;

/// <summary>The PostgreSQL servers of an environment, <c>canton-infra:data</c>.</summary>
/// <param name="Version"><c>.version</c>: PostgreSQL's major version; 17.</param>
/// <param name="HighAvailability">
/// <c>.highAvailability</c>: where the standby is: zoneRedundant, sameZone or disabled; zoneRedundant.
/// </param>
/// <param name="BackupRetentionDays"><c>.backupRetentionDays</c>: how far back a restore can go, 7 to 35; 35.</param>
/// <param name="Keycloak">The entry <c>keycloak</c> of <c>.servers</c>; Standard_D2ds_v4 with 64 GB.</param>
/// <param name="Ledger">The entry <c>ledger</c> of <c>.servers</c>; Standard_D8ds_v4 with 512 GB.</param>
internal sealed partial record DataSettings(
    string Version,
    HighAvailability HighAvailability,
    int BackupRetentionDays,
    DatabaseServerSettings Keycloak,
    DatabaseServerSettings Ledger)
{
    private const string KeycloakServer = "keycloak";
    private const string LedgerServer = "ledger";

    private static readonly ImmutableSortedDictionary<string, HighAvailability> Modes = new Dictionary<string, HighAvailability>
    {
        ["zoneRedundant"] = HighAvailability.ZoneRedundant,
        ["sameZone"] = HighAvailability.SameZone,
        ["disabled"] = HighAvailability.Disabled,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, DatabaseServerSettings> Defaults =
        new Dictionary<string, DatabaseServerSettings>
        {
            [KeycloakServer] = new(new DatabaseSku("Standard_D2ds_v4"), 64),
            [LedgerServer] = new(new DatabaseSku("Standard_D8ds_v4"), 512),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="location">The Azure region, which not everything can be had in.</param>
    public static DataSettings Read(SettingsReader reader, string location)
    {
        var node = reader.Structure("data");
        var region = RegionCapabilities.Find(location);
        var mode = node.Member("highAvailability");
        var highAvailability = mode.OneOf("where the standby is", Modes, HighAvailability.ZoneRedundant);
        if (highAvailability == HighAvailability.ZoneRedundant && region is { HasZoneRedundantPostgreSql: false })
        {
            mode.Refuse($"zoneRedundant is closed to new servers in {location}; allowed there are: disabled, sameZone."
                + $" Regions that have it: {RegionCapabilities.Names(known => known.HasZoneRedundantPostgreSql)}.");
        }

        var servers = new Dictionary<string, DatabaseServerSettings>(Defaults, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in node.Member("servers").Items())
        {
            var name = item.Member("name");
            var text = name.Text("which server it is");
            if (text.Length > 0 && !Defaults.ContainsKey(text))
            {
                var hint = NearestName.Hint(text, Defaults.Keys);
                name.Refuse($"'{text}' is not one of: {string.Join(", ", Defaults.Keys)}.{hint}");
            }

            var defaults = Defaults.GetValueOrDefault(text, Defaults[LedgerServer]);
            var server = DatabaseServerSettings.Read(item, defaults, highAvailability, region);
            if (text.Length > 0 && !seen.Add(text))
            {
                name.Refuse($"'{text}' stands twice; each server has one entry.");
            }

            servers[text] = server;
        }

        return new DataSettings(
            node.Member("version").Text(
                "PostgreSQL's major version", MajorVersion(), "a supported major version: 14, 15, 16, 17", "17"),
            highAvailability,
            node.Member("backupRetentionDays").Integer(7, 35, 35),
            servers[KeycloakServer],
            servers[LedgerServer]);
    }

    [GeneratedRegex("^1[4-7]$")]
    private static partial Regex MajorVersion();
}
