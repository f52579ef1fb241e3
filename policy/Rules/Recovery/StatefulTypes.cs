using System.Collections.Immutable;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Rules.Recovery;

/// <summary>What holds data, or opens it, and does not come back when it is made anew.</summary>
internal static class StatefulTypes
{
    /// <summary>Azure resources that a lock can be for.</summary>
    public static ImmutableArray<ResourceTypePattern> Lockable { get; } =
    [
        "azure-native:compute:Disk",
        "azure-native:compute:DiskEncryptionSet",
        "azure-native:dataprotection:BackupVault",
        "azure-native:dbforpostgresql:Server",
        "azure-native:keyvault:ManagedHsm",
        "azure-native:keyvault:Vault",
        "azure-native:operationalinsights:Workspace",
        "azure-native:recoveryservices:Vault",
        "azure-native:storage:StorageAccount",
        "azure:compute/diskEncryptionSet:DiskEncryptionSet",
        "azure:compute/managedDisk:ManagedDisk",
        "azure:keyvault/keyVault:KeyVault",
        "azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace",
        "azure:postgresql/flexibleServer:FlexibleServer",
        "azure:storage/account:Account",
    ];

    /// <summary>All of them: also what lies inside, and what runs on it.</summary>
    public static ImmutableArray<ResourceTypePattern> All { get; } =
    [
        .. Lockable,
        "azure-native:containerservice:ManagedCluster",
        "azure-native:keyvault:Key",

        // Whoever makes a zone of the same name anew answers for it, while the delegation still leads to Azure.
        "azure-native:dns:Zone",
        "azure-native:network:Zone",
        "azure:dns/zone:Zone",
        "azure:containerservice/kubernetesCluster:KubernetesCluster",
        "azure:keyvault/key:Key",
        "keycloak:index/realm:Realm",
        "postgresql:index/database:Database",
    ];
}
