using System.Collections.Immutable;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Data;

namespace CantonInfra.Infra.Settings;

/// <summary>The PostgreSQL servers of an environment, <c>canton-infra:data</c> (A11, A12).</summary>
/// <param name="Version"><c>.version</c>: PostgreSQL's major version: 15, 16 or 17; 17.</param>
/// <param name="HighAvailability">
/// <c>.highAvailability</c>: where the standby is: zoneRedundant, sameZone or disabled; zoneRedundant.
/// </param>
/// <param name="BackupRetentionDays"><c>.backupRetentionDays</c>: how far back a restore can go, 7 to 35; 35.</param>
/// <param name="BackupLocation">
/// <c>.geoRedundantBackup</c>: whether backups have a copy in the paired region; true. Only a new server can begin to have one.
/// The value here is that region; null where there is no copy.
/// </param>
/// <param name="LeastTls">
/// <c>.sslMinProtocolVersion</c>: the least version of TLS that clients may speak: TLSv1.2 or TLSv1.3; TLSv1.3.
/// </param>
/// <param name="EntraAdministrators">
/// <c>.entraAdministrators.objectId</c>: the object id of the Entra group whose members administer the servers in emergencies, without a
/// password; none. <c>.entraAdministrators.name</c>: its display name, which is what they sign in to PostgreSQL as.
/// </param>
/// <param name="Replica">The replicas; null where there are none.</param>
/// <param name="PasswordGenerations">
/// <c>.passwordGenerations</c>: the number of each account's password, by the account's name; a higher number makes a new
/// password. Accounts: keycloakadmin, cnadmin, cnadmin_NAME for each further validator, and the servers' own administrators as
/// keycloak-pgadmin and ledger-pgadmin; 1.
/// </param>
/// <param name="Keycloak">The entry <c>keycloak</c> of <c>.servers</c>; Standard_D2ds_v4 with 64 GB.</param>
/// <param name="Ledger">The entry <c>ledger</c> of <c>.servers</c>; Standard_D8ds_v4 with 512 GB.</param>
internal sealed partial record DataSettings(
    string Version,
    HighAvailability HighAvailability,
    int BackupRetentionDays,
    string? BackupLocation,
    TlsVersion LeastTls,
    EntraGroup? EntraAdministrators,
    ReplicaSettings? Replica,
    ImmutableSortedDictionary<string, int> PasswordGenerations,
    DatabaseServerSettings Keycloak,
    DatabaseServerSettings Ledger)
{
    /// <summary>What the setting of the administrator's password of Keycloak's server is called.</summary>
    public const string KeycloakAdministrator = "keycloak-pgadmin";

    /// <summary>What the setting of the administrator's password of the ledger's server is called.</summary>
    public const string LedgerAdministrator = "ledger-pgadmin";

    /// <summary>Keycloak's account.</summary>
    public const string KeycloakAccount = "keycloakadmin";

    /// <summary>
    /// How those who connect check a server's certificate, as PostgreSQL calls it. With a replica they ask for the name that follows failovers,
    /// which is in no certificate (docs/decisions/0044).
    /// </summary>
    public string SslMode => Replica is null ? "verify-full" : "verify-ca";

    private const int MostGenerations = 9999;
    private const string KeycloakServer = "keycloak";
    private const string LedgerServer = "ledger";

    private static readonly ImmutableSortedDictionary<string, HighAvailability> Modes = new Dictionary<string, HighAvailability>
    {
        ["zoneRedundant"] = HighAvailability.ZoneRedundant,
        ["sameZone"] = HighAvailability.SameZone,
        ["disabled"] = HighAvailability.Disabled,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, TlsVersion> TlsVersions = new Dictionary<string, TlsVersion>
    {
        ["TLSv1.2"] = TlsVersion.Tls12,
        ["TLSv1.3"] = TlsVersion.Tls13,
    }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    private static readonly ImmutableSortedDictionary<string, DatabaseServerSettings> Defaults =
        new Dictionary<string, DatabaseServerSettings>
        {
            [KeycloakServer] = new(new DatabaseSku("Standard_D2ds_v4"), 64, 200),
            [LedgerServer] = new(new DatabaseSku("Standard_D8ds_v4"), 512, 20),
        }.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="location">The Azure region, which not everything can be had in.</param>
    /// <param name="network">The network, which replicas must not overlap.</param>
    /// <param name="ledger">The validators, which have accounts and open connections.</param>
    public static DataSettings Read(SettingsReader reader, string location, NetworkSettings network, LedgerSettings ledger)
    {
        var node = reader.Structure("data");
        var region = RegionCapabilities.Find(location);
        var highAvailability = ReadMode(node.Member("highAvailability"), location, region);
        var servers = ReadServers(node.Member("servers"), highAvailability, region);
        CheckConnections(node, KeycloakServer, servers[KeycloakServer].Sku, servers[KeycloakServer].Connections);
        CheckConnections(
            node,
            LedgerServer,
            servers[LedgerServer].Sku,
            servers[LedgerServer].Connections + ledger.Validators.Sum(validator => validator.Connections));
        return new DataSettings(
            node.Member("version").Text(
                "PostgreSQL's major version", MajorVersion(), "a supported major version: 15, 16, 17", "17"),
            highAvailability,
            node.Member("backupRetentionDays").Integer(7, 35, 35),
            ReadBackupLocation(node.Member("geoRedundantBackup"), location, region),
            node.Member("sslMinProtocolVersion").OneOf("the least version of TLS", TlsVersions, TlsVersion.Tls13),
            ReadGroup(node.Member("entraAdministrators")),
            ReplicaSettings.Read(node.Member("replica"), location, network.AddressSpace, [.. servers.Values]),
            ReadPasswordGenerations(node.Member("passwordGenerations"), ledger),
            servers[KeycloakServer],
            servers[LedgerServer]);
    }

    private static EntraGroup? ReadGroup(SettingNode node) => node.IsMissing
        ? null
        : new EntraGroup(node.Member("objectId").Guid("the group"), node.Member("name").Text("the group's display name"));

    private static HighAvailability ReadMode(SettingNode node, string location, RegionCapabilities? region)
    {
        var mode = node.OneOf("where the standby is", Modes, HighAvailability.ZoneRedundant);
        if (mode == HighAvailability.ZoneRedundant && region is { HasZoneRedundantPostgreSql: false })
        {
            node.Refuse($"zoneRedundant is closed to new servers in {location}; allowed there are: disabled, sameZone."
                + $" Regions that have it: {RegionCapabilities.Names(known => known.HasZoneRedundantPostgreSql)}.");
        }

        return mode;
    }

    private static Dictionary<string, DatabaseServerSettings> ReadServers(
        SettingNode node, HighAvailability highAvailability, RegionCapabilities? region)
    {
        var servers = new Dictionary<string, DatabaseServerSettings>(Defaults, StringComparer.Ordinal);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var item in node.Items())
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

        return servers;
    }

    private static void CheckConnections(SettingNode node, string server, DatabaseSku sku, int wanted)
    {
        if (sku.MostConnections is { } most && wanted > most)
        {
            node.Refuse($"the clients of the server '{server}' open up to {wanted} connections, and '{sku.Name}' takes {most};"
                + " take a larger size or smaller pools.");
        }
    }

    // The copy is always in the paired region; which that is, nobody can choose.
    private static string? ReadBackupLocation(SettingNode node, string location, RegionCapabilities? region)
    {
        const string Off = "set canton-infra:data.geoRedundantBackup to false";
        if (!node.Boolean(fallback: true))
        {
            return null;
        }

        if (region is { HasGeoRedundantBackup: true, Pair: { } pair })
        {
            return pair;
        }

        if (location.Length > 0)
        {
            node.Refuse(region is null
                ? $"it is not known which region is paired with '{location}'; {Off}, or take one of:"
                    + $" {RegionCapabilities.Names(known => known.HasGeoRedundantBackup)}."
                : $"{location} has no copies of backups in another region; {Off}, or take one of:"
                    + $" {RegionCapabilities.Names(known => known.HasGeoRedundantBackup)}.");
        }

        return null;
    }

    private static ImmutableSortedDictionary<string, int> ReadPasswordGenerations(SettingNode node, LedgerSettings ledger) =>
        ledger.Validators
            .Select(validator => validator.Databases.Account)
            .Concat([KeycloakAccount, KeycloakAdministrator, LedgerAdministrator])
            .Distinct(StringComparer.Ordinal)
            .ToImmutableSortedDictionary(
                account => account, account => node.Member(account).Integer(1, MostGenerations, 1), StringComparer.Ordinal);

    [GeneratedRegex("^1[5-7]$")]
    private static partial Regex MajorVersion();
}
