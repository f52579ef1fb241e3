using CantonInfra.Policy.Rules.Governance;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>What is assigned of Azure Policy and of Defender holds something back.</summary>
public sealed class PolicyAssignmentRulesTests
{
    private const string Assignment = "azure-native:authorization:PolicyAssignment";
    private const string Initiative = "azure-native:authorization:PolicySetDefinition";
    private const string Plan = "azure-native:security:Pricing";

    private readonly RuleUnderTest _enforced = new(new PoliciesEnforced(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Devnet };
    private readonly RuleUnderTest _narrow = new(new PolicyParametersNarrow());
    private readonly RuleUnderTest _assigned = new(new InitiativesAssigned());
    private readonly RuleUnderTest _plans = new(new DefenderPlansComplete());

    [Theory]
    [InlineData(Assignment, "{'parameters': {'effect': {'value': 'Audit'}}}")]
    [InlineData(Assignment, "{'policyDefinitionId': '/providers/Microsoft.Authorization/policySetDefinitions/x', 'parameters': {'someMonitoringEffect': {'value': 'Disabled'}}}")]
    [InlineData(Assignment, "{'scope': '/subscriptions/s', 'notScopes': ['/subscriptions/s/resourceGroups/g', '/subscriptions/st']}")]
    [InlineData(Initiative, "{'policyDefinitions': [{'parameters': {'effect': {'value': 'Deny'}}}, {}]}")]
    public void What_has_an_effect_passes(string type, string properties) => _enforced.Passes(type, properties);

    [Theory]
    [InlineData(Assignment, "{'parameters': {'effect': {'value': 'disabled'}}}", "parameters.effect.value")]
    [InlineData(Assignment, "{'parameters': {'disksEffect': {'value': 'Disabled'}}}", "parameters.disksEffect.value")]
    [InlineData(Assignment, "{'overrides': [{'kind': 'policyEffect', 'value': 'Disabled'}]}", "overrides[0].value")]
    [InlineData(Assignment, "{'scope': '/subscriptions/s', 'notScopes': ['/subscriptions/S']}", "notScopes[0]")]
    [InlineData(Assignment, "{'scope': '/subscriptions/s/resourceGroups/g', 'notScopes': ['/subscriptions/s']}", "notScopes[0]")]
    [InlineData(Initiative, "{'policyDefinitions': [{'parameters': {'effect': {'value': 'Disabled'}}}]}", "policyDefinitions[0].parameters.effect.value")]
    public void What_has_none_fails(string type, string properties, string path) => _enforced.Fails(type, properties, path);

    [Theory]
    [InlineData("{'policyDefinitionId': '[unknown]', 'parameters': {'disksEffect': {'value': 'audit'}}}", "parameters.disksEffect.value")]
    [InlineData("{'policyDefinitionId': '/subscriptions/s/providers/Microsoft.Authorization/policySetDefinitions/x', 'overrides': [{'value': 'Audit'}]}", "overrides[0].value")]
    public void What_one_defines_acts_where_violations_are_denied(string properties, string path)
    {
        var strict = new RuleUnderTest(new PoliciesEnforced(StrictStacks.Limits.Modes)) { Stack = StrictStacks.Named("subscription-prod") };

        strict.Fails(Assignment, properties, path);
        strict.Passes(Assignment, "{'policyDefinitionId': '/providers/Microsoft.Authorization/policyDefinitions/x', 'parameters': {'effect': {'value': 'Audit'}}}");
        _enforced.Passes(Assignment, properties);
    }

    [Fact]
    public void An_effect_may_not_be_known() =>
        _enforced.IsUndecided(Assignment, "{'parameters': {'effect': {'value': '[unknown]'}}}", "parameters.effect.value");

    [Theory]
    [InlineData("{}")]
    [InlineData("{'parameters': {'allowedContainerImagesRegex': {'value': '^(mcr\\\\.microsoft\\\\.com|mine\\\\.azurecr\\\\.io)/.+$'}}}")]
    [InlineData("{'parameters': {'excludedNamespaces': {'value': ['kube-system', 'gatekeeper-system', 'monitoring']}}}")]
    public void Narrow_parameters_pass(string properties) => _narrow.Passes(Assignment, properties);

    [Theory]
    [InlineData("{'parameters': {'allowedContainerImagesRegex': {'value': '.*'}}}", "parameters.allowedContainerImagesRegex.value")]
    [InlineData("{'parameters': {'allowedContainerImagesRegex-febd': {'value': '^(.+)$'}}}", "parameters.allowedContainerImagesRegex-febd.value")]
    [InlineData("{'parameters': {'allowedContainerImagesRegex-febd': {'value': 'docker.io'}}}", "parameters.allowedContainerImagesRegex-febd.value")]
    [InlineData("{'parameters': {'allowedContainerImagesRegex': {'value': '('}}}", "parameters.allowedContainerImagesRegex.value")]
    [InlineData("{'parameters': {'excludedNamespaces': {'value': ['*']}}}", "parameters.excludedNamespaces.value[0]")]
    [InlineData("{'parameters': {'excludedNamespaces': {'value': ['kube-system', 'validator-1']}}}", "parameters.excludedNamespaces.value[1]")]
    public void Wide_parameters_fail(string properties, string path) => _narrow.Fails(Assignment, properties, path);

    [Fact]
    public void Parameters_may_not_be_known()
    {
        _narrow.IsUndecided(Assignment, "{'parameters': '[unknown]'}", "parameters");
        _narrow.IsUndecided(Assignment, "{'parameters': {'allowedContainerImagesRegex': {'value': '[unknown]'}}}", "parameters.allowedContainerImagesRegex.value");
        _narrow.IsNotApplicable(Plan);
        _narrow.KeepsSecret(
            Assignment,
            "{'parameters': {'allowedContainerImagesRegex': {'value': {'[secret]': '.*SECRET.*|.*'}}}}",
            "parameters.allowedContainerImagesRegex.value");
    }

    [Fact]
    public void What_is_defined_is_assigned()
    {
        var initiative = new StackItem(Initiative, "i", "{}");
        var assignment = new StackItem(Assignment, "a", "{'policyDefinitionId': '[unknown]'}") { Sources = [("policyDefinitionId", StackItem.UrnOf(Initiative, "i"))] };

        Assert.Equal(["i: Passed"], _assigned.Outcomes(initiative, assignment));
        Assert.Equal(["i: Violated"], _assigned.Outcomes(initiative));
        Assert.Equal(["i: Violated"], _assigned.Outcomes(initiative, assignment with { Properties = "{'policyDefinitionId': '/other'}", Sources = [] }));
        Assert.Equal(["i: Undecided"], _assigned.Outcomes(initiative, assignment with { Sources = [] }));
        Assert.Equal([": Passed"], _assigned.Outcomes(assignment));
    }

    [Fact]
    public void Who_keeps_the_plans_of_a_subscription_has_them_all()
    {
        string[] all = ["Arm", "CloudPosture", "Containers", "KeyVaults", "OpenSourceRelationalDatabases", "StorageAccounts", "VirtualMachines"];

        Assert.Equal([": Passed"], _plans.Outcomes([.. all.Select(Of)]));
        Assert.Equal([": Violated"], _plans.Outcomes([.. all.Skip(1).Select(Of)]));
        Assert.Equal([": Undecided"], _plans.Outcomes([.. all.Skip(1).Select(Of), Of("[unknown]")]));
        Assert.Equal([": NotApplicable"], _plans.Outcomes([.. all.Take(2).Select(Of)]));
    }

    private static StackItem Of(string plan) => new(Plan, plan, $"{{'pricingName': '{plan}'}}");
}
