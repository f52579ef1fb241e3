using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using Pulumi;
using Pulumi.AzureNative.DBforPostgreSQL;
using Pulumi.AzureNative.DBforPostgreSQL.Inputs;
using Pulumi.PostgreSql;

namespace CantonInfra.Infra.Components.Data;

/// <summary>What <see cref="PostgreSqlServer"/> needs.</summary>
internal sealed record PostgreSqlServerArgs
{
    /// <summary>The environment.</summary>
    public required AzureEnvironment Azure { get; init; }

    /// <summary>The name of the resource group of the server.</summary>
    public required Input<string> ResourceGroupName { get; init; }

    /// <summary>The name of the resource group of the server's identity.</summary>
    public required Input<string> IdentityResourceGroupName { get; init; }

    /// <summary>What the server is for, a part of its name in Azure.</summary>
    public required string Purpose { get; init; }

    /// <summary>The subnet that it has for itself.</summary>
    public required GuardedSubnet Subnet { get; init; }

    /// <summary>The private DNS zone that its name is in.</summary>
    public required PrivateDnsZone Zone { get; init; }

    /// <summary>The key that its storage is encrypted with.</summary>
    public required EncryptionKey Key { get; init; }

    /// <summary>The vault that keeps its passwords.</summary>
    public required KeyVault Vault { get; init; }

    /// <summary>PostgreSQL's major version.</summary>
    public required string Version { get; init; }

    /// <summary>The size.</summary>
    public required DatabaseSku Sku { get; init; }

    /// <summary>The storage, in GB; it grows by itself and never shrinks.</summary>
    public required int StorageInGB { get; init; }

    /// <summary>Where the standby is.</summary>
    public required HighAvailability HighAvailability { get; init; }

    /// <summary>For how long backups allow a restore to any point in time, in days.</summary>
    public required int BackupRetentionInDays { get; init; }

    /// <summary>What encrypts the copy of its backups in the paired region; null where there is no copy.</summary>
    /// <remarks>Only a new server can begin to have one.</remarks>
    public EncryptionRegion? GeoRedundantBackup { get; init; }

    /// <summary>The parameters.</summary>
    public required ServerParameters Parameters { get; init; }

    /// <summary>The number of the administrator's password, from 1; a higher one makes a new password.</summary>
    public int AdministratorPasswordGeneration { get; init; } = 1;

    /// <summary>The weekday on which Azure may restart the server.</summary>
    public required DayOfWeek MaintenanceDay { get; init; }
}

/// <summary>A PostgreSQL flexible server within the network, and what is in it (A11).</summary>
internal sealed class PostgreSqlServer : ComponentResource
{
    /// <summary>The port.</summary>
    public const int PortNumber = 5432;

    /// <summary>The port, as security rules take it.</summary>
    public static readonly string Port = PortNumber.ToString(CultureInfo.InvariantCulture);

    /// <summary>The service that a server's subnet is delegated to.</summary>
    public const string SubnetDelegation = "Microsoft.DBforPostgreSQL/flexibleServers";

    /// <summary>Where backups and write-ahead logs go straight from the subnet.</summary>
    public const string SubnetServiceEndpoint = "Microsoft.Storage";

    // Used by this program alone; workloads get accounts of their own.
    private const string Administrator = "pgadmin";
    private const string Everybody = "public";
    private const string AuditExtension = "pgaudit";
    private const string PrimaryZone = "1";
    private const string StandbyZone = "2";
    private const int MaintenanceHour = 2;

    private static readonly ImmutableDictionary<HighAvailability, PostgreSqlFlexibleServerHighAvailabilityMode> Modes =
        new Dictionary<HighAvailability, PostgreSqlFlexibleServerHighAvailabilityMode>
        {
            [HighAvailability.ZoneRedundant] = PostgreSqlFlexibleServerHighAvailabilityMode.ZoneRedundant,
            [HighAvailability.SameZone] = PostgreSqlFlexibleServerHighAvailabilityMode.SameZone,
            [HighAvailability.Disabled] = PostgreSqlFlexibleServerHighAvailabilityMode.Disabled,
        }.ToImmutableDictionary();

    // Those of Azure's own, azure_maintenance and azure_sys, belong to a role that no customer has.
    private static readonly ImmutableArray<string> SystemDatabases = ["postgres", "template1"];

    private readonly string _name;
    private readonly PostgreSqlServerArgs _args;
    private readonly Server _server;
    private readonly Pulumi.PostgreSql.Provider _sql;

