using System.Collections.Concurrent;
using CantonInfra.Engine;
using CantonInfra.Engine.Plans;
using CantonInfra.Engine.Projects;

namespace CantonInfra.Reports.Tests;

/// <summary>Plans of this repository's stacks, each made once.</summary>
internal static class StackPlan
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<Plan>>> Plans = new(StringComparer.Ordinal);

    /// <summary>The plan of a stack.</summary>
    public static Task<Plan> OfAsync(string stack) => Plans.GetOrAdd(stack, name => new Lazy<Task<Plan>>(() => PreviewAsync(name))).Value;

    private static async Task<Plan> PreviewAsync(string stack)
    {
        var configuration = StackConfiguration.Load(ProjectFile.Load(Repository.Root), stack, [], _ => null);
        var result = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));
        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        return result.Plan;
    }
}
