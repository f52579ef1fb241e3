using System.Collections.Immutable;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Evaluation;
using CantonInfra.Reachability.Reading;

namespace CantonInfra.Reachability.Cluster;

/// <summary>A cluster as a plan tells of it.</summary>
public sealed record ClusterModel
{
    /// <summary>Whose reading of policies applies.</summary>
    public required Semantics Semantics { get; init; }

    /// <summary>The namespaces.</summary>
    public required NamespaceReader Namespaces { get; init; }

    /// <summary>The pods.</summary>
    public required ImmutableArray<PodSet> Pods { get; init; }

    /// <summary>The policies.</summary>
    public required ImmutableArray<TrafficPolicy> Policies { get; init; }

    /// <summary>The addresses of pods; empty where they are not known.</summary>
    public ImmutableArray<AddressSpan> PodNetworks { get; init; } = [];

    /// <summary>The addresses of nodes; empty where they are not known.</summary>
    public ImmutableArray<AddressSpan> NodeNetworks { get; init; } = [];

    /// <summary>The hosts that a firewall lets out to; null is one that is not known.</summary>
    public ImmutableArray<string?> ReleasedHosts { get; init; } = [];

    /// <summary>Why some pods are not known: a sentence for each reason.</summary>
    public ImmutableArray<string> Unread { get; init; } = [];
}
