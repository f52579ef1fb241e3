using CantonInfra.Policy.Rules.Access;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class NoHumanKeyUseTests
{
    private const string Assignment = "azure-native:authorization:RoleAssignment";
    private const string Classic = "azure:authorization/assignment:Assignment";
    private const string CryptoUser = "'roleDefinitionId': '/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/12338af0-0e69-4776-bea7-57ae8d297424'";

    private readonly RuleUnderTest _rule = new(new NoHumanKeyUse());

    [Theory]
    [InlineData(Assignment, "{" + CryptoUser + ", 'principalType': 'ServicePrincipal'}")]
    [InlineData(Assignment, "{'roleDefinitionId': '21090545-7ca7-4776-b22c-e363652d74d2', 'principalType': 'Group'}")]
    [InlineData(Assignment, "{'roleDefinitionId': '21090545-7ca7-4776-b22c-e363652d74d2', 'principalType': '[unknown]'}")]
    [InlineData(Assignment, "{'roleDefinitionId': '[unknown]', 'principalType': 'ServicePrincipal'}")]
    [InlineData(Classic, "{'roleDefinitionName': 'Key Vault Reader', 'principalType': 'User'}")]
    public void Workloads_use_keys_and_people_see_names(string type, string properties) => _rule.Passes(type, properties);

    [Theory]
    [InlineData(Assignment, "{" + CryptoUser + ", 'principalType': 'Group'}")]
    [InlineData(Assignment, "{" + CryptoUser + ", 'principalType': 'User'}")]
    [InlineData(Assignment, "{" + CryptoUser + "}")]
    [InlineData(Assignment, "{'roleDefinitionId': '4633458B-17DE-408A-B874-0445C86B69E6', 'principalType': 'ForeignGroup'}")]
    [InlineData(Classic, "{'roleDefinitionName': 'Key Vault Secrets User', 'principalType': 'User'}")]
    public void People_who_use_keys_fail(string type, string properties) => _rule.Fails(type, properties, "principalType");

    [Theory]
    [InlineData("{'roleDefinitionId': '[unknown]', 'principalType': 'Group'}", "roleDefinitionId")]
    [InlineData("{" + CryptoUser + ", 'principalType': '[unknown]'}", "principalType")]
    public void Unknowns_are_undecided(string properties, string path) => _rule.IsUndecided(Assignment, properties, path);

    [Fact]
    public void Others_are_not_judged() => _rule.IsNotApplicable("azure-native:authorization:RoleDefinition");

    [Fact]
    public void A_secret_is_judged_and_kept() =>
        _rule.KeepsSecret(Assignment, "{" + CryptoUser + ", 'principalType': {'[secret]': 'SECRET'}}", "principalType");
}

public sealed class NoHumanRulersTests
{
    private const string Assignment = "azure-native:authorization:RoleAssignment";
    private const string Contributor = "'roleDefinitionId': 'b24988ac-6180-42a0-ab88-20f7382dd24c'";
    private const string Owner = "'roleDefinitionId': '8e3af657-a8ff-443c-a75c-2fe8c4bcb635'";

    private readonly RuleUnderTest _rule = new(new NoHumanRulers());

    [Theory]
    [InlineData("{" + Owner + ", 'principalType': 'ServicePrincipal', 'scope': '/subscriptions/s'}")]
    [InlineData("{" + Contributor + ", 'principalType': 'Group', 'scope': '/subscriptions/s/resourceGroups/g'}")]
    [InlineData("{'roleDefinitionId': 'acdd72a7-3385-48ef-bd42-f606fba81ae7', 'principalType': 'Group', 'scope': '/subscriptions/s'}")]
    public void Narrow_roles_and_scopes_pass(string properties) => _rule.Passes(Assignment, properties);

    [Theory]
    [InlineData("{" + Owner + ", 'principalType': 'Group', 'scope': '/subscriptions/s'}")]
    [InlineData("{" + Owner + ", 'principalType': 'Group', 'scope': '/subscriptions/s/resourceGroups/g'}")]
    [InlineData("{" + Contributor + ", 'principalType': 'Group', 'scope': '/subscriptions/s'}")]
    [InlineData("{" + Owner + ", 'principalType': 'User', 'scope': '/providers/Microsoft.Management/managementGroups/m'}")]
    [InlineData("{" + Owner + ", 'principalType': 'User', 'scope': '/'}")]
    [InlineData("{" + Owner + ", 'scope': '/subscriptions/s/'}")]
    public void People_who_rule_fail(string properties) => _rule.Fails(Assignment, properties, "roleDefinitionId");

