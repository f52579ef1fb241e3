using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>Which logs and metrics of a type of resource are kept (A24), by their names in Azure Monitor.</summary>
/// <param name="Categories">The categories of logs; all of them go to the workspace.</param>
internal sealed record LogCategories(ImmutableArray<string> Categories)
{
    /// <summary>An application gateway: requests and what its firewall said of them.</summary>
    public static readonly LogCategories ApplicationGateway = new(
        ["ApplicationGatewayAccessLog", "ApplicationGatewayFirewallLog", "ApplicationGatewayPerformanceLog"]);

    /// <summary>A vault of backups: jobs, policies and what is protected.</summary>
    public static readonly LogCategories BackupVault = new(
        ["CoreAzureBackup", "AddonAzureBackupJobs", "AddonAzureBackupPolicy", "AddonAzureBackupProtectedInstance"])
    {
        Archived = ["AddonAzureBackupJobs"],
        Metrics = [],
    };

    /// <summary>The blobs of a storage account; the resource is <c>/blobServices/default</c> below the account's id.</summary>
    public static readonly LogCategories BlobService = new(["StorageRead", "StorageWrite", "StorageDelete"])
    {
        Archived = ["StorageRead", "StorageWrite", "StorageDelete"],
        Metrics = ["Transaction"],
    };

    /// <summary>An AKS cluster: all that the API server was asked for, and what its other parts did.</summary>
    public static readonly LogCategories Cluster = OfCluster("kube-audit");

    /// <summary>An AKS cluster without what only reads: gets and lists are most of what the API server is asked for.</summary>
    public static readonly LogCategories ClusterWithoutReads = OfCluster("kube-audit-admin");

    /// <summary>A container registry: pushes, pulls and sign-ins.</summary>
    public static readonly LogCategories ContainerRegistry = new(
        ["ContainerRegistryRepositoryEvents", "ContainerRegistryLoginEvents"])
    {
        Archived = ["ContainerRegistryLoginEvents"],
    };

    /// <summary>Azure Firewall: each rule that matched, threats, and names that did not resolve.</summary>
    public static readonly LogCategories Firewall = new(
        [
            "AZFWNetworkRule", "AZFWApplicationRule", "AZFWNatRule", "AZFWThreatIntel", "AZFWIdpsSignature", "AZFWDnsQuery",
            "AZFWFqdnResolveFailure", "AZFWFatFlow", "AZFWFlowTrace",
        ])
    {
        Archived = ["AZFWNetworkRule", "AZFWApplicationRule", "AZFWNatRule", "AZFWThreatIntel", "AZFWIdpsSignature"],
    };

    /// <summary>A key vault or a managed HSM: every operation, and what policies said.</summary>
    public static readonly LogCategories KeyVault = new(["AuditEvent", "AzurePolicyEvaluationDetails"])
    {
        Archived = ["AuditEvent"],
    };

    /// <summary>A Log Analytics workspace: who queried what.</summary>
    public static readonly LogCategories LogAnalyticsWorkspace = new(["Audit"]) { Archived = ["Audit"] };

    /// <summary>A network security group: which rules are in force, and how often each matched. It has no metrics.</summary>
    public static readonly LogCategories NetworkSecurityGroup = new(
        ["NetworkSecurityGroupEvent", "NetworkSecurityGroupRuleCounter"])
    {
        Metrics = [],
    };

    /// <summary>A PostgreSQL server: pgaudit and sign-ins are in its server log, the rest tells what it was busy with.</summary>
    public static readonly LogCategories PostgreSqlServer = new(
        [
            "PostgreSQLLogs", "PostgreSQLFlexSessions", "PostgreSQLFlexQueryStoreRuntime", "PostgreSQLFlexQueryStoreWaitStats",
            "PostgreSQLQueryStoreSqlText", "PostgreSQLFlexTableStats", "PostgreSQLFlexDatabaseXacts", "PostgreSQLFlexPGBouncer",
        ])
    {
        Archived = ["PostgreSQLLogs"],
    };

    /// <summary>A public IP address: attacks on it.</summary>
    public static readonly LogCategories PublicIPAddress = new(
        ["DDoSProtectionNotifications", "DDoSMitigationFlowLogs", "DDoSMitigationReports"]);

    /// <summary>A virtual network.</summary>
    public static readonly LogCategories VirtualNetwork = new(["VMProtectionAlerts"]);

    /// <summary>Those of them that also go to the append-only archive, where the environment has one.</summary>
    public ImmutableArray<string> Archived { get; private init; } = [];

    /// <summary>The categories of metrics.</summary>
    public ImmutableArray<string> Metrics { get; private init; } = ["AllMetrics"];

    private static LogCategories OfCluster(string audit) => new(
        [
            audit, "kube-apiserver", "kube-controller-manager", "kube-scheduler", "cluster-autoscaler", "cloud-controller-manager",
            "guard", "csi-azuredisk-controller", "csi-azurefile-controller", "csi-snapshot-controller",
        ])
    {
        Archived = [audit, "kube-apiserver", "guard"],
    };
}
