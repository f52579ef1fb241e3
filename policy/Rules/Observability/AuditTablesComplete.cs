using System.Collections.Immutable;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>A program that says how long tables of a workspace keep logs says it of all that tell who did what.</summary>
internal sealed class AuditTablesComplete : StackPolicy
{
    private const string Workspace = "azure-native:operationalinsights:Workspace";
    private const string QueryLog = "Audit";
    private const string QueryTable = "LAQueryLogs";
    private const int Year = 365;

    private static readonly ResourceTypePattern Table = "azure-native:operationalinsights:Table";
    private static readonly ImmutableArray<LoggingType> SettingTypes = [LoggingType.Native, LoggingType.Insights];

    private static readonly Reference WorkspaceOfTable = Reference.At("workspaceName", [Workspace], "workspaceName", "workspaces");
    private static readonly Reference WorkspaceOfSetting = Reference.At("workspaceId", [Workspace], "workspaceName", "workspaces");

    // Where Azure puts the categories that tell who did what when they go to tables of their own.
    private static readonly ImmutableDictionary<string, string> TableOf = new Dictionary<string, string>
    {
        ["AuditEvent"] = "AZKVAuditLogs",
        ["kube-audit"] = "AKSAudit",
        ["kube-audit-admin"] = "AKSAuditAdmin",
        ["kube-apiserver"] = "AKSControlPlane",
        ["guard"] = "AKSControlPlane",
        ["PostgreSQLLogs"] = "PGSQLServerLogs",
        ["AZFWNetworkRule"] = "AZFWNetworkRule",
        ["AZFWApplicationRule"] = "AZFWApplicationRule",
        ["AZFWThreatIntel"] = "AZFWThreatIntel",
        ["StorageRead"] = "StorageBlobLogs",
        ["StorageWrite"] = "StorageBlobLogs",
        ["StorageDelete"] = "StorageBlobLogs",
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly ImmutableHashSet<string> Audited = [.. TableOf.Values, QueryTable];

    public override string Id => "audit-tables-complete";

    public override string Title => "All tables that tell who did what say how long they keep it";

    public override string Rationale =>
        "A table that a program does not name keeps what the workspace keeps, often 30 days. An intrusion that is found after a quarter is "
        + "then traced through the firewall's log and not through that of the vaults.";

    public override string Remediation =>
        "Where a stack declares Tables of a workspace for audit logs, declare one for each that its diagnostic settings fill: AZKVAuditLogs, "
        + "AKSAudit, AKSControlPlane, PGSQLServerLogs, the AZFW tables, StorageBlobLogs and LAQueryLogs; or set the workspace's "
        + "retentionInDays to 365.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-6"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A22"),
    ];

    public override IEnumerable<StackVerdict> Check(StackView resources, StackContext stack)
    {
        var tables = resources.OfType(Table).Select(table => (Table: table, Workspaces: WorkspaceOfTable.Read(table, resources))).ToList();
        var verdicts = TestNetwork.Is(stack) ? [] : resources.OfType(Workspace)
            .Select(workspace => Judge(workspace, Of(workspace, tables), resources))
            .OfType<StackVerdict>()
            .ToList();
        return verdicts.Count > 0 ? verdicts
            : [StackVerdict.OnStack(PolicyVerdict.NotApplicable("The stack keeps no tables of audit logs, or is on a test network."))];
    }

    private static List<PropertyReading> Of(
        StackResourceView workspace, List<(StackResourceView Table, ImmutableArray<Referred> Workspaces)> tables)
    {
        var self = Referred.To(workspace, "workspaceName");
        return [.. tables.Where(each => each.Workspaces.Any(named => named.Is(self) == true)).Select(each => each.Table.Read("tableName"))];
    }

    private static StackVerdict? Judge(StackResourceView workspace, List<PropertyReading> tables, StackView resources)
    {
        var names = tables.Select(table => table.TryGetText(out var name) ? name : null).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (!Audited.Any(names.Contains))
        {
            return null;
        }

        var missing = Filled(workspace, resources).Where(table => !names.Contains(table)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return StackVerdict.On(workspace, missing.Count == 0 || workspace.Read("retentionInDays").Value is NumberValue { Value: >= Year } ? PolicyVerdict.Pass
            : names.Count < tables.Count ? PolicyVerdict.Undecided(PropertyPath.Root, "not known yet which tables some resources are")
            : PolicyVerdict.Violation(
                PropertyPath.Root, $"{workspace} gets logs in {string.Join(", ", missing)}, of which no Table of the stack says how long they are kept."));
    }

    private static IEnumerable<string> Filled(StackResourceView workspace, StackView resources)
    {
        var self = Referred.To(workspace, "workspaceName");
        return from type in SettingTypes
               from setting in resources.OfType(type.Type)
               where setting.Read("logAnalyticsDestinationType").TryGetText(out var kind) && kind.Equals("Dedicated", StringComparison.OrdinalIgnoreCase)
               where WorkspaceOfSetting.Read(setting, resources).Any(named => named.Is(self) == true)
               from log in SentLogs.Of(setting)
               where log is { Category: not null, IsOn: true }
               let table = TableOf.GetValueOrDefault(log.Category) ?? (log.Category == QueryLog && IsOfWorkspace(setting, type, resources) ? QueryTable : null)
               where table is not null
               select table;
    }

    private static bool IsOfWorkspace(StackResourceView setting, LoggingType type, StackView resources) =>
        SentLogs.SourcesOf(setting, type, resources).Any(source => ((ResourceTypePattern)Workspace).Matches(source.Type));
}
