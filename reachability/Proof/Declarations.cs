using System.Collections.Immutable;
using CantonInfra.Reachability.Addresses;
using CantonInfra.Reachability.Cluster;

namespace CantonInfra.Reachability.Proof;

/// <summary>One end of declared connections.</summary>
/// <param name="Name">Its name.</param>
public abstract record DeclaredEnd(string Name);

/// <summary>Pods.</summary>
/// <param name="Name">The name.</param>
/// <param name="Namespace">Their namespace.</param>
/// <param name="Labels">The labels that they are told by.</param>
/// <param name="IsPlatform">Whether Azure runs them, and nothing is declared of their namespace.</param>
/// <param name="Ports">What they listen on.</param>
public sealed record DeclaredPods(
    string Name, string Namespace, ImmutableSortedDictionary<string, string> Labels, bool IsPlatform, ImmutableArray<PodPort> Ports)
    : DeclaredEnd(Name)
{
    /// <summary>Their identity in a mesh; null where they are in none.</summary>
    public string? Principal { get; init; }

    /// <summary>Whether what comes to them comes through the mesh, too.</summary>
    public bool IsMeshServer { get; init; }
}

/// <summary>All pods of a namespace, whoever they are.</summary>
/// <param name="Name">The name.</param>
/// <param name="Namespace">The namespace.</param>
public sealed record DeclaredNamespace(string Name, string Namespace) : DeclaredEnd(Name);

/// <summary>Addresses that are no pod's.</summary>
/// <param name="Name">The name.</param>
/// <param name="Networks">The addresses.</param>
public sealed record DeclaredAddresses(string Name, ImmutableArray<AddressSpan> Networks) : DeclaredEnd(Name);

/// <summary>Hosts on the internet. To policies that is the internet.</summary>
/// <param name="Name">The name.</param>
/// <param name="Hosts">The hosts.</param>
/// <param name="IsRestricted">Whether a firewall lets out to these only.</param>
/// <param name="OwnNetworks">Networks of one's own, which are not the internet though their addresses may be public.</param>
public sealed record DeclaredHosts(
    string Name, ImmutableArray<string> Hosts, bool IsRestricted, ImmutableArray<AddressSpan> OwnNetworks) : DeclaredEnd(Name);

/// <summary>A connection that is declared.</summary>
/// <param name="From">The name of the end that connects.</param>
/// <param name="To">The name of the end that it connects to.</param>
/// <param name="Port">The port.</param>
/// <param name="Protocol">TCP, UDP or SCTP.</param>
/// <param name="Requirement">The requirement that asks for it.</param>
/// <param name="Why">What it is for.</param>
public sealed record DeclaredConnection(string From, string To, int Port, string Protocol, string Requirement, string Why);

/// <summary>The table of connections that a program declares.</summary>
/// <param name="Urn">The URN of the resource that has it.</param>
/// <param name="Ends">The ends by name.</param>
/// <param name="Connections">The connections.</param>
public sealed record Declarations(
    string Urn, ImmutableSortedDictionary<string, DeclaredEnd> Ends, ImmutableArray<DeclaredConnection> Connections);
