using CantonInfra.Policy.Rules.Observability;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Workspaces, their tables, and the settings that send to them.</summary>
public sealed class WorkspaceRulesTests
{
    private const string Workspace = "azure-native:operationalinsights:Workspace";
    private const string Table = "azure-native:operationalinsights:Table";
    private const string FlowLog = "azure-native:network:FlowLog";
    private const string Setting = "azure-native:monitor:DiagnosticSetting";
    private const string Classic = "azure:operationalinsights/analyticsWorkspace:AnalyticsWorkspace";

    private readonly RuleUnderTest _keys = new(new WorkspaceNoLocalAuth());
    private readonly RuleUnderTest _access = new(new WorkspaceNoPublicAccess());
    private readonly RuleUnderTest _cap = new(new WorkspaceNoDailyCap());
    private readonly RuleUnderTest _retention = new(new LogRetention());
    private readonly RuleUnderTest _setting = new(new DiagnosticSettingsSound());

    [Fact]
    public void Classic_workspaces_are_not_on_the_internet()
    {
        _access.Fails(Classic, "{'internetQueryEnabled': false}", "internetIngestionEnabled");
        _access.Passes(Classic, "{'internetQueryEnabled': false, 'internetIngestionEnabled': false}");
    }

    [Theory]
    [InlineData(Workspace, "{'features': {'disableLocalAuth': true}}")]
    [InlineData(Classic, "{'localAuthenticationEnabled': false}")]
    public void Workspaces_without_keys_pass(string type, string properties) => _keys.Passes(type, properties);

    [Theory]
    [InlineData(Workspace, "{}", "features.disableLocalAuth")]
    [InlineData(Workspace, "{'features': {'disableLocalAuth': false}}", "features.disableLocalAuth")]
    [InlineData(Classic, "{}", "localAuthenticationEnabled")]
    public void Workspaces_with_keys_fail(string type, string properties, string path) => _keys.Fails(type, properties, path);

    [Fact]
    public void Whether_there_are_keys_may_not_be_known()
    {
        _keys.IsUndecided(Workspace, "{'features': {'disableLocalAuth': '[unknown]'}}", "features.disableLocalAuth");
        _keys.IsNotApplicable(Table);
        _keys.KeepsSecret(Workspace, "{'features': {'disableLocalAuth': false}, 'tags': {'[secret]': 'SECRET'}}", "features.disableLocalAuth");
    }

    [Fact]
    public void Workspaces_that_the_internet_does_not_reach_pass() => _access.Passes(
        Workspace, "{'publicNetworkAccessForIngestion': 'Disabled', 'publicNetworkAccessForQuery': 'disabled'}");

    [Theory]
    [InlineData("{}", "publicNetworkAccessForIngestion", "publicNetworkAccessForQuery")]
    [InlineData("{'publicNetworkAccessForIngestion': 'Enabled', 'publicNetworkAccessForQuery': 'Disabled'}", "publicNetworkAccessForIngestion")]
    [InlineData("{'publicNetworkAccessForIngestion': 'Disabled'}", "publicNetworkAccessForQuery")]
    public void Workspaces_that_the_internet_reaches_fail(string properties, params string[] paths) => _access.Fails(Workspace, properties, paths);

    [Theory]
    [InlineData("azure-native:monitor:AzureMonitorWorkspace", "{}", "{'publicNetworkAccess': 'Disabled'}", "publicNetworkAccess")]
    [InlineData("azure-native:monitor:DataCollectionEndpoint", "{'networkAcls': {}}", "{'networkAcls': {'publicNetworkAccess': 'Disabled'}}", "networkAcls.publicNetworkAccess")]
    [InlineData(
        "azure-native:monitor:PrivateLinkScope",
        "{'accessModeSettings': {'ingestionAccessMode': 'PrivateOnly', 'queryAccessMode': 'Open'}}",
        "{'accessModeSettings': {'ingestionAccessMode': 'PrivateOnly', 'queryAccessMode': 'PrivateOnly'}}",
        "accessModeSettings.queryAccessMode")]
    public void What_belongs_to_a_workspace_is_as_closed(string type, string open, string closed, string path)
    {
        _access.Fails(type, open, path);
        _access.Passes(type, closed);
    }

