using System.Collections.Immutable;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>The databases of an environment: servers, what other regions have for them, and Keycloak's account (A11, A12).</summary>
internal sealed class EnvironmentDatabases
{
    // On the ledger's server writes are the ledger itself; on Keycloak's they are changes of users and clients.
    private const string KeycloakAudit = "ddl,role,misc,write";
    private const string LedgerAudit = "ddl,role,misc";

    private const string DataGroup = "data";
    private const string BackupGroup = "geo";
    private const string ReplicaGroup = "rep";

    private readonly EnvironmentFoundation _base;
    private readonly EnvironmentObservability _observability;
    private readonly EnvironmentVaults _vaults;
    private readonly DataSettings _data;
    private readonly RecoveryRegion? _backups;
    private readonly List<Output<string?>> _pending = [];

    /// <summary>Declares them.</summary>
    public EnvironmentDatabases(EnvironmentFoundation foundation, EnvironmentObservability observability, EnvironmentVaults vaults)
    {
        _base = foundation;
        _observability = observability;
        _vaults = vaults;
        _data = foundation.Settings.Data;
        _backups = _data.BackupLocation is { } location ? Region("backup-region", BackupGroup, location) : null;
        var network = foundation.Network;

        LedgerNetworks = [network.LedgerDatabase.AddressPrefix];
        KeycloakNetworks = [network.KeycloakDatabase.AddressPrefix];

        // Another identity provider needs no server here.
        var keycloak = foundation.Settings.Identity.Provider is KeycloakSettings
            ? Server("psql-keycloak", "keycloak", network.KeycloakDatabase, _data.Keycloak, KeycloakAudit, DataSettings.KeycloakAdministrator)
            : null;
        Ledger = Server("psql-ledger", "ledger", network.LedgerDatabase, _data.Ledger, LedgerAudit, DataSettings.LedgerAdministrator);
        LedgerHost = Ledger.Host;
        if (keycloak is not null)
        {
            var account = keycloak.AddAccount(DataSettings.KeycloakAccount, _data.PasswordGenerations[DataSettings.KeycloakAccount]);
            keycloak.AddDatabase("keycloak", account);
            Keycloak = new KeycloakDatabase(keycloak, keycloak.Host, account);
        }

        if (_data.Replica is { } replica)
        {
            var region = Region("replica-region", ReplicaGroup, replica.Location);
            var there = new ReplicaNetwork("replica-network", new ReplicaNetworkArgs
            {
                Azure = region.Azure,
                ResourceGroupName = region.ResourceGroupName,
                AddressSpace = replica.AddressSpace,
                Network = network,
            });
            there.LogTo(observability.Logs);
            observability.KeepFlows(new WatchedNetwork
            {
                Prefix = "replica-",
                Azure = region.Azure,
                ResourceGroupName = region.ResourceGroupName,
                IdentityResourceGroupName = region.ResourceGroupName,
                StoragePurpose = "frep",
                Key = region.Keys.AddEncryptionKey("cmk-flows-replica"),
                Id = there.VirtualNetworkId,
            });
            LedgerNetworks = LedgerNetworks.Add(there.LedgerDatabase.AddressPrefix);
            KeycloakNetworks = KeycloakNetworks.Add(there.KeycloakDatabase.AddressPrefix);
            if (Keycloak is { } primary)
            {
                var host = Replica(
                    "psql-keycloak", "keycloak", primary.Server, _data.Keycloak, KeycloakAudit, region, there, there.KeycloakDatabase);
                Keycloak = primary with { Host = host };
            }

            LedgerHost = Replica("psql-ledger", "ledger", Ledger, _data.Ledger, LedgerAudit, region, there, there.LedgerDatabase);
        }

        ServersPendingRestart = Output.All(_pending).Apply(ids => ids.OfType<string>().ToImmutableArray());
        ServerNames = Names();
        RecoveryObjectives = RecoveryObjectives.Compute(
            _data.HighAvailability,
            _backups is not null,
            _data.Replica is not null,
            keycloak is null ? _data.Ledger.StorageGB : Math.Max(_data.Keycloak.StorageGB, _data.Ledger.StorageGB),
            TimeSpan.FromHours(foundation.Settings.Ledger.Backups.IntervalHours));
    }

    /// <summary>Keycloak's database; null where the identity provider is another.</summary>
    public KeycloakDatabase? Keycloak { get; }

    /// <summary>The ledger's server.</summary>
    public PostgreSqlServer Ledger { get; }

    /// <summary>The host name for clients of the ledger's server: with replicas the one that follows failovers.</summary>
    public Output<string> LedgerHost { get; }

    /// <summary>The networks of the ledger's server and of its replica, if there is one: either may be the one that takes writes.</summary>
    public ImmutableArray<string> LedgerNetworks { get; }

    /// <summary>The networks of Keycloak's server and of its replica.</summary>
    public ImmutableArray<string> KeycloakNetworks { get; }

