using System.Collections.Immutable;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;
using CantonInfra.Reachability.Reading;

namespace CantonInfra.Reachability.Proof;

/// <summary>
/// All that could send or receive: the pods of the plan, those that declarations tell of, those that anybody might run where a
/// policy speaks of them, and all addresses.
/// </summary>
internal sealed class Scene
{
    private const string AnotherNamespace = "(another namespace)";

    private readonly ClusterModel _cluster;
    private readonly PolicyEvaluation _evaluation;

    /// <summary>Sets it.</summary>
    public Scene(ClusterModel cluster, Declarations declared, PolicyEvaluation evaluation)
    {
        _cluster = cluster;
        _evaluation = evaluation;
        Governed =
        [
            .. cluster.Namespaces.Declared,
            .. declared.Ends.Values.OfType<DeclaredPods>().Where(end => !end.IsPlatform).Select(end => end.Namespace),
            .. declared.Ends.Values.OfType<DeclaredNamespace>().Select(end => end.Namespace),
        ];
        ImmutableArray<PodSet> known = [.. Known(declared)];

        // Beside each known pod there may be one that no policy speaks of by its labels, in namespaces of the platform, too.
        var others = Governed.Union(known.Select(pods => pods.Namespace).OfType<string>()).Order(StringComparer.Ordinal).Select(Other)
            .Append(new PodSet(
                $"{AnotherNamespace}/(any pod)",
                AnotherNamespace,
                LabelSet.Empty.With(NamespaceReader.NameLabel, AnotherNamespace),
                LabelSet.Empty,
                [],
                Basis.Assumption) { KnowsPorts = false });
        Pods = WithWitnesses([.. known, .. others]);
        Outside = Atoms(declared);
        Ports = PortSpan.Atoms(
            cluster.Policies.SelectMany(policy => policy.Ingress.Concat(policy.Egress)).SelectMany(rule => rule.Ports ?? []).SelectMany(Spans)
                .Concat(Pods.SelectMany(pods => pods.Ports).Select(port => new PortSpan(port.Protocol, port.Number, port.Number)))
                .Concat(declared.Connections.Select(connection => new PortSpan(connection.Protocol, connection.Port, connection.Port))));
    }

    /// <summary>The namespaces whose pods have no connections but declared ones.</summary>
    public ImmutableHashSet<string> Governed { get; }

    /// <summary>All pods.</summary>
    public ImmutableArray<PodSet> Pods { get; }

    /// <summary>All addresses that are no pod's.</summary>
    public ImmutableArray<OutsideAddresses> Outside { get; }

    /// <summary>All ports.</summary>
    public ImmutableArray<PortSpan> Ports { get; }

    /// <summary>Whether the pods have no connections but declared ones.</summary>
    public bool IsGoverned(PodSet pods) => pods.Namespace is null || Governed.Contains(pods.Namespace);

    private static IEnumerable<PortSpan> Spans(TrafficPort port) => port.Port is not { } first
        ? []
        : PortSpan.Protocols.Where(protocol => port.Protocol is null || port.Protocol == protocol)
            .Select(protocol => new PortSpan(protocol, first, port.EndPort ?? first));

    private IEnumerable<PodSet> Known(Declarations declared)
    {
        var ends = declared.Ends.Values.OfType<DeclaredPods>().ToList();
        var planned = _cluster.Pods.Select(pods =>
        {
            var own = ends.Where(end => end.Namespace == pods.Namespace && pods.Labels.Includes(end.Labels) == true).ToList();
            return pods with { Name = own is [var only] ? only.Name : pods.Name, Ends = [.. own.Select(end => end.Name)] };
        }).ToList();
        var found = planned.SelectMany(pods => pods.Ends).ToHashSet(StringComparer.Ordinal);
        return planned.Concat(ends.Where(end => !found.Contains(end.Name)).Select(end => new PodSet(
            end.Name,
            end.Namespace,
            _cluster.Namespaces.LabelsOf(end.Namespace),
            new LabelSet(end.Labels.Select(label => KeyValuePair.Create(label.Key, (string?)label.Value)), isComplete: true),
            end.Ports,
            Basis.Declaration) { Ends = [end.Name] }));
    }

    private PodSet Other(string place) => new(
        $"{place}/(any other pod)", place, _cluster.Namespaces.LabelsOf(place), LabelSet.Empty, [], Basis.Assumption) { KnowsPorts = false };

    // Whom a policy speaks of though nobody is known to be it, somebody can be.
    private ImmutableArray<PodSet> WithWitnesses(ImmutableArray<PodSet> pods)
    {
        foreach (var policy in _cluster.Policies)
        {
            if (policy.Namespace is { } place
                && !pods.Any(each => each.Namespace == place && policy.Pods.Matches(each.Labels) == true)
                && policy.Pods.Witness() is { } subject)
            {
                pods = pods.Add(Witness(place, _cluster.Namespaces.LabelsOf(place), subject, $"(whom {policy.Name} is about)"));
            }

            foreach (var peer in policy.Ingress.Concat(policy.Egress).SelectMany(rule => rule.Peers ?? []))
            {
                if (peer.Block is null && peer != TrafficPeer.Unknown && !pods.Any(each => _evaluation.Matches(peer, policy, each) == true)
                    && Witness(policy, peer) is { } witness)
                {
                    pods = pods.Add(witness);
                }
            }
        }

        return pods;
    }

    private PodSet? Witness(TrafficPolicy policy, TrafficPeer peer)
    {
        if ((peer.Pods ?? Selector.Everything).Witness() is not { } labels)
        {
            return null;
        }

        var name = $"(a peer of {policy.Name})";
        if (peer.Namespaces is not { } namespaces)
        {
            return policy.Namespace is { } own ? Witness(own, _cluster.Namespaces.LabelsOf(own), labels, name) : null;
        }

        var known = Governed.Order(StringComparer.Ordinal).FirstOrDefault(place => namespaces.Matches(_cluster.Namespaces.LabelsOf(place)) == true);
        return known is not null
            ? Witness(known, _cluster.Namespaces.LabelsOf(known), labels, name)
            : namespaces.Witness() is { } place ? Witness(AnotherNamespace, place, labels, name) : null;
    }

    private static PodSet Witness(string place, LabelSet ofPlace, LabelSet labels, string name) =>
        new($"{place}/{name}", place, ofPlace, labels, [], Basis.Assumption) { KnowsPorts = false };

    private ImmutableArray<OutsideAddresses> Atoms(Declarations declared)
    {
        var blocks = _cluster.Policies.SelectMany(policy => policy.Ingress.Concat(policy.Egress))
            .SelectMany(rule => rule.Peers ?? []).Select(peer => peer.Block).OfType<AddressBlock>().ToList();
        var networks = blocks.Select(block => block.Network).Concat(blocks.SelectMany(block => block.Except)).OfType<AddressSpan>()
            .Concat(declared.Ends.Values.OfType<DeclaredAddresses>().SelectMany(end => end.Networks))
            .Concat(declared.Ends.Values.OfType<DeclaredHosts>().SelectMany(end => end.OwnNetworks))
            .Concat(KnownNetworks.NotPublic).Concat(KnownNetworks.OfThePlatform)
            .Concat(_cluster.PodNetworks).Concat(_cluster.NodeNetworks);

        // Pods are told by who they are, and not by the addresses that they have at the moment.
        return
        [
            .. AddressAtoms.Of(networks)
                .Where(atom => !_cluster.PodNetworks.Any(network => network.Contains(atom)))
                .Select(atom => new OutsideAddresses(atom)),
        ];
    }
}
