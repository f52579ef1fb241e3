using CantonInfra.Reachability.Evaluation;

namespace CantonInfra.Reachability.Tests;

/// <summary>The cases of the Kubernetes documentation's page on network policies.</summary>
public sealed class KubernetesCasesTests
{
    private const string DenyAll = "{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}";

    // The resource that the page explains: database pods, three kinds of peers, one port each way.
    private static Scenario Example() => new Scenario()
        .Namespace("default").Namespace("mine", "{'project': 'myproject'}").Namespace("theirs", "{'project': 'other'}")
        .Pod("default", "db", "{'role': 'db'}").Pod("default", "frontend", "{'role': 'frontend'}").Pod("default", "batch", "{'role': 'batch'}")
        .Pod("mine", "any", "{}").Pod("theirs", "frontend", "{'role': 'frontend'}")
        .Policy("default", "test-network-policy", """
            {'podSelector': {'matchLabels': {'role': 'db'}}, 'policyTypes': ['Ingress', 'Egress'],
             'ingress': [{'from': [
                {'ipBlock': {'cidr': '172.17.0.0/16', 'except': ['172.17.1.0/24']}},
                {'namespaceSelector': {'matchLabels': {'project': 'myproject'}}},
                {'podSelector': {'matchLabels': {'role': 'frontend'}}}],
              'ports': [{'protocol': 'TCP', 'port': 6379}]}],
             'egress': [{'to': [{'ipBlock': {'cidr': '10.0.0.0/24'}}], 'ports': [{'protocol': 'TCP', 'port': 5978}]}]}
            """);

    [Theory]
    [InlineData("default/frontend", 6379, "TCP", true)]
    [InlineData("default/frontend", 6380, "TCP", false)]
    [InlineData("default/frontend", 6379, "UDP", false)]
    [InlineData("default/batch", 6379, "TCP", false)]
    [InlineData("mine/any", 6379, "TCP", true)]
    [InlineData("theirs/frontend", 6379, "TCP", false)]
    public void The_example_lets_in_whom_it_names(string source, int port, string protocol, bool isAllowed) =>
        Assert.Equal(isAllowed, Example().Reaches(source, "default/db", port, protocol));

    [Theory]
    [InlineData("172.17.0.1", true)]
    [InlineData("172.17.2.5", true)]
    [InlineData("172.17.1.5", false)]
    [InlineData("172.18.0.1", false)]
    public void The_example_lets_in_a_block_without_a_part_of_it(string address, bool isAllowed) =>
        Assert.Equal(isAllowed, Example().Enters(address, "default/db", 6379));

    [Theory]
    [InlineData("10.0.0.9", 5978, true)]
    [InlineData("10.0.0.9", 5979, false)]
    [InlineData("10.0.1.9", 5978, false)]
    public void The_example_lets_out_to_a_block(string address, int port, bool isAllowed) =>
        Assert.Equal(isAllowed, Example().Leaves("default/db", address, port));

    [Fact]
    public void Pods_that_no_policy_selects_are_open() => Assert.True(Example().Reaches("theirs/frontend", "default/batch", 1));

    [Theory]
    [InlineData("{'namespaceSelector': {'matchLabels': {'user': 'alice'}}, 'podSelector': {'matchLabels': {'role': 'client'}}}", true, false, false)]
    [InlineData("{'namespaceSelector': {'matchLabels': {'user': 'alice'}}}, {'podSelector': {'matchLabels': {'role': 'client'}}}", true, true, true)]
    public void One_item_with_two_selectors_is_both_and_two_items_are_either(string from, bool aliceClient, bool aliceOther, bool localClient)
    {
        var scenario = new Scenario().Namespace("default").Namespace("alice", "{'user': 'alice'}").Namespace("bob", "{'user': 'bob'}")
            .Pod("default", "target", "{'a': '1'}").Pod("default", "client", "{'role': 'client'}")
            .Pod("alice", "client", "{'role': 'client'}").Pod("alice", "other", "{}").Pod("bob", "client", "{'role': 'client'}")
            .Policy("default", "policy", $"{{'podSelector': {{'matchLabels': {{'a': '1'}}}}, 'ingress': [{{'from': [{from}]}}]}}");

        Assert.Equal(aliceClient, scenario.Reaches("alice/client", "default/target", 80));
        Assert.Equal(aliceOther, scenario.Reaches("alice/other", "default/target", 80));
        Assert.Equal(localClient, scenario.Reaches("default/client", "default/target", 80));
        Assert.False(scenario.Reaches("bob/client", "default/target", 80));
    }

