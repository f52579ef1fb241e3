using CantonInfra.Contracts;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;
using CantonInfra.Reachability.Graph;
using CantonInfra.Reachability.Proof;

namespace CantonInfra.Reachability.Tests;

public sealed class ConnectionProofTests
{
    private const string Deny = "{'podSelector': {}, 'policyTypes': ['Ingress', 'Egress']}";
    private const string Dns = """
        {'podSelector': {}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 53, 'protocol': 'UDP'}],
         'to': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'kube-system'}}, 'podSelector': {'matchLabels': {'k8s-app': 'kube-dns'}}}]}]}
        """;

    private const string In = """
        {'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Ingress'], 'ingress': [{'ports': [{'port': 5001}],
         'from': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'apps'}}, 'podSelector': {'matchLabels': {'app': 'client'}}}]}]}
        """;

    private const string Out = """
        {'podSelector': {'matchLabels': {'app': 'client'}}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 5001}],
         'to': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'data'}}, 'podSelector': {'matchLabels': {'app': 'ledger'}}}]}]}
        """;

    private const string ToDatabase = """
        {'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Egress'],
         'egress': [{'ports': [{'port': 5432}], 'to': [{'ipBlock': {'cidr': '10.40.4.64/27'}}]}]}
        """;

    private const string Except =
        "'0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16', '224.0.0.0/3'";

    private const string Ends = """
        {'apps/*': {'kind': 'namespace', 'namespace': 'apps'}, 'data/*': {'kind': 'namespace', 'namespace': 'data'},
         'kube-system/kube-dns': {'kind': 'pods', 'namespace': 'kube-system', 'labels': {'k8s-app': 'kube-dns'}, 'isPlatform': true, 'ports': [{'name': 'dns', 'port': 53, 'protocol': 'UDP'}]},
         'apps/client': {'kind': 'pods', 'namespace': 'apps', 'labels': {'app': 'client'}, 'isPlatform': false, 'ports': []},
         'data/ledger': {'kind': 'pods', 'namespace': 'data', 'labels': {'app': 'ledger'}, 'isPlatform': false, 'ports': [{'name': 'api', 'port': 5001, 'protocol': 'TCP'}]},
         'database': {'kind': 'addresses', 'prefixes': ['10.40.4.64/27']},
         'chain': {'kind': 'hosts', 'hosts': ['rpc.example.com'], 'isRestricted': RESTRICTED, 'ownNetworks': ['10.40.0.0/20']}}
        """;

    private static readonly string[] Table =
    [
        "{'from': 'apps/*', 'to': 'kube-system/kube-dns', 'port': 53, 'protocol': 'UDP'}",
        "{'from': 'data/*', 'to': 'kube-system/kube-dns', 'port': 53, 'protocol': 'UDP'}",
        "{'from': 'apps/client', 'to': 'data/ledger', 'port': 5001, 'protocol': 'TCP', 'requirement': 'A9', 'why': 'It submits.'}",
        "{'from': 'data/ledger', 'to': 'database', 'port': 5432, 'protocol': 'TCP'}",
    ];

    [Theory]
    [InlineData(Semantics.Kubernetes)]
    [InlineData(Semantics.Cilium)]
    public void Policies_that_allow_what_is_declared_and_no_more_are_proven(Semantics semantics)
    {
        var result = Run(Whole(semantics));

        Assert.Empty(result.Findings.Select(finding => finding.ToString()));
        Assert.All(result.Connections, connection => Assert.True(connection.Works, string.Join(' ', connection.WhyNot)));
        Assert.True(result.Holds);
        Assert.Equal(semantics, result.Semantics);
    }

    [Fact]
    public void It_is_said_by_which_policies_and_on_what_it_rests()
    {
        var result = Run(Whole().Pod("apps", "client-1", "{'app': 'client', 'version': '3'}"));

        var connection = Assert.Single(result.Connections, connection => connection.Connection.To == "data/ledger");
        Assert.Equal(["apps/out", "data/in"], connection.Policies.AsEnumerable());
        Assert.Equal((Basis.Plan, Basis.Declaration), (connection.FromBasis, connection.ToBasis));
        Assert.True(result.Holds);
    }

