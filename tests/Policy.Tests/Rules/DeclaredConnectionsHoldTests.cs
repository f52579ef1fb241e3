using CantonInfra.Contracts;
using CantonInfra.Policy.Rules.NetworkPolicies;
using CantonInfra.PolicySdk;

namespace CantonInfra.Policy.Tests.Rules;

public sealed class DeclaredConnectionsHoldTests
{
    private const string Deny = "{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}";
    private const string FromClient = """
        {'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Ingress'],
         'ingress': [{'ports': [{'port': 5001}], 'from': [{'podSelector': {'matchLabels': {'app': 'client'}}}]}]}
        """;

    private const string ToLedger = """
        {'podSelector': {'matchLabels': {'app': 'client'}}, 'policyTypes': ['Egress'],
         'egress': [{'ports': [{'port': 5001}], 'to': [{'podSelector': {'matchLabels': {'app': 'ledger'}}}]}]}
        """;

    private const string Table = """
        {'ends': {
          'n/client': {'kind': 'pods', 'namespace': 'n', 'labels': {'app': 'client'}, 'isPlatform': false, 'ports': []},
          'n/ledger': {'kind': 'pods', 'namespace': 'n', 'labels': {'app': 'ledger'}, 'isPlatform': false, 'ports': []}},
         'connections': [{'from': 'n/client', 'to': 'n/ledger', 'port': 5001, 'protocol': 'TCP', 'requirement': 'A9', 'why': 'It submits.'}]}
        """;

    private readonly RuleUnderTest _rule = new(new DeclaredConnectionsHold(ChartContracts.Known));

    [Fact]
    public void Exactly_what_is_declared_passes() => Assert.Equal(["connections: Passed"], _rule.Outcomes(Whole()));

    [Fact]
    public void A_policy_that_is_missing_is_a_connection_that_does_not_work()
    {
        var result = Assert.Single(_rule.JudgeStack([.. Whole().Where(item => item.Name != "out")]));

        var violation = Assert.IsType<ViolationVerdict>(Assert.Single(result.Verdicts));
        Assert.Equal(
            "Connections 'connections' declares n/client to n/ledger (TCP 5001), which does not work. No policy lets n/client out on TCP 5001.",
            violation.Message);
    }

    [Fact]
    public void A_policy_too_many_is_told_where_it_is()
    {
        var results = _rule.JudgeStack([.. Whole(), Policy("wide", FromClient.Replace("5001", "5002", StringComparison.Ordinal))]);

        var result = Assert.Single(results, result => result.Outcome == PolicyOutcome.Violated);
        Assert.EndsWith("NetworkPolicy::wide", result.Urn, StringComparison.Ordinal);
        Assert.Equal(
            "NetworkPolicy 'wide': n/client to n/ledger (TCP 5002) is allowed by n/wide at one end, and no connection declares it;"
            + " only the other end still denies it.",
            Assert.IsType<ViolationVerdict>(Assert.Single(result.Verdicts)).Message);
    }

    [Fact]
    public void A_namespace_that_nothing_closes_is_told() => Assert.Contains(
        _rule.JudgeStack([.. Whole().Where(item => item.Name != "deny")]).SelectMany(result => result.Verdicts).OfType<ViolationVerdict>(),
        violation => violation.Message.Contains("Everything may connect to n/client", StringComparison.Ordinal));

    [Fact]
    public void What_is_not_known_is_undecided()
    {
        Assert.Contains("unclear: Undecided", _rule.Outcomes([.. Whole(), Policy("unclear", "{'podSelector': {}, 'ingress': '[unknown]'}")]));
        Assert.Equal(["connections: Undecided"], _rule.Outcomes(Declared("'[unknown]'")));
        Assert.Equal(["connections: Undecided"], _rule.Outcomes([.. Whole(), new StackItem(
            "kubernetes:helm.sh/v3:Release", "other", "{'chart': 'other', 'version': '1.0.0', 'name': 'other', 'namespace': 'n'}")]));
    }

    [Fact]
    public void A_program_that_declares_no_connections_is_not_judged() =>
        Assert.Equal([": NotApplicable"], _rule.Outcomes(Policy("deny", Deny)));

    [Fact]
    public void Secrets_are_kept()
    {
        var results = _rule.JudgeStack([.. Whole(), Policy("secret", """
            {'podSelector': {'matchLabels': {'app': 'client'}}, 'policyTypes': ['Egress'],
             'egress': [{'to': [{'ipBlock': {'cidr': {'[secret]': '203.0.113.77/32'}}}]}]}
            """)]);

        var violations = results.SelectMany(result => result.Verdicts).OfType<ViolationVerdict>().ToList();
        Assert.NotEmpty(violations);
        Assert.All(violations, violation => Assert.DoesNotContain("203.0.113", violation.Message, StringComparison.Ordinal));
    }

    private static StackItem[] Whole() =>
    [
        new("kubernetes:core/v1:Namespace", "n", "{'metadata': {'name': 'n'}}"),
        Declared(Table), Policy("deny", Deny), Policy("in", FromClient), Policy("out", ToLedger),
    ];

    private static StackItem Declared(string properties) => new(
        "canton-infra:isolation:Connections", "connections", properties.StartsWith('{') ? properties : $"{{'ends': {properties}, 'connections': []}}");

    private static StackItem Policy(string name, string spec) => new(
        "kubernetes:networking.k8s.io/v1:NetworkPolicy", name, $"{{'metadata': {{'name': '{name}', 'namespace': 'n'}}, 'spec': {spec}}}");
}
