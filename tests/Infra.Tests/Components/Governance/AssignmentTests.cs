using CantonInfra.Infra.Components.Governance;
using CantonInfra.Infra.Tests.Support;
using Pulumi;

namespace CantonInfra.Infra.Tests.Components.Governance;

// A13, A14: what is assigned besides our own initiative.
public sealed class AssignmentTests
{
    private const string Assignment = "azure-native:authorization:PolicyAssignment";
    private static readonly ContainerLimits Containers = new("^registry/.+$", "8", "32Gi");

    [Fact]
    public async Task Soc2_is_assigned_with_what_it_asks_for_and_an_identity_that_has_no_role()
    {
        var mocks = await StandardsAsync(StandardAssignment.Existing, StandardAssignment.Assigned);

        var soc2 = mocks.Inputs(Assignment);
        Assert.Equal("/providers/Microsoft.Authorization/policySetDefinitions/4054785f-702b-4a98-9215-009cbd58b141", soc2.At("policyDefinitionId"));
        Assert.Equal("^registry/.+$", soc2.At("parameters.allowedContainerImagesRegex-febd0533-8e55-448f-b837-bd0e06f16469.value"));
        Assert.Equal("8", soc2.At("parameters.cpuLimit-e345eecc-fa47-480f-9e88-67dcc122b164.value"));
        Assert.Equal("32Gi", soc2.At("parameters.memoryLimit-e345eecc-fa47-480f-9e88-67dcc122b164.value"));
        Assert.Equal("UserAssigned", soc2.At("identity.type"));
        Assert.Equal("centralus", soc2.At("location"));
        Assert.Empty(mocks.All("azure-native:authorization:RoleAssignment"));
    }

    [Theory]
    [InlineData(false, false, 0)]
    [InlineData(true, false, 1)]
    [InlineData(true, true, 2)]
    public async Task What_is_assigned_already_is_not_assigned_again(bool benchmark, bool soc2, int assignments)
    {
        var mocks = await StandardsAsync(
            benchmark ? StandardAssignment.Assigned : StandardAssignment.Existing,
            soc2 ? StandardAssignment.Assigned : StandardAssignment.Existing);

        Assert.Equal(assignments, mocks.All(Assignment).Length);
    }

