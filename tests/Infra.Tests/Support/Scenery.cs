using System.Collections.Immutable;
using CantonInfra.Infra.Components.Cluster;
using CantonInfra.Infra.Components.Data;
using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Isolation;
using CantonInfra.Infra.Components.Keys;
using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Components.Storage;

namespace CantonInfra.Infra.Tests.Support;

/// <summary>What most components need around them.</summary>
internal static class Scenery
{
    public const string Subscription = "00000000-0000-0000-0000-000000000001";
    public const string Tenant = "00000000-0000-0000-0000-000000000002";
    public const string AdminGroup = "00000000-0000-0000-0000-000000000003";

    public static AzureEnvironment Azure { get; } = new()
    {
        Names = new ResourceNames("unit", Subscription),
        Location = "centralus",
        SubscriptionId = Subscription,
        TenantId = Tenant,
        Tags = ResourceTags.Create("unit", "owner", "center"),
        IsProtected = true,
    };

    public static EnvironmentNetwork Network(EgressPlan? egress = null) => new("network", new EnvironmentNetworkArgs
    {
        Azure = Azure,
        ResourceGroupName = "rg-net",
        AddressSpace = "10.40.0.0/20",
        Egress = egress ?? EgressPlan.Nat,
    });

    public static LogAnalyticsArgs LogsArgs { get; } = new()
    {
        Azure = Azure,
        ResourceGroupName = "rg-obs",
        TableRetentionInDays = 30,
        AuditRetentionInDays = 365,
        IsPrivate = true,
    };

    public static LogAnalytics Logs() => new("logs", LogsArgs);

    public static Alerting Alerts(LogAnalytics? logs = null) => new("alerts", new AlertingArgs
    {
        Azure = Azure,
        ResourceGroupName = "rg-obs",
        WatchedGroups = ["rg-sec", "rg-data"],
        Logs = logs ?? Logs(),
        Email = "operators@example.com",
    });

    public static ClusterMonitoring Monitoring(bool isPrivate = true) => new("monitoring", new ClusterMonitoringArgs
    {
        Azure = Azure,
        ResourceGroupName = "rg-obs",
        Logs = Logs(),
        IsPrivate = isPrivate,
    });

    public static KeyVault Vault(
        string name = "keys",
        string purpose = "cmk",
        KeyProtection protection = KeyProtection.Hsm,
        Func<KeyVaultArgs, KeyVaultArgs>? change = null) =>
        new(name, (change ?? (args => args))(new KeyVaultArgs
        {
            Azure = Azure,
            ResourceGroupName = "rg-sec",
            Purpose = purpose,
            Protection = protection,
            SoftDeleteRetentionInDays = 90,
        }));

    public static LogStorage LogStorage(Func<LogStorageArgs, LogStorageArgs>? change = null)
    {
        var args = LogStorageArgs("log", "cmk-logs");
        return new("archive", change is null ? args : change(args));
    }

    public static LogStorageArgs LogStorageArgs(string purpose, string key) => new()
    {
        Azure = Azure,
        ResourceGroupName = "rg-obs",
        IdentityResourceGroupName = "rg-sec",
        Purpose = purpose,
        Redundancy = StorageRedundancy.Zone,
        Key = Vault($"vault-of-{key}").AddEncryptionKey(key),
    };

    public static ServerParameters Parameters { get; } = new() { LeastTls = TlsVersion.Tls13, AuditClasses = "ddl,role,misc" };

    public static RecoveryRegion Region(string name = "backup-region", string purpose = "geo") => new(name, new RecoveryRegionArgs
    {
        Azure = Azure,
        Location = "eastus2",
        Purpose = purpose,
        Protection = KeyProtection.Hsm,
        SoftDeleteRetentionInDays = 90,
    });

    public static PostgreSqlServer Server(HighAvailability mode = HighAvailability.ZoneRedundant, bool hasBackupCopy = false)
    {
        var network = Network();
        return new PostgreSqlServer("psql-ledger", new PostgreSqlServerArgs
        {
            Azure = Azure,
            ResourceGroupName = "rg-data",
            IdentityResourceGroupName = "rg-sec",
            Purpose = "ledger",
            Subnet = network.LedgerDatabase,
            Zone = network.PostgreSqlZone,
            Key = Vault().AddEncryptionKey("cmk-psql-ledger"),
            Vault = Vault("secrets", "app"),
            Version = "17",
            Sku = new DatabaseSku("Standard_D4ds_v4"),
            StorageInGB = 128,
            HighAvailability = mode,
            BackupRetentionInDays = 35,
            GeoRedundantBackup = hasBackupCopy ? Region().AddEncryption("cmk-psql-ledger-geo") : null,
            Parameters = Parameters,
            MaintenanceDay = DayOfWeek.Sunday,
        });
    }

    public static AksCluster Cluster(Func<AksClusterArgs, AksClusterArgs>? change = null, EgressPlan? egress = null) =>
        new("cluster", (change ?? (args => args))(ClusterArgs(egress)));

    public static AksClusterArgs ClusterArgs(EgressPlan? egress = null) => new()
    {
        Azure = Azure,
        ResourceGroupName = "rg-aks",
        IdentityResourceGroupName = "rg-sec",
        Network = Network(egress),
        Disks = new DiskEncryption("disks", new DiskEncryptionArgs
        {
            Azure = Azure,
            ResourceGroupName = "rg-sec",
            Purpose = "aks",
            Key = Vault().AddEncryptionKey("cmk-des"),
        }),
        Logs = Logs(),
        KubernetesVersion = "1.35",
        Tier = ClusterTier.Standard,
        Zones = ["1", "2", "3"],
        SystemPool = new NodePoolSize("Standard_D4ds_v5", 3, 5),
        UserPool = new NodePoolSize("Standard_D8ds_v5", 3, 6),
        MaintenanceDay = DayOfWeek.Thursday,
        AdminGroupObjectIds = ImmutableArray.Create(AdminGroup),
        EtcdKey = Vault("etcd-keys", "kms").AddEtcdKey("kms-etcd"),
        Upgrades = KubernetesUpgrades.Patch,
        NodeUpgrades = NodeImageUpgrades.NodeImage,
    };

    public static Pulumi.Kubernetes.Provider Kubernetes() => new("kubernetes");

    public static TrustZoneNamespace Namespace(string name = "validator", PodSecurity podSecurity = PodSecurity.Baseline) =>
        new(name, new TrustZoneNamespaceArgs { Kubernetes = Kubernetes(), Zone = TrustZone.DataPlane, PodSecurity = podSecurity });
}
