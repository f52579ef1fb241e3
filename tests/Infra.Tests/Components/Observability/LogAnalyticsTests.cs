using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Observability;

public sealed class LogAnalyticsTests
{
    private const string Workspace = "azure-native:operationalinsights:Workspace";
    private const string Table = "azure-native:operationalinsights:Table";
    private const string Setting = "azure-native:monitor:DiagnosticSetting";

    // A22
    [Fact]
    public async Task The_workspace_keeps_logs_as_long_as_its_tier_must_and_knows_no_keys()
    {
        var resource = (await CloudMocks.RunAsync(() => Scenery.Logs())).One(Workspace);
        var workspace = resource.Inputs;

        Assert.Equal("law-canton-unit-law", workspace.At("workspaceName"));
        Assert.Equal("PerGB2018", workspace.At("sku.name"));
        Assert.Equal(30.0, workspace.At("retentionInDays"));
        Assert.Equal(true, workspace.At("features.disableLocalAuth"));
        Assert.Equal(false, workspace.At("features.immediatePurgeDataOn30Days"));
        Assert.Null(workspace.At("workspaceCapping"));
    }

    [Theory]
    [InlineData(true, "Disabled")]
    [InlineData(false, "Enabled")]
    public async Task Whether_the_internet_reaches_the_workspace_is_a_choice(bool isPrivate, string access)
    {
        var workspace = (await Declare(Scenery.LogsArgs with { IsPrivate = isPrivate })).Inputs(Workspace);

        Assert.Equal(access, workspace.At("publicNetworkAccessForIngestion"));
        Assert.Equal(access, workspace.At("publicNetworkAccessForQuery"));
    }

    [Fact]
    public async Task A_bound_on_a_day_s_logs_is_a_choice() =>
        Assert.Equal(2.0, (await Declare(Scenery.LogsArgs with { DailyCapInGB = 2 })).Inputs(Workspace).At("workspaceCapping.dailyQuotaGb"));

    // A22
    [Theory]
    [InlineData("AZKVAuditLogs", 30, 365)]
    [InlineData("AKSAudit", 30, 365)]
    [InlineData("PGSQLServerLogs", 30, 365)]
    [InlineData("ContainerLogV2", 30, 30)]
    public async Task Tables_that_tell_who_did_what_are_kept_longer_than_they_can_be_queried(string name, int retention, int total)
    {
        var table = (await CloudMocks.RunAsync(() => Scenery.Logs())).Inputs(Table, $"table-{name}");

        Assert.Equal(name, table.At("tableName"));
        Assert.Equal("Analytics", table.At("plan"));
        Assert.Equal((double)retention, table.At("retentionInDays"));
        Assert.Equal((double)total, table.At("totalRetentionInDays"));
    }

    // A22
    [Fact]
    public async Task Where_tables_are_shortened_each_says_both_times_and_the_workspace_adds_no_day()
    {
        var mocks = await Declare(Scenery.LogsArgs with { TableRetentionInDays = 7, AuditRetentionInDays = 7 });

        Assert.Equal(LogTables.All.Length, mocks.All(Table).Length);
        Assert.All(mocks.All(Table), table =>
        {
            Assert.Equal(7.0, table.Inputs.At("retentionInDays"));
            Assert.Equal(7.0, table.Inputs.At("totalRetentionInDays"));
        });
        Assert.Equal(30.0, mocks.Inputs(Workspace).At("retentionInDays"));
        Assert.Equal(true, mocks.Inputs(Workspace).At("features.immediatePurgeDataOn30Days"));
    }

    [Fact]
    public void Tables_that_Azure_keeps_longer_by_itself_are_left_to_it()
    {
        Assert.Equal(LogTables.All.Length, LogTables.All.DistinctBy(table => table.Name).Count());
        Assert.DoesNotContain(LogTables.All, table =>
            table.Name is "Usage" or "AzureActivity" || table.Name.StartsWith("App", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Who_queries_the_logs_is_logged()
    {
        var setting = (await CloudMocks.RunAsync(() => Scenery.Logs())).Inputs(Setting, "logs-logs");

        Assert.Equal("/azure-native:operationalinsights:Workspace/workspace", setting.At("resourceUri"));
        Assert.Equal("Audit", setting.At("logs.0.category"));
        Assert.Null(setting.At("logs.1"));
    }

    // A24
    [Fact]
    public async Task Categories_have_tables_of_their_own_and_no_retention_that_Azure_would_refuse()
    {
        var setting = (await CloudMocks.RunAsync(() => Scenery.Vault().LogTo(Scenery.Logs()))).Inputs(Setting, "keys-logs");

        Assert.Equal("Dedicated", setting.At("logAnalyticsDestinationType"));
        Assert.Null(setting.At("logs.0.retentionPolicy"));
        Assert.Null(setting.At("logs.0.categoryGroup"));
        Assert.Equal("AllMetrics", setting.At("metrics.0.category"));
    }

    // A24
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_auditors_ask_for_goes_to_the_archive_whenever_it_is_there(bool isArchiveFirst)
    {
        var mocks = await CloudMocks.RunAsync(() =>
        {
            var logs = Scenery.Logs();
            var archive = Scenery.LogStorage();
            archive.LogTo(logs);
            if (isArchiveFirst)
            {
                logs.ArchiveTo(archive);
            }

            Scenery.Vault().LogTo(logs);
            if (!isArchiveFirst)
            {
                logs.ArchiveTo(archive);
            }
        });

        var setting = mocks.Inputs(Setting, "keys-logs-archive");
        Assert.Equal("/azure-native:keyvault:Vault/keys", setting.At("resourceUri"));
        Assert.Equal("/azure-native:storage:StorageAccount/archive", setting.At("storageAccountId"));
        Assert.Equal("AuditEvent", setting.At("logs.0.category"));
        Assert.Null(setting.At("logs.1"));
        Assert.Null(setting.At("workspaceId"));
        Assert.NotEqual(mocks.Inputs(Setting, "keys-logs").At("name"), setting.At("name"));
        Assert.Single(mocks.All(Setting), other => other.Name == "logs-logs-archive");

        // Or what is written there would be written there, and so on.
        Assert.Single(mocks.All(Setting), other => other.Name == "archive-logs");
        Assert.DoesNotContain(mocks.All(Setting), other => other.Name == "archive-logs-archive");
    }

    private static Task<CloudMocks> Declare(LogAnalyticsArgs args) => CloudMocks.RunAsync(() => _ = new LogAnalytics("logs", args));
}
