using System.Collections.Immutable;

namespace CantonInfra.Infra.Components.Access;

/// <summary>The roles of people: the one place that says who may do what (A6, A20, A21).</summary>
/// <remarks>
/// No role here writes to Azure but for alerts, reads a secret's value, uses a key, or runs a pod: whoever may run pods in the
/// validator's namespace signs with its identity (docs/decisions/0032).
/// </remarks>
internal static class AccessTable
{
    /// <summary>The name of the role in each namespace for those who keep workloads running.</summary>
    public const string OperatorRole = "canton-operator";

    /// <summary>What that role is for.</summary>
    public const string OperatorRoleWhy = "restarts pods and scales workloads; no secrets, no commands in pods, no other images";

    /// <summary>Who has it.</summary>
    public static ImmutableArray<Duty> OperatorRoleDuties { get; } = [Duty.Admin, Duty.Operator];

    /// <summary>The roles of Azure.</summary>
    public static ImmutableArray<AccessRow> Rows { get; } =
    [
        new(Duty.Admin, AccessPlace.Groups, AzureRoles.Reader, "sees how everything is configured"),
        new(Duty.Admin, AccessPlace.Groups, AzureRoles.SecurityReader, "sees what Defender for Cloud found"),
        new(Duty.Admin, AccessPlace.Alerts, AzureRoles.MonitoringContributor, "configures and silences alerts"),
        new(Duty.Admin, AccessPlace.Logs, AzureRoles.LogAnalyticsReader, "queries logs"),
        new(Duty.Admin, AccessPlace.Vaults, AzureRoles.KeyVaultReader, "sees which keys and secrets there are, not their values"),
        new(Duty.Admin, AccessPlace.Cluster, AzureRoles.ClusterUser, "signs in to the cluster"),
        new(Duty.Admin, AccessPlace.Namespaces, AzureRoles.ClusterRbacReader, "sees what runs, but no secrets"),

        new(Duty.Operator, AccessPlace.Groups, AzureRoles.Reader, "sees how everything is configured"),
        new(Duty.Operator, AccessPlace.Alerts, AzureRoles.MonitoringReader, "sees alerts and metrics"),
        new(Duty.Operator, AccessPlace.Logs, AzureRoles.LogAnalyticsReader, "queries logs"),
        new(Duty.Operator, AccessPlace.Cluster, AzureRoles.ClusterUser, "signs in to the cluster"),
        new(Duty.Operator, AccessPlace.Namespaces, AzureRoles.ClusterRbacReader, "sees what runs, but no secrets"),

        new(Duty.Auditor, AccessPlace.Groups, AzureRoles.Reader, "sees how everything is configured"),
        new(Duty.Auditor, AccessPlace.Groups, AzureRoles.SecurityReader, "sees what Defender for Cloud found"),
        new(Duty.Auditor, AccessPlace.Logs, AzureRoles.LogAnalyticsReader, "queries logs"),
        new(Duty.Auditor, AccessPlace.Vaults, AzureRoles.KeyVaultReader, "sees which keys and secrets there are, not their values"),
        new(Duty.Auditor, AccessPlace.Cluster, AzureRoles.ClusterUser, "signs in to the cluster"),
        new(Duty.Auditor, AccessPlace.Namespaces, AzureRoles.ClusterRbacReader, "sees what runs, but no secrets"),
    ];
}
