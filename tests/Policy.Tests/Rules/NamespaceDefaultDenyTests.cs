using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;
using CantonInfra.PolicySdk.Tests;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class NamespaceDefaultDenyTests
{
    private const string NamespaceType = "kubernetes:core/v1:Namespace";
    private const string DenyAll = "{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}";

    private readonly RuleUnderTest _rule = new(new NamespaceDefaultDeny());

    [Theory]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}")]
    [InlineData("{'policyTypes': ['Egress', 'Ingress'], 'ingress': [], 'egress': null}")]
    [InlineData("{'podSelector': {'matchLabels': {}, 'matchExpressions': []}, 'policyTypes': ['Ingress', 'Egress']}")]
    [InlineData("{'[secret]': {'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}}")]
    public void A_policy_that_selects_all_and_allows_nothing_is_enough(string spec) =>
        Assert.Equal(["apps: Passed"], _rule.Outcomes(Namespace("apps"), Policy("deny", "apps", spec)));

    [Theory]
    [InlineData("{}", "outgoing")]
    [InlineData("{'podSelector': {}}", "outgoing")]
    [InlineData("{'podSelector': {}, 'policyTypes': []}", "outgoing")]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Ingress']}", "outgoing")]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Egress']}", "incoming")]
    [InlineData("{'podSelector': {}, 'egress': [{'to': [{'podSelector': {}}]}]}", "outgoing")]
    [InlineData("{'podSelector': {'matchLabels': {'app': 'a'}}, 'policyTypes': ['Ingress', 'Egress']}", "incoming and all outgoing")]
    [InlineData("{'podSelector': {'matchExpressions': [{'key': 'a', 'operator': 'Exists'}]}, 'policyTypes': ['Ingress', 'Egress']}", "incoming and all outgoing")]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress'], 'ingress': [{'from': [{'podSelector': {}}]}]}", "incoming")]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress'], 'egress': [{'ports': [{'port': 53}]}]}", "outgoing")]
    public void What_the_policies_leave_open_is_named(string spec, string open)
    {
        var result = Assert.Single(_rule.JudgeStack(Namespace("apps"), Policy("deny", "apps", spec)));

        Assert.Equal(StackItem.UrnOf(NamespaceType, "apps"), result.Urn);
        Assert.Equal(
            $"Namespace 'apps' has no NetworkPolicy that selects all pods and denies all {open} traffic.",
            Assert.IsType<ViolationVerdict>(Assert.Single(result.Verdicts)).Message);
    }

    [Fact]
    public void Two_policies_may_share_the_directions() => Assert.Equal(
        ["apps: Passed"],
        _rule.Outcomes(
            Namespace("apps"),
            Policy("in", "apps", "{'podSelector': {}, 'policyTypes': ['Ingress']}"),
            Policy("out", "apps", "{'podSelector': {}, 'policyTypes': ['Egress']}"),
            Policy("dns", "apps", "{'podSelector': {}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 53}]}]}")));

    [Theory]
    [InlineData("{'podSelector': {}, 'ingress': [{}]}", "spec.ingress[0]")]
    [InlineData("{'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 53}]}, {'to': [], 'ports': []}]}", "spec.egress[1]")]
    public void A_policy_that_allows_everything_undoes_the_denial(string spec, string path)
    {
        var results = _rule.JudgeStack(Namespace("apps"), Policy("deny", "apps", DenyAll), Policy("open", "apps", spec));

        Assert.Equal([PolicyOutcome.Passed, PolicyOutcome.Violated], results.Select(result => result.Outcome));
        var violation = Assert.IsType<ViolationVerdict>(Assert.Single(results[1].Verdicts));
        Assert.Equal(path, violation.Path.ToString());
        Assert.Contains("NetworkPolicy 'open'", violation.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_namespace_needs_its_own() => Assert.Equal(
        ["apps: Passed", "data: Violated", "idle: Violated"],
        _rule.Outcomes(Namespace("apps"), Namespace("data"), Namespace("idle"), Policy("deny", "apps", DenyAll), Policy("other", "default", DenyAll)));

    [Theory]
    [InlineData("kube-system", "NotApplicable")]
    [InlineData("kube-public", "NotApplicable")]
    [InlineData("gatekeeper-system", "NotApplicable")]
    [InlineData("kube-systems", "Violated")]
    [InlineData("default", "Violated")]
    public void Namespaces_of_the_platform_are_not_its_business(string name, string outcome) =>
        Assert.Equal([$"{name}: {outcome}"], _rule.Outcomes(Namespace(name)));

    [Fact]
    public void A_stack_without_namespaces_has_nothing_to_judge() => Assert.Equal(
        [": NotApplicable"], _rule.Outcomes(new StackItem("azure-native:network:VirtualNetwork", "main", "{}")));

    [Fact]
    public void Automatic_names_are_matched_by_what_they_come_from() => Assert.Equal(
        ["apps: Passed", "data: Violated"],
        _rule.Outcomes(
            Namespace("apps", "'[unknown]'"), Namespace("data", "'[unknown]'"), Policy("deny", "'[unknown]'", DenyAll, from: ["apps"])));

    [Theory]
    [InlineData("'[unknown]'", "apps, data")]
    [InlineData("'[unknown]'", "")]
    [InlineData("null", "apps")]
    public void Where_it_cannot_be_told_which_namespace_a_policy_is_in_it_is_undecided(string name, string from)
    {
        var result = _rule.JudgeStack(
            Namespace("apps", "'[unknown]'"),
            Namespace("data"),
            Policy("deny", name, DenyAll, from: from.Split(", ", StringSplitOptions.RemoveEmptyEntries)))[0];

        Assert.Equal(PolicyOutcome.Undecided, result.Outcome);
        Assert.Equal(
            "not known yet whether NetworkPolicy 'deny' denies its traffic by default",
            Assert.IsType<UndecidedVerdict>(Assert.Single(result.Verdicts)).Explanation);
    }

    [Theory]
    [InlineData("'[unknown]'", "Undecided")]
    [InlineData("{'podSelector': '[unknown]', 'policyTypes': ['Ingress', 'Egress']}", "Undecided")]
    [InlineData("{'podSelector': {}, 'policyTypes': '[unknown]'}", "Undecided")]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Ingress', '[unknown]']}", "Undecided")]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress'], 'egress': '[unknown]'}", "Undecided")]
    [InlineData("{'podSelector': {'matchLabels': {'a': '[unknown]'}}, 'policyTypes': ['Ingress', 'Egress']}", "Violated")]
    [InlineData("{'podSelector': {}, 'egress': '[unknown]'}", "Undecided")]
    public void A_policy_that_is_not_fully_known_does_not_pass(string spec, string outcome) =>
        Assert.Equal([$"apps: {outcome}"], _rule.Outcomes(Namespace("apps"), Policy("deny", "apps", spec)));

    [Fact]
    public void A_literal_name_is_not_that_of_an_automatically_named_namespace() => Assert.Equal(
        ["apps: Violated"], _rule.Outcomes(Namespace("apps", "null"), Policy("deny", "apps", DenyAll)));

    [Fact]
    public void Without_a_namespace_that_of_the_provider_counts() => Assert.Equal(
        ["apps: Passed", "default: Violated"],
        _rule.Outcomes(
            Namespace("apps"),
            Namespace("default"),
            Policy("deny", "null", DenyAll) with { ProviderSettings = "{'namespace': 'apps'}" }));

    [Fact]
    public void A_policy_without_any_namespace_is_in_the_default_one() => Assert.Equal(
        ["apps: Violated", "default: Passed"], _rule.Outcomes(Namespace("apps"), Namespace("default"), Policy("deny", "null", DenyAll)));

    [Theory]
    [InlineData("{'kubeconfig': 'one'}", "{'kubeconfig': 'two'}", "Violated")]
    [InlineData("{'kubeconfig': {'[secret]': 'one'}}", "{'kubeconfig': 'one', 'namespace': 'x'}", "Passed")]
    [InlineData("{'kubeconfig': 'one', 'context': 'a'}", "{'kubeconfig': 'one', 'context': 'b'}", "Violated")]
    [InlineData("{'kubeconfig': '[unknown]'}", "{'kubeconfig': '[unknown]'}", "Undecided")]
    public void A_policy_of_another_cluster_does_not_count(string left, string right, string outcome) => Assert.Equal(
        [$"apps: {outcome}"],
        _rule.Outcomes(
            Namespace("apps") with { Provider = "left", ProviderSettings = left },
            Policy("deny", "apps", DenyAll) with { Provider = "right", ProviderSettings = right }));

    [Theory]
    [InlineData("aks-a", "aks-a", "Passed")]
    [InlineData("aks-a", "aks-b", "Violated")]
    public void Clusters_are_told_apart_by_where_their_access_comes_from(string left, string right, string outcome)
    {
        const string Unknown = "{'kubeconfig': '[unknown]'}";
        static StackItem Provider(string name, string cluster) => new("pulumi:providers:kubernetes", name, Unknown)
        {
            Sources = [("kubeconfig", StackItem.UrnOf("azure-native:containerservice:ManagedCluster", cluster))],
        };

        Assert.Equal(
            [$"apps: {outcome}"],
            _rule.Outcomes(
                new StackItem("azure-native:containerservice:ManagedCluster", "aks-a", "{}"),
                new StackItem("azure-native:containerservice:ManagedCluster", "aks-b", "{}"),
                Provider("left", left),
                Provider("right", right),
                Namespace("apps") with { Provider = "left", ProviderSettings = Unknown },
                Policy("deny", "apps", DenyAll) with { Provider = "right", ProviderSettings = Unknown }));
    }

    [Fact]
    public void Secrets_of_any_resource_are_not_shown()
    {
        var results = _rule.JudgeStack(
            Namespace("apps"),
            new StackItem("kubernetes:core/v1:Secret", "secret", "{'stringData': {'[secret]': {'a': '" + Canary.Text + "'}}}"),
            Namespace(Canary.Text, "'apps-2'"));

        Assert.Equal(2, results.Count);
        Canary.AssertAbsent(string.Join('\n', results.SelectMany(result => result.Verdicts)));
    }

    private static StackItem Namespace(string name, string? value = null) =>
        new(NamespaceType, name, "{'metadata': {'name': " + (value ?? $"'{name}'") + "}}");

    private static StackItem Policy(string name, string place, string spec, params string[] from) => new(
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        name,
        "{'metadata': {'name': '" + name + "', 'namespace': " + (place.StartsWith('\'') || place == "null" ? place : $"'{place}'")
            + "}, 'spec': " + spec + "}")
    {
        Sources = [.. from.Select(source => ("metadata", StackItem.UrnOf(NamespaceType, source)))],
    };
}
