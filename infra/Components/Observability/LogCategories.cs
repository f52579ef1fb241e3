using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>Which logs of a type of resource are kept (A24), by their names in Azure Monitor.</summary>
/// <param name="Categories">The categories.</param>
/// <param name="HasMetrics">Whether the metrics are kept as well.</param>
internal sealed record LogCategories(ImmutableArray<string> Categories, bool HasMetrics)
{
    /// <summary>A key vault: every operation, and what policies said.</summary>
    public static readonly LogCategories KeyVault = new(["AuditEvent", "AzurePolicyEvaluationDetails"], HasMetrics: true);

    /// <summary>A PostgreSQL server: pgaudit and sign-ins are in its server log.</summary>
    public static readonly LogCategories PostgreSqlServer = new(["PostgreSQLLogs", "PostgreSQLFlexSessions"], HasMetrics: true);

    /// <summary>An AKS cluster: who asked the API server for what, and what it answered; kube-audit has all of kube-audit-admin.</summary>
    public static readonly LogCategories Cluster = new(
        ["kube-audit", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "cluster-autoscaler", "guard"],
        HasMetrics: true);
}