    [Theory]
    [InlineData("in", "apps/client data/ledger", "No policy lets it in to data/ledger on TCP 5001.")]
    [InlineData("out", "apps/client data/ledger", "No policy lets apps/client out on TCP 5001.")]
    [InlineData("database", "data/ledger database", "No policy lets data/ledger out on TCP 5432.")]
    [InlineData("dns-apps", "apps/* kube-system/kube-dns", "No policy lets apps/client out on UDP 53.")]
    public void A_policy_that_is_missing_is_a_connection_that_does_not_work(string without, string ends, string why)
    {
        var result = Run(Whole(without: without));

        var broken = Assert.Single(result.Connections, connection => connection.Works != true);
        Assert.Equal(ends, $"{broken.Connection.From} {broken.Connection.To}");
        Assert.False(broken.Works);
        Assert.Contains(why, broken.WhyNot);
        Assert.Empty(result.Findings);
        Assert.False(result.Holds);
    }

    [Theory]
    [InlineData("deny-apps", "Everything may connect to apps/client: no policy governs what comes in.")]
    [InlineData("deny-data", "data/(any other pod)")]
    public void A_namespace_without_its_denial_is_open(string without, string finding)
    {
        var result = Run(Whole(without: without));

        Assert.Contains(result.Findings, each => each.ToString().Contains(finding, StringComparison.Ordinal));
        Assert.False(result.Holds);
    }

