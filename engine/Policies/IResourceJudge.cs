using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Policies;

/// <summary>Judges a resource when the program declares it.</summary>
internal interface IResourceJudge
{
    /// <summary>Mends the resource where a policy does, and has it judged.</summary>
    /// <param name="resource">The resource.</param>
    /// <param name="provider">Its provider, if it has one.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The inputs to go on with: the same object where nothing was mended.</returns>
    Task<MapValue> JudgeAsync(PlannedResource resource, PlannedResource? provider, CancellationToken cancellation);
}

/// <summary>Judges nothing.</summary>
internal sealed class NoJudge : IResourceJudge
{
    public Task<MapValue> JudgeAsync(PlannedResource resource, PlannedResource? provider, CancellationToken cancellation) =>
        Task.FromResult(resource.Inputs);
}
