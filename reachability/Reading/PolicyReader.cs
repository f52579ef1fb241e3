using System.Collections.Immutable;
using CantonInfra.Protocol.Properties;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Reading;

/// <summary>Network policies out of resources, with the defaults of the Kubernetes API.</summary>
public static class PolicyReader
{
    private static readonly ImmutableHashSet<string> Types =
    [
        "kubernetes:networking.k8s.io/v1:NetworkPolicy",
        "kubernetes:networking/v1:NetworkPolicy",
        "kubernetes:extensions/v1beta1:NetworkPolicy",
    ];

    /// <summary>Whether a type is that of network policies.</summary>
    public static bool IsPolicy(string type) => Types.Contains(type);

    /// <summary>Reads one.</summary>
    public static TrafficPolicy Read(ClusterResource resource)
    {
        var spec = resource.Properties.At("spec");
        var place = NamespaceReader.NamespaceOf(resource);
        return new TrafficPolicy(
            resource.Urn,
            $"{place ?? "?"}/{resource.Properties.At("metadata", "name").Text() ?? resource.Name}",
            place,
            Selector(spec.At("podSelector")) ?? Cluster.Selector.Everything,
            Concerns(spec, Direction.Ingress),
            Concerns(spec, Direction.Egress),
            Rules(spec.At("ingress"), "from"),
            Rules(spec.At("egress"), "to"),
            resource.Properties.ContainsSecrets);
    }

    /// <summary>A selector; null where there is none.</summary>
    internal static Selector? Selector(PropertyValue? value)
    {
        if (value is null)
        {
            return null;
        }

        if (value is not MapValue)
        {
            return Cluster.Selector.Unknown;
        }

        var labels = value.At("matchLabels");
        var expressions = value.At("matchExpressions").Items();
        return new Selector(
            [
                .. labels is MapValue map
                    ? map.Entries.Select(entry => new SelectorRequirement(entry.Key, SelectorOperator.In, [entry.Value.Text()]))
                    : [],
                .. (expressions ?? []).Select(Requirement),
            ],
            IsWhole: labels is null or MapValue && expressions is not null);
    }

    // Where no types are listed, a policy concerns incoming traffic, and outgoing if it has rules for that.
    private static bool? Concerns(PropertyValue? spec, Direction direction)
    {
        if (spec is UnknownValue)
        {
            return null;
        }

        if (spec.At("policyTypes").Items() is not { } types)
        {
            return null;
        }

        if (types.IsEmpty)
        {
            return direction == Direction.Ingress ? true : spec.At("egress").Items() is { } rules ? !rules.IsEmpty : null;
        }

        return types.Any(type => type.Text() == direction.ToString()) ? true : types.Any(type => type.Text() is null) ? null : false;
    }

    private static ImmutableArray<TrafficRule> Rules(PropertyValue? value, string peers) => value.Items() is { } rules
        ? [.. rules.Select(rule => Rule(rule, peers))]
        : [new TrafficRule([TrafficPeer.Unknown], null)];

    private static TrafficRule Rule(PropertyValue rule, string peers) => new(
        Listed(rule.At(peers), Peer, TrafficPeer.Unknown),
        Listed(rule.At("ports"), Port, new TrafficPort(null, null, null, null, IsKnown: false)));

    // Nothing listed is everything meant.
    private static ImmutableArray<T>? Listed<T>(PropertyValue? value, Func<PropertyValue, T> read, T unknown) => value.Items() switch
    {
        null => [unknown],
        { IsEmpty: true } => null,
        { } items => [.. items.Select(read)],
    };

    private static TrafficPeer Peer(PropertyValue peer) => peer.Unwrapped is not MapValue ? TrafficPeer.Unknown : new TrafficPeer(
        Selector(peer.At("namespaceSelector")), Selector(peer.At("podSelector")), Block(peer.At("ipBlock")));

    private static AddressBlock? Block(PropertyValue? block)
    {
        if (block is null)
        {
            return null;
        }

        ImmutableArray<AddressSpan?> except = block.At("except").Items() is { } listed ? [.. listed.Select(Span)] : [null];
        return new AddressBlock(Span(block.At("cidr")), except);
    }

    private static AddressSpan? Span(PropertyValue? network) => AddressSpan.TryParse(network.Text(), out var span) ? span : null;

    private static TrafficPort Port(PropertyValue port)
    {
        var protocol = port.At("protocol");
        var number = port.At("port");
        var end = port.At("endPort");
        var isKnown = port.Unwrapped is MapValue && number is null or NumberValue or StringValue && end is null or NumberValue;
        return new TrafficPort(
            port.Unwrapped is not MapValue ? null : protocol is null ? "TCP" : protocol.Text(),
            number.Number() ?? (int.TryParse(number.Text(), out var written) ? written : null),
            end.Number(),
            int.TryParse(number.Text(), out _) ? null : number.Text(),
            isKnown);
    }

    private static SelectorRequirement Requirement(PropertyValue requirement)
    {
        var values = requirement.At("values").Items();
        return new SelectorRequirement(
            requirement.At("key").Text(),
            Enum.TryParse<SelectorOperator>(requirement.At("operator").Text(), out var known) ? known : null,
            values is { } listed ? [.. listed.Select(value => value.Text())] : [null]);
    }
}
