using CantonInfra.Policy.Rules.Access;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class RoleRulesTests
{
    private const string Assignment = "azure-native:authorization:RoleAssignment";
    private const string Definition = "azure-native:authorization:RoleDefinition";
    private const string Identity = "azure-native:managedidentity:UserAssignedIdentity";
    private const string Reader = "'roleDefinitionId': '/x/roleDefinitions/acdd72a7-3385-48ef-bd42-f606fba81ae7'";
    private const string Contributor = "'roleDefinitionId': '/x/roleDefinitions/749f88d5-cbae-40b8-bcfc-e573ddc772fa'";

    private readonly RuleUnderTest _whom = new(new RolesSayForWhom());
    private readonly RuleUnderTest _narrow = new(new RoleScopesNarrow(StrictStacks.Limits.WideRoles)) { Stack = StrictStacks.Mainnet };
    private readonly RuleUnderTest _custom = new(new CustomRolesBounded());
    private readonly RuleUnderTest _used = new(new IdentitiesUsed());

    [Fact]
    public void Roles_are_for_workloads_or_groups()
    {
        _whom.Passes(Assignment, "{'principalType': 'ServicePrincipal'}");
        _whom.Passes(Assignment, "{'principalType': 'group'}");
        _whom.Fails(Assignment, "{}", "principalType");
        _whom.Fails(Assignment, "{'principalType': 'User'}", "principalType");
        _whom.IsUndecided(Assignment, "{'principalType': '[unknown]'}", "principalType");
        _whom.KeepsSecret(Assignment, "{'principalType': {'[secret]': 'SECRET'}}", "principalType");
        _whom.Fails("azure:authorization/assignment:Assignment", "{'principalType': 'User'}", "principalType");
        _whom.Passes("azure:authorization/assignment:Assignment", "{}");
        _whom.IsNotApplicable(Definition);
    }

    [Theory]
    [InlineData("{" + Reader + ", 'scope': '/subscriptions/s/resourceGroups/g'}")]
    [InlineData("{" + Reader + ", 'scope': '[unknown]'}")]
    public void Narrow_scopes_pass(string properties) => _narrow.Passes(Assignment, properties);

    [Theory]
    [InlineData("{" + Reader + ", 'scope': '/subscriptions/s'}")]
    [InlineData("{" + Reader + ", 'scope': '/subscriptions/s/'}")]
    [InlineData("{" + Reader + ", 'scope': '/providers/Microsoft.Management/managementGroups/m'}")]
    [InlineData("{" + Reader + ", 'scope': '/'}")]
    [InlineData("{" + Reader + "}")]
    [InlineData("{'scope': '/subscriptions/s'}")]
    public void Wide_scopes_fail(string properties) => _narrow.Fails(Assignment, properties, "scope");

    [Fact]
    public void What_limits_name_may_be_wide_on_their_stacks()
    {
        Wide("subscription-prod").Passes(Assignment, "{" + Contributor + ", 'scope': '/subscriptions/s'}");
        Wide("subscription-prod").Fails(Assignment, "{" + Contributor + ", 'scope': '/'}", "scope");
        Wide("subscription-prod").Fails(Assignment, "{" + Reader + ", 'scope': '/subscriptions/s'}", "scope");
        Wide("somebodys").Passes("azure:authorization/assignment:Assignment", "{'roleDefinitionName': 'Reader', 'scope': '/subscriptions/s'}");
        Wide("somebodys").Fails(Assignment, "{" + Contributor + ", 'scope': '/subscriptions/s'}", "scope");
        _narrow.IsUndecided(Assignment, "{'roleDefinitionId': '[unknown]', 'scope': '/subscriptions/s'}", "roleDefinitionId");
        _narrow.KeepsSecret(Assignment, "{'roleDefinitionId': {'[secret]': 'SECRET'}, 'scope': '/subscriptions/s'}", "scope");
        _narrow.IsNotApplicable(Identity);
    }

    [Theory]
    [InlineData("'Microsoft.Network/virtualNetworks/subnets/join/action', '*/read', 'Microsoft.Network/*/read'", "")]
    [InlineData("'*'", "role: permissions[0].actions[0]: RoleDefinition 'role' has \"*\" here, which is not bounded.")]
    [InlineData("'Microsoft.KeyVault/*'", "role: permissions[0].actions[0]: RoleDefinition 'role' has \"Microsoft.KeyVault/*\" here, which is not bounded.")]
    [InlineData("'Microsoft.Authorization/roleAssignments/*'", "role: permissions[0].actions[0]: RoleDefinition 'role' has \"Microsoft.Authorization/roleAssignments/*\" here, which gives roles.")]
    [InlineData("'Microsoft.Authorization/*/write'", "role: permissions[0].actions[0]: RoleDefinition 'role' has \"Microsoft.Authorization/*/write\" here, which gives roles.")]
    [InlineData("'[unknown]'", "role: undecided permissions[0].actions[0]")]
    public void Roles_of_our_own_are_bounded(string actions, string told) =>
        Assert.Equal(told, _custom.Tell(new StackItem(Definition, "role", "{'permissions': [{'actions': [" + actions + "]}]}")));

    [Theory]
    [InlineData("'Microsoft.KeyVault/vaults/keys/sign/action'", "Group", true)]
    [InlineData("'Microsoft.KeyVault/vaults/secrets/*/action'", "Group", true)]
    [InlineData("'Microsoft.KeyVault/vaults/keys/sign/action'", "ServicePrincipal", false)]
    [InlineData("'Microsoft.KeyVault/vaults/keys/read'", "Group", false)]
    public void People_get_no_keys_by_roles_of_our_own(string actions, string kind, bool fails)
    {
        var role = new StackItem(Definition, "role", "{'permissions': [{'dataActions': [" + actions + "]}]}");
        var given = new StackItem(Assignment, "given", "{'roleDefinitionId': '[unknown]', 'principalType': '" + kind + "'}").From("roleDefinitionId", role);

        Assert.Equal(
            fails ? "given: principalType: RoleAssignment 'given' gives people RoleDefinition 'role', which uses keys or reads secrets." : "",
            _custom.Tell(role, given));
    }

    [Theory]
    [InlineData("'/subscriptions/s', '/providers/Microsoft.Management/managementGroups/m', '[unknown]'", "")]
    [InlineData("'/subscriptions/s', '/'", "role: assignableScopes[1]: RoleDefinition 'role' has \"/\" here, so it can be given on everything in the tenant.")]
    public void Roles_of_our_own_are_not_for_the_whole_tenant(string scopes, string told) =>
        Assert.Equal(told, _custom.Tell(new StackItem(Definition, "role", "{'assignableScopes': [" + scopes + "]}")));

    [Fact]
    public void A_stack_without_roles_of_its_own_has_nothing_to_judge() => Assert.Equal([": NotApplicable"], _custom.Outcomes(new StackItem(Identity, "a", "{}")));

    [Fact]
    public void Identities_are_used_by_more_than_roles()
    {
        var identity = new StackItem(Identity, "user", "{'resourceName': 'id-user'}");
        var role = new StackItem(Assignment, "role", "{}").From("principalId", identity);
        const string Credential = "azure-native:managedidentity:FederatedIdentityCredential";

        Assert.Equal("user: : UserAssignedIdentity 'user' is used by nothing, and no service account takes it.", _used.Tell(identity, role));
        Assert.Equal("", _used.Tell(identity, role, new StackItem("azure-native:compute:VirtualMachine", "vm", "{}").From("identity", identity)));
        Assert.Equal("", _used.Tell(identity, new StackItem(Credential, "cred", "{}").From("resourceName", identity)));
        Assert.Equal("", _used.Tell(identity, new StackItem(Credential, "cred", "{'resourceName': 'id-user'}")));
        Assert.Equal([": NotApplicable"], _used.Outcomes(new StackItem(Assignment, "role", "{}")));
    }

    private static RuleUnderTest Wide(string stack) =>
        new(new RoleScopesNarrow(StrictStacks.Limits.WideRoles)) { Stack = StrictStacks.Named(stack) };
}
