using CantonInfra.Policy.Rules.Governance;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class PolicyExemptionsExpireTests
{
    private const string Exemption = "azure-native:authorization:PolicyExemption";

    private readonly RuleUnderTest _rule = new(new PolicyExemptionsExpire(new Noon()));

    [Theory]
    [InlineData(Exemption, "{'expiresOn': '2026-06-02T00:00:00Z'}")]
    [InlineData("azure-native:authorization/v20220701preview:PolicyExemption", "{'expiresOn': '2026-06-01T12:00:01Z'}")]
    [InlineData("azure:core/subscriptionPolicyExemption:SubscriptionPolicyExemption", "{'expiresOn': '2027-01-01T00:00:00Z'}")]
    public void Exemptions_that_end_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData("{}")]
    [InlineData("{'expiresOn': ''}")]
    [InlineData("{'expiresOn': '2026-06-01T12:00:00Z'}")]
    [InlineData("{'expiresOn': '2020-01-01'}")]
    public void Exemptions_without_an_end_or_past_it_fail(string properties) => _rule.Fails(Exemption, properties, "expiresOn");

    [Theory]
    [InlineData("{'expiresOn': '[unknown]'}")]
    [InlineData("{'expiresOn': 'next year'}")]
    public void An_end_that_cannot_be_read_is_undecided(string properties) => _rule.IsUndecided(Exemption, properties, "expiresOn");

    [Fact]
    public void Others_are_not_judged() => _rule.IsNotApplicable("azure-native:authorization:PolicyAssignment");

    [Fact]
    public void A_secret_is_judged_and_kept() =>
        _rule.KeepsSecret(Exemption, "{'expiresOn': {'[secret]': '2020-01-01'}, 'description': {'[secret]': 'SECRET'}}", "expiresOn");

    private sealed class Noon : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 6, 1, 12, 0, 0, TimeSpan.Zero);
    }
}

public sealed class PoliciesEnforcedTests
{
    private const string Assignment = "azure-native:authorization:PolicyAssignment";
    private const string Classic = "azure:core/subscriptionPolicyAssignment:SubscriptionPolicyAssignment";

    private readonly RuleUnderTest _rule = new(new PoliciesEnforced(StrictStacks.Limits.Modes));

    [Theory]
    [InlineData(Assignment, "{}")]
    [InlineData(Assignment, "{'enforcementMode': 'Default'}")]
    [InlineData(Classic, "{}")]
    [InlineData(Classic, "{'enforce': true}")]
    public void Assignments_in_force_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Assignment, "{'enforcementMode': 'DoNotEnforce'}", "enforcementMode")]
    [InlineData(Assignment, "{'enforcementMode': 'Enroll'}", "enforcementMode")]
    [InlineData(Classic, "{'enforce': false}", "enforce")]
    public void Others_fail(string type, string properties, string path) => _rule.Fails(type, properties, path);

    [Fact]
    public void An_unknown_mode_is_undecided() => _rule.IsUndecided(Assignment, "{'enforcementMode': '[unknown]'}", "enforcementMode");

    [Fact]
    public void Definitions_are_not_judged() => _rule.IsNotApplicable("azure-native:authorization:PolicyDefinition");

    [Fact]
    public void A_secret_is_judged_and_kept() =>
        _rule.KeepsSecret(Assignment, "{'enforcementMode': {'[secret]': 'SECRET'}}", "enforcementMode");
}

public sealed class DeployingPoliciesCanDeployTests
{
    private const string Assignment = "azure-native:authorization:PolicyAssignment";
    private const string Role = "azure-native:authorization:RoleAssignment";
    private const string Identity = "azure-native:managedidentity:UserAssignedIdentity";
    private const string Deploys = "'parameters': {'effect': {'value': 'DeployIfNotExists'}}";
    private const string Whole = "{" + Deploys + ", 'identity': {'type': 'UserAssigned', 'userAssignedIdentities': ['[unknown]']}, 'location': 'centralus'}";

    private readonly RuleUnderTest _rule = new(new DeployingPoliciesCanDeploy());

    [Fact]
    public void An_assignment_whose_identity_has_a_role_passes()
    {
        var identity = new StackItem(Identity, "id", "{}");
        var assignment = new StackItem(Assignment, "a", Whole) { Sources = [("identity", StackItem.UrnOf(Identity, "id"))] };
        var role = new StackItem(Role, "r", "{}") { Sources = [("principalId", StackItem.UrnOf(Identity, "id"))] };

        Assert.Equal(["a: Passed"], _rule.Outcomes(identity, assignment, role).Where(outcome => outcome.StartsWith("a:", StringComparison.Ordinal)));
    }

    [Fact]
    public void An_identity_of_the_assignment_itself_counts()
    {
        var assignment = new StackItem(Assignment, "a", "{" + Deploys + ", 'identity': {'type': 'SystemAssigned'}, 'location': 'centralus'}");
        var role = new StackItem(Role, "r", "{}") { Sources = [("principalId", StackItem.UrnOf(Assignment, "a"))] };

        Assert.Contains("a: Passed", _rule.Outcomes(assignment, role));
        Assert.Contains("a: Violated", _rule.Outcomes(assignment));
    }