    [Fact]
    public void Whether_the_internet_reaches_a_workspace_may_not_be_known()
    {
        _access.IsUndecided(
            Workspace, "{'publicNetworkAccessForIngestion': 'Disabled', 'publicNetworkAccessForQuery': '[unknown]'}", "publicNetworkAccessForQuery");
        _access.IsNotApplicable(Table);
        _access.KeepsSecret(
            Workspace,
            "{'publicNetworkAccessForIngestion': {'[secret]': 'SECRET'}, 'publicNetworkAccessForQuery': 'Disabled'}",
            "publicNetworkAccessForIngestion");
    }

    [Theory]
    [InlineData(Workspace, "{}")]
    [InlineData(Workspace, "{'workspaceCapping': {'dailyQuotaGb': -1}}")]
    [InlineData(Classic, "{'dailyQuotaGb': -1}")]
    public void Workspaces_without_a_cap_pass(string type, string properties) => _cap.Passes(type, properties);

    [Theory]
    [InlineData(Workspace, "{'workspaceCapping': {'dailyQuotaGb': 2}}", "workspaceCapping.dailyQuotaGb")]
    [InlineData(Classic, "{'dailyQuotaGb': 0.5}", "dailyQuotaGb")]
    public void Workspaces_with_a_cap_fail(string type, string properties, string path) => _cap.Fails(type, properties, path);

    [Fact]
    public void Whether_there_is_a_cap_may_not_be_known()
    {
        _cap.IsUndecided(Workspace, "{'workspaceCapping': '[unknown]'}", "workspaceCapping");
        _cap.IsNotApplicable(Table);
        _cap.KeepsSecret(Workspace, "{'workspaceCapping': {'dailyQuotaGb': 2}, 'tags': {'[secret]': 'SECRET'}}", "workspaceCapping.dailyQuotaGb");
    }

    [Theory]
    [InlineData("devnet", PolicyOutcome.NotApplicable)]
    [InlineData("testnet", PolicyOutcome.NotApplicable)]
    [InlineData("mainnet", PolicyOutcome.Violated)]
    [InlineData("", PolicyOutcome.Violated)]
    public void Test_networks_may_bound_their_logs_and_be_public(string environment, PolicyOutcome outcome)
    {
        const string Properties = "{'workspaceCapping': {'dailyQuotaGb': 2}}";

        Assert.Equal(outcome, (new RuleUnderTest(new WorkspaceNoDailyCap()) { Stack = Of(environment) }).Judge(Workspace, Properties).Outcome);
        Assert.Equal(outcome, (new RuleUnderTest(new WorkspaceNoPublicAccess()) { Stack = Of(environment) }).Judge(Workspace, Properties).Outcome);
    }

    [Theory]
    [InlineData(Workspace, "{}")]
    [InlineData(Workspace, "{'retentionInDays': 30}")]
    [InlineData(Workspace, "{'features': {'immediatePurgeDataOn30Days': false}}")]
    [InlineData(FlowLog, "{}")]
    [InlineData(FlowLog, "{'retentionPolicy': {'enabled': false, 'days': 1}}")]
    [InlineData(FlowLog, "{'retentionPolicy': {'enabled': true, 'days': 0}}")]
    [InlineData(FlowLog, "{'retentionPolicy': {'enabled': true, 'days': 90}}")]
    [InlineData(Table, "{'tableName': 'AKSAudit', 'retentionInDays': 30, 'totalRetentionInDays': 365}")]
    [InlineData(Table, "{'tableName': 'ContainerLogV2', 'retentionInDays': 7, 'totalRetentionInDays': 7}")]
    public void Retentions_that_are_said_and_long_enough_pass(string type, string properties) => _retention.Passes(type, properties);

    [Theory]
    [InlineData(Workspace, "{'retentionInDays': 7}", "retentionInDays")]
    [InlineData(Workspace, "{'features': {'immediatePurgeDataOn30Days': true}}", "features.immediatePurgeDataOn30Days")]
    [InlineData(FlowLog, "{'retentionPolicy': {'enabled': true, 'days': 7}}", "retentionPolicy.days")]
    [InlineData(Table, "{'tableName': 'AKSAudit', 'retentionInDays': 30, 'totalRetentionInDays': 30}", "totalRetentionInDays")]
    [InlineData(Table, "{'tableName': 'ContainerLogV2', 'retentionInDays': 30}", "totalRetentionInDays")]
    [InlineData(Table, "{'tableName': 'ContainerLogV2', 'totalRetentionInDays': 30}", "retentionInDays")]
    [InlineData(Table, "{'tableName': 'ContainerLogV2', 'retentionInDays': 3, 'totalRetentionInDays': 30}", "retentionInDays")]
    public void Retentions_that_are_missing_or_too_short_fail(string type, string properties, string path) => _retention.Fails(type, properties, path);

