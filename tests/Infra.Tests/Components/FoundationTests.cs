using CantonInfra.Infra.Components.Foundation;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class FoundationTests
{
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
}
