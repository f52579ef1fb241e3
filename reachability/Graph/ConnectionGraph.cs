using System.Collections.Immutable;
using CantonInfra.Reachability.Cluster;
using CantonInfra.Reachability.Evaluation;

namespace CantonInfra.Reachability.Graph;

/// <summary>What a node of the graph is.</summary>
public enum NodeKind
{
    /// <summary>Pods that are alike.</summary>
    Pods,

    /// <summary>All pods of a namespace.</summary>
    Namespace,

    /// <summary>Addresses that are no pod's.</summary>
    Addresses,

    /// <summary>Hosts on the internet.</summary>
    Hosts,
}

/// <summary>A node: who connects, or to whom.</summary>
/// <param name="Name">The name, unique in the graph.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Namespace">The namespace of pods; null for others.</param>
/// <param name="Basis">How pods are known; null for others.</param>
/// <param name="Detail">Labels of pods, networks or hosts; one a line.</param>
public sealed record ConnectionNode(string Name, NodeKind Kind, string? Namespace, Basis? Basis, ImmutableArray<string> Detail);

/// <summary>What an edge of the graph says.</summary>
public enum EdgeState
{
    /// <summary>Declared, and policies let it pass at both ends.</summary>
    Works,

    /// <summary>Declared, and denied.</summary>
    Fails,

    /// <summary>Not known.</summary>
    Undecided,

    /// <summary>Allowed, and not declared.</summary>
    Undeclared,
}

/// <summary>An edge: a connection that is declared, or allowed, or both.</summary>
/// <param name="From">The name of the node that connects. Of what is undeclared, a description where it is no node.</param>
/// <param name="To">The name of the node that it connects to; as for <paramref name="From"/>.</param>
/// <param name="Ports">The protocol and the ports, such as <c>TCP 5001</c>.</param>
/// <param name="State">What it says.</param>
/// <param name="Requirement">The requirement that asks for it; empty for none.</param>
/// <param name="Why">What it is for; of what does not work or is undeclared, what is wrong.</param>
/// <param name="Policies">The names of the policies that allow it.</param>
public sealed record ConnectionEdge(
    string From, string To, string Ports, EdgeState State, string Requirement, string Why, ImmutableArray<string> Policies)
{
    /// <summary>What a service mesh does with it; null where it is none of a mesh's business.</summary>
    public MeshPassage? Mesh { get; init; }
}

/// <summary>The connections of an environment: declared, allowed, or both.</summary>
/// <param name="Nodes">The nodes, by name.</param>
/// <param name="Edges">The edges, by their ends' names and ports.</param>
/// <param name="Unread">Why some pods are not known.</param>
/// <param name="Semantics">Whose reading of policies was applied.</param>
/// <param name="Holds">Whether policies allow exactly what is declared; null where that is not known.</param>
public sealed record ConnectionGraph(
    ImmutableArray<ConnectionNode> Nodes,
    ImmutableArray<ConnectionEdge> Edges,
    ImmutableArray<string> Unread,
    Semantics Semantics,
    bool? Holds);
