using System.Collections.Concurrent;
using System.Collections.Immutable;
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

    /// <summary>The plan of a stack with other settings.</summary>
    /// <param name="stack">The stack.</param>
    /// <param name="settings">The settings, each <c>key=value</c>.</param>
    public static async Task<Plan> PreviewAsync(string stack, params ImmutableArray<string> settings)
    {
        var configuration = StackConfiguration.Load(ProjectFile.Load(Repository.Root), stack, settings, _ => null);
        var result = await new PreviewEngine(TimeProvider.System).PreviewAsync(new PreviewRequest(configuration, []));
        Assert.Equal(PreviewOutcome.Succeeded, result.Outcome);
        return result.Plan;
    }
}
