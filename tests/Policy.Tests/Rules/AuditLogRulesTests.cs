using CantonInfra.Policy.Rules.Observability;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Logs that tell who did what have their tables and their copy in the archive, all of them.</summary>
public sealed class AuditLogRulesTests
{
    private const string Audit = "[{'category': 'AuditEvent', 'enabled': true}]";

    private static readonly StackItem Workspace = new("azure-native:operationalinsights:Workspace", "logs", "{'workspaceName': 'law', 'retentionInDays': 30}");

    private static readonly StackItem Archive = new(
        "azure-native:storage:StorageAccount", "archive", "{'location': 'Central US', 'immutableStorageWithVersioning': {'enabled': true}}");

    private static readonly StackItem Vault = new("azure-native:keyvault:Vault", "keys", "{'location': 'centralus'}");
    private static readonly StackItem Other = new("azure-native:keyvault:Vault", "other", "{'location': 'centralus'}");

    private readonly RuleUnderTest _tables = new(new AuditTablesComplete());
    private readonly RuleUnderTest _archived = new(new AuditLogsArchived());

    [Fact]
    public void Every_table_that_is_filled_is_named()
    {
        Assert.Equal(["logs: Passed", "sent: ", "a: "], Names(_tables, Workspace, Sent(Vault, Audit), Table("a", "AZKVAuditLogs")));
        Assert.Equal(
            "logs: : Workspace 'logs' gets logs in AKSAudit, AZKVAuditLogs, of which no Table of the stack says how long they are kept.",
            _tables.Tell(Workspace, Sent(Vault, "[{'category': 'AuditEvent', 'enabled': true}, {'category': 'kube-audit', 'enabled': true}]"), Table("a", "PGSQLServerLogs")));
        Assert.Equal(
            "logs: : Workspace 'logs' gets logs in LAQueryLogs, of which no Table of the stack says how long they are kept.",
            _tables.Tell(Workspace, Sent(Workspace, "[{'category': 'Audit', 'enabled': true}]"), Table("a", "AZKVAuditLogs")));
    }

    [Fact]
    public void Tables_that_nothing_fills_need_not_be_named()
    {
        var table = Table("a", "PGSQLServerLogs");

        Assert.Equal("", _tables.Tell(Workspace, Sent(Vault, "[{'category': 'AuditEvent', 'enabled': false}]"), table));
        Assert.Equal("", _tables.Tell(Workspace, Sent(Vault, Audit) with { Properties = Setting("AzureDiagnostics", Audit) }, table));
        Assert.Equal("", _tables.Tell(Workspace, Sent(Vault, "[{'category': 'Audit', 'enabled': true}]"), table));
        Assert.Equal("", _tables.Tell(Workspace with { Properties = "{'workspaceName': 'law', 'retentionInDays': 365}" }, Sent(Vault, Audit), table));
    }

    [Fact]
    public void Who_keeps_no_tables_of_audit_logs_is_left_alone()
    {
        Assert.Contains(": NotApplicable", _tables.Outcomes(Workspace, Sent(Vault, Audit)));
        Assert.Contains(": NotApplicable", _tables.Outcomes(Workspace, Sent(Vault, Audit), Table("a", "Syslog")));
        Assert.Contains(": NotApplicable", new RuleUnderTest(new AuditTablesComplete()) { Stack = StrictStacks.Devnet }.Outcomes(
            Workspace, Sent(Vault, Audit), Table("a", "PGSQLServerLogs")));
    }

    [Fact]
    public void Which_table_it_is_may_not_be_known() => Assert.Equal(
        "logs: undecided  not known yet which tables some resources are",
        _tables.Tell(Workspace, Sent(Vault, Audit), Table("a", "PGSQLServerLogs"), Table("b", "[unknown]")));

    [Fact]
    public void Messages_keep_secrets() => Assert.DoesNotContain(
        "canary-5e", _tables.Tell(
            Workspace with { Properties = "{'workspaceName': 'law', 'tags': {'[secret]': 'canary-5e'}}" }, Sent(Vault, Audit), Table("a", "PGSQLServerLogs")), StringComparison.Ordinal);

    [Fact]
    public void An_archive_has_the_logs_of_all()
    {
        Assert.Equal(["archive: ", "keys: Passed", "copy-keys: "], Names(_archived, Archive, Vault, Copied(Vault, Audit)));
        Assert.Equal(
            "other: : Vault 'other' does not send AuditEvent to StorageAccount 'archive', where the others are archived.",
            _archived.Tell(Archive, Vault, Other, Copied(Vault, Audit)));
        Assert.Equal(
            "keys: : Vault 'keys' does not send AuditEvent to StorageAccount 'archive', where the others are archived.",
            _archived.Tell(Archive, Vault, Copied(Vault, "[{'category': 'AuditEvent', 'enabled': false}]")));
    }

    [Fact]
    public void Another_region_has_another_archive() => Assert.Equal(
        ["archive: ", "keys: Passed", "other: NotApplicable", "copy-keys: "],
        Names(_archived, Archive, Vault, Other with { Properties = "{'location': 'eastus2'}" }, Copied(Vault, Audit)));

    [Fact]
    public void What_can_be_changed_is_no_archive()
    {
        Assert.Contains(": NotApplicable", _archived.Outcomes(Archive with { Properties = "{}" }, Vault, Other, Copied(Vault, Audit)));
        Assert.Contains(": NotApplicable", _archived.Outcomes(Vault));
    }

    [Fact]
    public void Whose_logs_they_are_may_not_be_known()
    {
        var copy = Copied(Vault, Audit);

        Assert.StartsWith("keys: undecided", _archived.Tell(Archive, Vault, copy with { Sources = [.. copy.Sources.Where(source => source.Property != "resourceUri")] }), StringComparison.Ordinal);
        Assert.StartsWith("keys: undecided", _archived.Tell(Archive, Vault, Copied(Vault, "[{'category': '[unknown]', 'enabled': true}]")), StringComparison.Ordinal);
        Assert.DoesNotContain(
            "canary-5e", _archived.Tell(Archive, Vault, Other with { Properties = "{'vaultName': {'[secret]': 'canary-5e'}}" }, copy), StringComparison.Ordinal);
    }

    private static StackItem Table(string name, string table) =>
        new StackItem("azure-native:operationalinsights:Table", name, "{'workspaceName': '[unknown]', 'tableName': '" + table + "'}").From("workspaceName", Workspace);

    private static StackItem Sent(StackItem source, string logs) =>
        new StackItem("azure-native:monitor:DiagnosticSetting", "sent", Setting("Dedicated", logs)).From("resourceUri", source).From("workspaceId", Workspace);

    private static StackItem Copied(StackItem source, string logs) =>
        new StackItem(
            "azure-native:monitor:DiagnosticSetting", $"copy-{source.Name}", "{'resourceUri': '[unknown]', 'storageAccountId': '[unknown]', 'logs': " + logs + "}")
        .From("resourceUri", source).From("storageAccountId", Archive);

    private static string Setting(string kind, string logs) =>
        "{'resourceUri': '[unknown]', 'workspaceId': '[unknown]', 'logAnalyticsDestinationType': '" + kind + "', 'logs': " + logs + "}";

    // Of each item what is said, in order; nothing where nothing is.
    private static IEnumerable<string> Names(RuleUnderTest rule, params StackItem[] items)
    {
        var outcomes = rule.Outcomes(items).ToList();
        return items.Select(item => outcomes.Find(outcome => outcome.StartsWith($"{item.Name}: ", StringComparison.Ordinal)) ?? $"{item.Name}: ");
    }
}
