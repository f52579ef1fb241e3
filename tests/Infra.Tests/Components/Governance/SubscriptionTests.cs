using CantonInfra.Infra.Components.Access;
using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Governance;

// What a subscription has once, besides policies.
public sealed class SubscriptionTests
{
    private const string Pricing = "azure-native:security:Pricing";

    // A14
    [Fact]
    public async Task Every_plan_of_Defender_is_on_one_after_another()
    {
        var mocks = await DefenderAsync();

        var plans = mocks.All(Pricing);
        Assert.Equal(
            ["VirtualMachines", "Containers", "OpenSourceRelationalDatabases", "KeyVaults", "StorageAccounts", "Arm", "CloudPosture"],
            plans.Select(plan => (string)plan.Inputs["pricingName"]));
        Assert.All(plans, plan => Assert.Equal("Standard", plan.Inputs["pricingTier"]));
        Assert.All(plans, plan => Assert.Equal($"subscriptions/{Scenery.Subscription}", plan.Inputs["scopeId"]));
        foreach (var (first, then) in plans.Zip(plans.Skip(1)))
        {
            mocks.AssertBefore($"Pricing {first.Name}", $"Pricing {then.Name}");
        }

        mocks.AssertBefore("Pricing CloudPosture", "DeploymentAtSubscriptionScope endpoint-integration");
        mocks.AssertBefore("DeploymentAtSubscriptionScope endpoint-integration", "AzureServersSetting vulnerability-scanner");
    }

    [Fact]
    public async Task Extensions_are_switched_by_texts_and_agentless_scanning_is_on()
    {
        var mocks = await DefenderAsync();

        var machines = mocks.Inputs(Pricing, "VirtualMachines");
        Assert.Equal("P2", machines["subPlan"]);
        Assert.Equal("AgentlessVmScanning", machines.At("extensions.0.name"));
        Assert.Equal("True", machines.At("extensions.0.isEnabled"));
        Assert.Equal("False", machines.At("extensions.1.isEnabled"));
        Assert.Equal("200", mocks.Inputs(Pricing, "StorageAccounts").At("extensions.0.additionalExtensionProperties.CapGBPerMonthPerStorageAccount"));
    }

    [Fact]
    public async Task A_plan_that_is_off_says_so_and_changes_no_other()
    {
        var all = await DefenderAsync();
        var some = await DefenderAsync("CloudPosture");

        var free = some.Inputs(Pricing, "CloudPosture");
        Assert.Equal("Free", free["pricingTier"]);
        Assert.False(free.ContainsKey("subPlan"));
        Assert.Equal(
            all.All(Pricing).Count(plan => Equals(plan.Inputs["pricingTier"], "Standard")) - 1,
            some.All(Pricing).Count(plan => Equals(plan.Inputs["pricingTier"], "Standard")));
    }

    [Fact]
    public void Plans_that_Azure_replaced_are_not_declared() =>
        Assert.Empty(DefenderPlan.All.Select(plan => plan.Name).Intersect(["KubernetesService", "ContainerRegistry", "Dns"]));

    [Fact]
    public async Task Endpoints_are_integrated_findings_exported_and_people_told()
    {
        var mocks = await DefenderAsync();

        var template = mocks.Inputs("azure-native:resources:DeploymentAtSubscriptionScope");
        Assert.Equal("Microsoft.Security/settings", template.At("properties.template.resources.0.type"));
        Assert.Equal("WDATP", template.At("properties.template.resources.0.name"));
        Assert.Equal(true, template.At("properties.template.resources.0.properties.enabled"));
        Assert.Equal("WDATP_UNIFIED_SOLUTION", template.At("properties.template.resources.1.name"));
        Assert.Equal("MdeTvm", mocks.Inputs("azure-native:security:AzureServersSetting")["selectedProvider"]);
        var export = mocks.Inputs("azure-native:security:Automation");
        Assert.Equal("Workspace", export.At("actions.0.actionType"));
        Assert.Equal("/workspace", export.At("actions.0.workspaceResourceId"));
        Assert.Equal("Alerts", export.At("sources.0.eventSource"));
        var contact = mocks.Inputs("azure-native:security:SecurityContact");
        Assert.Equal("default", contact["securityContactName"]);
        Assert.Equal("a@example.com;b@example.com", contact["emails"]);
        Assert.Equal(true, contact["isEnabled"]);
        Assert.Equal("Alert", contact.At("notificationsSources.0.sourceType"));
    }

