using CantonInfra.Policy.Rules.Pods;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

/// <summary>Rules on pods, in whatever object they are.</summary>
public sealed class PodRulesTests
{
    private const string Pod = "kubernetes:core/v1:Pod";
    private const string Deployment = "kubernetes:apps/v1:Deployment";
    private const string CronJob = "kubernetes:batch/v1:CronJob";
    private const string Account = "kubernetes:core/v1:ServiceAccount";
    private const string Binding = "kubernetes:rbac.authorization.k8s.io/v1:RoleBinding";

    private const string Restricted =
        "'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}}, 'containers': [{'name': 'app', 'securityContext': {'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['ALL']}}}]";

    private readonly RuleUnderTest _privileged = new(new PodsNotPrivileged());
    private readonly RuleUnderTest _restricted = new(new PodsRestricted());
    private readonly RuleUnderTest _bounded = new(new PodsBounded());
    private readonly RuleUnderTest _tokens = new(new TokensOnlyWhereNeeded());
    private readonly RuleUnderTest _namespaces = new(new PodsInOwnNamespaces());

    [Fact]
    public void Other_types_are_the_business_of_none()
    {
        Assert.All([_privileged, _restricted], rule => rule.IsNotApplicable("kubernetes:core/v1:ConfigMap"));
        Assert.All([_privileged, _restricted], rule => rule.IsNotApplicable(Deployment));
        Assert.All([_bounded, _tokens, _namespaces], rule => Assert.Equal(
            PolicyOutcome.NotApplicable, Assert.Single(rule.JudgeStack(new StackItem("kubernetes:core/v1:ConfigMap", "c", "{}"))).Outcome));
    }

    [Theory]
    [InlineData(Pod, "{'spec': {'containers': [{'name': 'app', 'ports': [{'containerPort': 80}], 'securityContext': {'privileged': false, 'capabilities': {'add': ['NET_BIND_SERVICE']}}}], 'volumes': [{'emptyDir': {}}]}}")]
    [InlineData(CronJob, "{'spec': {'jobTemplate': {'spec': {'template': {'spec': {'containers': []}}}}}}")]
    public void Pods_within_their_bounds_pass(string type, string properties) => _privileged.Passes(type, properties);

    [Theory]
    [InlineData(Pod, "{'spec': {'hostNetwork': true, 'hostPID': true, 'hostIPC': true}}", "spec.hostNetwork spec.hostPID spec.hostIPC")]
    [InlineData(Deployment, "{'spec': {'template': {'spec': {'volumes': [{'emptyDir': {}}, {'hostPath': {'path': '/'}}]}}}}", "spec.template.spec.volumes[1].hostPath")]
    [InlineData("kubernetes:apps/v1:StatefulSet", "{'spec': {'template': {'spec': {'initContainers': [{'securityContext': {'privileged': true}}]}}}}", "spec.template.spec.initContainers[0].securityContext.privileged")]
    [InlineData("kubernetes:apps/v1:DaemonSet", "{'spec': {'template': {'spec': {'containers': [{'ports': [{'hostPort': 80}]}]}}}}", "spec.template.spec.containers[0].ports[0].hostPort")]
    [InlineData("kubernetes:batch/v1:Job", "{'spec': {'template': {'spec': {'containers': [{'securityContext': {'capabilities': {'add': ['SYS_ADMIN']}}}]}}}}", "spec.template.spec.containers[0].securityContext.capabilities.add[0]")]
    [InlineData(CronJob, "{'spec': {'jobTemplate': {'spec': {'template': {'spec': {'containers': [{'securityContext': {'procMount': 'Unmasked'}}]}}}}}}", "spec.jobTemplate.spec.template.spec.containers[0].securityContext.procMount")]
    [InlineData("kubernetes:apps/v1:ReplicaSet", "{'spec': {'template': {'spec': {'containers': [{'securityContext': {'windowsOptions': {'hostProcess': true}}}]}}}}", "spec.template.spec.containers[0].securityContext.windowsOptions.hostProcess")]
    public void Pods_with_something_of_their_node_fail(string type, string properties, string paths) =>
        _privileged.Fails(type, properties, paths.Split(' '));

    [Fact]
    public void Unknown_and_secret_privileges()
    {
        _privileged.IsUndecided(Pod, "{'spec': '[unknown]'}", "spec");
        _privileged.IsUndecided(Pod, "{'spec': {'containers': ['[unknown]'], 'volumes': '[unknown]'}}", "spec.volumes", "spec.containers[0]");
        _privileged.KeepsSecret(Pod, "{'spec': {'hostNetwork': true, 'containers': [{'env': [{'value': {'[secret]': 'SECRET'}}]}]}}", "spec.hostNetwork");
    }