    // Each widening is one that a review could miss.
    [Theory]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5002}], 'from': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'apps'}}, 'podSelector': {'matchLabels': {'app': 'client'}}}]}]}", "apps/client to data/ledger (TCP 5002) is allowed by data/wider at one end")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001, 'endPort': 5009}], 'from': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'apps'}}, 'podSelector': {'matchLabels': {'app': 'client'}}}]}]}", "apps/client to data/ledger (TCP 5002-5009)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'apps'}}}]}]}", "apps/(any other pod) to data/ledger (TCP 5001)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'podSelector': {'matchLabels': {'app': 'stranger'}}}]}]}", "data/(a peer of data/wider) to data/ledger (TCP 5001)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {'matchLabels': {'team': 'x'}}}]}]}", "(another namespace)/(a peer of data/wider) to data/ledger (TCP 5001) is allowed by data/wider, and no")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {}}]}]}", "(another namespace)/(any pod) to data/ledger (TCP 5001) is allowed by data/wider, and no")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{}]}", "0.0.0.0-10.243.255.255")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 5432}], 'to': [{'ipBlock': {'cidr': '10.40.4.64/26'}}]}]}", "data/ledger to 10.40.4.96/27 (TCP 5432) is allowed by data/wider, and no")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 443}], 'to': [{'ipBlock': {'cidr': '203.0.113.7/32'}}]}]}", "data/ledger to 203.0.113.7/32 (TCP 443)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 80}], 'to': [{'ipBlock': {'cidr': '169.254.169.254/32'}}]}]}", "data/ledger to 169.254.169.254/32 (TCP 80)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Egress'], 'egress': [{'to': [{'ipBlock': {'cidr': '2001:db8::/32'}}]}]}", "data/ledger to 2001:db8::/32 (SCTP on all ports, TCP on all ports, UDP on all ports)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 5432, 'protocol': 'UDP'}], 'to': [{'ipBlock': {'cidr': '10.40.4.64/27'}}]}]}", "data/ledger to 10.40.4.64/27 (UDP 5432)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'nobody'}}, 'policyTypes': ['Egress'], 'egress': [{}]}", "data/(whom data/wider is about) to")]
    [InlineData("apps", "{'podSelector': {}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 443}], 'to': [{'podSelector': {}}]}]}", "apps/client to apps/(any other pod) (TCP 443)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {}, 'podSelector': {'matchLabels': {'app': 'client'}}}]}]}", "(another namespace)/(a peer of data/wider) to data/ledger (TCP 5001)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {}, 'podSelector': {'matchLabels': {'app': 'client'}}}]}]}", "data/(a peer of data/wider) to data/ledger (TCP 5001)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {'matchExpressions': [{'key': 'kubernetes.io/metadata.name', 'operator': 'In', 'values': ['apps', 'more']}]}, 'podSelector': {'matchLabels': {'app': 'client'}}}]}]}", "(another namespace)/(a peer of data/wider) to data/ledger (TCP 5001)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'apps'}}, 'podSelector': {'matchExpressions': [{'key': 'app', 'operator': 'In', 'values': ['client', 'other']}]}}]}]}", "apps/(a peer of data/wider) to data/ledger (TCP 5001)")]
    [InlineData("data", "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'ports': [{'port': 5001}], 'from': [{'namespaceSelector': {'matchLabels': {'kubernetes.io/metadata.name': 'apps'}}, 'podSelector': {'matchExpressions': [{'key': 'app', 'operator': 'Exists'}]}}]}]}", "apps/(a peer of data/wider) to data/ledger (TCP 5001)")]
    [InlineData("data", "{'podSelector': {'matchExpressions': [{'key': 'app', 'operator': 'In', 'values': ['ledger', 'other']}]}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 5432}], 'to': [{'ipBlock': {'cidr': '10.40.4.64/27'}}]}]}", "data/(whom data/wider is about) to 10.40.4.64/27 (TCP 5432)")]
    public void A_policy_too_many_or_too_wide_is_an_undeclared_connection(string place, string spec, string finding)
    {
        var result = Run(Whole().Policy(place, "wider", spec));

        Assert.Contains(
            result.Findings, each => each.Kind == ProofFindingKind.Undeclared && each.ToString().Contains(finding, StringComparison.Ordinal));
        Assert.All(result.Findings, each => Assert.Contains(each.Policies, policy => policy.Name == $"{place}/wider"));
        Assert.False(result.Holds);
    }

    [Theory]
    [InlineData("{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'ingress': [{'from': [{'ipBlock': {'cidr': '[unknown]'}}]}]}")]
    [InlineData("'[unknown]'")]
    public void What_is_not_known_is_undecided_and_not_proven(string spec)
    {
        var result = Run(Whole().Policy("data", "unclear", spec));

        Assert.NotEmpty(result.Findings);
        Assert.All(result.Findings, finding => Assert.Equal(ProofFindingKind.Undecided, finding.Kind));
        Assert.Null(result.Holds);
    }

    [Fact]
    public void Pods_of_the_plan_that_no_end_means_may_nothing()
    {
        Assert.True(Run(Whole().Pod("apps", "job", "{'app': 'job'}")).Holds);

        var result = Run(Whole().Pod("apps", "job", "{'app': 'job'}").Policy("apps", "job",
            "{'podSelector': {'matchLabels': {'app': 'job'}}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 443}], 'to': [{'ipBlock': {'cidr': '203.0.113.0/24'}}]}]}"));
        Assert.Equal("apps/job to 203.0.113.0/24 (TCP 443) is allowed by apps/job, and no connection declares it.", Assert.Single(result.Findings).ToString());
    }

    [Theory]
    [InlineData(8, true)]
    [InlineData(9, null)]
    public void Nothing_is_proven_where_not_every_pod_that_a_policy_may_mean_is_looked_at(int labels, bool? holds)
    {
        var expressions = string.Join(", ", Enumerable.Range(0, labels).Select(label => $"{{'key': 'l{label}', 'operator': 'In', 'values': ['a', 'b']}}"));

        var result = Run(Whole().Policy("data", "many", $"{{'podSelector': {{'matchExpressions': [{expressions}]}}, 'policyTypes': ['Ingress']}}"));

        Assert.Equal(holds, result.Holds);
        Assert.Equal(holds != true, result.Unread.Length == 1);
    }

    [Theory]
    [InlineData("'splice-participant'", "'0.6.11'", true)]
    [InlineData("'splice-participant'", "'0.0.1'", null)]
    [InlineData("'[unknown]'", "'0.6.11'", null)]
    public void Pods_of_charts_rest_on_contracts(string chart, string version, bool? holds)
    {
        var result = Run(Whole(extraEnd: ", 'data/participant': {'kind': 'pods', 'namespace': 'data', 'labels': {'app': 'participant'}, 'ports': []}").Add(
            "kubernetes:helm.sh/v3:Release", "participant",
            $"{{'chart': {chart}, 'version': {version}, 'name': 'participant', 'namespace': 'data', 'values': {{'pod': {{'labels': {{'x': 'y'}}}}}}}}"));

        Assert.Equal(holds, result.Holds);
        Assert.Equal(holds != true, result.Unread.Length == 1);
    }

    [Theory]
    [InlineData("'rpc.example.com'", true)]
    [InlineData("'*.example.com'", true)]
    [InlineData("'other.example.com'", false)]
    [InlineData("'[unknown]'", null)]
    public void Hosts_are_let_out_to_by_policies_and_by_the_firewall(string released, bool? works)
    {
        var scenario = Whole(isRestricted: true, extraConnection: "{'from': 'apps/client', 'to': 'chain', 'port': 443, 'protocol': 'TCP'}")
            .Policy("apps", "internet", $"{{'podSelector': {{'matchLabels': {{'app': 'client'}}}}, 'policyTypes': ['Egress'], 'egress': [{{'ports': [{{'port': 443}}], 'to': [{{'ipBlock': {{'cidr': '0.0.0.0/0', 'except': [{Except}]}}}}]}}]}}")
            .Add("azure-native:network:FirewallPolicyRuleCollectionGroup", "rules", $"{{'ruleCollections': [{{'rules': [{{'targetFqdns': [{released}]}}]}}]}}");

        var result = Run(scenario);
        Assert.Equal(works, result.Connections[^1].Works);
        Assert.Empty(result.Findings.Select(finding => finding.ToString()));
    }

    // A10, A19: whoever reads the table, in a report or a picture, must see that names of hosts are no bound where no firewall knows them.
    [Theory]
    [InlineData(true, "To a chain.")]
    [InlineData(false, "To a chain. Not host-restricted: every host on this port.")]
    public void Hosts_that_nothing_restricts_are_said_to_be(bool isRestricted, string why)
    {
        var resources = Whole(isRestricted: isRestricted, extraConnection: "{'from': 'apps/client', 'to': 'chain', 'port': 443, 'protocol': 'TCP', 'requirement': 'A19', 'why': 'To a chain.'}")
            .Policy("apps", "internet", $"{{'podSelector': {{'matchLabels': {{'app': 'client'}}}}, 'policyTypes': ['Egress'], 'egress': [{{'ports': [{{'port': 443}}], 'to': [{{'ipBlock': {{'cidr': '0.0.0.0/0', 'except': [{Except}]}}}}]}}]}}")
            .Add("azure-native:network:FirewallPolicyRuleCollectionGroup", "rules", "{'ruleCollections': [{'rules': [{'targetFqdns': ['rpc.example.com']}]}]}").Resources;

        var (graph, _) = GraphBuilder.Build(resources, ChartContracts.Known);

        Assert.Equal(why, Assert.Single(graph!.Edges, edge => edge.To == "chain").Why);
        Assert.DoesNotContain(graph.Edges, edge => edge.To != "chain" && edge.Why.Contains("host-restricted", StringComparison.Ordinal));
    }

    // Azure's own probes have an address of the platform. Sent to it nothing may be.
    [Theory]
    [InlineData("Ingress", "'ingress': [{'ports': [{'port': 5001}], 'from': [{'ipBlock': {'cidr': '0.0.0.0/0'}}]}]", "'from': 'web', 'to': 'data/ledger'", true)]
    [InlineData("Egress", "'egress': [{'ports': [{'port': 5001}], 'to': [{'ipBlock': {'cidr': '0.0.0.0/0'}}]}]", "'from': 'data/ledger', 'to': 'web'", false)]
    public void Addresses_of_the_platform(string type, string rules, string ends, bool holds)
    {
        var result = Run(Whole(
                extraConnection: $"{{{ends}, 'port': 5001, 'protocol': 'TCP'}}", extraEnd: ", 'web': {'kind': 'addresses', 'prefixes': ['0.0.0.0/0']}")
            .Policy("data", "web", $"{{'podSelector': {{'matchLabels': {{'app': 'ledger'}}}}, 'policyTypes': ['{type}'], {rules}}}"));

        Assert.Equal(holds, result.Holds);
        Assert.Equal(!holds, result.Findings.Any(finding => finding.Peer.Contains("169.254.0.0/16", StringComparison.Ordinal)));
    }

    // To Cilium addresses are never those of nodes: everybody's do not include them, and theirs alone are nobody's.
    [Theory]
    [InlineData(Semantics.Cilium, "0.0.0.0/0", true)]
    [InlineData(Semantics.Cilium, "10.40.0.0/24", false)]
    [InlineData(Semantics.Kubernetes, "0.0.0.0/0", true)]
    [InlineData(Semantics.Kubernetes, "10.40.0.0/24", true)]
    public void Addresses_of_nodes(Semantics semantics, string network, bool works)
    {
        var scenario = Whole(
                semantics,
                extraConnection: "{'from': 'web', 'to': 'data/ledger', 'port': 5001, 'protocol': 'TCP'}",
                extraEnd: $", 'web': {{'kind': 'addresses', 'prefixes': ['{network}']}}")
            .Policy("data", "web", $"{{'podSelector': {{'matchLabels': {{'app': 'ledger'}}}}, 'ingress': [{{'ports': [{{'port': 5001}}], 'from': [{{'ipBlock': {{'cidr': '{network}', 'except': ['169.254.0.0/16', '168.63.129.16/32']}}}}]}}]}}"
                .Replace(network == "0.0.0.0/0" ? "nothing" : ", 'except': ['169.254.0.0/16', '168.63.129.16/32']", "", StringComparison.Ordinal));
        var cluster = scenario.Read() with { NodeNetworks = [Reachability.Addresses.AddressSpan.Parse("10.40.0.0/24")] };

        var result = new ConnectionProof(cluster, DeclarationReader.Read(scenario.Resources).Table!).Run();
        Assert.Equal(works, result.Connections[^1].Works);
    }

    // The internet is no way to the metadata of machines or into networks of one's own.
    [Fact]
    public void The_internet_without_exceptions_is_too_wide()
    {
        var result = Run(Whole(extraConnection: "{'from': 'apps/client', 'to': 'chain', 'port': 443, 'protocol': 'TCP'}")
            .Policy("apps", "internet", "{'podSelector': {'matchLabels': {'app': 'client'}}, 'policyTypes': ['Egress'], 'egress': [{'ports': [{'port': 443}], 'to': [{'ipBlock': {'cidr': '0.0.0.0/0'}}]}]}"));

        Assert.True(result.Connections[^1].Works);
        var finding = result.Findings.First(each => each.Peer.Contains("10.0.0.0", StringComparison.Ordinal));
        Assert.Contains("more networks", finding.Peer, StringComparison.Ordinal);
    }

    [Fact]
    public void Secrets_are_not_shown()
    {
        var result = Run(Whole().Policy("data", "secret",
            "{'podSelector': {'matchLabels': {'app': 'ledger'}}, 'policyTypes': ['Egress'], 'egress': [{'to': [{'ipBlock': {'cidr': {'[secret]': '203.0.113.77/32'}}}]}]}"));

        Assert.NotEmpty(result.Findings);
        Assert.All(result.Findings, finding => Assert.DoesNotContain("203.0.113", finding.ToString(), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{'ends': '[unknown]', 'connections': []}")]
    [InlineData("{'ends': {}}")]
    [InlineData("{'ends': {'a': {'kind': 'moon'}}, 'connections': []}")]
    [InlineData("{'ends': {'a': {'kind': 'addresses', 'prefixes': ['nowhere']}}, 'connections': []}")]
    [InlineData("{'ends': {'a': {'kind': 'pods', 'namespace': 'n', 'labels': {'l': '[unknown]'}, 'ports': []}}, 'connections': []}")]
    [InlineData("{'ends': {}, 'connections': [{'from': 'a', 'to': 'b'}]}")]
    public void A_table_that_is_not_understood_is_said_to_be(string table)
    {
        var (declared, problem) = DeclarationReader.Read(new Scenario().Add(DeclarationReader.Type, "connections", table).Resources);

        Assert.Null(declared);
        Assert.NotNull(problem);
    }

    [Fact]
    public void A_program_may_declare_no_connections() => Assert.Equal((null, null), DeclarationReader.Read(new Scenario().Namespace("a").Resources));

    [Fact]
    public void The_matrix_says_of_every_pair_whether_and_why()
    {
        var scenario = Whole();
        var lines = new ConnectionProof(scenario.Read(), DeclarationReader.Read(scenario.Resources).Table!).Matrix().ToList();

        var allowed = Assert.Single(lines, line => (line.From.Name, line.To.Name, line.Port.Number) == ("apps/client", "data/ledger", 5001));
        Assert.True(allowed.IsAllowed);
        Assert.Equal(["apps/out", "data/in"], allowed.Policies.AsEnumerable());
        var denied = Assert.Single(lines, line => (line.From.Name, line.To.Name) == ("data/ledger", "data/ledger"));
        Assert.False(denied.IsAllowed);
        Assert.Equal(["data/database", "data/deny-data", "data/dns-data", "data/in"], denied.Policies.AsEnumerable());
    }

    private static ProofResult Run(Scenario scenario) =>
        new ConnectionProof(scenario.Read(), DeclarationReader.Read(scenario.Resources).Table!).Run();

    private static Scenario Whole(
        Semantics semantics = Semantics.Cilium, string without = "", string extraConnection = "", string extraEnd = "", bool isRestricted = false)
    {
        var scenario = new Scenario(semantics).Namespace("apps").Namespace("data").Add(
            DeclarationReader.Type,
            "connections",
            $"{{'ends': {Ends.Replace("RESTRICTED", isRestricted ? "true" : "false", StringComparison.Ordinal).TrimEnd()[..^1]}{extraEnd}}}, 'connections': [{string.Join(", ", Table.Append(extraConnection).Where(line => line.Length > 0))}]}}");
        foreach (var (place, name, spec) in new[]
        {
            ("apps", "deny-apps", Deny), ("data", "deny-data", Deny), ("apps", "dns-apps", Dns), ("data", "dns-data", Dns),
            ("apps", "out", Out), ("data", "in", In), ("data", "database", ToDatabase),
        })
        {
            if (name != without)
            {
                scenario.Policy(place, name, spec);
            }
        }

        return scenario;
    }
}