    [Theory]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Ingress']}", false, true)]
    [InlineData("{'podSelector': {}, 'ingress': [{}], 'policyTypes': ['Ingress']}", true, true)]
    [InlineData("{'podSelector': {}, 'policyTypes': ['Egress']}", true, false)]
    [InlineData("{'podSelector': {}, 'egress': [{}], 'policyTypes': ['Egress']}", true, true)]
    [InlineData(DenyAll, false, false)]

    // Types that are not given, and lists that are empty or missing.
    [InlineData("{}", false, true)]
    [InlineData("{'podSelector': {}}", false, true)]
    [InlineData("{'policyTypes': []}", false, true)]
    [InlineData("{'egress': []}", false, true)]
    [InlineData("{'egress': [{'ports': [{'port': 1}]}]}", false, false)]
    [InlineData("{'ingress': [{'from': []}]}", true, true)]
    [InlineData("{'ingress': [{'from': null, 'ports': []}]}", true, true)]
    [InlineData("{'ingress': [], 'policyTypes': ['Ingress']}", false, true)]
    [InlineData("{'egress': [{'to': []}], 'policyTypes': ['Ingress']}", false, true)]
    public void Defaults_of_a_whole_namespace(string spec, bool entering, bool leaving)
    {
        var scenario = new Scenario().Namespace("a").Namespace("b").Pod("a", "one", "{}").Pod("b", "two", "{}").Policy("a", "policy", spec);

        Assert.Equal(entering, scenario.Reaches("b/two", "a/one", 80));
        Assert.Equal(leaving, scenario.Reaches("a/one", "b/two", 80));
    }

    [Theory]
    [InlineData(31999, false)]
    [InlineData(32000, true)]
    [InlineData(32500, true)]
    [InlineData(32768, true)]
    [InlineData(32769, false)]
    public void A_range_of_ports(int port, bool isAllowed) => Assert.Equal(
        isAllowed,
        new Scenario().Namespace("default").Pod("default", "db", "{'role': 'db'}")
            .Policy("default", "multi-port-egress", """
                {'podSelector': {'matchLabels': {'role': 'db'}}, 'policyTypes': ['Egress'],
                 'egress': [{'to': [{'ipBlock': {'cidr': '10.0.0.0/24'}}], 'ports': [{'protocol': 'TCP', 'port': 32000, 'endPort': 32768}]}]}
                """)
            .Leaves("default/db", "10.0.0.1", port));

    [Theory]
    [InlineData("frontend", true)]
    [InlineData("backend", true)]
    [InlineData("other", false)]
    public void Namespaces_by_their_names(string place, bool isAllowed) => Assert.Equal(
        isAllowed,
        new Scenario().Namespace("default").Namespace(place).Pod("default", "app", "{'app': 'myapp'}").Pod(place, "target", "{}")
            .Policy("default", "egress-namespaces", """
                {'podSelector': {'matchLabels': {'app': 'myapp'}}, 'policyTypes': ['Egress'],
                 'egress': [{'to': [{'namespaceSelector': {'matchExpressions': [
                    {'key': 'kubernetes.io/metadata.name', 'operator': 'In', 'values': ['frontend', 'backend']}]}}]}]}
                """)
            .Reaches("default/app", $"{place}/target", 80));

    [Theory]
    [InlineData("{'key': 'tier', 'operator': 'In', 'values': ['web', 'api']}", true, false, false)]
    [InlineData("{'key': 'tier', 'operator': 'NotIn', 'values': ['web']}", false, true, true)]
    [InlineData("{'key': 'tier', 'operator': 'Exists'}", true, true, false)]
    [InlineData("{'key': 'tier', 'operator': 'DoesNotExist'}", false, false, true)]
    public void Expressions(string expression, bool web, bool data, bool none)
    {
        var scenario = new Scenario().Namespace("n").Pod("n", "target", "{'t': '1'}")
            .Pod("n", "web", "{'tier': 'web'}").Pod("n", "data", "{'tier': 'data'}").Pod("n", "none", "{}")
            .Policy("n", "policy", $"{{'podSelector': {{'matchLabels': {{'t': '1'}}}}, 'ingress': [{{'from': [{{'podSelector': {{'matchExpressions': [{expression}]}}}}]}}]}}");

        Assert.Equal((web, data, none), (
            scenario.Reaches("n/web", "n/target", 80), scenario.Reaches("n/data", "n/target", 80), scenario.Reaches("n/none", "n/target", 80)));
    }

