namespace CantonInfra.Infra.Components.Cluster;

/// <summary>How large a pool of nodes is.</summary>
/// <param name="VmSize">The size of a node, such as <c>Standard_D4ds_v5</c>.</param>
/// <param name="MinCount">The least number of nodes.</param>
/// <param name="MaxCount">The greatest number of nodes.</param>
internal sealed record NodePoolSize(string VmSize, int MinCount, int MaxCount);
