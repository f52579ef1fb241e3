using System.Collections.Immutable;
using CantonInfra.Reachability.Addresses;

namespace CantonInfra.Reachability.Cluster;

/// <summary>A direction of traffic, as seen from a pod.</summary>
public enum Direction
{
    /// <summary>Into it.</summary>
    Ingress,

    /// <summary>Out of it.</summary>
    Egress,
}

/// <summary>A NetworkPolicy, as far as it is known.</summary>
/// <param name="Urn">The URN of its resource.</param>
/// <param name="Name">The namespace, a slash, and its name.</param>
/// <param name="Namespace">The namespace; null where it is not known.</param>
/// <param name="Pods">Whom it is about.</param>
/// <param name="ConcernsIngress">Whether it concerns incoming traffic; null where that is not known.</param>
/// <param name="ConcernsEgress">Whether it concerns outgoing traffic; null where that is not known.</param>
/// <param name="Ingress">What it lets in.</param>
/// <param name="Egress">What it lets out.</param>
/// <param name="HoldsSecrets">Whether something in it must not be shown.</param>
public sealed record TrafficPolicy(
    string Urn,
    string Name,
    string? Namespace,
    Selector Pods,
    bool? ConcernsIngress,
    bool? ConcernsEgress,
    ImmutableArray<TrafficRule> Ingress,
    ImmutableArray<TrafficRule> Egress,
    bool HoldsSecrets = false)
{
    /// <summary>Whether it concerns a direction; null where that is not known.</summary>
    public bool? Concerns(Direction direction) => direction == Direction.Ingress ? ConcernsIngress : ConcernsEgress;

    /// <summary>Its rules for a direction.</summary>
    public ImmutableArray<TrafficRule> Rules(Direction direction) => direction == Direction.Ingress ? Ingress : Egress;
}

/// <summary>One rule: traffic of one of the peers on one of the ports.</summary>
/// <param name="Peers">The peers; null for everybody.</param>
/// <param name="Ports">The ports; null for all.</param>
public sealed record TrafficRule(ImmutableArray<TrafficPeer>? Peers, ImmutableArray<TrafficPort>? Ports);

/// <summary>A peer of a rule. One of which nothing is given is not known.</summary>
/// <param name="Namespaces">Its namespaces; null for the policy's own.</param>
/// <param name="Pods">Its pods; null for all.</param>
/// <param name="Block">Its addresses; null where it is pods.</param>
public sealed record TrafficPeer(Selector? Namespaces, Selector? Pods, AddressBlock? Block)
{
    /// <summary>One that is not known.</summary>
    public static TrafficPeer Unknown { get; } = new(null, null, null);
}

/// <summary>Addresses of a peer.</summary>
/// <param name="Network">The network; null where it is not known.</param>
/// <param name="Except">What is not meant; null is one that is not known.</param>
public sealed record AddressBlock(AddressSpan? Network, ImmutableArray<AddressSpan?> Except)
{
    /// <summary>Whether all of the addresses are meant, or none; null where that is not known, or only some are.</summary>
    public bool? Contains(AddressSpan span)
    {
        if (Network is not { } network)
        {
            return null;
        }

        if (!network.Overlaps(span) || Except.Any(except => except is { } known && known.Contains(span)))
        {
            return false;
        }

        return network.Contains(span) && !Except.Any(except => except is not { } known || known.Overlaps(span)) ? true : null;
    }
}

/// <summary>Ports of a rule.</summary>
/// <param name="Protocol">TCP, UDP or SCTP; null where it is not known.</param>
/// <param name="Port">The number, or the first of several; null for all, for a name, or where it is not known.</param>
/// <param name="EndPort">The last of several; null for one.</param>
/// <param name="Name">The name; null for a number.</param>
/// <param name="IsKnown">Whether the port is known.</param>
public sealed record TrafficPort(string? Protocol, int? Port, int? EndPort, string? Name, bool IsKnown = true);