    [Theory]
    [InlineData("'ports': [{'name': 'http', 'containerPort': 8080}]", 8080, "TCP", true)]
    [InlineData("'ports': [{'name': 'http', 'containerPort': 8080}]", 80, "TCP", false)]
    [InlineData("'ports': [{'name': 'http', 'containerPort': 8080, 'protocol': 'UDP'}]", 8080, "TCP", false)]
    [InlineData("'ports': [{'name': 'web', 'containerPort': 8080}]", 8080, "TCP", false)]
    [InlineData("'image': 'none'", 8080, "TCP", false)]
    public void Names_of_ports_are_those_of_the_target(string container, int port, string protocol, bool isAllowed)
    {
        var scenario = new Scenario().Namespace("n").Pod("n", "source", "{'s': '1'}").Pod("n", "target", "{'t': '1'}", $"{{{container}}}");

        Assert.Equal(isAllowed, scenario
            .Policy("n", "in", "{'podSelector': {'matchLabels': {'t': '1'}}, 'ingress': [{'ports': [{'port': 'http'}]}]}")
            .Policy("n", "out", "{'podSelector': {'matchLabels': {'s': '1'}}, 'egress': [{'ports': [{'port': 'http'}]}], 'policyTypes': ['Egress']}")
            .Reaches("n/source", "n/target", port, protocol));
        Assert.False(scenario.Leaves("n/source", "10.0.0.1", port));
    }

    [Fact]
    public void Both_ends_have_to_allow()
    {
        var scenario = new Scenario().Namespace("n").Pod("n", "a", "{'p': 'a'}").Pod("n", "b", "{'p': 'b'}")
            .Policy("n", "deny", DenyAll)
            .Policy("n", "in", "{'podSelector': {'matchLabels': {'p': 'b'}}, 'ingress': [{'from': [{'podSelector': {'matchLabels': {'p': 'a'}}}]}]}");

        Assert.False(scenario.Reaches("n/a", "n/b", 80));
        Assert.True(scenario
            .Policy("n", "out", "{'podSelector': {'matchLabels': {'p': 'a'}}, 'policyTypes': ['Egress'], 'egress': [{'to': [{'podSelector': {}}]}]}")
            .Reaches("n/a", "n/b", 80));
    }

    // What the page leaves to the network is open here, unless Cilium says what it does.
    [Fact]
    public void Pods_on_the_nodes_network()
    {
        Scenario Cluster(Semantics semantics) => new Scenario(semantics).Namespace("n")
            .Pod("n", "agent", "{'p': 'agent'}", spec: "'hostNetwork': true, ").Pod("n", "app", "{'p': 'app'}").Policy("n", "deny", DenyAll);

        Assert.Null(Cluster(Semantics.Kubernetes).Reaches("n/agent", "n/app", 80));
        Assert.Null(Cluster(Semantics.Cilium).Reaches("n/agent", "n/app", 80));
        Assert.Null(Cluster(Semantics.Kubernetes).Leaves("n/agent", "10.0.0.1", 80));
        Assert.True(Cluster(Semantics.Cilium).Leaves("n/agent", "10.0.0.1", 80));
        Assert.False(Cluster(Semantics.Cilium).Reaches("n/app", "n/agent", 80));
    }

    [Theory]
    [InlineData(Semantics.Kubernetes, "0.0.0.0/0", "[]", true)]
    [InlineData(Semantics.Kubernetes, "10.244.0.0/16", "[]", true)]
    [InlineData(Semantics.Kubernetes, "192.168.0.0/16", "[]", false)]
    [InlineData(Semantics.Kubernetes, "0.0.0.0/0", "['10.0.0.0/8']", false)]
    [InlineData(Semantics.Kubernetes, "10.244.1.0/24", "[]", null)]
    [InlineData(Semantics.Kubernetes, "10.0.0.0/8", "['10.244.1.0/24']", null)]
    [InlineData(Semantics.Cilium, "0.0.0.0/0", "[]", false)]
    [InlineData(Semantics.Cilium, "10.244.0.0/16", "[]", false)]
    public void Addresses_of_a_rule_and_pods(Semantics semantics, string block, string except, bool? isAllowed) => Assert.Equal(
        isAllowed,
        new Scenario(semantics).Namespace("n").Pod("n", "a", "{'p': 'a'}").Pod("n", "b", "{'p': 'b'}")
            .Policy("n", "in", $"{{'podSelector': {{'matchLabels': {{'p': 'b'}}}}, 'ingress': [{{'from': [{{'ipBlock': {{'cidr': '{block}', 'except': {except}}}}}]}}]}}")
            .Reaches("n/a", "n/b", 80));

    [Fact]
    public void Addresses_of_the_sixth_version()
    {
        var scenario = new Scenario().Namespace("n").Pod("n", "a", "{}").Policy("n", "out", """
            {'policyTypes': ['Egress'], 'egress': [{'to': [{'ipBlock': {'cidr': '2001:db8::/64', 'except': ['2001:db8::/96']}}]}]}
            """);

        Assert.True(scenario.Leaves("n/a", "2001:db8::1:0:0:1", 443));
        Assert.False(scenario.Leaves("n/a", "2001:db8::1", 443));
        Assert.False(scenario.Leaves("n/a", "203.0.113.1", 443));
    }
}
