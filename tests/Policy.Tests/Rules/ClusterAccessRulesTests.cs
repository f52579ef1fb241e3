using CantonInfra.Policy.Rules.KubernetesAccess;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on rights inside of clusters.</summary>
public sealed class ClusterAccessRulesTests
{
    private const string Role = "kubernetes:rbac.authorization.k8s.io/v1:Role";
    private const string ClusterRole = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRole";
    private const string Binding = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";
    private const string ClusterBinding = "kubernetes:rbac.authorization.k8s.io/v1:ClusterRoleBinding";
    private const string People = "{'roleRef': {'kind': 'Role', 'name': 'operators'}, 'subjects': [{'kind': 'Group', 'name': 'team'}]}";

    private readonly RuleUnderTest _admins = new(new NoClusterAdmins());
    private readonly RuleUnderTest _stars = new(new NoWildcardRights());
    private readonly RuleUnderTest _people = new(new PeopleStayOutOfPods());

    [Fact]
    public void Other_types_are_the_business_of_none()
    {
        Assert.All([_admins, _stars], rule => rule.IsNotApplicable("kubernetes:core/v1:ConfigMap"));
        Assert.Equal(PolicyOutcome.NotApplicable, Assert.Single(_people.JudgeStack(new StackItem(Role, "r", "{}"))).Outcome);
    }

    [Fact]
    public void Nobody_gets_all_rights()
    {
        _admins.Passes(Binding, People);
        _admins.Fails(ClusterBinding, "{'roleRef': {'name': 'cluster-admin'}, 'subjects': [{'kind': 'ServiceAccount', 'name': 'a'}]}", "roleRef.name");
        _admins.Fails(Binding, "{'roleRef': {'name': 'view'}, 'subjects': [{'name': 'a'}, {'kind': 'Group', 'name': 'system:authenticated'}]}", "subjects[1].name");
        _admins.Fails(Binding, "{'roleRef': {'name': 'view'}, 'subjects': [{'kind': 'User', 'name': 'system:anonymous'}]}", "subjects[0].name");
        _admins.IsUndecided(Binding, "{'roleRef': {'name': '[unknown]'}, 'subjects': '[unknown]'}", "roleRef.name", "subjects");
        _admins.KeepsSecret(Binding, "{'roleRef': {'name': 'cluster-admin'}, 'subjects': [{'name': {'[secret]': 'SECRET'}}]}", "roleRef.name");
    }

    [Theory]
    [InlineData("{'rules': [{'apiGroups': [''], 'resources': ['pods/*'], 'verbs': ['get']}]}", "rules[0].resources[0]")]
    [InlineData("{'rules': [{'apiGroups': ['*'], 'resources': ['*'], 'verbs': ['*']}]}", "rules[0].verbs[0] rules[0].resources[0] rules[0].apiGroups[0]")]
    public void Stars_fail(string properties, string paths) => _stars.Fails(ClusterRole, properties, paths.Split(' '));

    [Fact]
    public void Named_rights_pass()
    {
        _stars.Passes(Role, "{'rules': [{'apiGroups': [''], 'resources': ['pods'], 'verbs': ['get']}]}");
        _stars.IsUndecided(Role, "{'rules': [{'verbs': ['[unknown]']}]}", "rules[0].verbs[0]");
        _stars.KeepsSecret(Role, "{'rules': [{'verbs': ['*'], 'resourceNames': [{'[secret]': 'SECRET'}]}]}", "rules[0].verbs[0]");
    }

    [Theory]
    [InlineData("'pods'", "'get', 'delete'", "Passed")]
    [InlineData("'deployments/scale'", "'patch'", "Passed")]
    [InlineData("'pods', 'secrets'", "'get'", "Violated")]
    [InlineData("'pods/exec'", "'create'", "Violated")]
    [InlineData("'serviceaccounts/token'", "'create'", "Violated")]
    [InlineData("'roles'", "'bind'", "Violated")]
    [InlineData("'users'", "'impersonate'", "Violated")]
    [InlineData("'[unknown]'", "'get'", "Undecided")]
    public void People_see_and_restart(string resources, string verbs, string outcome) => Assert.Contains(
        $"role: {outcome}",
        _people.Outcomes(
            new(Role, "role", $"{{'metadata': {{'name': 'operators'}}, 'rules': [{{'apiGroups': [''], 'resources': [{resources}], 'verbs': [{verbs}]}}]}}"),
            new(Binding, "binding", People)));

    [Fact]
    public void What_accounts_may_is_another_question()
    {
        var role = new StackItem(Role, "role", "{'metadata': {'name': 'operators'}, 'rules': [{'resources': ['secrets'], 'verbs': ['get']}]}");

        Assert.Contains(
            "binding: NotApplicable",
            _people.Outcomes(role, new StackItem(Binding, "binding", "{'roleRef': {'name': 'operators'}, 'subjects': [{'kind': 'ServiceAccount', 'name': 'a'}]}")));
        Assert.Contains(
            "binding: NotApplicable",
            _people.Outcomes(new StackItem(Binding, "binding", "{'roleRef': {'kind': 'ClusterRole', 'name': 'view'}, 'subjects': [{'kind': 'User', 'name': 'a'}]}")));
        Assert.Contains(
            "binding: Violated",
            _people.Outcomes(new StackItem(Binding, "binding", "{'roleRef': {'kind': 'ClusterRole', 'name': 'edit'}, 'subjects': [{'kind': 'User', 'name': 'a'}]}")));
        Assert.Contains(
            "role: Violated",
            _people.Outcomes(role, new StackItem(Binding, "binding", "{'roleRef': {'name': '[unknown]'}, 'subjects': [{'kind': 'Group', 'name': {'[secret]': 'SECRET'}}]}")
            {
                Sources = [("roleRef", StackItem.UrnOf(Role, "role"))],
            }));
        Assert.DoesNotContain(
            _people.JudgeStack(role, new StackItem(Binding, "binding", "{'roleRef': {'name': 'operators'}, 'subjects': [{'kind': 'Group', 'name': {'[secret]': 'SECRET'}}]}"))
                .SelectMany(result => result.Verdicts),
            verdict => verdict.ToString().Contains("5ecret", StringComparison.Ordinal));
    }
}
