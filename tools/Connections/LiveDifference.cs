namespace CantonInfra.Tools.Connections;

/// <summary>Something that is otherwise in a cluster than contracts or the plan say.</summary>
/// <param name="Object">The object in the cluster, or the end or workload that was looked for.</param>
/// <param name="What">What is otherwise.</param>
internal sealed record LiveDifference(string Object, string What);
