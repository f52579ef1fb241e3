namespace CantonInfra.Infra.Components.Cluster;

/// <summary>Which images of the operating system a cluster's nodes take by themselves.</summary>
internal enum NodeImageUpgrades
{
    /// <summary>Each week's image, as AKS has tested it.</summary>
    NodeImage,

    /// <summary>Security patches alone, as soon as there are any.</summary>
    SecurityPatch,
}
