using System.Collections.Immutable;

namespace CantonInfra.Reachability.Graph;

/// <summary>What a service mesh does with a connection.</summary>
public enum MeshWay
{
    /// <summary>It passes with a certificate at both ends.</summary>
    MutualTls,

    /// <summary>It passes in plain text: who connects is in no mesh.</summary>
    PlainText,

    /// <summary>The mesh refuses it.</summary>
    Refused,

    /// <summary>Not known.</summary>
    Undecided,
}

/// <summary>A connection to pods that are in a service mesh, as its objects in the plan have it.</summary>
/// <param name="Way">What the mesh does with it.</param>
/// <param name="Principal">Who connects, such as <c>cluster.local/ns/validator/sa/validator-app</c>; empty for whoever is in no mesh.</param>
/// <param name="Policies">The names of the authorization policies that allow it.</param>
public sealed record MeshPassage(MeshWay Way, string Principal, ImmutableArray<string> Policies);
