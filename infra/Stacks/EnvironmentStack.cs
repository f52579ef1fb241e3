using System.Collections.Immutable;
using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Storage;
using CantonInfra.Infra.Settings;
using Pulumi;

namespace CantonInfra.Infra.Stacks;

/// <summary>One environment: composes the components from its settings and connects them.</summary>
internal sealed class EnvironmentStack
{
    private readonly EnvironmentSettings _settings;
    private readonly AzureEnvironment _azure;
    private readonly ResourceGroups _groups;
    private readonly EnvironmentNetwork _network;
    private readonly LogAnalytics _logs;
    private readonly KeyVault _keys;
    private readonly KeyVault _secrets;
    private readonly AksCluster _cluster;
    private readonly List<TrustZoneNamespace> _namespaces = [];

    /// <summary>Declares the environment.</summary>
    public EnvironmentStack(EnvironmentSettings settings)
    {
        _settings = settings;
        _azure = new AzureEnvironment
        {
            Names = new ResourceNames(settings.Name, settings.Azure.SubscriptionId),
            Location = settings.Azure.Location,
            SubscriptionId = settings.Azure.SubscriptionId,
            TenantId = settings.Azure.TenantId,
            Tags = ResourceTags.Create(settings.Name, settings.Owner, settings.CostCenter),
            IsProtected = settings.DeletionProtection,
        };
        _groups = new ResourceGroups("groups", new ResourceGroupsArgs { Azure = _azure });
        _logs = new LogAnalytics("logs", new LogAnalyticsArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Observability,
            DailyCapInGB = settings.Observability.DailyCapGB,
            TableRetentionInDays = settings.Observability.TableRetentionDays,
            AuditRetentionInDays = settings.Observability.AuditRetentionDays,
            IsPrivate = false,
        });
        _network = new EnvironmentNetwork("network", new EnvironmentNetworkArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Network,
            AddressSpace = settings.Network.AddressSpace,
            Egress = settings.Network.Egress.Plan,
        });
        _network.LogEgressTo(_logs);

        // Two vaults: who may use a key for encryption has no business with passwords.
        var hsm = Hsm();
        _keys = Vault("keys", "cmk", hsm);
        _secrets = Vault("secrets", "app");
        var flows = FlowStorage();
        _cluster = Cluster();

        var keycloakDatabases = Server("psql-keycloak", "keycloak", _network.KeycloakDatabase, settings.Data.Keycloak);
        var keycloakAccount = keycloakDatabases.AddAccount("keycloakadmin");
        keycloakDatabases.AddDatabase("keycloak", keycloakAccount);

        var ledgerDatabases = Server("psql-ledger", "ledger", _network.LedgerDatabase, settings.Data.Ledger);
        var ledgerAccount = ledgerDatabases.AddAccount("cnadmin");
        ledgerDatabases.AddDatabase("participant", ledgerAccount);
        ledgerDatabases.AddDatabase("validator", ledgerAccount);

        var realm = Realm(keycloakDatabases, keycloakAccount);
        var validator = new ValidatorSecrets("validator", new ValidatorSecretsArgs
        {
            Namespace = Namespace("validator", TrustZone.DataPlane, PodSecurity.Baseline),
            Vault = _secrets,
            Realm = realm,
            Account = ledgerAccount,
            OnboardingSecret = settings.Ledger.OnboardingSecret,
        });
        if (settings.Ledger.KeyStorage == KeyStorage.Vault)
        {
            OwnKeys("validator");
        }

        var services = settings.Services.Services.ToImmutableSortedDictionary(
            service => service.Name, service => Service(service, realm), StringComparer.Ordinal);
        _ = new NoPublicAddresses("no-public-addresses", new NoPublicAddressesArgs
        {
            Azure = _azure,
            Purposes = [ResourceGroups.SecurityPurpose, ResourceGroups.DataPurpose, ResourceGroups.ClusterPurpose],
            Groups = _groups,
            Enforcement = settings.Enforcement,
        });
        var vaults = ImmutableSortedDictionary.Create<string, KeyVault>(StringComparer.Ordinal)
            .Add("keys", _keys)
            .Add("secrets", _secrets);
        var access = new EnvironmentAccess(_azure, _groups, _logs, vaults, _cluster, _namespaces).Grant(settings);

        Outputs = new Dictionary<string, object?>
        {
            ["access"] = access.Table,
            ["clusterId"] = _cluster.Id,
            ["egressIpAddress"] = _network.EgressIpAddress,
            ["issuer"] = realm.Issuer,
            ["keycloakDatabaseHost"] = keycloakDatabases.Host,
            ["keyVault"] = _keys.AzureName,
            ["ledgerApiUsers"] = services
                .Select(service => (Name: service.Key, service.Value.Subject))
                .Append((Name: "validator", Subject: validator.LedgerApiUser))
                .ToImmutableDictionary(user => user.Name, user => user.Subject),
            ["ledgerDatabaseHost"] = ledgerDatabases.Host,
            ["location"] = settings.Azure.Location,
            ["logAnalyticsWorkspaceId"] = _logs.WorkspaceId,
            ["oidcIssuerUrl"] = _cluster.OidcIssuerUrl,
            ["secretVault"] = _secrets.AzureName,
            ["virtualNetworkId"] = _network.VirtualNetworkId,
        };
    }

    /// <summary>The stack's outputs by name.</summary>
    public IDictionary<string, object?> Outputs { get; }

    private ManagedHsmPool? Hsm()
    {
        if (_settings.Keys.ManagedHsm is not { } settings)
        {
            return null;
        }

        var hsm = new ManagedHsmPool("hsm", new ManagedHsmPoolArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            AdminObjectIds = settings.AdminObjectIds,
            SoftDeleteRetentionInDays = _settings.Keys.SoftDeleteRetentionDays,
        });
        hsm.AllowFrom(_network, new PrivateDnsZone("hsm-zone", new PrivateDnsZoneArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Network,
            VirtualNetworkId = _network.VirtualNetworkId,
            DomainName = "privatelink.managedhsm.azure.net",
        }));
        hsm.LogTo(_logs);
        return hsm;
    }

    private KeyVault Vault(string name, string purpose, ManagedHsmPool? hsm = null)
    {
        var vault = new KeyVault(name, new KeyVaultArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            Purpose = purpose,
            Protection = _settings.Keys.Protection,
            SoftDeleteRetentionInDays = _settings.Keys.SoftDeleteRetentionDays,
            Generations = _settings.Keys.Generations,
            Hsm = hsm,
            HsmKeys = _settings.Keys.ManagedHsm?.Keys ?? ImmutableSortedDictionary<string, HsmKeyUri>.Empty,
        });
        vault.AllowFrom(_network);
        vault.LogTo(_logs);
        return vault;
    }

    // An account of their own: flow logs are rewritten every minute, which an append-only one does not take.
    private LogStorage FlowStorage()
    {
        var storage = new LogStorage("flows", new LogStorageArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Observability,
            IdentityResourceGroupName = _groups.Security,
            Purpose = "flow",
            Redundancy = StorageRedundancy.Zone,
            Key = _keys.AddEncryptionKey("cmk-flows"),
            KeepsOverwritten = false,
        });
        storage.AllowFrom(_network);
        storage.LogTo(_logs);
        _ = new FlowLogs("flow-logs", new FlowLogsArgs
        {
            Azure = _azure,
            IdentityResourceGroupName = _groups.Security,
            Network = _network,
            Storage = storage,
            Logs = _logs,
            RetentionInDays = _settings.Network.FlowLogs.RetentionDays,
            AnalysisIntervalInMinutes = _settings.Network.FlowLogs.AnalyticsIntervalMinutes,
        });
        return storage;
    }

    // Canton's keys in a vault of their own, where nobody but the validator's own pods has a role.
    private void OwnKeys(string validator) => Vault("canton-keys", "canton").AddCantonKeys(validator).GrantUse(new WorkloadIdentity(
        $"{validator}-identity",
        new WorkloadIdentityArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            Purpose = validator,
            Issuer = _cluster.OidcIssuerUrl,
            Namespace = validator,
            ServiceAccount = validator,
        }));

    private AksCluster Cluster()
    {
        var disks = new DiskEncryption("disks", new DiskEncryptionArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            Purpose = "aks",
            Key = _keys.AddEncryptionKey("cmk-des"),
        });
        var cluster = new AksCluster("cluster", new AksClusterArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Cluster,
            IdentityResourceGroupName = _groups.Security,
            Network = _network,
            Disks = disks,
            Logs = _logs,
            KubernetesVersion = _settings.Cluster.KubernetesVersion,
            Tier = _settings.Cluster.Tier,
            Zones = _settings.Cluster.Zones,
            SystemPool = _settings.Cluster.SystemPool,
            UserPool = _settings.Cluster.UserPool,
            MaintenanceDay = _settings.MaintenanceDay,
            AdminGroupObjectIds = _settings.Cluster.AdminGroupObjectIds,
            EtcdKey = _settings.Cluster.HasEtcdKey ? Vault("etcd-keys", "kms").AddEtcdKey(KeySettings.EtcdKey) : null,
            AuthorizedIpRanges = _settings.Cluster.AuthorizedIpRanges,
            Upgrades = _settings.Cluster.Upgrades,
            NodeUpgrades = _settings.Cluster.NodeUpgrades,
            NotAllowedDates = _settings.Cluster.NotAllowedDates,
        });
        cluster.LogTo(_logs, _settings.Observability.KubeAudit);
        return cluster;
    }

    private PostgreSqlServer Server(string name, string purpose, GuardedSubnet subnet, DatabaseServerSettings size)
    {
        var server = new PostgreSqlServer(name, new PostgreSqlServerArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Data,
            IdentityResourceGroupName = _groups.Security,
            Purpose = purpose,
            Subnet = subnet,
            Zone = _network.PostgreSqlZone,
            Key = _keys.AddEncryptionKey($"cmk-{name}"),
            Vault = _secrets,
            Version = _settings.Data.Version,
            Sku = size.Sku,
            StorageInGB = size.StorageGB,
            HighAvailability = _settings.Data.HighAvailability,
            BackupRetentionInDays = _settings.Data.BackupRetentionDays,
            MaintenanceDay = _settings.MaintenanceDay,
        });
        server.AllowFrom("user-nodes", _network.UserNodes);
        server.LogTo(_logs);
        return server;
    }

    private TrustZoneNamespace Namespace(string name, TrustZone zone, PodSecurity podSecurity)
    {
        var home = new TrustZoneNamespace(
            name, new TrustZoneNamespaceArgs { Kubernetes = _cluster.Kubernetes, Zone = zone, PodSecurity = podSecurity });
        _namespaces.Add(home);
        return home;
    }

    private ValidatorRealm Realm(PostgreSqlServer databases, DatabaseAccount account)
    {
        var keycloak = Namespace("keycloak", TrustZone.ControlPlane, PodSecurity.Restricted);
        keycloak.AddServiceAccount("keycloak");
        keycloak.AddSecret("keycloak-database", ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add("host", databases.Host)
            .Add("username", Output.Create(account.Name))
            .Add("password", account.Password));
        var administration = new KeycloakAdministration("keycloak-admin", new KeycloakAdministrationArgs
        {
            Url = _settings.Identity.KeycloakUrl,
            Vault = _secrets,
            Namespace = keycloak,
        });
        return new ValidatorRealm("realm", new ValidatorRealmArgs
        {
            Connection = administration.Connection,
            Url = _settings.Identity.KeycloakUrl,
            LedgerApiAudience = _settings.Identity.LedgerApiAudience,
        });
    }

    private ServiceClient Service(CantonService service, ValidatorRealm realm)
    {
        var home = Namespace(service.Name, TrustZone.Applications, PodSecurity.Restricted);
        home.AddServiceAccount(service.Name);
        return new ServiceClient(service.Name, new ServiceClientArgs
        {
            Service = service,
            Realm = realm,
            Vault = _secrets,
            Namespace = home,
        });
    }
}