    [Fact]
    public void The_classic_provider_names_roles() => _rule.Fails(
        "azure:authorization/assignment:Assignment",
        "{'roleDefinitionName': 'Contributor', 'scope': '/subscriptions/s', 'principalType': 'Group'}",
        "roleDefinitionName");

    [Theory]
    [InlineData("{" + Contributor + ", 'principalType': 'Group', 'scope': '[unknown]'}", "scope")]
    [InlineData("{" + Owner + ", 'principalType': '[unknown]', 'scope': '/subscriptions/s'}", "principalType")]
    [InlineData("{'roleDefinitionId': '[unknown]', 'principalType': 'Group', 'scope': '/subscriptions/s'}", "roleDefinitionId")]
    public void Unknowns_are_undecided(string properties, string path) => _rule.IsUndecided(Assignment, properties, path);

    [Fact]
    public void Others_are_not_judged() => _rule.IsNotApplicable("azure-native:keyvault:Vault");

    [Fact]
    public void A_secret_is_judged_and_kept() => _rule.KeepsSecret(
        Assignment, "{" + Owner + ", 'principalType': {'[secret]': 'SECRET'}, 'scope': '/subscriptions/s'}", "roleDefinitionId");
}

public sealed class LighthouseLeastPrivilegeTests
{
    private const string Definition = "azure-native:managedservices:RegistrationDefinition";

    private readonly RuleUnderTest _rule = new(new LighthouseLeastPrivilege());

    [Theory]
    [InlineData("{'properties': {'authorizations': [{'roleDefinitionId': '39bc4728-0917-49c7-9d2c-d95423bc2eb4'}, {'roleDefinitionId': '91c1777a-f3dc-4fae-b103-61d183457e46'}]}}")]
    [InlineData("{'properties': {'authorizations': [], 'eligibleAuthorizations': [{'roleDefinitionId': '3e150937-b8fe-4cfb-8069-0eaf05ecd056', 'justInTimeAccessPolicy': {'multiFactorAuthProvider': 'Azure'}}]}}")]
    public void Little_for_good_and_more_for_a_time_pass(string properties) => _rule.Passes(Definition, properties);

    [Theory]
    [InlineData("{'properties': {'authorizations': [{'roleDefinitionId': '3e150937-b8fe-4cfb-8069-0eaf05ecd056'}]}}", "properties.authorizations[0].roleDefinitionId")]
    [InlineData("{'properties': {'eligibleAuthorizations': [{'roleDefinitionId': 'b24988ac-6180-42a0-ab88-20f7382dd24c', 'justInTimeAccessPolicy': {'multiFactorAuthProvider': 'Azure'}}]}}", "properties.eligibleAuthorizations[0].roleDefinitionId")]
    [InlineData("{'properties': {'eligibleAuthorizations': [{'roleDefinitionId': '3e150937-b8fe-4cfb-8069-0eaf05ecd056', 'justInTimeAccessPolicy': {'multiFactorAuthProvider': 'None'}}]}}", "properties.eligibleAuthorizations[0].justInTimeAccessPolicy.multiFactorAuthProvider")]
    [InlineData("{'properties': {'eligibleAuthorizations': [{'roleDefinitionId': '3e150937-b8fe-4cfb-8069-0eaf05ecd056'}]}}", "properties.eligibleAuthorizations[0].justInTimeAccessPolicy")]
    public void More_fails(string properties, string path) => _rule.Fails(Definition, properties, path);

    [Fact]
    public void An_unknown_role_is_undecided() => _rule.IsUndecided(
        Definition, "{'properties': {'authorizations': [{'roleDefinitionId': '[unknown]'}]}}", "properties.authorizations[0].roleDefinitionId");

    [Fact]
    public void Others_are_not_judged() => _rule.IsNotApplicable("azure-native:managedservices:RegistrationAssignment");

    [Fact]
    public void A_secret_is_judged_and_kept() => _rule.KeepsSecret(
        Definition, "{'properties': {'authorizations': [{'roleDefinitionId': {'[secret]': 'SECRET'}}]}}", "properties.authorizations[0].roleDefinitionId");
}
