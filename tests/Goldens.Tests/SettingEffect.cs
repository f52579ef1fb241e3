using System.Collections.Immutable;
using System.Globalization;
using CantonInfra.Engine.Plans;
using CantonInfra.Tools.Differences;

namespace CantonInfra.Goldens.Tests;

/// <summary>What one setting changes in a plan.</summary>
/// <param name="Path">The setting.</param>
/// <param name="From">Its value before; null where it was the default.</param>
/// <param name="To">Its value after; null where it is the default.</param>
/// <param name="Changes">What changes, in lines for people.</param>
/// <param name="Rows">What changes, as rows of <see cref="SettingEffectTable"/>.</param>
internal sealed record SettingEffect(
    string Path, string? From, string? To, ImmutableArray<string> Changes, ImmutableArray<string> Rows)
{
    // A property that changes in more types than this is named once for all of them.
    private const int MostTypes = 5;

    /// <summary>The lines for what differs between two plans.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="earlier">The plan before.</param>
    public static ImmutableArray<string> Describe(PlanDifference difference, Plan earlier)
    {
        var changes = difference.Changes
            .Where(change => change.Resource.Kind != ResourceKind.Component && change.Operation is not (Operation.Same or Operation.Read))
            .ToList();
        return
        [
            .. Counted("more", changes.Where(change => change.Operation == Operation.Create)),
            .. Counted("fewer", changes.Where(change => change.Operation == Operation.Delete)),
            .. Updates(changes.Where(change => change.Operation is Operation.Update or Operation.Replace)),
            .. Option("protection", difference.Plan, earlier, options => options.Protect),
            .. Option("retention on delete", difference.Plan, earlier, options => options.RetainOnDelete),
        ];
    }

    // Options are no inputs, so a difference of plans does not tell them.
    private static IEnumerable<string> Option(string name, Plan plan, Plan earlier, Func<ResourceOptions, bool> option)
    {
        var before = earlier.Resources.ToDictionary(resource => resource.Urn, resource => option(resource.Options), StringComparer.Ordinal);
        var count = plan.Resources.Count(
            resource => before.TryGetValue(resource.Urn, out var was) && was != option(resource.Options));
        return count == 0 ? [] : [string.Create(CultureInfo.InvariantCulture, $"{name} of {count} resources")];
    }

    private static IEnumerable<string> Counted(string word, IEnumerable<ResourceChange> changes) => changes
        .GroupBy(change => ShortType(change.Resource.Type), StringComparer.Ordinal)
        .OrderBy(group => group.Key, StringComparer.Ordinal)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {word} `{group.Key}`"));

    private static IEnumerable<string> Updates(IEnumerable<ResourceChange> changes)
    {
        var updates = changes
            .SelectMany(change => change.ChangedProperties.Select(property => (property, type: ShortType(change.Resource.Type), change)))
            .ToList();
        var wide = updates.GroupBy(update => update.property, StringComparer.Ordinal)
            .Where(group => group.Select(update => update.type).Distinct(StringComparer.Ordinal).Count() > MostTypes)
            .ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return wide.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => string.Create(CultureInfo.InvariantCulture, $"`{entry.Key}` of {entry.Value} resources"))
            .Concat(updates.Where(update => !wide.ContainsKey(update.property))
                .GroupBy(update => update.type, StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group =>
                {
                    var properties = group.Select(update => $"`{update.property}`").Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal);
                    var count = group.Select(update => update.change.Resource.Urn).Distinct(StringComparer.Ordinal).Count();
                    return $"{string.Join(", ", properties)} of {(count == 1 ? "" : $"{count} ")}`{group.Key}`";
                }));
    }

    // As people say it: the provider's module and the resource.
    private static string ShortType(string type)
    {
        var parts = type.Split(':');
        return $"{parts[^2].Split('/')[0]}:{parts[^1]}";
    }
}
