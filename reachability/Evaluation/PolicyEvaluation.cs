using System.Collections.Immutable;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Evaluation;

/// <summary>What policies say of traffic. What is not known leads to null, and never to true.</summary>
/// <param name="policies">The policies of the cluster.</param>
/// <param name="semantics">Whose reading applies.</param>
/// <param name="podNetworks">The addresses of pods; empty where they are not known.</param>
/// <param name="nodeNetworks">The addresses of nodes; empty where they are not known.</param>
public sealed class PolicyEvaluation(
    ImmutableArray<TrafficPolicy> policies,
    Semantics semantics,
    ImmutableArray<AddressSpan> podNetworks,
    ImmutableArray<AddressSpan> nodeNetworks)
{
    private readonly Dictionary<(PodSet, Direction), ImmutableArray<(TrafficPolicy Policy, bool? Governs)>> _governing = [];

    /// <summary>The policies that govern pods in a direction, or might.</summary>
    public ImmutableArray<(TrafficPolicy Policy, bool? Governs)> Governing(PodSet pods, Direction direction)
    {
        if (!_governing.TryGetValue((pods, direction), out var governing))
        {
            governing =
            [
                .. policies
                    .Select(policy => (Policy: policy, Governs: Selects(policy, pods) & policy.Concerns(direction)))
                    .Where(each => each.Governs != false),
            ];
            _governing.Add((pods, direction), governing);
        }

        return governing;
    }

    /// <summary>Whether pods are isolated in a direction: only then anything is denied.</summary>
    public bool? IsIsolated(PodSet pods, Direction direction) =>
        Governing(pods, direction).Aggregate((bool?)false, (any, each) => any | each.Governs);

    /// <summary>Whether policies about these pods let traffic from or to a peer pass.</summary>
    /// <param name="pods">The pods.</param>
    /// <param name="direction">Whether traffic comes to them or goes from them.</param>
    /// <param name="peer">Where it comes from or goes to.</param>
    /// <param name="port">The ports of the target; no rule may begin or end within.</param>
    public Decision Decide(PodSet pods, Direction direction, Endpoint peer, PortSpan port)
    {
        var governing = Governing(pods, direction);
        var target = direction == Direction.Ingress ? pods : peer as PodSet;
        bool? isIsolated = false;
        bool? isAllowed = false;
        var allowing = ImmutableArray.CreateBuilder<TrafficPolicy>();
        foreach (var (policy, governs) in governing)
        {
            isIsolated |= governs;
            var passes = governs & Any(policy.Rules(direction), rule => Matches(rule, policy, peer) & Matches(rule.Ports, port, target));
            isAllowed |= passes;
            if (passes != false)
            {
                allowing.Add(policy);
            }
        }

        // A node always reaches its own pods, and which node that is nobody knows.
        var ofTheNode = direction == Direction.Ingress && peer is PodSet { HasHostNetwork: not false } ? null : (bool?)false;
        return new Decision(
            !isIsolated | isAllowed | ofTheNode,
            isIsolated,
            allowing.Count > 0 ? allowing.ToImmutable() : [.. governing.Select(each => each.Policy)]);
    }

    /// <summary>Whether a peer of a rule means an endpoint.</summary>
    public bool? Matches(TrafficPeer peer, TrafficPolicy policy, Endpoint endpoint)
    {
        if (peer == TrafficPeer.Unknown)
        {
            return null;
        }

        return (peer.Block, endpoint) switch
        {
            ({ } block, OutsideAddresses outside) => Matches(block, outside),
            ({ } block, PodSet pods) => Matches(block, pods),
            (null, PodSet pods) => IsSelected(peer, policy, pods),
            _ => false,
        };
    }

    private static bool? Any<T>(ImmutableArray<T> items, Func<T, bool?> test)
    {
        bool? any = false;
        foreach (var item in items)
        {
            any |= test(item);
            if (any == true)
            {
                break;
            }
        }

        return any;
    }

    private static bool? IsSame(string? left, string? right) => left is null || right is null ? null : left == right;

    private static bool? Matches(ImmutableArray<TrafficPort>? ports, PortSpan port, PodSet? target) =>
        ports is not { } given ? true : Any(given, each => Matches(each, port, target));

    private static bool? Matches(TrafficPort given, PortSpan port, PodSet? target)
    {
        var isProtocol = given.Protocol is null ? (bool?)null : given.Protocol == port.Protocol;
        if (!given.IsKnown)
        {
            return isProtocol & null;
        }

        if (given.Name is { } name)
        {
            // Names are those of the target's containers; what is no pod has none.
            var isNamed = target is null
                ? false
                : target.Ports.Any(each => each.Name == name && each.Protocol == port.Protocol && port.First <= each.Number && each.Number <= port.Last)
                    ? true
                    : target.KnowsPorts ? false : (bool?)null;
            return isProtocol & isNamed;
        }

        return isProtocol & (given.Port is not { } first || (first <= port.First && port.Last <= (given.EndPort ?? first)));
    }

    private bool? Selects(TrafficPolicy policy, PodSet pods)
    {
        var isSelected = IsSame(policy.Namespace, pods.Namespace) & policy.Pods.Matches(pods.Labels);

        // Kubernetes leaves it to the network what policies do to pods on the node's; Cilium takes those for the node.
        return isSelected & (semantics == Semantics.Cilium ? !pods.HasHostNetwork : pods.HasHostNetwork == false ? true : null);
    }

    private bool? Matches(TrafficRule rule, TrafficPolicy policy, Endpoint endpoint) =>
        rule.Peers is not { } peers ? true : Any(peers, peer => Matches(peer, policy, endpoint));

    private bool? IsSelected(TrafficPeer peer, TrafficPolicy policy, PodSet pods)
    {
        var isThere = peer.Namespaces is { } namespaces ? namespaces.Matches(pods.NamespaceLabels) : IsSame(policy.Namespace, pods.Namespace);
        var isSelected = isThere & (peer.Pods is { } selector ? selector.Matches(pods.Labels) : true);
        return isSelected & (semantics == Semantics.Cilium ? !pods.HasHostNetwork : pods.HasHostNetwork == false ? true : null);
    }

    private bool? Matches(AddressBlock block, OutsideAddresses outside) =>
        semantics == Semantics.Cilium && nodeNetworks.Any(node => node.Contains(outside.Span)) ? false : block.Contains(outside.Span);

    private bool? Matches(AddressBlock block, PodSet pods)
    {
        if (semantics == Semantics.Cilium)
        {
            return false;
        }

        if (pods.HasHostNetwork is not { } onNode)
        {
            return null;
        }

        // Which address a pod will have is not known, only which it can have.
        var networks = onNode ? nodeNetworks : podNetworks;
        var answers = networks.Select(block.Contains).Distinct().ToList();
        return answers is [{ } one] ? one : null;
    }
}
