using System.Collections.Immutable;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;

namespace CantonInfra.Reachability.Proof;

/// <summary>
/// Holds what policies allow against what is declared: every declared connection passes at both ends, and at neither end of any
/// other does a policy let anything pass.
/// </summary>
public sealed class ConnectionProof
{
    private readonly ClusterModel _cluster;
    private readonly Declarations _declared;
    private readonly PolicyEvaluation _evaluation;
    private readonly Scene _scene;
    private readonly ILookup<(string From, string To), DeclaredConnection> _byEnds;
    private readonly Dictionary<Endpoint, ImmutableArray<string>> _ends = [];

    /// <summary>Prepares it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="declared">The connections.</param>
    public ConnectionProof(ClusterModel cluster, Declarations declared)
    {
        _cluster = cluster;
        _declared = declared;
        _evaluation = new PolicyEvaluation(cluster.Policies, cluster.Semantics, cluster.PodNetworks, cluster.NodeNetworks);
        _scene = new Scene(cluster, declared);
        _byEnds = declared.Connections.ToLookup(connection => (connection.From, connection.To));
    }

    /// <summary>The pods that are known or declared.</summary>
    public IEnumerable<PodSet> Pods => _scene.Pods.Where(pods => pods.Basis != Basis.Assumption);

    /// <summary>Runs the proof.</summary>
    public ProofResult Run() => new(
        [.. _declared.Connections.Select(StateOf)],
        [.. _scene.Pods.Where(_scene.IsGoverned).SelectMany(pods => Enum.GetValues<Direction>().SelectMany(direction => Beyond(pods, direction)))],
        [.. _cluster.Unread, .. _scene.Unread],
        _cluster.Semantics);

    /// <summary>Every pair of known pods and each port that the second listens on: allowed or denied, and by what.</summary>
    public IEnumerable<MatrixLine> Matrix() =>
        from source in Pods
        from target in Pods
        from port in target.Ports
        let span = new PortSpan(port.Protocol, port.Number, port.Number)
        let leaves = _evaluation.Decide(source, Direction.Egress, target, span)
        let enters = _evaluation.Decide(target, Direction.Ingress, source, span)
        let isAllowed = leaves.IsAllowed & enters.IsAllowed
        select new MatrixLine(source, target, port, isAllowed, Names(isAllowed != false
            ? leaves.Policies.Concat(enters.Policies)
            : (leaves.IsAllowed == false ? leaves.Policies : []).Concat(enters.IsAllowed == false ? enters.Policies : [])));