    /// <summary>The ids of the servers that have to be restarted for a parameter to take effect.</summary>
    public Output<ImmutableArray<string>> ServersPendingRestart { get; }

    /// <summary>The servers as the command line of Azure names them: <c>name</c> and <c>resourceGroup</c>, by what they are for.</summary>
    public ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> ServerNames { get; }

    /// <summary>What can be lost and for how long.</summary>
    public RecoveryObjectives RecoveryObjectives { get; }

    private RecoveryRegion Region(string name, string purpose, string location)
    {
        var region = new RecoveryRegion(name, new RecoveryRegionArgs
        {
            Azure = _base.Azure,
            Location = location,
            Purpose = purpose,
            Protection = _base.Settings.Keys.Protection,
            SoftDeleteRetentionInDays = _base.Settings.Keys.SoftDeleteRetentionDays,
            Generations = _base.Settings.Keys.Generations,
        });
        region.Keys.AllowFrom(_base.Network);
        region.Keys.LogTo(_observability.Logs);
        _base.Locks.Cover(region);
        _base.Locks.CoverStateful($"{name}-keys", region.Keys.Id, region.Keys);
        region.Keys.AlertTo(_observability.Alerts);
        return region;
    }

    private PostgreSqlServer Server(
        string name, string purpose, GuardedSubnet subnet, DatabaseServerSettings size, string audit, string administrator)
    {
        var server = new PostgreSqlServer(name, new PostgreSqlServerArgs
        {
            Azure = _base.Azure,
            ResourceGroupName = _base.Groups.Data,
            IdentityResourceGroupName = _base.Groups.Security,
            Purpose = purpose,
            Subnet = subnet,
            Zone = _base.Network.PostgreSqlZone,
            Key = _vaults.Keys.AddEncryptionKey($"cmk-{name}"),
            Vault = _vaults.Secrets,
            Version = _data.Version,
            Sku = size.Sku,
            StorageInGB = size.StorageGB,
            HighAvailability = _data.HighAvailability,
            BackupRetentionInDays = _data.BackupRetentionDays,
            GeoRedundantBackup = _backups?.AddEncryption($"cmk-{name}-geo"),
            Parameters = Parameters(audit),
            AdministratorPasswordGeneration = _data.PasswordGenerations[administrator],
            MaintenanceDay = _base.Settings.MaintenanceDay,
        });
        server.AllowFrom("user-nodes", _base.Network.UserNodes);
        if (_data.EntraAdministrators is { } people)
        {
            server.AddEntraAdministrator(people);
        }

        server.LogTo(_observability.Logs);
        _base.Locks.CoverStateful(name, server.Id, server);
        server.AlertTo(_observability.Alerts);
        Watch(server.Id, server.IsRestartPending);
        return server;
    }

    private Output<string> Replica(
        string name,
        string purpose,
        PostgreSqlServer source,
        DatabaseServerSettings size,
        string audit,
        RecoveryRegion region,
        ReplicaNetwork network,
        GuardedSubnet subnet)
    {
        subnet.Admit(new InboundFlow(
            "user-nodes", [_base.Network.UserNodes.AddressPrefix], [PostgreSqlServer.Port], "Clients of the databases."));
        var replica = new PostgreSqlReplica($"{name}-replica", new PostgreSqlReplicaArgs
        {
            Source = source,
            Purpose = purpose,
            ResourceGroupName = region.ResourceGroupName,
            Network = network,
            Subnet = subnet,
            Encryption = region.AddEncryption($"cmk-{name}-replica"),
            Sku = size.Sku,
            StorageInGB = size.StorageGB,
            Parameters = Parameters(audit),
        });
        replica.LogTo(_observability.Logs);
        _base.Locks.CoverStateful($"{name}-replica", replica.Id, replica);
        replica.AlertTo(_observability.Alerts);
        Watch(replica.Id, replica.IsRestartPending);
        return replica.WriterHost;
    }

    private ImmutableSortedDictionary<string, ImmutableSortedDictionary<string, string>> Names()
    {
        var names = _base.Azure.Names;
        ImmutableArray<string> purposes = Keycloak is null ? ["ledger"] : ["keycloak", "ledger"];
        var servers = purposes.Select(purpose => (Server: purpose, Group: DataGroup));
        if (_data.Replica is not null)
        {
            servers = servers.Concat(purposes.Select(purpose => (Server: $"{purpose}-replica", Group: ReplicaGroup)));
        }

        return servers.ToImmutableSortedDictionary(
            server => server.Server,
            server => ImmutableSortedDictionary<string, string>.Empty
                .Add("name", names.PostgreSqlServer(server.Server))
                .Add("resourceGroup", names.ResourceGroup(server.Group)),
            StringComparer.Ordinal);
    }

    private ServerParameters Parameters(string audit) => new() { LeastTls = _data.LeastTls, AuditClasses = audit };

    private void Watch(Output<string> id, Output<bool> isRestartPending) =>
        _pending.Add(Output.Tuple(id, isRestartPending).Apply(each => each.Item2 ? each.Item1 : null));
}
