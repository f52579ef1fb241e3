using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class FoundationTests
{
    private const string Workspace = "azure-native:operationalinsights:Workspace";

    [Fact]
    public async Task Each_lifecycle_has_its_resource_group()
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new ResourceGroups("groups", new ResourceGroupsArgs { Azure = Scenery.Azure }));

        var groups = mocks.All("azure-native:resources:ResourceGroup");
        Assert.Equal(
            ["rg-canton-unit-aks", "rg-canton-unit-data", "rg-canton-unit-net", "rg-canton-unit-obs", "rg-canton-unit-sec"],
            groups.Select(group => (string)group.Inputs.At("resourceGroupName")!).Order(StringComparer.Ordinal));
        Assert.All(groups, group =>
        {
            Assert.Equal("centralus", group.Inputs.At("location"));
            Assert.Equal("owner", group.Inputs.At("tags.owner"));
            Assert.Equal("unit", group.Inputs.At("tags.env"));
        });
    }

    // A22
    [Fact]
    public async Task The_workspace_keeps_logs_as_long_as_its_tier_must_and_knows_no_keys()
    {
        var workspace = (await CloudMocks.RunAsync(() => Scenery.Logs())).Inputs(Workspace);

        Assert.Equal("law-canton-unit-law", workspace.At("workspaceName"));
        Assert.Equal(30.0, workspace.At("retentionInDays"));
        Assert.Equal(true, workspace.At("features.disableLocalAuth"));
        Assert.Null(workspace.At("workspaceCapping"));
    }

    [Fact]
    public async Task A_bound_on_a_day_s_logs_is_a_choice()
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new LogAnalytics("logs", new LogAnalyticsArgs
        {
            Azure = Scenery.Azure,
            ResourceGroupName = "rg-obs",
            DailyCapInGB = 2,
        }));

        Assert.Equal(2.0, mocks.Inputs(Workspace).At("workspaceCapping.dailyQuotaGb"));
    }
}
