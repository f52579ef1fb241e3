using CantonInfra.Policy.Limits;
using CantonInfra.PolicySdk;
using CantonInfra.PolicySdk.Tests;
using CantonInfra.Protocol.Properties;
using CantonInfra.Protocol.Wire;

namespace CantonInfra.Policy.Tests;

public sealed class AllowedRegionsTests
{
    private const string Network = "azure-native:network:VirtualNetwork";
    private const string Provider = "pulumi:providers:azure-native";
    private const string StackType = "pulumi:pulumi:Stack";

    private static readonly PolicyPack Pack = Guardrails.Create(
        LimitsFile.Parse(
            """
            regions:
              - stacks: [mainnet]
                allowed: [centralus, eastus2]
                reason: ledger data stays in the United States
              - stacks: ["*"]
                allowed: [centralus, eastus2, westus3]
                reason: tests
            modes:
              - stacks: ["*"]
                least: audit
                reason: tests
            waivers:
              - stacks: ["*"]
                maximumDays: 90
                reason: tests
            waivable: []
            sources:
              - stacks: ["*"]
                images: []
                charts: []
                reason: none
            subscriptionRoles:
              - stacks: ["*"]
                allowed: []
                reason: none
            privilegedNamespaces:
              - stacks: ["*"]
                names: []
                reason: none
            ledgerRights: []
            charts:
              names: []
              networks: [{ network: a, versions: [] }]
            """,
            "limits.yaml"),
        [],
        TimeProvider.System);

    [Theory]
    [InlineData("eastus2")]
    [InlineData("East US 2")]
    [InlineData(" CentralUS")]
    [InlineData("global")]
    [InlineData("Global")]
    public void An_allowed_region_passes_however_it_is_written(string region) =>
        Assert.Equal(PolicyOutcome.Passed, Judge(Resource(Network, ("location", region))).Outcome);

