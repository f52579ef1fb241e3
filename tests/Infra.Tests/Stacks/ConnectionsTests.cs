using System.Collections.Immutable;
using CantonInfra.Contracts;
using CantonInfra.Engine;
using CantonInfra.Infra.Tests.Support;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;
using CantonInfra.Reachability.Proof;
using CantonInfra.Reachability.Reading;
using CantonInfra.Reports.Connections;

namespace CantonInfra.Infra.Tests.Stacks;

/// <summary>A9: what policies allow is exactly what is declared, in every environment and however its settings are.</summary>
public sealed class ConnectionsTests
{
    private const string Policy = "kubernetes:networking.k8s.io/v1:NetworkPolicy";

    [Theory]
    [InlineData("devnet")]
    [InlineData("testnet")]
    [InlineData("mainnet")]
    public async Task Policies_allow_the_declared_connections_and_no_others(string stack)
    {
        var result = Prove(await ResourcesAsync(stack));

        AssertHolds(result);
        Assert.Equal(Semantics.Cilium, result.Semantics);
        Assert.NotEmpty(result.Connections);
    }

    [Theory]
    [InlineData("canton-infra:data: { replica: { location: eastus2, addressSpace: 10.43.0.0/20 } }")]
    [InlineData(
        "canton-infra:ledger: { validators: [{ name: validator, kms: { mode: external, decidedAt: 2026-01-01, configuration: { vault-url: '${vaultUri}' }, driver: { name: vault,"
        + " imageRepository: ghcr.io/digital-asset/decentralized-canton-sync/docker/participant,"
        + " imageDigest: 'sha256:1111111111111111111111111111111111111111111111111111111111111111' } } }] }")]
    [InlineData("canton-infra:network: { egress: { mode: nat } }")]
    [InlineData("canton-infra:mesh: { mode: istio }")]
    public async Task They_do_so_whatever_the_settings(string setting) => AssertHolds(Prove(await ResourcesAsync("mainnet", $"  {setting}\n")));

    // Nobody can take one away, or one rule of it, without something that is declared ceasing to work.
    [Theory]
    [InlineData("mainnet")]
    public async Task Every_policy_and_every_rule_of_it_is_needed(string stack)
    {
        var resources = await ResourcesAsync(stack);
        var policies = resources.Where(resource => resource.Type == Policy).ToList();

        Assert.NotEmpty(policies);
        foreach (var policy in policies)
        {
            Assert.False(Prove(resources.Remove(policy)).Holds, $"without {policy.Name}");
            foreach (var direction in new[] { "ingress", "egress" })
            {
                foreach (var rule in Enumerable.Range(0, Rules(policy, direction).Length))
                {
                    var without = With(policy, direction, Rules(policy, direction).RemoveAt(rule));
                    Assert.False(Prove(resources.Replace(policy, without)).Holds, $"without {direction} {rule} of {policy.Name}");
                }
            }
        }
    }

    // Nor open one a little further without being seen: a rule for everybody, for all ports, for the pod beside, for the next address.
    [Theory]
    [InlineData("mainnet")]
    public async Task Every_widening_of_a_policy_is_an_undeclared_connection(string stack)
    {
        var resources = await ResourcesAsync(stack);
        var widened = 0;
        foreach (var policy in resources.Where(resource => resource.Type == Policy))
        {
            foreach (var direction in new[] { "ingress", "egress" })
            {
                var rules = Rules(policy, direction);
                for (var index = 0; index < rules.Length; index++)
                {
                    foreach (var wider in Wider((MapValue)rules[index], Place(policy)))
                    {
                        var result = Prove(resources.Replace(policy, With(policy, direction, rules.SetItem(index, wider))));
                        Assert.True(
                            result.Findings.Any(finding => finding.Kind == ProofFindingKind.Undeclared),
                            $"{direction} {index} of {policy.Name} as {wider}");
                        widened++;
                    }
                }
            }
        }

        Assert.InRange(widened, 50, int.MaxValue);
    }

    [Fact]
    public async Task Nobody_gets_at_what_machines_have_their_identity_from()
    {
        var resources = await ResourcesAsync("mainnet");
        var cluster = ClusterReader.Read(resources, ChartContracts.Known);
        var evaluation = new PolicyEvaluation(cluster.Policies, cluster.Semantics, cluster.PodNetworks, cluster.NodeNetworks);
        var proof = new ConnectionProof(cluster, DeclarationReader.Read(resources).Table!);
        var owned = proof.Pods.Where(pods => pods.Namespace != "kube-system").ToList();

        Assert.NotEmpty(owned);
        Assert.All(owned, pods => Assert.All(
            new[] { "169.254.169.254/32", "168.63.129.16/32" },
            address => Assert.Equal(false, evaluation.Decide(
                pods,
                Direction.Egress,
                new OutsideAddresses(Reachability.Addresses.AddressSpan.Parse(address)),
                new PortSpan("TCP", 80, 80)).IsAllowed)));
    }

