using System.Collections.Immutable;
using CantonInfra.Protocol;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Engine.Plans;

/// <summary>What a program declares for a stack: the one thing that policies, differences and reports are made from.</summary>
/// <param name="Project">The project's name.</param>
/// <param name="Stack">The stack's name.</param>
/// <param name="Resources">All resources: parents before children, then by type and name.</param>
public sealed record Plan(string Project, string Stack, ImmutableArray<PlannedResource> Resources)
{
    /// <summary>The root stack, or null where the program declared none.</summary>
    public PlannedResource? Root => Resources.FirstOrDefault(resource => resource.Type == Urn.StackType);

    /// <summary>The stack's outputs.</summary>
    public MapValue Outputs => Root?.Outputs ?? MapValue.Empty;

    /// <summary>A plan of these resources, in the plan's order whatever theirs.</summary>
    public static Plan Create(string project, string stack, IEnumerable<PlannedResource> resources)
    {
        var children = resources
            .GroupBy(resource => resource.Parent, StringComparer.Ordinal)
            .ToDictionary(
                group => group.Key,
                group => group
                    .OrderBy(resource => resource.Kind == ResourceKind.DefaultProvider)
                    .ThenBy(resource => resource.Type, StringComparer.Ordinal)
                    .ThenBy(resource => resource.Name, StringComparer.Ordinal)
                    .ThenBy(resource => resource.Urn, StringComparer.Ordinal)
                    .ToArray(),
                StringComparer.Ordinal);

        var ordered = ImmutableArray.CreateBuilder<PlannedResource>();
        var pending = new Stack<PlannedResource>(children.GetValueOrDefault("", []).Reverse());
        while (pending.TryPop(out var resource))
        {
            ordered.Add(resource);
            foreach (var child in children.GetValueOrDefault(resource.Urn, []).Reverse())
            {
                pending.Push(child);
            }
        }

        return new Plan(project, stack, ordered.ToImmutable());
    }
}
