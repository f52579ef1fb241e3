using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
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

    /// <summary>The weekday on which Azure may restart the server.</summary>
    public required DayOfWeek MaintenanceDay { get; init; }
}

/// <summary>A PostgreSQL flexible server within the network, and what is in it (A11).</summary>
internal sealed class PostgreSqlServer : ComponentResource
{
    /// <summary>The port.</summary>
    public const string Port = "5432";

    // Used by this program alone; workloads get accounts of their own.
    private const string Administrator = "pgadmin";
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

    private readonly string _name;
    private readonly PostgreSqlServerArgs _args;
    private readonly Pulumi.PostgreSql.Provider _sql;

    /// <summary>Declares the server.</summary>
    public PostgreSqlServer(string name, PostgreSqlServerArgs args, ComponentResourceOptions? options = null)
        : base("canton-infra:data:PostgreSqlServer", name, options)
    {
        _name = name;
        _args = args;
        var password = GeneratedPassword.Create($"{name}-administrator", this);
        args.Vault.AddSecret($"{name}-{Administrator}", password);
        var identity = new ManagedIdentity($"{name}-identity", name, args.Azure, args.IdentityResourceGroupName, this);

        // The server and its standby talk to each other; for clients see AllowFrom.
        args.Subnet.Admit(new InboundFlow("standby", [args.Subnet.AddressPrefix], [Port], "The server and its standby."));
        var server = Declare(password, identity, args.Key.GrantWrapping(identity));
        var lastParameter = SetParameters(server);
        _sql = new Pulumi.PostgreSql.Provider(
            $"{name}-sql",
            new Pulumi.PostgreSql.ProviderArgs
            {
                Host = server.FullyQualifiedDomainName,
                Port = int.Parse(Port, System.Globalization.CultureInfo.InvariantCulture),
                Username = Administrator,
                Password = password,
                Superuser = false,

                // Checks the server's certificate and name, not only that there is TLS.
                Sslmode = "verify-full",
            },
            new CustomResourceOptions { Parent = this, DependsOn = { lastParameter } });
        Id = server.Id;
        Host = server.FullyQualifiedDomainName;
        RegisterOutputs();
    }

    /// <summary>The id.</summary>
    [Output("id")]
    public Output<string> Id { get; private set; }

    /// <summary>The host name.</summary>
    [Output("host")]
    public Output<string> Host { get; private set; }

    /// <summary>Lets clients in a subnet connect.</summary>
    /// <param name="name">Who they are.</param>
    /// <param name="clients">Where they are; pods have the addresses of their nodes out here.</param>
    public void AllowFrom(string name, GuardedSubnet clients) =>
        _args.Subnet.Admit(new InboundFlow(name, [clients.AddressPrefix], [Port], "Clients of the databases."));

    /// <summary>Logs sign-ins, audit lines and metrics (A24).</summary>
    public void LogTo(LogAnalytics logs) => logs.Receive($"{_name}-logs", Id, LogCategories.PostgreSqlServer, this);

    /// <summary>Tells when the server is down, full, busy, behind, or has no backups (A12).</summary>
    public void AlertTo(Alerting alerts) => alerts.Watch(AlertTarget.PostgreSqlServer, _name, Id, this);

    /// <summary>Makes an account; its password goes to the vault.</summary>
    /// <param name="account">The account's name.</param>
    public DatabaseAccount AddAccount(string account)
    {
        var password = GeneratedPassword.Create($"{_name}-{account}", this);
        _args.Vault.AddSecret($"{_name}-{account}", password);
        var role = new Pulumi.PostgreSql.Role(
            $"{_name}-{account}",
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

    /// <summary>Makes a database that one account owns and no other can connect to.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="owner">The account.</param>
    public void AddDatabase(string database, DatabaseAccount owner)
    {
        var resource = new Pulumi.PostgreSql.Database(
            $"{_name}-{database}",
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

        // PostgreSQL lets everybody connect to a new database; an empty grant to 'public' takes that away.
        var revoked = Allow("public", []);
        Allow(owner.Name, ["CONNECT", "CREATE", "TEMPORARY"], revoked);

        Grant Allow(string role, ImmutableArray<string> privileges, params Resource[] after) => new(
            $"{_name}-{database}-{role}",
            new GrantArgs
            {
                Database = resource.Name,
                Role = role == owner.Name ? owner.Role.Name : role,
                ObjectType = "database",
                Privileges = privileges,
            },
            new CustomResourceOptions { Parent = this, Provider = _sql, DependsOn = after });
    }

    private CustomResourceOptions InServer() => new() { Parent = this, Provider = _sql };

    private Server Declare(Output<string> password, ManagedIdentity identity, Resource wrapping) => new(
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
                GeoRedundantBackup = GeographicallyRedundantBackup.Disabled,
            },
            DataEncryption = new DataEncryptionArgs
            {
                Type = DataEncryptionType.AzureKeyVault,
                PrimaryKeyURI = _args.Key.Uri,
                PrimaryUserAssignedIdentityId = identity.Id,
            },
            Identity = new Pulumi.AzureNative.DBforPostgreSQL.Inputs.UserAssignedIdentityArgs
            {
                Type = IdentityType.UserAssigned,

                // A map with the ids as keys here, unlike with other services.
                UserAssignedIdentities = identity.Id.Apply(id =>
                    ImmutableDictionary<string, UserIdentityArgs>.Empty.Add(id, new UserIdentityArgs())),
            },
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
            DependsOn = [wrapping, .. _args.Subnet.Rules],
            Protect = _args.Azure.IsProtected,

            // The mode is only for creating; a failover swaps the zones.
            IgnoreChanges = { "createMode", "availabilityZone", "highAvailability.standbyAvailabilityZone" },
        });

    private Resource SetParameters(Server server)
    {
        Resource last = server;
        foreach (var (parameter, value) in ServerParameters.All)
        {
            last = new Configuration(
                $"{_name}-{parameter.Replace('.', '-').Replace('_', '-')}",
                new ConfigurationArgs
                {
                    ConfigurationName = parameter,
                    ServerName = server.Name,
                    ResourceGroupName = _args.ResourceGroupName,
                    Value = value,
                    Source = "user-override",
                },

                // The server takes one change at a time and refuses others as busy.
                new CustomResourceOptions { Parent = this, DependsOn = { last } });
        }

        return last;
    }
}