    [Fact]
    public async Task What_deploys_has_an_identity_with_its_roles_first_and_a_run_for_what_is_there()
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new DeployedDiagnostics("diagnostics", new DeployedDiagnosticsArgs
        {
            Azure = Scenery.Azure,
            ResourceGroupName = "rg",
            WorkspaceId = "/workspace",
            ExcludedResourceGroup = "rg-own",
        }));

        var assignment = mocks.Inputs(Assignment);
        Assert.Equal("DeployIfNotExists", assignment.At("parameters.effect.value"));
        Assert.Equal("/workspace", assignment.At("parameters.logAnalytics.value"));
        Assert.Equal("centralus", assignment.At("location"));
        Assert.Equal(["/azure-native:managedidentity:UserAssignedIdentity/identity"], assignment.Texts("identity.userAssignedIdentities").AsEnumerable());
        Assert.Equal([$"/subscriptions/{Scenery.Subscription}/resourceGroups/rg-own"], assignment.Texts("notScopes").AsEnumerable());
        var roles = mocks.All("azure-native:authorization:RoleAssignment");
        Assert.Equal(
            ["749f88d5-cbae-40b8-bcfc-e573ddc772fa", "92aaf0da-9dab-42b6-94a3-d43ce8d16293"],
            roles.Select(role => ((string)role.Inputs["roleDefinitionId"]).Split('/')[^1]).Order(StringComparer.Ordinal));
        Assert.All(roles, role =>
        {
            Assert.Equal("ServicePrincipal", role.Inputs["principalType"]);
            Assert.Equal($"/subscriptions/{Scenery.Subscription}", role.Inputs["scope"]);
            mocks.AssertBefore($"RoleAssignment {role.Name}", "PolicyAssignment assignment");
        });
        mocks.AssertBefore("PolicyAssignment assignment", "RemediationAtSubscription remediation");
    }

    [Fact]
    public async Task Exemptions_end_and_say_why()
    {
        var mocks = await ExemptionsAsync(
            new Exemption(AssignedPolicies.Soc2, ["a", "b"], "/subscriptions/s", IsMitigated: true, new DateOnly(2027, 1, 31), "met by NAT"),
            new Exemption(AssignedPolicies.Guardrails, [], "/subscriptions/s/resourceGroups/g", IsMitigated: false, new DateOnly(2027, 2, 1), "test"));

        var all = mocks.All("azure-native:authorization:PolicyExemption").OrderByDescending(each => each.Name, StringComparer.Ordinal).ToList();
        Assert.Equal("2027-01-31T23:59:59Z", all[0].Inputs.At("expiresOn"));
        Assert.Equal("Mitigated", all[0].Inputs.At("exemptionCategory"));
        Assert.Equal("met by NAT", all[0].Inputs.At("description"));
        Assert.Equal("id of Soc2", all[0].Inputs.At("policyAssignmentId"));
        Assert.Equal(["a", "b"], all[0].Inputs.Texts("policyDefinitionReferenceIds").AsEnumerable());
        Assert.Equal("Waiver", all[1].Inputs.At("exemptionCategory"));
        Assert.Empty(all[1].Inputs.Texts("policyDefinitionReferenceIds"));
    }

    [Fact]
    public async Task The_place_of_an_exemption_in_the_list_means_nothing()
    {
        var one = new Exemption(AssignedPolicies.Soc2, ["a", "b"], "/subscriptions/s", IsMitigated: true, new DateOnly(2027, 1, 31), "one");
        var other = one with { References = ["c"], Reason = "other" };

        Assert.Equal(Names(await ExemptionsAsync(one, other)), Names(await ExemptionsAsync(other, one with { References = ["b", "a"] })));

        static IEnumerable<string?> Names(CloudMocks mocks) =>
            mocks.All("azure-native:authorization:PolicyExemption").Select(each => each.Name).Order(StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(Enforcement.Audit, "Audit")]
    [InlineData(Enforcement.Deny, "Deny")]
    public async Task Groups_that_need_no_public_address_get_none(object enforcement, string effect)
    {
        var mocks = await CloudMocks.RunAsync(() => _ = new NoPublicAddresses("addresses", new NoPublicAddressesArgs
        {
            Azure = Scenery.Azure,
            Purposes = ["aks", "data"],
            Groups = new Infra.Components.Foundation.ResourceGroups("groups", new() { Azure = Scenery.Azure }),
            Enforcement = (Enforcement)enforcement,
        }));

        var assignments = mocks.All(Assignment);
        Assert.Equal(
            [$"/subscriptions/{Scenery.Subscription}/resourceGroups/rg-canton-unit-aks", $"/subscriptions/{Scenery.Subscription}/resourceGroups/rg-canton-unit-data"],
            assignments.Select(each => (string)each.Inputs["scope"]).Order(StringComparer.Ordinal));
        Assert.All(assignments, each =>
        {
            Assert.Equal(effect, each.Inputs.At("parameters.effect.value"));
            Assert.Contains("Microsoft.Network/publicIPAddresses", each.Inputs.Texts("parameters.listOfResourceTypesNotAllowed.value"));
            mocks.AssertBefore("ResourceGroup aks", $"PolicyAssignment {each.Name}");
        });
    }

    private static Task<CloudMocks> StandardsAsync(StandardAssignment benchmark, StandardAssignment soc2) => CloudMocks.RunAsync(() =>
        _ = new RegulatoryStandards("standards", new RegulatoryStandardsArgs
        {
            Azure = Scenery.Azure,
            ResourceGroupName = "rg",
            Benchmark = benchmark,
            Soc2 = soc2,
            Containers = Containers,
        }));

    private static Task<CloudMocks> ExemptionsAsync(params Exemption[] exemptions) => CloudMocks.RunAsync(() =>
        _ = new PolicyExemptions("exemptions", new PolicyExemptionsArgs
        {
            Exemptions = [.. exemptions],
            AssignmentId = assignment => Output.Create($"id of {assignment}"),
        }));
}
