using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Tests.Support;

namespace CantonInfra.Infra.Tests.Components;

public sealed class AllowedLocationsTests
{
    // A13
    [Theory]
    [InlineData(Enforcement.Audit, "Audit")]
    [InlineData(Enforcement.Deny, "Deny")]
    public async Task Other_regions_are_audited_or_denied_for_resources_and_groups(object enforcement, string effect)
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new AllowedLocations("locations", new AllowedLocationsArgs
        {
            SubscriptionId = Scenery.Subscription,
            Locations = ["centralus", "eastus2"],
            Enforcement = (Enforcement)enforcement,
        }));

        var assignments = mocks.All("azure-native:authorization:PolicyAssignment");
        Assert.Equal(
            ["e56962a6-4747-49cd-b67b-bf8b01975c4c", "e765b5de-1225-4ba3-bd56-1ac6695af988"],
            assignments.Select(assignment => ((string)assignment.Inputs.At("policyDefinitionId")!).Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.All(assignments, assignment =>
        {
            Assert.Equal($"/subscriptions/{Scenery.Subscription}", assignment.Inputs.At("scope"));
            Assert.Equal(["centralus", "eastus2"], assignment.Inputs.Texts("parameters.listOfAllowedLocations.value").AsEnumerable());
            Assert.Equal(effect, assignment.Inputs.At("parameters.effect.value"));
        });
    }
}
