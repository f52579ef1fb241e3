using System.Collections.Immutable;
using Pulumi.AzureNative.SecurityInsights;

namespace CantonInfra.Infra.Components.Observability;

/// <summary>What Sentinel looks for (A25), in tables that this platform fills.</summary>
/// <remarks><c>AzureActivity</c> is filled by the environment: what is done in the subscription goes to this workspace too.</remarks>
internal static class DetectionRules
{
    private const int Often = 15;
    private const int Hourly = 60;

    /// <summary>All of them.</summary>
    public static ImmutableArray<DetectionRule> All { get; } =
    [
        new(
            "vault-content-deleted",
            "Something in a key vault was deleted or purged",
            "A key, secret or certificate was deleted or purged. Without its key a database cannot be opened, nor restored.",
            AlertSeverity.High,
            AttackTactic.Impact,
            """
            AZKVAuditLogs
            | where OperationName in ("KeyDelete", "KeyPurge", "SecretDelete", "SecretPurge", "CertificateDelete", "CertificatePurge", "VaultPurge")
            | where ResultType == "Success"
            | project TimeGenerated, OperationName, RequestUri, CallerIpAddress, Identity, _ResourceId
            """,
            Often)
        { Tables = ["AZKVAuditLogs"] },
        new(
            "secrets-read-in-bulk",
            "One identity read many secrets",
            "One identity read more than 25 different secrets within the hour. Workloads read the few that are theirs.",
            AlertSeverity.High,
            AttackTactic.CredentialAccess,
            """
            AZKVAuditLogs
            | where OperationName == "SecretGet" and ResultType == "Success"
            | extend Caller = coalesce(tostring(Identity.claim.oid), tostring(Identity.claim.appid))
            | summarize Secrets = dcount(tostring(split(RequestUri, "?")[0])) by Caller, CallerIpAddress, _ResourceId
            | where Secrets > 25
            """,
            Hourly)
        { Tables = ["AZKVAuditLogs"] },
        new(
            "vault-caller-new",
            "An identity reads secrets for the first time",
            "An identity read a secret that has read none from this vault in the days before.",
            AlertSeverity.Medium,
            AttackTactic.CredentialAccess,
            """
            let reads = AZKVAuditLogs
                | where OperationName == "SecretGet" and ResultType == "Success"
                | extend Caller = coalesce(tostring(Identity.claim.oid), tostring(Identity.claim.appid));
            reads
            | where TimeGenerated > ago(1h)
            | join kind=leftanti (reads | where TimeGenerated between (ago({period}) .. ago(1h))) on Caller, _ResourceId
            | project TimeGenerated, Caller, CallerIpAddress, RequestUri, _ResourceId
            """,
            Hourly,
            PeriodInDays: 14)
        { Tables = ["AZKVAuditLogs"] },
        new(
            "exec-into-ledger",
            "Somebody entered a pod of the ledger",
            "A command, a terminal or a tunnel was opened in a namespace that holds the ledger. Operators have no reason to.",
            AlertSeverity.High,
            AttackTactic.Execution,
            """
            union isfuzzy=true AKSAudit, AKSAuditAdmin
            | where tostring(ObjectRef.resource) == "pods"
            | where tostring(ObjectRef.subresource) in ("exec", "attach", "portforward", "ephemeralcontainers")
            | where tostring(ObjectRef.namespace) in ({namespaces})
            | project TimeGenerated, Verb, RequestUri, Who = tostring(User.username), SourceIps, _ResourceId
            """,
            Often)
        { Tables = ["AKSAudit", "AKSAuditAdmin"] },
        new(
            "cluster-admin-bound",
            "Somebody was made an administrator of the cluster",
            "A binding to cluster-admin was made in the cluster, past the roles that are assigned in Azure.",
            AlertSeverity.High,
            AttackTactic.PrivilegeEscalation,
            """
            union isfuzzy=true AKSAudit, AKSAuditAdmin
            | where Verb in ("create", "update", "patch")
            | where tostring(ObjectRef.resource) in ("clusterrolebindings", "rolebindings")
            | where tostring(RequestObject.roleRef.name) == "cluster-admin"
            | project TimeGenerated, Verb, RequestUri, Who = tostring(User.username), SourceIps, _ResourceId
            """,
            Often)
        { Tables = ["AKSAudit", "AKSAuditAdmin"] },
        new(
            "postgresql-sign-ins-failed",
            "Sign-ins to a database server failed",
            "More than ten sign-ins to a database server failed within the hour: a password is being guessed, or was rotated on one side only.",
            AlertSeverity.Medium,
            AttackTactic.CredentialAccess,
            """
            PGSQLServerLogs
            | where Message has "password authentication failed" or Message has "no pg_hba.conf entry"
            | summarize Failures = count(), Examples = make_set(Message, 5) by _ResourceId
            | where Failures > 10
            """,
            Hourly)
        { Tables = ["PGSQLServerLogs"] },
        new(
            "role-assigned",
            "A role was assigned",
            "Somebody gave a role to somebody. Roles are given by deployments; compare with the last one.",
            AlertSeverity.Medium,
            AttackTactic.PrivilegeEscalation,
            """
            AzureActivity
            | where OperationNameValue =~ "Microsoft.Authorization/roleAssignments/write" and ActivityStatusValue =~ "Success"
            | project TimeGenerated, Caller, CallerIpAddress, Properties, _ResourceId
            """,
            Often)
        { Tables = ["AzureActivity"] },
        new(
            "diagnostic-setting-deleted",
            "A resource stopped logging",
            "A diagnostic setting was deleted. What its resource does from then on is not seen.",
            AlertSeverity.High,
            AttackTactic.DefenseEvasion,
            """
            AzureActivity
            | where OperationNameValue =~ "Microsoft.Insights/diagnosticSettings/delete" and ActivityStatusValue =~ "Success"
            | project TimeGenerated, Caller, CallerIpAddress, _ResourceId
            """,
            Often)
        { Tables = ["AzureActivity"] },
    ];
}
