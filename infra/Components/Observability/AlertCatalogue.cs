using System.Collections.Immutable;
using Pulumi.AzureNative.Monitor;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>All that somebody is told of. Thresholds are here and nowhere else.</summary>
/// <remarks>
/// Metrics of Canton and of the validator are not here: workloads bring their own. Certificates are those of cert-manager,
/// whose metrics have to be scraped.
/// </remarks>
internal static class AlertCatalogue
{
    private const int Critical = 0;
    private const int Error = 1;
    private const int Warning = 2;
    private const double Gibibyte = 1024d * 1024 * 1024;

    /// <summary>Alerts on metrics of resources.</summary>
    public static ImmutableArray<MetricAlertRule> Metrics { get; } =
    [
        new("postgresql-down", Critical, "A database server does not answer; what uses it has stopped.",
            AlertTarget.PostgreSqlServer, "is_db_alive", AggregationTypeEnum.Maximum, Operator.LessThan, 1, "PT5M", "PT1M"),
        new("postgresql-storage", Error, "A database server is nearly full; from 95 % on it takes no writes.",
            AlertTarget.PostgreSqlServer, "storage_percent", AggregationTypeEnum.Average, Operator.GreaterThan, 80, "PT15M", "PT5M"),
        new("postgresql-busy", Warning, "A database server has been busy for half an hour; the participant falls behind.",
            AlertTarget.PostgreSqlServer, "cpu_percent", AggregationTypeEnum.Average, Operator.GreaterThan, 90, "PT30M", "PT5M"),
        new("postgresql-replication-lag", Error, "A replica is more than a gibibyte behind; failing over to it loses what is missing.",
            AlertTarget.PostgreSqlServer, "physical_replication_delay_in_bytes", AggregationTypeEnum.Maximum, Operator.GreaterThan,
            Gibibyte, "PT15M", "PT5M") { IsOptional = true },
        new("postgresql-backup-missing", Critical, "A database server has no backups: nothing can be restored.",
            AlertTarget.PostgreSqlServer, "backup_storage_used", AggregationTypeEnum.Maximum, Operator.LessThanOrEqual, 0, "P1D", "PT1H"),
        new("replica-down", Error, "A replica of a database server does not answer; there is nothing to fail over to.",
            AlertTarget.PostgreSqlReplica, "is_db_alive", AggregationTypeEnum.Maximum, Operator.LessThan, 1, "PT5M", "PT1M"),
        new("replica-storage", Error, "A replica of a database server is nearly full.",
            AlertTarget.PostgreSqlReplica, "storage_percent", AggregationTypeEnum.Average, Operator.GreaterThan, 80, "PT15M", "PT5M"),
        new("replica-lag", Error, "A replica is more than five minutes behind; failing over to it loses what is missing.",
            AlertTarget.PostgreSqlReplica, "physical_replication_delay_in_seconds", AggregationTypeEnum.Maximum, Operator.GreaterThan,
            300, "PT15M", "PT5M") { IsOptional = true },
        new("vault-unavailable", Critical, "A key vault does not answer; databases and disks encrypted with its keys stop within the hour.",
            AlertTarget.KeyVault, "Availability", AggregationTypeEnum.Average, Operator.LessThan, 99, "PT15M", "PT5M"),
        new("vault-slow", Warning, "A key vault takes more than a second for an answer.",
            AlertTarget.KeyVault, "ServiceApiLatency", AggregationTypeEnum.Average, Operator.GreaterThan, 1000, "PT15M", "PT5M"),
        new("snat-exhausted", Error, "Connections to the outside fail, since the egress address has no ports left.",
            AlertTarget.NatGateway, "SNATConnectionCount", AggregationTypeEnum.Total, Operator.GreaterThan, 0, "PT5M", "PT1M")
        {
            Dimension = ("ConnectionState", "Failed"),
        },
        new("firewall-snat-exhausted", Error, "The firewall has hardly any ports left; connections to the outside begin to fail.",
            AlertTarget.Firewall, "SNATPortUtilization", AggregationTypeEnum.Maximum, Operator.GreaterThan, 90, "PT5M", "PT1M"),
        new("firewall-unwell", Critical, "The firewall is unwell; all traffic to the outside goes through it.",
            AlertTarget.Firewall, "FirewallHealth", AggregationTypeEnum.Average, Operator.LessThan, 90, "PT15M", "PT5M"),
    ];

