using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>The tables whose retention is ours to say (A22).</summary>
/// <remarks>
/// Not here, since Azure keeps them longer by itself: <c>Usage</c> and <c>AzureActivity</c> for at least 90 days at no charge, and the
/// tables of Application Insights, whose names begin with <c>App</c>; nothing here fills those.
/// </remarks>
internal static class LogTables
{
    /// <summary>All of them, by name.</summary>
    public static ImmutableArray<LogTable> All { get; } =
    [
        // Key vaults.
        new("AZKVAuditLogs", IsAudit: true),
        new("AZKVPolicyEvaluationDetailsLogs"),

        // The cluster.
        new("AKSAudit", IsAudit: true),
        new("AKSAuditAdmin", IsAudit: true),
        new("AKSControlPlane", IsAudit: true),
        new("ContainerLogV2"),
        new("KubeEvents"),
        new("KubeNodeInventory"),
        new("KubePodInventory"),

        // PostgreSQL servers.
        new("PGSQLServerLogs", IsAudit: true),
        new("PGSQLPgStatActivitySessions"),
        new("PGSQLQueryStoreRuntime"),
        new("PGSQLQueryStoreWaits"),
        new("PGSQLAutovacuumStats"),
        new("PGSQLDbTransactionsStats"),
        new("PGSQLPgBouncer"),

        // The network.
        new("AZFWNetworkRule", IsAudit: true),
        new("AZFWApplicationRule", IsAudit: true),
        new("AZFWNatRule", IsAudit: true),
        new("AZFWThreatIntel", IsAudit: true),
        new("AZFWIdpsSignature", IsAudit: true),
        new("AZFWDnsQuery"),
        new("AZFWFatFlow"),
        new("AZFWFlowTrace"),
        new("NTANetAnalytics", IsAudit: true),

        // Storage, machines, backups, queries of the workspace itself.
        new("StorageBlobLogs", IsAudit: true),
        new("Syslog", IsAudit: true),
        new("AddonAzureBackupJobs", IsAudit: true),
        new("LAQueryLogs", IsAudit: true),

        // Types without tables of their own, and metrics.
        new("AzureDiagnostics"),
        new("AzureMetrics"),
    ];
}