    /// <summary>Declares the server.</summary>
    public PostgreSqlServer(string name, PostgreSqlServerArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:data:PostgreSqlServer", name, options)
    {
        _name = name;
        _args = args;
        var password = GeneratedPassword.Create($"{name}-administrator", args.AdministratorPasswordGeneration, this);
        args.Vault.AddSecret($"{name}-{Administrator}", password);
        var encryption = new ServerEncryption(
            name,
            new EncryptionRegion(args.Key, args.Azure, args.IdentityResourceGroupName),
            args.GeoRedundantBackup,
            this);

        // The server and its standby talk to each other; for clients see AllowFrom.
        args.Subnet.Admit(new InboundFlow("standby", [args.Subnet.AddressPrefix], [Port], "The server and its standby."));
        _server = Declare(password, encryption);
        var parameters = args.Parameters.Set(name, _server, args.ResourceGroupName, this);
        _sql = new Pulumi.PostgreSql.Provider(
            $"{name}-sql",
            new Pulumi.PostgreSql.ProviderArgs
            {
                Host = _server.FullyQualifiedDomainName,
                Port = PortNumber,
                Username = Administrator,
                Password = password,
                Superuser = false,

                // Checks the server's certificate and name, not only that there is TLS.
                Sslmode = "verify-full",
            },
            new CustomResourceOptions { Parent = this, DependsOn = { parameters[^1] } });

        // Nobody but the administrator has business there, and every account could otherwise look around.
        foreach (var database in SystemDatabases)
        {
            Revoke($"{name}-{database}-public", database);
        }

        Id = _server.Id;
        Host = _server.FullyQualifiedDomainName;
        LastParameter = parameters[^1];
        IsRestartPending = ServerParameters.IsRestartPending(parameters);
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The host name.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    /// <summary>Whether a parameter waits for a restart, which no deployment can do.</summary>
    [Output("isRestartPending")]
    public Output<bool> IsRestartPending { get; private set; }

    /// <summary>The last parameter; what changes the server afterwards depends on it.</summary>
    public Resource LastParameter { get; }

    /// <summary>The server's name, known once it is there.</summary>
    public Output<string> AzureName => _server.Name;

    /// <summary>The name of its resource group.</summary>
    public Input<string> ResourceGroupName => _args.ResourceGroupName;

    /// <summary>The addresses of its subnet.</summary>
    public string AddressPrefix => _args.Subnet.AddressPrefix;

    /// <summary>Lets clients in a subnet connect.</summary>
    /// <param name="name">Who they are.</param>
    /// <param name="clients">Where they are; pods have the addresses of their nodes out here.</param>
    public void AllowFrom(string name, GuardedSubnet clients) =>
        _args.Subnet.Admit(new InboundFlow(name, [clients.AddressPrefix], [Port], "Clients of the databases."));

    /// <summary>Lets the replica connect: after a failover it is the one that sends.</summary>
    /// <param name="replica">Where it is.</param>
    public void AdmitReplica(GuardedSubnet replica) =>
        _args.Subnet.Admit(new InboundFlow("replica", [replica.AddressPrefix], [Port], "The replica in the other region."));

    /// <summary>Makes a group of people administrators of the server: they sign in with Entra and its second factor, for emergencies.</summary>
    /// <param name="group">The group.</param>
    public void AddEntraAdministrator(EntraGroup group) => _ = new AdministratorsMicrosoftEntra(
        $"{_name}-entra",
        new AdministratorsMicrosoftEntraArgs
        {
            ServerName = _server.Name,
            ResourceGroupName = _args.ResourceGroupName,
            ObjectId = group.ObjectId,
            PrincipalName = group.Name,
            PrincipalType = PrincipalType.Group,
            TenantId = _args.Azure.TenantId,
        },

        // The server takes one change at a time.
        new CustomResourceOptions { Parent = this, DependsOn = { LastParameter } });

    /// <summary>Logs sign-ins, audit lines and metrics (A24).</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive($"{_name}-logs", Id, LogCategories.PostgreSqlServer, this);

    /// <summary>Tells when the server is down, full, busy, behind, or has no backups (A12).</summary>
    public void AlertTo(Alerting alerts) => alerts.Watch(AlertTarget.PostgreSqlServer, _name, Id, this);

    /// <summary>Makes an account; its password goes to the vault.</summary>
    /// <param name="account">The account's name.</param>
    /// <param name="passwordGeneration">The number of its password, from 1; a higher one makes a new password.</param>
    public DatabaseAccount AddAccount(string account, int passwordGeneration = 1)
    {
        var name = Named(account);
        var password = GeneratedPassword.Create(name, passwordGeneration, this);
        _args.Vault.AddSecret(name, password);
        var role = new Pulumi.PostgreSql.Role(
            name,
            new Pulumi.PostgreSql.RoleArgs
            {
                Name = account,
                Login = true,
                Password = password,
                Superuser = false,
                CreateDatabase = false,
                CreateRole = false,
                Replication = false,
                BypassRowLevelSecurity = false,
            },
            InServer());
        return new DatabaseAccount(account, password, role);
    }

    /// <summary>Makes a database that one account owns and no other can connect to, with its statements audited.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="owner">The account.</param>
    /// <returns>What lets the account in; whoever connects waits for it.</returns>
    public Resource AddDatabase(string database, DatabaseAccount owner)
    {
        var name = Named(database);
        var resource = new Pulumi.PostgreSql.Database(
            name,
            new Pulumi.PostgreSql.DatabaseArgs
            {
                Name = database,
                Owner = owner.Role.Name,
                Encoding = "UTF8",
                LcCollate = "en_US.utf8",
                LcCtype = "en_US.utf8",
                Template = "template0",
            },
            new CustomResourceOptions { Parent = this, Provider = _sql, Protect = _args.Azure.IsProtected });

        // PostgreSQL lets everybody connect to a new database.
        var revoked = Revoke($"{name}-{Everybody}", resource.Name);
        var admission = Allow($"{name}-{Kebab(owner.Name)}", owner.Role.Name);

        // Not the owner and no superuser: without this the administrator could not connect to make the extension.
        var administration = Allow($"{name}-{Administrator}", Administrator);
        _ = new Extension(
            $"{name}-{AuditExtension}",
            new ExtensionArgs { Name = AuditExtension, Database = resource.Name },
            new CustomResourceOptions { Parent = this, Provider = _sql, DependsOn = { administration, LastParameter } });
        return admission;

        Grant Allow(string grant, Input<string> role) => new(
            grant,
            new GrantArgs
            {
                Database = resource.Name,
                Role = role,
                ObjectType = "database",
                Privileges = { "CONNECT", "CREATE", "TEMPORARY" },
            },
            new CustomResourceOptions { Parent = this, Provider = _sql, DependsOn = { revoked } });
    }

    // An empty grant to 'public' takes away what it has from the start.
    private Grant Revoke(string name, Input<string> database) => new(
        name,
        new GrantArgs
        {
            Database = database,
            Role = Everybody,
            ObjectType = "database",
            Privileges = new InputList<string>(),
        },
        InServer());

    private string Named(string part) => $"{_name}-{Kebab(part)}";

    // Names of secrets in a vault have no underscores.
    private static string Kebab(string name) => name.Replace('_', '-');

    private CustomResourceOptions InServer() => new() { Parent = this, Provider = _sql };

    private Server Declare(Output<string> password, ServerEncryption encryption) => new(
        _name,
        new ServerArgs
        {
            ServerName = _args.Azure.Names.PostgreSqlServer(_args.Purpose),
            ResourceGroupName = _args.ResourceGroupName,
            Location = _args.Azure.Location,
            CreateMode = CreateMode.Default,
            Version = _args.Version,
            Sku = new Pulumi.AzureNative.DBforPostgreSQL.Inputs.SkuArgs
            {
                Name = _args.Sku.Name,
                Tier = _args.Sku.Tier
                    ?? throw new InvalidOperationException($"'{_args.Sku.Name}' is no size of PostgreSQL servers."),
            },
            Storage = new StorageArgs
            {
                StorageSizeGB = _args.StorageInGB,

                // A full disk makes the server read-only, and the participant stops.
                AutoGrow = StorageAutoGrow.Enabled,
                Type = StorageType.Premium_LRS,
            },
            AdministratorLogin = Administrator,
            AdministratorLoginPassword = password,
            AuthConfig = new AuthConfigArgs
            {
                ActiveDirectoryAuth = MicrosoftEntraAuth.Enabled,
                PasswordAuth = PasswordBasedAuth.Enabled,
                TenantId = _args.Azure.TenantId,
            },
            AvailabilityZone = PrimaryZone,
            HighAvailability = new HighAvailabilityArgs
            {
                Mode = Modes[_args.HighAvailability],
                StandbyAvailabilityZone =
                    _args.HighAvailability == HighAvailability.ZoneRedundant ? (Input<string>)StandbyZone : null,
            },
            Backup = new BackupArgs
            {
                BackupRetentionDays = _args.BackupRetentionInDays,
                GeoRedundantBackup = _args.GeoRedundantBackup is null
                    ? GeographicallyRedundantBackup.Disabled
                    : GeographicallyRedundantBackup.Enabled,
            },
            DataEncryption = encryption.Data,
            Identity = encryption.Identity,
            Network = new NetworkArgs
            {
                DelegatedSubnetResourceId = _args.Subnet.Id,
                PrivateDnsZoneArmResourceId = _args.Zone.Id,
                PublicNetworkAccess = ServerPublicNetworkAccessState.Disabled,
            },
            MaintenanceWindow = new MaintenanceWindowArgs
            {
                CustomWindow = "Enabled",
                DayOfWeek = (int)_args.MaintenanceDay,
                StartHour = MaintenanceHour,
                StartMinute = 0,
            },
            Tags = _args.Azure.Tags,
        },
        new CustomResourceOptions
        {
            Parent = this,
            DependsOn = [.. encryption.Grants, .. _args.Subnet.Rules],
            Protect = _args.Azure.IsProtected,

            // The mode is only for creating; a failover swaps the zones.
            IgnoreChanges = { "createMode", "availabilityZone", "highAvailability.standbyAvailabilityZone" },
        });
}
