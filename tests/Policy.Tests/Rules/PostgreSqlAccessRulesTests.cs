using CantonInfra.Policy.Rules.Databases;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules about what is inside PostgreSQL servers: roles and grants.</summary>
public sealed class PostgreSqlAccessRulesTests
{
    private const string Role = "postgresql:index/role:Role";
    private const string Membership = "postgresql:index/grantRole:GrantRole";
    private const string Grant = "postgresql:index/grant:Grant";
    private const string Defaults = "postgresql:index/defaultPrivileges:DefaultPrivileges";

    private readonly RuleUnderTest _plain = new(new PostgreSqlPlainRoles());
    private readonly RuleUnderTest _public = new(new PostgreSqlNoPublicGrants());

    [Theory]
    [InlineData(Role, "{}")]
    [InlineData(Role, "{'name': '[unknown]', 'login': true, 'superuser': false, 'roles': ['readers']}")]
    [InlineData(Role, "{'createRole': {'[secret]': false}}")]
    [InlineData(Membership, "{'role': 'a', 'grantRole': 'readers'}")]
    public void Plain_roles_pass(string type, string properties) => _plain.Passes(type, properties);

    [Theory]
    [InlineData(Role, "{'superuser': true}", "superuser")]
    [InlineData(Role, "{'createDatabase': true, 'createRole': true}", "createDatabase", "createRole")]
    [InlineData(Role, "{'replication': true}", "replication")]
    [InlineData(Role, "{'bypassRowLevelSecurity': true}", "bypassRowLevelSecurity")]
    [InlineData(Role, "{'roles': ['readers', 'azure_pg_admin']}", "roles[1]")]
    [InlineData(Membership, "{'role': 'a', 'grantRole': 'pg_read_all_data'}", "grantRole")]
    public void Mighty_roles_fail(string type, string properties, params string[] paths) => _plain.Fails(type, properties, paths);

    [Theory]
    [InlineData(Role, "{'superuser': '[unknown]'}", "superuser")]
    [InlineData(Role, "{'roles': ['[unknown]']}", "roles[0]")]
    [InlineData(Membership, "{'grantRole': '[unknown]'}", "grantRole")]
    public void Roles_that_are_not_known_are_undecided(string type, string properties, string path) =>
        _plain.IsUndecided(type, properties, path);

    [Fact]
    public void Other_types_are_no_roles() => _plain.IsNotApplicable("postgresql:index/schema:Schema");

    [Fact]
    public void A_password_is_not_shown() => _plain.KeepsSecret(Role, "{'superuser': true, 'password': {'[secret]': 'SECRET'}}", "superuser");

    [Theory]
    [InlineData(Grant, "{'role': 'app', 'privileges': ['CONNECT']}")]
    [InlineData(Grant, "{'role': 'public', 'privileges': []}")]
    [InlineData(Grant, "{'role': '[unknown]', 'privileges': []}")]
    [InlineData(Grant, "{'role': 'app', 'privileges': '[unknown]'}")]
    [InlineData(Defaults, "{'role': 'app', 'owner': 'owner', 'privileges': {'[secret]': ['SELECT']}}")]
    public void Grants_to_somebody_pass(string type, string properties) => _public.Passes(type, properties);

    [Theory]
    [InlineData(Grant, "{'role': 'public', 'privileges': ['CONNECT']}")]
    [InlineData(Grant, "{'role': {'[secret]': 'PUBLIC'}, 'privileges': ['[unknown]']}")]
    [InlineData(Defaults, "{'role': 'public', 'privileges': ['SELECT']}")]
    public void Grants_to_everybody_fail(string type, string properties) => _public.Fails(type, properties, "privileges");

    [Theory]
    [InlineData("{'role': '[unknown]', 'privileges': ['CONNECT']}", "role")]
    [InlineData("{'role': 'public', 'privileges': '[unknown]'}", "privileges")]
    public void Grants_that_are_not_known_are_undecided(string properties, string path) => _public.IsUndecided(Grant, properties, path);

    [Fact]
    public void Other_types_grant_nothing() => _public.IsNotApplicable(Role);

    [Fact]
    public void A_secret_grant_is_not_shown() =>
        _public.KeepsSecret(Grant, "{'role': 'public', 'privileges': [{'[secret]': 'SECRET'}]}", "privileges");
}