    [Theory]
    [InlineData("040732e8-d947-40b8-95d6-854c95024bf8", "a: NotApplicable")]
    [InlineData("951af2fa-529b-416e-ab6e-066fd85ac459", "a: Violated")]
    public void An_initiative_of_the_program_deploys_where_a_part_does(string part, string outcome)
    {
        const string Initiative = "azure-native:authorization:PolicySetDefinition";
        var initiative = new StackItem(Initiative, "i", "{'policyDefinitions': [{'policyDefinitionId': '/policyDefinitions/" + part + "'}]}");
        var assignment = new StackItem(Assignment, "a", "{'policyDefinitionId': '[unknown]'}")
        {
            Sources = [("policyDefinitionId", StackItem.UrnOf(Initiative, "i"))],
        };

        Assert.Contains(outcome, _rule.Outcomes(initiative, assignment));
    }

    [Theory]
    [InlineData("{'parameters': {'effect': {'value': 'Modify'}}}")]
    [InlineData("{'parameters': {'effect': {'value': 'Modify'}}, 'identity': {'type': 'None'}, 'location': 'centralus'}")]
    [InlineData("{'policyDefinitionId': '/providers/Microsoft.Authorization/policyDefinitions/951af2fa-529b-416e-ab6e-066fd85ac459'}")]
    public void Without_identity_or_location_it_fails(string properties) =>
        Assert.Equal(["a: Violated"], _rule.Outcomes(new StackItem(Assignment, "a", properties)).Distinct());

    [Theory]
    [InlineData("{'parameters': {'effect': {'value': '[unknown]'}}}")]
    [InlineData("{'policyDefinitionId': '[unknown]'}")]
    [InlineData(Whole)]
    public void What_cannot_be_told_is_undecided(string properties) =>
        Assert.Contains("a: Undecided", _rule.Outcomes(new StackItem(Assignment, "a", properties)));

    [Theory]
    [InlineData("{}")]
    [InlineData("{'parameters': {'effect': {'value': 'Audit'}}}")]
    [InlineData("{'policyDefinitionId': '/providers/Microsoft.Authorization/policyDefinitions/040732e8-d947-40b8-95d6-854c95024bf8'}")]
    public void What_deploys_nothing_is_not_judged(string properties) =>
        Assert.Equal(["a: NotApplicable"], _rule.Outcomes(new StackItem(Assignment, "a", properties)));

    [Fact]
    public void A_secret_is_judged_and_kept()
    {
        var result = _rule.JudgeStack(new StackItem(Assignment, "a", "{'parameters': {'effect': {'value': {'[secret]': 'Modify'}}}, 'location': 'here'}"));

        Assert.All(result, each => Assert.Equal(PolicyOutcome.Violated, each.Outcome));
        Assert.DoesNotContain("Modify", result[0].ToString(), StringComparison.Ordinal);
    }
}

public sealed class DefenderPlansOnTests
{
    private const string Pricing = "azure-native:security:Pricing";
    private const string Classic = "azure:securitycenter/subscriptionPricing:SubscriptionPricing";
    private const string Deployment = "azure-native:resources:DeploymentAtSubscriptionScope";

    private readonly RuleUnderTest _rule = new(new DefenderPlansOn());

    [Theory]
    [InlineData(Pricing, "{'pricingName': 'Arm', 'pricingTier': 'Standard'}")]
    [InlineData(Pricing, "{'pricingName': 'VirtualMachines', 'pricingTier': 'Standard', 'subPlan': 'P2', 'extensions': [{'name': 'AgentlessVmScanning', 'isEnabled': 'True'}, {'name': 'MdeDesignatedSubscription', 'isEnabled': 'False'}]}")]
    [InlineData(Classic, "{'tier': 'Standard', 'resourceType': 'Containers'}")]
    [InlineData(Deployment, "{'properties': {'template': {'resources': [{'type': 'Microsoft.Security/settings', 'properties': {'enabled': true}}, {'type': 'Microsoft.Web/sites'}]}}}")]
    public void Plans_that_are_on_pass(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Pricing, "{}", "pricingTier")]
    [InlineData(Pricing, "{'pricingTier': 'Free'}", "pricingTier")]
    [InlineData(Pricing, "{'pricingTier': 'Standard', 'pricingName': 'Dns'}", "pricingName")]
    [InlineData(Pricing, "{'pricingTier': 'Standard', 'pricingName': 'VirtualMachines', 'subPlan': 'P1'}", "subPlan")]
    [InlineData(Pricing, "{'pricingTier': 'Standard', 'extensions': [{'name': 'A', 'isEnabled': true}]}", "extensions[0].isEnabled")]
    [InlineData(Pricing, "{'pricingTier': 'Standard', 'extensions': [{'name': 'ContainerSensor', 'isEnabled': 'False'}]}", "extensions[0].isEnabled")]
    [InlineData(Classic, "{'tier': 'Free'}", "tier")]
    [InlineData(Deployment, "{'properties': {'template': {'resources': [{'type': 'Microsoft.Security/settings', 'properties': {'enabled': false}}]}}}", "properties.template.resources[0].properties.enabled")]
    [InlineData("azure:securitycenter/setting:Setting", "{'settingName': 'MCAS', 'enabled': false}", "enabled")]
    public void Others_fail(string type, string properties, string path) => _rule.Fails(type, properties, path);

    [Theory]
    [InlineData("{'pricingTier': '[unknown]'}", "pricingTier")]
    [InlineData("{'pricingTier': 'Standard', 'pricingName': '[unknown]'}", "pricingName")]
    [InlineData("{'pricingTier': 'Standard', 'extensions': [{'isEnabled': '[unknown]'}]}", "extensions[0].isEnabled")]
    public void Unknowns_are_undecided(string properties, string path) => _rule.IsUndecided(Pricing, properties, path);

    [Fact]
    public void Others_are_not_judged() => _rule.IsNotApplicable("azure-native:security:SecurityContact");

    [Fact]
    public void A_secret_is_judged_and_kept() => _rule.KeepsSecret(Pricing, "{'pricingTier': {'[secret]': 'SECRET'}}", "pricingTier");
}

