using CantonInfra.Policy.Rules.Observability;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class ResourcesLogTests
{
    private const string Vault = "azure-native:keyvault:Vault";
    private const string Account = "azure-native:storage:StorageAccount";
    private const string Service = "azure-native:storage:BlobServiceProperties";
    private const string Setting = "azure-native:monitor:DiagnosticSetting";
    private const string Workspace = "azure-native:operationalinsights:Workspace";
    private const string On = "'resourceUri': '[unknown]', 'workspaceId': '/w', 'logs': [{'category': 'AuditEvent', 'enabled': true}]";

    private readonly RuleUnderTest _rule = new(new ResourcesLog());

    [Theory]
    [InlineData("{" + On + "}")]
    [InlineData("{'resourceUri': '/v', 'workspaceId': {'[secret]': '/w'}, 'logs': [{'enabled': false}, {'categoryGroup': 'audit', 'enabled': true}]}")]
    public void A_setting_that_sends_logs_to_a_workspace_is_enough(string setting) =>
        Assert.Equal(["keys: Passed", "log: "], Judge(new StackItem(Vault, "keys", "{}"), Of("log", setting, Vault, "keys")));

    [Theory]
    [InlineData("{'resourceUri': '[unknown]', 'storageAccountId': '/s', 'logs': [{'category': 'AuditEvent', 'enabled': true}]}")]
    [InlineData("{'resourceUri': '[unknown]', 'workspaceId': '', 'logs': [{'category': 'AuditEvent', 'enabled': true}]}")]
    [InlineData("{'resourceUri': '[unknown]', 'workspaceId': '/w', 'logs': [{'category': 'AuditEvent', 'enabled': false}]}")]
    [InlineData("{'resourceUri': '[unknown]', 'workspaceId': '/w', 'metrics': [{'category': 'AllMetrics', 'enabled': true}]}")]
    public void A_setting_without_logs_or_workspace_is_none(string setting)
    {
        var results = _rule.JudgeStack(new StackItem(Vault, "keys", "{}"), Of("log", setting, Vault, "keys"));

        Assert.Equal(
            "Vault 'keys' has no diagnostic setting that sends logs to a Log Analytics workspace.",
            Assert.IsType<ViolationVerdict>(Assert.Single(Assert.Single(results).Verdicts)).Message);
    }

    [Fact]
    public void Each_resource_needs_its_own() => Assert.Equal(
        ["keys: Passed", "other: Violated", "log: "],
        Judge(new StackItem(Vault, "keys", "{}"), new StackItem(Vault, "other", "{}"), Of("log", "{" + On + "}", Vault, "keys")));

    [Fact]
    public void A_workspace_that_is_not_known_yet_but_comes_from_the_stack_counts()
    {
        var setting = Of("log", "{'resourceUri': '[unknown]', 'workspaceId': '[unknown]', 'logs': [{'categoryGroup': 'audit', 'enabled': true}]}", Vault, "keys");
        var sent = setting with { Sources = [.. setting.Sources, ("workspaceId", StackItem.UrnOf(Workspace, "main"))] };

        Assert.Equal(["keys: Passed", "main: Violated", "log: "], Judge(new StackItem(Vault, "keys", "{}"), new StackItem(Workspace, "main", "{}"), sent));
    }

    [Fact]
    public void The_blob_service_stands_for_its_account() => Assert.Equal(
        ["logs: Passed", "service: ", "log: "],
        Judge(
            new StackItem(Account, "logs", "{}"),
            new StackItem(Service, "service", "{'accountName': 'logs'}") { Sources = [("accountName", StackItem.UrnOf(Account, "logs"))] },
            Of("log", "{" + On.Replace("'category': 'AuditEvent'", "'categoryGroup': 'allLogs'", StringComparison.Ordinal) + "}", Service, "service")));

    [Theory]
    [InlineData("{" + On + "}", null)]
    [InlineData("{'resourceUri': '[unknown]', 'workspaceId': '[unknown]', 'logs': [{'enabled': true}]}", "keys")]
    [InlineData("{'resourceUri': '[unknown]', 'workspaceId': '/w', 'logs': '[unknown]'}", "keys")]
    public void What_is_not_known_is_undecided(string setting, string? target)
    {
        var results = _rule.JudgeStack(
            new StackItem(Vault, "keys", "{}"),
            target is null ? new StackItem(Setting, "log", setting) : Of("log", setting, Vault, target));

        Assert.Contains(
            "DiagnosticSetting 'log'",
            Assert.IsType<UndecidedVerdict>(Assert.Single(Assert.Single(results).Verdicts)).Explanation,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_setting_of_something_else_does_not_count() => Assert.Equal(
        ["keys: Violated", "log: "],
        Judge(new StackItem(Vault, "keys", "{}"), new StackItem(Setting, "log", "{'resourceUri': '/elsewhere', 'workspaceId': '/w', 'logs': [{'enabled': true}]}")));

    [Fact]
    public void Classic_settings_count_as_well() => Assert.Equal(
        ["keys: Passed", "log: "],
        Judge(
            new StackItem("azure:keyvault/keyVault:KeyVault", "keys", "{}"),
            new StackItem("azure:monitoring/diagnosticSetting:DiagnosticSetting", "log", "{'targetResourceId': '[unknown]', 'logAnalyticsWorkspaceId': '/w', 'enabledLogs': [{'category': 'AuditEvent'}]}")
            {
                Sources = [("targetResourceId", StackItem.UrnOf("azure:keyvault/keyVault:KeyVault", "keys"))],
            }));

    [Fact]
    public void A_secret_id_is_not_shown()
    {
        var results = _rule.JudgeStack(
            new StackItem(Vault, "keys", "{}"),
            Of("log", "{'resourceUri': {'[secret]': 'canary-1f'}, 'storageAccountId': {'[secret]': 'canary-1f'}}", Vault, "keys"));

        Assert.DoesNotContain("canary-1f", Assert.IsType<ViolationVerdict>(Assert.Single(Assert.Single(results).Verdicts)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[{'category': 'AzurePolicyEvaluationDetails', 'enabled': true}, {'category': 'AuditEvent', 'enabled': false}]", "keys: : Vault 'keys' sends logs to a workspace without AuditEvent.")]
    [InlineData("[{'category': 'AuditEvent', 'enabled': true}]", "")]
    [InlineData("[{'category': '[unknown]', 'enabled': true}]", "keys: undecided  not known yet which logs DiagnosticSetting 'log' sends")]
    public void Who_did_what_is_among_what_is_sent(string logs, string told) => Assert.Equal(
        told, _rule.Tell(new StackItem(Vault, "keys", "{}"), Of("log", "{'resourceUri': '[unknown]', 'workspaceId': '/w', 'logs': " + logs + "}", Vault, "keys")));

    [Fact]
    public void Where_the_stack_has_a_workspace_logs_go_there()
    {
        var workspace = new StackItem(Workspace, "main", "{'workspaceName': 'law'}");
        var setting = Of("log", "{" + On + "}", Vault, "keys");
        var toOwn = Of("log", "{" + On.Replace("'/w'", "'/subscriptions/s/resourceGroups/g/providers/Microsoft.OperationalInsights/workspaces/law'", StringComparison.Ordinal) + "}", Vault, "keys");

        Assert.Equal(["keys: Violated", "main: Violated", "log: "], Judge(new StackItem(Vault, "keys", "{}"), workspace, setting));
        Assert.Equal(["keys: Passed", "main: Violated", "log: "], Judge(new StackItem(Vault, "keys", "{}"), workspace, toOwn));
    }

    [Fact]
    public void A_stack_without_anything_that_logs_has_nothing_to_judge() => Assert.Equal(
        [": NotApplicable"], _rule.Outcomes(new StackItem("azure-native:network:Subnet", "main", "{}")));

    private static StackItem Of(string name, string properties, string type, string target) =>
        new(Setting, name, properties) { Sources = [("resourceUri", StackItem.UrnOf(type, target))] };

    // What is not judged has no outcome.
    private IEnumerable<string> Judge(params StackItem[] items)
    {
        var outcomes = _rule.Outcomes(items).ToDictionary(each => each.Split(':')[0], StringComparer.Ordinal);
        return items.Select(item => outcomes.GetValueOrDefault(item.Name, $"{item.Name}: "));
    }
}
