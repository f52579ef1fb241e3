using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences;

/// <summary>What a deployment would do with a resource.</summary>
internal enum Operation
{
    /// <summary>It is as it was.</summary>
    Same,

    /// <summary>It is new.</summary>
    Create,

    /// <summary>Its inputs differ.</summary>
    Update,

    /// <summary>It is gone.</summary>
    Delete,

    /// <summary>It is read, not managed.</summary>
    Read,
}

/// <summary>A resource and what would be done with it.</summary>
/// <param name="Resource">The resource as it is planned; as it was, for one that is gone.</param>
/// <param name="Operation">What would be done.</param>
/// <param name="ChangedProperties">Names of the inputs that differ, sorted.</param>
internal sealed record ResourceChange(PlannedResource Resource, Operation Operation, ImmutableArray<string> ChangedProperties);

/// <summary>A plan set against an earlier one, or against nothing.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Changes">Its resources in the plan's order, then those that are gone.</param>
internal sealed record PlanDifference(Plan Plan, ImmutableArray<ResourceChange> Changes)
{
    /// <summary>Compares a plan with an earlier one; without one, all is new.</summary>
    /// <remarks>Secrets and unknowns are equal to themselves: a saved plan does not hold them.</remarks>
    public static PlanDifference Create(Plan plan, Plan? earlier)
    {
        var remaining = (earlier?.Resources ?? []).ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        var changes = ImmutableArray.CreateBuilder<ResourceChange>();
        foreach (var resource in plan.Resources)
        {
            var former = new[] { resource.Urn }.Concat(resource.Options.Aliases).FirstOrDefault(remaining.ContainsKey);
            changes.Add(Compare(resource, former is null ? null : remaining[former]));
            if (former is not null)
            {
                remaining.Remove(former);
            }
        }

        changes.AddRange(remaining.Values
            .Where(resource => resource.Kind != ResourceKind.Read)
            .OrderBy(resource => resource.Urn, StringComparer.Ordinal)
            .Select(resource => new ResourceChange(resource, Operation.Delete, [])));
        return new PlanDifference(plan, changes.ToImmutable());
    }

    private static ResourceChange Compare(PlannedResource resource, PlannedResource? former)
    {
        if (resource.Kind == ResourceKind.Read)
        {
            return new ResourceChange(resource, Operation.Read, []);
        }

        if (former is null)
        {
            return new ResourceChange(resource, Operation.Create, []);
        }

        var changed = resource.Inputs.Entries.Keys.Union(former.Inputs.Entries.Keys, StringComparer.Ordinal)
            .Where(name => TextOf(resource.Inputs[name]) != TextOf(former.Inputs[name]))
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();
        return new ResourceChange(resource, changed.Length > 0 ? Operation.Update : Operation.Same, changed);
    }

    private static string? TextOf(PropertyValue? value) => value is null ? null : PropertyJson.ToText(value);
}
