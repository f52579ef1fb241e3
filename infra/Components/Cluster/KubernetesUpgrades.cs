namespace CantonInfra.Infra.Components.Cluster;

/// <summary>Which versions of Kubernetes a cluster takes by itself.</summary>
internal enum KubernetesUpgrades
{
    /// <summary>The newest patch of its minor version.</summary>
    Patch,

    /// <summary>None; only newer images of its nodes.</summary>
    NodeImage,

    /// <summary>The newest patch of the last minor version but one.</summary>
    Stable,

    /// <summary>The newest patch of the last minor version.</summary>
    Rapid,
}
