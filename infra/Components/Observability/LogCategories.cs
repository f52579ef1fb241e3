using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>Which logs of a type of resource are kept (A24), by their names in Azure Monitor.</summary>
/// <param name="Categories">The categories.</param>
internal sealed record LogCategories(ImmutableArray<string> Categories)
{
    /// <summary>The blobs of a storage account; the resource is <c>/blobServices/default</c> below the account's id.</summary>
    public static readonly LogCategories BlobService = new(["StorageRead", "StorageWrite", "StorageDelete"])
    {
        Metrics = ["Transaction"],
    };

    /// <summary>Azure Firewall: each rule that matched, threats, and names that did not resolve.</summary>
    public static readonly LogCategories Firewall = new(
        [
            "AZFWNetworkRule", "AZFWApplicationRule", "AZFWNatRule", "AZFWThreatIntel", "AZFWIdpsSignature", "AZFWDnsQuery",
            "AZFWFqdnResolveFailure", "AZFWFatFlow", "AZFWFlowTrace",
        ]);

    /// <summary>A public IP address: attacks on it.</summary>
    public static readonly LogCategories PublicIPAddress = new(
        ["DDoSProtectionNotifications", "DDoSMitigationFlowLogs", "DDoSMitigationReports"]);

    /// <summary>A key vault: every operation, and what policies said.</summary>
    public static readonly LogCategories KeyVault = new(["AuditEvent", "AzurePolicyEvaluationDetails"]);

    /// <summary>A PostgreSQL server: pgaudit and sign-ins are in its server log.</summary>
    public static readonly LogCategories PostgreSqlServer = new(["PostgreSQLLogs", "PostgreSQLFlexSessions"]);

    /// <summary>An AKS cluster: who asked the API server for what; kube-audit has all of kube-audit-admin.</summary>
    public static readonly LogCategories Cluster = new(
        ["kube-audit", "kube-apiserver", "kube-controller-manager", "kube-scheduler", "cluster-autoscaler", "guard"]);

    /// <summary>The categories of metrics.</summary>
    public ImmutableArray<string> Metrics { get; private init; } = ["AllMetrics"];
}
