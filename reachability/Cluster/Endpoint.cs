using System.Collections.Immutable;
using CantonInfra.Reachability.Addresses;

namespace CantonInfra.Reachability.Cluster;

/// <summary>Something that traffic comes from or goes to.</summary>
/// <param name="Name">What it is called in messages.</param>
public abstract record Endpoint(string Name);

/// <summary>Pods that are alike.</summary>
/// <param name="Name">The namespace, a slash, and what they are called.</param>
/// <param name="Namespace">The namespace; null where it is not known.</param>
/// <param name="NamespaceLabels">The labels of the namespace.</param>
/// <param name="Labels">Their labels.</param>
/// <param name="Ports">What they listen on, as far as is known.</param>
/// <param name="Basis">How it is known.</param>
public sealed record PodSet(
    string Name, string? Namespace, LabelSet NamespaceLabels, LabelSet Labels, ImmutableArray<PodPort> Ports, Basis Basis)
    : Endpoint(Name)
{
    /// <summary>Whether they have the network of their nodes; null where that is not known.</summary>
    public bool? HasHostNetwork { get; init; } = false;

    /// <summary>Whether the list of ports is known to be whole; names of ports are looked up in it.</summary>
    public bool KnowsPorts { get; init; } = true;

    /// <summary>The URN of the resource that they come of; null for none.</summary>
    public string? Urn { get; init; }

    /// <summary>The names of the declared ends that they are.</summary>
    public ImmutableHashSet<string> Ends { get; init; } = [];

    /// <inheritdoc/>
    public bool Equals(PodSet? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>A port of pods.</summary>
/// <param name="Name">Its name; null for none.</param>
/// <param name="Number">The number.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
public sealed record PodPort(string? Name, int Number, string Protocol);

/// <summary>Addresses that are no pod's.</summary>
/// <param name="Span">The addresses.</param>
public sealed record OutsideAddresses(AddressSpan Span) : Endpoint(Span.ToString());
