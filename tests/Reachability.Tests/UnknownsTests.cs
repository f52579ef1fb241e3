namespace CantonInfra.Reachability.Tests;

public sealed class UnknownsTests
{
    private const string DenyAll = "{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}";

    [Theory]
    [InlineData("'[unknown]'")]
    [InlineData("{'podSelector': '[unknown]', 'ingress': [{}]}")]
    [InlineData("{'podSelector': {'matchLabels': {'p': '[unknown]'}}, 'ingress': [{}]}")]
    [InlineData("{'podSelector': {'matchLabels': '[unknown]'}, 'ingress': [{}]}")]
    [InlineData("{'podSelector': {'matchExpressions': '[unknown]'}, 'ingress': [{}]}")]
    [InlineData("{'podSelector': {'matchExpressions': [{'key': 'p', 'operator': '[unknown]', 'values': ['b']}]}, 'ingress': [{}]}")]
    [InlineData("{'ingress': '[unknown]'}")]
    [InlineData("{'ingress': ['[unknown]']}")]
    [InlineData("{'ingress': [{'from': '[unknown]'}]}")]
    [InlineData("{'ingress': [{'from': ['[unknown]']}]}")]
    [InlineData("{'ingress': [{'from': [{'podSelector': '[unknown]'}]}]}")]
    [InlineData("{'ingress': [{'from': [{'podSelector': {}, 'namespaceSelector': '[unknown]'}]}]}")]
    [InlineData("{'ingress': [{'from': [{'ipBlock': {'cidr': '[unknown]'}}]}]}")]
    [InlineData("{'ingress': [{'from': [{'ipBlock': {'cidr': '10.0.0.0/8', 'except': '[unknown]'}}]}]}")]
    [InlineData("{'ingress': [{'from': [{'ipBlock': {'cidr': '10.0.0.0/8', 'except': ['[unknown]']}}]}]}")]
    [InlineData("{'ingress': [{'from': [{}]}]}")]
    [InlineData("{'ingress': [{'ports': '[unknown]'}]}")]
    [InlineData("{'ingress': [{'ports': ['[unknown]']}]}")]
    [InlineData("{'ingress': [{'ports': [{'port': '[unknown]'}]}]}")]
    [InlineData("{'ingress': [{'ports': [{'port': 1, 'endPort': '[unknown]'}]}]}")]
    [InlineData("{'ingress': [{'ports': [{'port': 80, 'protocol': '[unknown]'}]}]}")]
    [InlineData("{'policyTypes': '[unknown]', 'ingress': [{}]}")]
    [InlineData("{'policyTypes': ['[unknown]'], 'ingress': [{}]}")]
    public void What_is_not_known_is_not_allowed_and_not_denied(string spec) => Assert.Null(
        new Scenario().Namespace("n").Pod("n", "a", "{'p': 'a'}").Pod("n", "b", "{'p': 'b'}")
            .Policy("n", "deny", "{'podSelector': {'matchLabels': {'p': 'b'}}}").Policy("n", "policy", spec)
            .Reaches("n/a", "n/b", 80));

    [Fact]
    public void Nothing_unknown_changes_what_is_certain()
    {
        var scenario = new Scenario().Namespace("n").Pod("n", "a", "{'p': 'a'}").Pod("n", "b", "{'p': 'b'}");

        Assert.True(scenario.Policy("n", "open", "{'ingress': [{}], 'egress': [{}]}").Policy("n", "policy", "'[unknown]'").Reaches("n/a", "n/b", 80));
        Assert.False(new Scenario().Namespace("n").Pod("n", "a", "{'p': 'a'}").Pod("n", "b", "{'p': 'b'}").Policy("n", "deny", DenyAll)
            .Policy("n", "elsewhere", "{'podSelector': {'matchLabels': {'p': 'c'}}, 'ingress': '[unknown]', 'egress': '[unknown]'}")
            .Reaches("n/a", "n/b", 80));
    }

    [Fact]
    public void Labels_of_pods_and_namespaces_that_are_not_known()
    {
        const string FromP = "{'podSelector': {'matchLabels': {'t': '1'}}, 'ingress': [{'from': [{'podSelector': {'matchLabels': {'p': '1'}}}]}]}";
        const string FromTeam = "{'podSelector': {'matchLabels': {'t': '1'}}, 'ingress': [{'from': [{'namespaceSelector': {'matchLabels': {'team': 'x'}}}]}]}";
        Scenario Cluster(string labels) => new Scenario().Namespace("n").Pod("n", "target", "{'t': '1'}").Pod("n", "source", labels);

        Assert.Null(Cluster("{'p': '[unknown]'}").Policy("n", "p", FromP).Reaches("n/source", "n/target", 80));
        Assert.Null(Cluster("'[unknown]'").Policy("n", "p", FromP).Reaches("n/source", "n/target", 80));

        // Nobody says what labels a namespace has that is made elsewhere; its name alone is sure.
        var elsewhere = new Scenario().Namespace("n").Pod("n", "target", "{'t': '1'}").Pod("elsewhere", "source", "{}");
        Assert.Null(elsewhere.Policy("n", "p", FromTeam).Reaches("elsewhere/source", "n/target", 80));
        Assert.True(new Scenario().Namespace("n").Pod("n", "target", "{'t': '1'}").Pod("elsewhere", "source", "{}").Policy("n", "p",
            "{'podSelector': {'matchLabels': {'t': '1'}}, 'ingress': [{'from': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'elsewhere'}}}]}]}")
            .Reaches("elsewhere/source", "n/target", 80));
    }

    // Controllers add labels of their own, which no plan shows.
    [Fact]
    public void Labels_that_controllers_add() => Assert.Null(
        new Scenario().Namespace("n").Pod("n", "a", "{}").Pod("n", "b", "{}")
            .Policy("n", "p", "{'ingress': [{'from': [{'podSelector': {'matchExpressions': [{'key': 'pod-template-hash', 'operator': 'Exists'}]}}]}]}")
            .Reaches("n/a", "n/b", 80));

    [Fact]
    public void Ports_of_containers_that_are_not_known() => Assert.Null(
        new Scenario().Namespace("n").Pod("n", "a", "{}").Pod("n", "b", "{}", "{'ports': '[unknown]'}")
            .Policy("n", "p", "{'ingress': [{'ports': [{'port': 'http'}]}]}").Reaches("n/a", "n/b", 80));
}
