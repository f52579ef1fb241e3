using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Protocol.Properties;

namespace CantonInfra.Tools.Differences;

/// <summary>A plan set against an earlier one, or against nothing.</summary>
/// <param name="Plan">The plan.</param>
/// <param name="Earlier">The earlier one; null for none.</param>
/// <param name="Changes">Its resources in the plan's order, then those that are gone.</param>
internal sealed record PlanDifference(Plan Plan, Plan? Earlier, ImmutableArray<ResourceChange> Changes)
{
    /// <summary>Compares a plan with an earlier one; without one, all is new.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="earlier">The earlier one; null for none.</param>
    /// <param name="secrets">Secrets that are known to differ although the plans, which were saved, do not hold them.</param>
    public static PlanDifference Create(Plan plan, Plan? earlier, ImmutableArray<SecretChange> secrets = default)
    {
        var differing = (secrets.IsDefault ? [] : secrets).ToLookup(secret => secret.Urn, secret => secret.Path, StringComparer.Ordinal);
        var remaining = (earlier?.Resources ?? []).ToDictionary(resource => resource.Urn, StringComparer.Ordinal);
        var changes = ImmutableArray.CreateBuilder<ResourceChange>();
        foreach (var resource in plan.Resources)
        {
            var former = new[] { resource.Urn }.Concat(resource.Options.Aliases).FirstOrDefault(remaining.ContainsKey);
            changes.Add(Compare(resource, former is null ? null : remaining[former], differing[resource.Urn]));
            if (former is not null)
            {
                remaining.Remove(former);
            }
        }

        changes.AddRange(remaining.Values
            .Where(resource => resource.Kind != ResourceKind.Read)
            .OrderBy(resource => resource.Urn, StringComparer.Ordinal)
            .Select(resource => new ResourceChange(resource, Operation.Delete) { Former = resource }));
        return new PlanDifference(plan, earlier, WithDependentReplacements(changes));
    }

    private static readonly PropertyValue SavedSecret = PropertyValue.Secret(PropertyValue.Unknown);

    /// <summary>The secrets that differ, for a saved difference to tell.</summary>
    public ImmutableArray<SecretChange> SecretChanges =>
    [
        .. from change in Changes
           from property in change.Properties
           where property is { Former.IsSecret: true, Present.IsSecret: true }
           select new SecretChange(change.Resource.Urn, property.Path),
    ];

    private static ResourceChange Compare(PlannedResource resource, PlannedResource? former, IEnumerable<PropertyPath> secrets)
    {
        if (resource.Kind == ResourceKind.Read)
        {
            return new ResourceChange(resource, Operation.Read) { Former = former };
        }

        if (former is null)
        {
            return new ResourceChange(resource, resource.Options.ImportId.Length > 0 ? Operation.Import : Operation.Create);
        }

        ImmutableArray<PropertyChange> properties =
        [
            .. PropertyComparison.Compare(former.Inputs, resource.Inputs)
                .Concat(secrets.Select(path => new PropertyComparison.Part(path, SavedSecret, SavedSecret)))
                .Where(part => !resource.Options.IgnoreChanges.Any(pattern => ReplacementRules.Covers(pattern, part.Path)))
                .Select(part => new PropertyChange(part.Path, part.Former, part.Present, ReplacementRules.Of(resource, part.Path)))
                .OrderBy(change => change.Path.ToString(), StringComparer.Ordinal),
        ];
        var operation = properties switch
        {
            [] => Operation.Same,
            _ when properties.Any(property => property.Replaces == Replacement.Certain) => Operation.Replace,
            _ => Operation.Update,
        };
        return new ResourceChange(resource, operation) { Former = former, Properties = properties };
    }

    // What says that it is replaced with another one is, in chains too.
    private static ImmutableArray<ResourceChange> WithDependentReplacements(IEnumerable<ResourceChange> changes)
    {
        var all = changes.ToArray();
        var replaced = all.Where(change => change.Operation == Operation.Replace).Select(change => change.Resource.Urn).ToHashSet(StringComparer.Ordinal);
        for (var grows = replaced.Count > 0; grows;)
        {
            grows = false;
            for (var index = 0; index < all.Length; index++)
            {
                if (all[index] is { Operation: Operation.Same or Operation.Update } change && change.Resource.Options.ReplaceWith.Any(replaced.Contains))
                {
                    all[index] = change with { Operation = Operation.Replace };
                    grows |= replaced.Add(change.Resource.Urn);
                }
            }
        }

        return [.. all];
    }
}
