using System.Collections.Immutable;
using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Identity;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Ledger;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
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
    private PostgreSqlServer? _keycloakDatabases;

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
        });

        // Two vaults: who may use a key for encryption has no business with passwords.
        _keys = Vault("keys", "cmk");
        _secrets = Vault("secrets", "app");
        _cluster = Cluster();

        var ledgerDatabases = Server("psql-ledger", "ledger", _network.LedgerDatabase, settings.Data.Ledger);
        var ledgerAccount = ledgerDatabases.AddAccount("cnadmin");
        ledgerDatabases.AddDatabase("participant", ledgerAccount);
        ledgerDatabases.AddDatabase("validator", ledgerAccount);

        var identity = EnvironmentIdentity.Declare(settings, ConnectToKeycloak);
        EnvironmentIdentity.WarnOfServices(identity, settings.Services);
        var validator = new ValidatorSecrets("validator", new ValidatorSecretsArgs
        {
            Namespace = Namespace("validator", TrustZone.DataPlane, PodSecurity.Baseline),
            Vault = _secrets,
            Identity = identity,
            Addresses = UserInterfaceAddresses.Of("validator", settings.Identity.Host),
            Account = ledgerAccount,
            OnboardingSecret = settings.Ledger.OnboardingSecret,
        });
        var services = settings.Services.Enabled.ToImmutableSortedDictionary(
            service => service.Service.Name, service => Service(service, identity), StringComparer.Ordinal);

        Outputs = new Dictionary<string, object?>
        {
            ["clusterId"] = _cluster.Id,
            ["egressIpAddress"] = _network.EgressIpAddress,
            ["identity"] = EnvironmentIdentity.Describe(identity),
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
            ["walletUsers"] = ImmutableDictionary<string, Output<ImmutableArray<string>>>.Empty.Add("validator", validator.WalletUsers),
        };
        if (_keycloakDatabases is not null)
        {
            Outputs["keycloakDatabaseHost"] = _keycloakDatabases.Host;
        }
    }

    /// <summary>The stack's outputs by name.</summary>
    public IDictionary<string, object?> Outputs { get; }

    private KeyVault Vault(string name, string purpose)
    {
        var vault = new KeyVault(name, new KeyVaultArgs
        {
            Azure = _azure,
            ResourceGroupName = _groups.Security,
            Purpose = purpose,
            Protection = _settings.Keys.Protection,
            SoftDeleteRetentionInDays = _settings.Keys.SoftDeleteRetentionDays,
        });
        vault.AllowFrom(_network);
        vault.LogTo(_logs);
        return vault;
    }

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

    private TrustZoneNamespace Namespace(string name, TrustZone zone, PodSecurity podSecurity) =>
        new(name, new TrustZoneNamespaceArgs { Kubernetes = _cluster.Kubernetes, Zone = zone, PodSecurity = podSecurity });

    private Pulumi.Keycloak.Provider ConnectToKeycloak(KeycloakSettings settings)
    {
        _keycloakDatabases = Server("psql-keycloak", "keycloak", _network.KeycloakDatabase, _settings.Data.Keycloak);
        var account = _keycloakDatabases.AddAccount("keycloakadmin");
        _keycloakDatabases.AddDatabase("keycloak", account);
        var keycloak = Namespace("keycloak", TrustZone.ControlPlane, PodSecurity.Restricted);
        keycloak.AddServiceAccount("keycloak");
        keycloak.AddSecret("keycloak-database", ImmutableSortedDictionary<string, Output<string>>.Empty
            .Add("host", _keycloakDatabases.Host)
            .Add("username", Output.Create(account.Name))
            .Add("password", account.Password));
        return new KeycloakAdministration("keycloak-admin", new KeycloakAdministrationArgs
        {
            Url = settings.Url,
            Vault = _secrets,
            Namespace = keycloak,
        }).Connection;
    }

    private ServiceClient Service(CantonServiceSettings settings, IIdentityProvider identity)
    {
        var service = settings.Service;
        var home = Namespace(service.Name, TrustZone.Applications, PodSecurity.Restricted);
        home.AddServiceAccount(service.Name);
        return new ServiceClient(service.Name, new ServiceClientArgs
        {
            Service = service,
            Identity = identity,
            TokenRequest = _settings.Services.TokenRequest,
            SecretGeneration = settings.SecretGeneration,
            Vault = _secrets,
            Namespace = home,
        });
    }
}
