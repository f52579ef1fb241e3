using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.Observability;

/// <summary>Tables say both of their retentions, and those that tell who did what keep it for a year on the production network.</summary>
internal sealed class LogRetention : ResourcePolicy
{
    private const int LeastOfWorkspace = 30;
    private const int LeastOfTable = 4;
    private const int LeastOfFlows = 90;

    private static readonly PropertyPath Retention = PropertyPath.Parse("retentionInDays");
    private static readonly PropertyPath Total = PropertyPath.Parse("totalRetentionInDays");
    private static readonly PropertyPath FlowDays = PropertyPath.Parse("retentionPolicy.days");
    private static readonly PropertyPath FlowRetention = PropertyPath.Parse("retentionPolicy.enabled");
    private static readonly PropertyPath TableName = PropertyPath.Parse("tableName");

    private static readonly Switch Purge = Switch.Off(
        "azure-native:operationalinsights:Workspace", "features.immediatePurgeDataOn30Days", "logs are gone at once after 30 days");

    private static readonly ResourceTypePattern Workspace = "azure-native:operationalinsights:Workspace";
    private static readonly ResourceTypePattern FlowLog = "azure-native:network:FlowLog";
    private static readonly ResourceTypePattern Table = "azure-native:operationalinsights:Table";

    private static readonly PolicySetting<double> AuditDays = PolicySetting.Number(
        "auditDays", "For how many days at least tables that tell who did what are kept on the production network.", 365);

    // What an auditor asks for: vaults, the cluster's API server, databases, the firewall, storage, and queries of the logs themselves.
    private static readonly ImmutableHashSet<string> AuditTables =
    [
        "AZKVAuditLogs", "AKSAudit", "AKSAuditAdmin", "AKSControlPlane", "PGSQLServerLogs", "AZFWNetworkRule", "AZFWApplicationRule",
        "AZFWThreatIntel", "StorageBlobLogs", "LAQueryLogs",
    ];

    public override string Id => "log-retention";

    public override string Title => "Log tables say how long they keep what, and audit tables keep it for a year";

    public override string Rationale =>
        "A request that leaves out one of a table's retentions sets it back to its default, so that a change of something else shortens the "
        + "logs silently. What shows who did what must outlast the time in which an intrusion goes unnoticed: a year.";

    public override string Remediation =>
        "Give each Table retentionInDays and totalRetentionInDays, the latter 365 or more for audit tables; devnet and testnet, told by "
        + "canton-infra:environment, may keep less. A Workspace cannot go below 30 days; shorter is a matter of its tables. "
        + "Keep flow logs for 90 days, and leave immediatePurgeDataOn30Days off.";

    public override PolicySeverity Severity => PolicySeverity.Medium;

    public override ImmutableArray<PolicySetting> Settings { get; } = [AuditDays];

    public override PolicyExample Example { get; } = new(
        "azure-native:operationalinsights:Table",
        Good: """{"tableName": "AKSAudit", "retentionInDays": 30, "totalRetentionInDays": 365}""",
        Bad: """{"tableName": "AKSAudit", "retentionInDays": 30}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "LT-6"),
        new(PolicyControl.Soc2, "CC7.2"),
        new(PolicyControl.Requirement, "A22"),
    ];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = [Workspace, Table, FlowLog];

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
        Workspace.Matches(resource.Type) ? [OfWorkspace(resource), .. TestNetwork.Is(stack) ? [] : Purge.Judge(resource)]
        : FlowLog.Matches(resource.Type) ? [TestNetwork.Is(stack) ? PolicyVerdict.Pass : OfFlowLog(resource)]
        : OfTable(resource, stack);

    // Zero days, and no policy at all, keep them for good.
    private static PolicyVerdict OfFlowLog(ResourceView log)
    {
        var days = log.Read(FlowDays);
        return log.Read(FlowRetention).ToFlag(whenMissing: false) switch
        {
            null => PolicyVerdict.Undecided(FlowRetention),
            false => PolicyVerdict.Pass,
            true => days.State == PropertyState.Missing || days.Value is NumberValue { Value: 0 or >= LeastOfFlows } ? PolicyVerdict.Pass
                : days.Value is NumberValue ? PolicyVerdict.Violation(
                    days.Path, string.Create(CultureInfo.InvariantCulture, $"{log} keeps flows for {days} days; the least is {LeastOfFlows}."))
                : PolicyVerdict.Undecided(days.Path),
        };
    }

    private static PolicyVerdict OfWorkspace(ResourceView workspace) => workspace.Read(Retention) switch
    {
        { State: PropertyState.Missing } => PolicyVerdict.Pass,
        { State: PropertyState.Known, Value: NumberValue { Value: >= LeastOfWorkspace } } => PolicyVerdict.Pass,
        { State: PropertyState.Known, Value: NumberValue } days => PolicyVerdict.Violation(
            days.Path, $"{workspace} asks for {days} days, which Azure refuses; the least is {LeastOfWorkspace}, and shorter is a matter of tables."),
        var unclear => PolicyVerdict.Undecided(unclear.Path),
    };

    private static IEnumerable<PolicyVerdict> OfTable(ResourceView table, StackContext stack)
    {
        var least = LeastTotal(table, stack);
        yield return Judge(table, table.Read(Retention), LeastOfTable);
        var total = table.Read(Total);
        yield return least is { } days ? Judge(table, total, days)
            : total.State == PropertyState.Missing ? Judge(table, total, LeastOfTable)
            : PolicyVerdict.Undecided(table.Read(TableName).Path);
    }

    // Null where it is not known which table it is.
    private static double? LeastTotal(ResourceView table, StackContext stack)
    {
        if (TestNetwork.Is(stack))
        {
            return LeastOfTable;
        }

        var name = table.Read(TableName);
        return name.TryGetText(out var text) ? AuditTables.Contains(text) ? stack.Get(AuditDays) : LeastOfTable
            : name.State == PropertyState.Missing ? LeastOfTable : null;
    }

    private static PolicyVerdict Judge(ResourceView table, PropertyReading reading, double least) => reading switch
    {
        { State: PropertyState.Missing } => PolicyVerdict.Violation(
            reading.Path, $"{table} leaves this out, so that each change of it sets this back to the default."),
        { State: PropertyState.Known, Value: NumberValue days } when days.Value >= least => PolicyVerdict.Pass,
        { State: PropertyState.Known, Value: NumberValue } => PolicyVerdict.Violation(
            reading.Path, string.Create(CultureInfo.InvariantCulture, $"{table} keeps logs for {reading} days here; the least is {least}.")),
        _ => PolicyVerdict.Undecided(reading.Path),
    };
}