    /// <summary>The ways in which a rule of a policy can allow a little more.</summary>
    internal static IEnumerable<PropertyValue> Wider(MapValue rule, string place)
    {
        var peers = rule["from"] is not null ? "from" : "to";
        yield return Without(rule, peers);
        yield return Without(rule, "ports");
        if (rule[peers] is ListValue { Items: [MapValue peer, ..] items })
        {
            if (peer["podSelector"] is not null)
            {
                yield return With(rule, peers, new ListValue(items.SetItem(0, Without(peer, "podSelector"))));

                // Pods of the same labels wherever somebody runs them: nobody does today.
                yield return With(rule, peers, new ListValue(items.SetItem(0, With(peer, "namespaceSelector", new MapValue([])))));

                // Of a peer in the policy's own namespace that says nothing else.
                if (!peer["namespaceSelector"]!.ToString().Contains($"\"{place}\"", StringComparison.Ordinal))
                {
                    yield return With(rule, peers, new ListValue(items.SetItem(0, Without(peer, "namespaceSelector"))));
                }
            }

            if (peer["ipBlock"] is MapValue block)
            {
                var cidr = ((StringValue)block["cidr"]!).Value.Split('/');
                var prefix = int.Parse(cidr[1], System.Globalization.CultureInfo.InvariantCulture);
                yield return prefix == 0
                    ? With(rule, peers, new ListValue([new MapValue([new("ipBlock", Without(block, "except"))])]))
                    : With(rule, peers, new ListValue([new MapValue([new("ipBlock", With(block, "cidr", $"{cidr[0]}/{prefix - 1}"))])]));
            }
        }
    }

    internal static string Place(ClusterResource policy) =>
        PropertyPath.Parse("metadata.namespace").Read(policy.Properties).TryGetText(out var place) ? place : "";

    internal static ImmutableArray<PropertyValue> Rules(ClusterResource policy, string direction) =>
        policy.Properties["spec"] is MapValue spec && spec[direction] is ListValue { Items: var rules } ? rules : [];

    internal static ClusterResource With(ClusterResource policy, string direction, ImmutableArray<PropertyValue> rules) => policy with
    {
        Properties = With(policy.Properties, "spec", With((MapValue)policy.Properties["spec"]!, direction, new ListValue(rules))),
    };

    private static MapValue With(MapValue map, string key, PropertyValue value) => new(map.Entries.SetItem(key, value));

    private static MapValue Without(MapValue map, string key) => new(map.Entries.Remove(key));

    private static void AssertHolds(ProofResult result)
    {
        Assert.Empty(result.Connections.Where(state => state.Works != true).Select(state => $"{state.Connection}: {string.Join(' ', state.WhyNot)}"));
        Assert.Empty(result.Findings.Select(finding => finding.ToString()));
        Assert.Empty(result.Unread);
        Assert.True(result.Holds);
    }

    internal static ProofResult Prove(ImmutableArray<ClusterResource> resources) =>
        new ConnectionProof(ClusterReader.Read(resources, ChartContracts.Known), DeclarationReader.Read(resources).Table!).Run();

    private static Task<ImmutableArray<ClusterResource>> ResourcesAsync(string stack, string more = "") =>
        ResourcesOfAsync(stack, Merge(ProjectFolder.StackFile(stack), more));

    /// <summary>What the program declares by a stack file.</summary>
    internal static async Task<ImmutableArray<ClusterResource>> ResourcesOfAsync(string stack, string stackFile)
    {
        using var folder = new ProjectFolder(stack, stackFile);
        var result = await folder.PreviewAsync();
        Assert.True(
            result.Outcome == PreviewOutcome.Succeeded, string.Join('\n', result.Diagnostics.Select(diagnostic => diagnostic.Message)));
        return PlanResources.Of(result.Plan);
    }

    // A stack file says each key once.
    private static string Merge(string file, string more)
    {
        if (more.Length == 0)
        {
            return file;
        }

        var key = more.Trim().Split(": ")[0];
        var lines = file.Split('\n').ToList();
        var start = lines.FindIndex(line => line.StartsWith($"  {key}:", StringComparison.Ordinal));
        if (start >= 0)
        {
            var end = lines.FindIndex(start + 1, line => line.Length > 2 && line[2] != ' ');
            lines.RemoveRange(start, (end < 0 ? lines.Count : end) - start);
        }

        return $"{string.Join('\n', lines).TrimEnd()}\n{more}";
    }
}
