using System.Collections.Frozen;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol;

namespace CantonInfra.Tools.Differences.Dangers;

/// <summary>The types whose resources keep what a new one would not have.</summary>
internal static class StatefulTypes
{
    private const string Server = "a database server with its databases";
    private const string Database = "a database with its data";
    private const string Account = "a storage account with its data";
    private const string Container = "a container with its blobs";
    private const string Vault = "a vault with its keys and secrets";
    private const string Key = "a key, and with it what it encrypts";
    private const string Logs = "logs";
    private const string Cluster = "a cluster with all that runs and is stored in it";
    private const string Group = "a resource group with all that is in it";
    private const string Disk = "a disk with its data";
    private const string Backups = "backups";
    private const string Address = "an address that others have on their lists";

    private static readonly FrozenDictionary<string, string> Kept = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["azure-native:compute:Disk"] = Disk,
        ["azure-native:compute:DiskEncryptionSet"] = "an encryption set, and with it disks that it encrypts",
        ["azure-native:compute:Snapshot"] = Backups,
        ["azure-native:containerregistry:Registry"] = "a registry with its images",
        ["azure-native:containerservice:ManagedCluster"] = Cluster,
        ["azure-native:dataprotection:BackupInstance"] = Backups,
        ["azure-native:dataprotection:BackupVault"] = Backups,
        ["azure-native:cosmosdb:DatabaseAccount"] = Server,
        ["azure-native:dbformysql:Server"] = Server,
        ["azure-native:dbforpostgresql:Database"] = Database,
        ["azure-native:dbforpostgresql:Server"] = Server,
        ["azure-native:documentdb:DatabaseAccount"] = Server,
        ["azure-native:keyvault:Key"] = Key,
        ["azure-native:keyvault:ManagedHsm"] = Vault,
        ["azure-native:keyvault:Vault"] = Vault,
        ["azure-native:network:PublicIPAddress"] = Address,
        ["azure-native:network:PublicIPPrefix"] = Address,
        ["azure-native:operationalinsights:Table"] = Logs,
        ["azure-native:operationalinsights:Workspace"] = Logs,
        ["azure-native:recoveryservices:Vault"] = Backups,
        ["azure-native:resources:ResourceGroup"] = Group,
        ["azure-native:sql:Database"] = Database,
        ["azure-native:sql:Server"] = Server,
        ["azure-native:storage:BlobContainer"] = Container,
        ["azure-native:storage:FileShare"] = "a file share with its files",
        ["azure-native:storage:StorageAccount"] = Account,
        ["azure:containerservice/kubernetesCluster:KubernetesCluster"] = Cluster,
        ["azure:core/resourceGroup:ResourceGroup"] = Group,
        ["azure:keyvault/key:Key"] = Key,
        ["azure:keyvault/keyVault:KeyVault"] = Vault,
        ["azure:network/publicIp:PublicIp"] = Address,
        ["azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace"] = Logs,
        ["azure:postgresql/flexibleServer:FlexibleServer"] = Server,
        ["azure:postgresql/flexibleServerDatabase:FlexibleServerDatabase"] = Database,
        ["azure:storage/account:Account"] = Account,
        ["azure:storage/container:Container"] = Container,
        ["keycloak:index/realm:Realm"] = "a realm with its users",
        ["kubernetes:apps:StatefulSet"] = "pods that keep state",
        ["kubernetes:core:Namespace"] = "a namespace with all that is in it",
        ["kubernetes:core:PersistentVolume"] = Disk,
        ["kubernetes:core:PersistentVolumeClaim"] = Disk,
        ["postgresql:index/database:Database"] = Database,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    // The ledger, and what nothing can be read without; then what holds other things; then the rest.
    private static readonly FrozenDictionary<string, int> Ranks = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        [Server] = 0,
        [Database] = 0,
        [Vault] = 0,
        [Key] = 0,
        [Cluster] = 1,
        [Group] = 1,
        [Disk] = 1,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>What would be lost with a resource; null where nothing would.</summary>
    public static string? WhatIn(PlannedResource resource) => WhatIn(resource.PlainType());

    /// <summary>How early a loss is told: 0 first.</summary>
    /// <param name="urn">The resource's URN.</param>
    public static int RankOf(string urn) =>
        Urn.TryParse(urn, out var parsed) && WhatIn(TypeToken.Unversioned(parsed.Type)) is { } what ? Ranks.GetValueOrDefault(what, 2) : 3;

    private static string? WhatIn(string plainType) => Kept.GetValueOrDefault(plainType);
}