public sealed class SecurityContactToldTests
{
    private const string Contact = "azure-native:security:SecurityContact";
    private const string Good = "{'isEnabled': true, 'emails': 'a@example.com', 'notificationsSources': [{'sourceType': 'Alert'}]}";

    private readonly RuleUnderTest _rule = new(new SecurityContactTold());

    [Fact]
    public void A_contact_that_is_told_passes() => Assert.Equal(["c: Passed"], _rule.Outcomes(new StackItem(Contact, "c", Good)).Distinct());

    [Theory]
    [InlineData("'isEnabled': true", "'isEnabled': false")]
    [InlineData("'isEnabled': true, ", "")]
    [InlineData("a@example.com", "")]
    [InlineData("{'sourceType': 'Alert'}", "")]
    public void A_contact_that_is_not_told_fails(string right, string wrong) => Assert.Contains(
        "c: Violated", _rule.Outcomes(new StackItem(Contact, "c", Good.Replace(right, wrong, StringComparison.Ordinal))));

    [Fact]
    public void Plans_without_a_contact_fail() => Assert.Equal(
        PolicyOutcome.Violated,
        Assert.Single(_rule.JudgeStack(new StackItem("azure-native:security:Pricing", "p", "{'pricingTier': 'Standard'}"))).Outcome);

    [Fact]
    public void Without_plans_no_contact_is_needed() =>
        Assert.DoesNotContain(_rule.JudgeStack(new StackItem("azure-native:keyvault:Vault", "v", "{}")), result => result.Outcome == PolicyOutcome.Violated);

    [Fact]
    public void Unknowns_are_undecided() => Assert.Contains(
        "c: Undecided", _rule.Outcomes(new StackItem(Contact, "c", Good.Replace("'a@example.com'", "'[unknown]'", StringComparison.Ordinal))));

    [Fact]
    public void A_secret_is_judged_and_kept()
    {
        var results = _rule.JudgeStack(new StackItem(Contact, "c", Good.Replace("true", "{'[secret]': false}", StringComparison.Ordinal)));

        var violated = results.Single(result => result.Outcome == PolicyOutcome.Violated);
        Assert.Contains("[secret]", Assert.Single(violated.Verdicts.OfType<ViolationVerdict>()).Message, StringComparison.Ordinal);
    }
}

public sealed class RequiredTagsTests
{
    private const string Group = "azure-native:resources:ResourceGroup";
    private const string All = "{'tags': {'cost-center': 'c', 'env': 'e', 'managed-by': 'pulumi', 'owner': 'o', 'system': 's'}}";

    private readonly RuleUnderTest _rule = new(new RequiredTags());

    [Fact]
    public void Tagged_resources_pass() => _rule.Passes(Group, All);

    [Theory]
    [InlineData("'owner': 'o', ", "")]
    [InlineData("'owner': 'o'", "'owner': ''")]
    public void A_missing_or_empty_tag_fails(string right, string wrong) =>
        _rule.Fails(Group, All.Replace(right, wrong, StringComparison.Ordinal), "tags");

    [Fact]
    public void Which_tags_is_a_setting() =>
        new RuleUnderTest(new RequiredTags()) { Settings = "{'keys': ['team']}" }.Fails(Group, All, "tags");

    [Theory]
    [InlineData("{'tags': '[unknown]'}", "tags")]
    [InlineData("{'tags': {'cost-center': '[unknown]', 'env': 'e', 'managed-by': 'p', 'owner': 'o', 'system': 's'}}", "tags.cost-center")]
    public void Unknowns_are_undecided(string properties, string path) => _rule.IsUndecided(Group, properties, path);

    [Fact]
    public void What_takes_no_tags_is_not_judged() => _rule.IsNotApplicable("azure-native:network:Subnet");

    [Fact]
    public void A_secret_is_judged_and_kept() => _rule.KeepsSecret(
        Group, "{'tags': {'cost-center': 'c', 'env': {'[secret]': 'SECRET'}, 'managed-by': 'pulumi', 'system': 's'}}", "tags");
}
