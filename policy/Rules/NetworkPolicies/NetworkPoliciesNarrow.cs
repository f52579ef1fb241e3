using System.Collections.Immutable;
using System.Net;
using CantonInfra.Policy.Rules.Network;
using CantonInfra.PolicySdk;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Policy.Rules.NetworkPolicies;

/// <summary>Network policies name whom pods talk to.</summary>
internal sealed class NetworkPoliciesNarrow : ResourcePolicy
{
    private static readonly PropertyPath Namespace = PropertyPath.Parse("metadata.namespace");

    // What the internet is not: the metadata service of the node, and networks of one's own.
    private static readonly ImmutableArray<IPNetwork> NotInternet =
    [
        IPNetwork.Parse("169.254.169.254/32"),
        IPNetwork.Parse("10.0.0.0/8"),
        IPNetwork.Parse("172.16.0.0/12"),
        IPNetwork.Parse("192.168.0.0/16"),
    ];

    private static readonly ImmutableArray<IPNetwork> NotInternet6 = [IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10")];

    private static readonly PolicySetting<ImmutableArray<string>> Gateways = PolicySetting.Texts(
        "gateways",
        "Namespaces of gateways, whose pods take traffic from anywhere.",
        ["gateway", "ingress", "istio-ingress", "aks-istio-ingress", "envoy-gateway-system", "nginx-gateway", "traefik"]);

    public override string Id => "network-policies-narrow";

    public override string Title => "Network policies name whom pods talk to";

    public override string Rationale =>
        "A policy without peers, or with all addresses, allows what the denial beside it was written for. Out to all addresses "
        + "includes the metadata service of the node, which hands out the node's identity, and every database in the network.";

    public override string Remediation =>
        "Name pods and namespaces, or addresses, in from and to, with ports. Where pods need the internet, allow 0.0.0.0/0 on port 443 only, except "
        + "169.254.169.254/32, 10.0.0.0/8, 172.16.0.0/12 and 192.168.0.0/16. Namespaces of gateways are named in the rule's setting 'gateways'.";

    public override PolicySeverity Severity => PolicySeverity.High;

    public override PolicyExample Example { get; } = new(
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        Good: """{"spec": {"podSelector": {"matchLabels": {"app": "participant"}}, "ingress": [{"from": [{"podSelector": {"matchLabels": {"app": "validator-app"}}}], "ports": [{"port": 5001}]}]}}""",
        Bad: """{"spec": {"podSelector": {"matchLabels": {"app": "participant"}}, "ingress": [{"ports": [{"port": 5001}]}]}}""");

    public override ImmutableArray<PolicyControl> Controls { get; } =
    [
        new(PolicyControl.CloudSecurityBenchmark, "NS-1"),
        new(PolicyControl.CloudSecurityBenchmark, "NS-2"),
        new(PolicyControl.Soc2, "CC6.6"),
        new(PolicyControl.Requirement, "A9"),
        new(PolicyControl.Requirement, "A19"),
    ];

    public override ImmutableArray<PolicySetting> Settings { get; } = [Gateways];

    public override ImmutableArray<ResourceTypePattern> ResourceTypes { get; } = KubernetesTypes.OfNetworkPolicies;

    public override IEnumerable<PolicyVerdict> Check(ResourceView resource, StackContext stack) =>
    [
        .. JudgeIngress(resource, stack.Get(Gateways)),
        .. Rules(resource, "spec.egress[*]", "to").SelectMany(rule => JudgeEgress(resource, rule)),
    ];

    private static List<PolicyVerdict> JudgeIngress(ResourceView resource, ImmutableArray<string> gateways)
    {
        var verdicts = Rules(resource, "spec.ingress[*]", "from").SelectMany(rule => JudgeIngress(resource, rule)).ToList();
        var place = resource.Read(Namespace);
        return !verdicts.OfType<ViolationVerdict>().Any() ? verdicts
            : place.State == PropertyState.Unknown ? [PolicyVerdict.Undecided(place.Path)]
            : place.TryGetText(out var name) && gateways.Contains(name)
                ? verdicts.FindAll(verdict => verdict is ViolationVerdict violation && MeansCertainPods(resource, violation.Path))
            : verdicts;
    }

    // Who names labels does not mean everybody, and has to say where.
    private static bool MeansCertainPods(ResourceView resource, PropertyPath path) =>
        path.Elements[^1].Key == "namespaceSelector"
        && IsEmpty(resource, resource.Read(new PropertyPath(path.Elements.RemoveAt(path.Elements.Length - 1)).Then("podSelector"))) == false;

    // Each rule with its peers; null peers are none that are known.
    private static IEnumerable<(PropertyReading Rule, PropertyReading Peers)> Rules(ResourceView resource, string rules, string peers) =>
        resource.Select(PropertyPath.Parse(rules)).Select(rule => (rule, resource.Read(rule.Path.Then(peers))));

    private static IEnumerable<PolicyVerdict> JudgeIngress(ResourceView resource, (PropertyReading Rule, PropertyReading Peers) rule)
    {
        var (at, peers) = rule;
        if (at.State != PropertyState.Known || peers.IsNothing() is null)
        {
            return [PolicyVerdict.Undecided(at.State != PropertyState.Known ? at.Path : peers.Path)];
        }

        return peers.IsNothing() == true
            ? [PolicyVerdict.Violation(peers.Path, $"{resource} names nobody here, so everybody may come in.")]
            : [.. resource.Select(Each(peers.Path)).Select(peer => JudgeSource(resource, peer)), JudgeNamed(resource, at.Path, peers)];
    }

    // Pods of one namespace may trust each other; whoever else there is has a port in mind.
    private static PolicyVerdict JudgeNamed(ResourceView resource, PropertyPath rule, PropertyReading peers)
    {
        var ports = resource.Read(rule.Then("ports"));
        return ports.IsNothing() switch
        {
            null => PolicyVerdict.Undecided(ports.Path),
            false => PolicyVerdict.Pass,
            true => resource.Select(Each(peers.Path)).Any(peer => peer.State == PropertyState.Known
                    && (resource.Read(peer.Path.Then("namespaceSelector")).State != PropertyState.Missing
                        || resource.Read(peer.Path.Then("ipBlock")).State != PropertyState.Missing))
                ? PolicyVerdict.Violation(ports.Path, $"{resource} names no ports here for peers outside of its namespace, so all are open between them.")
                : PolicyVerdict.Pass,
        };
    }

    private static PolicyVerdict JudgeSource(ResourceView resource, PropertyReading peer)
    {
        if (peer.State != PropertyState.Known)
        {
            return PolicyVerdict.Undecided(peer.Path);
        }

        var block = resource.Read(peer.Path.Then("ipBlock").Then("cidr"));
        if (block.State != PropertyState.Missing)
        {
            return !block.TryGetText(out var text) ? PolicyVerdict.Undecided(block.Path)
                : IsWide(text) ? PolicyVerdict.Violation(block.Path, $"{resource} lets in {block}, which is anybody.")
                : PolicyVerdict.Pass;
        }

        return IsOfAnyNamespace(resource, peer) switch
        {
            true => PolicyVerdict.Violation(
                peer.Path.Then("namespaceSelector"), $"{resource} lets in pods of every namespace; who makes pods gives them the labels that he likes."),
            null => PolicyVerdict.Undecided(peer.Path),
            false => PolicyVerdict.Pass,
        };
    }

    private static IEnumerable<PolicyVerdict> JudgeEgress(ResourceView resource, (PropertyReading Rule, PropertyReading Peers) rule)
    {
        var (at, peers) = rule;
        if (at.State != PropertyState.Known || peers.IsNothing() is null)
        {
            return [PolicyVerdict.Undecided(at.State != PropertyState.Known ? at.Path : peers.Path)];
        }

        return peers.IsNothing() == true
            ? [PolicyVerdict.Violation(peers.Path, $"{resource} names nobody here, so pods may send anything anywhere.")]
            : [.. resource.Select(Each(peers.Path)).SelectMany(peer => JudgeTarget(resource, at.Path, peer)), JudgeNamed(resource, at.Path, peers)];
    }

    private static IEnumerable<PolicyVerdict> JudgeTarget(ResourceView resource, PropertyPath rule, PropertyReading peer)
    {
        if (peer.State != PropertyState.Known)
        {
            return [PolicyVerdict.Undecided(peer.Path)];
        }

        var block = resource.Read(peer.Path.Then("ipBlock").Then("cidr"));
        if (block.State == PropertyState.Missing)
        {
            return [JudgeNamespaces(resource, rule, peer)];
        }

        return !block.TryGetText(out var text) ? [PolicyVerdict.Undecided(block.Path)]
            : IsWide(text) ? [JudgePorts(resource, rule, block), JudgeExceptions(resource, peer.Path.Then("ipBlock"), block, text)]
            : [PolicyVerdict.Pass];
    }

    // The cluster's names are in one namespace whatever its name is, and nothing else is sent to port 53.
    private static PolicyVerdict JudgeNamespaces(ResourceView resource, PropertyPath rule, PropertyReading peer)
    {
        var numbers = resource.Select(Each(rule.Then("ports"))).Select(port => resource.Read(port.Path.Then("port"))).ToList();
        return numbers.TrueForAll(number => number.Value is NumberValue { Value: 53 }) ? PolicyVerdict.Pass : IsOfAnyNamespace(resource, peer) switch
        {
            true => PolicyVerdict.Violation(
                peer.Path.Then("namespaceSelector"), $"{resource} lets pods out to those of every namespace; who makes pods gives them the labels that he likes."),
            null => PolicyVerdict.Undecided(peer.Path),
            false => PolicyVerdict.Pass,
        };
    }

    private static PolicyVerdict JudgePorts(ResourceView resource, PropertyPath rule, PropertyReading block)
    {
        var path = rule.Then("ports");
        foreach (var port in resource.Select(Each(path)))
        {
            var number = resource.Read(port.Path.Then("port"));
            var last = resource.Read(port.Path.Then("endPort"));
            if (port.State == PropertyState.Unknown || number.State == PropertyState.Unknown || last.State == PropertyState.Unknown)
            {
                return PolicyVerdict.Undecided(number.Path);
            }

            if (number.Value is not NumberValue { Value: 443 } || last.State != PropertyState.Missing)
            {
                return PolicyVerdict.Violation(number.Path, $"{resource} lets pods out to {block} on port {number}. It must be 443 only.");
            }
        }

        return PolicyVerdict.Pass;
    }

    private static PolicyVerdict JudgeExceptions(ResourceView resource, PropertyPath block, PropertyReading reading, string range)
    {
        var path = block.Then("except");
        var readings = resource.Select(Each(path)).ToList();
        if (readings.Find(each => !each.TryGetText(out _)) is { Path: { } unclear })
        {
            return PolicyVerdict.Undecided(unclear);
        }

        var except = readings
            .Select(each => each.TryGetText(out var text) && IPNetwork.TryParse(text, out var network) ? (IPNetwork?)network : null)
            .OfType<IPNetwork>()
            .ToList();
        var needed = range.Contains(':', StringComparison.Ordinal) ? NotInternet6 : NotInternet;
        var allowed = IPNetwork.Parse(range);
        var missing = needed.Where(own => allowed.Contains(own.BaseAddress) && !except.Exists(each => Covers(each, own))).ToList();
        return missing.Count == 0 ? PolicyVerdict.Pass : PolicyVerdict.Violation(
            path, $"{resource} lets pods out to {reading} without {string.Join(", ", missing)} excepted, which is not the internet.");
    }

    private static bool Covers(IPNetwork outer, IPNetwork inner) =>
        outer.PrefixLength <= inner.PrefixLength && outer.Contains(inner.BaseAddress);

    private static bool IsWide(string range) =>
        IPNetwork.TryParse(range, out var network) && network.PrefixLength < InboundRule.ShortestOwnPrefix;

    private static bool? IsOfAnyNamespace(ResourceView resource, PropertyReading peer)
    {
        var namespaces = resource.Read(peer.Path.Then("namespaceSelector"));
        return namespaces.State == PropertyState.Missing ? false : IsEmpty(resource, namespaces);
    }

    private static bool? IsEmpty(ResourceView resource, PropertyReading selector) => selector.State == PropertyState.Missing ? true : Logic.And(
        resource.Read(selector.Path.Then("matchLabels")).IsNothing(), resource.Read(selector.Path.Then("matchExpressions")).IsNothing());

    private static PropertyPath Each(PropertyPath path) => new([.. path.Elements, PropertyPathElement.Wildcard]);
}