    // A23
    [Fact]
    public async Task The_activity_log_goes_to_the_workspace_and_to_the_archive()
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new ActivityLog("log", new ActivityLogArgs
        {
            Logs = Scenery.Logs(),
            Archive = Scenery.LogStorage(),
            IsProtected = true,
        }));

        var setting = mocks.Inputs("azure-native:monitor:SubscriptionDiagnosticSetting");
        Assert.Equal("/azure-native:operationalinsights:Workspace/workspace", setting["workspaceId"]);
        Assert.StartsWith("/azure-native:storage:StorageAccount/", (string)setting["storageAccountId"], StringComparison.Ordinal);
        Assert.Equal("Administrative", setting.At("logs.0.category"));
        Assert.Equal("ResourceHealth", setting.At("logs.7.category"));
        Assert.Null(setting.At("logs.8"));
    }

    // A25
    [Fact]
    public async Task Another_tenant_reads_for_good_and_writes_for_hours_and_can_leave()
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new LighthouseDelegation("lighthouse", new LighthouseDelegationArgs
        {
            SubscriptionId = Scenery.Subscription,
            ManagingTenantId = Scenery.Tenant,
            Groups = [new DelegatedGroup("SOC", Scenery.AdminGroup, [AzureRoles.SecurityReader], [AzureRoles.SentinelResponder])],
        }));

        var definition = mocks.Inputs("azure-native:managedservices:RegistrationDefinition");
        Assert.Equal($"/subscriptions/{Scenery.Subscription}", definition["scope"]);
        Assert.Equal(Scenery.Tenant, definition.At("properties.managedByTenantId"));
        Assert.Equal("39bc4728-0917-49c7-9d2c-d95423bc2eb4", definition.At("properties.authorizations.0.roleDefinitionId"));
        Assert.Equal("91c1777a-f3dc-4fae-b103-61d183457e46", definition.At("properties.authorizations.1.roleDefinitionId"));
        Assert.Equal("3e150937-b8fe-4cfb-8069-0eaf05ecd056", definition.At("properties.eligibleAuthorizations.0.roleDefinitionId"));
        Assert.Equal("Azure", definition.At("properties.eligibleAuthorizations.0.justInTimeAccessPolicy.multiFactorAuthProvider"));
        Assert.Equal("PT4H", definition.At("properties.eligibleAuthorizations.0.justInTimeAccessPolicy.maximumActivationDuration"));
        Assert.Equal(
            "/azure-native:managedservices:RegistrationDefinition/definition",
            mocks.Inputs("azure-native:managedservices:RegistrationAssignment").At("properties.registrationDefinitionId"));
    }

    [Fact]
    public async Task A_budget_tells_what_is_spent_and_what_will_be()
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new SpendingBudget("budget", new SpendingBudgetArgs
        {
            SubscriptionId = Scenery.Subscription,
            Amount = 5000,
            StartDate = new DateOnly(2026, 1, 1),
            ContactEmails = ["a@example.com"],
            Thresholds = [80],
        }));

        var budget = mocks.Inputs("azure-native:consumption:Budget");
        Assert.Equal($"/subscriptions/{Scenery.Subscription}", budget["scope"]);
        Assert.Equal(5000.0, budget["amount"]);
        Assert.Equal("2026-01-01T00:00:00Z", budget.At("timePeriod.startDate"));
        Assert.Equal("Actual", budget.At("notifications.actual-80.thresholdType"));
        Assert.Equal(80.0, budget.At("notifications.actual-80.threshold"));
        Assert.Equal(["a@example.com"], budget.Texts("notifications.actual-80.contactEmails").AsEnumerable());
        Assert.Equal("Forecasted", budget.At("notifications.forecasted-100.thresholdType"));
    }

    private static Task<CloudMocks> DefenderAsync(params string[] free) => CloudMocks.RunAsync(() =>
        _ = new DefenderForCloud("defender", new DefenderForCloudArgs
        {
            Azure = Scenery.Azure,
            ResourceGroupName = "rg",
            WorkspaceId = "/workspace",
            FreePlans = [.. free],
            MalwareScanCapInGB = 200,
            ContactEmails = ["a@example.com", "b@example.com"],
        }));
}
