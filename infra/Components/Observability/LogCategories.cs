using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>Which logs of a type of resource are kept (A24), by their names in Azure Monitor.</summary>
/// <param name="Categories">The categories.</param>
internal sealed record LogCategories(ImmutableArray<string> Categories)
{
    /// <summary>A key vault: every operation, and what policies said.</summary>
    public static readonly LogCategories KeyVault = new(["AuditEvent", "AzurePolicyEvaluationDetails"]);

    /// <summary>A managed HSM: the same.</summary>
    public static readonly LogCategories ManagedHsm = new(["AuditEvent", "AzurePolicyEvaluationDetails"]);

    /// <summary>A PostgreSQL server: pgaudit and sign-ins are in its server log.</summary>
    public static readonly LogCategories PostgreSqlServer = new(["PostgreSQLLogs", "PostgreSQLFlexSessions"]);

    /// <summary>An AKS cluster: who asked the API server for what; kube-audit has all of kube-audit-admin.</summary>
    public static readonly LogCategories Cluster = new(
        ["kube-audit", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "cluster-autoscaler", "guard"]);
}
