using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using CantonInfra.Infra.Components.Observability;

namespace CantonInfra.Infra.Settings;

/// <summary>The logs of an environment, <c>canton-infra:observability</c> (A22, A24).</summary>
/// <param name="DailyCapGB">
/// <c>.dailyCapGB</c>: the most that a day's logs may take, 1 to 1000; no bound. Where there is one, whoever floods the logs
/// goes unlogged for the rest of the day; an environment on mainnet cannot have one.
/// </param>
/// <param name="TableRetentionDays">
/// <c>.tableRetentionDays</c>: for how long each table of the workspace can be queried (A22), 4 to 730 days; 30. Shorter than 30 is a
/// matter of data minimisation, not of cost: it means that nothing older can be queried, and Azure erases what a shortened
/// retention leaves over 30 days later (docs/decisions/0025).
/// </param>
/// <param name="AuditRetentionDays">
/// <c>.auditRetentionDays</c>: for how long tables that tell who did what are kept, the time in which they can be queried
/// included: 4 to 730 days or whole years up to twelve as Azure counts them; 365.
/// </param>
/// <param name="KubeAudit">
/// <c>.kubeAudit</c>: how much of what the cluster's API server is asked for is logged, by Azure's names: <c>kube-audit</c> for all of
/// it, <c>kube-audit-admin</c> for all but what only reads; kube-audit.
/// </param>
/// <param name="Archive">
/// <c>.archive</c>: whether what auditors ask for also goes to a storage account in which nobody can change or delete it for as
/// long as <c>.auditRetentionDays</c> says (A24); true. Until the retention has passed the account cannot be deleted either.
/// </param>
/// <param name="Sentinel"><c>.sentinel</c>: whether Sentinel watches the logs (A25), at its price for all of them; true.</param>
/// <param name="PrivateIngestion">
/// <c>.privateIngestion</c>: whether agents and people reach logs and metrics from within the network only, by private endpoints; true.
/// </param>
/// <param name="SubscriptionWorkspaceId">
/// <c>.subscriptionWorkspaceId</c>: the resource id of the workspace of the subscription's activity log, an output of its stack, which
/// can then be queried from within this environment's network; none. Counts with <c>.privateIngestion</c> only.
/// </param>
internal sealed partial record ObservabilitySettings(
    int? DailyCapGB,
    int TableRetentionDays,
    int AuditRetentionDays,
    KubeAudit KubeAudit,
    bool Archive,
    bool Sentinel,
    bool PrivateIngestion,
    string? SubscriptionWorkspaceId)
{
    private const int ShortestRetention = 4;
    private const int LongestRetention = 730;

    // Beyond two years only whole years, with their leap days.
    private static readonly ImmutableArray<int> Years = [1095, 1460, 1826, 2191, 2556, 2922, 3288, 3653, 4018, 4383];

    private static readonly ImmutableSortedDictionary<string, KubeAudit> Audits =
        ImmutableSortedDictionary.Create<string, KubeAudit>(StringComparer.Ordinal)
            .Add("kube-audit", KubeAudit.All)
            .Add("kube-audit-admin", KubeAudit.WithoutReads);

    /// <summary>Reads them.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="environment">The Canton network of the environment.</param>
    public static ObservabilitySettings Read(SettingsReader reader, CantonEnvironment environment)
    {
        var node = reader.Structure("observability");
        var tables = node.Member("tableRetentionDays").Integer(ShortestRetention, LongestRetention, 30);
        var isPrivate = node.Member("privateIngestion").Boolean(fallback: true);
        return new ObservabilitySettings(
            Cap(node.Member("dailyCapGB"), environment),
            tables,
            AuditRetention(node.Member("auditRetentionDays"), tables),
            node.Member("kubeAudit").OneOf("how much of what the API server is asked for is logged", Audits, KubeAudit.All),
            node.Member("archive").Boolean(fallback: true),
            node.Member("sentinel").Boolean(fallback: true),
            isPrivate,
            Workspace(node.Member("subscriptionWorkspaceId"), isPrivate));
    }

    private static string? Workspace(SettingNode node, bool isPrivate)
    {
        if (node.IsMissing)
        {
            return null;
        }

        if (!isPrivate)
        {
            node.Refuse("counts with privateIngestion only; remove it, or set canton-infra:observability.privateIngestion to true.");
        }

        return node.Text("the workspace of the subscription", WorkspaceId(), "the resource id of a Log Analytics workspace");
    }

    private static int? Cap(SettingNode node, CantonEnvironment environment)
    {
        if (node.IsMissing)
        {
            return null;
        }

        if (environment == CantonEnvironment.Mainnet)
        {
            node.Refuse("logs of an environment on mainnet cannot be capped: who floods them would go unlogged. Remove it.");
            return null;
        }

        return node.Integer(1, 1000, 1);
    }

    private static int AuditRetention(SettingNode node, int tables)
    {
        var days = node.Integer(ShortestRetention, Years[^1], Math.Max(365, tables));
        if (days > LongestRetention && !Years.Contains(days))
        {
            node.Refuse(string.Create(
                CultureInfo.InvariantCulture,
                $"'{days}' is more than {LongestRetention} days and no number of years as Azure counts them: {string.Join(", ", Years)}."));
        }
        else if (days < tables)
        {
            node.Refuse(string.Create(
                CultureInfo.InvariantCulture, $"'{days}' is less than the {tables} days in which the tables can be queried."));
        }

        return days;
    }

    [GeneratedRegex("^/subscriptions/[0-9a-f-]{36}/resourceGroups/[^/]+/providers/Microsoft.OperationalInsights/workspaces/[^/]+$", RegexOptions.IgnoreCase)]
    private static partial Regex WorkspaceId();
}
