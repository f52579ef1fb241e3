using System.Collections.Immutable;
using CantonInfra.Engine.Plans;
using CantonInfra.Mutations.Tests.Classifying;

namespace CantonInfra.Mutations.Tests.Mutating;

/// <summary>Makes the mutations of a resource that the classification asks for.</summary>
/// <param name="classification">The classification.</param>
internal sealed class Mutator(Classification classification)
{
    /// <summary>The place of a mutation of the whole resource.</summary>
    public const string WholeResource = "(resource)";

    /// <summary>The place of a mutation of its protection.</summary>
    public const string Protection = "(protect)";

    /// <summary>All mutations of a resource, and those that are excluded.</summary>
    public (ImmutableArray<Mutation> Mutations, ImmutableArray<Exclusion> Exclusions) Mutate(PlannedResource resource)
    {
        var mutations = ImmutableArray.CreateBuilder<Mutation>();
        var exclusions = ImmutableArray.CreateBuilder<Exclusion>();
        void Add(Guarded guard, string place, string name, string kind, Func<PlannedResource?> result)
        {
            var mutation = new MutationKind(resource.Type, place, name);
            if (guard.Unless.TryGetValue(kind, out var reason))
            {
                exclusions.Add(new Exclusion(mutation, reason));
            }
            else
            {
                mutations.Add(new Mutation(resource, result(), mutation, guard.Rules, guard.On));
            }
        }

        foreach (var place in PropertyPlace.Of(resource.Inputs))
        {
            var own = classification.Find(resource, place);
            foreach (var (name, value) in Alterations.Of(place))
            {
                if (GuardOf(resource, place, own, name) is { } guard)
                {
                    Add(guard, place.Pattern, name, name, () => PropertyEdit.Apply(resource, place.Path, value));
                }
            }

            if (own is Guarded { Try.IsEmpty: false } exact && exact.Path.Matches(place.Path))
            {
                foreach (var value in exact.Try.Where(value => !value.Equals(place.Value.Unwrapped)))
                {
                    Add(exact, place.Pattern, $"= {value}", "try", () => PropertyEdit.Apply(resource, place.Path, value));
                }
            }
        }

        if (classification.Removal(resource) is Guarded removal)
        {
            Add(removal, WholeResource, "remove", "delete", () => null);
        }

        if (resource.Options.Protect && classification.Protect(resource) is Guarded protect)
        {
            Add(protect, Protection, "lift", "delete", () => resource with { Options = resource.Options with { Protect = false } });
        }

        return (mutations.ToImmutable(), exclusions.ToImmutable());
    }

    // A map or list that the classification does not name is as bad to lose as any of what is in it.
    private Guarded? GuardOf(PlannedResource resource, PropertyPlace place, Classified? own, string name)
    {
        if (place.IsLeaf || name == "plain" || own?.Path.Matches(place.Path) == true)
        {
            return own as Guarded;
        }

        var below = PropertyPlace.Of(resource.Inputs)
            .Where(other => other.IsLeaf && other.Path.Elements.Length > place.Path.Elements.Length
                && other.Path.Elements.Take(place.Path.Elements.Length).SequenceEqual(place.Path.Elements));
        var guards = below.Select(leaf => classification.Find(resource, leaf)).OfType<Guarded>().ToList();
        if (name == "widen")
        {
            return guards.FirstOrDefault();
        }

        var counting = guards.Where(guard => !guard.Unless.ContainsKey("delete")).ToList();
        return counting.Count == 0 ? null : counting[0] with
        {
            Rules = [.. counting.SelectMany(guard => guard.Rules).Distinct(StringComparer.Ordinal)],
            On = [.. counting.SelectMany(guard => guard.On).Distinct(StringComparer.Ordinal)],
            Unless = ImmutableSortedDictionary<string, string>.Empty,
        };
    }
}
