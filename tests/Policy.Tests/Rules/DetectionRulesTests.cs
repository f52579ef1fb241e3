using CantonInfra.Policy.Rules.Observability;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Sentinel's detections, the activity log, and alerts on it.</summary>
public sealed class DetectionRulesTests
{
    private const string Detection = "azure-native:securityinsights:ScheduledAlertRule";
    private const string Onboarding = "azure-native:securityinsights:SentinelOnboardingState";
    private const string Workspace = "azure-native:operationalinsights:Workspace";
    private const string Setting = "azure-native:monitor:SubscriptionDiagnosticSetting";
    private const string Plan = "azure-native:security:Pricing";
    private const string Account = "azure-native:storage:StorageAccount";
    private const string Alert = "azure-native:monitor:ActivityLogAlert";
    private const string Complete =
        "'logs': [{'category': 'Administrative', 'enabled': true}, {'category': 'Alert', 'enabled': true}, {'category': 'Policy', 'enabled': true}, {'category': 'Security', 'enabled': true}]";

    private readonly RuleUnderTest _detections = new(new DetectionsOn());
    private readonly RuleUnderTest _kept = new(new ActivityLogKept());
    private readonly RuleUnderTest _alerts = new(new ActivityLogAlerts());

    [Theory]
    [InlineData("{'enabled': true}", "Passed")]
    [InlineData("{'enabled': true, 'incidentConfiguration': {'createIncident': true}, 'suppressionEnabled': false}", "Passed")]
    [InlineData("{}", "Violated")]
    [InlineData("{'enabled': false}", "Violated")]
    [InlineData("{'enabled': true, 'incidentConfiguration': {'createIncident': false}}", "Violated")]
    [InlineData("{'enabled': true, 'suppressionEnabled': true}", "Violated")]
    [InlineData("{'enabled': '[unknown]'}", "Undecided")]
    public void Detections_are_on(string properties, string outcome) =>
        Assert.Equal([$"d: {outcome}"], _detections.Outcomes(new StackItem(Detection, "d", properties)));

    [Fact]
    public void A_workspace_of_the_stack_must_have_Sentinel()
    {
        var detection = new StackItem(Detection, "d", "{'enabled': true, 'workspaceName': '[unknown]'}") { Sources = [("workspaceName", StackItem.UrnOf(Workspace, "w"))] };
        var workspace = new StackItem(Workspace, "w", "{}");
        var onboarding = new StackItem(Onboarding, "o", "{'workspaceName': '[unknown]'}") { Sources = detection.Sources };

        Assert.Equal(["d: Violated"], _detections.Outcomes(workspace, detection));
        Assert.Equal(["d: Passed"], _detections.Outcomes(workspace, detection, onboarding));
        Assert.Equal([": Passed"], _detections.Outcomes(workspace));
    }

    [Theory]
    [InlineData("{" + Complete + ", 'workspaceId': '[unknown]'}", "Passed")]
    [InlineData("{'logs': [{'categoryGroup': 'allLogs', 'enabled': true}], 'workspaceId': '/w'}", "Passed")]
    [InlineData("{" + Complete + ", 'eventHubAuthorizationRuleId': '/e'}", "Passed")]
    [InlineData("{" + Complete + "}", "Violated")]
    [InlineData("{" + Complete + ", 'storageAccountId': '/s'}", "Violated")]
    [InlineData("{'logs': [{'category': 'Administrative', 'enabled': true}], 'workspaceId': '/w'}", "Violated")]
    [InlineData("{'logs': [{'categoryGroup': 'allLogs', 'enabled': false}], 'workspaceId': '/w'}", "Violated")]
    [InlineData("{'workspaceId': '/w'}", "Violated")]
    [InlineData("{'logs': '[unknown]', 'workspaceId': '/w'}", "Undecided")]
    [InlineData("{'logs': [{'category': '[unknown]', 'enabled': true}], 'workspaceId': '/w'}", "Undecided")]
    public void The_activity_log_is_sent_whole(string properties, string outcome) =>
        Assert.Equal([$"s: {outcome}"], _kept.Outcomes(new StackItem(Setting, "s", properties)));

    [Fact]
    public void Who_keeps_a_subscription_keeps_its_log()
    {
        Assert.Equal(["w: Violated"], _kept.Outcomes(new StackItem(Plan, "p", "{}"), new StackItem(Workspace, "w", "{}")));
        Assert.Equal([": Passed"], _kept.Outcomes(new StackItem(Plan, "p", "{}")));
        Assert.Equal([": Passed"], _kept.Outcomes(new StackItem(Workspace, "w", "{}")));
    }

    [Fact]
    public void A_detection_that_reads_the_log_needs_it()
    {
        var detection = new StackItem(Detection, "d", "{'query': 'AzureActivity | count'}") { Sources = [("workspaceName", StackItem.UrnOf(Workspace, "w"))] };

        Assert.Equal(["w: Violated"], _kept.Outcomes(new StackItem(Workspace, "w", "{}"), detection));
        Assert.Equal([": Passed"], _kept.Outcomes(new StackItem(Workspace, "w", "{}"), detection with { Properties = "{'query': 'SigninLogs'}" }));
    }

    [Fact]
    public void Where_there_is_an_archive_the_log_of_the_subscription_goes_there()
    {
        var setting = new StackItem(Setting, "s", "{" + Complete + ", 'workspaceId': '/w'}");
        StackItem[] others =
        [
            new(Plan, "p", "{}"), new(Workspace, "w", "{}"), new(Account, "a", "{'immutableStorageWithVersioning': {'enabled': true}}"),
        ];

        Assert.Equal(["s: Violated"], _kept.Outcomes([setting, .. others]));
        Assert.Equal(["s: Passed"], _kept.Outcomes([setting with { Properties = "{" + Complete + ", 'workspaceId': '/w', 'storageAccountId': '/a'}" }, .. others]));
    }

    [Fact]
    public void Who_watches_operations_watches_those_that_take_guards_away()
    {
        StackItem[] watched =
        [
            Of("Microsoft.Authorization/locks/delete"), Of("Microsoft.Security/securitySolutions/write"),
            Of("microsoft.security/securitySolutions/delete"),
        ];
        var vault = new StackItem("azure-native:keyvault:Vault", "v", "{}");

        Assert.Equal([": Passed"], _alerts.Outcomes(watched));
        Assert.Equal([": Violated"], _alerts.Outcomes([.. watched, vault]));
        Assert.Equal([": Passed"], _alerts.Outcomes([.. watched, vault, Of("Microsoft.KeyVault/vaults/delete")]));
        Assert.Equal([": Violated"], _alerts.Outcomes([.. watched, vault, Of("Microsoft.KeyVault/vaults/delete", status: "Failed")]));
        Assert.Equal([": Violated"], _alerts.Outcomes([.. watched, vault, Of("Microsoft.KeyVault/vaults/delete", enabled: "false")]));
        Assert.Equal([": Undecided"], _alerts.Outcomes([.. watched, vault, Of("Microsoft.KeyVault/vaults/delete", enabled: "'[unknown]'")]));
        Assert.Equal([": NotApplicable"], _alerts.Outcomes(vault, watched[0]));
    }

    private static StackItem Of(string operation, string status = "Succeeded", string enabled = "true") => new(
        Alert,
        operation.Split('/')[1] + operation.Split('/')[2],
        $"{{'enabled': {enabled}, 'condition': {{'allOf': [{{'field': 'category', 'equals': 'Administrative'}}, {{'field': 'operationName', 'equals': '{operation}'}}, {{'field': 'status', 'equals': '{status}'}}]}}}}");
}
