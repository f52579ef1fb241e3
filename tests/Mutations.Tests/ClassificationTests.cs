using CantonInfra.Engine.Plans;
using CantonInfra.Mutations.Tests.Classifying;
using CantonInfra.Mutations.Tests.Judging;

namespace CantonInfra.Mutations.Tests;

/// <summary>The classification says something of everything in the plans, and of nothing else.</summary>
[Collection(nameof(Proof))]
public sealed class ClassificationTests(Proof proof)
{
    private readonly Classification _classification = proof.Classification;

    private IEnumerable<PlannedResource> Resources => proof.Plans.SelectMany(plan => plan.Resources).Where(resource => resource.IsCustom);

    [Fact]
    public void Every_property_of_every_plan_is_classified()
    {
        var unclassified = Resources
            .SelectMany(resource => PropertyPlace.Of(resource.Inputs)
                .Where(place => place.IsLeaf && !IsClassified(resource, place))
                .Select(place => $"{resource.Type}: {place.Pattern}"))
            .Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

        Assert.True(unclassified.Count == 0, $"""
            {Classification.Path} says nothing of these properties. Under 'types', write each below its type: as 'guarded', with the id of
            the rule that finds a bad value, or as 'free', with the reason why no rule needs to look.
            {string.Join('\n', unclassified)}
            """);
    }

    [Fact]
    public void Every_type_says_what_its_removal_does()
    {
        var silent = Resources.Where(resource => _classification.Removal(resource) is null)
            .Select(resource => resource.Type).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();

        Assert.True(silent.Count == 0, $"""
            {Classification.Path} does not say what guards against removing these. Write 'removal' below the type: a rule, and in 'on' which
            resource it names then, or the reason why no rule needs to look.
            {string.Join('\n', silent)}
            """);
    }

    [Fact]
    public void Every_entry_is_for_something_in_a_plan()
    {
        var byType = Resources.ToLookup(resource => resource.Type, StringComparer.Ordinal);
        var stale = _classification.Types.Values
            .SelectMany(type => type.Properties.Where(entry => entry.OnlyWith is null && !byType[type.Name].Any(resource => IsFor(entry, resource)))
                .Select(entry => (type.Name, Entry: entry)))
            .Concat(_classification.Everywhere.Properties.Where(entry => !Resources.Any(resource => IsFor(entry, resource)))
                .Select(entry => (_classification.Everywhere.Name, Entry: entry)))
            .Select(stale => $"{Classification.Path}:{stale.Entry.Line}: {stale.Name}: {stale.Entry.Path}")
            .Concat(_classification.Types.Values.Where(type => !byType.Contains(type.Name) && type.Properties.All(entry => entry.OnlyWith is null))
                .Select(type => $"{Classification.Path}:{type.Line}: {type.Name}"))
            .ToList();

        Assert.True(stale.Count == 0, $"""
            No plan has these. Remove the entry, or name in 'only-with' the setting that brings it.
            {string.Join('\n', stale)}
            """);
    }

    [Fact]
    public void Every_rule_that_is_named_exists()
    {
        var known = proof.Pack.Policies.Select(policy => policy.Id).ToHashSet(StringComparer.Ordinal);
        var missing = _classification.Types.Values.Append(_classification.Everywhere)
            .SelectMany(type => type.Properties.Concat(type.Removal).Concat(type.Protect).OfType<Guarded>()
                .SelectMany(entry => entry.Rules.Where(rule => !known.Contains(rule))
                    .Select(rule => $"{Classification.Path}:{entry.Line}: {type.Name}: {rule}")))
            .ToList();

        Assert.True(missing.Count == 0, $"""
            There are no such rules; './canton-infra rules' lists those that there are.
            {string.Join('\n', missing)}
            """);
    }

    private bool IsClassified(PlannedResource resource, PropertyPlace place) =>
        _classification.Find(resource, place) is not null
        || (_classification.Types.GetValueOrDefault(resource.Type)?.Properties.Any(entry => entry.Path.IsBelow(place.Path)) ?? false);

    private static bool IsFor(Classified entry, PlannedResource resource) =>
        PropertyPlace.Of(resource.Inputs).Any(place =>
            (entry.Path.Matches(place.Path) || (place.IsLeaf && entry.Path.IsBelow(place.Path) && place.Value.IsUnknown))
            && entry.Condition.Holds(resource, place));
}