    /// <summary>Alerts on operations. Each has one operation, which is how Azure's own policies look for them.</summary>
    public static ImmutableArray<ActivityAlertRule> Activities { get; } =
    [
        new("lock-deleted", Error, "A lock is gone: what it guarded can be deleted.", "Microsoft.Authorization/locks/delete"),
        new("role-assigned", Warning, "Somebody got a role.", "Microsoft.Authorization/roleAssignments/write"),
        new("policy-assigned", Warning, "A policy assignment was made or changed.", "Microsoft.Authorization/policyAssignments/write"),
        new("policy-unassigned", Error, "A policy is no longer in force.", "Microsoft.Authorization/policyAssignments/delete"),
        new("security-group-changed", Warning, "A network security group changed.", "Microsoft.Network/networkSecurityGroups/write"),
        new("security-group-deleted", Error, "A network security group is gone.", "Microsoft.Network/networkSecurityGroups/delete"),
        new("security-rule-changed", Warning, "A rule of a network security group changed.",
            "Microsoft.Network/networkSecurityGroups/securityRules/write"),
        new("diagnostic-setting-deleted", Error, "A resource no longer logs.", "Microsoft.Insights/diagnosticSettings/delete"),
        new("vault-deleted", Critical, "A key vault was deleted; it can be recovered while its soft delete lasts.",
            "Microsoft.KeyVault/vaults/delete"),
        new("database-firewall-changed", Error, "A database server got a firewall rule, which serves public access only.",
            "Microsoft.DBforPostgreSQL/flexibleServers/firewallRules/write"),
        new("security-solution-changed", Warning, "A security solution changed.", "Microsoft.Security/securitySolutions/write"),
        new("security-solution-deleted", Error, "A security solution is gone.", "Microsoft.Security/securitySolutions/delete"),
    ];

    /// <summary>Alerts on what queries of the logs find.</summary>
    public static ImmutableArray<QueryAlertRule> Queries { get; } =
    [
        new("vault-access-denied", Error, "A key vault refused somebody several times.",
            "AZKVAuditLogs | where HttpStatusCode == 403", 5, "PT15M", "PT15M"),
        new("backup-failed", Error, "A long-term backup failed.",
            "AddonAzureBackupJobs | where JobOperation == 'Backup' and JobStatus == 'Failed'", 0, "P1D", "PT1H"),
        new("audit-silent", Error, "The cluster's API server has logged nothing for an hour: whoever acts now is not seen.",
            "union isfuzzy=true AKSAudit, AKSAuditAdmin | summarize Entries = count() | where Entries == 0", 0, "PT1H", "PT15M"),
    ];

    /// <summary>Alerts on metrics of clusters.</summary>
    public static ImmutableArray<PrometheusAlertRule> Prometheus { get; } =
    [
        new("node-not-ready", Error, "A node takes no pods.",
            "kube_node_status_condition{condition=\"Ready\",status=\"true\"} == 0", "PT5M"),
        new("pod-restarts", Warning, "A container has restarted more than three times in a quarter of an hour.",
            "increase(kube_pod_container_status_restarts_total[15m]) > 3", "PT5M"),
        new("volume-nearly-full", Error, "A persistent volume has less than a tenth of its space left.",
            "kubelet_volume_stats_available_bytes / kubelet_volume_stats_capacity_bytes < 0.1", "PT15M"),
        new("certificate-expires", Error, "A certificate of cert-manager expires within two weeks: renewing it has failed.",
            "certmanager_certificate_expiration_timestamp_seconds - time() < 14 * 24 * 3600", "PT1H"),
    ];

    /// <summary>An outage or maintenance of Azure itself, which concerns the whole subscription.</summary>
    public static AlertRule ServiceHealth { get; } = new ServiceHealthAlertRule();

    /// <summary>All alerts.</summary>
    public static ImmutableArray<AlertRule> All { get; } = [.. Metrics, .. Activities, .. Queries, .. Prometheus, ServiceHealth];

    private sealed record ServiceHealthAlertRule() : AlertRule("service-health", Error, "Azure has an outage, maintenance or advice for us.");
}