    [Theory]
    [InlineData(Network)]
    [InlineData("azure-native:network/v20230501:VirtualNetwork")]
    [InlineData("azure-native_network_v20230501:network:VirtualNetwork")]
    [InlineData("azure-native:authorization:PolicyAssignment")]
    [InlineData("azure-native:containerregistry:Replication")]
    [InlineData("azure-native:resources:ResourceGroup")]
    public void Another_region_is_refused_and_the_message_says_all_there_is_to_know(string type)
    {
        var result = Judge(Resource(type, ("location", "brazilsouth")));

        Assert.Equal(PolicyOutcome.Violated, result.Outcome);
        Assert.True(result.IsBlocking);
        var violation = Assert.IsType<ViolationVerdict>(Assert.Single(result.Verdicts));
        Assert.Equal("location", violation.Path.ToString());
        Assert.Contains(
            " 'main' is placed in \"brazilsouth\". The stack mainnet may use centralus, eastus2: ledger data stays in the United States.",
            violation.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_allowed_depends_on_the_stack()
    {
        var resource = Resource(Network, ("location", "westus3"));

        Assert.Equal(PolicyOutcome.Passed, Judge(resource, Stack("devnet")).Outcome);
        Assert.Equal(PolicyOutcome.Violated, Judge(resource, Stack("mainnet")).Outcome);
        Assert.Equal(PolicyOutcome.Violated, Judge(resource, StackContext.NotReceived).Outcome);
    }

    [Theory]
    [InlineData(Network)]
    [InlineData(Provider)]
    public void An_unknown_region_is_undecided(string type)
    {
        var result = Judge(Resource(type, ("location", PropertyValue.Unknown)));

        Assert.Equal(PolicyOutcome.Undecided, result.Outcome);
        Assert.Equal("location", Assert.IsType<UndecidedVerdict>(Assert.Single(result.Verdicts)).Path.ToString());
    }

    [Fact]
    public void A_location_that_is_no_text_is_undecided() =>
        Assert.Equal(PolicyOutcome.Undecided, Judge(Resource(Network, ("location", new MapValue([new("name", "eastus2")])))).Outcome);

    [Fact]
    public void A_secret_region_is_judged_and_not_shown()
    {
        Assert.Equal(PolicyOutcome.Passed, Judge(Resource(Network, ("location", PropertyValue.Secret("eastus2")))).Outcome);

        var violation = Assert.IsType<ViolationVerdict>(Assert.Single(
            Judge(Resource(Network, ("location", PropertyValue.Secret(Canary.Text)))).Verdicts));
        Assert.Contains("is placed in [secret]", violation.Message, StringComparison.Ordinal);
        Canary.AssertAbsent(violation.Message);
    }

    [Theory]
    [InlineData("eastus2", PolicyOutcome.Passed)]
    [InlineData("brazilsouth", PolicyOutcome.Violated)]
    [InlineData(Signatures.Unknown, PolicyOutcome.Undecided)]
    [InlineData("", PolicyOutcome.NotApplicable)]
    [InlineData(null, PolicyOutcome.NotApplicable)]
    public void Without_a_location_that_of_the_provider_counts(string? location, PolicyOutcome outcome)
    {
        var value = location == Signatures.Unknown ? PropertyValue.Unknown : location is null ? PropertyValue.Null : location;
        var resource = Under(Resource(Network), value);

        var result = Judge(resource);

        Assert.Equal(outcome, result.Outcome);
        if (result.Verdicts is [ViolationVerdict violation])
        {
            Assert.Equal("provider.location", violation.Path.ToString());
            Assert.Contains("VirtualNetwork 'main' names no region", violation.Message, StringComparison.Ordinal);
            Assert.Contains("\"brazilsouth\"", violation.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("azure-native:authorization:RoleAssignment", PolicyOutcome.NotApplicable)]
    [InlineData("azure-native:network:Subnet", PolicyOutcome.NotApplicable)]
    [InlineData("azure-native:authorization:PolicyAssignment", PolicyOutcome.Violated)]
    public void What_has_no_region_takes_none_from_its_provider(string type, PolicyOutcome outcome) =>
        Assert.Equal(outcome, Judge(Under(Resource(type), "brazilsouth")).Outcome);

    [Fact]
    public void The_own_location_wins_over_the_providers() =>
        Assert.Equal(PolicyOutcome.Passed, Judge(Under(Resource(Network, ("location", "eastus2")), "brazilsouth")).Outcome);

    [Fact]
    public void Without_any_location_the_resource_group_decides() =>
        Assert.Contains(
            "resource group",
            Assert.IsType<NotApplicableVerdict>(Assert.Single(Judge(Resource(Network)).Verdicts)).Reason,
            StringComparison.Ordinal);

    [Theory]
    [InlineData(Provider)]
    [InlineData("pulumi:providers:azure-native_network_v20230501")]
    public void A_provider_is_judged_by_its_default_region(string type)
    {
        Assert.Equal(PolicyOutcome.Passed, Judge(Resource(type, ("location", "eastus2"))).Outcome);
        Assert.Equal(PolicyOutcome.Violated, Judge(Resource(type, ("location", "brazilsouth"))).Outcome);
        Assert.Equal(PolicyOutcome.NotApplicable, Judge(Resource(type)).Outcome);
    }

    [Theory]
    [InlineData("random:index/randomPassword:RandomPassword")]
    [InlineData("kubernetes:core/v1:Namespace")]
    [InlineData("pulumi:providers:kubernetes")]
    public void Other_resources_are_not_its_business(string type) =>
        Assert.Equal(PolicyOutcome.NotApplicable, Judge(Resource(type, ("location", "brazilsouth"))).Outcome);

    [Fact]
    public void Copies_in_other_regions_are_judged()
    {
        var locations = PropertyValue.Of(
            new MapValue([new("locationName", "East US 2")]),
            new MapValue([new("locationName", "Brazil South")]),
            new MapValue([new("locationName", PropertyValue.Unknown)]));

        var result = Judge(Resource("azure-native:cosmosdb:DatabaseAccount", ("location", "eastus2"), ("locations", locations)));

        Assert.Equal(PolicyOutcome.Violated, result.Outcome);
        Assert.Equal(
            ["locations[1].locationName"], result.Verdicts.OfType<ViolationVerdict>().Select(verdict => verdict.Path.ToString()));
        Assert.Equal(
            ["locations[2].locationName"], result.Verdicts.OfType<UndecidedVerdict>().Select(verdict => verdict.Path.ToString()));
    }

    [Fact]
    public void What_a_template_deploys_is_undecided() =>
        Assert.Equal(
            PolicyOutcome.Undecided,
            Judge(Resource("azure-native:resources:DeploymentAtSubscriptionScope", ("location", "eastus2"))).Outcome);

    [Theory]
    [InlineData("[\"centralus\"]")]
    [InlineData("[\"Central US\"]")]
    [InlineData("centralus")]
    public void A_stack_can_narrow_the_bound(string value)
    {
        var stack = Stack("mainnet", value);

        Assert.Equal(PolicyOutcome.Passed, Judge(Resource(StackType), stack).Outcome);
        Assert.Equal(PolicyOutcome.Passed, Judge(Resource(Network, ("location", "centralus")), stack).Outcome);
        Assert.Contains(
            "may use centralus:",
            Assert.IsType<ViolationVerdict>(Assert.Single(Judge(Resource(Network, ("location", "eastus2")), stack).Verdicts)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_stack_cannot_widen_the_bound()
    {
        var stack = Stack("mainnet", "[\"centralus\",\"brazilsouth\"]");

        var violation = Assert.IsType<ViolationVerdict>(Assert.Single(Judge(Resource(StackType), stack).Verdicts));
        Assert.Contains("can only narrow", violation.Message, StringComparison.Ordinal);
        Assert.Contains("brazilsouth", violation.Message, StringComparison.Ordinal);
        Assert.Equal(PolicyOutcome.Violated, Judge(Resource(Network, ("location", "brazilsouth")), stack).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("[1]")]
    [InlineData("[\"centralus\"")]
    [InlineData("centralus,")]
    public void A_narrowing_that_cannot_be_read_is_a_violation(string value) =>
        Assert.Equal(PolicyOutcome.Violated, Judge(Resource(StackType), Stack("mainnet", value)).Outcome);

    [Fact]
    public void A_stack_without_narrowing_has_nothing_to_judge() =>
        Assert.Equal(PolicyOutcome.NotApplicable, Judge(Resource(StackType)).Outcome);

    [Fact]
    public void The_mode_of_an_environment_does_not_lower_it()
    {
        var rule = Assert.Single(Pack.Policies, policy => policy.Id == "regions-allowed");

        Assert.True(rule.IsNeverLowered);
        Assert.Equal(PolicySdk.EnforcementLevel.Mandatory, Enforcement.Strict.In(PolicyMode.Audit).LevelOf(rule));
    }

    private static StackContext Stack(string name, string? narrowing = null)
    {
        var request = new AnalyzerStackConfigureRequest { Stack = name, Project = "canton-infra", DryRun = true };
        if (narrowing is not null)
        {
            request.Config["canton-infra:allowedRegions"] = narrowing;
        }

        return StackContext.From(request);
    }

    private static ResourceView Resource(string type, params (string Name, PropertyValue Value)[] properties) => new(
        $"urn:pulumi:mainnet::canton-infra::{type}::main",
        ResourceType.Parse(type),
        "main",
        new MapValue(properties.Select(property => KeyValuePair.Create(property.Name, property.Value))));

    private static ResourceView Under(ResourceView resource, PropertyValue location) =>
        new(resource.Urn, resource.Type, resource.Name, resource.Properties)
        {
            Provider = new ProviderView(
                "urn:provider", ResourceType.Parse(Provider), "default_3_28_0", MapValue.Empty.With("location", location)),
        };

    private static PolicyResult Judge(ResourceView resource, StackContext? stack = null) =>
        Assert.Single(
            PolicyJudge.Judge(Pack, Enforcement.Strict, stack ?? Stack("mainnet"), resource),
            result => result.Policy.Id == "regions-allowed");
}
