using CantonInfra.Policy.Rules.Access;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on whom identities trust, and on what they may do.</summary>
public sealed class AccessRulesTests
{
    private const string Credential = "azure-native:managedidentity:FederatedIdentityCredential";
    private const string ClassicCredential = "azure:armmsi/federatedIdentityCredential:FederatedIdentityCredential";
    private const string Role = "azure-native:authorization:RoleAssignment";
    private const string ClassicRole = "azure:authorization/assignment:Assignment";
    private const string Definitions = "/subscriptions/0/providers/Microsoft.Authorization/roleDefinitions/";
    private const string Owner = Definitions + "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private const string Administrator = Definitions + "00482A5A-887F-4FB3-B363-3B7FE8E74483";

    private readonly RuleUnderTest _credentials = new(new FederatedCredentials());
    private readonly RuleUnderTest _roles = new(new NoPrivilegedRoles());

    [Fact]
    public void Other_types_are_the_business_of_none()
    {
        _credentials.IsNotApplicable(Role);
        _roles.IsNotApplicable(Credential);
    }

    [Theory]
    [InlineData(Credential, "{'subject': 'system:serviceaccount:validator:participant', 'audiences': ['api://AzureADTokenExchange']}")]
    [InlineData(Credential, "{'subject': 'repo:acme/canton:environment:mainnet', 'audiences': ['api://AzureADTokenExchangeUSGov']}")]
    [InlineData(ClassicCredential, "{'subject': 'system:serviceaccount:a:b', 'audience': 'api://AzureADTokenExchange'}")]
    public void Exact_credentials_pass(string type, string properties) => _credentials.Passes(type, properties);

    [Theory]
    [InlineData("{'subject': 'system:serviceaccount:validator:*', 'audiences': ['api://AzureADTokenExchange']}", "subject")]
    [InlineData("{'subject': 'system:serviceaccount:validator:default', 'audiences': ['api://AzureADTokenExchange']}", "subject")]
    [InlineData("{'subject': 'system:serviceaccount:validator', 'audiences': ['api://AzureADTokenExchange']}", "subject")]
    [InlineData("{'subject': 'system:serviceaccount:a:b', 'audiences': ['api://AzureADTokenExchange', 'vault']}", "audiences[1]")]
    [InlineData("{'subject': 'system:serviceaccount:a:b'}", "audiences")]
    [InlineData("{'subject': 'system:serviceaccount:a:b', 'audiences': []}", "audiences")]
    public void Loose_credentials_fail(string properties, string path) => _credentials.Fails(Credential, properties, path);

    [Fact]
    public void Unknown_and_secret_credentials()
    {
        _credentials.IsUndecided(Credential, "{'subject': '[unknown]', 'audiences': ['api://AzureADTokenExchange']}", "subject");
        _credentials.IsUndecided(Credential, "{'subject': 'system:serviceaccount:a:b', 'audiences': '[unknown]'}", "audiences");
        _credentials.KeepsSecret(
            Credential, "{'subject': 'system:serviceaccount:a:b', 'audiences': [{'[secret]': 'SECRET'}]}", "audiences[0]");
    }

    [Theory]
    [InlineData(Role, "{'roleDefinitionId': '" + Definitions + "12338af0-0e69-4776-bea7-57ae8d297424', 'principalType': 'ServicePrincipal'}")]
    [InlineData(Role, "{'roleDefinitionId': '" + Owner + "', 'principalType': 'Group'}")]
    [InlineData(ClassicRole, "{'roleDefinitionName': 'Reader', 'principalType': 'ServicePrincipal'}")]
    public void Narrow_roles_and_people_pass(string type, string properties) => _roles.Passes(type, properties);

    [Theory]
    [InlineData(Role, "{'roleDefinitionId': '" + Owner + "', 'principalType': 'ServicePrincipal'}", "roleDefinitionId")]
    [InlineData(Role, "{'roleDefinitionId': '" + Administrator + "', 'principalType': 'ServicePrincipal'}", "roleDefinitionId")]
    [InlineData(ClassicRole, "{'roleDefinitionName': 'Contributor', 'principalType': 'ServicePrincipal'}", "roleDefinitionName")]
    public void Workloads_that_rule_fail(string type, string properties, string path) => _roles.Fails(type, properties, path);

    [Fact]
    public void The_message_names_the_role() => Assert.Contains(
        "gives a workload the role Key Vault Administrator",
        _roles.Fails(Role, "{'roleDefinitionId': '" + Administrator + "', 'principalType': 'ServicePrincipal'}", "roleDefinitionId"),
        StringComparison.Ordinal);

    [Fact]
    public void Unknown_and_secret_roles()
    {
        _roles.IsUndecided(Role, "{'roleDefinitionId': '[unknown]', 'principalType': 'ServicePrincipal'}", "roleDefinitionId");
        _roles.IsUndecided(Role, "{'roleDefinitionId': '" + Owner + "'}", "principalType");
        _roles.KeepsSecret(
            Role,
            "{'roleDefinitionId': '" + Owner + "', 'principalType': 'ServicePrincipal', 'principalId': {'[secret]': 'SECRET'}}",
            "roleDefinitionId");
    }
}