    [Fact]
    public void A_retention_may_not_be_known()
    {
        _retention.IsUndecided(Table, "{'tableName': 'AKSAudit', 'retentionInDays': 30, 'totalRetentionInDays': '[unknown]'}", "totalRetentionInDays");
        _retention.IsUndecided(Table, "{'tableName': '[unknown]', 'retentionInDays': 30, 'totalRetentionInDays': 30}", "tableName");
        _retention.IsUndecided(Workspace, "{'retentionInDays': 'short'}", "retentionInDays");
        _retention.IsUndecided(FlowLog, "{'retentionPolicy': {'enabled': true, 'days': '[unknown]'}}", "retentionPolicy.days");
        _retention.IsNotApplicable(Setting);
        _retention.KeepsSecret(Table, "{'tableName': {'[secret]': 'SECRET'}, 'retentionInDays': 30}", "totalRetentionInDays");
    }

    [Fact]
    public void How_long_audit_tables_are_kept_is_a_setting_and_not_asked_of_test_networks()
    {
        const string Short = "{'tableName': 'AKSAudit', 'retentionInDays': 7, 'totalRetentionInDays': 7}";

        new RuleUnderTest(new LogRetention()) { Settings = "{'auditDays': 7}" }.Passes(Table, Short);
        new RuleUnderTest(new LogRetention()) { Stack = Of("testnet") }.Passes(Table, Short);
        _retention.Fails(Table, Short, "totalRetentionInDays");
    }

    [Theory]
    [InlineData("{'workspaceId': '/w', 'logs': [{'category': 'Audit', 'enabled': true}]}")]
    [InlineData("{'storageAccountId': '[unknown]', 'workspaceId': '/w', 'metrics': [{'category': 'AllMetrics', 'enabled': true}]}")]
    [InlineData("{'workspaceId': '/w', 'logs': [{'categoryGroup': 'audit', 'enabled': true}, {'categoryGroup': 'allLogs', 'enabled': false}]}")]
    public void Settings_that_send_something_somewhere_pass(string properties) => _setting.Passes(Setting, properties);

    [Theory]
    [InlineData("{'logs': [{'category': 'Audit', 'enabled': true}]}", "")]
    [InlineData("{'workspaceId': '/w', 'logs': [{'category': 'Audit', 'enabled': false}]}", "")]
    [InlineData("{'workspaceId': '/w', 'logs': [{'category': 'Audit', 'enabled': true, 'retentionPolicy': {'days': 7, 'enabled': true}}]}", "logs[0].retentionPolicy")]
    [InlineData("{'workspaceId': '/w', 'metrics': [{'enabled': true, 'retentionPolicy': {'days': 0, 'enabled': false}}]}", "metrics[0].retentionPolicy")]
    [InlineData("{'workspaceId': '/w', 'logs': [{'category': 'A', 'enabled': true}, {'categoryGroup': 'audit', 'enabled': true}]}", "logs[1].categoryGroup")]
    public void Settings_that_Azure_refuses_or_that_send_nothing_fail(string properties, string path) => _setting.Fails(Setting, properties, path);

    [Fact]
    public void What_a_setting_sends_may_not_be_known()
    {
        _setting.IsUndecided(
            Setting, "{'workspaceId': '/w', 'logs': [{'enabled': true, 'retentionPolicy': '[unknown]'}]}", "logs[0].retentionPolicy");
        _setting.IsUndecided(Setting, "{'workspaceId': '/w', 'logs': [{'enabled': '[unknown]'}]}", "logs[0].enabled");
        _setting.IsNotApplicable(Workspace);
        _setting.KeepsSecret(
            Setting,
            "{'workspaceId': '/w', 'logs': [{'category': 'A', 'enabled': true}, {'categoryGroup': {'[secret]': 'SECRET'}, 'enabled': true}]}",
            "logs[1].categoryGroup");
    }

    private static StackContext Of(string environment)
    {
        var request = new AnalyzerStackConfigureRequest { Stack = "any" };
        if (environment.Length > 0)
        {
            request.Config["canton-infra:environment"] = environment;
        }

        return StackContext.From(request);
    }
}
