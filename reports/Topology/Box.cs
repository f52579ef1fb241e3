using System.Collections.Immutable;

namespace CantonInfra.Reports.Topology;

/// <summary>What a box of the picture stands for.</summary>
internal enum BoxKind
{
    /// <summary>The whole stack.</summary>
    Stack,

    /// <summary>What the internet can address.</summary>
    Internet,

    /// <summary>A region of Azure.</summary>
    Region,

    /// <summary>A virtual network.</summary>
    Network,

    /// <summary>A subnet.</summary>
    Subnet,

    /// <summary>A resource group.</summary>
    Group,

    /// <summary>A Kubernetes cluster.</summary>
    Cluster,

    /// <summary>A namespace.</summary>
    Namespace,

    /// <summary>Something that is in no place: a subscription's settings, an identity provider, a ledger.</summary>
    Service,

    /// <summary>One resource.</summary>
    Item,

    /// <summary>Several resources of a type that are counted, not drawn.</summary>
    Count,
}

/// <summary>A box of the picture of a stack, and what is in it. Every resource that is managed is drawn or counted exactly once.</summary>
/// <param name="Kind">What it stands for.</param>
/// <param name="Title">Its name.</param>
/// <param name="Detail">What else is to be known at a glance: addresses, a type, a number; empty for nothing.</param>
/// <param name="Resource">The position of its resource in the stack's resources; -1 for none.</param>
/// <param name="Resources">How many resources the box itself stands for, without those in it.</param>
/// <param name="Children">What is in it.</param>
internal sealed record Box(BoxKind Kind, string Title, string Detail, int Resource, int Resources, ImmutableArray<Box> Children)
{
    /// <summary>How many resources it and all that is in it stand for.</summary>
    public int Total => Resources + Children.Sum(child => child.Total);
}
