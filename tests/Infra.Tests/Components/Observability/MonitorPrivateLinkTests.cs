using CantonInfra.Infra.Components.Observability;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components.Observability;

public sealed class MonitorPrivateLinkTests
{
    [Fact]
    public async Task From_the_network_only_what_is_included_is_reached_and_nothing_reaches_it_otherwise()
    {
        var scope = (await RunAsync()).Inputs("azure-native:monitor:PrivateLinkScope");

        Assert.Equal("PrivateOnly", scope.At("accessModeSettings.ingestionAccessMode"));
        Assert.Equal("PrivateOnly", scope.At("accessModeSettings.queryAccessMode"));
        Assert.Equal("global", scope.At("location"));
    }

    [Fact]
    public async Task What_is_included_is_added_one_after_the_other()
    {
        var mocks = await RunAsync();

        var workspace = mocks.Inputs("azure-native:monitor:PrivateLinkScopedResource", "monitor-workspace");
        Assert.Equal("/workspace", workspace.At("linkedResourceId"));
        mocks.AssertBefore("PrivateLinkScopedResource monitor-workspace", "PrivateLinkScopedResource monitor-collection");
    }

    [Fact]
    public async Task The_network_resolves_every_name_of_Azure_Monitor_to_the_private_endpoint()
    {
        var mocks = await RunAsync();

        var endpoint = mocks.Inputs("azure-native:network:PrivateEndpoint");
        Assert.Equal("azuremonitor", endpoint.At("privateLinkServiceConnections.0.groupIds.0"));
        var group = mocks.Inputs("azure-native:network:PrivateDnsZoneGroup");
        var zones = Enumerable.Range(0, 6).Select(index => group.At($"privateDnsZoneConfigs.{index}.privateDnsZoneId")).OfType<string>();
        var names = Enumerable.Range(0, 6).Select(index => group.At($"privateDnsZoneConfigs.{index}.name")).OfType<string>().ToList();
        Assert.Equal(
            ["monitor-zone", "oms-zone", "ods-zone", "agents-zone", "blob-zone"], zones.Select(zone => zone.Split('/')[^1]));
        Assert.Equal(names.Distinct(), names);
        Assert.Superset(
            new HashSet<string>(StringComparer.Ordinal)
            {
                "privatelink.monitor.azure.com",
                "privatelink.oms.opinsights.azure.com",
                "privatelink.ods.opinsights.azure.com",
                "privatelink.agentsvc.azure-automation.net",
                "privatelink.blob.core.windows.net",
            },
            mocks.All("azure-native:privatedns:PrivateZone")
                .Select(zone => (string)zone.Inputs.At("privateZoneName")!)
                .ToHashSet(StringComparer.Ordinal));
    }

    private static Task<CloudMocks> RunAsync() => CloudMocks.RunAsync(() =>
    {
        var link = new MonitorPrivateLink(
            "monitor", new MonitorPrivateLinkArgs { Azure = Scenery.Azure, ResourceGroupName = "rg-obs" });
        link.Include("workspace", "/workspace");
        link.Include("collection", "/collection");
        link.AllowFrom(Scenery.Network());
    });
}