    [Theory]
    [InlineData(Pod, $"{{'spec': {{{Restricted}}}}}")]
    [InlineData(Deployment, $"{{'spec': {{'template': {{'spec': {{{Restricted}}}}}}}}}")]
    [InlineData(Pod, "{'spec': {'containers': [{'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'Localhost'}, 'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['all']}}}]}}")]
    public void Restricted_pods_pass(string type, string properties) => _restricted.Passes(type, properties);

    [Theory]
    [InlineData("{'spec': {'containers': [{}]}}", "securityContext.runAsNonRoot securityContext.allowPrivilegeEscalation securityContext.capabilities.drop securityContext.seccompProfile.type")]
    [InlineData("{'spec': {'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}}, 'containers': [{'securityContext': {'runAsNonRoot': false, 'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['ALL']}}}]}}", "securityContext.runAsNonRoot")]
    [InlineData("{'spec': {'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'Unconfined'}}, 'containers': [{'securityContext': {'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['NET_RAW']}}}]}}", "securityContext.capabilities.drop ^securityContext.seccompProfile.type")]
    [InlineData("{'spec': {'securityContext': {'runAsUser': 0, 'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}}, 'containers': [{'securityContext': {'allowPrivilegeEscalation': false, 'capabilities': {'drop': ['ALL']}}}]}}", "^securityContext.runAsUser")]
    public void Pods_with_more_fail(string properties, string paths) => _restricted.Fails(
        Pod, properties, [.. paths.Split(' ').Select(path => path.StartsWith('^') ? $"spec.{path[1..]}" : $"spec.containers[0].{path}")]);

    [Fact]
    public void Unknown_and_secret_restrictions()
    {
        _restricted.IsUndecided(Pod, "{'spec': {'containers': '[unknown]'}}", "spec.containers");
        _restricted.IsUndecided(
            Pod,
            "{'spec': {'securityContext': {'runAsNonRoot': '[unknown]', 'seccompProfile': '[unknown]'}, 'containers': [{'securityContext': {'allowPrivilegeEscalation': false, 'capabilities': '[unknown]'}}]}}",
            "spec.securityContext.runAsNonRoot",
            "spec.containers[0].securityContext.capabilities",
            "spec.securityContext.seccompProfile");
        _restricted.IsNotApplicable(Pod, "{'spec': {'os': {'name': 'windows'}, 'containers': [{}]}}");
        _restricted.KeepsSecret(
            Pod,
            "{'spec': {'securityContext': {'runAsNonRoot': true, 'seccompProfile': {'type': 'RuntimeDefault'}}, 'containers': [{'name': {'[secret]': 'SECRET'}, 'securityContext': {'capabilities': {'drop': ['ALL']}}}]}}",
            "spec.containers[0].securityContext.allowPrivilegeEscalation");
    }

    [Theory]
    [InlineData("{'limits': {'memory': '1Gi'}, 'requests': {'cpu': '100m'}}", "Passed")]
    [InlineData("{'limits': {'memory': '[unknown]', 'cpu': 1}}", "Undecided")]
    [InlineData("{'requests': {'memory': '1Gi', 'cpu': '1'}}", "Violated")]
    [InlineData("{'limits': {'memory': '1Gi'}}", "Violated")]
    [InlineData("'[unknown]'", "Undecided")]
    public void Containers_have_limits(string resources, string outcome) => Assert.Equal(
        [$"pod: {outcome}"], _bounded.Outcomes(new StackItem(Pod, "pod", $"{{'spec': {{'containers': [{{'resources': {resources}}}]}}}}")));

    [Fact]
    public void A_limit_range_beside_them_gives_limits()
    {
        var range = new StackItem("kubernetes:core/v1:LimitRange", "range", "{'metadata': {'namespace': 'apps'}, 'spec': {'limits': [{'type': 'Container', 'default': {'memory': '1Gi'}}]}}");

        Assert.Contains("pod: Passed", _bounded.Outcomes(range, new StackItem(Pod, "pod", "{'metadata': {'namespace': 'apps'}, 'spec': {'containers': [{}]}}")));
        Assert.Contains("pod: Violated", _bounded.Outcomes(range, new StackItem(Pod, "pod", "{'metadata': {'namespace': 'other'}, 'spec': {'containers': [{}]}}")));
    }

