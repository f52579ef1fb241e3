namespace CantonInfra.Infra.Components.Cluster;

/// <summary>What Azure promises for the API server.</summary>
internal enum ClusterTier
{
    /// <summary>Nothing.</summary>
    Free,

    /// <summary>An availability agreement.</summary>
    Standard,

    /// <summary>The same, and long-term support of versions.</summary>
    Premium,
}