    private static ImmutableArray<string> Names(IEnumerable<TrafficPolicy> policies) =>
        [.. policies.Select(policy => policy.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool IsOfThePlatform(OutsideAddresses outside) => KnownNetworks.OfThePlatform.Any(network => network.Contains(outside.Span));

    private static bool IsPublic(OutsideAddresses outside) => !outside.Span.IsV6 && !KnownNetworks.NotPublic.Any(network => network.Contains(outside.Span));

    // To Cilium a block of addresses never means nodes: who declares everybody's addresses does not declare theirs.
    private bool IsNode(OutsideAddresses outside) =>
        _cluster.Semantics == Semantics.Cilium && _cluster.NodeNetworks.Any(network => network.Contains(outside.Span));

    private ConnectionState StateOf(DeclaredConnection connection)
    {
        var sources = MembersOf(connection.From);
        var targets = MembersOf(connection.To);
        var port = new PortSpan(connection.Protocol, connection.Port, connection.Port);
        var why = new SortedSet<string>(StringComparer.Ordinal);
        var policies = new List<TrafficPolicy>();
        bool? works = true;
        if (sources.IsEmpty || targets.IsEmpty)
        {
            works = false;
            why.Add("One of its ends is nobody.");
        }

        foreach (var source in sources.OfType<PodSet>())
        {
            foreach (var target in targets)
            {
                Note(_evaluation.Decide(source, Direction.Egress, target, port), source, "out");
            }
        }

        foreach (var target in targets.OfType<PodSet>())
        {
            foreach (var source in sources)
            {
                Note(_evaluation.Decide(target, Direction.Ingress, source, port), target, "in");
            }
        }

        foreach (var (host, isReleased) in Hosts(connection.To))
        {
            works &= isReleased;
            if (isReleased != true)
            {
                why.Add(isReleased is null ? $"It is not known whether the firewall lets out to {host}." : $"The firewall does not let out to {host}.");
            }
        }

        return new ConnectionState(connection, works, [.. why], works == true ? Names(policies) : [], BasisOf(sources), BasisOf(targets));

        void Note(Decision decision, PodSet pods, string way)
        {
            works &= decision.IsAllowed;
            if (decision.IsAllowed == true)
            {
                policies.AddRange(decision.IsIsolated == false ? [] : decision.Policies);
            }
            else
            {
                why.Add(decision.IsAllowed is null
                    ? $"It is not known whether a policy lets {pods.Name} {(way == "in" ? "be reached" : "out")} on {port}: {string.Join(", ", Names(decision.Policies))}."
                    : way == "in" ? $"No policy lets it in to {pods.Name} on {port}." : $"No policy lets {pods.Name} out on {port}.");
            }
        }
    }

    private static Basis? BasisOf(ImmutableArray<Endpoint> members)
    {
        var bases = members.OfType<PodSet>().Select(pods => pods.Basis).ToList();
        return bases.Count == 0 ? null : bases.Max();
    }

    private IEnumerable<(string Host, bool? IsReleased)> Hosts(string end)
    {
        if (_declared.Ends.GetValueOrDefault(end) is not DeclaredHosts { IsRestricted: true } restricted)
        {
            return [];
        }

        return restricted.Hosts.Select(host => (host, (bool?)_cluster.ReleasedHosts.Aggregate(
            (bool?)false, (any, released) => any | (released is null ? null : Covers(released, host)))));
    }

    private static bool Covers(string released, string host) => released == host || released == "*"
        || (released.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(released[1..], StringComparison.OrdinalIgnoreCase));

    // Whoever an end is. What no workload has any business with is never meant.
    private ImmutableArray<Endpoint> MembersOf(string end) =>
    [
        .. _scene.Pods.Where(pods => Is(pods, end)),
        .. _scene.Outside.Where(outside => Is(outside, end)),
    ];

    private bool Is(Endpoint endpoint, string end) => (endpoint, _declared.Ends.GetValueOrDefault(end)) switch
    {
        (PodSet pods, DeclaredPods) => pods.Ends.Contains(end),
        (PodSet pods, DeclaredNamespace place) => pods.Namespace == place.Namespace,
        (OutsideAddresses outside, DeclaredAddresses addresses) =>
            addresses.Networks.Any(network => network.Contains(outside.Span)) && !IsOfThePlatform(outside) && !IsNode(outside),
        (OutsideAddresses outside, DeclaredHosts hosts) =>
            IsPublic(outside) && !hosts.OwnNetworks.Any(network => network.Contains(outside.Span)),
        _ => false,
    };

    private ImmutableArray<string> EndsOf(Endpoint endpoint)
    {
        if (!_ends.TryGetValue(endpoint, out var ends))
        {
            _ends.Add(endpoint, ends = [.. _declared.Ends.Keys.Where(end => Is(endpoint, end))]);
        }

        return ends;
    }

    // From everybody's addresses those of the platform may come, too: nobody gets a token by being sent something.
    private IEnumerable<string> AlsoSourcesOf(Endpoint peer, Direction direction) =>
        direction == Direction.Ingress && peer is OutsideAddresses outside && IsOfThePlatform(outside)
            ? _declared.Ends.Values.OfType<DeclaredAddresses>()
                .Where(end => end.Networks.Any(network => network.Contains(outside.Span)))
                .Select(end => end.Name)
            : [];

    private IEnumerable<ProofFinding> Beyond(PodSet pods, Direction direction)
    {
        var isIsolated = _evaluation.IsIsolated(pods, direction);
        if (isIsolated != true)
        {
            return
            [
                new ProofFinding(
                    isIsolated is null ? ProofFindingKind.Undecided : ProofFindingKind.Open,
                    pods, direction, "everything", "all ports", [.. _evaluation.Governing(pods, direction).Select(each => each.Policy)], IsEffective: true),
            ];
        }

        var own = EndsOf(pods);
        var hits = _scene.Pods.Concat<Endpoint>(_scene.Outside)
            .Where(peer => MightReach(pods, direction, peer))
            .SelectMany(peer => Undeclared(pods, own, direction, peer));
        return Summarize(pods, direction, hits);
    }

    // Most pairs no rule speaks of, and need no look at their ports.
    private bool MightReach(PodSet pods, Direction direction, Endpoint peer) =>
        (direction == Direction.Ingress && peer is PodSet { HasHostNetwork: not false })
        || _evaluation.Governing(pods, direction).Any(each => each.Policy.Rules(direction).Any(rule =>
            rule.Peers is not { } peers || peers.Any(listed => _evaluation.Matches(listed, each.Policy, peer) != false)));

    private IEnumerable<Hit> Undeclared(PodSet pods, ImmutableArray<string> own, Direction direction, Endpoint peer)
    {
        var others = EndsOf(peer).AddRange(AlsoSourcesOf(peer, direction));
        var declared = own.SelectMany(mine => others.SelectMany(other =>
            direction == Direction.Ingress ? _byEnds[(other, mine)] : _byEnds[(mine, other)])).ToList();
        foreach (var port in _scene.Ports)
        {
            if (declared.Any(connection => connection.Protocol == port.Protocol && connection.Port == port.First && port.First == port.Last))
            {
                continue;
            }

            var decision = _evaluation.Decide(pods, direction, peer, port);
            if (decision.IsAllowed == false)
            {
                continue;
            }

            var other = peer is PodSet target
                ? _evaluation.Decide(target, direction == Direction.Ingress ? Direction.Egress : Direction.Ingress, pods, port).IsAllowed
                : true;
            yield return new Hit(peer, port, decision.IsAllowed, decision.Policies, other != false);
        }
    }

    private static IEnumerable<ProofFinding> Summarize(PodSet pods, Direction direction, IEnumerable<Hit> hits)
    {
        // By peer first, then peers that have the same in common: a widened block is one finding and not one for each of its parts.
        var byPeer = hits
            .GroupBy(hit => (hit.Peer, hit.IsAllowed, hit.IsEffective, Policies: string.Join(' ', hit.Policies.Select(policy => policy.Urn))))
            .Select(group => (group.Key, Ports: PortSpan.Merge(group.Select(hit => hit.Port)), group.First().Policies))
            .Select(entry => (entry.Key, entry.Ports, entry.Policies, PortText: string.Join(", ", entry.Ports)));
        return byPeer
            .GroupBy(entry => (entry.Key.IsAllowed, entry.Key.IsEffective, entry.Key.Policies, entry.PortText, IsPods: entry.Key.Peer is PodSet ? entry.Key.Peer.Name : ""))
            .Select(group =>
            {
                var policies = group.First().Policies;
                var isSecret = policies.Any(policy => policy.HoldsSecrets);
                return new ProofFinding(
                    group.Key.IsAllowed is null ? ProofFindingKind.Undecided : ProofFindingKind.Undeclared,
                    pods,
                    direction,
                    isSecret ? "[secret]" : PeerText([.. group.Select(entry => entry.Key.Peer)]),
                    isSecret ? "[secret]" : group.Key.PortText,
                    policies,
                    group.Key.IsEffective);
            });
    }

    private static string PeerText(ImmutableArray<Endpoint> peers)
    {
        const int Shown = 4;
        if (peers[0] is PodSet)
        {
            return peers[0].Name;
        }

        var spans = AddressAtoms.Merge(peers.OfType<OutsideAddresses>().Select(outside => outside.Span)).Select(span => span.ToString()).ToList();
        return spans.Count <= Shown ? string.Join(", ", spans) : $"{string.Join(", ", spans.Take(Shown))} and {spans.Count - Shown} more networks";
    }

    private sealed record Hit(Endpoint Peer, PortSpan Port, bool? IsAllowed, ImmutableArray<TrafficPolicy> Policies, bool IsEffective);
}
