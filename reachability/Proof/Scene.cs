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

    /// <summary>Sets it.</summary>
    public Scene(ClusterModel cluster, Declarations declared)
    {
        _cluster = cluster;
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
        Pods = WithWitnesses([.. known, .. others], declared);
        Unread =
        [
            .. cluster.Policies.Where(policy => !Selectors(policy).All(selector => selector.HasWitnessOfEachWay))
                .Select(policy => $"{policy.Urn} selects in more ways than are looked at: give it fewer labels or values, or take several policies."),
        ];
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

    /// <summary>Of which policies not everybody whom they speak of is among the pods: a sentence for each.</summary>
    public ImmutableArray<string> Unread { get; }

    /// <summary>All addresses that are no pod's.</summary>
    public ImmutableArray<OutsideAddresses> Outside { get; }

    /// <summary>All ports.</summary>
    public ImmutableArray<PortSpan> Ports { get; }

    /// <summary>Whether the pods have no connections but declared ones.</summary>
    public bool IsGoverned(PodSet pods) => pods.Namespace is null || Governed.Contains(pods.Namespace);

    private static IEnumerable<Selector> Selectors(TrafficPolicy policy) =>
        policy.Ingress.Concat(policy.Egress).SelectMany(rule => rule.Peers ?? []).SelectMany(peer => new[] { peer.Pods, peer.Namespaces })
            .OfType<Selector>().Prepend(policy.Pods);

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

    // Whom a policy speaks of, somebody can be, also where somebody else is known that it speaks of: in every namespace that it means,
    // and in one that nobody has heard of. Whoever has the labels of a declared end is that end, and no one else.
    private ImmutableArray<PodSet> WithWitnesses(ImmutableArray<PodSet> pods, Declarations declared)
    {
        var ends = declared.Ends.Values.OfType<DeclaredPods>().ToLookup(end => end.Namespace, StringComparer.Ordinal);
        var undeclared = pods.Where(each => each.Ends.IsEmpty).ToLookup(each => each.Namespace, StringComparer.Ordinal);
        ImmutableArray<(string Name, LabelSet Labels)> places =
        [
            .. pods.Select(each => each.Namespace).OfType<string>().Distinct(StringComparer.Ordinal).Where(place => place != AnotherNamespace)
                .Select(place => (place, _cluster.Namespaces.LabelsOf(place))),
        ];
        var witnesses = new SortedDictionary<string, PodSet>(StringComparer.Ordinal);
        foreach (var policy in _cluster.Policies)
        {
            if (policy.Namespace is { } own)
            {
                Add(own, _cluster.Namespaces.LabelsOf(own), policy.Pods, $"(whom {policy.Name} is about)");
            }

            foreach (var peer in policy.Ingress.Concat(policy.Egress).SelectMany(rule => rule.Peers ?? []))
            {
                if (peer.Block is null && peer != TrafficPeer.Unknown)
                {
                    foreach (var (place, labels) in PlacesOf(policy, peer, places))
                    {
                        Add(place, labels, peer.Pods ?? Selector.Everything, $"(a peer of {policy.Name})");
                    }
                }
            }
        }

        return pods.AddRange(witnesses.Values);

        void Add(string place, LabelSet ofPlace, Selector selector, string name)
        {
            foreach (var labels in selector.Witnesses())
            {
                var isKnown = ends[place].Any(end => labels.Includes(end.Labels) == true)
                    || undeclared[place].Any(other => other.NamespaceLabels.Equals(ofPlace) && selector.Matches(other.Labels) == true);
                if (!isKnown)
                {
                    witnesses.TryAdd(
                        $"{place} {ofPlace} {labels}",
                        new PodSet($"{place}/{name}", place, ofPlace, labels, [], Basis.Assumption) { KnowsPorts = false });
                }
            }
        }
    }

    private IEnumerable<(string Name, LabelSet Labels)> PlacesOf(
        TrafficPolicy policy, TrafficPeer peer, ImmutableArray<(string Name, LabelSet Labels)> places)
    {
        if (peer.Namespaces is not { } namespaces)
        {
            return policy.Namespace is { } own ? [(own, _cluster.Namespaces.LabelsOf(own))] : [];
        }

        // A namespace that nobody has heard of has whatever labels it takes, but for the name of one that is there.
        var foreign = namespaces.Witnesses()
            .Select(labels => labels.Has(NamespaceReader.NameLabel) == true ? labels : labels.With(NamespaceReader.NameLabel, AnotherNamespace))
            .Where(labels => namespaces.Matches(labels) == true
                && !places.Any(place => place.Labels.HasOneOf(NamespaceReader.NameLabel, [labels.ValueOf(NamespaceReader.NameLabel)]) == true))
            .Select(labels => (AnotherNamespace, labels));
        return places.Where(place => namespaces.Matches(place.Labels) == true).Concat(foreign);
    }

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
