using CantonInfra.Infra.Components.Network;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class FlowLogsTests
{
    private const string FlowLog = "azure-native:network:FlowLog";

    // A24
    [Fact]
    public async Task The_flows_of_the_network_are_kept_and_analyzed()
    {
        var flows = (await CloudMocks.RunAsync(Declare)).Inputs(FlowLog);

        Assert.Equal("/azure-native:network:VirtualNetwork/vnet", flows.At("targetResourceId"));
        Assert.Equal("/azure-native:storage:StorageAccount/archive", flows.At("storageId"));
        Assert.Equal("NetworkWatcher_centralus", flows.At("networkWatcherName"));
        Assert.Equal("NetworkWatcherRG", flows.At("resourceGroupName"));
        Assert.Equal(true, flows.At("enabled"));
        Assert.Equal(("JSON", 2.0), (flows.At("format.type"), flows.At("format.version")));
        Assert.Equal((true, 90.0), (flows.At("retentionPolicy.enabled"), flows.At("retentionPolicy.days")));
        const string Analysis = "flowAnalyticsConfiguration.networkWatcherFlowAnalyticsConfiguration";
        Assert.Equal(true, flows.At($"{Analysis}.enabled"));
        Assert.Equal(10.0, flows.At($"{Analysis}.trafficAnalyticsInterval"));
        Assert.Equal("customer of workspace", flows.At($"{Analysis}.workspaceId"));
        Assert.Equal("centralus", flows.At($"{Analysis}.workspaceRegion"));
        Assert.Equal("/azure-native:operationalinsights:Workspace/workspace", flows.At($"{Analysis}.workspaceResourceId"));
    }

    [Fact]
    public async Task They_are_written_by_an_identity_that_may_write_before()
    {
        var mocks = await CloudMocks.RunAsync(Declare);

        Assert.Equal(
            ["/azure-native:managedidentity:UserAssignedIdentity/flow-logs-identity"],
            mocks.Inputs(FlowLog).Texts("identity.userAssignedIdentities").AsEnumerable());
        var role = mocks.Inputs("azure-native:authorization:RoleAssignment", "archive-flows-writer");
        Assert.Equal("/azure-native:storage:StorageAccount/archive", role.At("scope"));
        Assert.EndsWith("/ba92f5b4-2d11-453d-a403-e96b0029c9fe", (string)role.At("roleDefinitionId")!, StringComparison.Ordinal);
        mocks.AssertBefore("RoleAssignment archive-flows-writer", "FlowLog flow-logs");
    }

    private static void Declare() => _ = new FlowLogs("flow-logs", new FlowLogsArgs
    {
        Azure = Scenery.Azure,
        IdentityResourceGroupName = "rg-sec",
        Purpose = "flow-logs",
        VirtualNetworkId = Scenery.Network().VirtualNetworkId,
        Storage = Scenery.LogStorage(args => args with { KeepsOverwritten = false }),
        Logs = Scenery.Logs(),
        RetentionInDays = 90,
        AnalysisIntervalInMinutes = 10,
    });
}