    [Theory]
    [InlineData("{'automountServiceAccountToken': false}", "Passed")]
    [InlineData("{'metadata': {'name': 'bound'}}", "Passed")]
    [InlineData("{'metadata': {'name': 'app'}}", "Violated")]
    [InlineData("{'metadata': {'name': 'app'}, 'automountServiceAccountToken': true}", "Violated")]
    [InlineData("{'automountServiceAccountToken': '[unknown]'}", "Undecided")]
    [InlineData("{'metadata': {'name': '[unknown]'}}", "Undecided")]
    public void Accounts_give_tokens_only_with_rights(string properties, string outcome) => Assert.Contains(
        $"account: {outcome}",
        _tokens.Outcomes(
            new StackItem(Account, "account", properties),
            new StackItem(Binding, "binding", "{'subjects': [{'kind': 'ServiceAccount', 'name': 'bound'}]}")));

    [Theory]
    [InlineData("{'metadata': {'name': 'default'}}", "Passed")]
    [InlineData("{'metadata': {'name': 'default'}, 'automountServiceAccountToken': false}", "Passed")]
    [InlineData("{'metadata': {'name': 'default'}, 'automountServiceAccountToken': true}", "Violated")]
    [InlineData("{'metadata': {'name': 'bound'}, 'automountServiceAccountToken': true}", "Passed")]
    public void Patches_give_no_tokens_back(string properties, string outcome) => Assert.Contains(
        $"patch: {outcome}",
        _tokens.Outcomes(
            new StackItem("kubernetes:core/v1:ServiceAccountPatch", "patch", properties),
            new StackItem(Binding, "binding", "{'subjects': [{'kind': 'ServiceAccount', 'name': 'bound'}]}")));

    [Theory]
    [InlineData("{'automountServiceAccountToken': false}", "Passed")]
    [InlineData("{'serviceAccountName': 'closed'}", "Passed")]
    [InlineData("{'serviceAccountName': 'bound', 'automountServiceAccountToken': true}", "Passed")]
    [InlineData("{'serviceAccountName': 'bound'}", "Passed")]
    [InlineData("{'serviceAccountName': 'elsewhere'}", "NotApplicable")]
    [InlineData("{'containers': []}", "Violated")]
    [InlineData("{'serviceAccountName': 'default'}", "Violated")]
    [InlineData("{'serviceAccountName': 'closed', 'automountServiceAccountToken': true}", "Violated")]
    [InlineData("{'serviceAccountName': '[unknown]'}", "Undecided")]
    public void Pods_take_tokens_only_with_rights(string spec, string outcome) => Assert.Contains(
        $"pod: {outcome}",
        _tokens.Outcomes(
            new StackItem(Account, "account", "{'metadata': {'name': 'closed'}, 'automountServiceAccountToken': false}"),
            new StackItem(Binding, "binding", "{'subjects': [{'kind': 'ServiceAccount', 'name': 'bound'}, {'kind': 'Group', 'name': 'closed'}]}"),
            new StackItem(Pod, "pod", $"{{'spec': {spec}}}")));

    [Theory]
    [InlineData("{'metadata': {'namespace': 'validator'}}", "Passed")]
    [InlineData("{}", "Violated")]
    [InlineData("{'metadata': {'namespace': 'default'}}", "Violated")]
    [InlineData("{'metadata': {'namespace': 'kube-system'}}", "Violated")]
    [InlineData("{'metadata': {'namespace': '[unknown]'}}", "Undecided")]
    public void Pods_are_in_namespaces_of_their_own(string properties, string outcome) =>
        Assert.Equal([$"pod: {outcome}"], _namespaces.Outcomes(new StackItem(Pod, "pod", properties)));

    [Fact]
    public void Namespaces_may_come_from_outputs_and_providers()
    {
        var home = new StackItem("kubernetes:core/v1:Namespace", "home", "{}");
        var pod = new StackItem(Pod, "pod", "{'metadata': {'namespace': '[unknown]'}}") { Sources = [("metadata", StackItem.UrnOf(home.Type, home.Name))] };

        Assert.Contains("pod: Passed", _namespaces.Outcomes(home, pod));
        Assert.Equal(["pod: Passed"], _namespaces.Outcomes(new StackItem(Pod, "pod", "{}") { ProviderSettings = "{'namespace': 'validator'}" }));
        Assert.DoesNotContain(
            _namespaces.JudgeStack(new StackItem(Pod, "pod", "{'spec': {'nodeName': {'[secret]': 'SECRET'}}}")).SelectMany(result => result.Verdicts),
            verdict => verdict.ToString().Contains("5ecret", StringComparison.Ordinal));
    }
}
